//! Automatic answers: which are allowed, which letters wait to be looked at, what was answered or
//! would have been, and how it turned out.

mod figures;
mod list;
mod permits;

pub use figures::{Figures, evidence, figures, known_in, unhelpful_since};
pub use list::{Listed, Look, Page, log, sampled, to_sample};
pub use permits::{
    Permit, PermitRow, allow, forbid, permit, permits, permitted, restart, set_paused,
};

use torg_core::automatic::Outcome;
use torg_core::{AnswerId, AutomaticId, InquiryId, MessageId, StaffId};

use crate::{Read, Row, StoreError, Tx, params, sql};

/// What is answered, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAutomatic {
    pub id: AutomaticId,
    pub letter: MessageId,
    /// The message it leaves in; `None` if it is only written down.
    pub sent: Option<MessageId>,
    pub answer: AnswerId,
    pub version: i64,
    /// The tag of its language.
    pub language: String,
    /// The answer with its placeholders filled.
    pub body: String,
    /// Whom it goes to.
    pub address: String,
    /// Thousandths, as the threshold.
    pub sureness: i64,
    pub threshold: i64,
    /// The hash of the sentence model.
    pub model: String,
    /// A person must look at it.
    pub sampled: bool,
    /// Microseconds UTC.
    pub at: i64,
}

/// What was answered in an inquiry, or would have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Automatic {
    pub id: AutomaticId,
    pub answer: AnswerId,
    pub body: String,
    pub sent: Option<MessageId>,
    /// The worst there is.
    pub outcome: Option<Outcome>,
}

/// A new letter is to be looked at.
pub fn put_letter(tx: &mut Tx<'_>, letter: MessageId, at: i64) -> Result<(), StoreError> {
    tx.send(
        sql!(
            "insert into automatic_letters (message, at) values ($1, $2)
              on conflict (message) do nothing"
        ),
        &params![letter, at],
    )
}

