//! The search index is written with every message, in the same transaction.

use torg_core::person::{alike, readable};
use torg_core::{InquiryId, Language, MessageId, WallId};
use torg_mail::Letter;
use torg_store::messages::{self, NewMessage, Searchable};
use torg_store::search::HEAD_MARK;
use torg_store::{StoreError, Tx, search};
use torg_text::{Tongue, index_words, index_words_within};

use super::prepare::tongue_of;

/// Indexes a message that a colleague just wrote.
pub(crate) fn index_message(
    tx: &mut Tx<'_>,
    message: &NewMessage,
    wall: WallId,
) -> Result<(), StoreError> {
    let address = message.address.as_deref().unwrap_or_default();
    let head = whole(&[&message.subject, &message.author, &spelt(address)]);
    let words = words(&head, &message.body, message.language);
    search::add(tx, message.id, wall, &words)
}

/// An address as it may be searched for: a domain outside ASCII in both of its spellings.
fn spelt(address: &str) -> String {
    let kept = alike(address);
    if kept.contains("xn--") { format!("{kept} {}", readable(&kept)) } else { kept }
}

/// The words a letter is found by. Found while nobody waits for the database.
pub(super) fn words_of(letter: &Letter, body: &str, language: Option<Language>) -> Vec<String> {
    let mailboxes = || letter.from.iter().chain(&letter.reply_to);
    let addresses: Vec<String> = mailboxes().map(|mailbox| spelt(&mailbox.address)).collect();
    let mut head = vec![letter.subject.as_str()];
    head.extend(mailboxes().filter_map(|mailbox| mailbox.name.as_deref()));
    head.extend(addresses.iter().map(String::as_str));
    let files = letter.attachments.iter().map(|file| file.name.as_str());
    let body: Vec<&str> = std::iter::once(body).chain(files).collect();
    words(&whole(&head), &whole(&body), language)
}

/// Indexes all messages of an inquiry again, after it came behind another wall.
pub(crate) fn index_inquiry(
    tx: &mut Tx<'_>,
    inquiry: InquiryId,
    wall: WallId,
) -> Result<(), StoreError> {
    for message in messages::searchable(tx, inquiry)? {
        index_again(tx, &message, wall)?;
    }
    Ok(())
}

/// Indexes one message again, after something was read in its files.
pub(crate) fn index_files(
    tx: &mut Tx<'_>,
    message: MessageId,
    wall: WallId,
) -> Result<(), StoreError> {
    match messages::searchable_one(tx, message)? {
        Some(message) => index_again(tx, &message, wall),
        None => Ok(()),
    }
}

/// So many words, stems included, are known of what stands in the files of a message, shared among
/// them.
const MOST_OF_FILES: usize = 40_000;

fn index_again(tx: &mut Tx<'_>, message: &Searchable, wall: WallId) -> Result<(), StoreError> {
    let Searchable { subject, author, body, .. } = message;
    let address = message.address.as_deref().unwrap_or_default();
    let names = message.files.iter().map(|file| file.name.as_str());
    let rest: Vec<&str> = std::iter::once(body.as_str()).chain(names).collect();
    let mut words = words(&whole(&[subject, author, address]), &whole(&rest), message.language);
    let texts: Vec<&str> = message.files.iter().filter_map(|file| file.text.as_deref()).collect();
    let share = MOST_OF_FILES / texts.len().max(1);
    for text in texts {
        let tongue = torg_text::detect(text).unwrap_or(tongue(message.language));
        words.extend(index_words_within(text, tongue, share));
    }
    search::index(tx, message.id, wall, &words)
}

fn whole(parts: &[&str]) -> String {
    parts.join("\n")
}

/// Those of the head stand in it once more, marked.
fn words(head: &str, rest: &str, language: Option<Language>) -> Vec<String> {
    let tongue = tongue(language);
    let mut words = index_words(&whole(&[head, rest]), tongue);
    let marked = index_words_within(head, tongue, MOST_OF_HEAD);
    words.extend(marked.iter().map(|word| format!("{HEAD_MARK}{word}")));
    words
}

/// So many words a head is known by, its stems included.
const MOST_OF_HEAD: usize = 200;

/// What a text is read as that says it is written in `language`.
pub(crate) fn tongue(language: Option<Language>) -> Tongue {
    language.map_or(Tongue::Nb, tongue_of)
}
