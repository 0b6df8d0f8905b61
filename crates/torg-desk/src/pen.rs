//! What a transaction writes with: the time it was begun, new ids, and salt for the journal.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use torg_core::{Fact, Id, IdMaker, Inquiry, InquiryId, JobId, JournalId, StaffId, Verb, Viewer};
use torg_store::journal::{self, Act, Details};
use torg_store::{StoreError, Tx};

use crate::{automatic, due, notices};

/// One moment, to write with. Taken before the transaction, so that a closure that runs again
/// writes the same time.
#[derive(Debug, Clone)]
pub(crate) struct Pen {
    pub(crate) now: Timestamp,
    /// Where the municipality's hours are told.
    pub(crate) zone: TimeZone,
    /// What causes all that is written: whom it concerns is told of it once, with how often.
    pub(crate) cause: Option<i64>,
    ids: Arc<IdMaker>,
    node: u16,
}

impl Pen {
    pub(crate) fn new(now: Timestamp, zone: TimeZone, ids: Arc<IdMaker>, node: u16) -> Self {
        Self { now, zone, cause: None, ids, node }
    }

    /// For a job that does the same to many inquiries.
    pub(crate) fn of_job(self, job: JobId) -> Self {
        Self { cause: Some(job.as_i64()), ..self }
    }

    /// Microseconds UTC, as the store keeps time.
    pub(crate) fn at(&self) -> i64 {
        self.now.as_microsecond()
    }

    pub(crate) fn id<T: Id>(&self) -> T {
        self.ids.next(self.now.as_millisecond())
    }

    /// Writes what a colleague did to an inquiry, and says on the bus that it changed.
    pub(crate) fn did(
        &self,
        tx: &mut Tx<'_>,
        viewer: &Viewer,
        inquiry: &Inquiry,
        verb: Verb,
        details: Details,
    ) -> Result<(), StoreError> {
        self.did_line(tx, viewer, inquiry, verb, details).map(drop)
    }

    /// As [`Pen::did`], and gives the line, so that another inquiry's line can name it.
    pub(crate) fn did_line(
        &self,
        tx: &mut Tx<'_>,
        viewer: &Viewer,
        inquiry: &Inquiry,
        verb: Verb,
        details: Details,
    ) -> Result<JournalId, StoreError> {
        let act = self.act(Some(viewer.staff), verb, details)?;
        self.keep(tx, inquiry.id, &act)?;
        announce(tx, inquiry);
        Ok(act.id)
    }

    /// As [`Pen::did`], as a line whose id was made before: two lines that name each other.
    pub(crate) fn did_as(
        &self,
        tx: &mut Tx<'_>,
        id: JournalId,
        viewer: &Viewer,
        inquiry: &Inquiry,
        verb: Verb,
        details: Details,
    ) -> Result<(), StoreError> {
        let act = Act { id, ..self.act(Some(viewer.staff), verb, details)? };
        self.keep(tx, inquiry.id, &act)?;
        announce(tx, inquiry);
        Ok(())
    }

    /// Writes a line to an inquiry's chain; what is due is derived anew with every line, and whom it
    /// concerns is told, so that what a verb changes comes before it. `staff` is `None` for Torg itself and for citizens.
    pub(crate) fn write(
        &self,
        tx: &mut Tx<'_>,
        staff: Option<StaffId>,
        inquiry: InquiryId,
        verb: Verb,
        details: Details,
    ) -> Result<(), StoreError> {
        self.keep(tx, inquiry, &self.act(staff, verb, details)?)
    }

    fn keep(&self, tx: &mut Tx<'_>, inquiry: InquiryId, act: &Act) -> Result<(), StoreError> {
        journal::write(tx, inquiry, act)?;
        notices::tell_of(tx, self, inquiry, act)?;
        automatic::heed(tx, self, inquiry, act)?;
        if due::may_change(act.verb) { due::settle(tx, self, inquiry) } else { Ok(()) }
    }

    /// Writes a line that belongs to no inquiry: sign-ins, rights, settings.
    pub(crate) fn write_of_day(
        &self,
        tx: &mut Tx<'_>,
        staff: Option<StaffId>,
        verb: Verb,
        details: Details,
    ) -> Result<(), StoreError> {
        self.line_of_day(tx, staff, verb, details).map(drop)
    }

    /// Writes such a line and gives its id.
    pub(crate) fn line_of_day(
        &self,
        tx: &mut Tx<'_>,
        staff: Option<StaffId>,
        verb: Verb,
        details: Details,
    ) -> Result<JournalId, StoreError> {
        let act = self.act(staff, verb, details)?;
        journal::write_of_day(tx, self.node, &act)?;
        Ok(act.id)
    }

    fn act(&self, staff: Option<StaffId>, verb: Verb, details: Details) -> Result<Act, StoreError> {
        Ok(Act { id: self.id(), verb, staff, at: self.at(), salt: random()?, details })
    }
}

/// Says on the bus that an inquiry changed.
pub(crate) fn announce(tx: &mut Tx<'_>, inquiry: &Inquiry) {
    let Inquiry { id, wall, department, .. } = *inquiry;
    tx.announce(Fact::Inquiry { inquiry: id, wall, department });
}

/// Bytes nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| StoreError::Unavailable(format!("no randomness: {error}")))?;
    Ok(bytes)
}
