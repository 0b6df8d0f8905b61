//! The automatic receipt for a new inquiry, and what keeps two machines from talking to each other
//! (RFC 3834): only to humans, once per inquiry, at most one a day to an address, a cap in all, the
//! null sender, headers that say it is automatic, and our own mark to know an echo by.

use std::cell::Cell;

use jiff::{SignedDuration, Timestamp};
use torg_core::{Inquiry, Language, MessageId, Verb};
use torg_mail::compose::{Outgoing, compose};
use torg_mail::thread_key::{bare_subject, subject_with_token};
use torg_mail::{Kind, Letter};
use torg_store::blobs::{self, Blob};
use torg_store::departments::Mailbox;
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, departments, filing};

use super::answer::{Letterhead, named};
use super::enqueue;
use crate::pen::Pen;
use crate::receipts;

/// More receipts than this in a day, over all citizens, and something is wrong.
const MOST_A_DAY: i64 = 5_000;

/// A new inquiry whose sender may get a receipt.
pub(crate) struct Receipt<'a> {
    pub(crate) letter: &'a Letter,
    pub(crate) inquiry: &'a Inquiry,
    /// The sender's address.
    pub(crate) to: &'a str,
    /// Our address it came to.
    pub(crate) mailbox: &'a Mailbox,
    pub(crate) language: Option<Language>,
    pub(crate) sent_today: &'a SentToday,
}

/// How many receipts went out in a day, counted once a transaction.
#[derive(Debug, Clone, Default)]
pub(crate) struct SentToday(Cell<Option<i64>>);

impl SentToday {
    fn count(&self, tx: &Tx<'_>, since: i64) -> Result<i64, StoreError> {
        let count = self.0.get().map_or_else(|| filing::receipts_since(tx, since), Ok)?;
        self.0.set(Some(count));
        Ok(count)
    }

    fn one_more(&self) {
        self.0.set(self.0.get().map(|count| count + 1));
    }
}

/// Puts a receipt in the outbox, unless one of the guards forbids it.
pub(crate) fn receipt(
    tx: &mut Tx<'_>,
    pen: &Pen,
    letterhead: &Letterhead,
    receipt: &Receipt<'_>,
) -> Result<(), StoreError> {
    if !wanted(tx, pen.now, receipt)? {
        return Ok(());
    }
    let id: MessageId = pen.id();
    let language = receipt.language.unwrap_or(letterhead.language);
    let words = receipts::of(tx, language)?;
    let department = departments::name_of(tx, receipt.inquiry.department)?.unwrap_or_default();
    let about = bare_subject(&receipt.letter.subject);
    let number = receipt.inquiry.number.to_string();
    let filled = words.filled(&number, &about, &department, &letterhead.town);
    let raw = Blob::prepare(&mail(letterhead, receipt, filled, id, pen.now));
    blobs::put(tx, &raw)?;
    filing::remember_receipt(tx, id, receipt.to, receipt.mailbox.id, pen.at())?;
    receipt.sent_today.one_more();
    enqueue(tx, pen, None, None, vec![receipt.to.to_owned()], raw.hash())?;
    pen.write(tx, None, receipt.inquiry.id, Verb::Receipt, Details::default())
}

fn wanted(tx: &Tx<'_>, now: Timestamp, receipt: &Receipt<'_>) -> Result<bool, StoreError> {
    let letter = receipt.letter;
    if letter.kind != Kind::Human || letter.auto.unwanted || !letter.auto.loops.is_empty() {
        return Ok(false);
    }
    if departments::of_recipient(tx, receipt.to)?.is_some() {
        return Ok(false);
    }
    let since = (now - SignedDuration::from_hours(24)).as_microsecond();
    if receipt.sent_today.count(tx, since)? >= MOST_A_DAY {
        return Ok(false);
    }
    Ok(!filing::had_receipt(tx, receipt.to, receipt.mailbox.id, since)?)
}

fn mail(
    letterhead: &Letterhead,
    receipt: &Receipt<'_>,
    (subject, text): (String, String),
    id: MessageId,
    now: Timestamp,
) -> Vec<u8> {
    let (inquiry, letter) = (receipt.inquiry, receipt.letter);
    let number = inquiry.number.to_string();
    let name = letter.from.as_ref().and_then(|from| from.name.as_deref()).unwrap_or("");
    compose(&Outgoing {
        from: named(&letterhead.town, &receipt.mailbox.address),
        to: vec![named(name, receipt.to)],
        reply_to: letterhead.reply_to(inquiry, receipt.mailbox),
        subject: subject_with_token(&subject, &number),
        date: now,
        utc_offset_seconds: letterhead.time_zone.to_offset(now).seconds(),
        message_id: letterhead.message_id(inquiry, id),
        in_reply_to: letter.message_id.clone(),
        references: letter.message_id.iter().cloned().collect(),
        text,
        automatic: true,
        loop_mark: Some(receipt.mailbox.address.clone()),
        ..Outgoing::default()
    })
}
