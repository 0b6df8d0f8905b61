//! A Torg of its own for each test: settings, data folder, database, and the real program.

use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};
use rusqlite::Connection;
use tempfile::TempDir;
use torg_testkit::postgres::{TestDatabase, database};

use crate::export::Exported;
use crate::http;
use crate::smtp::socket;
use crate::tls::Certificate;

/// How long anything may take before a test gives up. Nothing waits that long when all is well.
const PATIENCE: Duration = Duration::from_secs(90);

/// Our general address in these tests.
pub(crate) const POST: &str = "post@fjordby.example";

/// One municipality: where its data is, and what its settings say.
pub(crate) struct House {
    folder: TempDir,
    database: Option<TestDatabase>,
    settings: String,
    data: PathBuf,
    certificate: Option<Certificate>,
}

/// The program while it serves; killed when dropped.
pub(crate) struct Serving {
    child: Child,
    pub(crate) http: SocketAddr,
    pub(crate) smtp: SocketAddr,
    log: PathBuf,
}

/// Runs `test` on the embedded database, then on PostgreSQL if a server is configured. The server
/// that tests use does not wait for its disk; it is ours that is killed here, not PostgreSQL.
pub(crate) fn on_both_databases(test: impl Fn(House)) {
    test(House::embedded());
    if let Some(database) = database() {
        test(House::new(Some(database)));
    }
}

impl House {
    /// On the embedded database, with nothing set up.
    pub(crate) fn embedded() -> Self {
        Self::new(None)
    }

    fn new(database: Option<TestDatabase>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        Self { folder, database, settings: String::new(), data, certificate: None }
    }

    /// With more lines in its settings file, whole sections each.
    pub(crate) fn with_settings(mut self, lines: &str) -> Self {
        self.settings.push_str(lines);
        self
    }

    /// With a certificate, for pages and mail.
    pub(crate) fn with_certificate(mut self) -> Self {
        let certificate = Certificate::made_in(self.folder());
        self.settings.push_str(&certificate.settings());
        self.certificate = Some(certificate);
        self
    }

    /// The certificate of a house that has one.
    pub(crate) fn certificate(&self) -> &Certificate {
        self.certificate.as_ref().expect("a house with a certificate")
    }

    /// A page over whatever line this house speaks.
    pub(crate) fn is_healthy_at(&self, address: SocketAddr) -> bool {
        let Some(certificate) = &self.certificate else { return http::is_healthy(socket(address)) };
        http::is_healthy(socket(address).and_then(|socket| certificate.line(socket)))
    }

    /// With its data elsewhere.
    pub(crate) fn with_data(mut self, data: &Path) -> Self {
        data.clone_into(&mut self.data);
        self
    }

    /// With a town hall that receives at [`POST`].
    pub(crate) fn with_town_hall(self) -> Self {
        self.does(&["department", "add", "Town hall"]);
        self.does(&["address", "add", POST, "--department", "Town hall"]);
        self
    }

    /// What the test may write in.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A command of the program, ready to run in this house.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let settings = self.folder().join("torg.toml");
        std::fs::write(&settings, self.settings_text()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_torg"));
        command.env_remove("TORG_DATA").env_remove("TORG_HTTP").env_remove("TORG_SMTP");
        command.arg("--settings").arg(settings).args(arguments).stdin(Stdio::null());
        command
    }

    fn settings_text(&self) -> String {
        let mut text = format!("[server]\ndata = {:?}\n", self.data.to_str().unwrap());
        if let Some(database) = &self.database {
            writeln!(text, "database = {:?}", database.connection()).unwrap();
        }
        text + &self.settings
    }

