//! What colleagues chose for letters, which the ranking learns from. Letters behind a wall teach
//! nothing: what was learnt shows in suggestions to everybody.

use torg_core::wall::open_wall;
use torg_core::{AnswerId, Id, InquiryId, InquiryNumber, LessonId, MessageId, StaffId, Viewer};

use crate::{Read, StoreError, Tx, params, settings, sql};

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLesson {
    pub id: LessonId,
    pub letter: MessageId,
    /// The answer that was sent; none if a person had to write.
    pub answer: Option<AnswerId>,
    /// What was suggested and passed over for it.
    pub passed: Vec<AnswerId>,
    /// Our letter it left in; if that is taken back, so is the lesson.
    pub sent: Option<MessageId>,
    pub staff: StaffId,
    /// Microseconds UTC.
    pub at: i64,
}

/// A choice as the ranking is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    pub id: LessonId,
    pub letter: MessageId,
    pub subject: String,
    pub body: String,
    pub answer: Option<AnswerId>,
    pub passed: Vec<AnswerId>,
    /// What the letter asks, if that was worked out.
    pub vector: Option<Vec<u8>>,
}

/// An earlier letter that got an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierCase {
    pub inquiry: InquiryId,
    pub number: InquiryNumber,
    pub subject: String,
}

/// Up to where lessons are learnt, and when that was said, in microseconds UTC. It is the same for
/// every node, and the same again only while nothing is to be learnt or forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Learnt {
    pub until: i64,
    pub at: i64,
}

/// The most lessons that are replayed.
pub const MOST_LESSONS: i64 = 5_000;
const LEARNT: &str = "answers.learnt";

/// Keeps a lesson, if its letter lies behind no wall.
pub fn insert(tx: &mut Tx<'_>, new: &NewLesson) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into answer_lessons (id, letter, answer, passed, sent, staff, at)
              select $1, $2, $3, $4, $5, $6, $7 from messages m join inquiries i on i.id = m.inquiry
               where m.id = $2 and i.wall = $8"
        ),
        &params![
            new.id,
            new.letter,
            new.answer,
            told(&new.passed),
            new.sent,
            new.staff,
            new.at,
            open_wall()
        ],
    )?;
    Ok(())
}

/// Our letter was taken back: it teaches nothing.
pub fn forget_sent(tx: &mut Tx<'_>, sent: MessageId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from answer_lessons where sent = $1"), &params![sent])?;
    Ok(())
}

/// Whether a colleague said of a letter that no answer fits.
pub fn none_fits(read: &Read<'_>, letter: MessageId, staff: StaffId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select id from answer_lessons where letter = $1 and staff = $2 and answer is null limit 1"),
        &params![letter, staff],
        |row| row.get::<LessonId>(0),
    )?;
    Ok(found.is_some())
}

/// She takes back that none fits.
pub fn forget_none_fits(
    tx: &mut Tx<'_>,
    letter: MessageId,
    staff: StaffId,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("delete from answer_lessons where letter = $1 and staff = $2 and answer is null"),
        &params![letter, staff],
    )?;
    Ok(())
}

/// Up to where lessons are learnt.
pub fn learnt(read: &Read<'_>) -> Result<Learnt, StoreError> {
    let kept = settings::get(read, LEARNT)?.unwrap_or_default();
    let (until, at) = kept.split_once(' ').unwrap_or_default();
    Ok(Learnt { until: until.parse().unwrap_or(0), at: at.parse().unwrap_or(0) })
}

/// From now on, all lessons there are now are learnt.
pub fn learn_all(tx: &mut Tx<'_>, at: i64) -> Result<(), StoreError> {
    let newest = tx.one(
        sql!("select id from answer_lessons order by id desc limit 1"),
        &params![],
        |row| row.get::<i64>(0),
    )?;
    settings::set(tx, LEARNT, &format!("{} {at}", newest.unwrap_or(0)))
}

/// How many lessons have come since `until`, counted to `most`.
pub fn since(read: &Read<'_>, until: i64, most: i64) -> Result<i64, StoreError> {
    let found = read.one(
        sql!("select count(*) from (select id from answer_lessons where id > $1 order by id limit $2) n"),
        &params![until, most],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// Before which lesson the newest [`MOST_LESSONS`] begin.
pub fn begin(read: &Read<'_>, learnt: Learnt) -> Result<i64, StoreError> {
    let found = read.one(
        sql!("select id from answer_lessons where id <= $1 order by id desc limit 1 offset $2"),
        &params![learnt.until, MOST_LESSONS],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// Lessons after `after`, oldest first, at most `limit`, with the vectors of their letters. What has
/// gone behind a wall meanwhile is left out; the id of the last that was looked at comes with them.
pub fn after(
    read: &Read<'_>,
    learnt: Learnt,
    after: i64,
    limit: i64,
) -> Result<(Vec<Lesson>, Option<i64>), StoreError> {
    let all = read.all(
        sql!(list "select l.id, l.letter, m.subject, m.body, l.answer, l.passed, v.vector, i.wall
               from answer_lessons l join messages m on m.id = l.letter
               join inquiries i on i.id = m.inquiry
               left join letter_vectors v on v.message = l.letter
              where l.id > $1 and l.id <= $2 order by l.id limit $3"),
        &params![after, learnt.until, limit],
        |row| {
            let lesson = Lesson {
                id: row.get(0)?,
                letter: row.get(1)?,
                subject: row.get(2)?,
                body: row.get(3)?,
                answer: row.get(4)?,
                passed: read_told(&row.get::<String>(5)?),
                vector: row.get(6)?,
            };
            Ok((lesson, row.get::<torg_core::WallId>(7)? == open_wall()))
        },
    )?;
    let last = all.last().map(|(lesson, _)| lesson.id.as_i64());
    Ok((all.into_iter().filter(|(_, open)| *open).map(|(lesson, _)| lesson).collect(), last))
}

/// The inquiry a letter lies in, if the viewer may see it and it is not `but`.
pub fn case(
    read: &Read<'_>,
    viewer: &Viewer,
    letter: MessageId,
    but: InquiryId,
) -> Result<Option<EarlierCase>, StoreError> {
    read.one(
        sql!(
            "select i.id, i.number, i.subject from messages m join inquiries i on i.id = m.inquiry
               where m.id = $1 and i.id <> $3
                 and i.wall in (select wall from wall_members where staff = $2)"
        ),
        &params![letter, viewer.staff, but],
        |row| {
            Ok(EarlierCase {
                inquiry: row.get(0)?,
                number: InquiryNumber::from_i64(row.get(1)?),
                subject: row.get(2)?,
            })
        },
    )
}

/// Answers as a column.
pub(super) fn told(answers: &[AnswerId]) -> String {
    answers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

pub(super) fn read_told(column: &str) -> Vec<AnswerId> {
    column.split(',').filter_map(|id| id.parse().ok()).collect()
}
