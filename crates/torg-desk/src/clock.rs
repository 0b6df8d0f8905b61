//! What time it is: the machine's, or one that was set.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// A clock that runs, or stands where it was set. Clones are the same clock.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Microseconds since 1970; 0 means that the clock runs.
    set: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's clock.
    pub fn running() -> Self {
        Self::default()
    }

    /// A clock that stands at `time` until it is set again.
    pub fn standing_at(time: Timestamp) -> Self {
        let clock = Self::default();
        clock.set(time);
        clock
    }

    /// Sets the clock to `time`, where it stands.
    pub fn set(&self, time: Timestamp) {
        self.set.store(time.as_microsecond(), Ordering::Relaxed);
    }

    /// Lets the clock run again.
    pub fn run(&self) {
        self.set.store(0, Ordering::Relaxed);
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
    pub fn now(&self) -> Timestamp {
        match self.set.load(Ordering::Relaxed) {
            0 => Timestamp::now(),
            time => Timestamp::from_microsecond(time).unwrap_or(Timestamp::UNIX_EPOCH),
        }
    }
}
