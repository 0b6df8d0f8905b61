//! The files of an answer: put on it and taken off, each time as a version, and given to a draft
//! when the answer is put in.

use torg_core::answers::{AnswerFile, StandardAnswer};
use torg_core::{AnswerId, AttachmentId, Inquiry, Viewer};
use torg_mail::compose::OutgoingFile;
use torg_store::answers::{self, AnswerRow};
use torg_store::blobs::{self, Blob};
use torg_store::drafts::{self, DraftFile, DraftKind};
use torg_store::{Read, StoreError, Tx};

use super::{AnswerNotKept, begin, keep, locked};
use crate::drafts::own;
use crate::pen::Pen;
use crate::{AttachmentFile, Desk, FileLimits, Refused, Upload};

impl Desk {
    /// Puts files on an answer. One with the bytes and the name of another is the same.
    pub async fn add_answer_files(
        &self,
        viewer: &Viewer,
        id: AnswerId,
        uploads: Vec<Upload>,
    ) -> Result<(), AnswerNotKept> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let old = locked(tx, &viewer, id)?;
                let answer = with_files(old.answer.clone(), &uploads).checked()?;
                keep(tx, &pen, &viewer, &old, &answer, None)?;
                Ok(hold_all(tx, id, &uploads)?)
            })
            .await
    }

    /// Takes a file off an answer; older versions still have it.
    pub async fn drop_answer_file(
        &self,
        viewer: &Viewer,
        id: AnswerId,
        file: AnswerFile,
    ) -> Result<(), AnswerNotKept> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let old = locked(tx, &viewer, id)?;
                let mut answer = old.answer.clone();
                answer.files.retain(|one| *one != file);
                keep(tx, &pen, &viewer, &old, &answer, None)
            })
            .await
    }

    /// Keeps a new answer with files of a letter she sees or of what she writes.
    pub async fn keep_answer_with(
        &self,
        viewer: &Viewer,
        answer: StandardAnswer,
        files: Vec<AttachmentId>,
    ) -> Result<AnswerId, AnswerNotKept> {
        let mut uploads = Vec::new();
        for id in files {
            let file = self.attachment(viewer, id).await?.ok_or(AnswerNotKept::NotFound)?;
            let AttachmentFile { name, content_type, bytes } = file;
            let blob = Blob::prepare(&bytes);
            uploads.push(Upload { name, content_type, blob, inline: false });
        }
        let answer = with_files(answer, &uploads).checked()?;
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let id = begin(tx, &pen, &viewer, None, &answer)?.id;
                hold_all(tx, id, &uploads)?;
                Ok(id)
            })
            .await
    }

    /// A file of an answer she may know of, as the answer is now.
    pub async fn answer_file(
        &self,
        viewer: &Viewer,
        id: AnswerId,
        hash: String,
    ) -> Result<Option<AttachmentFile>, StoreError> {
        let viewer = viewer.clone();
        let read = move |read: &Read<'_>| {
            let Some(row) = answers::one(read, &viewer, id)? else { return Ok(None) };
            let file = row.answer.files.into_iter().find(|file| file.hash == hash);
            let Some(file) = file else { return Ok(None) };
            let AnswerFile { name, content_type, .. } = file.clone();
            let bytes = bytes_of(read, id, &file)?;
            Ok(bytes.map(|bytes| AttachmentFile { name, content_type, bytes }))
        };
        self.0.reader.read(read).await
    }
}

/// The answer with files that it did not have.
pub(super) fn with_files(mut answer: StandardAnswer, uploads: &[Upload]) -> StandardAnswer {
    for upload in uploads {
        let file = AnswerFile {
            name: upload.name.clone(),
            content_type: upload.content_type.clone(),
            size: upload.blob.size(),
            hash: upload.blob.hash().to_string(),
        };
        let is_there = |one: &AnswerFile| (&one.hash, &one.name) == (&file.hash, &file.name);
        if !answer.files.iter().any(is_there) {
            answer.files.push(file);
        }
    }
    answer
}

pub(super) fn hold_all(
    tx: &mut Tx<'_>,
    id: AnswerId,
    uploads: &[Upload],
) -> Result<(), StoreError> {
    uploads.iter().try_for_each(|upload| answers::hold_file(tx, id, &upload.blob))
}

/// The bytes of a file that an answer has or had; `None` if they are damaged.
pub(super) fn bytes_of(
    read: &Read<'_>,
    id: AnswerId,
    file: &AnswerFile,
) -> Result<Option<Vec<u8>>, StoreError> {
    match answers::held_file(read, id, &file.hash)? {
        Some(hash) => blobs::sound(read, &hash),
        None => Ok(None),
    }
}

/// The files of an answer, to be sent by Torg itself; `None` if one cannot be read.
pub(crate) fn files_to_send(
    read: &Read<'_>,
    id: AnswerId,
    answer: &StandardAnswer,
) -> Result<Option<Vec<OutgoingFile>>, StoreError> {
    let mut files = Vec::new();
    for file in &answer.files {
        let Some(bytes) = bytes_of(read, id, file)? else { return Ok(None) };
        let (name, content_type) = (file.name.clone(), file.content_type.clone());
        files.push(OutgoingFile { name, content_type, bytes, content_id: None });
    }
    Ok(Some(files))
}

/// Gives the answer's files to her draft of a kind, which is begun with them if there is none.
/// Those that a mail has no room for are left out: whether there are any.
pub(super) fn give_files(
    tx: &mut Tx<'_>,
    pen: &Pen,
    (viewer, inquiry): (&Viewer, &Inquiry),
    kind: DraftKind,
    row: &AnswerRow,
    limits: FileLimits,
) -> Result<bool, Refused> {
    let mut left_out = false;
    for file in &row.answer.files {
        let draft = own(tx, pen, viewer, inquiry, kind)?;
        let (count, bytes) = drafts::total(tx, draft.id)?;
        let has_room = usize::try_from(count).is_ok_and(|count| count < limits.files)
            && usize::try_from(bytes + file.size).is_ok_and(|bytes| bytes <= limits.bytes);
        match answers::held_file(tx, row.id, &file.hash)?.filter(|_| has_room) {
            Some(raw) => drafts::share_file(tx, draft.id, &shared(pen, file, raw))?,
            None => left_out = true,
        }
    }
    Ok(left_out)
}

fn shared(pen: &Pen, file: &AnswerFile, raw: blobs::BlobHash) -> DraftFile {
    let AnswerFile { name, content_type, size, .. } = file.clone();
    DraftFile { id: pen.id(), name, content_type, size, raw, inline: false }
}
