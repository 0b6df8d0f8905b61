//! The search index: words analysed in Rust, kept by the database in the same transaction.
//!
//! A document is a message. The wall it stands behind is one of its words, so that the index
//! itself leaves out what a viewer may not find. What stands in its head, subject and sender,
//! stands in it once more with [`HEAD_MARK`].

mod best;
mod hits;
mod persons;
mod question;
mod texts;

use std::iter::repeat;

use torg_core::{Id, MessageId, WallId};

use crate::{EngineKind, StoreError, Tx, Value, params, sql};

pub(crate) use best::best;
pub use best::{HEAD_MARK, RANKED};
pub use persons::{Met, persons};
pub(crate) use question::{Wanted, found};
pub use texts::{FoundText, file_texts, texts};

/// The word that says which wall a document stands behind. No word of a text has two tildes in
/// front: one marks a stem, and none is left on what people write.
pub fn wall_word(wall: WallId) -> String {
    format!("~~{wall}")
}

/// Puts a message in the index, in place of what was there. `words` hold no white space and no
/// characters that the analysis did not leave in: letters, digits and `~ @ . _ -`.
pub fn index(
    tx: &mut Tx<'_>,
    message: MessageId,
    wall: WallId,
    words: &[String],
) -> Result<(), StoreError> {
    remove(tx, message)?;
    add(tx, message, wall, words)
}

/// Puts a message in the index that was not there before.
pub fn add(
    tx: &mut Tx<'_>,
    message: MessageId,
    wall: WallId,
    words: &[String],
) -> Result<(), StoreError> {
    let document = Value::Text(document(tx.engine(), message, wall, words));
    tx.send(
        sql!(
            lite "insert into search (rowid, words) values ($1, $2)",
            pg "insert into search (rowid, words) values ($1, cast(cast($2 as text) as tsvector))"
        ),
        &params![message, document],
    )?;
    Ok(())
}

/// A document of the index as it is handed to `engine`.
pub fn document<W: AsRef<str>>(
    engine: EngineKind,
    message: MessageId,
    wall: WallId,
    words: &[W],
) -> String {
    match engine {
        EngineKind::Sqlite => plain(wall, words),
        EngineKind::Postgres => vector(message, wall, words),
    }
}

/// Takes a message out of the index.
pub fn remove(tx: &mut Tx<'_>, message: MessageId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from search where rowid = $1"), &params![message])?;
    Ok(())
}

fn plain<W: AsRef<str>>(wall: WallId, words: &[W]) -> String {
    let mut text = wall_word(wall);
    for word in words {
        text.push(' ');
        text.push_str(word.as_ref());
    }
    text
}

/// A `tsvector` literal. PostgreSQL allows 16383 positions, 255 a word, words of 2 KB and 1 MB in
/// all. Only what people wrote has positions, for phrases; what comes late in a very long text is
/// found by its stem, and not in a phrase: stems are asked for alone, so they go first.
fn vector<W: AsRef<str>>(message: MessageId, wall: WallId, words: &[W]) -> String {
    const MOST_BYTES: usize = 700_000;
    const MOST_POSITIONS: usize = 16_383;
    let mut text = format!("'{}' '{}'", wall_word(wall), span_word(span_of(message.as_i64())));
    let short = words.iter().map(AsRef::as_ref).filter(|word| word.len() < 200);
    let (marked, written): (Vec<&str>, Vec<&str>) = short.partition(|word| word.starts_with(MARKS));
    let marked = marked.into_iter().map(|word| (word, None));
    let written = written.into_iter().zip((1..=MOST_POSITIONS).map(Some).chain(repeat(None)));
    for (word, position) in marked.chain(written) {
        if text.len() > MOST_BYTES {
            break;
        }
        text.push_str(" '");
        text.push_str(&word.replace(['\\', '\''], ""));
        text.push('\'');
        if let Some(position) = position {
            text.push(':');
            text.push_str(&position.to_string());
        }
    }
    text
}

/// What stands before words that nobody wrote so: stems, and words of the head.
const MARKS: [char; 2] = ['~', HEAD_MARK];

/// Ids of so many bits less begin alike for 12 days.
const SPAN: u32 = 52;

/// The days in which a document was made, as a number that grows with time.
fn span_of(rowid: i64) -> i64 {
    rowid >> SPAN
}

/// The word that says in which days a document was made. PostgreSQL's index gathers all that hold a
/// word before it knows which are the newest; with this word it gathers those of some days.
fn span_word(span: i64) -> String {
    format!("~~~{span}")
}
