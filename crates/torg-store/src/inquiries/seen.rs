//! What of an inquiry a colleague has seen, and who read what is restricted.

use torg_core::{InquiryId, Position, StaffId, Viewer, WallId};

use crate::{Read, StoreError, Tx, params, sql};

/// How far a colleague has read an inquiry, and how far she can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The newest message she has read; 0 for none.
    pub position: Position,
    pub messages: Position,
    /// Where the newest word lies; 0 without one.
    pub newest_word: Position,
}

/// How far the viewer has read an inquiry she sees.
pub fn reading(
    read: &Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<Reading>, StoreError> {
    read.one(
        sql!(
            "select coalesce(s.position, 0), i.messages, i.newest_word from inquiries i
                left join seen s on s.inquiry = i.id and s.staff = $2
               where i.id = $1 and i.wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, viewer.staff],
        |row| {
            Ok(Reading { position: row.get(0)?, messages: row.get(1)?, newest_word: row.get(2)? })
        },
    )
}

/// Notes how far a colleague has read, never back.
pub fn mark_seen(
    tx: &mut Tx<'_>,
    staff: StaffId,
    id: InquiryId,
    upto: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into seen (staff, inquiry, position) values ($1, $2, $3)
              on conflict (staff, inquiry) do update set position = excluded.position
              where seen.position < excluded.position"
        ),
        &params![staff, id, upto],
    )?;
    Ok(())
}

/// Sets how far a colleague has read, also back.
pub fn set_seen(
    tx: &mut Tx<'_>,
    staff: StaffId,
    id: InquiryId,
    upto: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into seen (staff, inquiry, position) values ($1, $2, $3)
              on conflict (staff, inquiry) do update set position = excluded.position"
        ),
        &params![staff, id, upto],
    )?;
    Ok(())
}

/// Notes that a colleague has read all of an inquiry.
pub fn mark_all_seen(tx: &mut Tx<'_>, staff: StaffId, id: InquiryId) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into seen (staff, inquiry, position)
              select $1, id, messages from inquiries where id = $2
              on conflict (staff, inquiry) do update set position = excluded.position
              where seen.position < excluded.position"
        ),
        &params![staff, id],
    )?;
    Ok(())
}

/// Notes that a colleague looked into a restricted inquiry in this hour (hours since 1970).
pub fn log_read(
    tx: &mut Tx<'_>,
    staff: StaffId,
    id: InquiryId,
    hour: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into read_log (staff, inquiry, hour) values ($1, $2, $3) on conflict do nothing"
        ),
        &params![staff, id, hour],
    )?;
    Ok(())
}

/// Whether that is noted already.
pub fn is_logged(
    read: &Read<'_>,
    staff: StaffId,
    id: InquiryId,
    hour: i64,
) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select hour from read_log where inquiry = $1 and staff = $2 and hour = $3"),
        &params![id, staff, hour],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// The wall of an inquiry the viewer sees, and how far she has read it.
pub fn seen_by(
    read: &Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<(WallId, i64)>, StoreError> {
    read.one(
        sql!(
            "select i.wall, coalesce(s.position, 0) from inquiries i
                left join seen s on s.inquiry = i.id and s.staff = $2
               where i.id = $1 and i.wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, viewer.staff],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
