//! What was handed over when a colleague was let go, so that it can be given back.

use torg_core::{InquiryId, StaffId};

use crate::{Read, StoreError, Tx, params, sql};

/// Notes that an inquiry went from a colleague to `heir`, or to everybody.
pub fn note_handed(
    tx: &mut Tx<'_>,
    from: StaffId,
    inquiry: InquiryId,
    heir: Option<StaffId>,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into handed_over (staff, inquiry, heir) values ($1, $2, $3)
              on conflict (staff, inquiry) do update set heir = excluded.heir"
        ),
        &params![from, inquiry, heir],
    )?;
    Ok(())
}

/// What of a colleague's was handed over and is not given back, at most `limit`.
pub fn handed(read: &Read<'_>, from: StaffId, limit: i64) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!(list "select inquiry from handed_over where staff = $1 order by inquiry limit $2"),
        &params![from, limit],
        |row| row.get(0),
    )
}

/// Forgets that one was handed over, and gives who got it; `None` if it was not.
pub fn take_handed(
    tx: &mut Tx<'_>,
    from: StaffId,
    inquiry: InquiryId,
) -> Result<Option<Option<StaffId>>, StoreError> {
    tx.returning(
        sql!("delete from handed_over where staff = $1 and inquiry = $2 returning heir"),
        &params![from, inquiry],
        |row| row.get(0),
    )
}

/// Forgets what of a colleague's was handed over when she was let go before.
pub fn forget_handed(tx: &mut Tx<'_>, from: StaffId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from handed_over where staff = $1"), &params![from])?;
    Ok(())
}
