//! Who follows an inquiry.

use torg_core::{InquiryId, StaffId};

use crate::{Read, StoreError, Tx, params, sql};

/// Makes a colleague follow an inquiry; `false` if she does.
pub fn follow(tx: &mut Tx<'_>, staff: StaffId, inquiry: InquiryId) -> Result<bool, StoreError> {
    let changed = tx.execute(
        sql!(
            "insert into follows (staff, inquiry, last_at)
              select $1, id, last_at from inquiries where id = $2 on conflict do nothing"
        ),
        &params![staff, inquiry],
    )?;
    Ok(changed > 0)
}

/// Lets a colleague no longer follow; `false` if she does not.
pub fn unfollow(tx: &mut Tx<'_>, staff: StaffId, inquiry: InquiryId) -> Result<bool, StoreError> {
    let changed = tx.execute(
        sql!("delete from follows where staff = $1 and inquiry = $2"),
        &params![staff, inquiry],
    )?;
    Ok(changed > 0)
}

/// Who follows `from` follows `to` too.
pub fn move_all(tx: &mut Tx<'_>, from: InquiryId, to: InquiryId) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into follows (staff, inquiry, last_at)
              select f.staff, i.id, i.last_at from follows f join inquiries i on i.id = $2
               where f.inquiry = $1 on conflict do nothing"
        ),
        &params![from, to],
    )?;
    Ok(())
}

/// Something was written in an inquiry at `at`: it moves up in its followers' lists.
pub(crate) fn moved(tx: &mut Tx<'_>, inquiry: InquiryId, at: i64) -> Result<(), StoreError> {
    tx.execute(
        sql!("update follows set last_at = $2 where inquiry = $1 and last_at < $2"),
        &params![inquiry, at],
    )?;
    Ok(())
}

/// Who follows an inquiry and is inside its wall.
pub fn followers(read: &Read<'_>, inquiry: InquiryId) -> Result<Vec<StaffId>, StoreError> {
    read.all(
        sql!(
            "select f.staff from follows f
                join inquiries i on i.id = f.inquiry
                join wall_members w on w.wall = i.wall and w.staff = f.staff
                join staff s on s.id = f.staff
               where f.inquiry = $1 and s.active = 1 order by f.staff"
        ),
        &params![inquiry],
        |row| row.get(0),
    )
}
