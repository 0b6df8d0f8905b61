//! The program under measure: started, watched from outside, ended.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use postgres::{Client, NoTls};
use rusqlite::Connection;
use tempfile::TempDir;
use torg_testkit::postgres::TestDatabase;

/// The kernel counts processor time in hundredths of a second.
pub(crate) const TICKS: f64 = 100.0;

/// Whose processor time is read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Spent {
    ByItself,
    /// By all its children that ended.
    ByChildren,
}

/// The password of everybody who works where it is measured.
pub(crate) const PASSWORD: &str = "a long enough password";

/// A municipality, and the program that serves it.
pub(crate) struct Server {
    torg: PathBuf,
    data: PathBuf,
    settings: PathBuf,
    database: Option<String>,
    child: Option<Child>,
    pub(crate) http: SocketAddr,
    pub(crate) smtp: SocketAddr,
    /// Goes when the server goes.
    folder: Option<TempDir>,
}

impl Server {
    /// With one department and one address, and not yet started.
    pub(crate) fn prepared(torg: &Path, database: Option<&TestDatabase>) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let connection = database.map(TestDatabase::connection);
        let mut server = Self::at(torg, &folder.path().join("data"), connection.as_deref())?;
        server.does(&["department", "add", "Town hall"])?;
        server.does(&["address", "add", "post@fjordby.example", "--department", "Town hall"])?;
        server.folder = Some(folder);
        Ok(server)
    }

    /// Over a data folder, or a PostgreSQL database, that may hold something.
    pub(crate) fn at(torg: &Path, data: &Path, postgres: Option<&str>) -> anyhow::Result<Self> {
        let torg = torg.canonicalize().with_context(|| format!("finding {}", torg.display()))?;
        std::fs::create_dir_all(data).with_context(|| format!("making {}", data.display()))?;
        let mut text = format!("[server]\ndata = {data:?}\n");
        if let Some(connection) = postgres {
            text += &format!("database = {connection:?}\n");
        }
        let settings = data.join("bench.toml");
        std::fs::write(&settings, text)?;
        Ok(Self {
            torg,
            data: data.to_owned(),
            settings,
            database: postgres.map(str::to_owned),
            child: None,
            http: free_port()?,
            smtp: free_port()?,
            folder: None,
        })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.torg);
        command.arg("--settings").arg(&self.settings).stdin(Stdio::null());
        command
    }

    /// Runs a command; gives its standard output.
    pub(crate) fn does(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let output = self.command().args(arguments).output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "torg {arguments:?}: {said}");
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Starts it; gives how long it took until the first good answer of `/health`.
    pub(crate) fn start(&mut self, more: &[&str]) -> anyhow::Result<Duration> {
        let (http, smtp) = (self.http.to_string(), self.smtp.to_string());
        let mut command = self.command();
        command.args(["serve", "--http", &http, "--smtp", &smtp]).args(more);
        let begun = Instant::now();
        self.child = Some(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
        while !is_healthy(self.http) {
            ensure!(begun.elapsed() < Duration::from_secs(60), "the server does not serve");
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(begun.elapsed())
    }

    /// A page as text, fetched without compression.
    pub(crate) fn page(&self, path: &str) -> anyhow::Result<String> {
        let mut socket = TcpStream::connect(self.http)?;
        write!(socket, "GET {path} HTTP/1.0\r\nhost: bench\r\n\r\n")?;
        let mut answer = String::new();
        socket.read_to_string(&mut answer)?;
        Ok(answer)
    }

    /// Ends it at once.
    pub(crate) fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.kill());
            drop(child.wait());
        }
    }

    /// Processor seconds it took so far.
    pub(crate) fn cpu_seconds(&self) -> anyhow::Result<f64> {
        processor_seconds(&self.process_file("stat")?, Spent::ByItself)
    }

    /// Its memory in MB: `Rss` or `Pss`.
    pub(crate) fn memory(&self, which: &str) -> anyhow::Result<f64> {
        let rollup = self.process_file("smaps_rollup")?;
        let line = rollup.lines().find(|line| line.starts_with(which)).context("a memory line")?;
        let kilobytes: f64 = line.split_whitespace().nth(1).context("a number")?.parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// The most memory it ever had, in MB.
    pub(crate) fn most_memory(&self) -> anyhow::Result<f64> {
        let status = self.process_file("status")?;
        let line = status.lines().find(|line| line.starts_with("VmHWM")).context("a peak")?;
        let kilobytes: f64 = line.split_whitespace().nth(1).context("a number")?.parse()?;
        Ok(kilobytes / 1024.0)
    }

    fn process_file(&self, name: &str) -> anyhow::Result<String> {
        let id = self.child.as_ref().context("it does not run")?.id();
        Ok(std::fs::read_to_string(format!("/proc/{id}/{name}"))?)
    }

    /// What a statement counts in its database.
    pub(crate) fn counts(&self, statement: &str) -> anyhow::Result<i64> {
        self.asking(statement.to_owned())?()
    }

    /// What a statement finds: one whole number a row.
    pub(crate) fn numbers(&self, statement: &str) -> anyhow::Result<Vec<i64>> {
        if let Some(database) = &self.database {
            let rows = Client::connect(database, NoTls)?.query(statement, &[])?;
            return Ok(rows.iter().map(|row| row.get(0)).collect());
        }
        let database = self.embedded()?;
        let mut prepared = database.prepare(statement)?;
        let found = prepared.query_map([], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Holds filing back from outside, or lets it begin.
    pub(crate) fn hold_filing(&self, hold: bool) -> anyhow::Result<()> {
        let until = if hold { i64::MAX } else { 0 };
        let statement = format!(
            "insert into leases (name, holder, until) values ('filing', 'bench', {until})
              on conflict (name) do update set holder = excluded.holder, until = excluded.until"
        );
        match &self.database {
            Some(database) => {
                Client::connect(database, NoTls)?.batch_execute(&statement)?;
            }
            None => self.embedded()?.execute_batch(&statement)?,
        }
        Ok(())
    }

    fn embedded(&self) -> anyhow::Result<Connection> {
        let database = Connection::open(self.data.join("torg.db"))?;
        database.busy_timeout(Duration::from_secs(60))?;
        Ok(database)
    }

    /// Waits until so few arrivals wait to be filed. Asks seldom and by one connection: who looks
    /// takes from those who work.
    pub(crate) fn wait_until_waiting(&self, at_most: i64) -> anyhow::Result<Instant> {
        let text = format!(
            "select count(*) from (select 1 from arrivals where state = 0 limit {}) waiting",
            at_most + 1
        );
        let begun = Instant::now();
        let mut waits = self.asking(text)?;
        while waits()? > at_most {
            ensure!(begun.elapsed() < Duration::from_secs(600), "filing does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(Instant::now())
    }

    /// Asks the same again and again.
    fn asking(&self, text: String) -> anyhow::Result<Box<dyn FnMut() -> anyhow::Result<i64>>> {
        if let Some(database) = &self.database {
            let mut client = Client::connect(database, NoTls)?;
            return Ok(Box::new(move || Ok(client.query_one(&text, &[])?.get(0))));
        }
        let database = self.embedded()?;
        Ok(Box::new(move || Ok(database.query_row(&text, [], |row| row.get(0))?)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// Processor seconds by a process's `stat` (proc(5): `utime` and `stime`, `cutime` and `cstime`).
pub(crate) fn processor_seconds(stat: &str, spent: Spent) -> anyhow::Result<f64> {
    let after_name = stat.rsplit_once(')').context("a stat line")?.1;
    let before = match spent {
        Spent::ByItself => 11,
        Spent::ByChildren => 13,
    };
    let ticks = after_name.split_whitespace().skip(before).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / TICKS)
}

fn is_healthy(address: SocketAddr) -> bool {
    let ask = || {
        let mut socket = TcpStream::connect(address)?;
        socket.write_all(b"GET /health HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n")?;
        let mut answer = String::new();
        socket.read_to_string(&mut answer)?;
        std::io::Result::Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

fn free_port() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
