//! Drafts: what a colleague is writing is kept on the server while she writes.

mod discarding;
mod uploads;

pub(crate) use discarding::give_back;
pub use uploads::Announced;

use torg_core::{AttachmentId, Fact, Inquiry, InquiryId, UploadId, Viewer};
use torg_store::blobs::Blob;
use torg_store::drafts::{self, Draft, DraftKind, NewDraftFile, Written, uploads as coming};
use torg_store::{StoreError, Tx, merging, messages};

use crate::inquiry::{fits, locked};
use crate::pen::Pen;
use crate::{Desk, Refused};

/// What a composer asks to be kept.
#[derive(Debug, Clone, Default)]
pub struct Saving {
    pub kind: DraftKind,
    pub written: Written,
    /// The version this composer knows; 0 for none.
    pub version: i64,
    /// The composer's key: tells her windows apart.
    pub composer: String,
    /// She began it as another kind of letter; a note never becomes one, nor a letter a note.
    pub moved_from: Option<DraftKind>,
}

/// How a draft was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// As the draft, which has this version now.
    Kept { version: i64 },
    /// Beside the draft, because another window of hers has saved another text.
    Beside { version: i64 },
    /// There was nothing to keep, and there is no draft now.
    Empty,
}

/// A file to be put into a draft.
#[derive(Debug, Clone)]
pub struct Upload {
    pub name: String,
    pub content_type: String,
    pub blob: Blob,
    /// A picture to stand in the text.
    pub inline: bool,
}

/// How much may go along with a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    pub files: usize,
    /// All files together, in bytes.
    pub bytes: usize,
}

/// Why a file was not taken, or a letter did not leave because of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileRefused {
    #[error("more than {most} files")]
    TooMany { most: usize },
    /// Together the files would be more than a mail may carry.
    #[error("more than {most} bytes together")]
    TooLarge { most: usize },
    /// A file that was to go along is in none of her drafts any more.
    #[error("a file is gone")]
    Gone,
    /// The bytes of a file that is to go along cannot be read.
    #[error("the file {name} cannot be read")]
    Unreadable { name: String },
}

/// What becomes of a text that another window saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It becomes the draft; what the draft was is kept beside it.
    Use,
    Drop,
}

/// More files than this are more than anybody opens.
const MOST_FILES: usize = 200;

impl Desk {
    /// How much may go along with a letter: what a mail may be, less its text, and less a quarter
    /// because files travel as text (RFC 2045, 6.8: 76 characters and a line end carry 57 bytes).
    pub fn file_limits(&self) -> FileLimits {
        const FOR_TEXT: usize = 1 << 20;
        let most = self.0.most_mail_bytes.saturating_sub(FOR_TEXT);
        FileLimits { files: MOST_FILES, bytes: most / 78 * 57 }
    }

    /// Keeps what is written now. Whatever another window of hers saved meanwhile stays too.
    pub async fn save_draft(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        saving: Saving,
    ) -> Result<Saved, Refused> {
        fits(&saving.written.body)?;
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                // Her page may be open on what was merged meanwhile.
                let inquiry = locked(tx, &viewer, merging::root(tx, id)?)?;
                let mut saving = saving.clone();
                saving.written.letter =
                    drafts::letter_here(tx, &viewer, inquiry.id, saving.written.letter)?;
                Ok(save(tx, &pen, &viewer, &inquiry, &saving)?)
            })
            .await
    }

    /// Puts a file into her draft, which is begun with it if there is none.
    pub async fn add_draft_file(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        kind: DraftKind,
        upload: Upload,
    ) -> Result<AttachmentId, Refused> {
        self.put_file(viewer, id, kind, upload, None).await
    }

    /// The same, and `from` is where its pieces came; what has become a file already stays that.
    async fn put_file(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        kind: DraftKind,
        upload: Upload,
        from: Option<UploadId>,
    ) -> Result<AttachmentId, Refused> {
        let (viewer, pen, limits) = (viewer.clone(), self.pen(), self.file_limits());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                let before = match from {
                    Some(from) => coming::one(tx, &viewer, from)?.and_then(|come| come.file),
                    None => None,
                };
                if let Some(file) = before {
                    return Ok(file);
                }
                let draft = own(tx, &pen, &viewer, &inquiry, kind)?;
                let (count, bytes) = drafts::total(tx, draft.id)?;
                let most = i64::try_from(limits.bytes).unwrap_or(i64::MAX);
                if usize::try_from(count).unwrap_or(usize::MAX) >= limits.files {
                    return Err(FileRefused::TooMany { most: limits.files }.into());
                }
                if bytes.saturating_add(upload.blob.size()) > most {
                    return Err(FileRefused::TooLarge { most: limits.bytes }.into());
                }
                let Upload { name, content_type, blob, inline } = upload.clone();
                let new = NewDraftFile { id: pen.id(), name, content_type, blob, inline };
                drafts::add_file(tx, draft.id, &new)?;
                if let Some(from) = from {
                    coming::became(tx, from, new.id)?;
                }
                Ok(new.id)
            })
            .await
    }

    /// Takes a file out of her draft.
    pub async fn drop_draft_file(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        kind: DraftKind,
        file: AttachmentId,
    ) -> Result<(), Refused> {
        let viewer = viewer.clone();
        self.0
            .store
            .write(move |tx| {
                locked(tx, &viewer, id)?;
                if let Some(draft) = drafts::one(tx, viewer.staff, id, kind)? {
                    drafts::drop_file(tx, draft.id, file)?;
                }
                Ok(())
            })
            .await
    }

    /// Decides between two windows' texts.
    pub async fn choose_version(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        kind: DraftKind,
        composer: String,
        choice: Choice,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                locked(tx, &viewer, id)?;
                let Some(draft) = drafts::one(tx, viewer.staff, id, kind)? else { return Ok(()) };
                let chosen = drafts::drop_version(tx, draft.id, &composer)?;
                let Some(body) = chosen.filter(|_| choice == Choice::Use) else { return Ok(()) };
                let beside = format!("was-{}", draft.version);
                drafts::keep_version(tx, draft.id, &beside, &draft.written.body, pen.at())?;
                let written = Written { body, ..draft.written };
                drafts::save(tx, draft.id, kind, &written, "", pen.at())?;
                Ok(())
            })
            .await
    }
}

