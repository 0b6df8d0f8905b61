//! One automatic answer in twenty is looked at by a person.

use torg_core::automatic::Outcome;
use torg_core::{AutomaticId, Verb, Viewer};
use torg_store::automatic;
use torg_store::inquiries;
use torg_store::journal::Details;

use super::AutomaticRefused;
use super::outcomes::did_not_help;
use super::switch::{leads, look_again};
use crate::Desk;

impl Desk {
    /// Says whether an automatic answer was right, having read the letter. What is said once stands.
    pub async fn audit_automatic_answer(
        &self,
        viewer: &Viewer,
        id: AutomaticId,
        agrees: bool,
    ) -> Result<(), AutomaticRefused> {
        leads(viewer)?;
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let one = automatic::sampled(tx, &viewer, id)?;
                let one = one.ok_or(AutomaticRefused::NotFound)?;
                let inquiry = inquiries::locked_for(tx, &viewer, one.inquiry)?;
                let inquiry = inquiry.ok_or(AutomaticRefused::NotFound)?;
                if automatic::is_audited(tx, id)? {
                    return Ok(());
                }
                let outcome = if agrees { Outcome::Agreed } else { Outcome::Disagreed };
                automatic::turned_out(tx, id, outcome, Some(viewer.staff), pen.at())?;
                let word = Some(outcome.word().to_owned());
                let details = Details { what: word, message: one.sent, ..Details::default() };
                pen.did(tx, &viewer, &inquiry, Verb::AnswerAudited, details)?;
                if let (false, Some(message)) = (agrees, one.sent) {
                    did_not_help(tx, &pen, one.answer, inquiry.id, message)?;
                }
                Ok(look_again(tx, &pen)?)
            })
            .await
    }
}
