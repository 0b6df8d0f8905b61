//! Taking a letter back while it waits in the outbox.

use torg_core::{Fact, Inquiry, MessageId, Verb, Viewer};
use torg_store::drafts::{self, DraftKind};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, answers, messages};

use super::split::summarise;
use super::{TRIES, locked};
use crate::drafts::give_back;
use crate::{Desk, Refused};

impl Desk {
    /// Takes a letter back that she sent a moment ago: it never leaves, its text and files are her
    /// draft again, and the inquiry is as it was if nothing else happened since. What kind of draft
    /// it is now.
    ///
    /// # Errors
    /// [`Refused::TooLate`] once it is on its way.
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
                if !drafts::take_back(tx, message, pen.at())? {
                    return Err(Refused::TooLate);
                }
                let now = drafts::before(tx, inquiry.id)?.unwrap_or_default();
                drafts::withdraw(tx, message)?;
                answers::put_back(tx, message)?;
                answers::lessons::forget_sent(tx, message)?;
                // A split may have moved and numbered the messages anew: the row is made anew too.
                summarise(tx, inquiry.id)?;
                if inquiry.id == draft.inquiry && now.steps == before.steps {
                    drafts::put_back(tx, inquiry.id, &before)?;
                }
                give_back(tx, &pen, &viewer, &draft)?;
                tx.announce(Fact::Presence { inquiry: inquiry.id, wall: inquiry.wall });
                let details = Details { message: Some(message), ..Details::default() };
                pen.did(tx, &viewer, &inquiry, Verb::Withdrawn, details)?;
                Ok(draft.kind)
            })
            .await
    }
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
