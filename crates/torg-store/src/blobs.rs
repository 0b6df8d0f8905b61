//! Raw bytes, kept once however often they arrive.
//!
//! A blob is named by the BLAKE3 hash of its bytes. It lies in chunks of 1 MB, each compressed by
//! itself with zstd, and counts those who refer to it; the last one to let go deletes it.

mod pour;

pub use pour::Pour;

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use zstd::bulk::Compressor;

use crate::{Column, FromColumn, Read, StoreError, Tx, Value, params, sql};

/// Bytes before compression in one chunk.
const CHUNK: usize = 1 << 20;
/// zstd's fastest ordinary level: mail is written once and seldom read.
const LEVEL: i32 = 1;

/// Bytes made ready to be kept, outside of any transaction. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Blob {
    hash: BlobHash,
    size: i64,
    chunks: Arc<[Vec<u8>]>,
}

/// The name of a blob: the BLAKE3 hash of its bytes. Written as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash([u8; 32]);

/// One stretch of the walk of [`check`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// How many blobs were read.
    pub blobs: usize,
    /// Those that are not what was put in, and what is wrong with them.
    pub damaged: Vec<(BlobHash, String)>,
    /// Where to go on; `None` when all were read.
    pub next: Option<BlobHash>,
}

impl Blob {
    /// Hashes and compresses `bytes`. Takes about a millisecond a megabyte, so it is done before
    /// the transaction; the closure then only clones.
    pub fn prepare(bytes: &[u8]) -> Self {
        Self {
            hash: BlobHash::of(bytes),
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            chunks: bytes.chunks(CHUNK).map(compressed).collect(),
        }
    }

    /// Its name.
    pub fn hash(&self) -> BlobHash {
        self.hash
    }

    /// Its size before compression, in bytes.
    pub fn size(&self) -> i64 {
        self.size
    }
}

/// Keeps `blob`, or counts one more reference to it if it is kept already.
///
/// # Errors
/// What the database failed with.
pub fn put(tx: &mut Tx<'_>, blob: &Blob) -> Result<(), StoreError> {
    let references = tx.returning(
        sql!(
            "insert into blobs (hash, size, refs) values ($1, $2, 1)
             on conflict (hash) do update set refs = blobs.refs + 1 returning refs"
        ),
        &params![blob.hash, blob.size],
        |row| row.get::<i64>(0),
    )?;
    if references != Some(1) {
        return Ok(());
    }
    for (number, chunk) in (0_i64..).zip(blob.chunks.iter()) {
        tx.send(
            sql!("insert into blob_chunks (hash, n, data) values ($1, $2, $3)"),
            &params![blob.hash, number, chunk],
        )?;
    }
    Ok(())
}

/// Counts one more reference to a blob that is kept.
///
/// # Errors
/// [`StoreError::Corrupt`] if there is no such blob: the references were counted wrongly.
pub fn share(tx: &mut Tx<'_>, hash: &BlobHash) -> Result<(), StoreError> {
    let found =
        tx.execute(sql!("update blobs set refs = refs + 1 where hash = $1"), &params![hash])?;
    match found {
        0 => Err(StoreError::Corrupt(format!("blob {hash} is not there"))),
        _ => Ok(()),
    }
}

/// How many bytes are named `hash`; 0 if they are lost.
pub fn size(read: &Read<'_>, hash: &BlobHash) -> Result<i64, StoreError> {
    let text = sql!("select size from blobs where hash = $1");
    Ok(read.one(text, &params![hash], |row| row.get(0))?.unwrap_or(0))
}

/// The bytes named `hash`, if they are kept.
///
/// # Errors
/// [`StoreError::Corrupt`] if they are not what was put in.
pub fn get(read: &Read<'_>, hash: &BlobHash) -> Result<Option<Vec<u8>>, StoreError> {
    let size = read.one(sql!("select size from blobs where hash = $1"), &params![hash], |row| {
        row.get::<i64>(0)
    })?;
    let Some(size) = size else { return Ok(None) };
    let chunks = read.all(
        sql!("select data from blob_chunks where hash = $1 order by n"),
        &params![hash],
        |row| row.get::<Vec<u8>>(0),
    )?;
    joined(&chunks, size)
        .filter(|bytes| BlobHash::of(bytes) == *hash)
        .map(Some)
        .ok_or_else(|| StoreError::Corrupt(format!("blob {hash} is not what was put in")))
}

