//! The search index is written with every message, in the same transaction.

use torg_core::{InquiryId, Language, WallId};
use torg_mail::Letter;
use torg_store::messages::{self, NewMessage, Searchable};
use torg_store::{StoreError, Tx, search};
use torg_text::{Tongue, index_words};

/// Indexes a message that a colleague just wrote.
pub(crate) fn index_message(
    tx: &mut Tx<'_>,
    message: &NewMessage,
    wall: WallId,
) -> Result<(), StoreError> {
    let address = message.address.as_deref().unwrap_or_default();
    let text = whole(&[&message.subject, &message.author, address, &message.body], &[]);
    search::add(tx, message.id, wall, &words(&text, message.language))
}

/// The words a letter is found by. Found while nobody waits for the database.
pub(super) fn words_of(letter: &Letter, body: &str, language: Option<Language>) -> Vec<String> {
    let mut parts = vec![letter.subject.as_str(), body];
    for mailbox in letter.from.iter().chain(&letter.reply_to) {
        parts.extend([mailbox.name.as_deref().unwrap_or_default(), &mailbox.address]);
    }
    let files: Vec<String> = letter.attachments.iter().map(|file| file.name.clone()).collect();
    words(&whole(&parts, &files), language)
}

/// Indexes all messages of an inquiry again, after it came behind another wall.
pub(crate) fn index_inquiry(
    tx: &mut Tx<'_>,
    inquiry: InquiryId,
    wall: WallId,
) -> Result<(), StoreError> {
    for message in messages::searchable(tx, inquiry)? {
        let Searchable { subject, author, body, .. } = &message;
        let address = message.address.as_deref().unwrap_or_default();
        let text = whole(&[subject, author, address, body], &message.files);
        let words = words(&text, message.language);
        search::index(tx, message.id, wall, &words)?;
    }
    Ok(())
}

fn whole(parts: &[&str], files: &[String]) -> String {
    let names = files.iter().map(String::as_str);
    parts.iter().copied().chain(names).collect::<Vec<_>>().join("\n")
}

fn words(text: &str, language: Option<Language>) -> Vec<String> {
    let tongue = match language {
        Some(Language::Da) => Tongue::Da,
        Some(Language::Sv) => Tongue::Sv,
        Some(Language::En) => Tongue::En,
        Some(Language::Nn) => Tongue::Nn,
        Some(Language::Nb) | None => Tongue::Nb,
    };
    index_words(text, tongue)
}
