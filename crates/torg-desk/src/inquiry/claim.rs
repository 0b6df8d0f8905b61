//! Claiming, releasing and assigning: whose an inquiry is.

use torg_core::{InquiryId, StaffId, Verb, Viewer, Was};
use torg_store::journal::Details;
use torg_store::{inquiries, staff};

use super::{locked, wake};
use crate::{Desk, Refused};

impl Desk {
    /// Makes the viewer the owner. Exactly one of many who claim at once wins.
    pub async fn claim(&self, viewer: &Viewer, id: InquiryId) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                let claimed = inquiry.claim(viewer.staff)?;
                if inquiry.owner == Some(claimed.by) {
                    return Ok(());
                }
                let mut before = vec![Was::Owner(inquiry.owner)];
                wake(tx, &inquiry, &mut before)?;
                inquiries::set_owner(tx, id, Some(claimed.by))?;
                let details = Details { before, ..Details::default() };
                Ok(pen.did(tx, &viewer, &inquiry, Verb::Claimed, details)?)
            })
            .await
    }

    /// Puts the viewer's inquiry back for everybody.
    pub async fn release(&self, viewer: &Viewer, id: InquiryId) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                inquiry.release(viewer.staff)?;
                let mut before = vec![Was::Owner(inquiry.owner)];
                wake(tx, &inquiry, &mut before)?;
                inquiries::set_owner(tx, id, None)?;
                let details = Details { before, ..Details::default() };
                Ok(pen.did(tx, &viewer, &inquiry, Verb::Released, details)?)
            })
            .await
    }

    /// Makes a colleague the owner, who must be inside the wall.
    pub async fn assign(&self, viewer: &Viewer, id: InquiryId, to: StaffId) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                let sees_it = staff::may_see(tx, to, inquiry.wall)?;
                let assigned = inquiry.assign(to, sees_it)?;
                let lent_by = Was::LentBy(inquiries::lent_by(tx, id)?);
                let mut before = vec![Was::Owner(inquiry.owner), lent_by];
                wake(tx, &inquiry, &mut before)?;
                inquiries::set_owner(tx, id, Some(assigned.to))?;
                // Given on purpose, it does not go back by itself to who was away.
                inquiries::set_lent_by(tx, id, None)?;
                let details = Details { staff: Some(assigned.to), before, ..Details::default() };
                Ok(pen.did(tx, &viewer, &inquiry, Verb::Assigned, details)?)
            })
            .await
    }
}
