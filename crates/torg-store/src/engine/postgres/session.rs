//! A connection, the texts prepared on it, and statements run with them.
//!
//! Each answer that is waited for costs a round trip to the server, which takes longer than most
//! statements do. So several may be asked for before the first is waited for, and what gives nothing
//! back but its failure is sent and not waited for: its answer comes in front of the next one that is,
//! and a failure is told there or at the COMMIT, which the server has then made a ROLLBACK.

use std::cell::RefCell;
use std::collections::HashMap;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use ::postgres::types::{ToSql, Type};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, Config, Error, NoTls};

use super::errors;
use super::parameter::Parameter;
use crate::StoreError;
use crate::engine::row::Source;
use crate::engine::transaction::Failure;
use crate::engine::{Column, Row, Statement, Value};

/// One connection.
pub(crate) struct Session {
    client: Rc<Client>,
    /// By the address of the text, which is static.
    prepared: HashMap<usize, ::postgres::Statement>,
    /// What was sent and not waited for, in order.
    under_way: Vec<UnderWay>,
    /// Carries the connection while somebody waits.
    runtime: Runtime,
}

/// The text whose answer is still to come, if it is one of the program's.
struct UnderWay {
    sql: Option<&'static Statement>,
    answer: Pin<Box<dyn Future<Output = Result<(), Error>>>>,
}

/// What is still to come: it is there once what is under way is settled.
pub(crate) struct Sent<T>(Rc<RefCell<Option<T>>>);

/// More answers than this are not left to come.
const MOST_UNDER_WAY: usize = 256;

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    pub(super) fn open(config: &Config) -> Result<Self, StoreError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let opened = runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await?;
            // It ends with the client, or in a failure that the next statement meets.
            drop(tokio::spawn(connection));
            client.batch_execute(super::SETTINGS).await?;
            Ok(client)
        });
        let client = opened.map_err(|error| StoreError::Unavailable(errors::text(&error)))?;
        let (client, prepared, under_way) = (Rc::new(client), HashMap::new(), Vec::new());
        Ok(Self { client, prepared, under_way, runtime })
    }

    /// Sends the `begin` of a transaction; its first statement follows at once.
    pub(super) fn begin(&mut self, text: &'static str) -> Result<(), Failure> {
        let client = Rc::clone(&self.client);
        self.send(None, async move { client.batch_execute(text).await }).map(drop)
    }

    /// Keeps the transaction. Fails if anything that was sent before has failed.
    pub(super) fn commit(&mut self) -> Result<(), Failure> {
        let client = Rc::clone(&self.client);
        self.wait_for(None, async move { client.batch_execute("commit").await })
    }

    /// Gives the transaction up, with whatever is still under way.
    pub(super) fn roll_back(&mut self) -> Result<(), Failure> {
        self.under_way.clear();
        let rolled_back = self.runtime.block_on(self.client.batch_execute("rollback"));
        rolled_back.map_err(|error| errors::failure(&error))
    }

    /// Sends what `answer` asks for as soon as somebody waits for anything.
    fn send<T: 'static>(
        &mut self,
        sql: Option<&'static Statement>,
        answer: impl Future<Output = Result<T, Error>> + 'static,
    ) -> Result<Sent<T>, Failure> {
        let sent = Rc::new(RefCell::new(None));
        let kept = Rc::clone(&sent);
        let mut answer = Box::pin(async move {
            kept.replace(Some(answer.await?));
            Ok(())
        });
        // The first look puts the request in line behind those before it.
        match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => done.map_err(|error| told(sql, &error))?,
            Poll::Pending => self.under_way.push(UnderWay { sql, answer }),
        }
        if self.under_way.len() >= MOST_UNDER_WAY {
            self.settle()?;
        }
        Ok(Sent(sent))
    }

    /// Waits for what was sent, and for all that is under way before it.
    fn taken<T>(&mut self, sent: &Sent<T>) -> Result<T, Failure> {
        if sent.0.borrow().is_none() {
            self.settle()?;
        }
        let gone = || StoreError::Bug("what was asked for was given up".into());
        sent.0.take().ok_or_else(|| gone().into())
    }

    fn wait_for<T: 'static>(
        &mut self,
        sql: Option<&'static Statement>,
        answer: impl Future<Output = Result<T, Error>> + 'static,
    ) -> Result<T, Failure> {
        let sent = self.send(sql, answer)?;
        self.taken(&sent)
    }

    /// Waits for all that is under way; tells the first failure, which is the cause of the others.
    /// In the order in which it was sent: rows that nobody takes hold up the answers behind them.
    fn settle(&mut self) -> Result<(), Failure> {
        let mut first = Ok(());
        for one in self.under_way.drain(..) {
            let done = self.runtime.block_on(one.answer);
            first = first.and(done.map_err(|error| told(one.sql, &error)));
        }
        first
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
                let client = Rc::clone(&self.client);
                let text = sql.postgres();
                let statement =
                    self.wait_for(Some(sql), async move { client.prepare(text).await })?;
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
    let asked = ask(session, sql, params)?;
    for row in answer(session, &asked)? {
        keep(Row(Source::Postgres(&row)));
    }
    Ok(())
}

/// Sends `sql`, whose rows are waited for with [`answer`].
pub(crate) fn ask(
    session: &RefCell<Session>,
    sql: &'static Statement,
    params: &[Value],
) -> Result<Sent<Vec<::postgres::Row>>, Failure> {
    let mut session = session.borrow_mut();
    let statement = session.prepared(sql, params.len())?;
    let (client, params) = (Rc::clone(&session.client), params.to_vec());
    session.send(Some(sql), async move {
        let parameters: Vec<_> = params.iter().map(Parameter).collect();
        client.query(&statement, &borrowed(&parameters)).await
    })
}

/// Waits for what was asked for.
pub(crate) fn answer<T>(session: &RefCell<Session>, asked: &Sent<T>) -> Result<T, Failure> {
    session.borrow_mut().taken(asked)
}

/// Runs `sql` and counts the rows it changed.
pub(crate) fn execute(
    session: &RefCell<Session>,
    sql: &'static Statement,
    params: &[Value],
) -> Result<u64, Failure> {
    let changed = send(session, sql, params)?;
    answer(session, &changed)
}

/// Sends `sql` without waiting for it to be done.
pub(crate) fn send(
    session: &RefCell<Session>,
    sql: &'static Statement,
    params: &[Value],
) -> Result<Sent<u64>, Failure> {
    let mut session = session.borrow_mut();
    let statement = session.prepared(sql, params.len())?;
    let (client, params) = (Rc::clone(&session.client), params.to_vec());
    session.send(Some(sql), async move {
        client.execute_raw(&statement, params.iter().map(Parameter)).await
    })
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

fn borrowed<'p>(parameters: &'p [Parameter<'p>]) -> Vec<&'p (dyn ToSql + Sync)> {
    parameters.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn told(sql: Option<&'static Statement>, error: &Error) -> Failure {
    sql.map_or_else(|| errors::failure(error), |sql| placed(sql, error))
}

fn placed(sql: &'static Statement, error: &::postgres::Error) -> Failure {
    let failure = errors::failure(error);
    match failure.error {
        StoreError::Bug(what) => StoreError::Bug(format!("{}: {what}", sql.place())).into(),
        _ => failure,
    }
}
