//! Referring to another department, with a word why.

use torg_core::{DepartmentId, Inquiry, InquiryId, Verb, Viewer};
use torg_store::journal::Details;
use torg_store::{departments, inquiries};

use super::locked;
use crate::filing::index_inquiry;
use crate::pen::announce;
use crate::{Desk, Refused};

impl Desk {
    /// Hands an inquiry to another department, behind its wall, where nobody owns it yet. `opens`
    /// says expressly that it may come out from behind the wall it is behind.
    pub async fn refer(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        to: DepartmentId,
        why: String,
        opens: bool,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                let department = departments::one(tx, to)?.ok_or(Refused::NotFound)?;
                let referred = inquiry.refer(&department, &why, opens)?;
                inquiries::refer(tx, id, referred.to, referred.wall)?;
                if referred.wall != inquiry.wall {
                    index_inquiry(tx, id, referred.wall)?;
                }
                let details = Details {
                    department: Some(referred.to),
                    from: Some(referred.from),
                    why: Some(referred.why),
                    ..Details::default()
                };
                pen.did(tx, &viewer, &inquiry, Verb::Referred, details)?;
                announce(tx, &Inquiry { department: referred.to, wall: referred.wall, ..inquiry });
                Ok(())
            })
            .await
    }
}
