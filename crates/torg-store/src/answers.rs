//! Standard answers, with all their versions. Those of a restricted department are there for its
//! members only: the wall stands in every query.

mod files;
mod finding;
pub mod lessons;
mod uses;
pub mod vectors;

pub use files::{held as held_file, hold as hold_file};
pub use finding::{
    After, Look, MOST_ANSWERS, Stamp, all_in_use, count, handles, list, matching, seen_in_use,
    stamp, tags_in_use,
};
pub use uses::{
    NewUse, OpenUse, Usage, Used, forget_unsent, insert as insert_use, keep_sent,
    open as open_uses, put_back, usage,
};

use torg_core::answers::{StandardAnswer, fold};
use torg_core::{AnswerId, DepartmentId, StaffId, Viewer, WallId, person};

use crate::departments::{self, DepartmentName};
use crate::{Read, Row, StoreError, Tx, params, sql, staff};

/// An answer as it is kept now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    pub id: AnswerId,
    /// What files of answers call it; it never changes.
    pub handle: String,
    pub answer: StandardAnswer,
    /// The name of its department.
    pub department: Option<DepartmentName>,
    /// Counts every time it is kept.
    pub version: i64,
    /// Microseconds UTC.
    pub changed: i64,
}

/// A version of an answer, and who kept it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub version: i64,
    pub answer: StandardAnswer,
    /// `None` for the command line and for Torg itself.
    pub by: Option<String>,
    /// Microseconds UTC.
    pub at: i64,
}

/// The columns of an answer, in the order [`row`] reads them, of those the viewer `$1` may know of.
macro_rules! answers_where {
    ($where:literal) => {
        concat!(
            "select a.id, a.handle, a.content, a.version, a.changed, d.id, d.name, d.wall
                from answers a left join departments d on d.id = a.department
               where (a.department is null
                    or d.wall in (select wall from wall_members where staff = $1)) and ",
            $where
        )
    };
}
pub(crate) use answers_where;

pub(crate) fn row(row: &Row<'_>) -> Result<AnswerRow, StoreError> {
    let department: Option<DepartmentId> = row.get(5)?;
    Ok(AnswerRow {
        id: row.get(0)?,
        handle: row.get(1)?,
        answer: content(&row.get::<String>(2)?)?,
        version: row.get(3)?,
        changed: row.get(4)?,
        department: match department {
            Some(id) => {
                let (name, wall): (Option<String>, Option<WallId>) = (row.get(6)?, row.get(7)?);
                let restricted = wall.is_some_and(|wall| wall != torg_core::wall::open_wall());
                Some(DepartmentName { id, name: name.unwrap_or_default(), restricted })
            }
            None => None,
        },
    })
}

pub(crate) fn content(text: &str) -> Result<StandardAnswer, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("an answer: {error}")))
}

/// One answer the viewer may know of.
pub fn one(
    read: &Read<'_>,
    viewer: &Viewer,
    id: AnswerId,
) -> Result<Option<AnswerRow>, StoreError> {
    read.one(sql!(answers_where!("a.id = $2")), &params![viewer.staff, id], row)
}

/// As [`one`], by what files of answers call it.
pub fn by_handle(
    read: &Read<'_>,
    viewer: &Viewer,
    handle: &str,
) -> Result<Option<AnswerRow>, StoreError> {
    read.one(sql!(answers_where!("a.handle = $2")), &params![viewer.staff, handle], row)
}

/// The version an answer has now, its row locked until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: AnswerId) -> Result<Option<i64>, StoreError> {
    tx.returning(
        sql!("update answers set version = version where id = $1 returning version"),
        &params![id],
        |row| row.get(0),
    )
}

