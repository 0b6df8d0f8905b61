//! What a removed department had, so that it can be given back: `left_behind`.

use torg_core::{DepartmentId, InquiryId};

use crate::{Read, StoreError, Tx, arrivals, params, sql};

/// Notes members, addresses and the departments in it, before they are taken from it.
pub(super) fn note_all(
    tx: &mut Tx<'_>,
    id: DepartmentId,
    heir: DepartmentId,
) -> Result<(), StoreError> {
    tx.execute(sql!("delete from left_behind where department = $1"), &params![id])?;
    tx.execute(sql!("update departments set heir = $2 where id = $1"), &params![id, heir])?;
    tx.execute(
        sql!(
            "insert into left_behind (department, what, id)
              select department, 1, staff from memberships where department = $1
              union all select department, 2, id from mailboxes where department = $1
              union all select parent, 3, id from departments where parent = $1 and removed = 0"
        ),
        &params![id],
    )?;
    Ok(())
}

/// Notes that an inquiry went from a removed department to its heir.
pub fn note_left(
    tx: &mut Tx<'_>,
    from: DepartmentId,
    inquiry: InquiryId,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into left_behind (department, what, id) values ($1, 4, $2) on conflict do nothing"
        ),
        &params![from, inquiry],
    )?;
    Ok(())
}

/// The inquiries a department had and was not given back, at most `limit`.
pub fn left(read: &Read<'_>, from: DepartmentId, limit: i64) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!(list "select id from left_behind where department = $1 and what = 4 order by id limit $2"),
        &params![from, limit],
        |row| row.get(0),
    )
}

/// Forgets that an inquiry was a department's.
pub fn forget_left(
    tx: &mut Tx<'_>,
    from: DepartmentId,
    inquiry: InquiryId,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("delete from left_behind where department = $1 and what = 4 and id = $2"),
        &params![from, inquiry],
    )?;
    Ok(())
}

/// Puts a removed department back with its members, and what its heir still has of its addresses
/// and of the departments in it. Gives the heir; `None` if it was not removed.
///
/// # Errors
/// [`StoreError::Conflict`] `one_department_per_name`.
pub fn put_back(tx: &mut Tx<'_>, id: DepartmentId) -> Result<Option<DepartmentId>, StoreError> {
    let heir = tx.returning(
        sql!("update departments set removed = 0 where id = $1 and removed = 1 returning heir"),
        &params![id],
        |row| row.get::<Option<DepartmentId>>(0),
    )?;
    let Some(heir) = heir.flatten() else { return Ok(None) };
    tx.execute(
        sql!(
            "insert into memberships (staff, department)
              select id, department from left_behind where department = $1 and what = 1
              on conflict do nothing"
        ),
        &params![id],
    )?;
    tx.execute(
        sql!(
            "update mailboxes set department = $1 where department = $2
                and id in (select id from left_behind where department = $1 and what = 2)"
        ),
        &params![id, heir],
    )?;
    // They went up to where it lies itself.
    tx.execute(
        sql!(
            "update departments set parent = $1
              where id in (select id from left_behind where department = $1 and what = 3)
                and coalesce(parent, 0) =
                    (select coalesce(d.parent, 0) from departments d where d.id = $1)"
        ),
        &params![id],
    )?;
    tx.execute(sql!("delete from left_behind where department = $1 and what <> 4"), &params![id])?;
    arrivals::wall_in_again(tx)?;
    Ok(Some(heir))
}
