//! Whose an inquiry is, and was before she went away.

use torg_core::{InquiryId, StaffId, Viewer};

use crate::{Read, StoreError, Tx, params, sql};

/// Whose an inquiry is.
pub fn owner(read: &Read<'_>, id: InquiryId) -> Result<Option<StaffId>, StoreError> {
    let found =
        read.one(sql!("select owner from inquiries where id = $1"), &params![id], |row| {
            row.get::<Option<StaffId>>(0)
        })?;
    Ok(found.flatten())
}

/// Makes `owner` the owner, or nobody.
pub fn set_owner(tx: &mut Tx<'_>, id: InquiryId, owner: Option<StaffId>) -> Result<(), StoreError> {
    tx.execute(sql!("update inquiries set owner = $2 where id = $1"), &params![id, owner])?;
    Ok(())
}

/// Makes an inquiry everybody's if its owner is outside its wall or works here no more.
pub fn release_from_outsider(tx: &mut Tx<'_>, id: InquiryId) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "update inquiries set owner = null where id = $1 and owner is not null
                and not exists (select 1 from wall_members w join staff s on s.id = w.staff
                   where w.staff = inquiries.owner and w.wall = inquiries.wall and s.active = 1)"
        ),
        &params![id],
    )?;
    Ok(())
}

/// Whose an inquiry was before she went away, if it was lent since.
pub fn lent_by(read: &Read<'_>, id: InquiryId) -> Result<Option<StaffId>, StoreError> {
    let found =
        read.one(sql!("select lent_by from inquiries where id = $1"), &params![id], |row| {
            row.get(0)
        })?;
    Ok(found.flatten())
}

/// What was a colleague's before she went away and is not closed, oldest first.
pub fn lent(read: &Read<'_>, viewer: &Viewer, limit: i64) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!(list "select id from inquiries where lent_by = $1 and state <> 2
                and wall in (select wall from wall_members where staff = $1)
               order by id limit $2"),
        &params![viewer.staff, limit],
        |row| row.get(0),
    )
}

/// Keeps whose it was before she went away.
pub fn set_lent_by(
    tx: &mut Tx<'_>,
    id: InquiryId,
    staff: Option<StaffId>,
) -> Result<(), StoreError> {
    tx.execute(sql!("update inquiries set lent_by = $2 where id = $1"), &params![id, staff])?;
    Ok(())
}