/// Keeps an answer and the version it is now; `row` says both, its department's name aside.
///
/// # Errors
/// [`StoreError::Conflict`] `one_answer_per_handle`.
pub fn keep(tx: &mut Tx<'_>, row: &AnswerRow, by: Option<StaffId>) -> Result<(), StoreError> {
    let answer = &row.answer;
    let text = serde_json::to_string(answer)
        .map_err(|error| StoreError::Bug(format!("an answer as JSON: {error}")))?;
    let title = answer.texts.first().map_or("", |text| text.title.as_str());
    let titles: Vec<String> = answer.texts.iter().map(|text| fold(&text.title)).collect();
    let review = answer.review.map(|day| day.to_string()).unwrap_or_default();
    tx.execute(
        sql!(
            "insert into answers (id, handle, department, stage, review, sort_key, titles, look,
                tags, content, version, changed)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
              on conflict (id) do update set department = excluded.department,
                stage = excluded.stage, review = excluded.review, sort_key = excluded.sort_key,
                titles = excluded.titles, look = excluded.look, tags = excluded.tags,
                content = excluded.content, version = excluded.version, changed = excluded.changed"
        ),
        &params![
            row.id,
            row.handle,
            answer.department,
            answer.stage.code(),
            review,
            person::sort_key(title),
            titles.join("\n"),
            look_of(answer),
            marked(&answer.tags),
            text,
            row.version,
            row.changed
        ],
    )?;
    tx.execute(
        sql!(
            "insert into answer_versions (answer, version, staff, at, content)
              values ($1, $2, $3, $4, $5)"
        ),
        &params![row.id, row.version, by, row.changed, text],
    )?;
    Ok(())
}

/// Everything it may be found by.
fn look_of(answer: &StandardAnswer) -> String {
    let mut look = String::new();
    for text in &answer.texts {
        for part in [&text.title, &text.body].into_iter().chain(&text.questions) {
            look.push_str(&fold(part));
            look.push('\n');
        }
    }
    look.push_str(&fold(&answer.tags.join("\n")));
    look
}

/// Tags as a column that one of them is looked for in: folded, and as it was written.
fn marked(tags: &[String]) -> String {
    tags.iter().map(|tag| format!(",{}\t{tag},", fold(tag))).collect()
}

/// The versions of an answer she may know of, newest first, at most `limit`.
pub fn versions(
    read: &Read<'_>,
    viewer: &Viewer,
    id: AnswerId,
    limit: i64,
) -> Result<Vec<Version>, StoreError> {
    if one(read, viewer, id)?.is_none() {
        return Ok(Vec::new());
    }
    let all = read.all(
        sql!(list "select v.version, v.content, s.name, v.at from answer_versions v
                left join staff s on s.id = v.staff
               where v.answer = $1 order by v.version desc limit $2"),
        &params![id, limit],
        version,
    )?;
    let mut seen = Vec::new();
    for version in all {
        if is_open_to(read, viewer, &version)? {
            seen.push(version);
        }
    }
    Ok(seen)
}

/// What an answer said while it was a restricted department's stays behind that wall, wherever
/// the answer went.
fn is_open_to(read: &Read<'_>, viewer: &Viewer, version: &Version) -> Result<bool, StoreError> {
    let Some(department) = version.answer.department else { return Ok(true) };
    match departments::wall_of(read, department)? {
        Some(wall) => staff::may_see(read, viewer.staff, wall),
        None => Ok(false),
    }
}

/// One version of an answer that she may know of.
pub fn version_of(
    read: &Read<'_>,
    viewer: &Viewer,
    id: AnswerId,
    number: i64,
) -> Result<Option<Version>, StoreError> {
    let found = read.one(
        sql!(
            "select v.version, v.content, s.name, v.at from answer_versions v
                left join staff s on s.id = v.staff where v.answer = $1 and v.version = $2"
        ),
        &params![id, number],
        version,
    )?;
    match found {
        Some(version) if is_open_to(read, viewer, &version)? => Ok(Some(version)),
        _ => Ok(None),
    }
}

fn version(row: &Row<'_>) -> Result<Version, StoreError> {
    Ok(Version {
        version: row.get(0)?,
        answer: content(&row.get::<String>(1)?)?,
        by: row.get(2)?,
        at: row.get(3)?,
    })
}

/// Every answer of a department, whoever looks; for moving them.
pub fn of_department(tx: &Tx<'_>, department: DepartmentId) -> Result<Vec<AnswerRow>, StoreError> {
    tx.all(
        sql!(
            "select id, handle, content, version, changed, department from answers
               where department = $1 order by id"
        ),
        &params![department],
        |row| {
            Ok(AnswerRow {
                id: row.get(0)?,
                handle: row.get(1)?,
                answer: content(&row.get::<String>(2)?)?,
                version: row.get(3)?,
                changed: row.get(4)?,
                department: None,
            })
        },
    )
}
