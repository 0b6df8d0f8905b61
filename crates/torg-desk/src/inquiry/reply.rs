//! Answering the citizen.

use torg_core::inquiry::ReplyRefused;
use torg_core::{
    Direction, Inquiry, InquiryId, Kind, MessageId, Position, SendState, State, Verb, Viewer,
};
use torg_store::drafts::{self, DraftKind};
use torg_store::journal::Details;
use torg_store::messages::{self, NewMessage};
use torg_store::{StoreError, Tx, blobs, inquiries};

use super::envelope::{Ready, Sending, not_ours};
use super::note::keep;
use super::{Envelope, TRIES, fits, locked, once};
use crate::answers::{filled_in, note_sent};
use crate::delegation;
use crate::filing::language_of;
use crate::pen::Pen;
use crate::sending::{self, Answer};
use crate::{Desk, Refused};

/// An answer as a colleague wrote it.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub text: String,
    /// The position of the newest message she had before her.
    pub seen: Position,
    /// Send although something newer is there, or a colleague owns it.
    pub anyway: bool,
    pub then: Then,
    /// Made by the page, so that a repeated post is one answer.
    pub key: String,
    pub envelope: Envelope,
}

/// What the inquiry is once an answer is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Then {
    /// It is the citizen's turn.
    #[default]
    Answered,
    Closed,
    /// As it was: she was only told something.
    Unchanged,
}

impl Desk {
    /// Answers the citizen: the mail is in the outbox when this returns. Sending claims what nobody
    /// owns.
    pub async fn reply(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        reply: Reply,
    ) -> Result<MessageId, Refused> {
        fits(&reply.text)?;
        filled_in(&reply.text)?;
        let marked = format!("{}\n{}", reply.text, reply.envelope.mark());
        let key = once(&reply.key, id, Direction::Out, &marked);
        let reply = Reply { key, text: reply.text.trim().to_owned(), ..reply };
        // Written beside the transaction, because files take their time; written again if somebody
        // was quicker.
        for _ in 0..TRIES {
            let pen = self.pen();
            let ready = match self.make_reply(viewer, id, &reply, &pen).await? {
                Made::Before(message) => return Ok(message),
                Made::Ready(ready) => ready,
            };
            if let Some(message) = self.send_reply(viewer, id, &reply, pen, *ready).await? {
                return Ok(message);
            }
        }
        Err(Refused::Store(StoreError::Unavailable("the inquiry changes all the time".into())))
    }

    async fn make_reply(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        reply: &Reply,
        pen: &Pen,
    ) -> Result<Made, Refused> {
        let (desk, letterhead) = (self.clone(), self.letterhead());
        let (viewer, reply, pen) = (viewer.clone(), reply.clone(), pen.clone());
        let made = self.0.reader.read(move |read| {
            let inquiry = inquiries::seen_for(read, &viewer, id)?.ok_or(Refused::NotFound)?;
            if let Some(before) = messages::by_composer(read, &reply.key)? {
                return Ok(Made::Before(before));
            }
            inquiry.reply(viewer.staff, &reply.text, reply.seen, reply.anyway)?;
            let recipients = reply.envelope.recipients()?;
            not_ours(read, recipients.as_ref())?;
            let files = desk.files_to_send(read, &viewer, &reply.envelope.files, &reply.text)?;
            let answer = Answer {
                id: pen.id(),
                viewer: &viewer,
                inquiry: &inquiry,
                text: &reply.text,
                at: pen.now,
                recipients: recipients.as_ref(),
                signs: reply.envelope.signs,
                files: &files,
            };
            let mail = sending::answer(read, &letterhead, &answer)?;
            let mail = mail.ok_or(ReplyRefused::NobodyToWriteTo)?;
            Ok(Made::Ready(Box::new(Ready::new(&pen, mail, inquiry, &files))))
        });
        made.await
    }

