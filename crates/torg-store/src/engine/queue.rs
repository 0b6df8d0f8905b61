//! Jobs waiting for a thread, people's before bulk.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::StoreError;
use crate::engine::job::Job;

/// Whose work it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Somebody waits for it.
    People,
    /// Imports and back-fills: runs when no one waits, and now and then when someone always does.
    Bulk,
}

/// One bulk job is let through after this many of people's.
const PEOPLE_PER_BULK: u32 = 16;

pub(crate) type Waiting = Box<dyn Job>;

/// Two lanes and the threads that serve them.
#[derive(Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    ready: Condvar,
}

#[derive(Default)]
struct State {
    people: VecDeque<Waiting>,
    bulk: VecDeque<Waiting>,
    people_since_bulk: u32,
    idle: usize,
    threads: usize,
    closed: bool,
}

/// What became of a job that was handed in.
pub(crate) enum Pushed {
    /// A thread will take it.
    Waits,
    /// As before, and one more thread would be of use; it is already counted.
    WantsThread,
    /// The store is closed; here it is back.
    Closed(Waiting),
}

impl Queue {
    /// Puts `job` into its lane, which at most `threads` threads serve.
    pub(crate) fn push(&self, lane: Lane, job: Waiting, threads: usize) -> Pushed {
        let mut state = self.state();
        if state.closed {
            return Pushed::Closed(job);
        }
        match lane {
            Lane::People => state.people.push_back(job),
            Lane::Bulk => state.bulk.push_back(job),
        }
        self.ready.notify_one();
        if state.idle < state.waiting() && state.threads < threads {
            state.threads += 1;
            return Pushed::WantsThread;
        }
        Pushed::Waits
    }

    /// The next job, waiting for one; `None` when the store was closed and all is done.
    pub(crate) fn take(&self) -> Option<Waiting> {
        let mut state = self.state();
        loop {
            if let Some(job) = state.next() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state.idle += 1;
            state = self
                .ready
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }

    /// The next job if one waits already.
    pub(crate) fn try_take(&self) -> Option<Waiting> {
        self.state().next()
    }

    /// A thread that was counted is not there. If it was the last, nobody would take what waits.
    pub(crate) fn thread_ended(&self, why: &StoreError) {
        let mut state = self.state();
        state.threads -= 1;
        if state.threads == 0 {
            while let Some(job) = state.next() {
                job.fail(why.clone());
            }
        }
    }

    /// Lets the threads finish what waits and end.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.ready.notify_all();
    }

    /// No panic can happen under this lock, so what it guards is whole even when poisoned.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn waiting(&self) -> usize {
        self.people.len() + self.bulk.len()
    }

    fn next(&mut self) -> Option<Waiting> {
        let bulk_is_due = self.people.is_empty() || self.people_since_bulk >= PEOPLE_PER_BULK;
        if bulk_is_due && let Some(job) = self.bulk.pop_front() {
            self.people_since_bulk = 0;
            return Some(job);
        }
        if !self.bulk.is_empty() {
            self.people_since_bulk += 1;
        }
        self.people.pop_front()
    }
}
