//! Threads that come when they are needed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use crate::StoreError;
use crate::engine::queue::{Pushed, Queue, Waiting};

/// What a thread does with the queue until there is no more.
type Work = Arc<dyn Fn(&Queue) + Send + Sync>;

/// How many threads, each with its connection, there may be at once. Clones count together: all
/// municipalities of a process share one. Each store may always have one.
#[derive(Debug, Clone)]
pub struct Connections {
    limit: usize,
    used: Arc<AtomicUsize>,
}

impl Connections {
    /// At most `limit` connections, or one for each store if those are more.
    pub fn at_most(limit: usize) -> Self {
        let used = Arc::default();
        Self { limit, used }
    }

    /// The highest number of connections.
    pub fn limit(&self) -> usize {
        self.limit
    }

    fn one_more(&self, always: bool) -> bool {
        let room = |used: usize| (always || used < self.limit).then_some(used + 1);
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        self.used.fetch_update(set, fetch, room).is_ok()
    }

    fn one_less(&self) {
        self.used.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A queue and the threads that serve it, started one by one as jobs wait.
pub(crate) struct Pool {
    queue: Arc<Queue>,
    work: Work,
    name: &'static str,
    connections: Connections,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Pool {
    pub(crate) fn new(
        name: &'static str,
        connections: Connections,
        bulk_at_once: usize,
        work: Work,
    ) -> Self {
        let queue = Arc::new(Queue::new(bulk_at_once));
        let threads = Mutex::default();
        Self { queue, work, name, connections, threads }
    }

    pub(crate) fn submit(&self, job: Waiting) {
        match self.queue.push(job) {
            Pushed::Waits => {}
            Pushed::WantsThread { first } => self.start_thread(first),
            Pushed::Closed(job) => {
                job.fail(StoreError::Unavailable("the store is closed".into()));
            }
        }
    }

    /// Finishes what waits and lets the threads end.
    pub(crate) fn close(&self) {
        self.queue.close();
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        for thread in threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("A thread of the store ended in a panic");
            }
        }
    }

    fn start_thread(&self, first: bool) {
        if !self.connections.one_more(first) {
            let busy = StoreError::Unavailable("all connections are in use".into());
            return self.queue.uncount(&busy);
        }
        let (queue, work) = (self.queue.clone(), self.work.clone());
        let connections = self.connections.clone();
        let run = move || {
            work(&queue);
            connections.one_less();
        };
        match Builder::new().name(self.name.into()).spawn(run) {
            Ok(thread) => {
                let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
                threads.retain(|thread| !thread.is_finished());
                threads.push(thread);
            }
            Err(error) => {
                tracing::error!(%error, "No thread could be started for the store: {error}");
                self.connections.one_less();
                self.queue.uncount(&StoreError::Unavailable(error.to_string()));
            }
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.queue.close();
    }
}
