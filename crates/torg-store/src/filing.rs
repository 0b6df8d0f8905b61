//! What filing remembers: deliveries, so that a mail delivered twice is one message, and
//! Message-IDs, so that a reply finds its inquiry.

use torg_core::{ContactKind, InquiryId, MailboxId, MessageId, PersonId};

use crate::persons::Known;
use crate::{Read, StoreError, Tx, params, sql};

/// A mail that was delivered before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivered {
    pub mailbox: MailboxId,
    pub message: MessageId,
    pub inquiry: InquiryId,
}

/// A Message-ID a mailbox has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenReference {
    pub inquiry: InquiryId,
    /// It is the id of a letter a human sent us.
    pub strong: bool,
}

/// The same mail (Message-ID and hash of its body) in any mailbox, oldest first.
pub fn delivered(
    read: &Read<'_>,
    mail_id: &str,
    body_hash: &[u8; 32],
) -> Result<Vec<Delivered>, StoreError> {
    read.all(
        sql!(
            "select mailbox, message, inquiry from deliveries
               where mail_id = $1 and body_hash = $2 order by message"
        ),
        &params![mail_id, body_hash],
        |row| Ok(Delivered { mailbox: row.get(0)?, message: row.get(1)?, inquiry: row.get(2)? }),
    )
}

/// Remembers a delivery; what this mailbox had already stays as it was.
pub fn remember_delivery(
    tx: &mut Tx<'_>,
    delivered: &Delivered,
    mail_id: &str,
    body_hash: &[u8; 32],
) -> Result<(), StoreError> {
    tx.send(
        sql!(
            "insert into deliveries (mailbox, mail_id, body_hash, message, inquiry)
              values ($1, $2, $3, $4, $5) on conflict do nothing"
        ),
        &params![delivered.mailbox, mail_id, body_hash, delivered.message, delivered.inquiry],
    )
}

/// Where a Message-ID belongs within one mailbox.
pub fn reference(
    read: &Read<'_>,
    mailbox: MailboxId,
    mail_id: &str,
) -> Result<Option<SeenReference>, StoreError> {
    read.one(
        sql!("select inquiry, strong from mail_references where mailbox = $1 and mail_id = $2"),
        &params![mailbox, mail_id],
        |row| Ok(SeenReference { inquiry: row.get(0)?, strong: row.get(1)? }),
    )
}

/// Remembers a Message-ID. The first inquiry it was seen in keeps it; a mere mention becomes
/// strong once the letter itself arrives.
pub fn remember_reference(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    mail_id: &str,
    seen: SeenReference,
) -> Result<(), StoreError> {
    tx.send(
        sql!("insert into mail_references (mailbox, mail_id, inquiry, strong) values ($1, $2, $3, $4)
              on conflict (mailbox, mail_id) do update
                set strong = excluded.strong, inquiry = excluded.inquiry
              where mail_references.strong < excluded.strong"),
        &params![mailbox, mail_id, seen.inquiry, seen.strong],
    )?;
    Ok(())
}

/// Whether an address has written in an inquiry, or was written to.
pub fn belongs(read: &Read<'_>, inquiry: InquiryId, address: &str) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select id from messages where inquiry = $1 and address = $2 limit 1"),
        &params![inquiry, address],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// The person who writes from an e-mail address, and whether her name is but an address, so that it
/// is worth learning.
pub fn correspondent(read: &Read<'_>, address: &str) -> Result<Option<(Known, bool)>, StoreError> {
    read.one(
        sql!(
            "select c.person, c.id, p.name from contact_points c
                join persons p on p.id = c.person where c.kind = $1 and c.value = $2"
        ),
        &params![ContactKind::Email.code(), address],
        |row| {
            let known = Known { person: row.get(0)?, contact_point: row.get(1)? };
            Ok((known, row.get::<String>(2)?.contains('@')))
        },
    )
}

/// Whose inquiry it is.
pub fn person_of(read: &Read<'_>, inquiry: InquiryId) -> Result<Option<PersonId>, StoreError> {
    let found =
        read.one(sql!("select person from inquiries where id = $1"), &params![inquiry], |row| {
            row.get(0)
        })?;
    Ok(found.flatten())
}

/// The newest inquiries of a person with their subjects, at most 30: where a reply without
/// headers may belong.
pub fn recent_of(
    read: &Read<'_>,
    person: PersonId,
) -> Result<Vec<(InquiryId, String)>, StoreError> {
    read.all(
        sql!(list "select id, subject from inquiries where person = $1
               order by last_at desc, id desc limit 30"),
        &params![person],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The inquiry of a number, for filing, where nobody looks.
pub fn by_number(read: &Read<'_>, number: i64) -> Result<Option<InquiryId>, StoreError> {
    read.one(sql!("select id from inquiries where number = $1"), &params![number], |row| row.get(0))
}

/// Whether an automatic receipt went from `mailbox` to `address` since `since`.
pub fn had_receipt(
    read: &Read<'_>,
    address: &str,
    mailbox: MailboxId,
    since: i64,
) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select id from receipts where address = $1 and mailbox = $2 and at > $3 limit 1"),
        &params![address, mailbox, since],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// How many automatic receipts went to anybody since `since`; reads as many rows.
pub fn receipts_since(read: &Read<'_>, since: i64) -> Result<i64, StoreError> {
    let count =
        read.one(sql!("select count(*) from receipts where at > $1"), &params![since], |row| {
            row.get(0)
        })?;
    Ok(count.unwrap_or(0))
}

/// Remembers that a receipt was sent.
pub fn remember_receipt(
    tx: &mut Tx<'_>,
    id: MessageId,
    address: &str,
    mailbox: MailboxId,
    at: i64,
) -> Result<(), StoreError> {
    tx.send(
        sql!("insert into receipts (id, address, mailbox, at) values ($1, $2, $3, $4)"),
        &params![id, address, mailbox, at],
    )?;
    Ok(())
}

/// Forgets receipts sent before `before`.
pub fn forget_receipts(tx: &mut Tx<'_>, before: i64) -> Result<u64, StoreError> {
    tx.execute(sql!("delete from receipts where at < $1"), &params![before])
}
