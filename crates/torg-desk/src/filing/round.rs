//! Rounds of filing: a batch is read, prepared side by side, and filed in order.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use torg_core::{ArrivalId, Fact, Verb};
use torg_store::arrivals::{self, Waiting};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, blobs, jobs};
use torg_text::spam::Judge;
use tracing::warn;

use super::file::{self, Filing, NotFiled};
use super::prepare::{Prepared, prepare};
use super::together::Together;
use crate::Desk;
use crate::spam::Judging;

/// So many arrivals are looked at together, and so many bytes of them, so that memory has a bound.
const BATCH: i64 = 64;
const BATCH_BYTES: usize = 6 * 1024 * 1024;
/// So many are filed in one transaction: people's clicks wait for no more than that.
const TOGETHER: usize = 16;
/// Filing is one node's work; another takes over when this lapses.
const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// How often to look whether another process has filed everything.
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);

/// What filing did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct FilingReport {
    pub filed: usize,
    pub quarantined: usize,
}

impl Desk {
    /// Files everything that waits, if no other node does.
    ///
    /// # Errors
    /// When the database does not answer; what waits goes on waiting.
    pub async fn file_waiting(&self) -> Result<FilingReport, StoreError> {
        let mut report = FilingReport::default();
        while self.something_is_ours().await? {
            if !self.hold_filing().await? {
                return Ok(report);
            }
            let mut batch = self.batch(None).await?;
            while let Some(last) = batch.last {
                if !self.hold_filing().await? {
                    return Ok(report);
                }
                // The next batch is read while this one is filed.
                let filing = self.file_batch(batch, &mut report);
                let (filed, next) = tokio::join!(filing, self.batch(Some(last)));
                filed?;
                batch = next?;
            }
        }
        Ok(report)
    }

    async fn file_batch(&self, batch: Batch, report: &mut FilingReport) -> Result<(), StoreError> {
        report.quarantined += batch.unreadable.len();
        for (id, why) in batch.unreadable {
            self.quarantine(id, why).await?;
        }
        self.file_all(batch.prepared, report).await
    }

    /// Files until nothing waits, whoever filed it, and lets go of filing; for a process that ends
    /// then.
    ///
    /// # Errors
    /// When the database does not answer; what waits goes on waiting.
    pub async fn file_to_the_end(&self) -> Result<(), StoreError> {
        loop {
            self.file_waiting().await?;
            if !self.something_waits().await? {
                break;
            }
            // Another process holds filing, or held it and died.
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        let holder = self.0.holder.clone();
        self.0.store.write(move |tx| jobs::let_go(tx, jobs::FILING, &holder)).await
    }

    /// Looking costs nothing; holding writes, and at rest nothing should. Nor should mails be read
    /// that another node is filing.
    async fn something_is_ours(&self) -> Result<bool, StoreError> {
        let (holder, now) = (self.0.holder.clone(), self.now().as_microsecond());
        self.0.reader.read(move |read| arrivals::waits_for(read, &holder, now)).await
    }

    async fn something_waits(&self) -> Result<bool, StoreError> {
        Ok(self.0.reader.read(arrivals::oldest_waiting).await?.is_some())
    }

    async fn hold_filing(&self) -> Result<bool, StoreError> {
        let (now, until) = (self.now(), self.now() + LEASE);
        let holder = self.0.holder.clone();
        self.0
            .store
            .write_bulk(move |tx| {
                let (now, until) = (now.as_microsecond(), until.as_microsecond());
                jobs::hold(tx, jobs::FILING, &holder, now, until)
            })
            .await
    }

    /// The oldest arrivals after `after`, read.
    async fn batch(&self, after: Option<ArrivalId>) -> Result<Batch, StoreError> {
        let arrivals = self.0.reader.read(move |read| {
            let mut batch = Vec::new();
            let mut bytes = 0;
            for arrival in arrivals::waiting(read, after, BATCH)? {
                let raw = blobs::sound(read, &arrival.raw)?;
                bytes += raw.as_ref().map_or(0, Vec::len);
                batch.push((arrival, raw));
                if bytes > BATCH_BYTES {
                    break;
                }
            }
            Ok::<_, StoreError>(batch)
        });
        prepare_all(arrivals.await?, self.judging_if_it_can().await).await
    }

    /// Files in order, several to a transaction; when one of them fails, each by itself.
    async fn file_all(
        &self,
        prepared: Vec<Prepared>,
        report: &mut FilingReport,
    ) -> Result<(), StoreError> {
        let all: Arc<[Prepared]> = prepared.into();
        for first in (0..all.len()).step_by(TOGETHER) {
            let places = first..(first + TOGETHER).min(all.len());
            match self.file_together(&all, places.clone()).await {
                Ok(()) => report.filed += places.len(),
                Err(error) => {
                    passing(error)?;
                    self.file_each(&all, places, report).await?;
                }
            }
        }
        Ok(())
    }

    async fn file_each(
        &self,
        all: &Arc<[Prepared]>,
        places: Range<usize>,
        report: &mut FilingReport,
    ) -> Result<(), StoreError> {
        for place in places {
            if let Err(error) = self.file_together(all, place..place + 1).await {
                let why = passing(error)?;
                if let Some(one) = all.get(place) {
                    self.quarantine(one.arrival.id, why).await?;
                }
                report.quarantined += 1;
            } else {
                report.filed += 1;
            }
        }
        Ok(())
    }

    async fn file_together(
        &self,
        all: &Arc<[Prepared]>,
        places: Range<usize>,
    ) -> Result<(), NotFiled> {
        let all = Arc::clone(all);
        let (pen, letterhead, receipts) = (self.pen(), self.letterhead(), self.about().receipts);
        let filing = Filing { pen, letterhead, receipts, together: Together::default() };
        let count = places.len() as u64;
        self.0
            .store
            .write_bulk(move |tx: &mut Tx<'_>| {
                file::file_all(tx, &filing, all.get(places.clone()).unwrap_or_default())
            })
            .await?;
        metrics::counter!("torg_arrivals_filed_total").increment(count);
        Ok(())
    }

