//! How dense the viewer likes her lists.

use torg_core::Viewer;
use torg_store::StoreError;
use torg_store::density::{self, Density};

use crate::Desk;

impl Desk {
    /// Keeps it; a taste of her own, of which the journal says nothing.
    pub async fn set_density(&self, viewer: &Viewer, chosen: Density) -> Result<(), StoreError> {
        let staff = viewer.staff;
        self.0.store.write(move |tx| density::set(tx, staff, chosen)).await
    }
}
