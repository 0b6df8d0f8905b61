//! PostgreSQL: threads that each hold a connection, for reading and writing alike.

mod errors;
mod parameter;
mod session;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use ::postgres::{Client, Config, NoTls};

use crate::StoreError;
use crate::engine::notify::Notices;
use crate::engine::pool::Pool;
use crate::engine::queue::Waiting;
use crate::engine::{EngineKind, OnCommit, Options, migrations};

pub(crate) use session::{Session, answer, ask, column, execute, query, send};

/// Nodes that start at once bring the tables up to date one after the other. Any number will do,
/// as long as all versions use the same.
const MIGRATION_LOCK: i64 = 0x746f_7267;

/// How long a server may take to accept a connection, or to acknowledge what was sent.
const PATIENCE: Duration = Duration::from_secs(10);

/// What every connection asks of the server:
///
/// - a node that hangs in the middle of a transaction does not hold its locks for ever;
/// - a statement is planned once, for any values, as it was written to walk an index whatever they
///   are; to plan it anew each time takes longer than most take to run, and to compile it longer still;
/// - nothing is read whole or sorted whole to be joined: without the values the server takes a page's
///   fifty rows for a tenth of all that is open, and read a million inquiries to join them;
/// - what a search gathers is remembered row by row (4 MB are enough for some 100,000; then each row
///   of a page is looked at again).
const SETTINGS: &str = "set idle_in_transaction_session_timeout = '60s';
    set plan_cache_mode = force_generic_plan; set jit = off; set work_mem = '32MB';
    set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off";

/// A reachable PostgreSQL database.
pub(crate) struct Postgres {
    workers: Pool,
    notices: Option<Arc<Notices>>,
}

impl Postgres {
    /// Connects by the connection string `text` and brings the tables up to date.
    pub(crate) fn open(
        text: &str,
        options: &Options,
        on_commit: OnCommit,
    ) -> Result<Self, StoreError> {
        let config = config(text)?;
        let blocking = Config::from(config.clone());
        migrate(&blocking, options)?;
        let notices = options.listen.then(|| Notices::start(&blocking, options, on_commit.clone()));
        let notices = notices.transpose()?.map(Arc::new);
        // The bus of this node hears at once, the other nodes a little later.
        let also_others = notices.clone();
        let tell: OnCommit = Arc::new(move |facts| {
            on_commit(facts);
            if let Some(notices) = &also_others {
                notices.tell(facts);
            }
        });
        let work = move |queue: &_| worker::serve(queue, &config, &tell);
        let (limit, connections) = (options.connections.limit(), options.connections.clone());
        let workers = Pool::new("torg-postgres", connections, (limit / 2).max(1), Arc::new(work));
        Ok(Self { workers, notices })
    }

    pub(crate) fn submit(&self, job: Waiting) {
        self.workers.submit(job);
    }

    pub(crate) fn close(&self) {
        self.workers.close();
        if let Some(notices) = &self.notices {
            notices.close();
        }
    }
}

fn config(text: &str) -> Result<tokio_postgres::Config, StoreError> {
    let mut config: tokio_postgres::Config =
        text.parse().map_err(|error| errors::failure(&error).error)?;
    if config.get_application_name().is_none() {
        config.application_name("torg");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    config.tcp_user_timeout(PATIENCE);
    Ok(config)
}

/// A new connection.
pub(crate) fn connect(config: &Config) -> Result<Client, StoreError> {
    let opened = config.connect(NoTls).and_then(|mut client| {
        client.batch_execute(SETTINGS)?;
        Ok(client)
    });
    // Whatever the reason, an unreachable server is not a fault of the program.
    opened.map_err(|error| StoreError::Unavailable(errors::text(&error)))
}

fn migrate(config: &Config, options: &Options) -> Result<(), StoreError> {
    let runner = migrations::runner(options.migrations, EngineKind::Postgres)?;
    let mut client = connect(config)?;
    warn_of_collation(&mut client)?;
    // The lock goes with the connection, so it is given back however this ends.
    client
        .execute("select pg_advisory_lock($1)", &[&MIGRATION_LOCK])
        .map_err(|error| errors::failure(&error).error)?;
    let migrated = runner.run(&mut client);
    migrated.map(|_| ()).map_err(|error| StoreError::Bug(error.to_string()))
}

fn warn_of_collation(client: &mut Client) -> Result<(), StoreError> {
    let text = "select datcollate from pg_database where datname = current_database()";
    let row = client.query_one(text, &[]).map_err(|error| errors::failure(&error).error)?;
    let collation: String = row.get(0);
    if !(collation == "C" || collation == "POSIX" || collation.starts_with("C.")) {
        tracing::warn!(
            collation,
            "The database sorts by {collation}; make it with collation C, or lists may be slow"
        );
    }
    Ok(())
}
