//! The municipality's logos: the one that is shown, and those before it.

use crate::{Read, StoreError, Tx, params, sql};

/// Keeps a logo under a name made from its content.
pub fn keep(tx: &mut Tx<'_>, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    tx.execute(
        sql!("insert into logos (name, bytes) values ($1, $2) on conflict (name) do nothing"),
        &params![name, bytes],
    )?;
    Ok(())
}

/// The bytes of a logo.
pub fn one(read: &Read<'_>, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    read.one(sql!("select bytes from logos where name = $1"), &params![name], |row| row.get(0))
}
