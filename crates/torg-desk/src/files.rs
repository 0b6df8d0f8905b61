//! Reading the files of messages, so that the search finds what stands in them.
//!
//! Filing never waits for it. One node reads at a time, a message a round, the longest waiting
//! first; what cannot be read is said in the log once and left.

mod pdf;

pub use pdf::PdfReader;

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;
use torg_core::AttachmentId;
use torg_mail::{FileText, file_text};
use torg_store::files::{self, Unread, Waiting};
use torg_store::{StoreError, blobs, inquiries, jobs};
use tracing::{error, info};

use crate::Desk;
use crate::filing::index_files;
use crate::work::{LOOK, REST};

/// The lease on reading files.
pub(crate) const READING: &str = "files";
/// Reading is one node's work; another takes over when this lapses, so it is longer than a round:
/// [`MOST_FILES`] PDF files that never end.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// So many files of a message are read.
const MOST_FILES: usize = 20;
/// So many bytes of a file's text are kept.
const MOST_TEXT: usize = 200_000;

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
enum Unreadable {
    #[error("its bytes are not there")]
    Gone,
    #[error("only the first {MOST_FILES} files of a message are read")]
    TooMany,
    #[error("reading it broke off")]
    Broken,
    #[error(transparent)]
    Pdf(#[from] pdf::Unreadable),
}

impl Desk {
    /// Reads files as they come, until stopped.
    pub(crate) async fn read_files_on(self, stop: CancellationToken) {
        loop {
            // Whoever stops does not wait for a file: it is read again after the next start.
            let read = tokio::select! {
                () = stop.cancelled() => return self.let_go(READING).await,
                read = self.read_files() => read,
            };
            let rest = match read {
                Ok(_) => LOOK,
                Err(failure) => {
                    error!(error = %failure, "Reading files rests: {failure}");
                    REST
                }
            };
            tokio::select! {
                () = stop.cancelled() => return self.let_go(READING).await,
                () = self.0.bus.files() => {}
                () = tokio::time::sleep(rest) => {}
            }
        }
    }

    /// Reads every file that waits, if no other node does; how many there were.
    ///
    /// # Errors
    /// When the database does not answer; what waits goes on waiting.
    pub async fn read_files(&self) -> Result<usize, StoreError> {
        let mut count = 0;
        // Looking costs nothing; holding writes, and at rest nothing should.
        while let Some(waiting) = self.0.reader.read(files::waiting).await? {
            if !self.begin_reading(&waiting).await? {
                break;
            }
            count += waiting.files.len();
            self.read_message(waiting).await?;
        }
        Ok(count)
    }

    /// Takes or keeps the lease, and one try of each file; `false` while another node reads.
    async fn begin_reading(&self, waiting: &Waiting) -> Result<bool, StoreError> {
        let (now, until) = (self.now().as_microsecond(), (self.now() + LEASE).as_microsecond());
        let (holder, message) = (self.0.holder.clone(), waiting.message);
        let begun = self.0.store.write_bulk(move |tx| {
            let is_ours = jobs::hold(tx, READING, &holder, now, until)?;
            if is_ours {
                files::begin(tx, message)?;
            }
            Ok(is_ours)
        });
        begun.await
    }

    async fn read_message(&self, waiting: Waiting) -> Result<(), StoreError> {
        let Waiting { message, inquiry, raw, files } = waiting;
        let raw = self.0.reader.read(move |read| blobs::get(read, &raw)).await?;
        let raw: std::sync::Arc<[u8]> = raw.unwrap_or_default().into();
        let mut texts: Vec<(AttachmentId, Option<String>)> = Vec::new();
        for (place, file) in files.into_iter().enumerate() {
            let id = file.id;
            let text = match place < MOST_FILES {
                true => self.text_of(raw.clone(), file).await,
                false => Err(Unreadable::TooMany),
            };
            if let Err(why) = &text {
                info!(attachment.id = %id, "The search does not know what stands in file {id}: {why}");
            }
            texts.push((id, text.ok()));
        }
        let kept = self.0.store.write_bulk(move |tx| {
            // Locked, so that nobody puts it behind another wall meanwhile.
            let Some(inquiry) = inquiries::locked_for_torg(tx, inquiry)? else { return Ok(()) };
            let mut is_there = false;
            for (id, text) in &texts {
                is_there |= files::keep(tx, *id, text.as_deref())?;
            }
            if is_there {
                index_files(tx, message, inquiry.wall)?;
            }
            Ok(())
        });
        kept.await
    }

    async fn text_of(&self, raw: std::sync::Arc<[u8]>, file: Unread) -> Result<String, Unreadable> {
        let part = u32::try_from(file.part).map_err(|_| Unreadable::Gone)?;
        let read = move || file_text(&raw, part, &file.name);
        let found = tokio::task::spawn_blocking(read).await.map_err(|_| Unreadable::Broken)?;
        Ok(shortened(match found.ok_or(Unreadable::Gone)? {
            FileText::Text(text) => text,
            FileText::Pdf(bytes) => self.0.pdf_reader.read(bytes).await?,
        }))
    }
}

/// Words beyond the bound are not found.
fn shortened(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(MOST_TEXT));
    text
}
