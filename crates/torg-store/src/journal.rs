//! The journal: one line for every act, chained by hashes, in the transaction of the act.
//!
//! Lines of an inquiry form its own chain, whose end lies on the inquiry's row and is guarded by
//! that row's lock. Lines without an inquiry form one chain per node and day.

mod roots;
mod tail;

pub use roots::{Root, check_roots, keep_root, last_root, root_after};
pub use tail::{TailLine, tail, tail_end};

use serde::{Deserialize, Serialize};
use torg_core::journal::{Hash, Line, commitment, follow};
use torg_core::{Id, InquiryId, JournalId, StaffId, Verb, Was};

use crate::{Read, Row, StoreError, Tx, params, sql};

/// One act, as it is to be written.
#[derive(Debug, Clone)]
pub struct Act {
    pub id: JournalId,
    pub verb: Verb,
    /// Who; `None` for Torg itself and for citizens.
    pub staff: Option<StaffId>,
    /// Microseconds UTC.
    pub at: i64,
    pub salt: [u8; 16],
    pub details: Details,
}

/// What else a line says. May hold what is personal: it is erased with the person, and the chain
/// still verifies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<torg_core::DepartmentId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<torg_core::DepartmentId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inquiry: Option<InquiryId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<torg_core::MessageId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrival: Option<torg_core::ArrivalId>,
    /// Who was made one with `other`, or parted from her.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<torg_core::PersonId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<torg_core::PersonId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<torg_core::CategoryId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What of a topic was changed, from which value to which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// The colleague whose it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whose: Option<StaffId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<torg_core::TagId>,
    /// Microseconds UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// How what it changed was before, so that it can be undone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Was>,
    /// The lines the same act wrote to other inquiries; they are undone together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<(InquiryId, JournalId)>,
    /// The line it undid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undoes: Option<JournalId>,
}

