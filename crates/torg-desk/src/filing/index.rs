//! The search index is written with every message, in the same transaction.

use torg_core::{InquiryId, Language, WallId};
use torg_store::messages::{self, NewMessage, Searchable};
use torg_store::{StoreError, Tx, search};
use torg_text::{Tongue, index_words};

/// Indexes a message that was just kept; `files` are the names of its attachments.
pub(crate) fn index_message(
    tx: &mut Tx<'_>,
    message: &NewMessage,
    wall: WallId,
    files: &[String],
) -> Result<(), StoreError> {
    let address = message.address.as_deref().unwrap_or_default();
    let text = whole(&[&message.subject, &message.author, address, &message.body], files);
    search::add(tx, message.id, wall, &words(&text, message.language))
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
        Some(Language::Nb) | None => Tongue::Nb,
    };
    index_words(text, tongue)
}
