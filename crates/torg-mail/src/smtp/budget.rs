//! Memory for mails on their way in, shared by all connections.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// One permit stands for this many bytes.
const UNIT: usize = 1024;

/// The bytes all mails together may take.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    units: Arc<Semaphore>,
    wait: Duration,
}

/// The share of one mail; given back when dropped.
#[derive(Debug)]
pub(super) struct Share {
    budget: Budget,
    held: OwnedSemaphorePermit,
}

/// No room came free in time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoRoom;

impl Budget {
    pub(super) fn new(bytes: usize, wait: Duration) -> Budget {
        let units = bytes.div_ceil(UNIT).min(Semaphore::MAX_PERMITS);
        Budget { units: Arc::new(Semaphore::new(units)), wait }
    }

    /// A share of so many bytes, as soon as there is room.
    pub(super) async fn share(&self, bytes: usize) -> Result<Share, NoRoom> {
        Ok(Share { budget: self.clone(), held: self.take(bytes).await? })
    }

    async fn take(&self, bytes: usize) -> Result<OwnedSemaphorePermit, NoRoom> {
        let units = u32::try_from(bytes.div_ceil(UNIT)).map_err(|_| NoRoom)?;
        let room = Arc::clone(&self.units).acquire_many_owned(units);
        timeout(self.wait, room).await.map_err(|_| NoRoom)?.map_err(|_| NoRoom)
    }
}

impl Share {
    /// Widens the share to so many bytes, as soon as there is room.
    pub(super) async fn grow_to(&mut self, bytes: usize) -> Result<(), NoRoom> {
        let more = bytes.saturating_sub(self.held.num_permits() * UNIT);
        if more > 0 {
            self.held.merge(self.budget.take(more).await?);
        }
        Ok(())
    }

    /// Gives all of it back.
    pub(super) fn give_back(&mut self) {
        drop(self.held.split(self.held.num_permits()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_share_waits_for_room_and_gives_up_in_time() {
        let budget = Budget::new(4 * UNIT, Duration::from_secs(30));
        let mut first = budget.share(3 * UNIT).await.unwrap();
        assert_eq!(budget.share(2 * UNIT).await.err(), Some(NoRoom));
        assert_eq!(first.grow_to(5 * UNIT).await, Err(NoRoom));
        first.grow_to(4 * UNIT).await.unwrap();
        drop(first);
        assert!(budget.share(4 * UNIT).await.is_ok());
    }
}
