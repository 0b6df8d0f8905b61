//! One root a day over all lines of the journal. A chain proves that none of its lines was changed;
//! the roots, kept also outside of this database, prove that no chain was written anew.

use torg_core::IdMaker;
use torg_core::journal::{Hash, RootMaker};

use super::read_hash;
use crate::{Read, Reader, Row, StoreError, Tx, params, sql};

/// The root of all lines from the root before it to `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Root {
    /// Microseconds UTC.
    pub until: i64,
    /// How many lines it is over, not counting those of earlier roots.
    pub lines: i64,
    pub root: Hash,
}

const PAGE: i64 = 5000;

/// The newest root.
pub fn last_root(read: &Read<'_>) -> Result<Option<Root>, StoreError> {
    read.one(
        sql!("select until, lines, root from journal_roots order by until desc limit 1"),
        &params![],
        root,
    )
}

/// Keeps a root; if another node kept one of that day before, that one stays.
pub fn keep_root(tx: &mut Tx<'_>, new: &Root) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into journal_roots (until, lines, root) values ($1, $2, $3)
              on conflict do nothing"
        ),
        &params![new.until, new.lines, new.root.as_bytes()],
    )?;
    Ok(())
}

/// The root of all lines after those of `before` and until `until`, microseconds UTC. A line belongs
/// where its id says that it was begun, which must be long enough ago for it to be committed.
pub async fn root_after(
    reader: &Reader,
    before: Option<Root>,
    until: i64,
) -> Result<Root, StoreError> {
    let lowest = |at: i64| IdMaker::lowest_at(at / 1000);
    let start = before.map_or(Hash::START, |before| before.root);
    let (mut from, end) = (before.map_or(0, |before| lowest(before.until)), lowest(until));
    let (mut maker, mut lines) = (RootMaker::after(&start, until), 0);
    loop {
        let page = reader.read(move |read| hashes(read, from, end)).await?;
        for (id, hash) in &page {
            maker.add(*id, hash);
            (from, lines) = (*id + 1, lines + 1);
        }
        if page.is_empty() {
            return Ok(Root { until, lines, root: maker.root() });
        }
    }
}

/// Computes all roots once more; for each that differs, its day's end in microseconds UTC.
pub async fn check_roots(reader: &Reader) -> Result<(usize, Vec<i64>), StoreError> {
    let kept = reader.read(all).await?;
    let (mut before, mut wrong) = (None, Vec::new());
    for root in &kept {
        let computed = root_after(reader, before, root.until).await?;
        wrong.extend((computed != *root).then_some(root.until));
        before = Some(*root);
    }
    Ok((kept.len(), wrong))
}

fn all(read: &Read<'_>) -> Result<Vec<Root>, StoreError> {
    read.all(sql!("select until, lines, root from journal_roots order by until"), &params![], root)
}

fn hashes(read: &Read<'_>, from: i64, end: i64) -> Result<Vec<(i64, Hash)>, StoreError> {
    read.all(
        sql!("select id, hash from journal where id >= $1 and id < $2 order by id limit $3"),
        &params![from, end, PAGE],
        |row| Ok((row.get(0)?, read_hash(&row.get::<Vec<u8>>(1)?)?)),
    )
}

fn root(row: &Row<'_>) -> Result<Root, StoreError> {
    let hash: Vec<u8> = row.get(2)?;
    Ok(Root { until: row.get(0)?, lines: row.get(1)?, root: read_hash(&hash)? })
}
