//! Answering the citizen.

use torg_core::{
    Direction, Inquiry, InquiryId, Kind, MessageId, Position, SendState, State, Verb, Viewer,
};
use torg_store::blobs::{self, Blob};
use torg_store::journal::Details;
use torg_store::messages::{self, NewMessage};
use torg_store::{Tx, inquiries};

use super::note::keep;
use super::{fits, locked, once};
use crate::filing::language_of;
use crate::pen::Pen;
use crate::sending::{self, Answer, Letterhead};
use crate::{Desk, Refused};

/// An answer as a colleague wrote it.
#[derive(Debug, Clone)]
pub struct Reply {
    pub text: String,
    /// The position of the newest message she had before her.
    pub seen: Position,
    /// Send although something newer is there, or a colleague owns it.
    pub anyway: bool,
    /// Close the inquiry with this answer.
    pub close: bool,
    /// Made by the page, so that a repeated post is one answer.
    pub key: String,
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
        let key = once(&reply.key, id, Direction::Out, &reply.text);
        let reply = Reply { key, ..reply };
        let (viewer, pen, letterhead) = (viewer.clone(), self.pen(), self.letterhead());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                if let Some(before) = messages::by_composer(tx, &reply.key)? {
                    return Ok(before);
                }
                let replied = inquiry.reply(viewer.staff, &reply.text, reply.seen, reply.anyway)?;
                if replied.claims {
                    inquiries::set_owner(tx, id, Some(viewer.staff))?;
                    pen.did(tx, &viewer, &inquiry, Verb::Claimed, Details::default())?;
                }
                let message = send(tx, &pen, &letterhead, &viewer, &inquiry, &reply)?;
                let state = if reply.close { State::Closed } else { State::Answered };
                inquiries::set_state(tx, id, state)?;
                let details = Details { message: Some(message), ..Details::default() };
                pen.did(tx, &viewer, &inquiry, Verb::Replied, details)?;
                if reply.close {
                    pen.did(tx, &viewer, &inquiry, Verb::Closed, Details::default())?;
                }
                Ok(message)
            })
            .await
    }
}

/// Keeps the answer and puts it in the outbox.
fn send(
    tx: &mut Tx<'_>,
    pen: &Pen,
    letterhead: &Letterhead,
    viewer: &Viewer,
    inquiry: &Inquiry,
    reply: &Reply,
) -> Result<MessageId, Refused> {
    let id: MessageId = pen.id();
    let answer = Answer { id, viewer, inquiry, text: reply.text.trim(), at: pen.now };
    let mail = sending::answer(tx, letterhead, &answer)?
        .ok_or(torg_core::inquiry::ReplyRefused::NobodyToWriteTo)?;
    let raw = Blob::prepare(&mail.raw);
    // One reference for the message, one for the outbox.
    blobs::put(tx, &raw)?;
    blobs::put(tx, &raw)?;
    let message = NewMessage {
        id,
        inquiry: inquiry.id,
        position: inquiry.messages + 1,
        direction: Direction::Out,
        kind: Kind::Human,
        staff: Some(viewer.staff),
        contact_point: None,
        author: viewer.name.clone(),
        address: Some(mail.recipient.clone()),
        subject: mail.subject.clone(),
        body: reply.text.trim().to_owned(),
        quoted: String::new(),
        language: language_of(&reply.text),
        has_html: false,
        raw: Some(raw.hash()),
        mail_id: Some(mail.mail_id.clone()),
        composer_key: Some(reply.key.clone()),
        at: pen.at(),
        send_state: SendState::Waiting,
    };
    keep(tx, &message, inquiry)?;
    inquiries::set_trouble(tx, inquiry.id, false)?;
    sending::enqueue(tx, pen, Some(id), Some(mail.sender), mail.recipient, raw.hash())?;
    Ok(id)
}
