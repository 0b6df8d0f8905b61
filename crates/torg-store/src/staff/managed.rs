//! Colleagues as administrators see and change them.

use torg_core::wall::open_wall;
use torg_core::{DepartmentId, InquiryId, Role, StaffId, WallId};

use super::put_inside;
use crate::{Read, Row, StoreError, Tx, params, sql};

/// A colleague with what an administrator may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Managed {
    pub id: StaffId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub language: String,
    pub active: bool,
    /// She has chosen a password.
    pub has_password: bool,
    /// Microseconds UTC; `None` if she has no session.
    pub last_seen: Option<i64>,
}

/// Everybody, those who left last.
pub fn managed(read: &Read<'_>) -> Result<Vec<Managed>, StoreError> {
    read.all(
        sql!(
            "select s.id, s.name, s.email, s.role, s.language, s.active,
                case when s.password is null then 0 else 1 end,
                (select max(x.last_seen) from sessions x where x.staff = s.id)
               from staff s order by s.active desc, s.sort_key, s.id"
        ),
        &params![],
        row,
    )
}

/// One colleague.
pub fn managed_one(read: &Read<'_>, id: StaffId) -> Result<Option<Managed>, StoreError> {
    read.one(
        sql!(
            "select s.id, s.name, s.email, s.role, s.language, s.active,
                case when s.password is null then 0 else 1 end,
                (select max(x.last_seen) from sessions x where x.staff = s.id)
               from staff s where s.id = $1"
        ),
        &params![id],
        row,
    )
}

fn row(row: &Row<'_>) -> Result<Managed, StoreError> {
    let role: String = row.get(3)?;
    Ok(Managed {
        id: row.get(0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        role: role.parse().map_err(|_| StoreError::Corrupt(format!("unknown role {role}")))?,
        language: row.get(4)?,
        active: row.get(5)?,
        has_password: row.get(6)?,
        last_seen: row.get(7)?,
    })
}

/// Whether anybody has ever worked here.
pub fn is_anybody(read: &Read<'_>) -> Result<bool, StoreError> {
    let found =
        read.one(sql!("select id from staff limit 1"), &params![], |row| row.get::<i64>(0))?;
    Ok(found.is_some())
}

/// Locks all administrators who can sign in, and gives them: two who take the role from each other
/// in the same second find one left.
pub fn locked_administrators(tx: &mut Tx<'_>) -> Result<Vec<StaffId>, StoreError> {
    tx.returning_all(
        sql!(
            "update staff set active = active
               where role = 'administrator' and active = 1 and password is not null
              returning id"
        ),
        &params![],
        |row| row.get(0),
    )
}

/// Gives a colleague another role.
pub fn set_role(tx: &mut Tx<'_>, staff: StaffId, role: Role) -> Result<(), StoreError> {
    tx.execute(sql!("update staff set role = $2 where id = $1"), &params![staff, role.word()])?;
    Ok(())
}

/// Gives a colleague another name.
pub fn rename(tx: &mut Tx<'_>, staff: StaffId, name: &str) -> Result<(), StoreError> {
    tx.execute(
        sql!("update staff set name = $2, sort_key = $3 where id = $1"),
        &params![staff, name, torg_core::person::sort_key(name)],
    )?;
    Ok(())
}

/// The departments a colleague is a member of.
pub fn departments_of(read: &Read<'_>, staff: StaffId) -> Result<Vec<DepartmentId>, StoreError> {
    read.all(
        sql!("select department from memberships where staff = $1 order by department"),
        &params![staff],
        |row| row.get(0),
    )
}

/// The restricted departments a colleague may look into without being a member.
pub fn looks_into(read: &Read<'_>, staff: StaffId) -> Result<Vec<DepartmentId>, StoreError> {
    read.all(
        // A restricted department and its wall have the same id.
        sql!(
            "select d.id from departments d join wall_members w on w.wall = d.id
               where w.staff = $1 and d.wall = d.id and d.removed = 0
                 and not exists (select 1 from memberships m
                                  where m.staff = $1 and m.department = d.id)
               order by d.id"
        ),
        &params![staff],
        |row| row.get(0),
    )
}

/// Who is a member of a department.
pub fn members(read: &Read<'_>, department: DepartmentId) -> Result<Vec<StaffId>, StoreError> {
    read.all(
        sql!("select staff from memberships where department = $1 order by staff"),
        &params![department],
        |row| row.get(0),
    )
}

/// Lets a colleague look behind a wall without being a member, or ends that. The open wall and the
/// walls of her own departments stay as they are.
pub fn set_inside(
    tx: &mut Tx<'_>,
    staff: StaffId,
    wall: WallId,
    inside: bool,
) -> Result<(), StoreError> {
    if inside {
        return put_inside(tx, staff, wall);
    }
    tx.execute(
        sql!(
            "delete from wall_members where staff = $1 and wall = $2 and wall <> $3
                and wall not in (select d.wall from departments d
                    join memberships m on m.department = d.id where m.staff = $1)"
        ),
        &params![staff, wall, open_wall()],
    )?;
    Ok(())
}

/// What a colleague owns that is not closed, also what sleeps, at most `limit`.
pub fn owned_or_snoozed(
    read: &Read<'_>,
    staff: StaffId,
    limit: i64,
) -> Result<Vec<InquiryId>, StoreError> {
    let mut found = owned(read, staff, limit)?;
    let left = limit - i64::try_from(found.len()).unwrap_or(limit);
    found.extend(read.all(
        sql!(list "select id from inquiries where owner = $1 and state = 3 order by state, last_at, id limit $2"),
        &params![staff, left],
        |row| row.get::<InquiryId>(0),
    )?);
    Ok(found)
}

/// What a colleague owns that is open or answered, at most `limit`, oldest first.
pub fn owned(read: &Read<'_>, staff: StaffId, limit: i64) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!(list "select id from inquiries where owner = $1 and state < 2 order by state, last_at, id limit $2"),
        &params![staff, limit],
        |row| row.get(0),
    )
}
