//! SQLite's result codes in our words.

use rusqlite::{Connection, Error, ErrorCode, ffi};

use crate::StoreError;

/// What happened, in our words. `connection` helps to name the unique index.
pub(super) fn named(connection: Option<&Connection>, error: &Error) -> StoreError {
    let Error::SqliteFailure(failure, message) = error else {
        return StoreError::Bug(error.to_string());
    };
    let text = message.clone().unwrap_or_else(|| error.to_string());
    match (failure.code, failure.extended_code) {
        (ErrorCode::DiskFull, _) => StoreError::Full,
        (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => StoreError::Corrupt(text),
        (
            ErrorCode::ConstraintViolation,
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => StoreError::Conflict(index_name(connection, &text).unwrap_or(text)),
        (
            ErrorCode::CannotOpen
            | ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::FileLockingProtocolFailed
            | ErrorCode::OperationInterrupted
            | ErrorCode::OutOfMemory
            | ErrorCode::PermissionDenied
            | ErrorCode::ReadOnly
            | ErrorCode::SystemIoFailure,
            _,
        ) => StoreError::Unavailable(text),
        _ => StoreError::Bug(text),
    }
}

/// SQLite names the columns (`UNIQUE constraint failed: answers.title, answers.language`), or the
/// index if it is on an expression (`…: index 'one_answer'`). PostgreSQL names the index always.
fn index_name(connection: Option<&Connection>, message: &str) -> Option<String> {
    let (_, what) = message.split_once("failed: ")?;
    if let Some(quoted) = what.strip_prefix("index ") {
        return Some(quoted.trim_matches('\'').to_owned());
    }
    let mut table = "";
    let mut columns = Vec::new();
    for column in what.split(", ") {
        let (of, name) = column.split_once('.')?;
        table = of;
        columns.push(name);
    }
    indexed(connection?, table, &columns).ok().flatten()
}

/// The unique index over exactly `columns`, called as PostgreSQL would call it.
fn indexed(
    connection: &Connection,
    table: &str,
    columns: &[&str],
) -> Result<Option<String>, Error> {
    let mut indexes = connection.prepare_cached(
        "select i.name, i.origin, (select group_concat(c.name, ',') from
                (select name from pragma_index_info(i.name) order by seqno) c)
           from pragma_index_list(?1) i where i.\"unique\" order by i.origin",
    )?;
    let mut rows = indexes.query([table])?;
    while let Some(row) = rows.next()? {
        let (name, origin): (String, String) = (row.get(0)?, row.get(1)?);
        let covered: Option<String> = row.get(2)?;
        if covered.is_some_and(|covered| covered == columns.join(",")) {
            return Ok(Some(match origin.as_str() {
                "c" => name,
                "u" => format!("{table}_{}_key", columns.join("_")),
                _ => format!("{table}_pkey"),
            }));
        }
    }
    // A rowid's own key has no index.
    Ok(Some(format!("{table}_pkey")))
}
