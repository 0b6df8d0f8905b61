//! Arrivals: what came through the door, raw, and the quarantine of what could not be filed.

mod quarantine;

use torg_core::{ArrivalId, Id, MessageId};

pub(crate) use self::quarantine::wall_in_again;
pub use self::quarantine::{
    Quarantined, count, discard, discarded, forget_discarded, is_walled, one, quarantine,
    quarantine_it, raw, readdress, restore, retry,
};

use crate::blobs::BlobHash;
use crate::{Read, Row, StoreError, Tx, params, sql};

/// An arrival as it is committed before anybody parses it.
#[derive(Debug, Clone)]
pub struct NewArrival {
    pub id: ArrivalId,
    /// Our addresses it came for, the first one first.
    pub recipients: Vec<String>,
    /// The envelope's sender; `None` for the null sender of a bounce.
    pub envelope_from: Option<String>,
    /// What makes a repeated delivery of the same source the same arrival.
    pub source_key: Option<String>,
    pub raw: BlobHash,
    /// Bytes.
    pub size: i64,
    /// Microseconds UTC.
    pub received_at: i64,
    /// Brought in from an archive: no receipt is sent, and nothing old becomes somebody's work.
    pub silent: bool,
    /// The stranger's server that brought it; `None` if a mail server of ours did.
    pub peer: Option<String>,
    /// What that server called itself.
    pub helo: Option<String>,
}

/// An arrival that waits to be filed.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub id: ArrivalId,
    pub recipients: Vec<String>,
    pub envelope_from: Option<String>,
    pub raw: BlobHash,
    pub received_at: i64,
    pub silent: bool,
    /// Whether a mail server of ours brought it, and not a stranger's.
    pub is_from_ours: bool,
    pub attempts: i64,
}

const FILED: i64 = 1;

/// Keeps an arrival; `false` if its source was kept before. Nothing else lets it be passed over: whoever
/// brought it is told that it is kept.
pub fn insert(tx: &mut Tx<'_>, new: &NewArrival) -> Result<bool, StoreError> {
    let recipients = serde_json::to_string(&new.recipients)
        .map_err(|error| StoreError::Bug(format!("recipients as JSON: {error}")))?;
    let inserted = tx.execute(
        sql!(
            "insert into arrivals (id, recipients, envelope_from, source_key, raw, size,
                received_at, silent, peer, helo, state, attempts)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0)
              on conflict (source_key) where source_key is not null do nothing"
        ),
        &params![
            new.id,
            recipients,
            new.envelope_from,
            new.source_key,
            new.raw,
            new.size,
            new.received_at,
            new.silent,
            new.peer,
            new.helo
        ],
    )?;
    Ok(inserted > 0)
}

/// Whether something from this source was kept before.
pub fn is_known(read: &Read<'_>, source_key: &str) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select id from arrivals where source_key = $1"),
        &params![source_key],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// The oldest arrivals that wait, after `after` if that is given, at most `limit`.
pub fn waiting(
    read: &Read<'_>,
    after: Option<ArrivalId>,
    limit: i64,
) -> Result<Vec<Waiting>, StoreError> {
    let after = after.map_or(0, Id::as_i64);
    read.all(
        sql!(list "select id, recipients, envelope_from, raw, received_at, silent, attempts,
                peer is null
                from arrivals where state = 0 and id > $2 order by id limit $1"),
        &params![limit, after],
        |row| {
            Ok(Waiting {
                id: row.get(0)?,
                recipients: recipients_at(row, 1)?,
                envelope_from: row.get(2)?,
                raw: row.get(3)?,
                received_at: row.get(4)?,
                silent: row.get(5)?,
                attempts: row.get(6)?,
                is_from_ours: row.get(7)?,
            })
        },
    )
}

pub(crate) fn recipients_at(row: &Row<'_>, index: usize) -> Result<Vec<String>, StoreError> {
    let text: String = row.get(index)?;
    serde_json::from_str(&text).map_err(|_| StoreError::Corrupt("recipients of an arrival".into()))
}

/// When the oldest arrival that waits came in; microseconds UTC.
pub fn oldest_waiting(read: &Read<'_>) -> Result<Option<i64>, StoreError> {
    read.one(
        sql!("select received_at from arrivals where state = 0 order by id limit 1"),
        &params![],
        |row| row.get(0),
    )
}

/// Whether something waits, and nobody but `holder` holds the filing of it at `now`. It only looks:
/// what is filed elsewhere should cost a node nothing but this.
pub fn waits_for(read: &Read<'_>, holder: &str, now: i64) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select id from arrivals where state = 0 and not exists (
                select 1 from leases where name = $3 and holder <> $1 and until > $2)
              limit 1"
        ),
        &params![holder, now, crate::jobs::FILING],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Takes arrivals to be filed, their rows locked until the transaction ends; gives those that still
/// waited: the others somebody else has filed.
pub fn take(tx: &mut Tx<'_>, ids: &[ArrivalId]) -> Result<Vec<ArrivalId>, StoreError> {
    let list = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    tx.returning_all(
        sql!(
            lite "update arrivals set state = $2, attempts = attempts + 1, error = null
                   where state = 0 and id in (select value from json_each('[' || $1 || ']'))
                  returning id",
            pg "update arrivals set state = $2, attempts = attempts + 1, error = null
                 where state = 0 and id = any (cast('{' || cast($1 as text) || '}' as bigint[]))
                returning id"
        ),
        &params![list, FILED],
        |row| row.get(0),
    )
}

/// Notes which message an arrival has become. Its blob's reference passes to that message.
pub fn became(tx: &mut Tx<'_>, id: ArrivalId, message: MessageId) -> Result<(), StoreError> {
    tx.send(sql!("update arrivals set message = $2 where id = $1"), &params![id, message])
}

/// How many arrivals wait to be filed, and how many could not be: each exact to 999.
pub fn waiting_counts(read: &Read<'_>) -> Result<(i64, i64), StoreError> {
    let count = |found: Option<i64>| found.unwrap_or(0);
    let waiting = read.one(
        sql!(list "select count(*) from (select 1 from arrivals where state = 0 limit 1000) x"),
        &params![],
        |row| row.get(0),
    )?;
    let quarantined = read.one(
        sql!(list "select count(*) from (select 1 from arrivals where state = 2 limit 1000) x"),
        &params![],
        |row| row.get(0),
    )?;
    Ok((count(waiting), count(quarantined)))
}
