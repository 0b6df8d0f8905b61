//! Files that come in pieces, so that what is cut off goes on where it was.

use torg_core::{AttachmentId, InquiryId, UploadId, Viewer};
use torg_store::blobs::Blob;
use torg_store::drafts::uploads::Coming;
use torg_store::drafts::{DraftKind, uploads};
use torg_store::{Read, StoreError, inquiries};

use super::{FileRefused, Upload};
use crate::{Desk, Refused};

/// What a page says of a file before it comes.
#[derive(Debug, Clone, Default)]
pub struct Announced {
    pub name: String,
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// The same for the same file, also after the page was opened anew.
    pub key: String,
}

impl Desk {
    /// Begins a file, or finds how far it came before it was cut off.
    pub async fn begin_upload(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        file: Announced,
    ) -> Result<Coming, Refused> {
        let (viewer, pen, limits) = (viewer.clone(), self.pen(), self.file_limits());
        if file.size < 0 || usize::try_from(file.size).unwrap_or(usize::MAX) > limits.bytes {
            return Err(FileRefused::TooLarge { most: limits.bytes }.into());
        }
        self.0
            .store
            .write(move |tx| {
                inquiries::seen_for(tx, &viewer, id)?.ok_or(Refused::NotFound)?;
                let coming = usize::try_from(uploads::count(tx, &viewer)?).unwrap_or(usize::MAX);
                if coming >= limits.files {
                    return Err(FileRefused::TooMany { most: limits.files }.into());
                }
                let Announced { name, content_type, size, key } = file.clone();
                let new = Coming {
                    id: pen.id(),
                    inquiry: id,
                    name,
                    content_type,
                    size,
                    received: 0,
                    file: None,
                };
                Ok(uploads::begin(tx, &viewer, &key, &new, pen.at())?)
            })
            .await
    }

    /// Keeps the piece of a file that begins at byte `begins`. Answers how many bytes are here:
    /// where the next piece begins, also if this one came twice or too early.
    pub async fn continue_upload(
        &self,
        viewer: &Viewer,
        upload: UploadId,
        begins: i64,
        data: Vec<u8>,
    ) -> Result<i64, Refused> {
        let (viewer, at) = (viewer.clone(), self.now().as_microsecond());
        self.0
            .store
            .write(move |tx| {
                uploads::one(tx, &viewer, upload)?.ok_or(Refused::NotFound)?;
                if !data.is_empty() {
                    uploads::append(tx, upload, begins, &data, at)?;
                }
                let now = uploads::one(tx, &viewer, upload)?.ok_or(Refused::NotFound)?;
                Ok(now.received)
            })
            .await
    }

    /// Puts a file whose bytes are all here into her draft; once, however often it is asked for.
    /// `is_inline` says of its type whether it stands in the text.
    pub async fn finish_upload(
        &self,
        viewer: &Viewer,
        upload: UploadId,
        kind: DraftKind,
        is_inline: fn(&str) -> bool,
    ) -> Result<AttachmentId, Refused> {
        let who = viewer.clone();
        let found = self.0.reader.read(move |read| arrived(read, &who, upload)).await?;
        let (coming, blob) = found.ok_or(Refused::NotFound)?;
        match (coming.file, blob) {
            (Some(file), _) => Ok(file),
            (None, None) => Err(Refused::NotFound),
            (None, Some(blob)) => {
                let Coming { inquiry, name, content_type, .. } = coming;
                let inline = is_inline(&content_type);
                let file = Upload { name, content_type, blob, inline };
                self.put_file(viewer, inquiry, kind, file, Some(upload)).await
            }
        }
    }
}

/// A file as far as it is here, and its bytes if all are.
fn arrived(
    read: &Read<'_>,
    viewer: &Viewer,
    upload: UploadId,
) -> Result<Option<(Coming, Option<Blob>)>, StoreError> {
    let Some(coming) = uploads::one(read, viewer, upload)? else { return Ok(None) };
    let is_whole = coming.file.is_none() && coming.received == coming.size;
    let blob = if is_whole { Some(uploads::whole(read, &coming)?) } else { None };
    Ok(Some((coming, blob)))
}
