//! One act on many inquiries: each its own transaction, at once for a page of them, in the
//! background for more; what was not done is told with its reason, and all of it can be undone.

mod going;

use serde::{Deserialize, Serialize};
use torg_core::{BulkId, DepartmentId, Fact, InquiryId, StaffId, TagId, Verb, Viewer};
use torg_store::bulks::{self, Bulk, BulkState, Trace};
use torg_store::folders::{self, Folder};
use torg_store::{StoreError, inquiries, jobs};

use crate::undo::UndoRefused;
use crate::{Desk, Refused};

/// What is done to each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    Claim,
    Release,
    Assign {
        to: StaffId,
    },
    Refer {
        to: DepartmentId,
        why: String,
    },
    Close,
    Reopen,
    Urgent {
        urgent: bool,
    },
    Tag {
        tag: TagId,
        on: bool,
    },
    /// Microseconds UTC.
    Snooze {
        until: i64,
    },
    TakeOver {
        word: String,
    },
    Spam {
        spam: bool,
    },
    HandBack,
    /// For her who asks alone.
    Read {
        read: bool,
    },
    Follow {
        on: bool,
    },
    /// Made by [`Desk::merge_many`].
    Merge {
        into: InquiryId,
        anyway: bool,
    },
    /// Sets back what another bulk did.
    Undo,
}

impl Act {
    /// What the journal says of it in each inquiry; nothing of what is for her who asks alone.
    fn verb(&self) -> Option<Verb> {
        Some(match self {
            Act::Claim => Verb::Claimed,
            Act::Release => Verb::Released,
            Act::Assign { .. } => Verb::Assigned,
            Act::Refer { .. } => Verb::Referred,
            Act::Close => Verb::Closed,
            Act::Reopen => Verb::Reopened,
            Act::Urgent { urgent: true } => Verb::MarkedUrgent,
            Act::Urgent { urgent: false } => Verb::UnmarkedUrgent,
            Act::Tag { on: true, .. } => Verb::Tagged,
            Act::Tag { on: false, .. } => Verb::Untagged,
            Act::Snooze { .. } => Verb::Snoozed,
            Act::TakeOver { .. } => Verb::TakenOver,
            Act::Spam { spam: true } => Verb::MarkedSpam,
            Act::Spam { spam: false } => Verb::MarkedLetter,
            Act::HandBack => Verb::HandedBack,
            Act::Follow { on: true } => Verb::Followed,
            Act::Follow { on: false } => Verb::Unfollowed,
            Act::Merge { .. } => Verb::MergedInto,
            Act::Read { .. } | Act::Undo => return None,
        })
    }
}

/// A bulk that was begun; with a page or less it is also done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    pub id: BulkId,
    pub finished: bool,
}

/// How many are done while the one who asked waits.
const AT_ONCE: usize = 50;
/// The most one bulk takes.
pub const MOST_OF_A_BULK: usize = 10_000;
/// The most inquiries that are merged into one by one act.
pub const MOST_MERGED: usize = AT_ONCE;
/// How long a run may be silent before another goes on with it, in microseconds.
const A_LEASE: i64 = 60_000_000;