    /// Runs a command to its end.
    pub(crate) fn runs(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must succeed; gives its standard output.
    pub(crate) fn does(&self, arguments: &[&str]) -> String {
        let output = self.runs(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command that must fail with exit status 1; gives what it says.
    pub(crate) fn is_refused(&self, arguments: &[&str]) -> String {
        let output = self.runs(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", said(&output));
        said(&output)
    }

    /// What a statement counts in its database.
    pub(crate) fn counts(&self, statement: &str) -> i64 {
        match &self.database {
            Some(database) => {
                let mut client = Client::connect(&database.connection(), NoTls).unwrap();
                client.query_one(statement, &[]).unwrap().get(0)
            }
            None => self.embedded_database().query_row(statement, [], |row| row.get(0)).unwrap(),
        }
    }

    /// What is said differently to the embedded database and to PostgreSQL.
    pub(crate) fn sql<'s>(&self, embedded: &'s str, postgres: &'s str) -> &'s str {
        if self.is_embedded() { embedded } else { postgres }
    }

    pub(crate) fn is_embedded(&self) -> bool {
        self.database.is_none()
    }

    /// Changes its database, as no program should.
    pub(crate) fn changes(&self, statement: &str) {
        match &self.database {
            Some(database) => {
                let mut client = Client::connect(&database.connection(), NoTls).unwrap();
                client.batch_execute(statement).unwrap();
            }
            None => self.embedded_database().execute_batch(statement).unwrap(),
        }
    }

    fn embedded_database(&self) -> Connection {
        let database = Connection::open(self.data.join("torg.db")).unwrap();
        database.busy_timeout(PATIENCE).unwrap();
        database
    }

    /// Hours pass: what a process held that was killed has lapsed, and what was put off is due.
    pub(crate) fn time_passes(&self) {
        self.changes("update leases set until = 0");
        self.changes("update outbox set lease_until = 0, due = 0 where state = 0");
    }

    /// Everything in it, as `torg export` says.
    pub(crate) fn export(&self) -> Exported {
        Exported::parse(&self.does(&["export"]))
    }

    /// Waits until nothing waits to be filed, and gives everything.
    pub(crate) fn export_filed(&self) -> Exported {
        let mut exported = self.export();
        eventually("everything is filed", || {
            exported = self.export();
            exported.waiting == 0
        });
        exported
    }

    /// Starts the program and waits until it serves.
    pub(crate) fn serves(&self) -> Serving {
        for _ in 0..5 {
            if let Some(serving) = self.try_to_serve() {
                return serving;
            }
        }
        panic!("Torg found no free port five times");
    }

    /// `None` if somebody else took a port first.
    fn try_to_serve(&self) -> Option<Serving> {
        let mut serving = self.starts(&["serve"]);
        let mut port_is_taken = false;
        eventually("Torg serves", || {
            if let Some(status) = serving.child.try_wait().unwrap() {
                let log = serving.log();
                assert!(log.contains("is it in use?"), "Torg ended with {status}:\n{log}");
                port_is_taken = true;
            }
            port_is_taken || self.is_healthy_at(serving.http)
        });
        (!port_is_taken).then_some(serving)
    }

    /// Starts the program with `arguments` at free ports, and waits for nothing.
    pub(crate) fn starts(&self, arguments: &[&str]) -> Serving {
        let (http, smtp) = (free_port(), free_port());
        let log = self.folder().join("log");
        let writing: File = OpenOptions::new().create(true).append(true).open(&log).unwrap();
        let child = self
            .command(arguments)
            .args(["--http", &http.to_string(), "--smtp", &smtp.to_string()])
            .stdout(Stdio::null())
            .stderr(writing)
            .spawn()
            .unwrap();
        Serving { child, http, smtp, log }
    }
}

impl Serving {
    /// Ends it in the middle of everything, without a word.
    pub(crate) fn gets_killed(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, as a service manager does.
    pub(crate) fn is_asked_to_stop(&self) {
        let line = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &line]).status().unwrap().success());
    }

    /// Waits until it has ended by itself, well.
    pub(crate) fn has_stopped(mut self) {
        let mut ended = None;
        eventually("Torg stops", || {
            ended = self.child.try_wait().unwrap();
            ended.is_some()
        });
        assert!(ended.unwrap().success(), "{}", self.log());
    }

    /// What it logged so far, and those before it in this house.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may be gone already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Looks again and again until `is_so`.
pub(crate) fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    // After many kills much waits to be filed.
    let patience = PATIENCE * (1 + u32::try_from(kill_rounds() / 10).unwrap_or(1));
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < patience, "{what}: not within {patience:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// How often we are killed in a test of that; many times in `script/soak`.
pub(crate) fn kill_rounds() -> usize {
    #[expect(clippy::disallowed_methods, reason = "how long to test is no setting of the program")]
    let wanted = std::env::var("TORG_KILL_ROUNDS");
    wanted.ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(5)
}

/// Says aloud what is not tested here.
#[expect(clippy::print_stderr, reason = "a skipped test must be seen in its output")]
pub(crate) fn skip(what: &str, why: &str) {
    eprintln!("SKIPPED {what}: {why}");
}

/// What a command wrote, on both of its outputs.
pub(crate) fn said(output: &Output) -> String {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&text).into_owned()
}

/// A port that nobody listens at. Not one of those the system gives to clients: a client that
/// calls such a port while nobody listens there may reach itself.
pub(crate) fn free_port() -> SocketAddr {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let step = std::process::id().wrapping_mul(97) + NEXT.fetch_add(1, Ordering::Relaxed);
        let port = u16::try_from(12_000 + step % 20_000).unwrap();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}
