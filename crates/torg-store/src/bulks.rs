//! One act on many inquiries: what was asked, how far it has come, and what became of each.

use torg_core::{BulkId, InquiryId, InquiryNumber, JournalId, StaffId, Viewer};

use crate::{Read, Row, StoreError, Tx, params, sql};

/// How far a bulk has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkState {
    Running,
    Finished,
    /// By hand; what was done stays done.
    Stopped,
}

impl BulkState {
    fn code(self) -> i64 {
        match self {
            Self::Running => 0,
            Self::Finished => 1,
            Self::Stopped => 2,
        }
    }

    fn from_code(code: i64) -> Self {
        match code {
            0 => Self::Running,
            1 => Self::Finished,
            _ => Self::Stopped,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Bulk {
    pub id: BulkId,
    pub staff: StaffId,
    /// What was asked, as the desk wrote it.
    pub act: String,
    pub total: i64,
    pub done: i64,
    pub refused: i64,
    pub state: BulkState,
    /// The bulk whose acts this one takes back.
    pub undoes: Option<BulkId>,
    pub created: i64,
}

/// One inquiry of a bulk that waits for its turn.
#[derive(Debug, Clone, Copy)]
pub struct Waiting {
    pub n: i64,
    pub inquiry: InquiryId,
    /// The line to be undone, in a bulk that undoes.
    pub line: Option<JournalId>,
}

/// One inquiry that was not done, and why: a word of the desk's.
#[derive(Debug, Clone)]
pub struct NotDone {
    /// Nothing if it is out of her sight.
    pub number: Option<InquiryNumber>,
    pub inquiry: InquiryId,
    pub why: String,
}

pub fn insert(tx: &mut Tx<'_>, bulk: &Bulk) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into bulks (id, staff, act, total, done, refused, state, undoes, created)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &params![
            bulk.id,
            bulk.staff,
            bulk.act,
            bulk.total,
            bulk.done,
            bulk.refused,
            bulk.state.code(),
            bulk.undoes,
            bulk.created
        ],
    )?;
    Ok(())
}

pub fn add(
    tx: &mut Tx<'_>,
    bulk: BulkId,
    n: i64,
    inquiry: InquiryId,
    line: Option<JournalId>,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into bulk_items (bulk, n, inquiry, state, why, line)
              values ($1, $2, $3, 0, '', $4)"
        ),
        &params![bulk, n, inquiry, line],
    )?;
    Ok(())
}

/// The next inquiries to be done.
pub fn waiting(read: &Read<'_>, bulk: BulkId, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    read.all(
        sql!(list "select n, inquiry, line from bulk_items where bulk = $1 and state = 0
               order by n limit $2"),
        &params![bulk, limit],
        |row| Ok(Waiting { n: row.get(0)?, inquiry: row.get(1)?, line: row.get(2)? }),
    )
}

/// Keeps what became of one: done, with the line it wrote if it changed anything.
pub fn did(
    tx: &mut Tx<'_>,
    bulk: BulkId,
    n: i64,
    line: Option<JournalId>,
) -> Result<(), StoreError> {
    let changed = tx.execute(
        sql!("update bulk_items set state = 1, line = $3 where bulk = $1 and n = $2 and state = 0"),
        &params![bulk, n, line],
    )?;
    if changed > 0 {
        tx.execute(sql!("update bulks set done = done + 1 where id = $1"), &params![bulk])?;
    }
    Ok(())
}

/// Keeps why one was not done.
pub fn refused(tx: &mut Tx<'_>, bulk: BulkId, n: i64, why: &str) -> Result<(), StoreError> {
    let changed = tx.execute(
        sql!("update bulk_items set state = 2, why = $3 where bulk = $1 and n = $2 and state = 0"),
        &params![bulk, n, why],
    )?;
    if changed > 0 {
        tx.execute(sql!("update bulks set refused = refused + 1 where id = $1"), &params![bulk])?;
    }
    Ok(())
}

/// Ends a bulk that runs; `false` if it has ended already.
pub fn end(tx: &mut Tx<'_>, bulk: BulkId, state: BulkState) -> Result<bool, StoreError> {
    let ended = tx.execute(
        sql!("update bulks set state = $2 where id = $1 and state = 0"),
        &params![bulk, state.code()],
    )?;
    Ok(ended > 0)
}

/// The bulks that run, oldest first.
pub fn running(read: &Read<'_>) -> Result<Vec<BulkId>, StoreError> {
    read.all(
        sql!(list "select id from bulks where state = 0 order by id limit 16"),
        &params![],
        |row| row.get(0),
    )
}

/// A bulk, whoever asked for it: for the background work.
pub fn one(read: &Read<'_>, id: BulkId) -> Result<Option<Bulk>, StoreError> {
    read.one(
        sql!(
            "select id, staff, act, total, done, refused, state, undoes, created
                from bulks where id = $1"
        ),
        &params![id],
        bulk,
    )
}

/// The bulk that takes this one back, if somebody asked for it.
pub fn undone_by(read: &Read<'_>, viewer: &Viewer, id: BulkId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select id from bulks where undoes = $1 and staff = $2 limit 1"),
        &params![id, viewer.staff],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

fn bulk(row: &Row<'_>) -> Result<Bulk, StoreError> {
    Ok(Bulk {
        id: row.get(0)?,
        staff: row.get(1)?,
        act: row.get(2)?,
        total: row.get(3)?,
        done: row.get(4)?,
        refused: row.get(5)?,
        state: BulkState::from_code(row.get(6)?),
        undoes: row.get(7)?,
        created: row.get(8)?,
    })
}

/// What of a bulk was not done, at most `limit`, with the numbers the viewer may know.
pub fn not_done(
    read: &Read<'_>,
    viewer: &Viewer,
    bulk: BulkId,
    limit: i64,
) -> Result<Vec<NotDone>, StoreError> {
    read.all(
        sql!(list "select i.number, x.inquiry, x.why from bulk_items x
                left join inquiries i on i.id = x.inquiry
                      and i.wall in (select wall from wall_members where staff = $2)
               where x.bulk = $1 and x.state = 2 order by x.n limit $3"),
        &params![bulk, viewer.staff, limit],
        |row| {
            Ok(NotDone {
                number: row.get::<Option<i64>>(0)?.map(InquiryNumber::from_i64),
                inquiry: row.get(1)?,
                why: row.get(2)?,
            })
        },
    )
}

/// The lines a bulk wrote, newest first, for taking it back.
pub fn lines(read: &Read<'_>, bulk: BulkId) -> Result<Vec<(InquiryId, JournalId)>, StoreError> {
    read.all(
        sql!(
            "select inquiry, line from bulk_items
               where bulk = $1 and state = 1 and line is not null order by n desc"
        ),
        &params![bulk],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
