//! Letters as they came: raw, as HTML made harmless, and their files.

use torg_core::{ArrivalId, AttachmentId, Fact, MessageId, Verb, Viewer};
use torg_mail::html::{Remote, clean};
use torg_mail::{html_of, part_bytes};
use torg_store::blobs::{self, BlobHash};
use torg_store::journal::Details;
use torg_store::{Read, StoreError, arrivals, messages};

use crate::{Desk, Refused};

/// A file of a message.
#[derive(Debug, Clone)]
pub struct AttachmentFile {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// A letter's HTML, harmless.
#[derive(Debug, Clone)]
pub struct LetterHtml {
    pub html: String,
    /// How many images from elsewhere were left out.
    pub blocked_images: usize,
}

impl Desk {
    /// The raw mail of a message the viewer may see.
    pub async fn raw_message(
        &self,
        viewer: &Viewer,
        id: MessageId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let viewer = viewer.clone();
        self.0.reader.read(move |read| bytes(read, messages::raw(read, &viewer, id)?)).await
    }

    /// The raw mail of an arrival in quarantine that the viewer may see.
    pub async fn raw_arrival(
        &self,
        viewer: &Viewer,
        id: ArrivalId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let viewer = viewer.clone();
        self.0.reader.read(move |read| bytes(read, arrivals::raw(read, &viewer, id)?)).await
    }

    /// A file of a message the viewer may see.
    pub async fn attachment(
        &self,
        viewer: &Viewer,
        id: AttachmentId,
    ) -> Result<Option<AttachmentFile>, StoreError> {
        let viewer = viewer.clone();
        self.0
            .reader
            .read(move |read| {
                let Some(place) = messages::attachment(read, &viewer, id)? else {
                    return Ok(None);
                };
                let Some(raw) = blobs::get(read, &place.raw)? else {
                    return Ok(None);
                };
                let part = u32::try_from(place.part).unwrap_or(u32::MAX);
                let (name, content_type) = (place.name, place.content_type);
                Ok(part_bytes(&raw, part).map(|bytes| AttachmentFile { name, content_type, bytes }))
            })
            .await
    }

    /// A letter's HTML without anything that acts, with images from elsewhere only if asked for.
    pub async fn letter_html(
        &self,
        viewer: &Viewer,
        id: MessageId,
        images: Remote,
    ) -> Result<Option<LetterHtml>, StoreError> {
        let viewer = viewer.clone();
        self.0
            .reader
            .read(move |read| {
                let Some(raw) = bytes(read, messages::raw(read, &viewer, id)?)? else {
                    return Ok(None);
                };
                let Some(html) = html_of(&raw) else {
                    return Ok(None);
                };
                let files = messages::content_ids(read, id)?;
                let cid = |name: &str| files.get(name).map(|file| format!("/attachments/{file}"));
                let cleaned = clean(&html, cid, images);
                let blocked_images = cleaned.blocked_images;
                Ok(Some(LetterHtml { html: cleaned.html, blocked_images }))
            })
            .await
    }

    /// Files an arrival once more that is in quarantine.
    pub async fn retry_arrival(&self, viewer: &Viewer, id: ArrivalId) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                if arrivals::one(tx, &viewer, id)?.is_none() || !arrivals::retry(tx, id)? {
                    return Err(Refused::NotFound);
                }
                tx.announce(Fact::Arrival);
                tx.announce(Fact::Quarantine);
                let details = Details::default();
                Ok(pen.write_of_day(tx, Some(viewer.staff), Verb::Retried, details)?)
            })
            .await
    }
}

fn bytes(read: &Read<'_>, hash: Option<BlobHash>) -> Result<Option<Vec<u8>>, StoreError> {
    hash.map_or(Ok(None), |hash| blobs::get(read, &hash))
}
