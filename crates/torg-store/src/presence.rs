//! Who has an inquiry open. What a page says lapses by itself when it says no more.

use torg_core::{InquiryId, StaffId};

use crate::{StoreError, Tx, params, sql};

/// Notes that a colleague is there; what was noted before: when she was there, and when she typed.
pub fn note(
    tx: &mut Tx<'_>,
    inquiry: InquiryId,
    staff: StaffId,
    at: i64,
    writing: bool,
) -> Result<(), StoreError> {
    let writing_at = if writing { at } else { 0 };
    tx.execute(
        sql!(
            "insert into presence (inquiry, staff, at, writing_at) values ($1, $2, $3, $4)
              on conflict (inquiry, staff) do update set at = excluded.at,
                writing_at = case when excluded.writing_at > 0 then excluded.writing_at
                                  else presence.writing_at end"
        ),
        &params![inquiry, staff, at, writing_at],
    )?;
    Ok(())
}

/// When she was there last, and when she typed last.
pub fn of(
    read: &crate::Read<'_>,
    inquiry: InquiryId,
    staff: StaffId,
) -> Result<Option<(i64, i64)>, StoreError> {
    read.one(
        sql!("select at, writing_at from presence where inquiry = $1 and staff = $2"),
        &params![inquiry, staff],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Notes that she has gone, or stopped typing.
pub fn leave(tx: &mut Tx<'_>, inquiry: InquiryId, staff: StaffId) -> Result<(), StoreError> {
    tx.execute(
        sql!("delete from presence where inquiry = $1 and staff = $2"),
        &params![inquiry, staff],
    )?;
    Ok(())
}

/// Forgets who was last there before `since`.
pub fn forget(tx: &mut Tx<'_>, since: i64) -> Result<(), StoreError> {
    tx.execute(sql!("delete from presence where at < $1"), &params![since])?;
    Ok(())
}