impl Desk {
    /// Does `act` to `ids`, each once.
    pub async fn bulk(
        &self,
        viewer: &Viewer,
        act: Act,
        mut ids: Vec<InquiryId>,
    ) -> Result<Begun, Refused> {
        ids.truncate(MOST_OF_A_BULK);
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(*id));
        let items = ids.into_iter().map(|id| (id, None)).collect();
        self.begin_bulk(viewer, &act, items, None).await
    }

    /// Does `act` to everything that lies in a folder now, at most 10,000.
    pub async fn bulk_folder(
        &self,
        viewer: &Viewer,
        act: Act,
        folder: Folder,
    ) -> Result<Begun, Refused> {
        const A_PAGE: usize = 500;
        let mut ids = Vec::new();
        let mut after = None;
        loop {
            let who = viewer.clone();
            let page = self
                .0
                .reader
                .read(move |read| folders::list(read, &who, &folder, after.as_ref(), A_PAGE));
            let page = page.await?;
            ids.extend(page.rows.iter().map(|row| row.id));
            after = page.next;
            if after.is_none() || ids.len() >= MOST_OF_A_BULK {
                return self.bulk(viewer, act, ids).await;
            }
        }
    }

    /// Merges `ids` into the one of them that was opened first. `anyway` says expressly that they may
    /// be of several persons.
    ///
    /// # Errors
    /// [`Refused::NotAllowed`] for more than [`MOST_MERGED`].
    pub async fn merge_many(
        &self,
        viewer: &Viewer,
        mut ids: Vec<InquiryId>,
        anyway: bool,
    ) -> Result<Begun, Refused> {
        if ids.len() > MOST_MERGED {
            return Err(Refused::NotAllowed);
        }
        let (who, asked) = (viewer.clone(), ids.clone());
        let oldest = self.0.reader.read(move |read| inquiries::oldest(read, &who, &asked));
        let into = oldest.await?.ok_or(Refused::NotFound)?.id;
        ids.retain(|id| *id != into);
        self.bulk(viewer, Act::Merge { into, anyway }, ids).await
    }

    /// Begins to set back what a bulk of the viewer's did.
    pub async fn undo_bulk(&self, viewer: &Viewer, id: BulkId) -> Result<Begun, Refused> {
        let who = viewer.clone();
        let found = self.0.reader.read(move |read| {
            let own = bulks::one(read, id)?.filter(|bulk| bulk.staff == who.staff);
            let undone = bulks::undone_by(read, &who, id)?;
            Ok::<_, StoreError>((own, undone, bulks::traces(read, id)?))
        });
        let (own, undone, traces) = found.await?;
        match own {
            None => Err(Refused::NotFound),
            Some(_) if undone => Err(UndoRefused::Already.into()),
            Some(bulk) if bulk.state == BulkState::Running || bulk.undoes.is_some() => {
                Err(UndoRefused::Never.into())
            }
            Some(_) => {
                let items = traces.into_iter().map(|(id, trace)| (id, Some(trace))).collect();
                self.begin_bulk(viewer, &Act::Undo, items, Some(id)).await
            }
        }
    }

    /// Stops a bulk of the viewer's; what was done stays done.
    pub async fn stop_bulk(&self, viewer: &Viewer, id: BulkId) -> Result<(), Refused> {
        let staff = viewer.staff;
        self.0
            .store
            .write(move |tx| {
                let own = bulks::one(tx, id)?.filter(|bulk| bulk.staff == staff);
                own.ok_or(Refused::NotFound)?;
                bulks::end(tx, id, BulkState::Stopped)?;
                tx.announce(Fact::Staff(staff));
                Ok(())
            })
            .await
    }

    async fn begin_bulk(
        &self,
        viewer: &Viewer,
        act: &Act,
        items: Vec<(InquiryId, Option<Trace>)>,
        undoes: Option<BulkId>,
    ) -> Result<Begun, Refused> {
        let at_once = items.len() <= AT_ONCE;
        let (pen, staff) = (self.pen(), viewer.staff);
        let act = serde_json::to_string(act)
            .map_err(|error| StoreError::Bug(format!("an act as JSON: {error}")))?;
        let id: BulkId = pen.id();
        let run = self.new_run(id);
        let (name, holder) = (run.name(), run.holder.clone());
        let until = pen.at() + A_LEASE;
        let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
        self.0
            .store
            .write_bulk(move |tx| {
                let (act, created) = (act.clone(), pen.at());
                let (done, refused, state) = (0, 0, BulkState::Running);
                let bulk = Bulk { id, staff, act, total, done, refused, state, undoes, created };
                bulks::insert(tx, &bulk)?;
                if at_once {
                    // Before anybody else can see that it runs.
                    jobs::hold(tx, &name, &holder, pen.at(), until)?;
                }
                for (n, (inquiry, trace)) in (1..).zip(&items) {
                    bulks::add(tx, id, n, *inquiry, *trace)?;
                }
                Ok::<_, StoreError>(())
            })
            .await?;
        if at_once {
            self.run(&run).await?;
        }
        Ok(Begun { id, finished: at_once })
    }
}
