//! What could not be filed, and who may look at it. Nobody knows yet whose it is, so it lies behind
//! the walls of every department it was sent to: only who is inside all of them may see it.

use std::collections::BTreeSet;

use torg_core::wall::open_wall;
use torg_core::{ArrivalId, Viewer, WallId};

use super::recipients_at;
use crate::blobs::BlobHash;
use crate::{Pending, Read, Row, StoreError, Tx, blobs, departments, params, sql};

/// An arrival in quarantine.
#[derive(Debug, Clone)]
pub struct Quarantined {
    pub id: ArrivalId,
    pub received_at: i64,
    /// The envelope's sender.
    pub from: Option<String>,
    pub to: Vec<String>,
    pub size: i64,
    pub attempts: i64,
    pub error: String,
    /// When somebody discarded it; microseconds UTC.
    pub discarded: Option<i64>,
}

const WAITING: i64 = 0;
const QUARANTINED: i64 = 2;
const DISCARDED: i64 = 3;

/// Puts an arrival that waits in quarantine, with what went wrong; `false` if it does not wait any
/// more.
pub fn quarantine_it(tx: &mut Tx<'_>, id: ArrivalId, error: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        sql!(
            "update arrivals set state = $2, attempts = attempts + 1, error = $3
               where id = $1 and state = 0"
        ),
        &params![id, QUARANTINED, error],
    )?;
    if changed == 0 {
        return Ok(false);
    }
    let recipients =
        tx.one(sql!("select recipients from arrivals where id = $1"), &params![id], |row| {
            recipients_at(row, 0)
        })?;
    wall_in(tx, id, &recipients.unwrap_or_default())?;
    Ok(true)
}

/// Takes an arrival out of quarantine, to be filed again; `false` if it is not there.
pub fn retry(tx: &mut Tx<'_>, id: ArrivalId) -> Result<bool, StoreError> {
    let changed = tx.execute(
        sql!("update arrivals set state = $2 where id = $1 and state = $3"),
        &params![id, WAITING, QUARANTINED],
    )?;
    if changed > 0 {
        tear_down(tx, id)?;
    }
    Ok(changed > 0)
}

/// Takes an arrival out of quarantine, to be filed as if it had come for our `address`; `false` if it
/// is not there.
pub fn readdress(tx: &mut Tx<'_>, id: ArrivalId, address: &str) -> Result<bool, StoreError> {
    let recipients = serde_json::to_string(&[address])
        .map_err(|error| StoreError::Bug(format!("recipients as JSON: {error}")))?;
    let changed = tx.execute(
        sql!("update arrivals set state = $2, recipients = $4 where id = $1 and state = $3"),
        &params![id, WAITING, QUARANTINED, recipients],
    )?;
    if changed > 0 {
        tear_down(tx, id)?;
    }
    Ok(changed > 0)
}

/// Sets an arrival in quarantine aside as nobody's business; `false` if it is not there.
pub fn discard(tx: &mut Tx<'_>, id: ArrivalId, at: i64) -> Result<bool, StoreError> {
    let changed = tx.execute(
        sql!("update arrivals set state = $2, discarded = $4 where id = $1 and state = $3"),
        &params![id, DISCARDED, QUARANTINED, at],
    )?;
    Ok(changed > 0)
}

/// Puts what was discarded back in quarantine; `false` if it is not there any more.
pub fn restore(tx: &mut Tx<'_>, id: ArrivalId) -> Result<bool, StoreError> {
    let changed = tx.execute(
        sql!("update arrivals set state = $2, discarded = null where id = $1 and state = $3"),
        &params![id, QUARANTINED, DISCARDED],
    )?;
    Ok(changed > 0)
}

