//! What letters ask and answers say, as the sentence model sees them: a row of bytes each, which only
//! the room of text understands. They are made once, in the background.

use torg_core::MessageId;

use crate::{Read, StoreError, Tx, params, sql};

/// The vector of a letter, if it was made.
pub fn of_letter(read: &Read<'_>, letter: MessageId) -> Result<Option<Vec<u8>>, StoreError> {
    read.one(
        sql!("select vector from letter_vectors where message = $1"),
        &params![letter],
        |row| row.get(0),
    )
}

/// Keeps the vector of a letter that is still there.
pub fn keep_of_letter(tx: &mut Tx<'_>, letter: MessageId, vector: &[u8]) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into letter_vectors (message, vector)
              select id, $2 from messages where id = $1 on conflict do nothing"
        ),
        &params![letter, vector],
    )?;
    Ok(())
}

/// The letters that people sent after `after` and that have no vector yet, oldest first, at most
/// `limit`.
pub fn letters_without(
    read: &Read<'_>,
    after: MessageId,
    limit: i64,
) -> Result<Vec<MessageId>, StoreError> {
    read.all(
        sql!(list "select m.id from messages m
               left join letter_vectors v on v.message = m.id
              where m.id > $1 and m.direction = 1 and m.kind = 1 and v.message is null
              order by m.id limit $2"),
        &params![after, limit],
        |row| row.get(0),
    )
}

/// The vectors of answers' texts, by the hashes of the texts.
pub fn of_answers(read: &Read<'_>) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
    read.all(
        sql!("select key, vector from answer_vectors order by key limit $1"),
        &params![MOST_OF_ANSWERS],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Keeps the vector of an answer's text.
pub fn keep_of_answer(tx: &mut Tx<'_>, key: i64, vector: &[u8]) -> Result<(), StoreError> {
    tx.execute(
        sql!("insert into answer_vectors (key, vector) values ($1, $2) on conflict do nothing"),
        &params![key, vector],
    )?;
    Ok(())
}

/// Forgets the vector of a text that no answer has any more.
pub fn forget_of_answer(tx: &mut Tx<'_>, key: i64) -> Result<(), StoreError> {
    tx.execute(sql!("delete from answer_vectors where key = $1"), &params![key])?;
    Ok(())
}

/// More are not read: five texts of each of the most answers, with some questions.
const MOST_OF_ANSWERS: i64 = 100_000;
