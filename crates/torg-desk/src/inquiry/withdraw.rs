//! Taking a letter back while it waits in the outbox, and a note a moment after it was written.

use torg_core::{Fact, Id, Inquiry, MessageId, Verb, Viewer};
use torg_store::drafts::{self, Before, Draft, DraftKind};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, answers, follows, messages, notices};

use super::note::HELD_SECONDS;
use super::split::summarise;
use super::{TRIES, locked};
use crate::drafts::give_back;
use crate::pen::Pen;
use crate::{Desk, Refused};

impl Desk {
    /// Takes back what she wrote a moment ago: the letter never leaves and the note is gone, the
    /// text and its files are her draft again, and the inquiry is as it was if nothing else
    /// happened since. What kind of draft it is now.
    ///
    /// # Errors
    /// [`Refused::TooLate`] once a letter is on its way, or a note older than a minute.
    pub async fn withdraw(
        &self,
        viewer: &Viewer,
        message: MessageId,
    ) -> Result<DraftKind, Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked_with(tx, &viewer, message)?;
                let Some((draft, before)) = drafts::held(tx, &viewer, message)? else {
                    return Err(Refused::TooLate);
                };
                let verb = match draft.kind {
                    DraftKind::Note => take_back_note(tx, &pen, &inquiry, &draft, &before)?,
                    DraftKind::Reply | DraftKind::Forward => take_back(tx, &pen, message)?,
                };
                let now = drafts::before(tx, inquiry.id)?.unwrap_or_default();
                drafts::withdraw(tx, message)?;
                notices::take_back(tx, inquiry.id, message.as_i64())?;
                // A split may have moved and numbered the messages anew: the row is made anew too.
                summarise(tx, inquiry.id)?;
                let is_letter = draft.kind != DraftKind::Note;
                if is_letter && inquiry.id == draft.inquiry && now.steps == before.steps {
                    drafts::put_back(tx, inquiry.id, &before)?;
                }
                give_back(tx, &pen, &viewer, &draft)?;
                tx.announce(Fact::Presence { inquiry: inquiry.id, wall: inquiry.wall });
                let details = Details { message: Some(message), ..Details::default() };
                pen.did(tx, &viewer, &inquiry, verb, details)?;
                Ok(draft.kind)
            })
            .await
    }
}

/// Takes a letter out of the outbox, and what it taught of standard answers.
fn take_back(tx: &mut Tx<'_>, pen: &Pen, message: MessageId) -> Result<Verb, Refused> {
    if !drafts::take_back(tx, message, pen.at())? {
        return Err(Refused::TooLate);
    }
    answers::put_back(tx, message)?;
    answers::lessons::forget_sent(tx, message)?;
    Ok(Verb::Withdrawn)
}

/// Whom a note made follow does no longer.
fn take_back_note(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: &Inquiry,
    note: &Draft,
    before: &Before,
) -> Result<Verb, Refused> {
    if before.at.is_none_or(|at| at + HELD_SECONDS * 1_000_000 < pen.at()) {
        return Err(Refused::TooLate);
    }
    for staff in &before.follow {
        follows::unfollow(tx, *staff, inquiry.id)?;
        follows::unfollow(tx, *staff, note.inquiry)?;
    }
    Ok(Verb::NoteTakenBack)
}

/// The inquiry a message lies in, locked. Read again once it is locked: a split may have moved the
/// message meanwhile.
fn locked_with(tx: &mut Tx<'_>, viewer: &Viewer, message: MessageId) -> Result<Inquiry, Refused> {
    let place = |tx: &Tx<'_>| {
        let place = messages::place_of(tx, message)?;
        Ok::<_, Refused>(place.ok_or(Refused::NotFound)?.0)
    };
    for _ in 0..TRIES {
        let inquiry = locked(tx, viewer, place(tx)?)?;
        if place(tx)? == inquiry.id {
            return Ok(inquiry);
        }
    }
    Err(StoreError::Unavailable("the message moves all the time".into()).into())
}
