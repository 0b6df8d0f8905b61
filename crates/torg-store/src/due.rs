//! What is due when: the facts it is derived from, what was derived, and the lists by it.

mod list;

pub use list::{DueCursor, DuePage, DueRow, Scope, list, longest};

use jiff::Timestamp;
use torg_core::due::{Aim, Due, Facts};
use torg_core::{CategoryId, InquiryId, StaffId, Viewer};

use crate::inquiries::state_at;
use crate::{Pending, Read, Row, StoreError, Tx, params, sql};

/// What an inquiry's row keeps of time.
#[derive(Debug, Clone)]
pub struct Kept {
    pub facts: Facts,
    pub due: Option<(i64, Aim)>,
    /// When somebody is to be told next.
    pub tell_at: Option<i64>,
    /// 0 nothing, 1 reminded, 2 told that it is overdue.
    pub told: i64,
}

/// What is due, for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueAt {
    /// Microseconds UTC.
    pub at: i64,
    pub aim: Aim,
}

impl DueAt {
    /// Reads time and kind from two columns that follow each other.
    pub(crate) fn from_row(row: &Row<'_>, first: usize) -> Result<Option<Self>, StoreError> {
        let (at, aim) = (row.get::<Option<i64>>(first)?, Aim::from_code(row.get(first + 1)?));
        Ok(at.zip(aim).map(|(at, aim)| Self { at, aim }))
    }
}

/// The facts of an inquiry whose row this transaction holds.
pub fn kept(read: &Read<'_>, id: InquiryId) -> Result<Option<Kept>, StoreError> {
    let row = read.one(
        sql!(
            "select coalesce(clock_from, created), answered_at, state, department, category,
                    due_at, due_kind, tell_at, told
               from inquiries where id = $1"
        ),
        &params![id],
        |row| {
            let facts = Facts {
                began: moment(row.get(0)?)?,
                answered: row.get::<Option<i64>>(1)?.is_some(),
                state: state_at(row, 2)?,
                department: row.get(3)?,
                category: row.get(4)?,
                pauses: Vec::new(),
            };
            let due = DueAt::from_row(row, 5)?.map(|due| (due.at, due.aim));
            Ok(Kept { facts, due, tell_at: row.get(7)?, told: row.get(8)? })
        },
    )?;
    let Some(mut kept) = row else { return Ok(None) };
    kept.facts.pauses = read.all(
        sql!("select began, ended from pauses where inquiry = $1 order by began"),
        &params![id],
        |row| Ok((moment(row.get(0)?)?, row.get::<Option<i64>>(1)?.map(moment).transpose()?)),
    )?;
    Ok(Some(kept))
}

fn moment(at: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(at).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// Keeps what is due next, and when somebody is to be told.
pub fn set(
    tx: &mut Tx<'_>,
    id: InquiryId,
    due: Option<&Due>,
    tell_at: Option<i64>,
    told: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "update inquiries set due_at = $2, due_kind = $3, tell_at = $4, told = $5
              where id = $1"
        ),
        &params![
            id,
            due.map(|due| due.at.as_microsecond()),
            due.map_or(0, |due| due.aim.code()),
            tell_at,
            told
        ],
    )?;
    Ok(())
}

/// Notes when the citizen had the first answer.
pub fn answered(tx: &mut Tx<'_>, id: InquiryId, at: i64) -> Result<(), StoreError> {
    tx.execute(
        sql!("update inquiries set answered_at = $2 where id = $1 and answered_at is null"),
        &params![id, at],
    )?;
    Ok(())
}

/// Begins anew: what is asked after it was closed is asked now.
pub fn restart(tx: &mut Tx<'_>, id: InquiryId, at: i64) -> Result<(), StoreError> {
    tx.execute(
        sql!("update inquiries set clock_from = $2, answered_at = null where id = $1"),
        &params![id, at],
    )?;
    tx.execute(sql!("delete from pauses where inquiry = $1"), &params![id])?;
    Ok(())
}

/// It is the citizen's turn, or it sleeps.
pub fn pause(tx: &mut Tx<'_>, id: InquiryId, at: i64) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into pauses (inquiry, began, ended) values ($1, $2, null)
              on conflict (inquiry, began) do update set ended = null"
        ),
        &params![id, at],
    )?;
    Ok(())
}

/// It is the municipality's turn again.
pub fn go_on(tx: &mut Tx<'_>, id: InquiryId, at: i64) -> Result<(), StoreError> {
    tx.execute(
        sql!("update pauses set ended = $2 where inquiry = $1 and ended is null"),
        &params![id, at],
    )?;
    Ok(())
}

/// The pauses are what they were before `at`: what began then never was, and what ended then goes on.
pub fn forget_since(tx: &mut Tx<'_>, id: InquiryId, at: i64) -> Result<(), StoreError> {
    tx.execute(sql!("delete from pauses where inquiry = $1 and began >= $2"), &params![id, at])?;
    tx.execute(
        sql!("update pauses set ended = null where inquiry = $1 and ended >= $2"),
        &params![id, at],
    )?;
    Ok(())
}

/// What is split off did not wait for us either while it was the citizen's turn. `since` is when
/// it began, microseconds UTC.
pub fn carry_pauses(
    tx: &mut Tx<'_>,
    from: InquiryId,
    to: InquiryId,
    since: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into pauses (inquiry, began, ended)
              select $2, case when began < $3 then $3 else began end, ended
                from pauses where inquiry = $1 and (ended is null or ended > $3)"
        ),
        &params![from, to, since],
    )?;
    Ok(())
}

/// Inquiries that are not closed, in the order of their ids, for counting them anew.
pub fn running(
    read: &Read<'_>,
    after: InquiryId,
    limit: i64,
) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!(list "select id from inquiries where state <> 2 and id > $1 order by id limit $2"),
        &params![after, limit],
        |row| row.get(0),
    )
}

/// Inquiries about which somebody is to be told by `now`.
pub fn to_tell(read: &Read<'_>, now: i64, limit: i64) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!(list "select id from inquiries where tell_at <= $1 order by tell_at, id limit $2"),
        &params![now, limit],
        |row| row.get(0),
    )
}

/// The active leads of a department who are inside the inquiry's wall.
pub fn leads(read: &Read<'_>, id: InquiryId) -> Result<Vec<StaffId>, StoreError> {
    read.all(
        sql!(
            "select s.id from inquiries i
               join memberships m on m.department = i.department
               join staff s on s.id = m.staff
               join wall_members w on w.staff = s.id and w.wall = i.wall
              where i.id = $1 and s.active = 1 and s.role = 'lead' order by s.id"
        ),
        &params![id],
        |row| row.get(0),
    )
}

/// What is due, and what kind of matter it is, for an inquiry's page.
pub fn of_inquiry<'r>(
    read: &'r Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Pending<'r, (Option<DueAt>, Option<CategoryId>)> {
    let found = read.ask_one(
        sql!(
            "select due_at, due_kind, category from inquiries
              where id = $1 and wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, viewer.staff],
        |row| Ok((DueAt::from_row(row, 0)?, row.get(2)?)),
    );
    found.then(|found| Ok(found.unwrap_or((None, None))))
}
