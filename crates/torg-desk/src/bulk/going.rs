//! Going through a bulk: one after the other, by one run at a time, and what became of each.

use std::time::Duration;

use torg_core::inquiry::{
    AssignRefused, ClaimRefused, CloseRefused, ReferRefused, ReleaseRefused, ReopenRefused,
    SnoozeRefused,
};
use torg_core::{BulkId, Fact, InquiryId, JournalId, Viewer};
use torg_store::bulks::{self, Bulk, BulkState, Trace, Waiting};
use torg_store::{StoreError, Tx, jobs, staff, undo};

use super::{A_LEASE, Act};
use crate::inquiry::{MergeRefused, Upto, set_read};
use crate::undo::UndoRefused;
use crate::{Desk, Refused};

/// How many are done before it is asked again whether to go on.
const A_ROUND: i64 = 50;

/// One going through a bulk. Two of one process shut each other out as two nodes do.
#[derive(Debug)]
pub(super) struct Run {
    bulk: BulkId,
    pub(super) holder: String,
}

impl Run {
    pub(super) fn name(&self) -> String {
        format!("bulk-{}", self.bulk)
    }
}

impl Desk {
    /// Goes on with whatever runs, until it is done.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn run_bulks(&self) -> Result<(), StoreError> {
        for id in self.0.reader.read(bulks::running).await? {
            self.run(&self.new_run(id)).await?;
        }
        Ok(())
    }

    /// Does all that waits of one bulk, unless another run of it does or somebody stops it.
    pub(super) async fn run(&self, run: &Run) -> Result<(), StoreError> {
        let done = self.run_held(run).await;
        let (name, holder) = (run.name(), run.holder.clone());
        self.0.store.write_bulk(move |tx| jobs::let_go(tx, &name, &holder)).await?;
        done
    }

    async fn run_held(&self, run: &Run) -> Result<(), StoreError> {
        let id = run.bulk;
        while self.hold(run).await? {
            let found = self.0.reader.read(move |read| {
                let bulk = bulks::one(read, id)?.filter(|bulk| bulk.state == BulkState::Running);
                let viewer = match &bulk {
                    Some(bulk) => staff::viewer(read, bulk.staff)?,
                    None => None,
                };
                Ok((bulk, viewer, bulks::waiting(read, id, A_ROUND)?))
            });
            let (Some(bulk), viewer, waiting) = found.await? else {
                return Ok(());
            };
            if waiting.is_empty() {
                let end = move |tx: &mut Tx<'_>| {
                    // What she has read is told to nobody on the way; her own pages look again.
                    tx.announce(Fact::Staff(bulk.staff));
                    bulks::end(tx, id, BulkState::Finished)
                };
                self.0.store.write_bulk(end).await?;
                return Ok(());
            }
            for item in waiting {
                self.run_one(&bulk, viewer.as_ref(), item).await?;
            }
        }
        Ok(())
    }

    pub(super) fn new_run(&self, bulk: BulkId) -> Run {
        let own: BulkId = self.pen().id();
        Run { bulk, holder: format!("{}-{own}", self.0.holder) }
    }

    async fn hold(&self, run: &Run) -> Result<bool, StoreError> {
        let (name, holder, pen) = (run.name(), run.holder.clone(), self.pen());
        let until = pen.at() + A_LEASE;
        self.0.store.write_bulk(move |tx| jobs::hold(tx, &name, &holder, pen.at(), until)).await
    }

    async fn run_one(
        &self,
        bulk: &Bulk,
        viewer: Option<&Viewer>,
        item: Waiting,
    ) -> Result<(), StoreError> {
        let (id, n) = (bulk.id, item.n);
        let act = serde_json::from_str(&bulk.act)
            .map_err(|error| StoreError::Corrupt(format!("an act: {error}")))?;
        let outcome = match (viewer, upto(&act, item)) {
            (None, _) => Err(Refused::NotAllowed),
            (Some(viewer), Some(upto)) => self.read_one(bulk, viewer, item, upto).await,
            (Some(viewer), None) => match self.do_one(bulk, act, viewer, item).await {
                Ok(line) => {
                    let trace = line.map(Trace::Line);
                    Ok(self.0.store.write_bulk(move |tx| bulks::did(tx, id, n, trace)).await?)
                }
                Err(why) => Err(why),
            },
        };
        match outcome {
            Ok(()) => Ok(()),
            Err(Refused::Store(error)) => Err(error),
            Err(why) => {
                let why = word(&why);
                self.0.store.write_bulk(move |tx| bulks::refused(tx, id, n, &why)).await
            }
        }
    }

    /// Marks one as read or not, and notes it in the same transaction: no journal tells it later.
    async fn read_one(
        &self,
        bulk: &Bulk,
        viewer: &Viewer,
        item: Waiting,
        upto: Upto,
    ) -> Result<(), Refused> {
        let (id, viewer, pen) = (bulk.id, viewer.clone(), self.pen());
        let mark = move |tx: &mut Tx<'_>| {
            let before = set_read(tx, &pen, &viewer, item.inquiry, upto)?;
            Ok(bulks::did(tx, id, item.n, before.map(Trace::Seen))?)
        };
        self.0.store.write_bulk(mark).await
    }

    async fn do_one(
        &self,
        bulk: &Bulk,
        act: Act,
        viewer: &Viewer,
        item: Waiting,
    ) -> Result<Option<JournalId>, Refused> {
        if let (Act::Undo, Some(Trace::Line(line))) = (&act, item.trace) {
            return match self.undo(viewer, line).await {
                // Somebody was faster, or this node died between the act and its note.
                Ok(_) | Err(Refused::Undo(UndoRefused::Already)) => Ok(None),
                Err(why) => Err(why),
            };
        }
        let is_merge = matches!(act, Act::Merge { .. });
        let (who, since, verb) = (viewer.clone(), bulk.created, act.verb());
        let done = self.act(viewer, item.inquiry, act).await;
        let line = self.0.reader.read(move |read| match verb {
            Some(verb) => undo::newest_of(read, &who, item.inquiry, verb, since),
            None => Ok(None),
        });
        match (done, line.await?) {
            (Ok(()), line) => Ok(line),
            // It was done before this node died, and not noted.
            (Err(Refused::Close(_) | Refused::Reopen(_) | Refused::Spam(_)), Some(line)) => {
                Ok(Some(line))
            }
            (Err(Refused::Merged(_)), Some(line)) if is_merge => Ok(Some(line)),
            (Err(why), _) => Err(why),
        }
    }

    async fn act(&self, viewer: &Viewer, id: InquiryId, act: Act) -> Result<(), Refused> {
        match act {
            Act::Claim => self.claim(viewer, id).await,
            Act::Release => self.release(viewer, id).await,
            Act::Assign { to } => self.assign(viewer, id, to).await,
            Act::Refer { to, why } => self.refer(viewer, id, to, why, false).await,
            Act::Close => self.close(viewer, id).await,
            Act::Reopen => self.reopen(viewer, id).await,
            Act::Urgent { urgent } => self.mark_urgent(viewer, id, urgent).await,
            Act::Tag { tag, on } => self.tag(viewer, id, tag, on).await,
            Act::Snooze { until } => {
                let until = jiff::Timestamp::from_microsecond(until);
                let until = until.map_err(|_| SnoozeRefused::TooFar)?;
                self.snooze(viewer, id, until).await
            }
            Act::TakeOver { word } => self.take_over(viewer, id, &word).await,
            Act::Spam { spam } => self.mark_spam(viewer, id, spam).await.map(drop),
            Act::HandBack => self.hand_back_one(viewer, id).await,
            Act::Follow { on } => self.follow(viewer, id, on).await,
            Act::Merge { into, anyway } => self.merge(viewer, into, id, anyway).await,
            Act::Read { .. } | Act::Undo => Err(UndoRefused::Never.into()),
        }
    }

    /// Works off what others have begun, until stopped.
    pub(crate) async fn bulks_on(self, stop: tokio_util::sync::CancellationToken) {
        loop {
            if let Err(failure) = self.run_bulks().await {
                tracing::error!(error = %failure, "Bulk work rests: {failure}");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(Duration::from_millis(500)) => {}
            }
        }
    }
}

