//! The daily root over the journal: one hash for all that was done until midnight.

use jiff::{SignedDuration, Timestamp, ToSpan};
use torg_core::JobId;
use torg_store::journal::{keep_root, last_root, root_after};
use torg_store::{StoreError, jobs};

use crate::Desk;

/// Whatever was begun before midnight is committed so long after it.
const SETTLED: SignedDuration = SignedDuration::from_hours(1);

impl Desk {
    /// Keeps the root of the time until last midnight, if it is not kept yet, and comes back after
    /// the next one.
    pub(crate) async fn keep_daily_root(&self, job: JobId) -> Result<(), StoreError> {
        let (midnight, next) = self.midnights();
        let until = midnight.as_microsecond();
        let before = self.0.reader.read(last_root).await?;
        let is_due = before.is_none_or(|before| before.until < until);
        let root = match is_due {
            true => Some(root_after(&self.0.reader, before, until).await?),
            false => None,
        };
        let due = (next + SETTLED).as_microsecond();
        self.0
            .store
            .write_bulk(move |tx| {
                if let Some(root) = &root {
                    keep_root(tx, root)?;
                }
                jobs::postpone(tx, job, due, None)
            })
            .await
    }

    /// The last midnight here that is settled, and the one after it.
    fn midnights(&self) -> (Timestamp, Timestamp) {
        let zone = self.about().time_zone.clone();
        let settled = self.now() - SETTLED;
        let day = settled.to_zoned(zone.clone()).date();
        let start = |day: jiff::civil::Date| {
            day.to_zoned(zone.clone()).map_or(settled, |midnight| midnight.timestamp())
        };
        (start(day), start(day.saturating_add(1.day())))
    }
}