    /// Sends it; `None` if the inquiry is no longer what it was written for.
    async fn send_reply(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        reply: &Reply,
        pen: Pen,
        ready: Ready,
    ) -> Result<Option<MessageId>, Refused> {
        let (viewer, reply) = (viewer.clone(), reply.clone());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                if let Some(before) = messages::by_composer(tx, &reply.key)? {
                    return Ok(Some(before));
                }
                let replied = inquiry.reply(viewer.staff, &reply.text, reply.seen, reply.anyway)?;
                if !ready.fits(&inquiry) {
                    return Ok(None);
                }
                let before = drafts::before(tx, id)?.unwrap_or_default();
                if replied.claims {
                    inquiries::set_owner(tx, id, Some(viewer.staff))?;
                    pen.did(tx, &viewer, &inquiry, Verb::Claimed, Details::default())?;
                }
                let message = send(tx, &pen, &viewer, &inquiry, &reply, &ready)?;
                if reply.then != Then::Unchanged {
                    inquiries::set_state(tx, id, State::Answered)?;
                }
                let details = Details { message: Some(message), ..Details::default() };
                let line = pen.did_line(tx, &viewer, &inquiry, Verb::Replied, details)?;
                delegation::answered(tx, &pen, &inquiry, line)?;
                if reply.then == Then::Closed {
                    inquiries::set_state(tx, id, State::Closed)?;
                    pen.did(tx, &viewer, &inquiry, Verb::Closed, Details::default())?;
                }
                let sending = Sending {
                    viewer: &viewer,
                    inquiry: id,
                    message,
                    kind: DraftKind::Reply,
                    text: &reply.text,
                    envelope: &reply.envelope,
                    letter: None,
                    left_out: &[],
                };
                sending.keep_with(tx, &ready)?;
                sending.leave_draft(tx, &pen, before)?;
                note_sent(tx, &pen, &viewer, id, (message, &reply.text))?;
                Ok(Some(message))
            })
            .await
    }
}

/// What came of making a letter.
#[derive(Debug)]
pub(super) enum Made {
    Ready(Box<Ready>),
    /// A post that was repeated.
    Before(MessageId),
}

/// Keeps the answer and puts it in the outbox.
fn send(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    inquiry: &Inquiry,
    reply: &Reply,
    ready: &Ready,
) -> Result<MessageId, Refused> {
    let message = NewMessage {
        composer_key: Some(reply.key.clone()),
        ..outgoing(pen, viewer, inquiry, &reply.text, ready)
    };
    put_out(tx, pen, &message, inquiry, ready)?;
    inquiries::set_trouble(tx, inquiry.id, false)?;
    Ok(message.id)
}

/// A letter of ours as a message.
pub(super) fn outgoing(
    pen: &Pen,
    viewer: &Viewer,
    inquiry: &Inquiry,
    text: &str,
    ready: &Ready,
) -> NewMessage {
    let mail = &ready.mail;
    NewMessage {
        id: mail.id,
        inquiry: inquiry.id,
        position: inquiry.messages + 1,
        direction: Direction::Out,
        kind: Kind::Human,
        staff: Some(viewer.staff),
        contact_point: None,
        author: viewer.name.clone(),
        address: mail.recipients.all().next().map(|one| one.address.to_string()),
        subject: mail.subject.clone(),
        body: text.to_owned(),
        quoted: String::new(),
        language: language_of(text),
        has_html: false,
        raw: Some(ready.raw.hash()),
        mail_id: Some(mail.mail_id.clone()),
        composer_key: None,
        at: pen.at(),
        send_state: SendState::Waiting,
    }
}

/// Keeps a letter of ours, and puts it in the outbox.
pub(super) fn put_out(
    tx: &mut Tx<'_>,
    pen: &Pen,
    message: &NewMessage,
    inquiry: &Inquiry,
    ready: &Ready,
) -> Result<(), StoreError> {
    // One reference for the message, one for the outbox.
    blobs::put(tx, &ready.raw)?;
    blobs::put(tx, &ready.raw)?;
    keep(tx, message, inquiry, ready.attachments.iter().any(|file| !file.is_inline))?;
    let (sender, everybody) = (ready.mail.sender.clone(), ready.mail.everybody());
    sending::enqueue(tx, pen, Some(message.id), Some(sender), everybody, ready.raw.hash())
}
