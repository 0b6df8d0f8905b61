//! Letters about which others are still to be asked, and what was found out.

use torg_core::spam::Findings;
use torg_core::{ArrivalId, InquiryId, MessageId, PersonId};

use crate::arrivals::recipients_at;
use crate::blobs::BlobHash;
use crate::{Read, StoreError, Tx, params, sql};

/// What filing knows of a letter that is to be asked about.
#[derive(Debug, Clone, Copy)]
pub struct NewQuestion {
    pub message: MessageId,
    pub arrival: ArrivalId,
    /// Its sender, if known before.
    pub person: Option<PersonId>,
    /// It answers a letter of ours beyond doubt.
    pub is_proven: bool,
    /// Microseconds UTC.
    pub at: i64,
}

/// A letter to ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub message: MessageId,
    pub inquiry: InquiryId,
    pub person: Option<PersonId>,
    pub is_proven: bool,
    /// How often it was begun, this time included.
    pub attempts: i64,
    pub raw: Option<BlobHash>,
    /// The stranger's server that brought it, and what it called itself.
    pub peer: Option<String>,
    pub helo: Option<String>,
    pub envelope_from: Option<String>,
    pub recipients: Vec<String>,
}

/// Has others asked about a letter.
pub fn put(tx: &mut Tx<'_>, new: &NewQuestion) -> Result<(), StoreError> {
    tx.send(
        sql!(
            "insert into spam_questions (message, arrival, person, is_proven, attempts, due_at)
              values ($1, $2, $3, $4, 0, $5) on conflict do nothing"
        ),
        &params![new.message, new.arrival, new.person, new.is_proven, new.at],
    )
}

/// Whether something is to be asked by `now`. It only looks.
pub fn waits(read: &Read<'_>, now: i64) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select message from spam_questions where due_at <= $1 limit 1"),
        &params![now],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Takes what is due, at most `limit`, so that nobody else asks it before `until`.
pub fn take(
    tx: &mut Tx<'_>,
    now: i64,
    until: i64,
    limit: i64,
) -> Result<Vec<MessageId>, StoreError> {
    tx.returning_all(
        sql!(
            lite "update spam_questions set due_at = $2, attempts = attempts + 1
                   where message in (select message from spam_questions where due_at <= $1
                                      order by due_at, message limit $3)
                  returning message",
            pg "update spam_questions set due_at = $2, attempts = attempts + 1
                 where message in (select message from spam_questions where due_at <= $1
                                    order by due_at, message limit $3 for update skip locked)
                returning message"
        ),
        &params![now, until, limit],
        |row| row.get(0),
    )
}

/// What is known of a letter that was taken; `None` once it is done.
pub fn question(read: &Read<'_>, message: MessageId) -> Result<Option<Question>, StoreError> {
    read.one(
        sql!(
            "select q.message, m.inquiry, q.person, q.is_proven, q.attempts, m.raw,
                    a.peer, a.helo, a.envelope_from, a.recipients
                from spam_questions q
                join messages m on m.id = q.message
                join arrivals a on a.id = q.arrival
               where q.message = $1"
        ),
        &params![message],
        |row| {
            Ok(Question {
                message: row.get(0)?,
                inquiry: row.get(1)?,
                person: row.get(2)?,
                is_proven: row.get(3)?,
                attempts: row.get(4)?,
                raw: row.get(5)?,
                peer: row.get(6)?,
                helo: row.get(7)?,
                envelope_from: row.get(8)?,
                recipients: recipients_at(row, 9)?,
            })
        },
    )
}

/// Asks again at `at`.
pub fn again(tx: &mut Tx<'_>, message: MessageId, at: i64) -> Result<(), StoreError> {
    tx.send(sql!("update spam_questions set due_at = $2 where message = $1"), &params![message, at])
}

/// Nobody is asked any more.
pub fn done(tx: &mut Tx<'_>, message: MessageId) -> Result<(), StoreError> {
    tx.send(sql!("delete from spam_questions where message = $1"), &params![message])
}

/// Keeps what was found out about a letter.
pub fn keep_found(tx: &mut Tx<'_>, message: MessageId, found: &Findings) -> Result<(), StoreError> {
    let text = serde_json::to_string(found)
        .map_err(|error| StoreError::Bug(format!("findings as JSON: {error}")))?;
    tx.send(
        sql!(
            "insert into spam_findings (message, found) values ($1, $2)
              on conflict (message) do update set found = excluded.found"
        ),
        &params![message, text],
    )
}

/// What was found out about a letter.
pub fn found(read: &Read<'_>, message: MessageId) -> Result<Option<Findings>, StoreError> {
    let text = read.one(
        sql!("select found from spam_findings where message = $1"),
        &params![message],
        |row| row.get::<String>(0),
    )?;
    let read = |text: String| {
        serde_json::from_str(&text).map_err(|_| StoreError::Corrupt("findings".into()))
    };
    text.map(read).transpose()
}

/// Whether nobody has touched or answered an inquiry so far, and `message` is still the newest of it.
pub fn is_untouched(
    read: &Read<'_>,
    inquiry: InquiryId,
    message: MessageId,
) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select i.id from inquiries i join messages m on m.id = $2 and m.inquiry = i.id
               where i.id = $1 and i.state in (0, 4) and i.merged_into is null
                 and not exists (select 1 from journal j where j.chain = i.id and j.staff is not null)
                 and not exists (select 1 from messages n where n.inquiry = i.id
                                    and (n.direction = 2 or n.position > m.position))"
        ),
        &params![inquiry, message],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// What was said of a letter when it came.
pub fn said(
    read: &Read<'_>,
    message: MessageId,
) -> Result<Option<torg_core::spam::Judged>, StoreError> {
    read.one(
        sql!("select message, verdict, score, reasons from judgements where message = $1"),
        &params![message],
        super::judged,
    )
}