/// The oldest letters that wait to be looked at, and since when; microseconds UTC.
pub fn letters(read: &Read<'_>, limit: i64) -> Result<Vec<(MessageId, i64)>, StoreError> {
    read.all(
        sql!(list "select message, at from automatic_letters order by message limit $1"),
        &params![limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Whether it is not decided yet which department gets a letter.
pub fn waits_for_department(read: &Read<'_>, letter: MessageId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select d.inquiry from messages m join delegations d on d.inquiry = m.inquiry
              where m.id = $1 and d.state = 0"
        ),
        &params![letter],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Takes a letter to be looked at, for this transaction alone; since when it waited, and `None` if
/// somebody else has looked at it.
pub fn take_letter(tx: &mut Tx<'_>, letter: MessageId) -> Result<Option<i64>, StoreError> {
    tx.returning(
        sql!("delete from automatic_letters where message = $1 returning at"),
        &params![letter],
        |row| row.get(0),
    )
}

/// Writes down what is answered; `false` if the letter has its answer.
pub fn insert(tx: &mut Tx<'_>, new: &NewAutomatic) -> Result<bool, StoreError> {
    let inserted = tx.execute(
        sql!(
            "insert into automatic_answers (id, letter, sent, answer, version, language, body,
                address, sureness, threshold, model, sampled, at)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
              on conflict (letter) do nothing"
        ),
        &params![
            new.id,
            new.letter,
            new.sent,
            new.answer,
            new.version,
            new.language,
            new.body,
            new.address,
            new.sureness,
            new.threshold,
            new.model,
            new.sampled,
            new.at
        ],
    )?;
    Ok(inserted > 0)
}

/// What was answered to the letter an inquiry began with.
pub fn of_inquiry(read: &Read<'_>, inquiry: InquiryId) -> Result<Option<Automatic>, StoreError> {
    read.one(
        sql!(
            "select a.id, a.answer, a.body, a.sent,
                (select max(o.kind) from automatic_outcomes o where o.automatic = a.id)
               from messages m join automatic_answers a on a.letter = m.id
              where m.inquiry = $1 and m.position = 1"
        ),
        &params![inquiry],
        automatic,
    )
}

/// As [`of_inquiry`], by its own id.
pub fn one(read: &Read<'_>, id: AutomaticId) -> Result<Option<Automatic>, StoreError> {
    read.one(
        sql!(
            "select a.id, a.answer, a.body, a.sent,
                (select max(o.kind) from automatic_outcomes o where o.automatic = a.id)
               from automatic_answers a where a.id = $1"
        ),
        &params![id],
        automatic,
    )
}

fn automatic(row: &Row<'_>) -> Result<Automatic, StoreError> {
    Ok(Automatic {
        id: row.get(0)?,
        answer: row.get(1)?,
        body: row.get(2)?,
        sent: row.get(3)?,
        outcome: outcome_at(row, 4)?,
    })
}

pub(crate) fn outcome_at(row: &Row<'_>, index: usize) -> Result<Option<Outcome>, StoreError> {
    Ok(row.get::<Option<i64>>(index)?.and_then(Outcome::from_code))
}

/// Notes how it turned out; `false` if that was noted before. `staff` looked at it on purpose.
pub fn turned_out(
    tx: &mut Tx<'_>,
    id: AutomaticId,
    outcome: Outcome,
    staff: Option<StaffId>,
    at: i64,
) -> Result<bool, StoreError> {
    let inserted = tx.execute(
        sql!(
            "insert into automatic_outcomes (automatic, kind, staff, at) values ($1, $2, $3, $4)
              on conflict (automatic, kind) do nothing"
        ),
        &params![id, outcome.code(), staff, at],
    )?;
    Ok(inserted > 0)
}

/// Whether a colleague has looked at it on purpose.
pub fn is_audited(read: &Read<'_>, id: AutomaticId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select kind from automatic_outcomes where automatic = $1 and staff is not null"),
        &params![id],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Whether an address had an automatic answer after `since`, or would have had one.
pub fn had_one(read: &Read<'_>, address: &str, since: i64) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select id from automatic_answers where address = $1 and at > $2 limit 1"),
        &params![address, since],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// A letter as the guards look at it.
#[derive(Debug, Clone)]
pub struct Letter {
    pub inquiry: InquiryId,
    pub position: i64,
    pub is_human: bool,
    pub name: String,
    pub address: Option<String>,
    pub body: String,
    /// The tag of its language; empty if that was not told.
    pub language: String,
    pub has_files: bool,
}

/// A letter, whoever looks: Torg itself does.
pub fn letter(read: &Read<'_>, id: MessageId) -> Result<Option<Letter>, StoreError> {
    read.one(
        sql!(
            "select m.inquiry, m.position, m.kind, m.author, m.address, m.body, m.language,
                case when exists (select 1 from attachments a
                   where a.message = m.id and a.is_inline = 0) then 1 else 0 end
               from messages m where m.id = $1 and m.direction = 1"
        ),
        &params![id],
        |row| {
            Ok(Letter {
                inquiry: row.get(0)?,
                position: row.get(1)?,
                is_human: row.get::<i64>(2)? == torg_core::Kind::Human.code(),
                name: row.get(3)?,
                address: row.get(4)?,
                body: row.get(5)?,
                language: row.get(6)?,
                has_files: row.get(7)?,
            })
        },
    )
}

/// Whether the person of an inquiry has another one that is neither closed nor spam, behind whichever wall.
pub fn is_open_elsewhere(read: &Read<'_>, inquiry: InquiryId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select o.id from inquiries i join inquiries o on o.person = i.person
              where i.id = $1 and o.id <> i.id and o.state not in (2, 4) and o.merged_into is null limit 1"
        ),
        &params![inquiry],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// What a colleague wrote in a letter that left; `None` for what no colleague wrote.
pub fn written_by_hand(read: &Read<'_>, message: MessageId) -> Result<Option<String>, StoreError> {
    read.one(
        sql!("select body from messages where id = $1 and direction = 2 and kind = 1"),
        &params![message],
        |row| row.get(0),
    )
}

/// Whether a colleague has answered in an inquiry, or is about to: her letter waits or was sent.
pub fn is_answered_by_hand(read: &Read<'_>, inquiry: InquiryId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select id from messages where inquiry = $1 and direction = 2 and kind = 1
                and send_state <> 5 limit 1"
        ),
        &params![inquiry],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Whether a colleague has done anything to an inquiry.
pub fn is_in_hand(read: &Read<'_>, inquiry: InquiryId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select id from journal where chain = $1 and staff is not null limit 1"),
        &params![inquiry],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Marks an inquiry as one that was answered automatically.
pub fn mark(tx: &mut Tx<'_>, inquiry: InquiryId) -> Result<(), StoreError> {
    tx.execute(sql!("update inquiries set automatic = 1 where id = $1"), &params![inquiry])?;
    Ok(())
}

/// Inquiries that were answered between two times and are still open, with the answer as their
/// newest message, and which no colleague has touched.
pub fn quiet(
    read: &Read<'_>,
    (from, until): (i64, i64),
    limit: i64,
) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!(list "select i.id from automatic_answers a
                join messages m on m.id = a.sent
                join inquiries i on i.id = m.inquiry
               where a.sent is not null and a.at > $1 and a.at <= $2
                 and i.state = 0 and i.messages = m.position and m.send_state = 2
                 and i.merged_into is null
                 and not exists (select 1 from journal j where j.chain = i.id
                      and j.staff is not null and j.verb <> 'answer-audited')
               order by a.at limit $3"),
        &params![from, until, limit],
        |row| row.get(0),
    )
}
