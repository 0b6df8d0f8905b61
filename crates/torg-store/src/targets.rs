//! Promises for when inquiries are answered, and deadlines of the law.

use torg_core::TargetId;
use torg_core::due::{Aim, Target};

use crate::{Read, Row, StoreError, Tx, params, sql};

/// All of them, as a page lists them: what holds for more comes first.
pub fn all(read: &Read<'_>) -> Result<Vec<(TargetId, Target)>, StoreError> {
    read.all(
        sql!(
            "select id, aim, measure, department, category, calendar, remind from targets
               order by aim, department, category, id"
        ),
        &params![],
        target,
    )
}

pub fn one(read: &Read<'_>, id: TargetId) -> Result<Option<Target>, StoreError> {
    let found = read.one(
        sql!(
            "select id, aim, measure, department, category, calendar, remind
               from targets where id = $1"
        ),
        &params![id],
        target,
    )?;
    Ok(found.map(|(_, target)| target))
}

fn target(row: &Row<'_>) -> Result<(TargetId, Target), StoreError> {
    let (aim, measure): (i64, String) = (row.get(1)?, row.get(2)?);
    let measure = serde_json::from_str(&measure)
        .map_err(|error| StoreError::Corrupt(format!("a measure: {error}")))?;
    let aim = Aim::from_code(aim).ok_or_else(|| StoreError::Corrupt(format!("aim {aim}")))?;
    let target = Target {
        aim,
        measure,
        department: unless_all(row.get(3)?),
        category: unless_all(row.get(4)?),
        calendar: row.get(5)?,
        remind: u32::try_from(row.get::<i64>(6)?).unwrap_or(0),
    };
    Ok((row.get(0)?, target))
}

/// 0 is kept for "all", so that the database can tell two of the same.
fn unless_all<T: torg_core::Id>(kept: i64) -> Option<T> {
    (kept != 0).then(|| T::from_i64(kept))
}

/// Another target with the same aim for the same inquiries.
pub fn same_matter(read: &Read<'_>, target: &Target) -> Result<Option<TargetId>, StoreError> {
    read.one(
        sql!("select id from targets where aim = $1 and department = $2 and category = $3"),
        &params![target.aim.code(), or_all(target.department), or_all(target.category)],
        |row| row.get(0),
    )
}

fn or_all<T: torg_core::Id>(id: Option<T>) -> i64 {
    id.map_or(0, torg_core::Id::as_i64)
}

/// Keeps a target, new or changed.
pub fn save(tx: &mut Tx<'_>, id: TargetId, target: &Target) -> Result<(), StoreError> {
    let measure = serde_json::to_string(&target.measure)
        .map_err(|error| StoreError::Bug(format!("a measure as JSON: {error}")))?;
    tx.execute(
        sql!(
            "insert into targets (id, aim, measure, department, category, calendar, remind)
              values ($1, $2, $3, $4, $5, $6, $7)
              on conflict (id) do update set aim = excluded.aim, measure = excluded.measure,
                department = excluded.department, category = excluded.category,
                calendar = excluded.calendar, remind = excluded.remind"
        ),
        &params![
            id,
            target.aim.code(),
            measure,
            or_all(target.department),
            or_all(target.category),
            target.calendar,
            i64::from(target.remind)
        ],
    )?;
    Ok(())
}

pub fn remove(tx: &mut Tx<'_>, id: TargetId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from targets where id = $1"), &params![id])?;
    Ok(())
}
