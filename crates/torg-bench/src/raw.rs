//! The raw limit: plain rusqlite, the same bytes, the same care for the disk, nothing else.

use std::time::Instant;

use rusqlite::{Connection, params};

use crate::table::{Row, Table};

/// The row that intake is held against: as many mails to a commit as our store puts together.
pub(crate) const GROUPED: &str = "plain rusqlite, 64 mails a commit";

/// Writes the mails one by one, and in groups.
pub(crate) fn measure(table: &mut Table, mails: &[Vec<u8>]) -> anyhow::Result<()> {
    for (name, together) in [("plain rusqlite, 1 mail a commit", 1), (GROUPED, 64)] {
        let figure = rate(mails, together)?;
        table.add(Row { name: name.into(), figure, unit: "mails/s", ..Row::default() });
    }
    Ok(())
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
