//! Lists by time: what is due, and what was moved by nobody for longest.

use std::str::FromStr;

use torg_core::{DepartmentId, Id, InquiryId, InquiryNumber, StaffId, State, Viewer};

use super::DueAt;
use crate::cursor::NotACursor;
use crate::departments::{DepartmentName, name_at};
use crate::inquiries::state_at;
use crate::staff::{StaffName, walls};
use crate::{Read, Row, StoreError, Value, params, sql};

/// Whose due inquiries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All the viewer sees.
    All,
    Department(DepartmentId),
    Owner(StaffId),
}

/// The last row of a page of due inquiries, oldest first. Opaque to whoever carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueCursor {
    due_at: i64,
    id: InquiryId,
}

impl std::fmt::Display for DueCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.due_at, self.id)
    }
}

impl FromStr for DueCursor {
    type Err = NotACursor;
    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (due_at, id) = text.split_once('.').ok_or(NotACursor)?;
        let (due_at, id) = (due_at.parse(), id.parse());
        Ok(Self { due_at: due_at.map_err(|_| NotACursor)?, id: id.map_err(|_| NotACursor)? })
    }
}

/// One inquiry in a list by time.
#[derive(Debug, Clone)]
pub struct DueRow {
    pub id: InquiryId,
    pub number: InquiryNumber,
    pub subject: String,
    pub sender: String,
    pub state: State,
    pub urgent: bool,
    pub owner: Option<StaffName>,
    pub department: DepartmentName,
    pub due: Option<DueAt>,
    /// Microseconds UTC.
    pub last_at: i64,
}

/// A list by time and where its next page begins.
#[derive(Debug, Clone, Default)]
pub struct DuePage {
    pub rows: Vec<DueRow>,
    pub next: Option<DueCursor>,
}

/// The columns of a row by time; `$1` is the viewer.
macro_rules! due_rows {
    ($where:literal, $order:literal) => {
        sql!(list concat!(
            "select i.id, i.number, i.subject, i.sender, i.state, i.urgent, i.owner, s.name,
                    d.id, d.name, d.wall, i.due_at, i.due_kind, i.last_at
               from inquiries i
               join departments d on d.id = i.department
               left join staff s on s.id = i.owner
              where ", $where, " order by ", $order
        ))
    };
}

/// What is due from `from` until before `until` (microseconds UTC), the oldest first.
pub fn list(
    read: &Read<'_>,
    viewer: &Viewer,
    scope: Scope,
    (from, until): (i64, i64),
    after: Option<&DueCursor>,
    limit: usize,
) -> Result<DuePage, StoreError> {
    let (at, id) = after.map_or((from, InquiryId::from_i64(-1)), |last| (last.due_at, last.id));
    let most = i64::try_from(limit + 1).unwrap_or(1000);
    let values = params![viewer.staff, at, id, until, most].to_vec();
    let of = |statement, scope: Value| {
        let values = [values.as_slice(), &[scope]].concat();
        read.all(statement, &values, due_row)
    };
    let mut rows = match scope {
        Scope::All => {
            let statement = due_rows!(
                "i.wall = $6 and (i.due_at, i.id) > ($2, $3) and i.due_at < $4
                 and i.wall in (select wall from wall_members where staff = $1)",
                "i.due_at, i.id limit $5"
            );
            let mut rows = Vec::new();
            for wall in walls(read, viewer.staff)? {
                rows.extend(of(statement, Value::from(wall))?);
            }
            rows
        }
        Scope::Department(department) => of(
            due_rows!(
                "i.department = $6 and (i.due_at, i.id) > ($2, $3) and i.due_at < $4
                 and i.wall in (select wall from wall_members where staff = $1)",
                "i.due_at, i.id limit $5"
            ),
            Value::from(department),
        )?,
        Scope::Owner(owner) => of(
            due_rows!(
                "i.owner = $6 and (i.due_at, i.id) > ($2, $3) and i.due_at < $4
                 and i.wall in (select wall from wall_members where staff = $1)",
                "i.due_at, i.id limit $5"
            ),
            Value::from(owner),
        )?,
    };
    rows.sort_by_key(|row| (row.due.map(|due| due.at), row.id));
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| more);
    let next = last.and_then(|row| Some(DueCursor { due_at: row.due?.at, id: row.id }));
    Ok(DuePage { rows, next })
}

/// What is open and was moved by nobody for longest.
pub fn longest(
    read: &Read<'_>,
    viewer: &Viewer,
    after: Option<&DueCursor>,
    limit: usize,
) -> Result<DuePage, StoreError> {
    let (at, id) = after.map_or((i64::MIN, InquiryId::from_i64(-1)), |last| (last.due_at, last.id));
    let most = i64::try_from(limit + 1).unwrap_or(1000);
    let statement = due_rows!(
        "i.wall = $5 and i.state = 0 and (i.last_at, i.id) > ($2, $3)
         and i.wall in (select wall from wall_members where staff = $1)",
        "i.last_at, i.id limit $4"
    );
    let mut rows = Vec::new();
    for wall in walls(read, viewer.staff)? {
        rows.extend(read.all(statement, &params![viewer.staff, at, id, most, wall], due_row)?);
    }
    rows.sort_by_key(|row| (row.last_at, row.id));
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next =
        rows.last().filter(|_| more).map(|row| DueCursor { due_at: row.last_at, id: row.id });
    Ok(DuePage { rows, next })
}

fn due_row(row: &Row<'_>) -> Result<DueRow, StoreError> {
    let (owner, name): (Option<StaffId>, Option<String>) = (row.get(6)?, row.get(7)?);
    Ok(DueRow {
        id: row.get(0)?,
        number: InquiryNumber::from_i64(row.get(1)?),
        subject: row.get(2)?,
        sender: row.get(3)?,
        state: state_at(row, 4)?,
        urgent: row.get(5)?,
        owner: owner.zip(name).map(|(id, name)| StaffName { id, name }),
        department: name_at(row, 8)?,
        due: DueAt::from_row(row, 11)?,
        last_at: row.get(13)?,
    })
}
