//! The figures of the leads' page: limited index reads, exact to 999, as the folders' counts. Many
//! stand in one statement, because each is a way to PostgreSQL and back.

use torg_core::{DepartmentId, StaffId, Viewer};

use crate::departments::{DepartmentName, name_at};
use crate::folders::{MANY, counted};
use crate::staff::StaffName;
use crate::{Read, StoreError, params, sql};

/// The moments the figures are told at, microseconds UTC.
#[derive(Debug, Clone, Copy)]
pub struct Today {
    pub now: i64,
    /// When the day ends.
    pub end: i64,
}

/// What needs a lead's eye.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub unowned: i64,
    pub overdue: i64,
    /// Due from now to the end of the day.
    pub today: i64,
    /// All that is open.
    pub open: i64,
    /// When what waits longest was last moved.
    pub oldest: Option<i64>,
}

/// How much lies with a department or a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load<T> {
    pub of: T,
    pub open: i64,
    pub overdue: i64,
    /// When what waits longest was last moved; microseconds UTC.
    pub oldest: Option<i64>,
}

/// The figures over everything the viewer may know of.
pub fn figures(read: &Read<'_>, viewer: &Viewer, today: Today) -> Result<Figures, StoreError> {
    let sums = read.one(
        sql!(list concat!(
            "select cast(sum(", counted!("inquiries where wall = w.wall and owner is null and state = 0"),
                    ") as bigint),
                    cast(sum(", counted!("inquiries where wall = w.wall and due_at < $2"), ") as bigint),
                    cast(sum(", counted!("inquiries where wall = w.wall and due_at >= $2 and due_at < $3"),
                    ") as bigint),
                    cast(sum(", counted!("inquiries where wall = w.wall and state = 0"), ") as bigint),
                    min((select last_at from inquiries where wall = w.wall and state = 0
                          order by last_at, id limit 1))
               from wall_members w where w.staff = $1"
        )),
        &params![viewer.staff, today.now, today.end],
        |row| {
            let sum = |place| Ok(row.get::<Option<i64>>(place)?.unwrap_or(0).min(MANY));
            let (unowned, overdue, today, open) = (sum(0)?, sum(1)?, sum(2)?, sum(3)?);
            Ok(Figures { unowned, overdue, today, open, oldest: row.get(4)? })
        },
    )?;
    Ok(sums.unwrap_or_default())
}

/// The departments the viewer may know of, her own first, each with its load.
pub fn departments(
    read: &Read<'_>,
    viewer: &Viewer,
    now: i64,
) -> Result<Vec<(bool, Load<DepartmentName>)>, StoreError> {
    // What was also sent there lies in its folder too, and the figure leads to the folder.
    read.all(
        sql!(concat!(
            "select d.id, d.name, d.wall, m.staff, ",
            counted!(
                "inquiries where department = d.id and state = 0
                    and wall in (select wall from wall_members where staff = $1)"
            ),
            ", ",
            counted!(
                "shown s join inquiries i on i.id = s.inquiry
                  where s.department = d.id and s.state = 0
                    and i.wall in (select wall from wall_members where staff = $1)"
            ),
            ", ",
            counted!(
                "inquiries where department = d.id and due_at < $2
                    and wall in (select wall from wall_members where staff = $1)"
            ),
            ", (select last_at from inquiries where department = d.id and state = 0
                  and wall in (select wall from wall_members where staff = $1)
                order by last_at, id limit 1)
               from departments d
               left join memberships m on m.department = d.id and m.staff = $1
              where d.wall in (select wall from wall_members where staff = $1)
              order by d.sort_key, d.id"
        )),
        &params![viewer.staff, now],
        |row| {
            let is_own = row.get::<Option<StaffId>>(3)?.is_some();
            let open = (row.get::<i64>(4)? + row.get::<i64>(5)?).min(MANY);
            let (of, overdue, oldest) = (name_at(row, 0)?, row.get(6)?, row.get(7)?);
            Ok((is_own, Load { of, open, overdue, oldest }))
        },
    )
}

/// The members of a department the viewer may know of, at most 100, each with all she has open of
/// what the viewer sees.
pub fn colleagues(
    read: &Read<'_>,
    viewer: &Viewer,
    department: DepartmentId,
    now: i64,
) -> Result<Vec<Load<StaffName>>, StoreError> {
    read.all(
        sql!(concat!(
            "select s.id, s.name, ",
            counted!(
                "inquiries where owner = s.id and state = 0
                    and wall in (select wall from wall_members where staff = $2)"
            ),
            ", ",
            counted!(
                "inquiries where owner = s.id and due_at < $3
                    and wall in (select wall from wall_members where staff = $2)"
            ),
            ", (select last_at from inquiries where owner = s.id and state = 0
                  and wall in (select wall from wall_members where staff = $2)
                order by last_at, id limit 1)
               from memberships m
               join staff s on s.id = m.staff
               join departments d on d.id = m.department
              where m.department = $1 and s.active = 1
                and d.wall in (select wall from wall_members where staff = $2)
              order by s.sort_key, s.id limit 100"
        )),
        &params![department, viewer.staff, now],
        |row| {
            let of = StaffName { id: row.get(0)?, name: row.get(1)? };
            Ok(Load { of, open: row.get(2)?, overdue: row.get(3)?, oldest: row.get(4)? })
        },
    )
}
