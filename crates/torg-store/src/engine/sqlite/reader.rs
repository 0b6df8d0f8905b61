//! A thread that reads.

use std::path::Path;

use rusqlite::Connection;

use super::connection;
use crate::StoreError;
use crate::engine::Tx;
use crate::engine::job::Ran;
use crate::engine::queue::{Queue, Waiting};
use crate::engine::transaction;

/// Serves `queue` until it is closed, on one connection.
pub(super) fn serve(queue: &Queue, file: &Path) {
    let mut kept = None;
    while let Some(mut job) = queue.take() {
        if job.abandoned() {
            continue;
        }
        match kept.take().map_or_else(|| connection::reader(file), Ok) {
            Ok(connection) => {
                let run = look(&connection, &mut job);
                // After a failure of the file itself the next job begins on a fresh connection.
                if !matches!(run, Err(StoreError::Unavailable(_) | StoreError::Corrupt(_))) {
                    kept = Some(connection);
                }
                match run {
                    Ok(()) => job.answer(),
                    Err(error) => job.fail(error),
                }
            }
            Err(error) => job.fail(error),
        }
    }
}

/// Runs `job` on one state of the database, which its first statement chooses.
fn look(connection: &Connection, job: &mut Waiting) -> Result<(), StoreError> {
    connection::control(connection, "begin deferred")?;
    let mut tx = Tx::new(transaction::Connection::Sqlite(connection));
    let ran = job.run(&mut tx);
    let (_, failure) = tx.finish();
    // A failure of the file itself has ended the transaction already.
    if !connection.is_autocommit() {
        connection::control(connection, "rollback")?;
    }
    match (ran, failure) {
        (Ran::Panicked, _) => Err(StoreError::Panicked),
        (Ran::Ok, Some(failure)) => Err(failure.error),
        _ => Ok(()),
    }
}
