//! A PostgreSQL database for one test.
//!
//! `script/with-postgres` (and so `script/test`) starts a server and says in `TORG_TEST_POSTGRES`
//! how to reach it. Each test gets a database of its own, cloned from a template that the first
//! test of a schema makes; tests may run in processes of their own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use postgres::{Client, NoTls};
use torg_store::{Migration, Options, Place, Store};

/// Held while a template is looked for or made.
const TEMPLATE_LOCK: i64 = 0x746d_706c;

/// A database that is dropped together with this value.
#[derive(Debug)]
pub struct TestDatabase {
    admin: String,
    name: String,
}

impl TestDatabase {
    /// Its connection string.
    pub fn connection(&self) -> String {
        connection(&self.admin, &self.name)
    }

    /// Its name on the server.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (admin, name) = (self.admin.clone(), self.name.clone());
        // A test that failed already should not fail in another way here.
        let dropped = on_a_thread(move || {
            let mut client = Client::connect(&admin, NoTls)?;
            client.batch_execute(&format!("drop database if exists {name} with (force)"))
        });
        drop(dropped);
    }
}

/// A fresh database with Torg's tables; `None`, said aloud, if no server is configured.
///
/// # Panics
/// If the configured server does not do what is asked.
pub fn database() -> Option<TestDatabase> {
    database_with(torg_store::MIGRATIONS)
}

/// A fresh database with the tables of `migrations`; `None`, said aloud, if no server is
/// configured.
///
/// # Panics
/// If the configured server does not do what is asked.
pub fn database_with(migrations: &'static [Migration]) -> Option<TestDatabase> {
    let Some(admin) = server() else {
        skipped();
        return None;
    };
    let name = unique_name();
    let (given_admin, given_name) = (admin.clone(), name.clone());
    on_a_thread(move || {
        let mut client = Client::connect(&given_admin, NoTls)?;
        let template = template(&mut client, &given_admin, migrations)?;
        client.batch_execute(&format!("create database {given_name} template {template}"))
    })
    .expect("the server of TORG_TEST_POSTGRES makes a database");
    Some(TestDatabase { admin, name })
}

/// The connection string of the server's own database, if a server is configured.
pub fn server() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "a test's server is no setting of the program")]
    std::env::var("TORG_TEST_POSTGRES").ok()
}

#[expect(clippy::print_stderr, reason = "a skipped test must be seen in its output")]
fn skipped() {
    eprintln!("SKIPPED on PostgreSQL: TORG_TEST_POSTGRES is not set, see script/with-postgres");
}

fn unique_name() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("torg_test_{}_{number}", std::process::id())
}

/// The migrated database to clone, made if it is not there. It is renamed when it is whole, so
/// that a test killed on the way leaves nothing half-made to others.
fn template(
    client: &mut Client,
    admin: &str,
    migrations: &'static [Migration],
) -> Result<String, postgres::Error> {
    let name = format!("torg_template_{:016x}", checksum(migrations));
    client.execute("select pg_advisory_lock($1)", &[&TEMPLATE_LOCK])?;
    let there = client.query_opt("select 1 from pg_database where datname = $1", &[&name])?;
    if there.is_none() {
        let making = format!("{name}_making");
        client.batch_execute(&format!("drop database if exists {making} with (force)"))?;
        client.batch_execute(&format!("create database {making} template template0"))?;
        migrate(connection(admin, &making), migrations);
        client.batch_execute(&format!("alter database {making} rename to {name}"))?;
    }
    client.execute("select pg_advisory_unlock($1)", &[&TEMPLATE_LOCK])?;
    Ok(name)
}

/// FNV-1a over all texts: the same in every process of a run, unlike the standard hasher.
fn checksum(migrations: &[Migration]) -> u64 {
    let bytes = migrations.iter().flat_map(|step| step.name.bytes().chain(step.text.bytes()));
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn migrate(connection: String, migrations: &'static [Migration]) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let options = Options { migrations, ..Options::default() };
        let place = Place::Postgres(connection);
        let store = Store::open(&place, options, Arc::new(|_| {})).await;
        store.expect("the migrations run on PostgreSQL").close().await;
    });
}

/// The connection string `admin` with another database; in a connection string the last word on a matter counts.
pub fn connection(admin: &str, database: &str) -> String {
    format!("{admin} dbname={database}")
}

/// The PostgreSQL client may not be used on a thread of an asynchronous test.
fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::spawn(work);
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
