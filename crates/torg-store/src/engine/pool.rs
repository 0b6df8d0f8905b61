//! Threads that come when they are needed.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use crate::StoreError;
use crate::engine::queue::{Lane, Pushed, Queue, Waiting};

/// What a thread does with the queue until it is closed.
type Work = Arc<dyn Fn(&Queue) + Send + Sync>;

/// A queue and the threads that serve it, started one by one as jobs wait.
pub(crate) struct Pool {
    queue: Arc<Queue>,
    work: Work,
    name: &'static str,
    limit: usize,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Pool {
    pub(crate) fn new(name: &'static str, limit: usize, work: Work) -> Self {
        let (queue, threads) = (Arc::default(), Mutex::default());
        Self {
            queue,
            work,
            name,
            limit,
            threads,
        }
    }

    pub(crate) fn submit(&self, lane: Lane, job: Waiting) {
        match self.queue.push(lane, job, self.limit) {
            Pushed::Waits => {}
            Pushed::WantsThread => self.start_thread(),
            Pushed::Closed(job) => job.fail(closed()),
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

    fn start_thread(&self) {
        let (queue, work) = (self.queue.clone(), self.work.clone());
        match Builder::new()
            .name(self.name.into())
            .spawn(move || work(&queue))
        {
            Ok(thread) => {
                let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
                threads.push(thread);
            }
            Err(error) => {
                tracing::error!(%error, "No thread could be started for the store: {error}");
                self.queue
                    .thread_ended(&StoreError::Unavailable(error.to_string()));
            }
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.queue.close();
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("the store is closed".into())
}
