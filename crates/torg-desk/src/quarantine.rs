//! The quarantine: what could not be filed is tried again, sent to another address of ours, or
//! discarded; what was discarded can be put back for as long as it is kept.

use jiff::SignedDuration;
use torg_core::inquiry::ReferRefused;
use torg_core::wall::open_wall;
use torg_core::{ArrivalId, Fact, MailboxId, Verb, Viewer};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, arrivals, departments};

use crate::letters::bytes;
use crate::{Desk, Refused};

/// How long what was discarded can be put back.
pub const KEPT_DISCARDED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The most characters of a word why.
const MOST_WHY: usize = 300;

impl Desk {
    /// The raw mail of an arrival in quarantine, or discarded from there, that the viewer may see.
    pub async fn raw_arrival(
        &self,
        viewer: &Viewer,
        id: ArrivalId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let viewer = viewer.clone();
        self.0.reader.read(move |read| bytes(read, arrivals::raw(read, &viewer, id)?)).await
    }

    /// Files an arrival once more that is in quarantine.
    pub async fn retry_arrival(&self, viewer: &Viewer, id: ArrivalId) -> Result<(), Refused> {
        self.decide(viewer, id, Verb::Retried, Details::default(), move |tx, _| {
            tx.announce(Fact::Arrival);
            Ok(arrivals::retry(tx, id)?)
        })
        .await
    }

    /// Files an arrival that is in quarantine as if it had come for our mailbox `to`. Out from
    /// behind a wall only if `opens` says so.
    pub async fn readdress_arrival(
        &self,
        viewer: &Viewer,
        id: ArrivalId,
        to: MailboxId,
        opens: bool,
    ) -> Result<(), Refused> {
        let mailboxes = self.0.reader.read(departments::mailboxes).await?;
        let to = mailboxes.into_iter().find(|mailbox| mailbox.id == to).ok_or(Refused::NotFound)?;
        let details = Details { department: Some(to.department), ..Details::default() };
        self.decide(viewer, id, Verb::Readdressed, details, move |tx, _| {
            if to.wall == open_wall() && !opens && arrivals::is_walled(tx, id)? {
                return Err(ReferRefused::WouldOpen.into());
            }
            tx.announce(Fact::Arrival);
            Ok(arrivals::readdress(tx, id, &to.address)?)
        })
        .await
    }

    /// Sets an arrival in quarantine aside, with a word why. It is kept for [`KEPT_DISCARDED`].
    pub async fn discard_arrival(
        &self,
        viewer: &Viewer,
        id: ArrivalId,
        why: &str,
    ) -> Result<(), Refused> {
        let why = why.trim().to_owned();
        if why.is_empty() {
            return Err(Refused::Empty);
        }
        if why.chars().count() > MOST_WHY {
            return Err(Refused::TooLong { most: MOST_WHY });
        }
        let details = Details { why: Some(why), ..Details::default() };
        self.decide(viewer, id, Verb::Discarded, details, move |tx, at| {
            Ok(arrivals::discard(tx, id, at)?)
        })
        .await
    }

    /// Puts what was discarded back in quarantine.
    pub async fn restore_arrival(&self, viewer: &Viewer, id: ArrivalId) -> Result<(), Refused> {
        self.decide(viewer, id, Verb::Restored, Details::default(), move |tx, _| {
            Ok(arrivals::restore(tx, id)?)
        })
        .await
    }

    /// Whatever is decided about an arrival in quarantine: by who may see it, with a line in the
    /// journal. `act` is given the time and says whether the arrival was as it has to be.
    async fn decide(
        &self,
        viewer: &Viewer,
        id: ArrivalId,
        verb: Verb,
        details: Details,
        act: impl Fn(&mut Tx<'_>, i64) -> Result<bool, Refused> + Send + 'static,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        let details = Details { arrival: Some(id), ..details };
        self.0
            .store
            .write(move |tx| {
                if arrivals::one(tx, &viewer, id)?.is_none() || !act(tx, pen.at())? {
                    return Err(Refused::NotFound);
                }
                tx.announce(Fact::Quarantine);
                Ok(pen.write_of_day(tx, Some(viewer.staff), verb, details.clone())?)
            })
            .await
    }
}
