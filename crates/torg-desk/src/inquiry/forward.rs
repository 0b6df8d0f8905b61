//! Sending a letter on to somebody else. Whose turn it is stays as it was.

use torg_core::inquiry::ForwardRefused;
use torg_core::{AttachmentId, Direction, InquiryId, Kind, MessageId, Verb, Viewer};
use torg_mail::compose::OutgoingFile;
use torg_mail::parts_bytes;
use torg_store::drafts::{self, DraftKind};
use torg_store::journal::Details;
use torg_store::messages::{self, NewMessage, Passed};
use torg_store::{Read, StoreError, blobs, inquiries, merging};

use super::envelope::{Ready, Sending, not_ours};
use super::reply::{Made, outgoing, put_out};
use super::{Envelope, TRIES, fits, locked, once};
use crate::answers::filled_in;
use crate::drafts::FileRefused;
use crate::pen::Pen;
use crate::sending::{self, Answer};
use crate::{Desk, Refused};

/// A letter to be sent on.
#[derive(Debug, Clone, Default)]
pub struct Forward {
    /// A word of one's own; may be empty.
    pub text: String,
    /// The letter; `None` for the newest.
    pub letter: Option<MessageId>,
    /// Files of the letter that do not go along.
    pub left_out: Vec<AttachmentId>,
    /// She knows that it leaves its wall.
    pub opens: bool,
    /// Made by the page, so that a repeated post is one letter.
    pub key: String,
    pub envelope: Envelope,
}

impl Desk {
    /// Sends a letter on: the mail is in the outbox when this returns.
    pub async fn forward(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        forward: Forward,
    ) -> Result<MessageId, Refused> {
        fits(&forward.text)?;
        filled_in(&forward.text)?;
        let (letter, left_out) = (forward.letter, &forward.left_out);
        let mark = forward.envelope.mark();
        let marked = format!("forward\n{letter:?} {left_out:?}\n{}\n{mark}", forward.text);
        let key = once(&forward.key, id, Direction::Out, &marked);
        let forward = Forward { key, text: forward.text.trim().to_owned(), ..forward };
        for _ in 0..TRIES {
            let pen = self.pen();
            let ready = match self.make_forward(viewer, id, &forward, &pen).await? {
                Made::Before(message) => return Ok(message),
                Made::Ready(ready) => ready,
            };
            if let Some(message) = self.send_forward(viewer, id, &forward, pen, *ready).await? {
                return Ok(message);
            }
        }
        Err(Refused::Store(StoreError::Unavailable("the inquiry changes all the time".into())))
    }

    async fn make_forward(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        forward: &Forward,
        pen: &Pen,
    ) -> Result<Made, Refused> {
        let (desk, letterhead) = (self.clone(), self.letterhead());
        let (viewer, forward, pen) = (viewer.clone(), forward.clone(), pen.clone());
        let made = self.0.reader.read(move |read| {
            let inquiry = inquiries::seen_for(read, &viewer, id)?.ok_or(Refused::NotFound)?;
            if let Some(before) = messages::by_composer(read, &forward.key)? {
                return Ok(Made::Before(before));
            }
            inquiry.forward(forward.opens)?;
            let to = Some(forward.envelope.to.clone().unwrap_or_default());
            let recipients = Envelope { to, ..forward.envelope.clone() }.recipients()?;
            not_ours(read, recipients.as_ref())?;
            let letter = letter(read, id, forward.letter)?.ok_or(ForwardRefused::NoLetter)?;
            let mut files =
                desk.files_to_send(read, &viewer, &forward.envelope.files, &forward.text)?;
            files.extend(files_of(read, &letter, &forward.left_out)?);
            let answer = Answer {
                id: pen.id(),
                viewer: &viewer,
                inquiry: &inquiry,
                text: &forward.text,
                at: pen.now,
                recipients: recipients.as_ref(),
                signs: forward.envelope.signs,
                files: &files,
            };
            let mail = sending::forward(read, &letterhead, &answer, &letter)?;
            let mail = mail.ok_or(ForwardRefused::NoLetter)?;
            Ok(Made::Ready(Box::new(Ready::new(&pen, mail, inquiry, &files))))
        });
        made.await
    }

    async fn send_forward(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        forward: &Forward,
        pen: Pen,
        ready: Ready,
    ) -> Result<Option<MessageId>, Refused> {
        let (viewer, forward) = (viewer.clone(), forward.clone());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                if let Some(before) = messages::by_composer(tx, &forward.key)? {
                    return Ok(Some(before));
                }
                inquiry.forward(forward.opens)?;
                if !ready.fits(&inquiry) {
                    return Ok(None);
                }
                let before = drafts::before(tx, id)?.unwrap_or_default();
                let message = NewMessage {
                    kind: Kind::Forward,
                    composer_key: Some(forward.key.clone()),
                    ..outgoing(&pen, &viewer, &inquiry, &forward.text, &ready)
                };
                put_out(tx, &pen, &message, &inquiry, &ready)?;
                let details = Details { message: Some(message.id), ..Details::default() };
                pen.did(tx, &viewer, &inquiry, Verb::Forwarded, details)?;
                let sending = Sending {
                    viewer: &viewer,
                    inquiry: id,
                    message: message.id,
                    kind: DraftKind::Forward,
                    text: &forward.text,
                    envelope: &forward.envelope,
                    letter: forward.letter,
                    left_out: &forward.left_out,
                };
                sending.keep_with(tx, &ready)?;
                sending.leave_draft(tx, &pen, before)?;
                Ok(Some(message.id))
            })
            .await
    }
}

/// The letter that is sent on, if it lies in this inquiry or in one that was merged into it.
fn letter(
    read: &Read<'_>,
    inquiry: InquiryId,
    chosen: Option<MessageId>,
) -> Result<Option<Passed>, StoreError> {
    let id = match chosen {
        Some(id) => Some(id),
        None => drafts::newest_letter(read, inquiry)?,
    };
    let Some(id) = id else { return Ok(None) };
    let lies_in = messages::inquiry_of(read, id)?.filter(|place| *place != inquiry);
    let place = match lies_in {
        Some(place) if merging::merged_into(read, inquiry)?.contains(&place) => place,
        _ => inquiry,
    };
    messages::passed(read, place, id)
}

/// Its files but those left out, read from its raw mail.
///
/// # Errors
/// [`FileRefused::Unreadable`]: a letter never goes on without a file that she sees beside it.
fn files_of(
    read: &Read<'_>,
    letter: &Passed,
    left_out: &[AttachmentId],
) -> Result<Vec<OutgoingFile>, Refused> {
    let wanted: Vec<_> = letter.files.iter().filter(|file| !left_out.contains(&file.0)).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let raw = match &letter.raw {
        Some(raw) => blobs::sound(read, raw)?.unwrap_or_default(),
        None => Vec::new(),
    };
    let parts: Vec<u32> =
        wanted.iter().map(|(_, part, ..)| u32::try_from(*part).unwrap_or(u32::MAX)).collect();
    let file = |(file, bytes): (&(AttachmentId, i64, String, String), Option<Vec<u8>>)| {
        let (_, _, name, content_type) = file;
        let bytes = bytes.ok_or_else(|| FileRefused::Unreadable { name: name.clone() })?;
        let (name, content_type) = (name.clone(), content_type.clone());
        Ok(OutgoingFile { name, content_type, bytes, content_id: None })
    };
    wanted.into_iter().zip(parts_bytes(&raw, &parts)).map(file).collect()
}
