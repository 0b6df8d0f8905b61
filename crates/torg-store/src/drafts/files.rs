//! The files of drafts: blobs, each with one reference held by its draft.

use torg_core::{AttachmentId, DraftId, Viewer};

use crate::blobs::{self, Blob, BlobHash};
use crate::{Read, Row, StoreError, Tx, params, sql};

/// A file that was put into a draft.
#[derive(Debug, Clone)]
pub struct NewDraftFile {
    pub id: AttachmentId,
    pub name: String,
    pub content_type: String,
    pub blob: Blob,
    /// A picture in the text.
    pub inline: bool,
}

/// A file of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    pub id: AttachmentId,
    pub name: String,
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    pub raw: BlobHash,
    pub inline: bool,
}

/// Keeps a file with its draft.
pub fn add_file(tx: &mut Tx<'_>, draft: DraftId, new: &NewDraftFile) -> Result<(), StoreError> {
    blobs::put(tx, &new.blob)?;
    let file = DraftFile {
        id: new.id,
        name: new.name.clone(),
        content_type: new.content_type.clone(),
        size: new.blob.size(),
        raw: new.blob.hash(),
        inline: new.inline,
    };
    insert(tx, draft, &file)
}

/// Keeps a file whose bytes are kept already with one more draft; nothing if the draft has it.
pub fn share_file(tx: &mut Tx<'_>, draft: DraftId, file: &DraftFile) -> Result<(), StoreError> {
    let same = |one: &DraftFile| (one.raw, &one.name) == (file.raw, &file.name);
    if files_of(tx, draft)?.iter().any(same) {
        return Ok(());
    }
    blobs::share(tx, &file.raw)?;
    insert(tx, draft, file)
}

fn insert(tx: &mut Tx<'_>, draft: DraftId, file: &DraftFile) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into draft_files (id, draft, name, content_type, size, raw, is_inline)
              values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        &params![file.id, draft, file.name, file.content_type, file.size, file.raw, file.inline],
    )?;
    Ok(())
}

/// The files of a draft in the order they came.
pub fn files_of(read: &Read<'_>, draft: DraftId) -> Result<Vec<DraftFile>, StoreError> {
    read.all(
        sql!(
            "select id, name, content_type, size, raw, is_inline from draft_files
               where draft = $1 order by id"
        ),
        &params![draft],
        file,
    )
}

fn file(row: &Row<'_>) -> Result<DraftFile, StoreError> {
    Ok(DraftFile {
        id: row.get(0)?,
        name: row.get(1)?,
        content_type: row.get(2)?,
        size: row.get(3)?,
        raw: row.get(4)?,
        inline: row.get(5)?,
    })
}

/// How many files a draft has, and their bytes together.
pub fn total(read: &Read<'_>, draft: DraftId) -> Result<(i64, i64), StoreError> {
    let found = read.one(
        sql!(
            "select count(*), cast(coalesce(sum(size), 0) as bigint) from draft_files where draft = $1"
        ),
        &params![draft],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(found.unwrap_or_default())
}

/// A file of one of the viewer's own drafts, in an inquiry inside her walls.
pub fn file_of(
    read: &Read<'_>,
    viewer: &Viewer,
    id: AttachmentId,
) -> Result<Option<DraftFile>, StoreError> {
    read.one(
        sql!(
            "select f.id, f.name, f.content_type, f.size, f.raw, f.is_inline
                from draft_files f join drafts d on d.id = f.draft
                join inquiries i on i.id = d.inquiry
               where f.id = $1 and d.staff = $2
                 and i.wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, viewer.staff],
        file,
    )
}

/// Takes a file out of a draft; `false` if it is not there.
pub fn drop_file(tx: &mut Tx<'_>, draft: DraftId, id: AttachmentId) -> Result<bool, StoreError> {
    let raw = tx.returning(
        sql!("delete from draft_files where id = $1 and draft = $2 returning raw"),
        &params![id, draft],
        |row| row.get::<BlobHash>(0),
    )?;
    match raw {
        Some(raw) => blobs::release(tx, &raw).map(|()| true),
        None => Ok(false),
    }
}

/// Gives one file of a colleague's drafts to another draft of hers.
pub fn move_file(
    tx: &mut Tx<'_>,
    staff: torg_core::StaffId,
    id: AttachmentId,
    to: DraftId,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "update draft_files set draft = $3
               where id = $1 and draft in (select id from drafts where staff = $2)"
        ),
        &params![id, staff, to],
    )?;
    Ok(())
}

pub(super) fn drop_all(tx: &mut Tx<'_>, draft: DraftId) -> Result<(), StoreError> {
    let raws = tx.returning_all(
        sql!("delete from draft_files where draft = $1 returning raw"),
        &params![draft],
        |row| row.get::<BlobHash>(0),
    )?;
    raws.iter().try_for_each(|raw| blobs::release(tx, raw))
}
