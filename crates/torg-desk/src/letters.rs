//! Letters as they came: raw, as HTML made harmless, and their files.

use torg_core::{AttachmentId, MessageId, Viewer};
use torg_mail::html::{Remote, clean};
use torg_mail::{html_of, part_bytes, parts_bytes};
use torg_store::blobs::{self, BlobHash};
use torg_store::messages::AttachmentPlace;
use torg_store::{Read, StoreError, drafts, messages};

use crate::Desk;

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
        self.log_letter(viewer, id).await?;
        let viewer = viewer.clone();
        self.0.reader.read(move |read| bytes(read, messages::raw(read, &viewer, id)?)).await
    }

    async fn log_letter(&self, viewer: &Viewer, id: MessageId) -> Result<(), StoreError> {
        let inquiry = self.0.reader.read(move |read| messages::inquiry_of(read, id)).await?;
        match inquiry {
            Some(inquiry) => self.log_reading(viewer, inquiry).await,
            None => Ok(()),
        }
    }

    /// A file of a message the viewer may see.
    pub async fn attachment(
        &self,
        viewer: &Viewer,
        id: AttachmentId,
    ) -> Result<Option<AttachmentFile>, StoreError> {
        let who = viewer.clone();
        let place = self.0.reader.read(move |read| messages::attachment(read, &who, id)).await?;
        let Some(place) = place else {
            let who = viewer.clone();
            return self.0.reader.read(move |read| own_file(read, &who, id)).await;
        };
        self.log_reading(viewer, place.inquiry).await?;
        let Some(raw) = self.0.reader.read(move |read| blobs::get(read, &place.raw)).await? else {
            return Ok(None);
        };
        let part = u32::try_from(place.part).unwrap_or(u32::MAX);
        let (name, content_type) = (place.name, place.content_type);
        Ok(part_bytes(&raw, part).map(|bytes| AttachmentFile { name, content_type, bytes }))
    }

    /// Those of a letter's files that are there, by the number; its raw mail is read once.
    pub async fn letter_files(
        &self,
        viewer: &Viewer,
        id: MessageId,
        wanted: Vec<AttachmentId>,
    ) -> Result<Vec<(AttachmentId, AttachmentFile)>, StoreError> {
        self.log_letter(viewer, id).await?;
        let viewer = viewer.clone();
        self.0
            .reader
            .read(move |read| {
                let Some(hash) = messages::raw(read, &viewer, id)? else { return Ok(Vec::new()) };
                let mut places = Vec::new();
                for file in &wanted {
                    let place = messages::attachment(read, &viewer, *file)?;
                    places.extend(place.filter(|place| place.raw == hash).map(|it| (*file, it)));
                }
                let part = |(_, place): &(_, AttachmentPlace)| u32::try_from(place.part);
                let parts: Vec<u32> =
                    places.iter().map(|it| part(it).unwrap_or(u32::MAX)).collect();
                let raw = blobs::get(read, &hash)?.unwrap_or_default();
                let file = |((id, place), bytes): ((AttachmentId, AttachmentPlace), _)| {
                    let AttachmentPlace { name, content_type, .. } = place;
                    Some((id, AttachmentFile { name, content_type, bytes: bytes? }))
                };
                Ok(places.into_iter().zip(parts_bytes(&raw, &parts)).filter_map(file).collect())
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
        self.log_letter(viewer, id).await?;
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
}

/// A file of one of her own drafts.
fn own_file(
    read: &Read<'_>,
    viewer: &Viewer,
    id: AttachmentId,
) -> Result<Option<AttachmentFile>, StoreError> {
    let Some(file) = drafts::file_of(read, viewer, id)? else { return Ok(None) };
    let (name, content_type) = (file.name, file.content_type);
    let bytes = blobs::get(read, &file.raw)?;
    Ok(bytes.map(|bytes| AttachmentFile { name, content_type, bytes }))
}

pub(crate) fn bytes(
    read: &Read<'_>,
    hash: Option<BlobHash>,
) -> Result<Option<Vec<u8>>, StoreError> {
    hash.map_or(Ok(None), |hash| blobs::get(read, &hash))
}