/// Writes a line to an inquiry's chain. The inquiry's row must be locked by this transaction.
pub fn write(tx: &mut Tx<'_>, inquiry: InquiryId, act: &Act) -> Result<(), StoreError> {
    let end = tx.one(
        sql!("select steps, head from inquiries where id = $1"),
        &params![inquiry],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let (steps, head): (i64, Vec<u8>) =
        end.ok_or_else(|| StoreError::Bug("a journal line for no inquiry".into()))?;
    let head = insert(tx, inquiry.as_i64(), steps + 1, Some(inquiry), act, &read_hash(&head)?)?;
    tx.send(
        sql!("update inquiries set steps = $2, head = $3 where id = $1"),
        &params![inquiry, steps + 1, head.as_bytes()],
    )?;
    Ok(())
}

/// Writes a line that belongs to no inquiry to the chain of this `node` (0–1023) and day.
pub fn write_of_day(tx: &mut Tx<'_>, node: u16, act: &Act) -> Result<(), StoreError> {
    const MICROSECONDS_A_DAY: i64 = 86_400_000_000;
    let chain = act.at / MICROSECONDS_A_DAY * 1024 + i64::from(node) + 1;
    let start: &[u8] = Hash::START.as_bytes();
    let end = tx.returning(
        sql!(
            "insert into journal_days (chain, steps, head) values ($1, 1, $2)
              on conflict (chain) do update set steps = journal_days.steps + 1
              returning steps, head"
        ),
        &params![chain, start],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let (step, head): (i64, Vec<u8>) =
        end.ok_or_else(|| StoreError::Bug("a day without a chain".into()))?;
    let head = insert(tx, chain, step, None, act, &read_hash(&head)?)?;
    tx.execute(
        sql!("update journal_days set head = $2 where chain = $1"),
        &params![chain, head.as_bytes()],
    )?;
    Ok(())
}

fn insert(
    tx: &mut Tx<'_>,
    chain: i64,
    step: i64,
    inquiry: Option<InquiryId>,
    act: &Act,
    before: &Hash,
) -> Result<Hash, StoreError> {
    let payload = serde_json::to_string(&act.details)
        .map_err(|error| StoreError::Bug(format!("a journal line as JSON: {error}")))?;
    let line = Line {
        id: act.id.as_i64(),
        inquiry: inquiry.map_or(0, Id::as_i64),
        staff: act.staff.map_or(0, Id::as_i64),
        verb: act.verb.word(),
        at: act.at,
    };
    let hash = follow(before, &line, &commitment(&act.salt, &payload));
    let salt: &[u8] = &act.salt;
    tx.send(
        sql!(
            "insert into journal (id, chain, step, inquiry, staff, verb, at, salt, payload, hash)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        &params![
            act.id,
            chain,
            step,
            inquiry,
            act.staff,
            act.verb.word(),
            act.at,
            salt,
            payload,
            hash.as_bytes()
        ],
    )?;
    Ok(hash)
}

fn read_hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    Hash::from_bytes(bytes).ok_or_else(|| StoreError::Corrupt("a hash of the wrong length".into()))
}

/// A line as it is read back.
#[derive(Debug, Clone)]
pub struct JournalLine {
    pub id: i64,
    pub chain: i64,
    pub step: i64,
    pub inquiry: Option<i64>,
    pub staff: Option<StaffId>,
    pub verb: String,
    pub at: i64,
    pub salt: Option<Vec<u8>>,
    pub payload: Option<String>,
    pub hash: Hash,
}

impl JournalLine {
    /// What the line says; nothing once it was erased.
    pub fn details(&self) -> Details {
        let payload = self.payload.as_deref().unwrap_or("{}");
        serde_json::from_str(payload).unwrap_or_default()
    }

    /// Whether this line follows `before` unchanged. An erased payload cannot be checked against
    /// its commitment, which is why erasing keeps the commitment in the salt's place.
    fn follows(&self, before: &Hash) -> bool {
        let promise = match (&self.salt, &self.payload) {
            (Some(salt), Some(payload)) => commitment(salt, payload),
            (Some(kept), None) => Hash::from_bytes(kept).unwrap_or(Hash::START),
            (None, _) => Hash::START,
        };
        let line = Line {
            id: self.id,
            inquiry: self.inquiry.unwrap_or(0),
            staff: self.staff.map_or(0, Id::as_i64),
            verb: &self.verb,
            at: self.at,
        };
        follow(before, &line, &promise) == self.hash
    }
}

fn line(row: &Row<'_>) -> Result<JournalLine, StoreError> {
    Ok(JournalLine {
        id: row.get(0)?,
        chain: row.get(1)?,
        step: row.get(2)?,
        inquiry: row.get(3)?,
        staff: row.get(4)?,
        verb: row.get(5)?,
        at: row.get(6)?,
        salt: row.get(7)?,
        payload: row.get(8)?,
        hash: read_hash(&row.get::<Vec<u8>>(9)?)?,
    })
}

/// One line, wherever it stands.
pub(crate) fn one(read: &Read<'_>, id: JournalId) -> Result<Option<JournalLine>, StoreError> {
    read.one(
        sql!(
            "select id, chain, step, inquiry, staff, verb, at, salt, payload, hash
                from journal where id = $1"
        ),
        &params![id],
        line,
    )
}

/// The lines of an inquiry's chain, oldest first. For callers who have asked for the inquiry as a
/// viewer already.
pub(crate) fn of_inquiry(
    read: &Read<'_>,
    inquiry: InquiryId,
) -> Result<Vec<JournalLine>, StoreError> {
    read.all(
        sql!(
            "select id, chain, step, inquiry, staff, verb, at, salt, payload, hash
                from journal where chain = $1 order by step"
        ),
        &params![inquiry],
        line,
    )
}

/// The same from the first line at `since` (microseconds UTC) on; what came before is not read.
pub(crate) fn of_inquiry_since(
    read: &Read<'_>,
    inquiry: InquiryId,
    since: i64,
) -> Result<Vec<JournalLine>, StoreError> {
    read.all(
        sql!(
            "select id, chain, step, inquiry, staff, verb, at, salt, payload, hash
                from journal where chain = $1 and step > coalesce(
                  (select before.step from journal before where before.chain = $1 and before.at < $2
                    order by before.step desc limit 1), 0)
               order by step"
        ),
        &params![inquiry, since],
        line,
    )
}

/// What a chain is, or what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainFault {
    /// The line at this step was changed, or its neighbour was taken out.
    Broken { chain: i64, step: i64 },
    /// Lines are missing at the end, or the end on the row was changed.
    EndDiffers { chain: i64 },
}

/// The end of each chain after `after`, at most `limit` of them in order: (chain, steps, head).
pub fn chains(
    read: &Read<'_>,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, i64, Vec<u8>)>, StoreError> {
    let of = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let days = sql!(
        "select chain, steps, head from journal_days where chain > $1 order by chain limit $2"
    );
    let mut found: Vec<(i64, i64, Vec<u8>)> = read.all(days, &params![after, limit], of)?;
    let rest = limit - i64::try_from(found.len()).unwrap_or(limit);
    let inquiries =
        sql!("select id, steps, head from inquiries where id > $1 order by id limit $2");
    found.extend(read.all(inquiries, &params![after, rest], of)?);
    Ok(found)
}

/// Verifies one chain against its end.
pub fn check_chain(
    read: &Read<'_>,
    chain: i64,
    steps: i64,
    head: &[u8],
) -> Result<Option<ChainFault>, StoreError> {
    let mut before = Hash::START;
    let lines = of_inquiry(read, InquiryId::from_i64(chain))?;
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    for (expected, line) in (1..).zip(&lines) {
        if line.step != expected || !line.follows(&before) {
            return Ok(Some(ChainFault::Broken { chain, step: expected }));
        }
        before = line.hash;
    }
    let ends = count == steps && before.as_bytes() == head;
    Ok((!ends).then_some(ChainFault::EndDiffers { chain }))
}
