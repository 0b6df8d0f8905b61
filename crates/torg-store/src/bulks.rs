//! One act on many inquiries: what was asked, how far it has come, and what became of each.

use torg_core::{BulkId, InquiryId, InquiryNumber, JournalId, Position, StaffId, Viewer};

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

/// By what one inquiry of a bulk is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    /// The line it wrote.
    Line(JournalId),
    /// How far she had read, which is in no journal.
    Seen(Position),
}

impl Trace {
    /// Of the two columns it is kept in: a line, and a word.
    fn from_row(line: Option<JournalId>, word: &str) -> Option<Self> {
        let seen = || word.strip_prefix("seen:")?.parse().ok().map(Self::Seen);
        line.map(Self::Line).or_else(seen)
    }

    fn line(self) -> Option<JournalId> {
        if let Self::Line(line) = self { Some(line) } else { None }
    }

    fn word(self) -> String {
        if let Self::Seen(upto) = self { format!("seen:{upto}") } else { String::new() }
    }
}

/// One inquiry of a bulk that waits for its turn.
#[derive(Debug, Clone, Copy)]
pub struct Waiting {
    pub n: i64,
    pub inquiry: InquiryId,
    /// What is to be undone, in a bulk that undoes.
    pub trace: Option<Trace>,
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
    trace: Option<Trace>,
) -> Result<(), StoreError> {
    let (line, word) = kept(trace);
    tx.execute(
        sql!(
            "insert into bulk_items (bulk, n, inquiry, state, why, line)
              values ($1, $2, $3, 0, $4, $5)"
        ),
        &params![bulk, n, inquiry, word, line],
    )?;
    Ok(())
}

fn kept(trace: Option<Trace>) -> (Option<JournalId>, String) {
    (trace.and_then(Trace::line), trace.map(Trace::word).unwrap_or_default())
}

/// The next inquiries to be done.
pub fn waiting(read: &Read<'_>, bulk: BulkId, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    read.all(
        sql!(list "select n, inquiry, line, why from bulk_items where bulk = $1 and state = 0
               order by n limit $2"),
        &params![bulk, limit],
        |row| {
            let trace = Trace::from_row(row.get(2)?, &row.get::<String>(3)?);
            Ok(Waiting { n: row.get(0)?, inquiry: row.get(1)?, trace })
        },
    )
}

/// Keeps what became of one: done, with what it is taken back by if it changed anything.
pub fn did(tx: &mut Tx<'_>, bulk: BulkId, n: i64, trace: Option<Trace>) -> Result<(), StoreError> {
    let (line, word) = kept(trace);
    let changed = tx.execute(
        sql!(
            "update bulk_items set state = 1, line = $3, why = $4
               where bulk = $1 and n = $2 and state = 0"
        ),
        &params![bulk, n, line, word],
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

/// What a bulk changed, newest first, for taking it back.
pub fn traces(read: &Read<'_>, bulk: BulkId) -> Result<Vec<(InquiryId, Trace)>, StoreError> {
    let found = read.all(
        sql!(
            "select inquiry, line, why from bulk_items
               where bulk = $1 and state = 1 and (line is not null or why <> '') order by n desc"
        ),
        &params![bulk],
        |row| Ok((row.get(0)?, Trace::from_row(row.get(1)?, &row.get::<String>(2)?))),
    )?;
    Ok(found.into_iter().filter_map(|(id, trace)| Some((id, trace?))).collect())
}
