//! A thread that runs jobs on one connection, each as a transaction of its own.

use std::cell::RefCell;
use std::thread::sleep;
use std::time::Duration;

use tokio_postgres::Config;
use torg_core::Fact;

use super::Session;
use crate::StoreError;
use crate::engine::job::{Access, Ran, announce};
use crate::engine::queue::{Queue, Waiting};
use crate::engine::transaction::{Connection, Failure, Remedy};
use crate::engine::{OnCommit, Tx};

/// How often a transaction that met another one is run again, waiting 1, 2, 4 … 64 ms between.
const AGAIN: u32 = 12;

/// Serves `queue` until there is no more.
pub(super) fn serve(queue: &Queue, config: &Config, on_commit: &OnCommit) {
    let mut worker = Worker { config, on_commit, session: None };
    while let Some(job) = queue.take() {
        let lane = job.lane();
        if job.access() != Access::Read || !job.abandoned() {
            worker.perform(job);
        }
        queue.done(lane);
    }
}

struct Worker<'w> {
    config: &'w Config,
    on_commit: &'w OnCommit,
    session: Option<RefCell<Session>>,
}

/// How a transaction ended.
enum End {
    Committed(Vec<Fact>),
    /// Rolled back: the job failed in its own words, or with this error.
    Refused(Option<StoreError>),
    /// Nothing of it is kept, and it may be run again once the remedy is applied.
    Curable(Failure),
    /// The connection broke during the COMMIT.
    Unknown(StoreError),
}

impl Worker<'_> {
    fn perform(&mut self, mut job: Waiting) {
        let mut met = 0;
        let mut reconnected = false;
        loop {
            let failure = match self.once(&mut job) {
                End::Committed(facts) => {
                    announce(self.on_commit, &facts);
                    return job.answer();
                }
                End::Refused(None) => return job.answer(),
                End::Refused(Some(error)) => return job.fail(error),
                End::Unknown(error) => {
                    self.session = None;
                    return job.fail(error);
                }
                End::Curable(failure) => failure,
            };
            match failure.remedy {
                Remedy::Again if met < AGAIN => {
                    sleep(Duration::from_millis(1 << met.min(6)));
                    met += 1;
                }
                Remedy::Reconnect => {
                    self.session = None;
                    if reconnected {
                        return job.fail(failure.error);
                    }
                    reconnected = true;
                }
                _ => return job.fail(failure.error),
            }
        }
    }

    /// One attempt.
    fn once(&mut self, job: &mut Waiting) -> End {
        let session = match self.session.take().map_or_else(|| self.connected(), Ok) {
            Ok(session) => &*self.session.insert(session),
            Err(error) => return End::Refused(Some(error)),
        };
        let begin = match job.access() {
            Access::Read => "begin isolation level repeatable read read only",
            Access::Write => "begin isolation level read committed",
            Access::LightWrite => {
                "begin isolation level read committed; set local synchronous_commit = off"
            }
        };
        if let Err(failure) = session.borrow_mut().begin(begin) {
            return End::Curable(failure);
        }
        let mut tx = Tx::new(Connection::Postgres(session));
        let ran = job.run(&mut tx);
        let (facts, failure) = tx.finish();
        match (ran, failure) {
            (Ran::Ok, None) => commit(session, facts),
            (ran, failure) => self.undo(ran, failure),
        }
    }

    /// Rolls back, and tells why.
    fn undo(&mut self, ran: Ran, failure: Option<Failure>) -> End {
        let session = self.session.as_ref();
        if session.is_some_and(|session| session.borrow_mut().roll_back().is_err()) {
            // The server rolls back what a broken connection leaves.
            self.session = None;
        }
        match (ran, failure) {
            (Ran::Panicked, _) => End::Refused(Some(StoreError::Panicked)),
            (_, Some(failure)) if failure.remedy != Remedy::None => End::Curable(failure),
            (Ran::Ok, Some(failure)) => End::Refused(Some(failure.error)),
            _ => End::Refused(None),
        }
    }

    fn connected(&self) -> Result<RefCell<Session>, StoreError> {
        Session::open(self.config).map(RefCell::new)
    }
}

fn commit(session: &RefCell<Session>, facts: Vec<Fact>) -> End {
    match session.borrow_mut().commit() {
        Ok(()) => End::Committed(facts),
        Err(failure) if failure.remedy == Remedy::Reconnect => End::Unknown(failure.error),
        Err(failure) => End::Curable(failure),
    }
}
