//! Connections to the file, and statements on them.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection};

use super::errors;
use crate::StoreError;
use crate::engine::row::Source;
use crate::engine::transaction::Failure;
use crate::engine::value::without_nul;
use crate::engine::{Column, Durability, Row, Statement, Value};

/// More than the program has statements, so that none is ever prepared twice on a connection.
const STATEMENTS_KEPT: usize = 1024;

/// How long to wait for another process, such as a backup, to let go of the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// The connection that writes.
pub(super) fn writer(file: &Path, durability: Durability) -> Result<Connection, StoreError> {
    // The log is emptied into the file every 4,000 pages (16 MB): rarely enough to share the
    // work among many commits, often enough to keep the log small.
    open(
        file,
        &format!(
            "pragma journal_mode = wal; {}
             pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864;
             pragma foreign_keys = on; pragma cache_size = -4000;",
            synchronous(durability)
        ),
    )
}

/// The pragma by which a COMMIT waits for the disk, or does not.
pub(super) fn synchronous(durability: Durability) -> &'static str {
    match durability {
        Durability::Full => "pragma synchronous = full;",
        Durability::Normal => "pragma synchronous = normal;",
    }
}

/// Puts what stands in the log into the file, as far as there is room and nobody reads older pages
/// (<https://sqlite.org/pragma.html#pragma_wal_checkpoint>). Whether all of it went; waits for nobody.
pub(super) fn empty_log(connection: &Connection) -> bool {
    let pages = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
    match connection.query_row("pragma wal_checkpoint(passive)", [], pages) {
        Ok((in_log, done)) => in_log == done,
        Err(error) => {
            tracing::debug!(%error, "The log was not emptied: {error}");
            false
        }
    }
}

/// A connection that cannot write.
pub(super) fn reader(file: &Path) -> Result<Connection, StoreError> {
    open(file, "pragma query_only = on; pragma cache_size = -2000;")
}

fn open(file: &Path, pragmas: &str) -> Result<Connection, StoreError> {
    let opened = Connection::open(file).and_then(|connection| {
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch(pragmas)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        // Else a statement is planned anew whenever a value that a partial index might turn on is
        // bound to it (https://sqlite.org/c3ref/prepare.html, the third point).
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(connection)
    });
    opened.map_err(|error| errors::named(None, &error))
}

/// Runs a statement that is not one of the program's texts: `begin`, `commit`, `rollback`.
pub(super) fn control(connection: &Connection, text: &str) -> Result<(), StoreError> {
    connection.execute_batch(text).map_err(|error| errors::named(None, &error))
}

/// Runs `sql`, handing each row to `keep`.
pub(crate) fn query(
    connection: &Connection,
    sql: &'static Statement,
    params: &[Value],
    mut keep: impl FnMut(Row<'_>),
) -> Result<(), Failure> {
    let mut run = || {
        let mut statement = prepared(connection, sql, params)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            keep(Row(Source::Sqlite(row)));
        }
        Ok(())
    };
    named(connection, sql, run())
}

/// Runs `sql` and counts the rows it changed.
pub(crate) fn execute(
    connection: &Connection,
    sql: &'static Statement,
    params: &[Value],
) -> Result<u64, Failure> {
    let run = || prepared(connection, sql, params)?.raw_execute();
    let changed = named(connection, sql, run())?;
    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
}

/// The column at `index` of a row.
pub(crate) fn column<'r>(
    row: &'r rusqlite::Row<'_>,
    index: usize,
) -> Result<Column<'r>, StoreError> {
    let value = row.get_ref(index).map_err(|error| StoreError::Bug(error.to_string()))?;
    Ok(match value {
        ValueRef::Null => Column::Null,
        ValueRef::Integer(number) => Column::Int(number),
        ValueRef::Real(number) => Column::Real(number),
        ValueRef::Blob(bytes) => Column::Bytes(bytes),
        ValueRef::Text(text) => Column::Text(
            std::str::from_utf8(text).map_err(|error| StoreError::Corrupt(error.to_string()))?,
        ),
    })
}

fn prepared<'c>(
    connection: &'c Connection,
    sql: &'static Statement,
    params: &[Value],
) -> Result<CachedStatement<'c>, rusqlite::Error> {
    let mut statement = connection.prepare_cached(sql.sqlite())?;
    let wanted = statement.parameter_count();
    if wanted != params.len() {
        return Err(rusqlite::Error::InvalidParameterCount(params.len(), wanted));
    }
    for (number, value) in (1..).zip(params) {
        match value {
            Value::Null => statement.raw_bind_parameter(number, rusqlite::types::Null)?,
            Value::Int(given) => statement.raw_bind_parameter(number, given)?,
            Value::Real(given) => statement.raw_bind_parameter(number, given)?,
            Value::Text(given) => statement.raw_bind_parameter(number, without_nul(given))?,
            Value::Bytes(given) => statement.raw_bind_parameter(number, given)?,
        }
    }
    Ok(statement)
}

fn named<T>(
    connection: &Connection,
    sql: &'static Statement,
    done: Result<T, rusqlite::Error>,
) -> Result<T, Failure> {
    done.map_err(|error| match errors::named(Some(connection), &error) {
        StoreError::Bug(what) => StoreError::Bug(format!("{}: {what}", sql.place())).into(),
        error => error.into(),
    })
}