    async fn quarantine(&self, id: ArrivalId, why: String) -> Result<(), StoreError> {
        warn!(arrival.id = %id, "Arrival {id} could not be filed and is in quarantine");
        metrics::counter!("torg_arrivals_quarantined_total").increment(1);
        let pen = self.pen();
        self.0
            .store
            .write(move |tx| {
                if !arrivals::quarantine_it(tx, id, &why)? {
                    return Ok(());
                }
                tx.announce(Fact::Quarantine);
                let details = Details { why: Some(why.clone()), ..Details::default() };
                pen.write_of_day(tx, None, Verb::Quarantined, details)
            })
            .await
    }
}

/// A failure of the database passes, and what waits goes on waiting; any other is the mail's own.
fn passing(error: NotFiled) -> Result<String, StoreError> {
    match error {
        NotFiled::Store(error @ (StoreError::Unavailable(_) | StoreError::Full)) => Err(error),
        other => Ok(other.to_string()),
    }
}

/// Arrivals that were looked at together.
struct Batch {
    prepared: Vec<Prepared>,
    unreadable: Unreadable,
    /// The newest of them; `None` if nothing waits.
    last: Option<ArrivalId>,
}

type Unreadable = Vec<(ArrivalId, String)>;

/// Reads the mails of a batch on two threads beside the one that serves.
async fn prepare_all(
    mut batch: Vec<(Waiting, Option<Vec<u8>>)>,
    judging: Option<Judging>,
) -> Result<Batch, StoreError> {
    let broke = |error| StoreError::Bug(format!("reading mails: {error}"));
    let last = batch.last().map(|(arrival, _)| arrival.id);
    let second = batch.split_off(batch.len() / 2);
    let also = judging.clone();
    let first = tokio::task::spawn_blocking(move || prepare_some(batch, judging.as_ref()));
    let second = tokio::task::spawn_blocking(move || prepare_some(second, also.as_ref()));
    let (mut prepared, mut unreadable) = first.await.map_err(broke)?;
    let (more, also) = second.await.map_err(broke)?;
    prepared.extend(more);
    unreadable.extend(also);
    Ok(Batch { prepared, unreadable, last })
}

fn prepare_some(
    batch: Vec<(Waiting, Option<Vec<u8>>)>,
    judging: Option<&Judging>,
) -> (Vec<Prepared>, Unreadable) {
    let (mut prepared, mut unreadable) = (Vec::new(), Vec::new());
    let mut judge = Judge::default();
    for (arrival, raw) in batch {
        let id = arrival.id;
        let read = raw.map_or_else(
            || Err("its bytes are lost".to_owned()),
            |raw| one(arrival, &raw, judging, &mut judge),
        );
        match read {
            Ok(one) => prepared.push(one),
            Err(why) => unreadable.push((id, why)),
        }
    }
    (prepared, unreadable)
}

/// A mail that makes the reader panic must not stop the others.
fn one(
    arrival: Waiting,
    raw: &[u8],
    judging: Option<&Judging>,
    judge: &mut Judge,
) -> Result<Prepared, String> {
    let read = std::panic::AssertUnwindSafe(|| prepare(arrival, raw, judging, judge));
    std::panic::catch_unwind(read)
        .unwrap_or_else(|_| Err("reading it failed in an unexpected way".to_owned()))
}