/// Forgets for good what was discarded before `before`, at most 100 at a time.
pub fn forget_discarded(tx: &mut Tx<'_>, before: i64) -> Result<usize, StoreError> {
    let gone: Vec<(ArrivalId, BlobHash)> = tx.all(
        sql!(list "select id, raw from arrivals where state = 3 and discarded < $1
               order by discarded, id limit 100"),
        &params![before],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    for (id, raw) in &gone {
        tear_down(tx, *id)?;
        tx.execute(sql!("delete from arrivals where id = $1"), &params![*id])?;
        blobs::release(tx, raw)?;
    }
    Ok(gone.len())
}

/// Whether an arrival in quarantine lies behind a wall.
pub fn is_walled(read: &Read<'_>, id: ArrivalId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select wall from arrival_walls where arrival = $1 and wall <> $2 limit 1"),
        &params![id, open_wall()],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// The newest 50 that were discarded and are still kept, as far as the viewer may see.
pub fn discarded(read: &Read<'_>, viewer: &Viewer) -> Result<Vec<Quarantined>, StoreError> {
    read.all(
        sql!(list "select id, received_at, envelope_from, recipients, size, attempts, coalesce(error, ''),
                     discarded
                from arrivals a where state = 3 and not exists (
                  select 1 from arrival_walls w where w.arrival = a.id
                     and w.wall not in (select wall from wall_members where staff = $1))
               order by discarded desc, id desc limit 50"),
        &params![viewer.staff],
        quarantined,
    )
}

/// The newest 200 in quarantine that the viewer may see.
pub fn quarantine(read: &Read<'_>, viewer: &Viewer) -> Result<Vec<Quarantined>, StoreError> {
    read.all(
        sql!(list "select id, received_at, envelope_from, recipients, size, attempts, coalesce(error, ''),
                     discarded
                from arrivals a where state = 2 and not exists (
                  select 1 from arrival_walls w where w.arrival = a.id
                     and w.wall not in (select wall from wall_members where staff = $1))
               order by id desc limit 200"),
        &params![viewer.staff],
        quarantined,
    )
}

/// How many in quarantine the viewer may see, 1000 meaning "more than 999".
pub fn count<'r>(read: &'r Read<'_>, viewer: &Viewer) -> Pending<'r, i64> {
    let found = read.ask_one(
        sql!(list "select count(*) from (select 1 from arrivals a where state = 2 and not exists (
                  select 1 from arrival_walls w where w.arrival = a.id
                     and w.wall not in (select wall from wall_members where staff = $1))
                limit 1000) x"),
        &params![viewer.staff],
        |row| row.get::<i64>(0),
    );
    found.then(|count| Ok(count.unwrap_or(0)))
}

/// One arrival in quarantine, or discarded from there, if the viewer may see it.
pub fn one(
    read: &Read<'_>,
    viewer: &Viewer,
    id: ArrivalId,
) -> Result<Option<Quarantined>, StoreError> {
    read.one(
        sql!(list "select id, received_at, envelope_from, recipients, size, attempts, coalesce(error, ''),
                     discarded
                from arrivals a where id = $1 and state in (2, 3) and not exists (
                  select 1 from arrival_walls w where w.arrival = a.id
                     and w.wall not in (select wall from wall_members where staff = $2))"),
        &params![id, viewer.staff],
        quarantined,
    )
}

/// The raw bytes of an arrival in quarantine that the viewer may see.
pub fn raw(
    read: &Read<'_>,
    viewer: &Viewer,
    id: ArrivalId,
) -> Result<Option<BlobHash>, StoreError> {
    if one(read, viewer, id)?.is_none() {
        return Ok(None);
    }
    read.one(sql!("select raw from arrivals where id = $1"), &params![id], |row| row.get(0))
}

/// Raises the walls of everything in quarantine anew, for there is a new address: what came for it
/// before it was ours is its department's business now.
pub(crate) fn wall_in_again(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let quarantined: Vec<(ArrivalId, Vec<String>)> = tx.all(
        sql!("select id, recipients from arrivals where state in (2, 3)"),
        &params![],
        |row| Ok((row.get(0)?, recipients_at(row, 1)?)),
    )?;
    for (id, recipients) in quarantined {
        tear_down(tx, id)?;
        wall_in(tx, id, &recipients)?;
    }
    Ok(())
}

/// Addresses are compared as filing would: in any case, with or without a plus tag. What is for
/// nobody here is everybody's.
fn wall_in(tx: &mut Tx<'_>, id: ArrivalId, recipients: &[String]) -> Result<(), StoreError> {
    let mut walls: BTreeSet<WallId> = BTreeSet::new();
    for address in recipients {
        walls.extend(departments::of_recipient(tx, address)?.map(|mailbox| mailbox.wall));
    }
    if walls.is_empty() {
        walls.insert(open_wall());
    }
    for wall in walls {
        tx.execute(
            sql!("insert into arrival_walls (arrival, wall) values ($1, $2)"),
            &params![id, wall],
        )?;
    }
    Ok(())
}

fn tear_down(tx: &mut Tx<'_>, id: ArrivalId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from arrival_walls where arrival = $1"), &params![id])?;
    Ok(())
}

fn quarantined(row: &Row<'_>) -> Result<Quarantined, StoreError> {
    Ok(Quarantined {
        id: row.get(0)?,
        received_at: row.get(1)?,
        from: row.get(2)?,
        to: recipients_at(row, 3)?,
        size: row.get(4)?,
        attempts: row.get(5)?,
        error: row.get(6)?,
        discarded: row.get(7)?,
    })
}
