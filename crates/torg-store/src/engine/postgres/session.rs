//! A connection, the texts prepared on it, and statements run with them.

use std::cell::RefCell;
use std::collections::HashMap;

use ::postgres::types::{ToSql, Type};
use ::postgres::{Client, Config};

use super::errors;
use super::parameter::Parameter;
use crate::StoreError;
use crate::engine::row::Source;
use crate::engine::transaction::Failure;
use crate::engine::{Column, Row, Statement, Value};

/// One connection.
pub(crate) struct Session {
    client: Client,
    /// By the address of the text, which is static.
    prepared: HashMap<usize, ::postgres::Statement>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    pub(super) fn open(config: &Config) -> Result<Self, StoreError> {
        let (client, prepared) = (super::connect(config)?, HashMap::new());
        Ok(Self { client, prepared })
    }

    /// Runs a statement that is not one of the program's texts: `begin`, `commit`, `rollback`.
    pub(super) fn control(&mut self, text: &str) -> Result<(), Failure> {
        self.client.batch_execute(text).map_err(|error| errors::failure(&error))
    }

    fn prepared(
        &mut self,
        sql: &'static Statement,
        params: usize,
    ) -> Result<::postgres::Statement, Failure> {
        let key = std::ptr::from_ref(sql).addr();
        let statement = match self.prepared.get(&key) {
            Some(statement) => statement.clone(),
            None => {
                let prepared = self.client.prepare(sql.postgres());
                let statement = prepared.map_err(|error| placed(sql, &error))?;
                self.prepared.insert(key, statement.clone());
                statement
            }
        };
        let wanted = statement.params().len();
        if wanted == params {
            return Ok(statement);
        }
        let what = format!("{}: {params} parameters given, {wanted} wanted", sql.place());
        Err(StoreError::Bug(what).into())
    }
}

/// Runs `sql`, handing each row to `keep`. All rows are fetched first, so `keep` may itself read.
pub(crate) fn query(
    session: &RefCell<Session>,
    sql: &'static Statement,
    params: &[Value],
    mut keep: impl FnMut(Row<'_>),
) -> Result<(), Failure> {
    let rows = run(session, sql, params, Client::query)?;
    for row in &rows {
        keep(Row(Source::Postgres(row)));
    }
    Ok(())
}

/// Runs `sql` and counts the rows it changed.
pub(crate) fn execute(
    session: &RefCell<Session>,
    sql: &'static Statement,
    params: &[Value],
) -> Result<u64, Failure> {
    run(session, sql, params, Client::execute)
}

/// The column at `index` of a row.
pub(crate) fn column(row: &::postgres::Row, index: usize) -> Result<Column<'_>, StoreError> {
    let Some(described) = row.columns().get(index) else {
        return Err(StoreError::Bug(format!("there is no column {index}")));
    };
    let value = match *described.type_() {
        Type::INT8 => row.try_get::<_, Option<i64>>(index).map(|value| value.map(Column::Int)),
        Type::INT4 => row
            .try_get::<_, Option<i32>>(index)
            .map(|value| value.map(|number| Column::Int(number.into()))),
        Type::BOOL => row
            .try_get::<_, Option<bool>>(index)
            .map(|value| value.map(|truth| Column::Int(truth.into()))),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(index).map(|value| value.map(Column::Real)),
        Type::TEXT | Type::VARCHAR => {
            row.try_get::<_, Option<&str>>(index).map(|value| value.map(Column::Text))
        }
        Type::BYTEA => row.try_get::<_, Option<&[u8]>>(index).map(|value| value.map(Column::Bytes)),
        ref other => {
            return Err(StoreError::Bug(format!("column {index} is {other}: cast it")));
        }
    };
    let value = value.map_err(|error| StoreError::Corrupt(errors::text(&error)))?;
    Ok(value.unwrap_or(Column::Null))
}

type Call<T> =
    fn(&mut Client, &::postgres::Statement, &[&(dyn ToSql + Sync)]) -> Result<T, ::postgres::Error>;

fn run<T>(
    session: &RefCell<Session>,
    sql: &'static Statement,
    params: &[Value],
    call: Call<T>,
) -> Result<T, Failure> {
    let mut session = session.borrow_mut();
    let statement = session.prepared(sql, params.len())?;
    let parameters: Vec<_> = params.iter().map(Parameter).collect();
    let borrowed: Vec<_> = parameters.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
    call(&mut session.client, &statement, &borrowed).map_err(|error| placed(sql, &error))
}

fn placed(sql: &'static Statement, error: &::postgres::Error) -> Failure {
    let failure = errors::failure(error);
    match failure.error {
        StoreError::Bug(what) => StoreError::Bug(format!("{}: {what}", sql.place())).into(),
        _ => failure,
    }
}
