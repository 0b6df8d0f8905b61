//! What the judge of spam said of letters, the log of what it was told, and what it learnt.
//!
//! The log is only ever added to, and its places have no gaps: who reads it up to the same place
//! has read the same. What was learnt until some place of it is kept whole; the rest is learnt anew.

mod log;
mod questions;

pub use log::{
    LessonRow, NewLesson, lesson, lessons, lessons_after, locked_end, newest_lessons, stands, tell,
};

pub use questions::{
    NewQuestion, Question, again, done, found, is_untouched, keep_found, put, question, said, take,
    waits,
};

use std::collections::HashMap;

use torg_core::spam::{Judged, Verdict};
use torg_core::{DepartmentId, InquiryId, Language, MessageId, PersonId, Position, State, Viewer};

use crate::blobs::BlobHash;
use crate::departments::{self, Mailbox};
use crate::{Pending, Read, Row, StoreError, Tx, params, sql};

/// How far the log goes, and how far what was learnt whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Model {
    /// The newest lesson's place.
    pub last: i64,
    /// What was learnt holds the log up to here.
    pub upto: i64,
    /// Another one each time it is learnt anew.
    pub revision: i64,
}

/// Keeps what the judge said of a letter.
pub fn keep(tx: &mut Tx<'_>, message: MessageId, judged: &Judged) -> Result<(), StoreError> {
    let reasons = serde_json::to_string(&judged.reasons)
        .map_err(|error| StoreError::Bug(format!("reasons as JSON: {error}")))?;
    tx.send(
        sql!(
            "insert into judgements (message, verdict, score, reasons) values ($1, $2, $3, $4)
              on conflict (message) do update set verdict = excluded.verdict,
                score = excluded.score, reasons = excluded.reasons"
        ),
        &params![message, judged.verdict.code(), judged.score, reasons],
    )
}

/// What the judge said of an inquiry's letters from `first` on.
pub(crate) fn of_inquiry_from<'r>(
    read: &'r Read<'_>,
    inquiry: InquiryId,
    first: Position,
) -> Pending<'r, HashMap<MessageId, Judged>> {
    let rows = read.ask(
        sql!(
            "select j.message, j.verdict, j.score, j.reasons
                from messages m join judgements j on j.message = m.id
               where m.inquiry = $1 and m.position >= $2"
        ),
        &params![inquiry, first],
        |row| Ok((row.get(0)?, judged(row)?)),
    );
    rows.then(|rows| Ok(rows.into_iter().collect()))
}

fn judged(row: &Row<'_>) -> Result<Judged, StoreError> {
    let verdict = Verdict::from_code(row.get(1)?);
    let reasons = serde_json::from_str(&row.get::<String>(3)?);
    Ok(Judged {
        verdict: verdict.ok_or_else(|| StoreError::Corrupt("an unknown verdict".into()))?,
        score: row.get(2)?,
        reasons: reasons.map_err(|_| StoreError::Corrupt("reasons of a judgement".into()))?,
    })
}

/// Marks an inquiry as one whose newest letter is perhaps spam, or no longer.
pub fn suspect(tx: &mut Tx<'_>, id: InquiryId, suspect: bool) -> Result<(), StoreError> {
    tx.send(
        sql!("update inquiries set suspect = $2 where id = $1 and suspect <> $2"),
        &params![id, suspect],
    )
}

/// Whether an inquiry is marked so.
pub fn is_suspect(read: &Read<'_>, id: InquiryId) -> Result<bool, StoreError> {
    let found =
        read.one(sql!("select suspect from inquiries where id = $1"), &params![id], |row| {
            row.get(0)
        })?;
    Ok(found.unwrap_or(false))
}

/// The newest mail that came in for an inquiry: what is learnt from when it is marked.
pub fn newest_mail(read: &Read<'_>, id: InquiryId) -> Result<Option<MessageId>, StoreError> {
    read.one(
        sql!(
            "select id from messages where inquiry = $1 and direction = 1 and raw is not null
               order by position desc limit 1"
        ),
        &params![id],
        |row| row.get(0),
    )
}

/// Whether somebody else than the writer of an inquiry's newest letter wrote in it before: a colleague, or another citizen.
pub fn is_conversation(read: &Read<'_>, inquiry: InquiryId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select m.id from messages m
                join (select position, address from messages where inquiry = $1 and direction = 1
                       order by position desc limit 1) newest on m.position < newest.position
               where m.inquiry = $1
                 and (m.direction = 2 and m.staff is not null and m.send_state <> 5
                      or m.direction = 1 and coalesce(m.address, '') <> coalesce(newest.address, ''))
               limit 1"
        ),
        &params![inquiry],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// The raw bytes of a mail that came in; `None` once it is deleted.
pub fn raw_of(read: &Read<'_>, message: MessageId) -> Result<Option<BlobHash>, StoreError> {
    let found = read.one(
        sql!("select raw from messages where id = $1 and direction = 1"),
        &params![message],
        |row| row.get::<Option<BlobHash>>(0),
    )?;
    Ok(found.flatten())
}

/// Whether a colleague has written to a person, as far as her newest inquiries tell.
pub fn was_answered(read: &Read<'_>, person: PersonId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(list
            "select m.id from (select id from inquiries where person = $1
                                order by last_at desc, id desc limit 30) i
               join messages m on m.inquiry = i.id and m.direction = 2 and m.staff is not null
                                and m.send_state <> 5
              limit 1"
        ),
        &params![person],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// The first letters of inquiries behind the open wall that a colleague has answered, of the newest
