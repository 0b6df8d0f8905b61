//! Background work as rows, done by any node; and leases for work that must be done by one.

use torg_core::JobId;

use crate::{Read, StoreError, Tx, params, sql};

/// The lease on filing: one node at a time.
pub const FILING: &str = "filing";

/// A job leased to this node.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    pub attempts: i64,
}

/// Enqueues a job for `due`. With a key, one such job waits at a time.
pub fn enqueue(
    tx: &mut Tx<'_>,
    id: JobId,
    kind: &str,
    payload: &str,
    key: Option<&str>,
    due: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into jobs (id, kind, payload, unique_key, due, attempts, lease_until)
              values ($1, $2, $3, $4, $5, 0, 0) on conflict do nothing"
        ),
        &params![id, kind, payload, key, due],
    )?;
    Ok(())
}

/// Enqueues a job with a key, or, if one waits or runs, has it begin anew with this payload. It
/// gets a new id, so that who runs it still cannot end it.
pub fn begin_anew(
    tx: &mut Tx<'_>,
    id: JobId,
    (kind, key): (&str, &str),
    payload: &str,
    due: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into jobs (id, kind, payload, unique_key, due, attempts, lease_until)
              values ($1, $2, $3, $5, $4, 0, 0)
              on conflict (unique_key) where unique_key is not null
                do update set id = excluded.id, payload = excluded.payload, due = excluded.due,
                  attempts = 0, lease_until = 0"
        ),
        &params![id, kind, payload, due, key],
    )?;
    Ok(())
}

/// Notes what is left of a job, which another may go on with from `due`; `false` if it was begun
/// anew meanwhile.
pub fn go_on(tx: &mut Tx<'_>, id: JobId, payload: &str, due: i64) -> Result<bool, StoreError> {
    let found = tx.execute(
        sql!("update jobs set payload = $2, due = $3, lease_until = 0 where id = $1"),
        &params![id, payload, due],
    )?;
    Ok(found > 0)
}

/// Leases the job that has been due longest until `until`.
pub fn lease(tx: &mut Tx<'_>, now: i64, until: i64) -> Result<Option<Job>, StoreError> {
    tx.returning(
        sql!(
            lite "update jobs set lease_until = $2, attempts = attempts + 1 where id = (
                    select id from jobs where due <= $1 and lease_until <= $1 order by due, id limit 1)
                  returning id, kind, payload, attempts",
            pg "update jobs set lease_until = $2, attempts = attempts + 1 where id = (
                    select id from jobs where due <= $1 and lease_until <= $1 order by due, id limit 1
                    for update skip locked)
                  returning id, kind, payload, attempts"
        ),
        &params![now, until],
        |row| {
            Ok(Job { id: row.get(0)?, kind: row.get(1)?, payload: row.get(2)?, attempts: row.get(3)? })
        },
    )
}

/// Keeps a leased job until `until`; `false` if it was begun anew meanwhile.
pub fn keep(tx: &mut Tx<'_>, id: JobId, until: i64) -> Result<bool, StoreError> {
    let kept =
        tx.execute(sql!("update jobs set lease_until = $2 where id = $1"), &params![id, until])?;
    Ok(kept > 0)
}

/// Tries a job again at `due`.
pub fn postpone(
    tx: &mut Tx<'_>,
    id: JobId,
    due: i64,
    error: Option<&str>,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update jobs set due = $2, lease_until = 0, error = $3 where id = $1"),
        &params![id, due, error],
    )?;
    Ok(())
}

/// Takes or keeps the lease `name` for `holder` until `until`; `false` while another holds it.
pub fn hold(
    tx: &mut Tx<'_>,
    name: &str,
    holder: &str,
    now: i64,
    until: i64,
) -> Result<bool, StoreError> {
    let held = tx.execute(
        sql!(
            "insert into leases (name, holder, until) values ($1, $2, $4)
              on conflict (name) do update set holder = excluded.holder, until = excluded.until
              where leases.holder = excluded.holder or leases.until <= $3"
        ),
        &params![name, holder, now, until],
    )?;
    Ok(held > 0)
}

/// Lets a lease go before it lapses.
pub fn let_go(tx: &mut Tx<'_>, name: &str, holder: &str) -> Result<(), StoreError> {
    tx.execute(sql!("delete from leases where name = $1 and holder = $2"), &params![name, holder])?;
    Ok(())
}

/// Stops the job with this key; who does it goes no further.
pub fn stop(tx: &mut Tx<'_>, key: &str) -> Result<(), StoreError> {
    tx.execute(sql!("delete from jobs where unique_key = $1"), &params![key])?;
    Ok(())
}

/// A job is done and goes.
pub fn done(tx: &mut Tx<'_>, id: JobId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from jobs where id = $1"), &params![id])?;
    Ok(())
}

/// What the jobs of a kind that wait or run are about.
pub fn payloads_of(read: &Read<'_>, kind: &str) -> Result<Vec<String>, StoreError> {
    read.all(sql!("select payload from jobs where kind = $1"), &params![kind], |row| row.get(0))
}

/// Whether a job with this key waits or runs.
pub fn is_under_way(read: &Read<'_>, key: &str) -> Result<bool, StoreError> {
    let found =
        read.one(sql!("select id from jobs where unique_key = $1"), &params![key], |row| {
            row.get::<i64>(0)
        })?;
    Ok(found.is_some())
}
