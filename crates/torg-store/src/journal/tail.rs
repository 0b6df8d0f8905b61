//! The journal's tail: what was committed since one last looked, for whoever may have missed a notice.
//!
//! Ids become visible out of order when several nodes write. On PostgreSQL a line therefore carries
//! its transaction, and only lines of transactions that every reader sees as ended are read.

use torg_core::{DepartmentId, InquiryId, Verb, WallId};

use crate::{Read, StoreError, params, sql};

/// A line as far as those are concerned who show what it changed.
#[derive(Debug, Clone)]
pub struct TailLine {
    /// The inquiry and where it is now.
    pub inquiry: Option<(InquiryId, WallId, DepartmentId)>,
    /// `None` for a verb of a newer version.
    pub verb: Option<Verb>,
    /// Microseconds UTC.
    pub at: i64,
}

/// Where the tail ends now: nothing before it is still to come.
pub fn tail_end(read: &Read<'_>) -> Result<i64, StoreError> {
    let end = read.one(
        sql!(
            lite "select coalesce(max(id), 0) + 1 from journal",
            pg "select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)"
        ),
        &params![],
        |row| row.get(0),
    )?;
    Ok(end.unwrap_or(0))
}

/// The lines from one end of the tail to the next, at most `limit`. PostgreSQL, which cannot know that
/// they are few, would else read every inquiry to join them.
pub fn tail(
    read: &Read<'_>,
    from: i64,
    until: i64,
    limit: i64,
) -> Result<Vec<TailLine>, StoreError> {
    read.all(
        sql!(
            lite "select j.verb, j.at, i.id, i.wall, i.department
                    from journal j left join inquiries i on i.id = j.inquiry
                   where j.id >= $1 and j.id < $2 limit $3",
            pg "select j.verb, j.at, i.id, i.wall, i.department
                  from journal j left join lateral
                       (select id, wall, department from inquiries where id = j.inquiry limit 1) i on true
                 where j.xact >= $1 and j.xact < $2 limit $3"
        ),
        &params![from, until, limit],
        |row| {
            let inquiry: Option<InquiryId> = row.get(2)?;
            let place = match inquiry {
                Some(inquiry) => Some((inquiry, row.get(3)?, row.get(4)?)),
                None => None,
            };
            let verb: String = row.get(0)?;
            Ok(TailLine { inquiry: place, verb: Verb::from_word(&verb), at: row.get(1)? })
        },
    )
}
