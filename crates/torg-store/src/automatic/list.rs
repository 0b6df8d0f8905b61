//! The log of automatic answers, and those that a person must look at.

use torg_core::automatic::Outcome;
use torg_core::{AnswerId, AutomaticId, InquiryId, InquiryNumber, MessageId, Viewer};

use super::outcome_at;
use crate::{Read, Row, StoreError, params, sql};

/// One automatic answer in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: AutomaticId,
    pub answer: AnswerId,
    /// What its answer is called in files.
    pub handle: String,
    pub version: i64,
    /// The tag of its language.
    pub language: String,
    /// Thousandths.
    pub sureness: i64,
    pub threshold: i64,
    pub model: String,
    pub sent: Option<MessageId>,
    pub sampled: bool,
    /// Microseconds UTC.
    pub at: i64,
    pub inquiry: InquiryId,
    pub number: InquiryNumber,
    pub subject: String,
    pub outcome: Option<Outcome>,
    /// The beginning of the letter.
    pub letter: String,
    pub body: String,
}

/// Which of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    pub answer: Option<AnswerId>,
    pub outcome: Option<Outcome>,
    /// Only what was sent, or only what was not.
    pub sent: Option<bool>,
    /// Older than this one.
    pub after: Option<AutomaticId>,
}

/// A page of the log, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Listed>,
    /// Where the next page begins.
    pub next: Option<AutomaticId>,
}

/// So many rows are looked through for a page.
const LOOKED_AT: usize = 1_000;
/// How much of a letter is shown, in characters.
const SHOWN: usize = 240;

macro_rules! listed {
    ($where:literal) => {
        concat!(
            "select a.id, a.answer, s.handle, a.version, a.language, a.sureness, a.threshold,
                a.model, a.sent, a.sampled, a.at, i.id, i.number, i.subject,
                (select max(o.kind) from automatic_outcomes o where o.automatic = a.id),
                substr(m.body, 1, 300), a.body
               from automatic_answers a
               join answers s on s.id = a.answer
               join messages m on m.id = a.letter
               join inquiries i on i.id = m.inquiry
              where i.wall in (select wall from wall_members where staff = $1) and ",
            $where
        )
    };
}

/// The log inside the viewer's walls, `limit` rows a page.
pub fn log(
    read: &Read<'_>,
    viewer: &Viewer,
    look: &Look,
    limit: usize,
) -> Result<Page, StoreError> {
    let before = look.after.map_or(i64::MAX, torg_core::Id::as_i64);
    let most = i64::try_from(LOOKED_AT).unwrap_or(i64::MAX);
    let found = match look.answer {
        Some(answer) => read.all(
            sql!(list listed!("a.answer = $4 and a.id < $2 order by a.id desc limit $3")),
            &params![viewer.staff, before, most, answer],
            row,
        )?,
        None => read.all(
            sql!(list listed!("a.id < $2 order by a.id desc limit $3")),
            &params![viewer.staff, before, most],
            row,
        )?,
    };
    let last_looked_at = found.get(LOOKED_AT - 1).map(|row| row.id);
    let mut rows: Vec<Listed> = found.into_iter().filter(|row| look.holds(row)).collect();
    let next = if rows.len() > limit {
        rows.truncate(limit);
        rows.last().map(|row| row.id)
    } else {
        last_looked_at
    };
    Ok(Page { rows, next })
}

impl Look {
    fn holds(&self, row: &Listed) -> bool {
        self.outcome.is_none_or(|wanted| row.outcome == Some(wanted))
            && self.sent.is_none_or(|wanted| row.sent.is_some() == wanted)
    }
}

/// What was sent and a person must look at, the oldest first.
pub fn to_sample(read: &Read<'_>, viewer: &Viewer, limit: i64) -> Result<Vec<Listed>, StoreError> {
    read.all(
        sql!(list listed!(
            "a.sampled = 1 and a.sent is not null
                and not exists (select 1 from automatic_outcomes o
                     where o.automatic = a.id and o.staff is not null)
              order by a.id limit $2"
        )),
        &params![viewer.staff, limit],
        row,
    )
}

/// What was sent and a person must look at, if she may see it, whether or not somebody did.
pub fn sampled(
    read: &Read<'_>,
    viewer: &Viewer,
    id: AutomaticId,
) -> Result<Option<Listed>, StoreError> {
    read.one(
        sql!(listed!("a.id = $2 and a.sampled = 1 and a.sent is not null")),
        &params![viewer.staff, id],
        row,
    )
}

fn row(row: &Row<'_>) -> Result<Listed, StoreError> {
    let letter: String = row.get(15)?;
    Ok(Listed {
        id: row.get(0)?,
        answer: row.get(1)?,
        handle: row.get(2)?,
        version: row.get(3)?,
        language: row.get(4)?,
        sureness: row.get(5)?,
        threshold: row.get(6)?,
        model: row.get(7)?,
        sent: row.get(8)?,
        sampled: row.get(9)?,
        at: row.get(10)?,
        inquiry: row.get(11)?,
        number: InquiryNumber::from_i64(row.get(12)?),
        subject: row.get(13)?,
        outcome: outcome_at(row, 14)?,
        letter: letter.chars().take(SHOWN).collect(),
        body: row.get(16)?,
    })
}