/// How far she is to have read, if that is what is asked.
fn upto(act: &Act, item: Waiting) -> Option<Upto> {
    match (act, item.trace) {
        (Act::Read { read: true }, _) => Some(Upto::All),
        (Act::Read { read: false }, _) => Some(Upto::NotTheNewest),
        (Act::Undo, Some(Trace::Seen(before))) => Some(Upto::Exactly(before)),
        _ => None,
    }
}

/// Why one was not done, as a word the pages make a sentence of; after a colon whose it is.
fn word(why: &Refused) -> String {
    let word = match why {
        Refused::Claim(ClaimRefused::OwnedBy(owner)) => return format!("owned-by:{owner}"),
        Refused::Release(ReleaseRefused::OwnedBy(owner)) => {
            return format!("owned-by:{owner}");
        }
        Refused::Undo(UndoRefused::Since { by: Some(by), .. }) => return format!("since:{by}"),
        Refused::Undo(UndoRefused::Since { by: None, .. }) => "letter-since",
        Refused::Claim(ClaimRefused::Closed)
        | Refused::Assign(AssignRefused::Closed)
        | Refused::Snooze(SnoozeRefused::Closed) => "closed",
        Refused::Close(CloseRefused::Already) => "closed-already",
        Refused::Reopen(ReopenRefused::Already) => "open-already",
        Refused::Assign(AssignRefused::MayNotSeeIt) => "may-not-see",
        Refused::Refer(ReferRefused::AlreadyThere) => "already-there",
        Refused::Refer(ReferRefused::WouldOpen) => "would-open",
        Refused::Release(_) => "nobody-owns",
        Refused::Untold(_) => "untold",
        Refused::Spam(_) => "said-already",
        Refused::Merge(MergeRefused::DifferentWalls) => "walls",
        Refused::Merge(MergeRefused::TwoPersons) => "two-persons",
        Refused::NotFound | Refused::Merged(_) | Refused::Undo(UndoRefused::OutOfSight) => "gone",
        _ => "other",
    };
    word.to_owned()
}
