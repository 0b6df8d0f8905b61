//! Putting an inquiry aside until a time, and waking it.

use torg_core::{InquiryId, State, Verb, Viewer, Was};
use torg_store::journal::Details;
use torg_store::{StoreError, inquiries};

use super::locked;
use crate::pen::announce;
use crate::{Desk, Refused};

/// How many wake in one round; the next comes at once.
const A_ROUND: i64 = 200;

impl Desk {
    /// Puts an inquiry aside until `until`. What nobody owns becomes the viewer's, so that it lies
    /// in somebody's folder.
    pub async fn snooze(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        until: jiff::Timestamp,
    ) -> Result<(), Refused> {
        let (viewer, pen, until) = (viewer.clone(), self.pen(), until.as_microsecond());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                inquiry.snooze(pen.at(), until)?;
                let mut before = vec![inquiries::was_state(tx, &inquiry)?];
                if inquiry.owner.is_none() {
                    before.push(Was::Owner(None));
                    inquiries::set_owner(tx, id, Some(viewer.staff))?;
                }
                inquiries::snooze(tx, id, until)?;
                let details = Details { until: Some(until), before, ..Details::default() };
                Ok(pen.did(tx, &viewer, &inquiry, Verb::Snoozed, details)?)
            })
            .await
    }

    /// Wakes what is due. Gives how many.
    pub(crate) async fn wake_due(&self) -> Result<usize, StoreError> {
        let now = self.now().as_microsecond();
        let due =
            self.0.reader.read(move |read| inquiries::due_to_wake(read, now, A_ROUND)).await?;
        for id in due.iter().copied() {
            let pen = self.pen();
            let woken = self.0.store.write_bulk(move |tx| {
                let Some(inquiry) = inquiries::locked_for_torg(tx, id)? else {
                    return Ok(());
                };
                let Was::State { wake_at: Some(wake_at), .. } = inquiries::was_state(tx, &inquiry)?
                else {
                    return Ok(());
                };
                // Somebody was faster, or put it aside once more.
                if inquiry.state != State::Snoozed || wake_at > pen.at() {
                    return Ok(());
                }
                inquiries::set_state(tx, id, State::Open)?;
                pen.write(tx, None, id, Verb::Woke, Details::default())?;
                announce(tx, &inquiry);
                Ok::<(), StoreError>(())
            });
            woken.await?;
        }
        Ok(due.len())
    }
}
