//! The durable outbox: what was committed with the act is sent until it is sent, at least once and
//! always with the same Message-ID.

use std::time::Duration;

use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;
use torg_core::{Fact, Inquiry, MessageId, OutboxId, SendState, State, Verb};
use torg_mail::relay::{NotSent, Unsent};
use torg_store::blobs::{self, BlobHash};
use torg_store::journal::Details;
use torg_store::outbox::{self, Due, NewOutgoing};
use torg_store::service::{self, Line};
use torg_store::{StoreError, Tx, inquiries, merging, messages};
use tracing::{info, warn};

use super::carrier::Carrier;
use crate::notices::tell_of_trouble;
use crate::pen::{Pen, announce};
use crate::{Desk, Refused, due};

/// How long one node has a mail to itself; renewed while it is sending, so that what a node was
/// sending that died waits no longer than this.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
const RENEW: Duration = Duration::from_secs(15);
const AT_ONCE: i64 = 16;
/// So many mebibytes of mail are in memory at once; a larger mail is alone.
const MOST_MEBIBYTES: u32 = 64;
/// A mail the relay would not take for this long is given up, as RFC 5321, 4.5.4.1 advises.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(5 * 24);

/// What one round of sending did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    pub sent: usize,
    pub postponed: usize,
    pub failed: usize,
}

/// Puts a mail in the outbox, whose blob has a reference for it already.
pub(crate) fn enqueue(
    tx: &mut Tx<'_>,
    pen: &Pen,
    message: Option<MessageId>,
    envelope_from: Option<String>,
    recipients: Vec<String>,
    raw: BlobHash,
) -> Result<(), StoreError> {
    let (id, created) = (pen.id(), pen.at());
    outbox::insert(tx, &NewOutgoing { id, message, envelope_from, recipients, raw, created })?;
    tx.announce(Fact::Outbox);
    Ok(())
}

impl Desk {
    /// Sends what is due, a few mails at a time, until nothing is.
    ///
    /// # Errors
    /// When the database does not answer; what was leased is sent again when the lease lapses.
    pub async fn send_due(&self) -> Result<Sent, StoreError> {
        let mut total = Sent::default();
        loop {
            let round = self.send_round().await?;
            total.sent += round.sent;
            total.postponed += round.postponed;
            total.failed += round.failed;
            if round == Sent::default() {
                return Ok(total);
            }
        }
    }

    async fn send_round(&self) -> Result<Sent, StoreError> {
        let (now, until) = (self.now(), self.now() + LEASE);
        let due = self
            .0
            .store
            .write_bulk(move |tx| {
                outbox::lease(tx, now.as_microsecond(), until.as_microsecond(), AT_ONCE)
            })
            .await?;
        let mut round = Sent::default();
        let leased = due.iter().map(|mail| (mail.id, mail.attempts)).collect();
        let room = Semaphore::new(MOST_MEBIBYTES as usize);
        let mails = due.into_iter().map(|mail| self.send_one(mail, &room));
        for outcome in self.renewing(leased, join_all(mails)).await {
            match outcome? {
                Outcome::Sent => round.sent += 1,
                Outcome::Postponed => round.postponed += 1,
                Outcome::Failed => round.failed += 1,
            }
        }
        Ok(round)
    }

    /// Does `work` and keeps what is leased meanwhile.
    async fn renewing<T>(&self, leased: Vec<(OutboxId, i64)>, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        loop {
            let leased = leased.clone();
            let renewal = async {
                tokio::time::sleep(RENEW).await;
                let until = (self.now() + LEASE).as_microsecond();
                self.0.store.write(move |tx| outbox::renew(tx, &leased, until)).await
            };
            tokio::select! {
                done = &mut work => return done,
                renewed = renewal => if let Err(failure) = renewed {
                    warn!("Mails that are being sent may be sent twice: {failure}");
                }
            }
        }
    }

