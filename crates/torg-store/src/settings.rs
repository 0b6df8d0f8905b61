//! Facts about the municipality that are changed on pages, not in files; and its secrets.

use crate::{Read, StoreError, Tx, params, sql};

/// The value kept under `name`.
pub fn get(read: &Read<'_>, name: &str) -> Result<Option<String>, StoreError> {
    read.one(sql!("select value from settings where name = $1"), &params![name], |row| row.get(0))
}

/// Keeps `value` under `name`, in place of what was there.
pub fn set(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into settings (name, value) values ($1, $2)
              on conflict (name) do update set value = excluded.value"
        ),
        &params![name, value],
    )?;
    Ok(())
}

/// Keeps `value` under `name` unless something is there already, and gives back what is kept:
/// of several nodes that start at once, all get the same secret.
pub fn keep(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<String, StoreError> {
    tx.execute(
        sql!("insert into settings (name, value) values ($1, $2) on conflict (name) do nothing"),
        &params![name, value],
    )?;
    Ok(get(tx, name)?.unwrap_or_default())
}
