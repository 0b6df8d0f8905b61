//! Jobs waiting for a thread, people's before bulk.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

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

/// How long a thread that is not the last one waits for work before it ends.
const IDLE: Duration = Duration::from_secs(30);

pub(crate) type Waiting = Box<dyn Job>;

/// Two lanes, for the threads that serve them. Of those that have nothing to do, the one that worked
/// last is called first: its connection remembers what it read and planned, and those who are not
/// needed are left alone until they end.
pub(crate) struct Queue {
    state: Mutex<State>,
    /// The most bulk jobs that run at once, so that threads are left for people.
    bulk_at_once: usize,
}

#[derive(Default)]
struct State {
    people: VecDeque<Waiting>,
    bulk: VecDeque<Waiting>,
    bulk_running: usize,
    people_since_bulk: u32,
    /// Threads that wait, or were called and have not come yet.
    idle: usize,
    /// How to call those that wait, who worked last at the end.
    waiting: Vec<Arc<Condvar>>,
    threads: usize,
    closed: bool,
}

impl State {
    fn call(&mut self) {
        if let Some(thread) = self.waiting.pop() {
            thread.notify_one();
        }
    }
}

/// What became of a job that was handed in.
pub(crate) enum Pushed {
    /// A thread will take it.
    Waits,
    /// As before, and one more thread (already counted) would be of use.
    WantsThread {
        /// There is no other thread.
        first: bool,
    },
    /// The store is closed; here it is back.
    Closed(Waiting),
}

impl Queue {
    pub(crate) fn new(bulk_at_once: usize) -> Self {
        Self { state: Mutex::default(), bulk_at_once }
    }

    /// Puts `job` into its lane.
    pub(crate) fn push(&self, job: Waiting) -> Pushed {
        let mut state = self.state();
        if state.closed {
            return Pushed::Closed(job);
        }
        match job.lane() {
            Lane::People => state.people.push_back(job),
            Lane::Bulk => state.bulk.push_back(job),
        }
        state.call();
        if state.idle >= state.people.len() + state.bulk.len() {
            return Pushed::Waits;
        }
        let first = state.threads == 0;
        state.threads += 1;
        Pushed::WantsThread { first }
    }

    /// The next job, waiting for one. `None` tells the thread to end: the store was closed and all
    /// is done, or there has been nothing to do for long.
    pub(crate) fn take(&self) -> Option<Waiting> {
        let mut state = self.state();
        let (mut weary, call) = (false, Arc::new(Condvar::new()));
        loop {
            if let Some(job) = self.next(&mut state) {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            if weary && state.threads > 1 {
                state.threads -= 1;
                return None;
            }
            state.idle += 1;
            state.waiting.push(call.clone());
            let waited = call.wait_timeout(state, IDLE);
            let (awake, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            state = awake;
            state.idle -= 1;
            state.waiting.retain(|other| !Arc::ptr_eq(other, &call));
            weary = timeout.timed_out();
        }
    }

    /// The next job if one waits already.
    pub(crate) fn try_take(&self) -> Option<Waiting> {
        self.next(&mut self.state())
    }

    /// A job of `lane` that was taken is done.
    pub(crate) fn done(&self, lane: Lane) {
        if lane == Lane::Bulk {
            let mut state = self.state();
            state.bulk_running -= 1;
            state.call();
        }
    }

    /// A thread that was counted does not come. If it was the only one, nobody would take what
    /// waits: it fails, for the reason `why`.
    pub(crate) fn uncount(&self, why: &StoreError) {
        let mut state = self.state();
        state.threads -= 1;
        if state.threads == 0 {
            let State { people, bulk, .. } = &mut *state;
            for job in people.drain(..).chain(bulk.drain(..)) {
                job.fail(why.clone());
            }
        }
    }

    /// Lets the threads finish what waits and end.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        while !state.waiting.is_empty() {
            state.call();
        }
    }

    fn next(&self, state: &mut State) -> Option<Waiting> {
        let bulk_is_due = state.people.is_empty() || state.people_since_bulk >= PEOPLE_PER_BULK;
        if bulk_is_due
            && state.bulk_running < self.bulk_at_once
            && let Some(job) = state.bulk.pop_front()
        {
            state.people_since_bulk = 0;
            state.bulk_running += 1;
            return Some(job);
        }
        if !state.bulk.is_empty() {
            state.people_since_bulk += 1;
        }
        state.people.pop_front()
    }

    /// No panic can happen under this lock, so what it guards is whole even when poisoned.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread::{spawn, yield_now};

    use super::*;
    use crate::engine::Tx;
    use crate::engine::job::{Access, Ran};

    struct Errand;

    impl Job for Errand {
        fn run(&mut self, _: &mut Tx<'_>) -> Ran {
            Ran::Ok
        }
        fn answer(self: Box<Self>) {}
        fn fail(self: Box<Self>, _: StoreError) {}
        fn lane(&self) -> Lane {
            Lane::People
        }
        fn access(&self) -> Access {
            Access::Read
        }
        fn abandoned(&self) -> bool {
            false
        }
    }

    #[test]
    fn of_those_who_wait_the_one_who_worked_last_is_called() {
        let queue = Arc::new(Queue::new(1));
        let (tell, told) = channel();
        let until_idle = |count: usize| {
            while queue.state().idle < count {
                yield_now();
            }
        };
        let mut threads = Vec::new();
        for name in 1..=3 {
            let (queue, tell) = (queue.clone(), tell.clone());
            threads.push(spawn(move || {
                while queue.take().is_some() {
                    tell.send(name).unwrap();
                }
            }));
            until_idle(name);
        }
        for _ in 0..3 {
            assert!(matches!(queue.push(Box::new(Errand)), Pushed::Waits));
            assert_eq!(told.recv(), Ok(3), "who came last worked last");
            until_idle(3);
        }
        queue.close();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
    }
}
