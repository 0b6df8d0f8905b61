//! Which standard answers may go out by themselves.

use jiff::civil::Date;
use torg_core::answers::StandardAnswer;
use torg_core::{AnswerId, Viewer};

use crate::answers::content;
use crate::{Read, Row, StoreError, Tx, params, sql};

/// That an answer may go out by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    /// The last day.
    pub until: Date,
    /// What is counted began with this version.
    pub version: i64,
    /// Since when it is not sent; microseconds UTC.
    pub paused: Option<i64>,
}

/// A permit with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermitRow {
    pub id: AnswerId,
    pub handle: String,
    pub answer: StandardAnswer,
    /// The version it is in now.
    pub version: i64,
    pub permit: Permit,
}

/// Allows an answer to go out by itself, from its present version on.
pub fn allow(
    tx: &mut Tx<'_>,
    answer: AnswerId,
    until: Date,
    version: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into answer_permits (answer, until, version, paused)
              values ($1, $2, $3, null)
              on conflict (answer) do update set until = excluded.until"
        ),
        &params![answer, until.to_string(), version],
    )?;
    Ok(())
}

/// Its text is another one: what it did until now counts no more.
pub fn restart(tx: &mut Tx<'_>, answer: AnswerId, version: i64) -> Result<(), StoreError> {
    tx.execute(
        sql!("update answer_permits set version = $2 where answer = $1"),
        &params![answer, version],
    )?;
    Ok(())
}

pub fn forbid(tx: &mut Tx<'_>, answer: AnswerId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from answer_permits where answer = $1"), &params![answer])?;
    Ok(())
}

/// Stops sending it since `paused`, microseconds UTC; or goes on.
pub fn set_paused(
    tx: &mut Tx<'_>,
    answer: AnswerId,
    paused: Option<i64>,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update answer_permits set paused = $2 where answer = $1"),
        &params![answer, paused],
    )?;
    Ok(())
}

/// The permit of an answer, for callers who have asked for the answer as a viewer.
pub fn permit(read: &Read<'_>, answer: AnswerId) -> Result<Option<Permit>, StoreError> {
    read.one(
        sql!("select until, version, paused from answer_permits where answer = $1"),
        &params![answer],
        |row| permit_at(row, 0),
    )
}

/// Every permit, of answers the viewer may know of, by their titles.
pub fn permits(read: &Read<'_>, viewer: &Viewer) -> Result<Vec<PermitRow>, StoreError> {
    read.all(
        sql!(
            "select a.id, a.handle, a.content, a.version, p.until, p.version, p.paused
               from answer_permits p join answers a on a.id = p.answer
               left join departments d on d.id = a.department
              where a.department is null
                 or d.wall in (select wall from wall_members where staff = $1)
              order by a.sort_key, a.id"
        ),
        &params![viewer.staff],
        permit_row,
    )
}

/// The permit of one answer, for Torg itself.
pub fn permitted(read: &Read<'_>, answer: AnswerId) -> Result<Option<PermitRow>, StoreError> {
    read.one(
        sql!(
            "select a.id, a.handle, a.content, a.version, p.until, p.version, p.paused
               from answer_permits p join answers a on a.id = p.answer where a.id = $1"
        ),
        &params![answer],
        permit_row,
    )
}

fn permit_row(row: &Row<'_>) -> Result<PermitRow, StoreError> {
    Ok(PermitRow {
        id: row.get(0)?,
        handle: row.get(1)?,
        answer: content(&row.get::<String>(2)?)?,
        version: row.get(3)?,
        permit: permit_at(row, 4)?,
    })
}

fn permit_at(row: &Row<'_>, first: usize) -> Result<Permit, StoreError> {
    let until: String = row.get(first)?;
    let until = until.parse().map_err(|_| StoreError::Corrupt(format!("a day: {until}")))?;
    Ok(Permit { until, version: row.get(first + 1)?, paused: row.get(first + 2)? })
}
