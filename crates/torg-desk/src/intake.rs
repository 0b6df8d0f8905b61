//! The door: raw bytes are committed before anybody is told that they were received.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use torg_core::{EmailAddress, Fact};
use torg_mail::smtp::{Delivery, NotReceived, Reception, RecipientAnswer};
use torg_store::arrivals::{self, NewArrival};
use torg_store::blobs::{self, Blob};
use torg_store::{StoreError, departments};
use tracing::error;

use crate::Desk;

/// The municipality's mail door, behind SMTP and LMTP.
#[derive(Debug)]
pub struct Intake {
    desk: Desk,
    known: Addresses,
}

/// What became of a mail that was brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    New,
    /// It was brought in before.
    Known,
}

/// A mail of an archive was not brought in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportRefused {
    /// It would be nobody's, and for all to see.
    #[error("{0} is no address of ours; see `torg department list`")]
    UnknownAddress(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Desk {
    /// Takes a mail of an archive for our address `recipient`. `source_key` names its source, so
    /// that an import that is run again brings in nothing twice.
    ///
    /// # Errors
    /// When it could not be kept; nothing of it is then.
    pub async fn import(
        &self,
        recipient: &str,
        source_key: String,
        raw: Vec<u8>,
    ) -> Result<Imported, ImportRefused> {
        let (key, address) = (source_key.clone(), recipient.to_owned());
        let asked = self.0.reader.read(move |read| {
            let ours = departments::of_recipient(read, &address)?.is_some();
            Ok::<_, StoreError>((ours, arrivals::is_known(read, &key)?))
        });
        match asked.await? {
            (false, _) => return Err(ImportRefused::UnknownAddress(recipient.to_owned())),
            (true, true) => return Ok(Imported::Known),
            (true, false) => {}
        }
        let source = Source {
            recipients: vec![recipient.to_owned()],
            envelope_from: None,
            source_key: Some(source_key),
            silent: true,
            stranger: None,
        };
        let kept = self.keep(source, raw).await?;
        Ok(if kept { Imported::New } else { Imported::Known })
    }

    /// Commits raw bytes with where they came from; `false` if they were kept before.
    pub(crate) async fn keep(&self, source: Source, raw: Vec<u8>) -> Result<bool, StoreError> {
        let blob = prepared(raw).await?;
        let pen = self.pen();
        self.0
            .store
            .write(move |tx| {
                let arrival = NewArrival {
                    id: pen.id(),
                    recipients: source.recipients.clone(),
                    envelope_from: source.envelope_from.clone(),
                    source_key: source.source_key.clone(),
                    raw: blob.hash(),
                    size: blob.size(),
                    received_at: pen.at(),
                    silent: source.silent,
                    peer: source.stranger.as_ref().map(|(peer, _)| peer.to_string()),
                    helo: source.stranger.as_ref().map(|(_, helo)| helo.clone()),
                };
                let is_new = arrivals::insert(tx, &arrival)?;
                if is_new {
                    blobs::put(tx, &blob)?;
                    tx.announce(Fact::Arrival);
                }
                Ok(is_new)
            })
            .await
    }

    /// For an SMTP or LMTP server to deliver to.
    pub fn intake(&self) -> Arc<Intake> {
        Arc::new(Intake { desk: self.clone(), known: Addresses::default() })
    }
}

/// Addresses that were found to be ours a moment ago, so that a day with thousands of mails to the
/// same few asks the database for them a few times a minute. What is not ours is asked for every
/// time: an address that was just added is known at once. One that was just taken away is still
/// taken mail for, for as long as this; that mail is then kept in quarantine.
#[derive(Debug, Default)]
struct Addresses(Mutex<HashMap<String, Timestamp>>);

impl Addresses {
    /// So long an address is believed.
    const BELIEVED: SignedDuration = SignedDuration::from_secs(10);
    /// So many are remembered; plus tags may make any number of them.
    const MOST: usize = 1_000;

    fn holds(&self, address: &str, now: Timestamp) -> bool {
        let found = self.found().get(address).copied();
        found.is_some_and(|since| since <= now && now.duration_since(since) < Self::BELIEVED)
    }

    fn keep(&self, address: &str, now: Timestamp) {
        let mut found = self.found();
        if found.len() >= Self::MOST {
            found.clear();
        }
        found.insert(address.to_owned(), now);
    }

    fn found(&self) -> MutexGuard<'_, HashMap<String, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where raw bytes came from.
pub(crate) struct Source {
    pub(crate) recipients: Vec<String>,
    pub(crate) envelope_from: Option<String>,
    pub(crate) source_key: Option<String>,
    pub(crate) silent: bool,
    /// The stranger's server that brought it, and what it called itself.
    pub(crate) stranger: Option<(IpAddr, String)>,
}

/// Hashed and compressed; large mails away from the threads that answer people.
async fn prepared(raw: Vec<u8>) -> Result<Blob, StoreError> {
    const SMALL: usize = 64 * 1024;
    if raw.len() <= SMALL {
        return Ok(Blob::prepare(&raw));
    }
    let blob = tokio::task::spawn_blocking(move || Blob::prepare(&raw)).await;
    blob.map_err(|error| StoreError::Bug(format!("preparing a mail: {error}")))
}

impl Reception for Intake {
    /// Our own addresses, with or without a plus tag, and postmaster (RFC 5321, 4.5.1).
    async fn recipient(&self, address: &str) -> RecipientAnswer {
        if address.eq_ignore_ascii_case("postmaster") {
            return RecipientAnswer::Known;
        }
        let now = self.desk.now();
        if self.known.holds(address, now) {
            return RecipientAnswer::Known;
        }
        let Ok(parsed) = EmailAddress::parse(address) else {
            return RecipientAnswer::Unknown;
        };
        let known = self.desk.0.reader.read(move |read| {
            let untagged = parsed.split_tag().0;
            let whole = departments::mailbox(read, parsed.as_str())?.is_some();
            let known = whole || departments::mailbox(read, untagged.as_str())?.is_some();
            Ok::<_, StoreError>(known)
        });
        match known.await {
            Ok(true) => {
                self.known.keep(address, now);
                RecipientAnswer::Known
            }
            Ok(false) => RecipientAnswer::Unknown,
            Err(_) => RecipientAnswer::TryLater,
        }
    }

    /// `Ok` means that the mail is on disk.
    async fn receive(&self, delivery: Delivery) -> Result<(), NotReceived> {
        let stranger = self.desk.0.asking.stranger(&delivery);
        let source = Source {
            recipients: delivery.recipients,
            envelope_from: delivery.envelope_from,
            source_key: None,
            silent: false,
            stranger,
        };
        match self.desk.keep(source, delivery.raw).await {
            Ok(_) => Ok(()),
            Err(failure) => {
                error!(error = %failure, "A mail could not be kept and was put off: {failure}");
                Err(NotReceived::Temporary(put_off(&failure).to_owned()))
            }
        }
    }
}

/// Every failure to keep a mail passes, as seen by the sender: her server tries again.
fn put_off(failure: &StoreError) -> &'static str {
    match failure {
        StoreError::Full => "the disk is full, please try again later",
        _ => "the mail could not be kept, please try again later",
    }
}