    /// Sends at once what a process was sending that was killed, where only one can work at a time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take_back_mails(&self) -> Result<u64, StoreError> {
        self.0.store.write_bulk(outbox::take_back).await
    }

    async fn send_one(&self, mail: Due, room: &Semaphore) -> Result<Outcome, StoreError> {
        let hash = mail.raw;
        let size = self.0.reader.read(move |read| blobs::size(read, &hash)).await?;
        let mebibytes = u32::try_from(size >> 20).unwrap_or(MOST_MEBIBYTES);
        let _room = room.acquire_many((mebibytes + 1).min(MOST_MEBIBYTES)).await;
        let raw = self.0.reader.read(move |read| blobs::sound(read, &hash)).await?;
        let Some(raw) = raw else {
            return self.give_up(mail, "the text of the mail is lost".into()).await;
        };
        let carried = self.0.carrier();
        let carried = carried.carry(mail.envelope_from.as_deref(), &mail.recipients, &raw);
        let Err(Unsent { recipients, why }) = carried.await else {
            return self.note_sent(mail, raw).await;
        };
        // Who has it already is not sent it again.
        let mail = Due { recipients, ..mail };
        match why {
            NotSent::Permanent { text, .. } => self.give_up(mail, text).await,
            NotSent::Temporary { text, .. } => self.postpone(mail, text).await,
        }
    }

    async fn note_sent(&self, mail: Due, raw: Vec<u8>) -> Result<Outcome, StoreError> {
        let pen = self.pen();
        let demo = matches!(*self.0.carrier(), Carrier::Demo);
        self.0
            .store
            .write(move |tx| {
                if !outbox::sent(tx, mail.id, pen.at())? {
                    return Ok(());
                }
                blobs::release(tx, &mail.raw)?;
                service::count(tx, Line::Sent, mail.created, pen.at())?;
                if demo {
                    crate::demo::deliver(tx, &pen, &mail.recipients, &raw)?;
                }
                note_on_message(tx, &pen, mail.message, SendState::Sent, None)
            })
            .await?;
        metrics::counter!("torg_mails_sent_total").increment(1);
        Ok(Outcome::Sent)
    }

    async fn postpone(&self, mail: Due, error: String) -> Result<Outcome, StoreError> {
        let created = Timestamp::from_microsecond(mail.created).unwrap_or(Timestamp::UNIX_EPOCH);
        let (now, due) = (self.now(), self.now() + pause(mail.attempts));
        if now.duration_since(created) > GIVE_UP_AFTER {
            return self.give_up(mail, error).await;
        }
        info!(outbox.id = %mail.id, attempts = mail.attempts, "Mail {} was not taken yet, next try at {due}", mail.id);
        self.0
            .store
            .write(move |tx| {
                let postponed = outbox::postpone(tx, &mail, due.as_microsecond(), &error)?;
                match mail.message.filter(|_| postponed) {
                    Some(message) => {
                        messages::set_send_state(tx, message, SendState::Waiting, Some(&error))
                    }
                    None => Ok(()),
                }
            })
            .await?;
        Ok(Outcome::Postponed)
    }

    async fn give_up(&self, mail: Due, error: String) -> Result<Outcome, StoreError> {
        warn!(outbox.id = %mail.id, "Mail {} could not be sent and was given up", mail.id);
        let pen = self.pen();
        self.0
            .store
            .write(move |tx| {
                if !outbox::give_up(tx, &mail, &error)? {
                    return Ok(());
                }
                note_on_message(tx, &pen, mail.message, SendState::Failed, Some(&error))
            })
            .await?;
        metrics::counter!("torg_mails_failed_total").increment(1);
        Ok(Outcome::Failed)
    }

    /// Sends an answer once more that was given up, to whom has not got it.
    ///
    /// # Errors
    /// [`Refused::TooLate`] if it is on its way or has arrived.
    pub async fn send_again(
        &self,
        viewer: &torg_core::Viewer,
        message: MessageId,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = messages::inquiry_of(tx, message)?.ok_or(Refused::NotFound)?;
                let inquiry = merging::root(tx, inquiry)?;
                let inquiry =
                    inquiries::locked_for(tx, &viewer, inquiry)?.ok_or(Refused::NotFound)?;
                if outbox::send_again(tx, message, pen.at())? == 0 {
                    return Err(Refused::TooLate);
                }
                messages::set_send_state(tx, message, SendState::Waiting, None)?;
                inquiries::set_trouble(tx, inquiry.id, false)?;
                tx.announce(Fact::Outbox);
                let details = Details { message: Some(message), ..Details::default() };
                Ok(pen.did(tx, &viewer, &inquiry, Verb::Retried, details)?)
            })
            .await
    }
}

enum Outcome {
    Sent,
    Postponed,
    Failed,
}

/// One minute, then twice as long each time, at most an hour.
fn pause(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.clamp(1, 7) - 1).unwrap_or(6);
    SignedDuration::from_secs((60_i64 << doublings).min(3600))
}

/// Shows on the message, and in its inquiry's history, how far it has come.
fn note_on_message(
    tx: &mut Tx<'_>,
    pen: &Pen,
    message: Option<MessageId>,
    state: SendState,
    error: Option<&str>,
) -> Result<(), StoreError> {
    let Some(message) = message else {
        return Ok(());
    };
    let Some(inquiry) = messages::inquiry_of(tx, message)? else {
        return Ok(());
    };
    // What was merged is worked on where it went.
    let Some(inquiry) = inquiries::locked_for_torg(tx, merging::root(tx, inquiry)?)? else {
        return Ok(());
    };
    messages::set_send_state(tx, message, state, error)?;
    let verb = if state == SendState::Sent { Verb::Sent } else { Verb::NotSent };
    let details =
        Details { message: Some(message), why: error.map(str::to_owned), ..Details::default() };
    pen.write(tx, None, inquiry.id, verb, details)?;
    if state == SendState::Failed {
        trouble(tx, pen, &inquiry, message)?;
    }
    announce(tx, &inquiry);
    Ok(())
}

/// An answer that did not get through is the municipality's turn again, and its writer is told.
pub(crate) fn trouble(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: &Inquiry,
    message: MessageId,
) -> Result<(), StoreError> {
    tell_of_trouble(tx, pen, inquiry.id, message)?;
    inquiries::set_trouble(tx, inquiry.id, true)?;
    inquiries::set_state(tx, inquiry.id, State::Open)?;
    match inquiry.state {
        State::Closed => pen.write(tx, None, inquiry.id, Verb::Reopened, Details::default()),
        State::Open | State::Answered | State::Snoozed | State::Spam => {
            due::settle(tx, pen, inquiry.id)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_that_is_down_is_asked_again_ever_more_rarely() {
        let minutes: Vec<i64> = (1..10).map(|attempts| pause(attempts).as_mins()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }
}
