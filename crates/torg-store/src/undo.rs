//! Reading the journal for undoing: an act, what came after it, and a colleague's newest one.

use torg_core::undo::Step;
use torg_core::{Id, InquiryId, JournalId, StaffId, Verb, Viewer};

use crate::journal::{self, Details, JournalLine};
use crate::{Read, StoreError, params, sql};

/// A line with who wrote it and where.
#[derive(Debug, Clone)]
pub struct Done {
    pub inquiry: InquiryId,
    pub staff: Option<StaffId>,
    pub at: i64,
    pub step: Step,
    pub details: Details,
}

/// What undoing asks of a line; `None` for a verb this version does not know.
pub(crate) fn step(line: &JournalLine) -> Option<Step> {
    let verb = Verb::from_word(&line.verb)?;
    let Details { before, undoes, .. } = line.details();
    Some(Step { id: JournalId::from_i64(line.id), verb, before, undoes })
}

fn done(line: &JournalLine) -> Option<Done> {
    let inquiry = InquiryId::from_i64(line.inquiry?);
    let (staff, at, details) = (line.staff, line.at, line.details());
    Some(Done { inquiry, staff, at, step: step(line)?, details })
}

/// A line of an inquiry's journal.
pub fn act(read: &Read<'_>, id: JournalId) -> Result<Option<Done>, StoreError> {
    Ok(journal::one(read, id)?.as_ref().and_then(done))
}

/// What was done to an inquiry after `id`, oldest first.
pub fn later(read: &Read<'_>, inquiry: InquiryId, id: JournalId) -> Result<Vec<Done>, StoreError> {
    let lines = journal::of_inquiry(read, inquiry)?;
    let mut later = lines.iter().skip_while(|line| line.id != id.as_i64());
    later.next();
    Ok(later.filter_map(done).collect())
}

/// The viewer's newest act on an inquiry since `since`, if it may be undone. It is her own, so it
/// is told even if she no longer sees the inquiry.
pub fn newest(
    read: &Read<'_>,
    viewer: &Viewer,
    inquiry: InquiryId,
    since: i64,
) -> Result<Option<JournalId>, StoreError> {
    let newest = read.one(
        sql!(
            "select id from journal where chain = $1 and staff = $2 and at >= $3
               order by step desc limit 1"
        ),
        &params![inquiry, viewer.staff, since],
        |row| row.get(0),
    )?;
    if_undoable(read, newest)
}

fn if_undoable(read: &Read<'_>, line: Option<JournalId>) -> Result<Option<JournalId>, StoreError> {
    let Some(line) = line else {
        return Ok(None);
    };
    let may_be = act(read, line)?
        .is_some_and(|done| done.step.undoes.is_none() && !done.step.before.is_empty());
    Ok(Some(line).filter(|_| may_be))
}

/// The viewer's newest act of one kind on an inquiry since `since`, microseconds UTC, if it may be
/// undone.
pub fn newest_of(
    read: &Read<'_>,
    viewer: &Viewer,
    inquiry: InquiryId,
    verb: Verb,
    since: i64,
) -> Result<Option<JournalId>, StoreError> {
    let newest = read.one(
        sql!(
            "select id from journal where chain = $1 and staff = $2 and verb = $3 and at >= $4
               order by step desc limit 1"
        ),
        &params![inquiry, viewer.staff, verb.word(), since],
        |row| row.get(0),
    )?;
    if_undoable(read, newest)
}
