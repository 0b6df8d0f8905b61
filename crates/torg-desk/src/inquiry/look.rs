//! Looking at an inquiry: what is read is noted, and behind a wall also who read it.

use torg_core::wall::open_wall;
use torg_core::{InquiryId, Position, Viewer};
use torg_store::{StoreError, inquiries, merging};

use crate::Desk;

impl Desk {
    /// Notes that the viewer has read an inquiry up to a position; in a restricted one also in the
    /// read log, once an hour, before the page is sent. `false` if there is none for her.
    pub async fn look(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        upto: Position,
    ) -> Result<bool, StoreError> {
        let who = viewer.clone();
        let before = self.0.reader.read(move |read| inquiries::seen_by(read, &who, id)).await?;
        let Some((wall, seen)) = before else {
            return Ok(false);
        };
        let restricted = wall != open_wall();
        if seen >= upto && !restricted {
            return Ok(true);
        }
        let (staff, hour) = (viewer.staff, self.now().as_second() / 3600);
        self.0
            .store
            .write(move |tx| {
                inquiries::mark_seen(tx, staff, id, upto)?;
                for merged in merging::merged_into(tx, id)? {
                    inquiries::mark_all_seen(tx, staff, merged)?;
                }
                if restricted {
                    inquiries::log_read(tx, staff, id, hour)?;
                }
                Ok::<_, StoreError>(true)
            })
            .await
    }

    /// Notes that the viewer looks into a part of an inquiry by its own address, if that
    /// is a restricted one; once an hour, before anything of it is sent.
    pub async fn log_reading(&self, viewer: &Viewer, id: InquiryId) -> Result<(), StoreError> {
        let (who, hour) = (viewer.clone(), self.now().as_second() / 3600);
        let is_due = self.0.reader.read(move |read| {
            let seen = inquiries::seen_by(read, &who, id)?;
            let restricted = seen.is_some_and(|(wall, _)| wall != open_wall());
            Ok::<_, StoreError>(restricted && !inquiries::is_logged(read, who.staff, id, hour)?)
        });
        if !is_due.await? {
            return Ok(());
        }
        let staff = viewer.staff;
        self.0.store.write(move |tx| inquiries::log_read(tx, staff, id, hour)).await
    }
}
