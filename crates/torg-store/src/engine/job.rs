//! A closure on its way through an engine, and the caller who waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;
use torg_core::Fact;

use crate::StoreError;
use crate::engine::{Lane, OnCommit, Tx};

/// A closure whose types the engine need not know.
pub(crate) trait Job: Send {
    /// Runs the closure once; it may be run again in another transaction.
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran;
    /// Tells the caller what the last run gave.
    fn answer(self: Box<Self>);
    /// Tells the caller that it did not happen.
    fn fail(self: Box<Self>, error: StoreError);
    fn lane(&self) -> Lane;
    fn access(&self) -> Access;
    /// Whether nobody waits any more.
    fn abandoned(&self) -> bool;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
    /// A write that need not be on the disk when it is answered.
    LightWrite,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ran {
    Ok,
    Err,
    Panicked,
}

pub(crate) struct Closure<T, E, F> {
    work: F,
    lane: Lane,
    access: Access,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Closure<T, E, F> {
    /// The job, and where its answer will arrive.
    pub(crate) fn new(
        lane: Lane,
        access: Access,
        work: F,
    ) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (reply, answer) = oneshot::channel();
        let result = None;
        (Self { work, lane, access, result, reply }, answer)
    }
}

impl<T, E, F> Job for Closure<T, E, F>
where
    T: Send,
    E: From<StoreError> + Send,
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran {
        self.result = None;
        // The closure has no effects outside `tx`, which is rolled back: nothing half-done is seen.
        let Ok(result) = catch_unwind(AssertUnwindSafe(|| (self.work)(tx))) else {
            return Ran::Panicked;
        };
        let ran = if result.is_ok() { Ran::Ok } else { Ran::Err };
        self.result = Some(result);
        ran
    }

    fn answer(self: Box<Self>) {
        let result = self.result.unwrap_or_else(|| Err(StoreError::Panicked.into()));
        // Whoever asked may have stopped waiting.
        let _ = self.reply.send(result);
    }

    fn fail(self: Box<Self>, error: StoreError) {
        let _ = self.reply.send(Err(error.into()));
    }

    fn lane(&self) -> Lane {
        self.lane
    }

    fn access(&self) -> Access {
        self.access
    }

    fn abandoned(&self) -> bool {
        self.reply.is_closed()
    }
}

/// Tells the bus what a committed transaction announced. A listener that panics must not take the
/// store with it.
pub(crate) fn announce(on_commit: &OnCommit, facts: &[Fact]) {
    if facts.is_empty() {
        return;
    }
    if catch_unwind(AssertUnwindSafe(|| on_commit(facts))).is_err() {
        tracing::error!("A listener to the store's facts panicked");
    }
}
