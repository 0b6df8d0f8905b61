//! Deciding whether two inquiries are about the same matter.

use torg_core::{InquiryId, Verb, Viewer};
use torg_store::journal::Details;
use torg_store::links::{self, LinkState};

use super::locked;
use crate::{Desk, Refused};

impl Desk {
    /// Says that two inquiries belong together.
    pub async fn confirm_link(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        other: InquiryId,
    ) -> Result<(), Refused> {
        self.decide_link(viewer, id, other, LinkState::Confirmed, Verb::Linked).await
    }

    /// Says that a suggested link is none.
    pub async fn dismiss_link(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        other: InquiryId,
    ) -> Result<(), Refused> {
        self.decide_link(viewer, id, other, LinkState::Dismissed, Verb::Dismissed).await
    }

    async fn decide_link(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        other: InquiryId,
        state: LinkState,
        verb: Verb,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                // Rows are locked in the order of their ids, so that two decisions never wait for
                // each other.
                let (first, second) = (id.min(other), id.max(other));
                let first = locked(tx, &viewer, first)?;
                let second = locked(tx, &viewer, second)?;
                if !links::decide(tx, id, other, state)? {
                    return Err(Refused::NotFound);
                }
                for (inquiry, of) in [(&first, second.id), (&second, first.id)] {
                    let details = Details { inquiry: Some(of), ..Details::default() };
                    pen.did(tx, &viewer, inquiry, verb, details)?;
                }
                Ok(())
            })
            .await
    }
}
