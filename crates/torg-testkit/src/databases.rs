//! The same test on both databases.

use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;
use torg_core::Fact;
use torg_store::{Migration, Options, Place, Store};

use crate::postgres::{TestDatabase, database_with};

/// An empty store for one test, gone with this value.
pub struct TestStore {
    /// The open store.
    pub store: Store,
    /// Where it is, to open it once more.
    pub place: Place,
    facts: Arc<Mutex<Vec<Fact>>>,
    _home: Home,
}

/// What goes away with the test.
enum Home {
    Folder(#[expect(dead_code, reason = "deletes the folder when dropped")] TempDir),
    Database(#[expect(dead_code, reason = "drops the database when dropped")] TestDatabase),
}

impl TestStore {
    /// An embedded store with the tables of `options`.
    ///
    /// # Panics
    /// If it cannot be opened.
    pub async fn sqlite(options: Options) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = Place::Sqlite(folder.path().join("torg.db"));
        Self::open(place, options, Home::Folder(folder)).await
    }

    /// A store on PostgreSQL with the tables of `options`; `None` if no server is configured.
    ///
    /// # Panics
    /// If it cannot be opened.
    pub async fn postgres(options: Options) -> Option<Self> {
        let database = database_with(options.migrations)?;
        let place = Place::Postgres(database.connection());
        Some(Self::open(place, options, Home::Database(database)).await)
    }

    /// What was announced so far, and forgets it.
    pub fn facts(&self) -> Vec<Fact> {
        std::mem::take(&mut *self.facts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn open(place: Place, options: Options, home: Home) -> Self {
        let facts = Arc::new(Mutex::new(Vec::new()));
        let heard = facts.clone();
        let hear = move |told: &[Fact]| {
            heard.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(told);
        };
        let store = Store::open(&place, options, Arc::new(hear)).await;
        let store = store.expect("a fresh store opens");
        Self { store, place, facts, _home: home }
    }
}

/// Runs `test` on an embedded store with Torg's tables, then on PostgreSQL.
///
/// # Panics
/// If a store cannot be opened.
pub async fn on_both_databases(test: impl AsyncFn(&TestStore)) {
    on_both_databases_with(torg_store::MIGRATIONS, test).await;
}

/// Runs `test` on an embedded store with the tables of `migrations`, then on PostgreSQL.
///
/// # Panics
/// If a store cannot be opened.
pub async fn on_both_databases_with(
    migrations: &'static [Migration],
    test: impl AsyncFn(&TestStore),
) {
    let options = || Options { migrations, ..Options::default() };
    let sqlite = TestStore::sqlite(options()).await;
    test(&sqlite).await;
    if let Some(postgres) = TestStore::postgres(options()).await {
        test(&postgres).await;
        postgres.store.clone().close().await;
    }
}
