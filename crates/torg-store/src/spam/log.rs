//! The log of lessons.

use torg_core::spam::{Lesson, standing};
use torg_core::{InquiryId, InquiryNumber, MessageId, StaffId, Viewer};

use crate::{Read, Row, StoreError, Tx, params, sql};

/// A lesson as it is to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewLesson {
    /// What it is about; none if all is to be forgotten.
    pub message: Option<MessageId>,
    pub lesson: Lesson,
    /// The place of the lesson it takes back.
    pub takes_back: Option<i64>,
    pub staff: StaffId,
    /// Microseconds UTC.
    pub at: i64,
}

/// Adds a lesson to the log; its place. The model's row is locked from then on, so that places and
/// commits have one order.
pub fn tell(tx: &mut Tx<'_>, new: &NewLesson) -> Result<i64, StoreError> {
    let place = tx.returning(
        sql!("update spam_model set last = last + 1 where id = 1 returning last"),
        &params![],
        |row| row.get::<i64>(0),
    )?;
    let place = place.ok_or_else(|| StoreError::Bug("no model to teach".into()))?;
    let message = new.message.map_or(0, torg_core::Id::as_i64);
    tx.send(
        sql!(
            "insert into spam_lessons (n, message, lesson, takes_back, staff, at)
              values ($1, $2, $3, $4, $5, $6)"
        ),
        &params![place, message, new.lesson.code(), new.takes_back, new.staff, new.at],
    )?;
    Ok(place)
}

/// How far the log goes; nobody adds to it until this transaction ends.
pub fn locked_end(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    let last = tx.returning(
        sql!("update spam_model set last = last where id = 1 returning last"),
        &params![],
        |row| row.get::<i64>(0),
    )?;
    Ok(last.unwrap_or(0))
}

/// What the lesson at a place is about, and whether it was taken back; `None` if it takes back one itself.
pub fn lesson(read: &Read<'_>, place: i64) -> Result<Option<(MessageId, bool)>, StoreError> {
    read.one(
        sql!(
            "select l.message, t.n from spam_lessons l
                left join spam_lessons t on t.takes_back = l.n
               where l.n = $1 and l.lesson <> 2"
        ),
        &params![place],
        |row| Ok((row.get(0)?, row.get::<Option<i64>>(1)?.is_some())),
    )
}

type Line = (i64, MessageId, Lesson, Option<i64>);

/// The log after a place, oldest first.
pub fn lessons_after(read: &Read<'_>, place: i64) -> Result<Vec<Line>, StoreError> {
    read.all(
        sql!("select n, message, lesson, takes_back from spam_lessons where n > $1 order by n"),
        &params![place],
        line,
    )
}

/// The newest `limit` lines of the log, oldest first.
pub fn newest_lessons(read: &Read<'_>, limit: i64) -> Result<Vec<Line>, StoreError> {
    let mut newest = read.all(
        sql!("select n, message, lesson, takes_back from spam_lessons order by n desc limit $1"),
        &params![limit],
        line,
    )?;
    newest.reverse();
    Ok(newest)
}

fn line(row: &Row<'_>) -> Result<Line, StoreError> {
    let lesson = Lesson::from_code(row.get(2)?);
    let lesson = lesson.ok_or_else(|| StoreError::Corrupt("an unknown lesson".into()))?;
    Ok((row.get(0)?, row.get(1)?, lesson, row.get(3)?))
}

/// Whether the lesson about a letter that counts says spam; `None` without one.
pub fn stands(read: &Read<'_>, message: MessageId) -> Result<Option<bool>, StoreError> {
    let about = read.all(
        sql!(
            "select n, message, lesson, takes_back from spam_lessons
               where message in ($1, 0) order by n"
        ),
        &params![message],
        line,
    )?;
    Ok(standing(&about).last().map(|(_, _, is_spam)| *is_spam))
}

/// A lesson as a page lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonRow {
    pub n: i64,
    pub lesson: Lesson,
    /// Whoever told it.
    pub by: Option<String>,
    /// Microseconds UTC.
    pub at: i64,
    /// It was taken back since.
    pub taken_back: bool,
    /// The inquiry, if she may know of it.
    pub inquiry: Option<(InquiryId, InquiryNumber, String)>,
}

/// The newest lessons about letters and what was forgotten, newest first.
pub fn lessons(read: &Read<'_>, viewer: &Viewer, limit: i64) -> Result<Vec<LessonRow>, StoreError> {
    read.all(
        sql!(list
            "select l.n, l.lesson, s.name, l.at, t.n, i.id, i.number, i.subject
                from spam_lessons l
                left join staff s on s.id = l.staff
                left join spam_lessons t on t.takes_back = l.n
                left join messages m on m.id = l.message
                left join inquiries i on i.id = m.inquiry
                  and i.wall in (select wall from wall_members where staff = $1)
               where l.lesson <> 2 order by l.n desc limit $2"
        ),
        &params![viewer.staff, limit],
        |row| {
            let (id, number): (Option<InquiryId>, Option<i64>) = (row.get(5)?, row.get(6)?);
            let subject = row.get::<Option<String>>(7)?.unwrap_or_default();
            let number = number.map(InquiryNumber::from_i64);
            Ok(LessonRow {
                n: row.get(0)?,
                lesson: Lesson::from_code(row.get(1)?).unwrap_or(Lesson::Letter),
                by: row.get(2)?,
                at: row.get(3)?,
                taken_back: row.get::<Option<i64>>(4)?.is_some(),
                inquiry: id.zip(number).map(|(id, number)| (id, number, subject)),
            })
        },
    )
}
