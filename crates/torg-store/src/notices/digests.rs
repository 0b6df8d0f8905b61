//! Digests: whose is due, and what stands in it.

use torg_core::{NoticeId, StaffId, Viewer};

use super::{NoticeRow, known, row, rows};
use crate::{Read, StoreError, Tx, params, sql};

/// Whose digest is due, the longest due first.
pub fn due_digests(read: &Read<'_>, now: i64, limit: i64) -> Result<Vec<StaffId>, StoreError> {
    read.all(
        sql!(
            "select staff from notice_times where next_digest <= $1
              order by next_digest, staff limit $2"
        ),
        &params![now, limit],
        |row| row.get(0),
    )
}

/// Takes the digest of a colleague that is due, and sets when the next one is; `false` if another
/// node was quicker.
pub fn next_digest(
    tx: &mut Tx<'_>,
    staff: StaffId,
    now: i64,
    next: Option<i64>,
) -> Result<bool, StoreError> {
    let taken = tx.execute(
        sql!("update notice_times set next_digest = $3 where staff = $1 and next_digest <= $2"),
        &params![staff, now, next],
    )?;
    Ok(taken > 0)
}

/// What a digest has to tell: not seen, not mailed yet, and of inquiries she still sees; newest
/// first.
pub fn unmailed(
    read: &Read<'_>,
    viewer: &Viewer,
    limit: i64,
) -> Result<Vec<NoticeRow>, StoreError> {
    let rows = read.all(
        rows!(
            "n.mailed_at is null and n.read_at is null and n.by_mail = 1
               order by n.id desc limit $2"
        ),
        &params![viewer.staff, limit],
        row,
    )?;
    Ok(known(rows))
}

/// A digest has told of everything up to `upto`.
pub fn set_mailed(
    tx: &mut Tx<'_>,
    staff: StaffId,
    upto: NoticeId,
    at: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "update notices set mailed_at = $3
              where staff = $1 and id <= $2 and mailed_at is null and read_at is null
                and by_mail = 1"
        ),
        &params![staff, upto, at],
    )?;
    Ok(())
}
