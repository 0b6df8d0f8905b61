//! Into the database as fast as it goes: without the indexes that can be made afterwards, and
//! without waiting for the disk. Whoever looks at it meanwhile, or lets the power go, begins anew.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context;
use postgres::{Client, NoTls};
use rusqlite::{Connection, types::Null};

use super::rows::{Cell, Row, Table};

/// A database that is being filled.
pub(super) trait Sink {
    /// Takes rows, in the order they are to lie.
    fn take(&mut self, rows: Vec<Row>) -> anyhow::Result<()>;

    /// Makes the indexes, and leaves the database as the program leaves it.
    fn finish(self: Box<Self>) -> anyhow::Result<()>;
}

/// The embedded database.
pub(super) struct Embedded {
    connection: Connection,
    indexes: Vec<String>,
    inserts: Vec<String>,
}

impl Embedded {
    pub(super) fn open(file: &Path) -> anyhow::Result<Self> {
        let connection = Connection::open(file)?;
        connection.execute_batch(
            "pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive;
             pragma cache_size = -1000000; pragma foreign_keys = off;",
        )?;
        let mut indexes = Vec::new();
        let text = "select name, sql from sqlite_master
                     where type = 'index' and sql is not null and name not like 'sqlite_%'";
        for index in connection
            .prepare(text)?
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?
            .collect::<Result<Vec<_>, _>>()?
        {
            connection.execute_batch(&format!("drop index {}", index.0))?;
            indexes.push(index.1);
        }
        // Words are gathered in memory before they become a segment; usually 1 MB of them.
        connection.execute_batch(
            "insert into search (search, rank) values ('hashsize', 67108864); begin",
        )?;
        let inserts = Table::ALL.iter().map(|table| insert(*table)).collect();
        connection.set_prepared_statement_cache_capacity(Table::ALL.len() + 8);
        Ok(Self { connection, indexes, inserts })
    }
}

fn insert(table: Table) -> String {
    let count = table.columns().split(',').count();
    let places = vec!["?"; count].join(", ");
    format!("insert into {} ({}) values ({places})", table.name(), table.columns())
}

impl Sink for Embedded {
    fn take(&mut self, rows: Vec<Row>) -> anyhow::Result<()> {
        for row in rows {
            let text = self.inserts.get(row.table as usize).context("a table")?;
            let mut statement = self.connection.prepare_cached(text)?;
            for (number, cell) in (1..).zip(&row.cells) {
                match cell {
                    Cell::Null => statement.raw_bind_parameter(number, Null)?,
                    Cell::Int(given) => statement.raw_bind_parameter(number, given)?,
                    Cell::Text(given) => statement.raw_bind_parameter(number, given)?,
                    Cell::Bytes(given) => statement.raw_bind_parameter(number, given)?,
                }
            }
            let inserted = statement.raw_execute();
            inserted.with_context(|| format!("a row of {}: {:?}", row.table.name(), row.cells))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<()> {
        self.connection.execute_batch(
            "commit; insert into search (search, rank) values ('hashsize', 1048576)",
        )?;
        for index in &self.indexes {
            self.connection.execute_batch(index)?;
        }
        self.connection
            .execute_batch("pragma locking_mode = normal; pragma journal_mode = wal")
            .context("ending")?;
        Ok(())
    }
}

/// PostgreSQL, by COPY.
pub(super) struct OnPostgres {
    client: Client,
    indexes: Vec<String>,
    /// The lines of each table that were not sent yet.
    waiting: Vec<String>,
}

/// So many bytes of a table are sent at once.
const SENT_AT_ONCE: usize = 4 << 20;

impl OnPostgres {
    pub(super) fn open(connection: &str) -> anyhow::Result<Self> {
        let mut client = Client::connect(connection, NoTls)?;
        // Foreign keys are asked of no row; whoever may not say so waits longer.
        drop(client.batch_execute("set session_replication_role = replica"));
        client.batch_execute("set maintenance_work_mem = '512MB'")?;
        let found = client.query(
            "select indexname, indexdef from pg_indexes where schemaname = current_schema()
                and indexname not in (select conname from pg_constraint)",
            &[],
        )?;
        let mut indexes = Vec::new();
        for index in &found {
            client.batch_execute(&format!("drop index {}", index.get::<_, &str>(0)))?;
            indexes.push(index.get(1));
        }
        Ok(Self { client, indexes, waiting: vec![String::new(); Table::ALL.len()] })
    }

    fn send(&mut self, table: Table) -> anyhow::Result<()> {
        let lines = self.waiting.get_mut(table as usize).context("a table")?;
        if lines.is_empty() {
            return Ok(());
        }
        let text = format!("copy {} ({}) from stdin", table.name(), table.columns());
        let mut copy = self.client.copy_in(&text)?;
        copy.write_all(lines.as_bytes())?;
        copy.finish().with_context(|| format!("rows of {}", table.name()))?;
        lines.clear();
        Ok(())
    }
}

/// PostgreSQL's text format: <https://www.postgresql.org/docs/current/sql-copy.html>.
fn line(lines: &mut String, cells: &[Cell]) {
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            lines.push('\t');
        }
        match cell {
            Cell::Null => lines.push_str("\\N"),
            Cell::Int(given) => drop(write!(lines, "{given}")),
            Cell::Bytes(given) => {
                lines.push_str("\\\\x");
                data_encoding::HEXLOWER.encode_append(given, lines);
            }
            Cell::Text(given) => given.chars().for_each(|letter| match letter {
                '\\' => lines.push_str("\\\\"),
                '\n' => lines.push_str("\\n"),
                '\r' => lines.push_str("\\r"),
                '\t' => lines.push_str("\\t"),
                other => lines.push(other),
            }),
        }
    }
    lines.push('\n');
}

impl Sink for OnPostgres {
    fn take(&mut self, rows: Vec<Row>) -> anyhow::Result<()> {
        for row in rows {
            let lines = self.waiting.get_mut(row.table as usize).context("a table")?;
            line(lines, &row.cells);
            if lines.len() >= SENT_AT_ONCE {
                self.send(row.table)?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> anyhow::Result<()> {
        for table in Table::ALL {
            self.send(*table)?;
        }
        for index in std::mem::take(&mut self.indexes) {
            self.client.batch_execute(&index)?;
        }
        // As its own housekeeping would have done over the years.
        Ok(self.client.batch_execute("vacuum analyze")?)
    }
}
