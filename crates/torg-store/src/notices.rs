//! What colleagues are told, whichever way it reaches them.

use torg_core::{InquiryId, NoticeId, StaffId, Viewer};

use crate::{Read, Row, StoreError, Tx, params, sql};

/// Something a colleague is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: NoticeId,
    pub staff: StaffId,
    /// A word such as `due-soon`.
    pub kind: String,
    pub inquiry: Option<InquiryId>,
    /// Microseconds UTC.
    pub at: i64,
    /// When she read it.
    pub read_at: Option<i64>,
}

pub fn insert(tx: &mut Tx<'_>, notice: &Notice) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into notices (id, staff, kind, inquiry, at, read_at)
              values ($1, $2, $3, $4, $5, $6)"
        ),
        &params![notice.id, notice.staff, notice.kind, notice.inquiry, notice.at, notice.read_at],
    )?;
    Ok(())
}

/// The viewer's newest notices before `before`, of inquiries she still sees.
pub fn of(
    read: &Read<'_>,
    viewer: &Viewer,
    before: NoticeId,
    limit: i64,
) -> Result<Vec<Notice>, StoreError> {
    read.all(
        sql!(list
            "select n.id, n.staff, n.kind, n.inquiry, n.at, n.read_at
               from notices n left join inquiries i on i.id = n.inquiry
              where n.staff = $1 and n.id < $2
                and (n.inquiry is null
                     or i.wall in (select wall from wall_members where staff = $1))
              order by n.id desc limit $3"
        ),
        &params![viewer.staff, before, limit],
        notice,
    )
}

fn notice(row: &Row<'_>) -> Result<Notice, StoreError> {
    Ok(Notice {
        id: row.get(0)?,
        staff: row.get(1)?,
        kind: row.get(2)?,
        inquiry: row.get(3)?,
        at: row.get(4)?,
        read_at: row.get(5)?,
    })
}

/// Marks the viewer's notices up to `upto` as read.
pub fn mark_read(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    upto: NoticeId,
    at: i64,
) -> Result<u64, StoreError> {
    tx.execute(
        sql!("update notices set read_at = $3 where staff = $1 and read_at is null and id <= $2"),
        &params![viewer.staff, upto, at],
    )
}
