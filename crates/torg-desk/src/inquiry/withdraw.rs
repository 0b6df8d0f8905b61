//! Taking a letter back while it waits in the outbox, and a note a moment after it was written.

use torg_core::{Fact, Id, Inquiry, InquiryId, MessageId, State, Verb, Viewer};
use torg_store::drafts::{self, Before, Draft, DraftKind};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, answers, follows, inquiries, merging, messages, notices};

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
                let (inquiry, lies_in) = locked_with(tx, &viewer, message)?;
                let Some((mut draft, before)) = drafts::held(tx, &viewer, message)? else {
                    return Err(Refused::TooLate);
                };
                let verb = match draft.kind {
                    DraftKind::Note => take_back_note(tx, &pen, &inquiry, &draft, &before)?,
                    DraftKind::Reply | DraftKind::Forward => take_back(tx, &pen, message)?,
                };
                let now = drafts::before(tx, lies_in)?.unwrap_or_default();
                drafts::withdraw(tx, message)?;
                notices::take_back(tx, lies_in, message.as_i64())?;
                // A split may have moved and numbered the messages anew: the row is made anew too.
                summarise(tx, lies_in)?;
                let is_letter = draft.kind != DraftKind::Note;
                if is_letter && lies_in == draft.inquiry && now.steps == before.steps {
                    drafts::put_back(tx, lies_in, &before)?;
                } else if is_letter && inquiry.id != lies_in {
                    waits_again(tx, &inquiry, &before)?;
                }
                let written_in = merging::root(tx, draft.inquiry)?;
                if written_in != draft.inquiry {
                    drafts::move_to(tx, draft.id, written_in)?;
                    draft.inquiry = written_in;
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

/// What waited for us before the letter waits for us again, in what its inquiry was merged into.
fn waits_again(tx: &mut Tx<'_>, into: &Inquiry, before: &Before) -> Result<(), StoreError> {
    if before.state == State::Open.code() && into.state != State::Open {
        inquiries::set_state(tx, into.id, State::Open)?;
    }
    Ok(())
}

/// The inquiry a message is shown in, locked, and the one it lies in, which may have been merged
/// into that. Read again once it is locked: a split may have moved the message meanwhile.
fn locked_with(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    message: MessageId,
) -> Result<(Inquiry, InquiryId), Refused> {
    let place = |tx: &Tx<'_>| {
        let place = messages::place_of(tx, message)?;
        Ok::<_, Refused>(place.ok_or(Refused::NotFound)?.0)
    };
    for _ in 0..TRIES {
        let lies_in = place(tx)?;
        let inquiry = locked(tx, viewer, merging::root(tx, lies_in)?)?;
        if place(tx)? == lies_in && merging::root(tx, lies_in)? == inquiry.id {
            return Ok((inquiry, lies_in));
        }
    }
    Err(StoreError::Unavailable("the message moves all the time".into()).into())
}
