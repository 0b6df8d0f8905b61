//! PostgreSQL's SQLSTATE codes in our words.

use std::error::Error as _;

use ::postgres::Error;

use crate::StoreError;
use crate::engine::transaction::{Failure, Remedy};

/// What happened, in our words, and what can be done about it.
pub(super) fn failure(error: &Error) -> Failure {
    let Some(refused) = error.as_db_error() else {
        return if error.is_closed()
            || error.source().is_some_and(|cause| cause.is::<std::io::Error>())
        {
            broken(text(error))
        } else {
            StoreError::Bug(text(error)).into()
        };
    };
    let message = refused.message().to_owned();
    let code = refused.code().code();
    match code {
        "40001" | "40P01" => {
            Failure { error: StoreError::Unavailable(message), remedy: Remedy::Again }
        }
        "23505" => StoreError::Conflict(refused.constraint().unwrap_or_default().to_owned()).into(),
        "53100" => StoreError::Full.into(),
        // A schema change by a newer node makes prepared texts useless on this connection.
        "0A000" if message.contains("cached plan") => broken(message),
        "XX001" | "XX002" => StoreError::Corrupt(message).into(),
        // Idle in a transaction for too long: the server has hung up.
        "25P03" => broken(message),
        // Terminated, shutting down, starting up, and connection exceptions.
        _ if code.starts_with("57P") || code.starts_with("08") => broken(message),
        // Out of resources, cancelled, read-only replica, i/o error.
        _ if ["53", "55", "57", "58", "25006"].iter().any(|class| code.starts_with(class)) => {
            StoreError::Unavailable(message).into()
        }
        _ => StoreError::Bug(format!("{message} ({code})")).into(),
    }
}

/// The error with its cause: the client's own words alone are "db error".
pub(super) fn text(error: &Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

fn broken(message: String) -> Failure {
    Failure { error: StoreError::Unavailable(message), remedy: Remedy::Reconnect }
}