/// The bytes named `hash`; `None` if they are lost or damaged, so that one bad blob stops nothing
/// but itself.
///
/// # Errors
/// What the database failed with.
pub fn sound(read: &Read<'_>, hash: &BlobHash) -> Result<Option<Vec<u8>>, StoreError> {
    match get(read, hash) {
        Err(StoreError::Corrupt(_)) => Ok(None),
        other => other,
    }
}

/// Takes one reference away, and the bytes with the last.
///
/// # Errors
/// [`StoreError::Corrupt`] if there is no such blob: the references were counted wrongly.
pub fn release(tx: &mut Tx<'_>, hash: &BlobHash) -> Result<(), StoreError> {
    let left = tx.returning(
        sql!("update blobs set refs = refs - 1 where hash = $1 returning refs"),
        &params![hash],
        |row| row.get::<i64>(0),
    )?;
    match left {
        None => Err(StoreError::Corrupt(format!("blob {hash} is not there"))),
        Some(1..) => Ok(()),
        Some(_) => {
            tx.execute(sql!("delete from blob_chunks where hash = $1"), &params![hash])?;
            tx.execute(sql!("delete from blobs where hash = $1"), &params![hash])?;
            Ok(())
        }
    }
}

/// Reads up to `limit` blobs after `after` (all, from `None` on) and compares them with their
/// names. Go on from [`Checked::next`] in another transaction: a long one would hold up others.
///
/// # Errors
/// What the database failed with. Damage is not an error but what is looked for.
pub fn check(read: &Read<'_>, after: Option<&BlobHash>, limit: u16) -> Result<Checked, StoreError> {
    let after = after.map_or_else(Vec::new, |hash| hash.0.to_vec());
    let hashes = read.all(
        sql!(list "select hash from blobs where hash > $1 order by hash limit $2"),
        &params![after, limit],
        |row| row.get::<BlobHash>(0),
    )?;
    let mut damaged = Vec::new();
    for hash in &hashes {
        match get(read, hash) {
            Err(StoreError::Corrupt(what)) => damaged.push((*hash, what)),
            other => {
                other?;
            }
        }
    }
    let next = hashes.last().copied().filter(|_| hashes.len() == usize::from(limit));
    let blobs = hashes.len();
    Ok(Checked { blobs, damaged, next })
}

impl BlobHash {
    /// The name of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).into())
    }

    /// What [`Display`](fmt::Display) writes; `None` for anything else.
    pub fn from_hex(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(|hash| Self(hash.into()))
    }

    /// The 32 bytes of the hash.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for BlobHash {
    fn from(hash: [u8; 32]) -> Self {
        Self(hash)
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl From<BlobHash> for Value {
    fn from(hash: BlobHash) -> Self {
        Self::Bytes(hash.0.to_vec())
    }
}

impl FromColumn for BlobHash {
    fn from_column(column: Column<'_>) -> Option<Self> {
        FromColumn::from_column(column).map(Self)
    }
}

thread_local! {
    /// Making one costs more than compressing a small mail.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

fn compressed(chunk: &[u8]) -> Vec<u8> {
    COMPRESSOR.with_borrow_mut(|kept| {
        // zstd only fails for want of memory, as every allocation around it would.
        let compressor = kept.get_or_insert_with(|| {
            Compressor::new(LEVEL).expect("zstd has its lowest levels built in")
        });
        compressor.compress(chunk).expect("a buffer of its own holds every compressed chunk")
    })
}

/// The bytes of `chunks`, or `None` if one cannot be read or they are not `size` bytes together.
fn joined(chunks: &[Vec<u8>], size: i64) -> Option<Vec<u8>> {
    let size = usize::try_from(size).ok()?;
    // A damaged size must not make us reserve what no blob of so many chunks can hold.
    let mut bytes = Vec::with_capacity(size.min(chunks.len() * CHUNK));
    for chunk in chunks {
        let left = size.checked_sub(bytes.len())?;
        bytes.extend(zstd::bulk::decompress(chunk, left.min(CHUNK)).ok()?);
    }
    (bytes.len() == size).then_some(bytes)
}
