//! What a closure works with while its transaction is open.

use std::cell::RefCell;
use std::ops::Deref;

use torg_core::Fact;

use crate::StoreError;
use crate::engine::row::Source;
use crate::engine::{EngineKind, Row, Statement, Value, postgres, sqlite};

/// An open transaction, for looking only.
#[derive(Debug)]
pub struct Read<'c> {
    connection: Connection<'c>,
    failure: RefCell<Option<Failure>>,
}

/// An open transaction that may change rows. Dereferences to [`Read`], so what can be read can be
/// read inside a write.
#[derive(Debug)]
pub struct Tx<'c> {
    read: Read<'c>,
    facts: Vec<Fact>,
}

/// What was asked for and is waited for later: see [`Read::ask`].
#[must_use = "what is asked for is waited for with `get`"]
pub struct Pending<'r, T>(Box<dyn FnOnce() -> Result<T, StoreError> + 'r>);

#[derive(Debug, Clone, Copy)]
pub(crate) enum Connection<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c RefCell<postgres::Session>),
}

/// The first statement that failed, and what the engine may do about it.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) error: StoreError,
    pub(crate) remedy: Remedy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// The same statement would fail again.
    None,
    /// Another transaction was in the way; this one may simply be run again.
    Again,
    /// The connection is broken, or of no more use.
    Reconnect,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let remedy = Remedy::None;
        Self { error, remedy }
    }
}

impl<'r, T: 'r> Pending<'r, T> {
    /// What is known without asking.
    pub(crate) fn known(known: Result<T, StoreError>) -> Self {
        Self(Box::new(move || known))
    }

    /// What `make` makes of it once it is there.
    pub(crate) fn then<U>(
        self,
        make: impl FnOnce(T) -> Result<U, StoreError> + 'r,
    ) -> Pending<'r, U> {
        Pending(Box::new(move || make(self.get()?)))
    }

    /// Waits for it.
    ///
    /// # Errors
    /// What the statement failed with, or what was made of its rows.
    pub fn get(self) -> Result<T, StoreError> {
        (self.0)()
    }
}

impl<T> std::fmt::Debug for Pending<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pending").finish_non_exhaustive()
    }
}

