//! The handles the rest of the house holds.

use std::path::PathBuf;
use std::sync::Arc;

use torg_core::Fact;

use crate::StoreError;
use crate::engine::job::{Access, Closure, Job};
use crate::engine::postgres::Postgres;
use crate::engine::sqlite::Sqlite;
use crate::engine::{Connections, Lane, Migration, Read, Tx};

/// Where a municipality's database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file, made if it is not there.
    Sqlite(PathBuf),
    /// A connection string, such as `host=/run/postgresql user=torg dbname=fjordby`.
    Postgres(String),
}

/// Which engine a store runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineKind {
    Sqlite,
    Postgres,
}

/// What the embedded database waits for before a write counts as done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// The disk: nothing acknowledged is lost when the power goes.
    Full,
    /// The operating system: the last moments may be lost when the power goes, not when the
    /// process dies.
    Normal,
}

/// Is told the facts of a transaction after its COMMIT and before its caller is answered.
/// Runs on a thread of the engine, so it must be quick.
pub type OnCommit = Arc<dyn Fn(&[Fact]) + Send + Sync>;

/// How a store is run.
#[derive(Clone)]
pub struct Options {
    /// The schema, oldest step first.
    pub migrations: &'static [Migration],
    /// For the embedded database; PostgreSQL has its own setting.
    pub durability: Durability,
    /// The most threads that read the embedded database at once.
    pub readers: usize,
    /// The most connections to PostgreSQL, for reading and writing together.
    pub connections: Connections,
    /// Tells this process from the others of the same municipality.
    pub node: u16,
    /// Whether there may be other nodes: on PostgreSQL, facts are then told to them and heard
    /// from them, by two connections more.
    pub listen: bool,
    /// Called when other nodes' facts may have been missed: look at everything again.
    pub resync: Arc<dyn Fn() + Send + Sync>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            migrations: crate::MIGRATIONS,
            durability: Durability::Full,
            readers: 4,
            connections: Connections::at_most(8),
            node: 0,
            listen: false,
            resync: Arc::new(|| {}),
        }
    }
}

/// A database, to read and to write. Held by desk alone.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
}

/// A database, to read only.
#[derive(Clone)]
pub struct Reader {
    engine: Arc<Engine>,
}

enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Store {
    /// Opens the database at `place`, bringing its tables up to date first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if it cannot be reached; what a migration failed with.
    pub async fn open(
        place: &Place,
        options: Options,
        on_commit: OnCommit,
    ) -> Result<Self, StoreError> {
        let place = place.clone();
        let engine = on_a_thread(move || match place {
            Place::Sqlite(file) => Sqlite::open(file, &options, &on_commit).map(Engine::Sqlite),
            Place::Postgres(text) => {
                Postgres::open(&text, &options, on_commit).map(Engine::Postgres)
            }
        });
        Ok(Self { engine: Arc::new(engine.await?) })
    }

    /// The same database for those who only look.
    pub fn reader(&self) -> Reader {
        Reader { engine: self.engine.clone() }
    }

    /// Runs `work` on one state of the database.
    ///
    /// # Errors
    /// What `work` failed with, or the engine.
    pub async fn read<T, E>(
        &self,
        work: impl Fn(&Read<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.engine.read(work).await
    }

    /// Runs `work` as one transaction that somebody waits for, and returns after its COMMIT.
    /// `work` may run more than once and must have no effect outside the transaction.
    ///
    /// # Errors
    /// What `work` failed with, or the engine; then nothing of it is kept.
    pub async fn write<T, E>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.engine.run(Lane::People, Access::Write, work).await
    }

    /// As [`Store::write`], returning before the disk has it: for what somebody waits for and a
    /// power cut may take back. What is written later and kept keeps it too.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_lightly<T, E>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.engine.run(Lane::People, Access::LightWrite, work).await
    }

    /// As [`Store::write`], giving way to everything somebody waits for.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_bulk<T, E>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.engine.run(Lane::Bulk, Access::Write, work).await
    }

    /// Which engine this is.
    pub fn engine(&self) -> EngineKind {
        match *self.engine {
            Engine::Sqlite(_) => EngineKind::Sqlite,
            Engine::Postgres(_) => EngineKind::Postgres,
        }
    }

    /// Finishes what waits, refuses what comes after, and lets the database go.
    pub async fn close(self) {
        let engine = self.engine;
        let closed = on_a_thread(move || {
            match &*engine {
                Engine::Sqlite(sqlite) => sqlite.close(),
                Engine::Postgres(postgres) => postgres.close(),
            }
            Ok(())
        });
        // It fails only if the process is out of threads, and then all ends anyway.
        let _ = closed.await;
    }
}

impl Reader {
    /// Runs `work` on one state of the database.
    ///
    /// # Errors
    /// What `work` failed with, or the engine.
    pub async fn read<T, E>(
        &self,
        work: impl Fn(&Read<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.engine.read(work).await
    }
}

impl Engine {
    async fn read<T, E>(
        &self,
        work: impl Fn(&Read<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.run(Lane::People, Access::Read, move |tx| work(tx)).await
    }

    async fn run<T, E>(
        &self,
        lane: Lane,
        access: Access,
        work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (job, answer) = Closure::new(lane, access, work);
        let job: Box<dyn Job> = Box::new(job);
        match self {
            Self::Sqlite(sqlite) => sqlite.submit(job),
            Self::Postgres(postgres) => postgres.submit(job),
        }
        let gone = |_| Err(StoreError::Unavailable("the store is closed".into()).into());
        answer.await.unwrap_or_else(gone)
    }
}

/// Runs blocking work on a thread of its own: the PostgreSQL client panics on a tokio worker.
async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let (reply, answer) = tokio::sync::oneshot::channel();
    let spawned = std::thread::Builder::new().spawn(move || {
        // Whoever asked may have stopped waiting.
        let _ = reply.send(work());
    });
    spawned.map_err(|error| StoreError::Unavailable(error.to_string()))?;
    answer.await.unwrap_or(Err(StoreError::Panicked))
}
