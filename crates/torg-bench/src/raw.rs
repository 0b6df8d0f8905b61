//! The raw limit: the plain client of each database, the same bytes, the same care for the disk,
//! nothing else.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::Context;
use postgres::{Client, NoTls};
use rusqlite::{Connection, params};
use torg_testkit::postgres::TestDatabase;

use crate::table::{Row, Table};

/// The row that intake is held against. Sixteen senders who each wait for their 250 never have
/// more than sixteen mails under way, so no commit of theirs can hold more.
pub(crate) const GROUPED: &str = "plain rusqlite, 16 mails a commit";
/// The row for PostgreSQL, where every mail is a transaction of its own.
pub(crate) const POSTGRES: &str = "plain postgres, 8 connections, 1 mail a commit";
const CONNECTIONS: usize = 8;

/// Writes the mails to a file, one by one and in groups.
pub(crate) fn embedded(table: &mut Table, mails: &[Vec<u8>]) -> anyhow::Result<()> {
    let (alone, most) = ("plain rusqlite, 1 mail a commit", "plain rusqlite, 64 mails a commit");
    for (name, together) in [(alone, 1), (GROUPED, 16), (most, 64)] {
        add(table, name, rate(mails, together)?);
    }
    Ok(())
}

/// Writes the mails to PostgreSQL.
pub(crate) fn on_postgres(
    table: &mut Table,
    database: &TestDatabase,
    mails: &[Vec<u8>],
) -> anyhow::Result<()> {
    let mut client = Client::connect(&database.connection(), NoTls)?;
    client.batch_execute("create table raw (id bigserial primary key, raw bytea not null)")?;
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    std::thread::scope(|threads| {
        let one = || keep_on_postgres(&database.connection(), mails, &next);
        let all: Vec<_> = (0..CONNECTIONS).map(|_| threads.spawn(one)).collect();
        all.into_iter().try_for_each(|thread| thread.join().ok().context("a client fell")?)
    })?;
    add(table, POSTGRES, mails.len() as f64 / begun.elapsed().as_secs_f64());
    Ok(client.batch_execute("drop table raw")?)
}

fn keep_on_postgres(at: &str, mails: &[Vec<u8>], next: &AtomicUsize) -> anyhow::Result<()> {
    let mut client = Client::connect(at, NoTls)?;
    let insert = client.prepare("insert into raw (raw) values ($1)")?;
    while let Some(mail) = mails.get(next.fetch_add(1, Ordering::Relaxed)) {
        client.execute(&insert, &[mail])?;
    }
    Ok(())
}

fn add(table: &mut Table, name: &str, figure: f64) {
    table.add(Row { name: name.into(), figure, unit: "mails/s", ..Row::default() });
}

fn rate(mails: &[Vec<u8>], together: usize) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    let mut database = Connection::open(folder.path().join("raw.db"))?;
    database.pragma_update(None, "journal_mode", "wal")?;
    database.pragma_update(None, "synchronous", "full")?;
    database.execute("create table mails (id integer primary key, raw blob not null)", [])?;
    let begun = Instant::now();
    for group in mails.chunks(together) {
        let work = database.transaction()?;
        let mut insert = work.prepare_cached("insert into mails (raw) values (?1)")?;
        for mail in group {
            insert.execute(params![mail])?;
        }
        drop(insert);
        work.commit()?;
    }
    Ok(mails.len() as f64 / begun.elapsed().as_secs_f64())
}
