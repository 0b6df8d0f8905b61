//! Having not read an inquiry after all.

use torg_core::{InquiryId, Viewer};
use torg_store::inquiries;

use crate::{Desk, Refused};

impl Desk {
    /// Makes the newest word of an inquiry new to the viewer again. It is nobody else's business, so
    /// nothing is written in the journal and nobody is told.
    pub async fn mark_unread(&self, viewer: &Viewer, id: InquiryId) -> Result<(), Refused> {
        let viewer = viewer.clone();
        self.0
            .store
            .write(move |tx| {
                if inquiries::seen_by(tx, &viewer, id)?.is_none() {
                    return Err(Refused::NotFound);
                }
                Ok(inquiries::mark_unseen(tx, &viewer, id)?)
            })
            .await
    }
}
