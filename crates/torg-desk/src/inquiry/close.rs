//! Closing, reopening and marking as urgent.

use torg_core::{InquiryId, State, Verb, Viewer, Was};
use torg_store::inquiries;
use torg_store::journal::Details;

use super::{locked, wake};
use crate::{Desk, Refused, delegation};

impl Desk {
    /// Closes an inquiry. The owner is kept, so that a late reply finds her again.
    pub async fn close(&self, viewer: &Viewer, id: InquiryId) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                inquiry.close()?;
                let details = was(inquiries::was_state(tx, &inquiry)?);
                inquiries::set_state(tx, id, State::Closed)?;
                delegation::closed(tx, &inquiry)?;
                Ok(pen.did(tx, &viewer, &inquiry, Verb::Closed, details)?)
            })
            .await
    }

    /// Opens an inquiry again that is closed or waits for the citizen.
    pub async fn reopen(&self, viewer: &Viewer, id: InquiryId) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                inquiry.reopen()?;
                let details = was(inquiries::was_state(tx, &inquiry)?);
                inquiries::set_state(tx, id, State::Open)?;
                Ok(pen.did(tx, &viewer, &inquiry, Verb::Reopened, details)?)
            })
            .await
    }

    /// Marks an inquiry as urgent, or takes the mark away.
    pub async fn mark_urgent(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        urgent: bool,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                if inquiry.urgent == urgent {
                    return Ok(());
                }
                inquiries::set_urgent(tx, id, urgent)?;
                let verb = if urgent { Verb::MarkedUrgent } else { Verb::UnmarkedUrgent };
                let mut details = was(Was::Urgent(inquiry.urgent));
                if urgent {
                    wake(tx, &inquiry, &mut details.before)?;
                }
                Ok(pen.did(tx, &viewer, &inquiry, verb, details)?)
            })
            .await
    }
}

fn was(before: Was) -> Details {
    Details { before: vec![before], ..Details::default() }
}
