//! Which answer went into which letter, and how much of it was changed before that.

use torg_core::{AnswerId, InquiryId, InquiryNumber, MessageId, StaffId, UseId, Viewer};

use super::lessons;
use crate::{Read, StoreError, Tx, params, sql};

/// An answer that is put into what somebody writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUse {
    pub id: UseId,
    pub answer: AnswerId,
    pub version: i64,
    /// The tag of its language.
    pub language: String,
    pub inquiry: InquiryId,
    pub staff: StaffId,
    /// As it was put in, filled.
    pub body: String,
    /// What was suggested at that moment.
    pub suggested: Vec<AnswerId>,
    /// Microseconds UTC.
    pub at: i64,
}

/// A letter an answer left in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    pub inquiry: InquiryId,
    pub number: InquiryNumber,
    pub subject: String,
    pub by: String,
    /// How much of it was changed, in percent of its words.
    pub edited: i64,
    /// The citizen wrote again after it.
    pub came_back: bool,
    /// Microseconds UTC.
    pub at: i64,
}

/// How an answer was used, of the newest letters a viewer may know of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    /// Newest first.
    pub letters: Vec<Used>,
    /// There are more than were looked at.
    pub more: bool,
}

impl Usage {
    /// The mean share of changed words, in percent; nothing without letters.
    pub fn edited(&self) -> Option<i64> {
        let count = i64::try_from(self.letters.len()).ok().filter(|count| *count > 0)?;
        Some(self.letters.iter().map(|used| used.edited).sum::<i64>() / count)
    }

    /// How many of the letters were followed by another of the citizen's, in percent.
    pub fn came_back(&self) -> Option<i64> {
        let count = i64::try_from(self.letters.len()).ok().filter(|count| *count > 0)?;
        let back = self.letters.iter().filter(|used| used.came_back).count();
        Some(i64::try_from(back).unwrap_or(0) * 100 / count)
    }
}

/// Notes that an answer was put in.
pub fn insert(tx: &mut Tx<'_>, new: &NewUse) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into answer_uses (id, answer, version, language, inquiry, staff, body, edited, at,
                suggested)
              values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)"
        ),
        &params![
            new.id,
            new.answer,
            new.version,
            new.language,
            new.inquiry,
            new.staff,
            new.body,
            new.at,
            lessons::told(&new.suggested)
        ],
    )?;
    Ok(())
}

/// An answer that was put in and has not left yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenUse {
    pub id: UseId,
    pub answer: AnswerId,
    /// As it was put in, filled.
    pub body: String,
    pub suggested: Vec<AnswerId>,
}

/// What a colleague has put into what she writes in an inquiry, newest first, at most 20.
pub fn open(
    read: &Read<'_>,
    staff: StaffId,
    inquiry: InquiryId,
) -> Result<Vec<OpenUse>, StoreError> {
    read.all(
        sql!(list "select id, answer, body, suggested from answer_uses
               where inquiry = $1 and staff = $2 and message is null order by id desc limit 20"),
        &params![inquiry, staff],
        |row| {
            let suggested = lessons::read_told(&row.get::<String>(3)?);
            Ok(OpenUse { id: row.get(0)?, answer: row.get(1)?, body: row.get(2)?, suggested })
        },
    )
}

/// It left in this letter, `edited` percent of its words changed.
pub fn keep_sent(
    tx: &mut Tx<'_>,
    id: UseId,
    message: MessageId,
    edited: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update answer_uses set message = $2, edited = $3 where id = $1"),
        &params![id, message, edited],
    )?;
    Ok(())
}

/// Forgets what was put in and did not leave.
pub fn forget_unsent(
    tx: &mut Tx<'_>,
    staff: StaffId,
    inquiry: InquiryId,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("delete from answer_uses where inquiry = $1 and staff = $2 and message is null"),
        &params![inquiry, staff],
    )?;
    Ok(())
}

/// The letter was taken back: what it held is being written again.
pub fn put_back(tx: &mut Tx<'_>, message: MessageId) -> Result<(), StoreError> {
    tx.execute(
        sql!("update answer_uses set message = null where message = $1"),
        &params![message],
    )?;
    Ok(())
}

/// How an answer was used, of its newest `limit` letters inside the viewer's walls.
pub fn usage(
    read: &Read<'_>,
    viewer: &Viewer,
    answer: AnswerId,
    limit: usize,
) -> Result<Usage, StoreError> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut letters = read.all(
        sql!(list "select i.id, i.number, i.subject, s.name, u.edited, u.at,
                case when exists (select 1 from messages n where n.inquiry = m.inquiry
                  and n.position > m.position and n.direction = 1 and n.kind = 1) then 1 else 0 end
               from answer_uses u join messages m on m.id = u.message
               join inquiries i on i.id = m.inquiry join staff s on s.id = u.staff
              where u.answer = $1 and u.message is not null
                and i.wall in (select wall from wall_members where staff = $2)
              order by u.id desc limit $3"),
        &params![answer, viewer.staff, most],
        |row| {
            Ok(Used {
                inquiry: row.get(0)?,
                number: InquiryNumber::from_i64(row.get(1)?),
                subject: row.get(2)?,
                by: row.get(3)?,
                edited: row.get(4)?,
                at: row.get(5)?,
                came_back: row.get(6)?,
            })
        },
    )?;
    let more = letters.len() > limit;
    letters.truncate(limit);
    Ok(Usage { letters, more })
}
