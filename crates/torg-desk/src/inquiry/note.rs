//! Internal notes: for colleagues, never sent.

use torg_core::mention::mentioned;
use torg_core::{
    Direction, InquiryId, Kind, MessageId, NoticeKind, SendState, StaffId, Verb, Viewer,
};
use torg_store::drafts::{Before, DraftKind};
use torg_store::inquiries::Appended;
use torg_store::journal::Details;
use torg_store::messages::{self, NewMessage};
use torg_store::{StoreError, Tx, follows, inquiries, staff};

use super::envelope::Sending;
use super::{Envelope, fits, locked, once};
use crate::filing::{index_message, language_of, snippet};
use crate::notices::News;
use crate::pen::Pen;
use crate::{Desk, Refused};
use torg_mail::html::markup_to_text;

impl Desk {
    /// Writes an internal note. `key` is made by the page, so that a repeated post is one note;
    /// `version` is that of the draft it was written in, 0 for none.
    pub async fn note(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        text: String,
        key: String,
        version: i64,
    ) -> Result<MessageId, Refused> {
        fits(&text)?;
        if text.trim().is_empty() {
            return Err(Refused::Empty);
        }
        let key = once(&key, id, Direction::Note, &text);
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                if let Some(before) = messages::by_composer(tx, &key)? {
                    return Ok(before);
                }
                let note = note(&pen, &viewer, &inquiry, text.trim(), &key);
                keep(tx, &note, &inquiry, false)?;
                let follow = mention(tx, &pen, &viewer, &note)?;
                let before = Before { follow, ..Before::default() };
                leave_draft(tx, &pen, &viewer, &note, version, before)?;
                let details = Details { message: Some(note.id), ..Details::default() };
                pen.did(tx, &viewer, &inquiry, Verb::Noted, details)?;
                Ok(note.id)
            })
            .await
    }
}

/// For how many seconds a note can be taken back: a little longer than pages offer it.
pub(super) const HELD_SECONDS: i64 = 60;

/// Whoever is named in a note is told so, and follows the inquiry from then on. Gives who did not
/// before.
fn mention(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    note: &NewMessage,
) -> Result<Vec<StaffId>, StoreError> {
    let mut follow = Vec::new();
    if !note.body.contains('@') {
        return Ok(follow);
    }
    let colleagues = staff::colleagues(tx, viewer, note.inquiry)?;
    let names: Vec<_> = colleagues.iter().map(|one| (one.id, one.name.as_str())).collect();
    let news = News::of_message(note.inquiry, Verb::Noted, Some(viewer.staff), note.id);
    for named in mentioned(&note.body, &names) {
        if follows::follow(tx, named, note.inquiry)? {
            follow.push(named);
        }
        news.tell(tx, pen, named, NoticeKind::Mentioned)?;
    }
    Ok(follow)
}

fn note(
    pen: &Pen,
    viewer: &Viewer,
    inquiry: &torg_core::Inquiry,
    text: &str,
    key: &str,
) -> NewMessage {
    NewMessage {
        id: pen.id(),
        inquiry: inquiry.id,
        position: inquiry.messages + 1,
        direction: Direction::Note,
        kind: Kind::Human,
        staff: Some(viewer.staff),
        contact_point: None,
        author: viewer.name.clone(),
        address: None,
        subject: String::new(),
        body: text.to_owned(),
        quoted: String::new(),
        language: language_of(text),
        has_html: false,
        raw: None,
        mail_id: None,
        composer_key: Some(key.to_owned()),
        at: pen.at(),
        send_state: SendState::None,
    }
}

/// What she was writing is a note now, and her draft while it can be taken back; what another window
/// saved stays a draft.
fn leave_draft(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    note: &NewMessage,
    version: i64,
    before: Before,
) -> Result<(), StoreError> {
    let envelope = Envelope { version, hold_seconds: HELD_SECONDS, ..Envelope::default() };
    let kept = Sending {
        viewer,
        inquiry: note.inquiry,
        message: note.id,
        kind: DraftKind::Note,
        text: &note.body,
        envelope: &envelope,
        letter: None,
        left_out: &[],
    };
    kept.leave_draft(tx, pen, before)
}

/// Keeps what a colleague wrote, counts it on the inquiry, marks it as read by her, and indexes it.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    message: &NewMessage,
    inquiry: &torg_core::Inquiry,
    has_files: bool,
) -> Result<(), StoreError> {
    messages::insert(tx, message)?;
    inquiries::append(
        tx,
        &Appended {
            inquiry,
            direction: message.direction,
            kind: message.kind,
            at: message.at,
            sender: &message.author,
            snippet: &snippet(&markup_to_text(&message.body)),
            has_files,
            language: message.language,
        },
    )?;
    if let Some(staff) = message.staff {
        inquiries::mark_seen(tx, staff, inquiry.id, message.position)?;
    }
    index_message(tx, message, inquiry.wall)
}