fn save(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    inquiry: &Inquiry,
    saving: &Saving,
) -> Result<Saved, StoreError> {
    let Saving { kind, written, version, .. } = saving;
    let Some(before) = begun(tx, viewer, inquiry, saving)? else {
        return begin(tx, pen, viewer, inquiry, saving);
    };
    let is_blank = written.body.trim().is_empty();
    let theirs = before.written.body.trim();
    let agrees = before.version == *version
        || before.composer == saving.composer
        || theirs.is_empty()
        || before.written.body == written.body;
    if !agrees {
        if !is_blank {
            drafts::keep_version(tx, before.id, &saving.composer, &written.body, pen.at())?;
        }
        return Ok(Saved::Beside { version: before.version });
    }
    let holds_nothing =
        drafts::total(tx, before.id)?.0 == 0 && drafts::versions(tx, before.id)?.is_empty();
    if is_blank && holds_nothing {
        drafts::remove(tx, before.id)?;
        tx.announce(Fact::Presence { inquiry: inquiry.id, wall: inquiry.wall });
        return Ok(Saved::Empty);
    }
    let version = drafts::save(tx, before.id, *kind, written, &saving.composer, pen.at())?;
    Ok(Saved::Kept { version })
}

/// The draft that is saved to: of this kind, or the letter she began as another.
fn begun(
    tx: &Tx<'_>,
    viewer: &Viewer,
    inquiry: &Inquiry,
    saving: &Saving,
) -> Result<Option<Draft>, StoreError> {
    match drafts::one(tx, viewer.staff, inquiry.id, saving.kind)? {
        Some(draft) => Ok(Some(draft)),
        None => match saving.moved_from.filter(|from| {
            let kinds = [*from, saving.kind];
            *from != saving.kind && !kinds.contains(&DraftKind::Note)
        }) {
            Some(from) => drafts::one(tx, viewer.staff, inquiry.id, from),
            None => Ok(None),
        },
    }
}

fn begin(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    inquiry: &Inquiry,
    saving: &Saving,
) -> Result<Saved, StoreError> {
    // A save that comes after the letter was sent would make a draft of what is a letter now.
    let body = saving.written.body.trim();
    let is_sent = || messages::is_newest(tx, inquiry, viewer.staff, body);
    if body.is_empty() || is_sent()? {
        return Ok(Saved::Empty);
    }
    let new = Draft {
        composer: saving.composer.clone(),
        ..new_draft(pen, inquiry.id, saving.kind, saving.written.clone())
    };
    drafts::insert(tx, viewer.staff, &new, None)?;
    tx.announce(Fact::Presence { inquiry: inquiry.id, wall: inquiry.wall });
    Ok(Saved::Kept { version: new.version })
}

/// What anybody has begun to write in `from` is to be written on in `to`; where she has begun
/// something there too, one stays beside the other.
pub(crate) fn move_all(tx: &mut Tx<'_>, from: InquiryId, to: InquiryId) -> Result<(), StoreError> {
    for (staff, moved) in drafts::begun_in(tx, from)? {
        match drafts::one(tx, staff, to, moved.kind)? {
            None => drafts::move_to(tx, moved.id, to)?,
            Some(there) => lay_beside(tx, &moved, &there)?,
        }
    }
    drafts::move_discarded(tx, from, to)
}

fn lay_beside(tx: &mut Tx<'_>, moved: &Draft, there: &Draft) -> Result<(), StoreError> {
    drafts::move_files(tx, moved.id, there.id)?;
    for version in drafts::versions(tx, moved.id)? {
        drafts::keep_version(tx, there.id, &version.composer, &version.body, version.at)?;
    }
    if !moved.written.body.trim().is_empty() {
        // Under its window's key, so that what that window saves from now on takes its place.
        let window = Some(moved.composer.clone()).filter(|key| !key.is_empty());
        let beside = window.unwrap_or_else(|| format!("merged-{}", moved.id));
        drafts::keep_version(tx, there.id, &beside, &moved.written.body, moved.at)?;
    }
    drafts::remove(tx, moved.id)
}

/// Her draft of a kind; an empty one if there is none.
pub(crate) fn own(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    inquiry: &Inquiry,
    kind: DraftKind,
) -> Result<Draft, StoreError> {
    if let Some(draft) = drafts::one(tx, viewer.staff, inquiry.id, kind)? {
        return Ok(draft);
    }
    let new = new_draft(pen, inquiry.id, kind, Written::default());
    drafts::insert(tx, viewer.staff, &new, None)?;
    Ok(new)
}

pub(crate) fn new_draft(pen: &Pen, inquiry: InquiryId, kind: DraftKind, written: Written) -> Draft {
    let composer = String::new();
    Draft { id: pen.id(), inquiry, kind, version: 1, composer, written, at: pen.at() }
}
