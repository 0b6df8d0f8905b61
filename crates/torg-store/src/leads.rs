//! The figures of the leads' page: limited index reads, exact to 999, as the folders' counts.

use torg_core::{DepartmentId, StaffId, State, Viewer};

use crate::departments::{DepartmentName, name_at};
use crate::folders::MANY;
use crate::staff::{StaffName, walls};
use crate::{Read, StoreError, Value, params, sql};

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
    let mut sum = Figures::default();
    for wall in walls(read, viewer.staff)? {
        sum.open += count(read.one(
            sql!(list "select count(*) from (select 1 from inquiries where wall = $1 and state = 0 limit 1000) x"),
            &params![wall],
            |row| row.get(0),
        )?);
        sum.unowned += count(read.one(
            sql!(list "select count(*) from (select 1 from inquiries
                    where wall = $1 and owner is null and state = 0 limit 1000) x"),
            &params![wall],
            |row| row.get(0),
        )?);
        let due = sql!(list "select count(*) from (select 1 from inquiries
                where wall = $1 and due_at >= $2 and due_at < $3 limit 1000) x");
        sum.overdue += count(read.one(due, &params![wall, i64::MIN, today.now], |row| row.get(0))?);
        sum.today += count(read.one(due, &params![wall, today.now, today.end], |row| row.get(0))?);
        let oldest = read.one(
            sql!(list "select last_at from inquiries where wall = $1 and state = 0 order by last_at, id limit 1"),
            &params![wall],
            |row| row.get(0),
        )?;
        sum.oldest = [sum.oldest, oldest].into_iter().flatten().min();
    }
    for figure in [&mut sum.unowned, &mut sum.overdue, &mut sum.today, &mut sum.open] {
        *figure = (*figure).min(MANY);
    }
    Ok(sum)
}

fn count(found: Option<i64>) -> i64 {
    found.unwrap_or(0)
}

/// The departments the viewer may know of, her own first, each with its load.
pub fn departments(
    read: &Read<'_>,
    viewer: &Viewer,
    now: i64,
) -> Result<Vec<(bool, Load<DepartmentName>)>, StoreError> {
    let visible = read.all(
        sql!(
            "select d.id, d.name, d.wall, m.staff from departments d
                left join memberships m on m.department = d.id and m.staff = $1
               where d.wall in (select wall from wall_members where staff = $1)
               order by d.sort_key, d.id"
        ),
        &params![viewer.staff],
        |row| Ok((row.get::<Option<StaffId>>(3)?.is_some(), name_at(row, 0)?)),
    )?;
    let load = |(own, name): (bool, DepartmentName)| {
        let id = Value::from(name.id);
        let open = read.one(
            sql!(list "select count(*) from (select 1 from inquiries where department = $1 and state = 0
                    and wall in (select wall from wall_members where staff = $2) limit 1000) x"),
            &[id.clone(), Value::from(viewer.staff)],
            |row| row.get(0),
        )?;
        // What was also sent there lies in its folder too, and the figure leads to the folder.
        let shown = read.one(
            sql!(list "select count(*) from (select 1 from shown s join inquiries i on i.id = s.inquiry
                    where s.department = $1 and s.state = 0
                      and i.wall in (select wall from wall_members where staff = $2) limit 1000) x"),
            &[id.clone(), Value::from(viewer.staff)],
            |row| row.get(0),
        )?;
        let overdue = read.one(
            sql!(list "select count(*) from (select 1 from inquiries where department = $1 and due_at < $3
                    and wall in (select wall from wall_members where staff = $2) limit 1000) x"),
            &[id.clone(), Value::from(viewer.staff), Value::from(now)],
            |row| row.get(0),
        )?;
        let oldest = read.one(
            sql!(list "select last_at from inquiries where department = $1 and state = 0
                    and wall in (select wall from wall_members where staff = $2)
                  order by last_at, id limit 1"),
            &[id, Value::from(viewer.staff)],
            |row| row.get(0),
        )?;
        let open = (count(open) + count(shown)).min(MANY);
        Ok((own, Load { of: name, open, overdue: count(overdue), oldest }))
    };
    visible.into_iter().map(load).collect()
}

/// The members of a department the viewer may know of, at most 100, each with all she has open of
/// what the viewer sees.
pub fn colleagues(
    read: &Read<'_>,
    viewer: &Viewer,
    department: DepartmentId,
    now: i64,
) -> Result<Vec<Load<StaffName>>, StoreError> {
    let members = read.all(
        sql!(
            "select s.id, s.name from memberships m
                join staff s on s.id = m.staff
                join departments d on d.id = m.department
               where m.department = $1 and s.active = 1
                 and d.wall in (select wall from wall_members where staff = $2)
               order by s.sort_key, s.id limit 100"
        ),
        &params![department, viewer.staff],
        |row| Ok(StaffName { id: row.get(0)?, name: row.get(1)? }),
    )?;
    let load = |of: StaffName| {
        let given = params![of.id, viewer.staff, State::Open.code()];
        let open = read.one(
            sql!(list "select count(*) from (select 1 from inquiries where owner = $1 and state = $3
                    and wall in (select wall from wall_members where staff = $2) limit 1000) x"),
            &given,
            |row| row.get(0),
        )?;
        let overdue = read.one(
            sql!(list "select count(*) from (select 1 from inquiries where owner = $1 and due_at < $3
                    and wall in (select wall from wall_members where staff = $2) limit 1000) x"),
            &params![of.id, viewer.staff, now],
            |row| row.get(0),
        )?;
        let oldest = read.one(
            sql!(list "select last_at from inquiries where owner = $1 and state = $3
                    and wall in (select wall from wall_members where staff = $2)
                  order by last_at, id limit 1"),
            &given,
            |row| row.get(0),
        )?;
        Ok(Load { of, open: count(open), overdue: count(overdue), oldest })
    };
    members.into_iter().map(load).collect()
}
