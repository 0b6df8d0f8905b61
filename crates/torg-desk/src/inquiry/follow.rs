//! Following an inquiry: it lies in a folder of one's own, whoever works on it.

use torg_core::{InquiryId, Verb, Viewer, Was};
use torg_store::follows;
use torg_store::journal::Details;

use super::locked;
use crate::{Desk, Refused};

impl Desk {
    /// Follows an inquiry, or no longer. Doing it twice does no harm.
    pub async fn follow(&self, viewer: &Viewer, id: InquiryId, on: bool) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                let changed = if on {
                    follows::follow(tx, viewer.staff, id)?
                } else {
                    follows::unfollow(tx, viewer.staff, id)?
                };
                if !changed {
                    return Ok(());
                }
                let verb = if on { Verb::Followed } else { Verb::Unfollowed };
                let before = vec![Was::Followed { staff: viewer.staff, on: !on }];
                let details = Details { before, ..Details::default() };
                Ok(pen.did(tx, &viewer, &inquiry, verb, details)?)
            })
            .await
    }
}
