//! The search index: words analysed in Rust, kept by the database in the same transaction.
//!
//! A document is a message. The wall it stands behind is one of its words, so that the index
//! itself leaves out what a viewer may not find.

use torg_core::{MessageId, WallId};

use crate::{EngineKind, StoreError, Tx, Value, params, sql};

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
    let document = match tx.engine() {
        EngineKind::Sqlite => plain(wall, words),
        EngineKind::Postgres => vector(wall, words),
    };
    tx.send(
        sql!(
            lite "insert into search (rowid, words) values ($1, $2)",
            pg "insert into search (rowid, words) values ($1, cast(cast($2 as text) as tsvector))"
        ),
        &params![message, document],
    )?;
    Ok(())
}

/// Takes a message out of the index.
pub fn remove(tx: &mut Tx<'_>, message: MessageId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from search where rowid = $1"), &params![message])?;
    Ok(())
}

fn plain(wall: WallId, words: &[String]) -> Value {
    let mut text = wall_word(wall);
    for word in words {
        text.push(' ');
        text.push_str(word);
    }
    Value::Text(text)
}

/// A `tsvector` literal with positions. PostgreSQL allows 16383 positions, 255 a word, words of
/// 2 KB and 1 MB in all; what is beyond is not found in that message.
fn vector(wall: WallId, words: &[String]) -> Value {
    const MOST_BYTES: usize = 700_000;
    let mut text = format!("'{}'", wall_word(wall));
    for (position, word) in (1..16_383).zip(words.iter().filter(|word| word.len() < 200)) {
        text.push_str(" '");
        text.push_str(&word.replace(['\\', '\''], ""));
        text.push_str("':");
        text.push_str(&position.to_string());
        if text.len() > MOST_BYTES {
            break;
        }
    }
    Value::Text(text)
}
