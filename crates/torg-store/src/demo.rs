//! The demo's citizens: what they wrote and what they got, in place of a real mail server.

use torg_core::{Id, MessageId};

use crate::{Read, StoreError, Tx, params, sql};

/// A letter in a demo citizen's mailbox.
#[derive(Debug, Clone)]
pub struct NewDemoLetter {
    pub id: MessageId,
    /// The citizen's address, in lower case.
    pub address: String,
    pub name: String,
    pub from_us: bool,
    /// Our address.
    pub counterpart: String,
    pub subject: String,
    pub body: String,
    pub mail_id: Option<String>,
    /// The References a reply to it carries before its own id, apart by spaces.
    pub references: String,
    /// Microseconds UTC.
    pub at: i64,
}

/// A citizen's mailbox in the demo.
#[derive(Debug, Clone)]
pub struct DemoMailbox {
    pub address: String,
    pub name: String,
    pub letters: i64,
    pub last_at: i64,
}

/// A letter as the demo page shows it.
#[derive(Debug, Clone)]
pub struct DemoLetter {
    pub id: String,
    pub at: i64,
    pub from_us: bool,
    pub counterpart: String,
    pub subject: String,
    pub text: String,
    pub mail_id: Option<String>,
    pub references: String,
}

pub fn insert(tx: &mut Tx<'_>, new: &NewDemoLetter) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into demo_letters (id, address, name, from_us, counterpart, subject, body,
                mail_id, mail_references, at)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        &params![
            new.id,
            new.address,
            new.name,
            new.from_us,
            new.counterpart,
            new.subject,
            new.body,
            new.mail_id,
            new.references,
            new.at
        ],
    )?;
    Ok(())
}

/// The citizens with something in their mailbox, newest letter first, at most `limit`.
pub fn mailboxes(read: &Read<'_>, limit: i64) -> Result<Vec<DemoMailbox>, StoreError> {
    read.all(
        sql!(
            "select address, max(name), count(*), max(at) from demo_letters
               group by address order by max(at) desc, address limit $1"
        ),
        &params![limit],
        |row| {
            Ok(DemoMailbox {
                address: row.get(0)?,
                name: row.get(1)?,
                letters: row.get(2)?,
                last_at: row.get(3)?,
            })
        },
    )
}

/// The letters of one citizen, newest first, at most 200.
pub fn letters(read: &Read<'_>, address: &str) -> Result<Vec<DemoLetter>, StoreError> {
    read.all(
        sql!(
            "select id, at, from_us, counterpart, subject, body, mail_id, mail_references
                from demo_letters where address = $1 order by id desc limit 200"
        ),
        &params![address],
        |row| {
            Ok(DemoLetter {
                id: row.get::<MessageId>(0)?.as_i64().to_string(),
                at: row.get(1)?,
                from_us: row.get(2)?,
                counterpart: row.get(3)?,
                subject: row.get(4)?,
                text: row.get(5)?,
                mail_id: row.get(6)?,
                references: row.get(7)?,
            })
        },
    )
}

/// The name a citizen of the demo is known by.
pub fn name_of(read: &Read<'_>, address: &str) -> Result<Option<String>, StoreError> {
    read.one(
        sql!("select name from demo_letters where address = $1 and name <> '' order by id limit 1"),
        &params![address],
        |row| row.get(0),
    )
}
