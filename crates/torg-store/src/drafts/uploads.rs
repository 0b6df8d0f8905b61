//! Files on their way: pieces of a file that will be a draft's once all of them are there.

use torg_core::{AttachmentId, InquiryId, UploadId, Viewer};

use crate::blobs::{Blob, Pour};
use crate::{Read, Row, StoreError, Tx, params, sql};

/// A file that has begun to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    pub id: UploadId,
    pub inquiry: InquiryId,
    pub name: String,
    pub content_type: String,
    /// Bytes of the whole file, as the page said.
    pub size: i64,
    /// Bytes that are here, without a gap from the beginning.
    pub received: i64,
    /// The draft's file it became.
    pub file: Option<AttachmentId>,
}

/// Begins one under the page's `key`, or finds the one that was cut off; `at` in microseconds UTC.
pub fn begin(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    key: &str,
    new: &Coming,
    at: i64,
) -> Result<Coming, StoreError> {
    tx.execute(
        sql!(
            "insert into uploads (id, staff, inquiry, page_key, name, content_type, size, received, at)
              values ($1, $2, $3, $4, $5, $6, $7, 0, $8)
              on conflict (staff, inquiry, page_key) where file is null do update set at = excluded.at"
        ),
        &params![new.id, viewer.staff, new.inquiry, key, new.name, new.content_type, new.size, at],
    )?;
    let found = tx.one(
        sql!(
            "select id, inquiry, name, content_type, size, received, file from uploads
               where staff = $1 and inquiry = $2 and page_key = $3 and file is null"
        ),
        &params![viewer.staff, new.inquiry, key],
        coming,
    )?;
    found.ok_or_else(|| StoreError::Corrupt(format!("upload {} is not there", new.id)))
}

/// One of the viewer's own, for an inquiry inside her walls.
pub fn one(read: &Read<'_>, viewer: &Viewer, id: UploadId) -> Result<Option<Coming>, StoreError> {
    read.one(
        sql!(
            "select u.id, u.inquiry, u.name, u.content_type, u.size, u.received, u.file
                from uploads u join inquiries i on i.id = u.inquiry
               where u.id = $1 and u.staff = $2
                 and i.wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, viewer.staff],
        coming,
    )
}

fn coming(row: &Row<'_>) -> Result<Coming, StoreError> {
    Ok(Coming {
        id: row.get(0)?,
        inquiry: row.get(1)?,
        name: row.get(2)?,
        content_type: row.get(3)?,
        size: row.get(4)?,
        received: row.get(5)?,
        file: row.get(6)?,
    })
}

/// How many of a colleague's have not all their bytes.
pub fn count(read: &Read<'_>, viewer: &Viewer) -> Result<i64, StoreError> {
    let text = sql!("select count(*) from uploads where staff = $1 and file is null");
    Ok(read.one(text, &params![viewer.staff], |row| row.get(0))?.unwrap_or(0))
}

/// Keeps the next piece, which begins where the bytes so far end; `false` if it begins elsewhere.
/// `at` in microseconds UTC.
pub fn append(
    tx: &mut Tx<'_>,
    id: UploadId,
    begins: i64,
    data: &[u8],
    at: i64,
) -> Result<bool, StoreError> {
    let length = i64::try_from(data.len()).unwrap_or(i64::MAX);
    let moved = tx.execute(
        sql!(
            "update uploads set received = received + $3, at = $4
               where id = $1 and received = $2 and received + $3 <= size and file is null"
        ),
        &params![id, begins, length, at],
    )?;
    if moved == 0 {
        return Ok(false);
    }
    tx.execute(
        sql!("insert into upload_pieces (upload, begins, data) values ($1, $2, $3)"),
        &params![id, begins, data],
    )?;
    Ok(true)
}

/// All its pieces as a blob, one of them in memory at a time.
pub fn whole(read: &Read<'_>, coming: &Coming) -> Result<Blob, StoreError> {
    let mut pour = Pour::default();
    while pour.size() < coming.received {
        let piece = read.one(
            sql!("select data from upload_pieces where upload = $1 and begins = $2"),
            &params![coming.id, pour.size()],
            |row| row.get::<Vec<u8>>(0),
        )?;
        let gap = || StoreError::Corrupt(format!("upload {} has a gap", coming.id));
        pour.push(&piece.filter(|piece| !piece.is_empty()).ok_or_else(gap)?);
    }
    Ok(pour.finish())
}

/// It is a file of a draft now; its pieces go.
pub fn became(tx: &mut Tx<'_>, id: UploadId, file: AttachmentId) -> Result<(), StoreError> {
    tx.execute(sql!("update uploads set file = $2 where id = $1"), &params![id, file])?;
    tx.execute(sql!("delete from upload_pieces where upload = $1"), &params![id])?;
    Ok(())
}

/// Forgets what nothing was heard of since `before`, microseconds UTC.
pub fn forget(tx: &mut Tx<'_>, before: i64) -> Result<(), StoreError> {
    tx.execute(sql!("delete from uploads where at < $1"), &params![before])?;
    Ok(())
}
