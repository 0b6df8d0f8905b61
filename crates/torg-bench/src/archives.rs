//! The archives whose pages are measured: filled first, unless one was kept.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use postgres::{Client, NoTls};
use torg_testkit::postgres::{TestDatabase, connection, database, server};

use crate::arguments::now;
use crate::pages::{self, Archive};
use crate::table::{Row, Table};
use crate::{Wish, seed};

/// Which archives.
#[derive(Debug, Args)]
pub(crate) struct Archives {
    /// How large they are; each is compared to the first.
    #[arg(long, value_delimiter = ',', default_values_t = [10_000, 1_000_000])]
    inquiries: Vec<u64>,
    /// Only on this database.
    #[arg(long)]
    engine: Option<Engine>,
    /// Once more with everything open in one folder.
    #[arg(long)]
    all_open: bool,
    /// They are kept, and those that are there are used again: in this folder, and on the server of
    /// `TORG_TEST_POSTGRES`, which should then not be one that is thrown away.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// How often each page is asked for.
    #[arg(long)]
    times: Option<usize>,
    /// Have `torg check` look at every archive first.
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    Embedded,
    Postgres,
}

/// One of them.
#[derive(Debug, Clone, Copy)]
struct Kind {
    engine: Engine,
    inquiries: u64,
    all_open: bool,
}

/// A database on the server.
enum Database {
    Thrown(TestDatabase),
    Kept(String),
}

impl Archives {
    /// Measures the pages of each with the program `torg`.
    pub(crate) fn measure(&self, table: &mut Table, torg: &Path) -> anyhow::Result<()> {
        for engine in [Engine::Embedded, Engine::Postgres] {
            let is_wanted = self.engine.is_none_or(|only| only == engine);
            let is_there = engine == Engine::Embedded || server().is_some();
            for all_open in [false, true] {
                if is_wanted && is_there && (self.all_open || !all_open) {
                    self.sizes(table, torg, engine, all_open)?;
                }
            }
        }
        Ok(())
    }

    fn sizes(
        &self,
        table: &mut Table,
        torg: &Path,
        engine: Engine,
        all_open: bool,
    ) -> anyhow::Result<()> {
        let kind = |inquiries| Kind { engine, inquiries, all_open };
        let first = self.inquiries.first().copied().unwrap_or_default();
        for size in &self.inquiries {
            let fresh = tempfile::tempdir()?;
            let data = self.keep.as_deref().unwrap_or(fresh.path()).join(kind(*size).file());
            let is_filled = data.exists();
            let database = match engine {
                Engine::Embedded => None,
                Engine::Postgres => Some(self.database(kind(*size), is_filled)?),
            };
            let postgres = database.as_ref().map(Database::connection);
            if !is_filled {
                let wish = Wish {
                    torg: torg.to_owned(),
                    data: data.clone(),
                    postgres: postgres.clone(),
                    inquiries: *size,
                    all_open,
                    now: now(),
                };
                let made = seed(&wish, &|_| {})?;
                table.add(Row {
                    name: format!("filling, {} messages ({})", made.messages, kind(*size).name()),
                    figure: made.seconds,
                    unit: "s",
                    wanted: "≤ 600",
                    ..Row::default()
                });
            }
            let archive = Archive {
                name: kind(*size).name(),
                small: (*size != first).then(|| kind(first).name()),
                data: &data,
                postgres: postgres.as_deref(),
                times: self.times,
                check: self.check,
            };
            pages::measure(table, torg, &archive)?;
        }
        Ok(())
    }

    /// One on the server that holds this archive, or nothing yet.
    fn database(&self, kind: Kind, is_filled: bool) -> anyhow::Result<Database> {
        if self.keep.is_none() {
            return database().map(Database::Thrown).context("a server");
        }
        let (admin, name) = (server().context("a server")?, kind.file().replace('-', "_"));
        if !is_filled {
            let mut client = Client::connect(&admin, NoTls)?;
            client.batch_execute(&format!("create database {name} template template0"))?;
        }
        Ok(Database::Kept(connection(&admin, &name)))
    }
}

impl Kind {
    /// As rows call it.
    fn name(self) -> String {
        let all_open = if self.all_open { ", all open in one folder" } else { "" };
        format!("{}, {}{all_open}", self.engine.name(), self.inquiries)
    }

    /// As its folder is called, and its database with other strokes.
    fn file(self) -> String {
        let kind = if self.all_open { "open" } else { "lived" };
        format!("{}-{}-{kind}", self.engine.name(), self.inquiries)
    }
}

impl Engine {
    fn name(self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Postgres => "postgres",
        }
    }
}

impl Database {
    fn connection(&self) -> String {
        match self {
            Self::Thrown(database) => database.connection(),
            Self::Kept(connection) => connection.clone(),
        }
    }
}
