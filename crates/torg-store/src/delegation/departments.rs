//! What the judge knows of departments, and who of them is at work.

use torg_core::delegation::{Member, Staffing};
use torg_core::wall::open_wall;
use torg_core::{Department, DepartmentId, StaffId, WallId};

use crate::{Pending, Read, StoreError, Tx, departments, params, sql};

/// A department as the judge knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub id: DepartmentId,
    pub name: String,
    /// What it does.
    pub description: String,
    /// Letters it gets, with a blank line between them.
    pub examples: String,
    pub is_open: bool,
}

/// All departments. A restricted one is no target of the judge, and what speaks for it speaks against
/// the others.
pub fn known(read: &Read<'_>) -> Result<Vec<Known>, StoreError> {
    read.all(
        sql!(
            "select id, name, description, examples, wall from departments
               where removed = 0 order by id"
        ),
        &params![],
        |row| {
            Ok(Known {
                id: row.get(0)?,
                name: row.get(1)?,
                description: row.get(2)?,
                examples: row.get(3)?,
                is_open: row.get::<WallId>(4)? == open_wall(),
            })
        },
    )
}

/// What a department says of itself, and how it gives what comes to its members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub description: String,
    /// With a blank line between them.
    pub examples: String,
    pub staffing: Staffing,
}

/// What was told of a department.
pub fn told(read: &Read<'_>, id: DepartmentId) -> Result<Told, StoreError> {
    let found = read.one(
        sql!("select description, examples, staffing from departments where id = $1"),
        &params![id],
        |row| {
            let staffing = Staffing::from_word(&row.get::<String>(2)?).unwrap_or_default();
            Ok(Told { description: row.get(0)?, examples: row.get(1)?, staffing })
        },
    )?;
    Ok(found.unwrap_or_default())
}

/// Sets what is told of a department.
pub fn set_told(tx: &mut Tx<'_>, id: DepartmentId, told: &Told) -> Result<(), StoreError> {
    tx.execute(
        sql!("update departments set description = $2, examples = $3, staffing = $4 where id = $1"),
        &params![id, told.description, told.examples, told.staffing.word()],
    )?;
    Ok(())
}

/// Where the mail of the general address goes, if everybody may see it there.
pub fn reception<'r>(read: &'r Read<'_>) -> Pending<'r, Option<Department>> {
    let found = read.ask_one(
        sql!(
            "select id, name, wall from departments
              where removed = 0 and id = (select department from mailboxes order by id limit 1)"
        ),
        &params![],
        departments::department,
    );
    found.then(|found| Ok(found.filter(|department| !department.is_restricted())))
}

/// The members who work here, are inside the wall and not away at `now`. The department's row must
/// be locked, so that two who ask get two answers.
pub fn present_members(
    tx: &Tx<'_>,
    department: DepartmentId,
    now: i64,
) -> Result<Vec<Member>, StoreError> {
    tx.all(
        sql!(
            "select m.staff, m.last_given, (select count(*) from (select 1 from inquiries i
                   where i.owner = m.staff and i.state = 0 limit 1000) x)
                from memberships m join staff s on s.id = m.staff
                join departments d on d.id = m.department
               where m.department = $1 and s.active = 1
                 and exists (select 1 from wall_members w where w.staff = m.staff and w.wall = d.wall)
                 and not exists (select 1 from absences a where a.staff = m.staff
                   and a.begins <= $2 and a.ends > $2 and a.ended is null)
               order by m.staff"
        ),
        &params![department, now],
        |row| Ok(Member { staff: row.get(0)?, last_given: row.get(1)?, open: row.get(2)? }),
    )
}

/// A member was given an inquiry at `now`.
pub fn set_given(
    tx: &mut Tx<'_>,
    department: DepartmentId,
    staff: StaffId,
    now: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update memberships set last_given = $3 where department = $1 and staff = $2"),
        &params![department, staff, now],
    )?;
    Ok(())
}
