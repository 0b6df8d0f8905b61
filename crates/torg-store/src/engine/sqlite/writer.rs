//! The one thread that writes, many jobs to a COMMIT: one wait for the disk serves them all.
//!
//! Savepoints would undo one job of a group, but each of them flushes the full-text index. So a
//! job that fails before it changed a row simply leaves the group as it was; if it had changed
//! one, the group is rolled back and each of its jobs runs again in a transaction of its own.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use torg_core::Fact;

use super::connection;
use crate::StoreError;
use crate::engine::job::{Access, Ran, announce};
use crate::engine::queue::{Queue, Waiting};
use crate::engine::{Durability, OnCommit, Tx, transaction};

/// The most jobs in one COMMIT.
const GROUP: usize = 64;
/// The longest a group works before its COMMIT. It never waits for jobs that have not come yet.
const WORK: Duration = Duration::from_millis(5);

/// Serves `queue` until it is closed.
pub(super) fn serve(queue: &Queue, file: &Path, durability: Durability, on_commit: &OnCommit) {
    let mut kept = None;
    let mut empties_log = false;
    while let Some(first) = queue.take() {
        match kept.take().map_or_else(|| connection::writer(file, durability), Ok) {
            Ok(connection) => {
                // On a disk that was full, a log that only grew would take all the room there is
                // again: what stands in it goes into the file before anything else.
                empties_log = empties_log && !connection::empty_log(&connection);
                let writer = Writer { connection: &connection, durability, on_commit };
                let file = match first.access() {
                    Access::LightWrite => writer.lightly(first),
                    Access::Read | Access::Write => writer.group(queue, first),
                };
                match file {
                    File::Sound => kept = Some(connection),
                    // The next group begins on a fresh connection.
                    File::Doubtful => empties_log = true,
                }
            }
            Err(error) => first.fail(error),
        }
    }
}

struct Writer<'w> {
    connection: &'w Connection,
    durability: Durability,
    on_commit: &'w OnCommit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum File {
    Sound,
    Doubtful,
}

impl File {
    /// What a job that failed says of the file.
    fn after(error: Option<&StoreError>) -> Self {
        if error == Some(&StoreError::Full) { Self::Doubtful } else { Self::Sound }
    }
}

/// What is answered after the COMMIT.
#[derive(Default)]
struct Group {
    jobs: Vec<(Waiting, Option<StoreError>)>,
    facts: Vec<Fact>,
}

/// What a run leaves behind.
enum Left {
    /// The job's changes, to be committed.
    Changes(Vec<Fact>),
    /// Nothing: it failed (in its own words, or with this error) before it changed a row.
    Nothing(Option<StoreError>),
    /// A transaction that must be rolled back, or was.
    Ruins(Option<StoreError>),
}

impl Writer<'_> {
    /// A job by itself, which does not wait for the disk.
    fn lightly(&self, job: Waiting) -> File {
        let set =
            |durability| connection::control(self.connection, connection::synchronous(durability));
        if let Err(error) = set(Durability::Normal) {
            job.fail(error);
            return File::Doubtful;
        }
        let file = self.alone(job);
        // A connection that would go on not waiting for the disk is not kept.
        if set(self.durability).is_ok() { file } else { File::Doubtful }
    }

    fn group(&self, queue: &Queue, first: Waiting) -> File {
        if let Err(error) = connection::control(self.connection, "begin immediate") {
            first.fail(error);
            return File::Doubtful;
        }
        let began = Instant::now();
        let mut group = Group::default();
        let mut next = Some(first);
        while let Some(mut job) = next {
            let left = self.run(&mut job);
            match left {
                Left::Changes(facts) => {
                    group.facts.extend(facts);
                    group.jobs.push((job, None));
                }
                Left::Nothing(error) => group.jobs.push((job, error)),
                Left::Ruins(error) => return self.one_by_one(group, job, error),
            }
            let full = group.jobs.len() >= GROUP || began.elapsed() >= WORK;
            next = if full { None } else { queue.try_take() };
        }
        self.commit(group)
    }

    /// Runs `job` in the open transaction and looks at what it left there.
    fn run(&self, job: &mut Waiting) -> Left {
        let before = self.connection.total_changes();
        let mut tx = Tx::new(transaction::Connection::Sqlite(self.connection));
        let ran = job.run(&mut tx);
        let (facts, failure) = tx.finish();
        let error = match (ran, failure) {
            (Ran::Ok, None) => return Left::Changes(facts),
            (Ran::Panicked, _) => Some(StoreError::Panicked),
            (Ran::Ok, Some(failure)) => Some(failure.error),
            (Ran::Err, _) => None,
        };
        // A full disk and the like roll the whole transaction back, behind our back.
        let rolled_back = self.connection.is_autocommit();
        if rolled_back || self.connection.total_changes() != before {
            Left::Ruins(error)
        } else {
            Left::Nothing(error)
        }
    }

    fn commit(&self, group: Group) -> File {
        match connection::control(self.connection, "commit") {
            Ok(()) => {
                announce(self.on_commit, &group.facts);
                for (job, error) in group.jobs {
                    reply(job, error);
                }
                File::Sound
            }
            Err(error) => {
                self.roll_back();
                for (job, _) in group.jobs {
                    job.fail(error.clone());
                }
                File::Doubtful
            }
        }
    }

    /// After `culprit` left ruins: everybody again, each in a transaction of their own.
    fn one_by_one(&self, group: Group, culprit: Waiting, error: Option<StoreError>) -> File {
        self.roll_back();
        let was_alone = group.jobs.is_empty();
        let mut files: Vec<File> = group.jobs.into_iter().map(|(job, _)| self.alone(job)).collect();
        files.push(File::after(error.as_ref()));
        if was_alone || error == Some(StoreError::Panicked) {
            reply(culprit, error);
        } else {
            files.push(self.alone(culprit));
        }
        files.into_iter().max().unwrap_or(File::Sound)
    }

    fn alone(&self, mut job: Waiting) -> File {
        if let Err(error) = connection::control(self.connection, "begin immediate") {
            job.fail(error);
            return File::Doubtful;
        }
        match self.run(&mut job) {
            Left::Changes(facts) => self.commit(Group { jobs: vec![(job, None)], facts }),
            Left::Nothing(error) | Left::Ruins(error) => {
                self.roll_back();
                let state = File::after(error.as_ref());
                reply(job, error);
                state
            }
        }
    }

    fn roll_back(&self) {
        if self.connection.is_autocommit() {
            return;
        }
        if let Err(error) = connection::control(self.connection, "rollback") {
            tracing::error!(%error, "A transaction could not be rolled back: {error}");
        }
    }
}

fn reply(job: Waiting, error: Option<StoreError>) {
    match error {
        Some(error) => job.fail(error),
        None => job.answer(),
    }
}
