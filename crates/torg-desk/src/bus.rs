//! The bus: small facts, said after the commit, to whoever listens at the moment.

use std::sync::Arc;

use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;
use torg_core::Fact;

/// A slow listener misses facts rather than making others wait; it then looks at everything.
const KEPT: usize = 4096;

/// Carries facts to pages, and wakes the background work. Clones are the same bus.
#[derive(Debug, Clone)]
pub struct Bus {
    facts: broadcast::Sender<Fact>,
    arrivals: Arc<Notify>,
    outbox: Arc<Notify>,
    files: Arc<Notify>,
    filed: Arc<Notify>,
    closed: CancellationToken,
}

impl Default for Bus {
    fn default() -> Self {
        let (facts, _) = broadcast::channel(KEPT);
        Self {
            facts,
            arrivals: Arc::default(),
            outbox: Arc::default(),
            files: Arc::default(),
            filed: Arc::default(),
            closed: CancellationToken::new(),
        }
    }
}

impl Bus {
    /// Everything said from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Fact> {
        self.facts.subscribe()
    }

    /// The house closes: whoever listens goes home, so that nobody holds up the end.
    pub fn close(&self) {
        self.closed.cancel();
    }

    /// Waits until the house closes.
    pub async fn closed(&self) {
        self.closed.cancelled().await;
    }

    /// Says each fact once, however often a transaction announced it.
    pub(crate) fn say(&self, facts: &[Fact]) {
        for (place, fact) in facts.iter().enumerate() {
            if facts.iter().take(place).any(|before| before == fact) {
                continue;
            }
            match fact {
                Fact::Arrival => self.arrivals.notify_one(),
                Fact::Outbox => self.outbox.notify_one(),
                // Nobody listening is no failure.
                _ => drop(self.facts.send(*fact)),
            }
        }
    }

    /// Facts may have been missed: all pages and all background work look again.
    pub(crate) fn look_again(&self) {
        drop(self.facts.send(Fact::Everything));
        self.arrivals.notify_one();
        self.outbox.notify_one();
    }

    pub(crate) async fn arrival(&self) {
        self.arrivals.notified().await;
    }

    pub(crate) async fn outgoing(&self) {
        self.outbox.notified().await;
    }

    /// Letters were filed: their files may be read, and they may be delegated.
    pub(crate) fn has_filed(&self) {
        self.files.notify_one();
        self.filed.notify_one();
    }

    pub(crate) async fn filed(&self) {
        self.filed.notified().await;
    }

    pub(crate) async fn files(&self) {
        self.files.notified().await;
    }
}
