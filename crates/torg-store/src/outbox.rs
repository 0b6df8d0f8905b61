//! The outbox: everything that leaves, written in the transaction of the act that sends it.

use torg_core::{MessageId, OutboxId};

use crate::blobs::BlobHash;
use crate::{EngineKind, Read, Row, StoreError, Tx, params, sql};

/// Something to be sent.
#[derive(Debug, Clone)]
pub struct NewOutgoing {
    pub id: OutboxId,
    /// The message it is; `None` for mail that lies in no inquiry.
    pub message: Option<MessageId>,
    /// `None` sends with the null sender, as automatic mail must (RFC 3834, 3.3).
    pub envelope_from: Option<String>,
    pub recipients: Vec<String>,
    pub raw: BlobHash,
    /// Microseconds UTC; also when it is first due.
    pub created: i64,
}

/// Something leased for sending.
#[derive(Debug, Clone)]
pub struct Due {
    pub id: OutboxId,
    pub message: Option<MessageId>,
    pub envelope_from: Option<String>,
    /// Who has not got it yet.
    pub recipients: Vec<String>,
    pub raw: BlobHash,
    pub attempts: i64,
    pub created: i64,
}

/// Puts something in the outbox.
pub fn insert(tx: &mut Tx<'_>, new: &NewOutgoing) -> Result<(), StoreError> {
    let recipients = recipients_column(&new.recipients)?;
    tx.execute(
        sql!(
            "insert into outbox (id, message, envelope_from, recipients, raw, state, attempts, due,
                lease_until, created)
              values ($1, $2, $3, $4, $5, 0, 0, $6, 0, $6)"
        ),
        &params![new.id, new.message, new.envelope_from, recipients, new.raw, new.created],
    )?;
    Ok(())
}

fn recipients_column(recipients: &[String]) -> Result<String, StoreError> {
    serde_json::to_string(recipients)
        .map_err(|error| StoreError::Bug(format!("recipients as JSON: {error}")))
}

/// Leases up to `limit` of what is due until `until`. Whoever dies while sending loses the lease,
/// and it is sent again with the same Message-ID.
pub fn lease(tx: &mut Tx<'_>, now: i64, until: i64, limit: i64) -> Result<Vec<Due>, StoreError> {
    let mut due = tx.returning_all(
        sql!(
            lite "update outbox set lease_until = $2, attempts = attempts + 1 where id in (
                    select id from outbox where state = 0 and due <= $1 and lease_until <= $1
                     order by due, id limit $3)
                  returning id, message, envelope_from, recipients, raw, attempts, created",
            pg "update outbox set lease_until = $2, attempts = attempts + 1 where id in (
                    select id from outbox where state = 0 and due <= $1 and lease_until <= $1
                     order by due, id limit $3 for update skip locked)
                  returning id, message, envelope_from, recipients, raw, attempts, created"
        ),
        &params![now, until, limit],
        due_row,
    )?;
    due.sort_by_key(|due| due.id);
    Ok(due)
}

/// Keeps what is leased until `until`, if this lease of it has not lapsed.
pub fn renew(tx: &mut Tx<'_>, mails: &[(OutboxId, i64)], until: i64) -> Result<(), StoreError> {
    for (id, attempts) in mails {
        tx.execute(
            sql!(
                "update outbox set lease_until = $3
                   where id = $1 and state = 0 and attempts = $2 and lease_until > 0"
            ),
            &params![*id, *attempts, until],
        )?;
    }
    Ok(())
}

/// Ends all leases of an embedded database, which one process has to itself: whoever held them is
/// gone. On PostgreSQL other nodes may be sending, so there they lapse.
pub fn take_back(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    match tx.engine() {
        EngineKind::Sqlite => tx.execute(
            sql!("update outbox set lease_until = 0 where state = 0 and lease_until > 0"),
            &params![],
        ),
        EngineKind::Postgres => Ok(0),
    }
}

fn due_row(row: &Row<'_>) -> Result<Due, StoreError> {
    let recipients: String = row.get(3)?;
    Ok(Due {
        id: row.get(0)?,
        message: row.get(1)?,
        envelope_from: row.get(2)?,
        recipients: serde_json::from_str(&recipients)
            .map_err(|_| StoreError::Corrupt("recipients of the outbox".into()))?,
        raw: row.get(4)?,
        attempts: row.get(5)?,
        created: row.get(6)?,
    })
}

/// Notes that the relay took it; `false` if that was noted before.
pub fn sent(tx: &mut Tx<'_>, id: OutboxId, at: i64) -> Result<bool, StoreError> {
    let changed = tx.execute(
        sql!("update outbox set state = 1, sent_at = $2, error = null where id = $1 and state = 0"),
        &params![id, at],
    )?;
    Ok(changed > 0)
}

/// Tries again at `due` for the recipients that `mail` has now; `false` if this lease of it has
/// lapsed and somebody else took over.
pub fn postpone(tx: &mut Tx<'_>, mail: &Due, due: i64, error: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        sql!(
            "update outbox set due = $3, lease_until = 0, error = $4, recipients = $5
               where id = $1 and state = 0 and attempts = $2"
        ),
        &params![mail.id, mail.attempts, due, error, recipients_column(&mail.recipients)?],
    )?;
    Ok(changed > 0)
}

/// Gives up on the recipients that `mail` has now; `false` if this lease of it has lapsed and
/// somebody else took over.
pub fn give_up(tx: &mut Tx<'_>, mail: &Due, error: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        sql!(
            "update outbox set state = 2, error = $3, recipients = $4
               where id = $1 and state = 0 and attempts = $2"
        ),
        &params![mail.id, mail.attempts, error, recipients_column(&mail.recipients)?],
    )?;
    Ok(changed > 0)
}

/// Sends what was given up once more, with as much patience as at first; the number of mails it
/// concerns.
pub fn send_again(tx: &mut Tx<'_>, message: MessageId, now: i64) -> Result<u64, StoreError> {
    tx.execute(
        sql!(
            "update outbox set state = 0, attempts = 0, due = $2, lease_until = 0, created = $2
               where message = $1 and state = 2"
        ),
        &params![message, now],
    )
}

/// When the oldest mail that waits was written; microseconds UTC.
pub fn oldest_waiting(read: &Read<'_>) -> Result<Option<i64>, StoreError> {
    read.one(sql!("select min(created) from outbox where state = 0"), &params![], |row| row.get(0))
        .map(Option::flatten)
}

/// Makes everything that was tried and waits due at `now`: there is another relay to ask. What was
/// not tried yet can still be taken back, and waits for that.
pub fn due_now(tx: &mut Tx<'_>, now: i64) -> Result<(), StoreError> {
    tx.execute(
        sql!("update outbox set due = $1 where state = 0 and attempts > 0 and due > $1"),
        &params![now],
    )?;
    Ok(())
}

/// How many mails wait to be sent, exact to 999.
pub fn waiting_count(read: &Read<'_>) -> Result<i64, StoreError> {
    let found = read.one(
        sql!(list "select count(*) from (select 1 from outbox where state = 0 limit 1000) x"),
        &params![],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(0))
}