impl Read<'_> {
    /// Which engine this transaction runs on; for the few values that truly differ.
    pub fn engine(&self) -> EngineKind {
        match self.connection {
            Connection::Sqlite(_) => EngineKind::Sqlite,
            Connection::Postgres(_) => EngineKind::Postgres,
        }
    }

    /// The first row `sql` gives, mapped, if there is one.
    ///
    /// # Errors
    /// What the statement or `map` failed with.
    pub fn one<T>(
        &self,
        sql: &'static Statement,
        params: &[Value],
        map: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.rows(sql, params, 1, map)?.pop())
    }

    /// Every row `sql` gives, mapped, in its order.
    ///
    /// # Errors
    /// What the statement or `map` failed with.
    pub fn all<T>(
        &self,
        sql: &'static Statement,
        params: &[Value],
        map: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.rows(sql, params, usize::MAX, map)
    }

    /// As [`Read::all`], but waited for later: on PostgreSQL, what is asked for before the first
    /// answer is waited for goes there in one way. SQLite, which is no way off, answers at once.
    pub fn ask<'r, T: 'r>(
        &'r self,
        sql: &'static Statement,
        params: &[Value],
        map: impl Fn(&Row<'_>) -> Result<T, StoreError> + 'r,
    ) -> Pending<'r, Vec<T>> {
        let Connection::Postgres(session) = self.connection else {
            return Pending::known(self.all(sql, params, map));
        };
        let sent = self.healthy().and_then(|()| {
            postgres::ask(session, sql, params).map_err(|failure| self.doom(failure))
        });
        Pending(Box::new(move || {
            let sent = sent?;
            self.healthy()?;
            let rows = postgres::answer(session, &sent).map_err(|failure| self.doom(failure))?;
            rows.iter().map(|row| map(&Row(Source::Postgres(row)))).collect()
        }))
    }

    /// As [`Read::one`], but waited for later, like [`Read::ask`].
    pub fn ask_one<'r, T: 'r>(
        &'r self,
        sql: &'static Statement,
        params: &[Value],
        map: impl Fn(&Row<'_>) -> Result<T, StoreError> + 'r,
    ) -> Pending<'r, Option<T>> {
        self.ask(sql, params, map).then(|rows| Ok(rows.into_iter().next()))
    }

    /// Maps at most `limit` rows. All rows are stepped through, because an `update … returning`
    /// that is not finished is not done.
    fn rows<T>(
        &self,
        sql: &'static Statement,
        params: &[Value],
        limit: usize,
        map: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.healthy()?;
        let mut mapped = Vec::new();
        let mut refused = None;
        let keep = |row: Row<'_>| {
            if mapped.len() < limit && refused.is_none() {
                match map(&row) {
                    Ok(value) => mapped.push(value),
                    Err(error) => refused = Some(error),
                }
            }
        };
        let done = match self.connection {
            Connection::Sqlite(connection) => sqlite::query(connection, sql, params, keep),
            Connection::Postgres(session) => postgres::query(session, sql, params, keep),
        };
        done.map_err(|failure| self.doom(failure))?;
        refused.map_or(Ok(mapped), Err)
    }

    fn healthy(&self) -> Result<(), StoreError> {
        let failure = self.failure.borrow();
        failure.as_ref().map_or(Ok(()), |failure| Err(failure.error.clone()))
    }

    /// PostgreSQL refuses everything after a failed statement, even the COMMIT; both engines do.
    fn doom(&self, failure: Failure) -> StoreError {
        let error = failure.error.clone();
        self.failure.replace(Some(failure));
        error
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(connection: Connection<'c>) -> Self {
        let read = Read { connection, failure: RefCell::new(None) };
        Self { read, facts: Vec::new() }
    }

    pub(crate) fn finish(self) -> (Vec<Fact>, Option<Failure>) {
        (self.facts, self.read.failure.into_inner())
    }

    /// Runs `sql` and says how many rows it inserted, updated or deleted.
    ///
    /// # Errors
    /// What the statement failed with; a row that is there already is [`StoreError::Conflict`].
    pub fn execute(
        &mut self,
        sql: &'static Statement,
        params: &[Value],
    ) -> Result<u64, StoreError> {
        self.read.healthy()?;
        let done = match self.read.connection {
            Connection::Sqlite(connection) => sqlite::execute(connection, sql, params),
            Connection::Postgres(session) => postgres::execute(session, sql, params),
        };
        done.map_err(|failure| self.read.doom(failure))
    }

    /// As [`Tx::execute`], for a statement that gives nothing back. On PostgreSQL it is sent and not
    /// waited for: a failure is told by a later statement, or by the COMMIT. So it is not for a row
    /// whose conflict the caller handles.
    ///
    /// # Errors
    /// What it, or a statement that was sent before, failed with.
    pub fn send(&mut self, sql: &'static Statement, params: &[Value]) -> Result<(), StoreError> {
        self.read.healthy()?;
        let done = match self.read.connection {
            Connection::Sqlite(connection) => sqlite::execute(connection, sql, params).map(drop),
            Connection::Postgres(session) => postgres::send(session, sql, params).map(drop),
        };
        done.map_err(|failure| self.read.doom(failure))
    }

    /// Runs `sql`, an `insert`, `update` or `delete … returning`, and maps its first row.
    ///
    /// # Errors
    /// As [`Tx::execute`], or what `map` failed with.
    pub fn returning<T>(
        &mut self,
        sql: &'static Statement,
        params: &[Value],
        map: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.read.one(sql, params, map)
    }

    /// Runs `sql`, an `insert`, `update` or `delete … returning`, and maps all its rows, which
    /// come in no particular order.
    ///
    /// # Errors
    /// As [`Tx::execute`], or what `map` failed with.
    pub fn returning_all<T>(
        &mut self,
        sql: &'static Statement,
        params: &[Value],
        map: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.read.all(sql, params, map)
    }

    /// Says on the bus that something changed, once this transaction is committed.
    pub fn announce(&mut self, fact: Fact) {
        self.facts.push(fact);
    }
}

impl<'c> Deref for Tx<'c> {
    type Target = Read<'c>;

    fn deref(&self) -> &Read<'c> {
        &self.read
    }
}
