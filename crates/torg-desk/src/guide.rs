//! The guide that a colleague sees in the workspace until she puts it away.

use torg_core::Viewer;
use torg_store::{StoreError, guide};

use crate::Desk;

impl Desk {
    /// Puts the guide away for good, on every device. Her own affair, of which the journal says
    /// nothing.
    pub async fn put_guide_away(&self, viewer: &Viewer) -> Result<(), StoreError> {
        let (staff, now) = (viewer.staff, self.now().as_microsecond().max(1));
        self.0.store.write(move |tx| guide::put_away(tx, staff, now)).await
    }

    /// Has it shown again.
    pub async fn bring_guide_back(&self, viewer: &Viewer) -> Result<(), StoreError> {
        let staff = viewer.staff;
        self.0.store.write(move |tx| guide::put_away(tx, staff, 0)).await
    }
}