/// `limit` in `state`: nobody answers spam.
pub fn answered_letters(
    read: &Read<'_>,
    state: State,
    limit: i64,
) -> Result<Vec<MessageId>, StoreError> {
    read.all(
        sql!(list
            "select m.id from (select id from inquiries where wall = 1 and state = $2
                                order by last_at desc, id desc limit $1) i
               join messages m on m.inquiry = i.id and m.position = 1 and m.direction = 1
                                and m.kind = 1 and m.raw is not null
              where exists (select 1 from messages x where x.inquiry = i.id and x.direction = 2
                              and x.staff is not null)"
        ),
        &params![limit, state.code()],
        |row| row.get(0),
    )
}

/// Who speaks for the municipality, and is impersonated: leads and administrators.
pub fn leaders(read: &Read<'_>) -> Result<Vec<String>, StoreError> {
    read.all(
        sql!("select name from staff where active = 1 and role <> 'staff' order by sort_key, id"),
        &params![],
        |row| row.get(0),
    )
}

/// A letter that is spam or perhaps spam and opened its inquiry, and got no receipt for what the judge said of it.
#[derive(Debug, Clone)]
pub struct Unreceipted {
    pub raw: BlobHash,
    /// Who wrote it.
    pub address: String,
    pub language: Option<Language>,
    /// Our address it came to.
    pub mailbox: Mailbox,
}

/// The only letter of an inquiry that the judge put into the spam folder, or marked as perhaps spam, and nobody said
/// otherwise; `None` as the viewer is Torg itself.
pub fn unreceipted(
    read: &Read<'_>,
    viewer: Option<&Viewer>,
    id: InquiryId,
) -> Result<Option<Unreceipted>, StoreError> {
    let staff = viewer.map(|viewer| viewer.staff);
    let found = read.one(
        sql!(
            "select m.raw, m.address, m.language, d.mailbox
                from inquiries i
                join messages m on m.inquiry = i.id and m.position = 1 and m.direction = 1
                join judgements j on j.message = m.id
                join deliveries d on d.mail_id = m.mail_id and d.message = m.id
               where i.id = $1 and i.messages = 1
                 and (i.state = 4 and j.verdict = 4 or i.suspect = 1 and j.verdict >= 3)
                 and m.raw is not null and m.address is not null
                 and (cast($2 as bigint) is null or i.wall in (select wall from wall_members where staff = $2))
               order by d.mailbox limit 1"
        ),
        &params![id, staff],
        |row| Ok((row.get(0)?, row.get(1)?, row.get::<String>(2)?.parse().ok(), row.get(3)?)),
    )?;
    let Some((raw, address, language, at)) = found else { return Ok(None) };
    let all: Vec<Mailbox> = departments::mailboxes(read)?;
    let ours = all.into_iter().find(|mailbox| mailbox.id == at);
    Ok(ours.map(|mailbox| Unreceipted { raw, address, language, mailbox }))
}

/// What the judge put into the spam folder, and nobody has marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearBorder {
    pub inquiry: InquiryId,
    /// Its first letter.
    pub message: MessageId,
    /// In millionths.
    pub score: i64,
}

/// What the judge put into a department's spam since `since` (microseconds UTC), at most 1,000.
pub fn unmarked(
    read: &Read<'_>,
    department: DepartmentId,
    since: i64,
) -> Result<Vec<NearBorder>, StoreError> {
    read.all(
        sql!(list
            "select i.id, m.id, j.score
                from inquiries i
                join messages m on m.inquiry = i.id and m.position = 1
                join judgements j on j.message = m.id
               where i.department = $1 and i.state = 4 and i.last_at > $2
                 and not exists (select 1 from spam_lessons l where l.message = m.id)
               order by i.last_at desc, i.id desc limit 1000"
        ),
        &params![department, since],
        |row| Ok(NearBorder { inquiry: row.get(0)?, message: row.get(1)?, score: row.get(2)? }),
    )
}

/// How far the log and what was learnt go.
pub fn model(read: &Read<'_>) -> Result<Model, StoreError> {
    let found = read.one(
        sql!("select last, upto, revision from spam_model where id = 1"),
        &params![],
        |row| Ok(Model { last: row.get(0)?, upto: row.get(1)?, revision: row.get(2)? }),
    )?;
    Ok(found.unwrap_or_default())
}

/// What was learnt whole, as the judge writes it; `None` if nothing was.
pub fn learnt(read: &Read<'_>) -> Result<Option<Vec<u8>>, StoreError> {
    let found =
        read.one(sql!("select learnt from spam_model where id = 1"), &params![], |row| {
            row.get::<Option<Vec<u8>>>(0)
        })?;
    Ok(found.flatten())
}

/// Drops what was learnt, up to `upto`.
pub fn forget(tx: &mut Tx<'_>, upto: i64) -> Result<(), StoreError> {
    tx.send(
        sql!(
            "update spam_model set upto = $1, learnt = null, revision = revision + 1 where id = 1"
        ),
        &params![upto],
    )
}

/// Keeps what was learnt from the log up to `upto`, at most 8 MB; how far the log goes by now.
/// `None` if somebody else learnt since `before`.
pub fn keep_learnt(
    tx: &mut Tx<'_>,
    before: Model,
    upto: i64,
    learnt: Option<&[u8]>,
) -> Result<Option<i64>, StoreError> {
    tx.returning(
        sql!(
            "update spam_model set upto = $2, learnt = $3, revision = revision + 1
              where id = 1 and revision = $1 returning last"
        ),
        &params![before.revision, upto, learnt],
        |row| row.get(0),
    )
}
