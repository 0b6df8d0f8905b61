//! Opening hours with a name.

use torg_core::hours::OpeningHours;
use torg_core::{CalendarId, person};

use crate::{Read, Row, StoreError, Tx, params, sql};

/// Opening hours as they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    pub id: CalendarId,
    pub name: String,
    pub hours: OpeningHours,
}

/// All of them, by name.
pub fn all(read: &Read<'_>) -> Result<Vec<Calendar>, StoreError> {
    read.all(
        sql!("select id, name, hours from calendars order by sort_key, id"),
        &params![],
        calendar,
    )
}

pub fn one(read: &Read<'_>, id: CalendarId) -> Result<Option<Calendar>, StoreError> {
    read.one(sql!("select id, name, hours from calendars where id = $1"), &params![id], calendar)
}

fn calendar(row: &Row<'_>) -> Result<Calendar, StoreError> {
    let text: String = row.get(2)?;
    let hours = serde_json::from_str(&text)
        .map_err(|error| StoreError::Corrupt(format!("opening hours: {error}")))?;
    Ok(Calendar { id: row.get(0)?, name: row.get(1)?, hours })
}

/// Whether another calendar has this name.
pub fn name_is_taken(read: &Read<'_>, id: CalendarId, name: &str) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select id from calendars where name = $1 and id <> $2"),
        &params![name, id],
        |row| row.get::<CalendarId>(0),
    )?;
    Ok(found.is_some())
}

/// Keeps a calendar, new or changed.
pub fn save(tx: &mut Tx<'_>, calendar: &Calendar) -> Result<(), StoreError> {
    let hours = serde_json::to_string(&calendar.hours)
        .map_err(|error| StoreError::Bug(format!("opening hours as JSON: {error}")))?;
    tx.execute(
        sql!(
            "insert into calendars (id, name, sort_key, hours) values ($1, $2, $3, $4)
              on conflict (id) do update
                set name = excluded.name, sort_key = excluded.sort_key, hours = excluded.hours"
        ),
        &params![calendar.id, calendar.name, person::sort_key(&calendar.name), hours],
    )?;
    Ok(())
}

/// Whether a target counts by it.
pub fn is_used(read: &Read<'_>, id: CalendarId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select id from targets where calendar = $1 limit 1"),
        &params![id],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Takes away a calendar that nothing counts by.
pub fn remove(tx: &mut Tx<'_>, id: CalendarId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from calendars where id = $1"), &params![id])?;
    Ok(())
}
