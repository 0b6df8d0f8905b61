//! The files of answers: blobs, each with one reference held by its answer, whose versions say by
//! hash which of them they have.

use torg_core::AnswerId;

use crate::blobs::{self, Blob, BlobHash};
use crate::{Read, StoreError, Tx, params, sql};

/// Keeps a file as long as an answer is kept.
pub fn hold(tx: &mut Tx<'_>, answer: AnswerId, blob: &Blob) -> Result<(), StoreError> {
    let inserted = tx.execute(
        sql!(
            "insert into answer_files (answer, hash) values ($1, $2)
              on conflict (answer, hash) do nothing"
        ),
        &params![answer, blob.hash()],
    )?;
    match inserted {
        0 => Ok(()),
        _ => blobs::put(tx, blob),
    }
}

/// The name of a file's bytes, if `hash` is the hash of one that the answer has or had.
pub fn held(read: &Read<'_>, answer: AnswerId, hash: &str) -> Result<Option<BlobHash>, StoreError> {
    let Some(hash) = BlobHash::from_hex(hash) else { return Ok(None) };
    read.one(
        sql!("select hash from answer_files where answer = $1 and hash = $2"),
        &params![answer, hash],
        |row| row.get(0),
    )
}
