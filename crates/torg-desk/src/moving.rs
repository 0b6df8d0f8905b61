//! Moving many inquiries, a few at a time, by jobs: what a colleague owned who leaves, what lay in
//! a department that is removed, and what has to stand behind another wall.
//!
//! Each job reads what is left to move, so that one that broke off goes on where it stopped.

use torg_core::{DepartmentId, Id, Inquiry, InquiryId, StaffId, State, Verb, WallId, Was};
use torg_store::jobs::{self, Job};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, departments, inquiries, staff};

use crate::Desk;
use crate::filing::index_inquiry;
use crate::pen::{Pen, announce};

pub(crate) const HAND_OVER: &str = "hand-over";
pub(crate) const REFER_ALL: &str = "refer-all";
pub(crate) const REWALL: &str = "rewall";
pub(crate) const GIVE_BACK: &str = "give-back";
pub(crate) const PUT_BACK: &str = "put-back";

/// All of them.
pub(crate) const KINDS: [&str; 5] = [HAND_OVER, REFER_ALL, REWALL, GIVE_BACK, PUT_BACK];

/// How many inquiries move in one transaction.
const AT_ONCE: i64 = 50;

/// The key by which a page asks whether a job of this kind is under way.
pub(crate) fn key(kind: &str, of: i64) -> String {
    format!("{kind}:{of}")
}

/// What a colleague owns goes to `heir`, or back to everybody. `by` is nobody for the command line.
pub(crate) fn hand_over(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    from: StaffId,
    heir: Option<StaffId>,
) -> Result<(), StoreError> {
    let or_nobody = |staff: Option<StaffId>| staff.map_or(0, Id::as_i64);
    let payload = format!("{}:{from}:{}", or_nobody(by), or_nobody(heir));
    let key = key(HAND_OVER, from.as_i64());
    jobs::begin_anew(tx, pen.id(), (HAND_OVER, &key), &payload, pen.at())
}

/// What a colleague had when she was let go is hers again, where nobody touched it since.
pub(crate) fn give_back(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    to: StaffId,
) -> Result<(), StoreError> {
    let key = key(GIVE_BACK, to.as_i64());
    jobs::begin_anew(tx, pen.id(), (GIVE_BACK, &key), &format!("{by}:{to}:0"), pen.at())
}

/// What a colleague has stays hers from now on.
pub(crate) fn stop_handing_over(tx: &mut Tx<'_>, from: StaffId) -> Result<(), StoreError> {
    jobs::stop(tx, &key(HAND_OVER, from.as_i64()))
}

/// Everything in a department goes to another one.
pub(crate) fn refer_all(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    from: DepartmentId,
    to: DepartmentId,
) -> Result<(), StoreError> {
    let key = key(REFER_ALL, from.as_i64());
    jobs::begin_anew(tx, pen.id(), (REFER_ALL, &key), &format!("{by}:{from}:{to}"), pen.at())
}

/// What a department had when it was removed goes back from `heir`, where nobody moved it since.
pub(crate) fn put_back(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    department: DepartmentId,
    heir: DepartmentId,
) -> Result<(), StoreError> {
    jobs::stop(tx, &key(REFER_ALL, department.as_i64()))?;
    let key = key(PUT_BACK, department.as_i64());
    let payload = format!("{by}:{department}:{heir}");
    jobs::begin_anew(tx, pen.id(), (PUT_BACK, &key), &payload, pen.at())
}

/// What was on its way to a department goes to its heir, because it is removed.
pub(crate) fn redirect(
    tx: &mut Tx<'_>,
    pen: &Pen,
    gone: DepartmentId,
    heir: DepartmentId,
) -> Result<(), StoreError> {
    for payload in jobs::payloads_of(tx, REFER_ALL)? {
        let parts: Vec<&str> = payload.split(':').collect();
        if let [by, from, to] = parts[..]
            && to == gone.to_string()
        {
            let key = format!("{REFER_ALL}:{from}");
            let payload = format!("{by}:{from}:{heir}");
            jobs::begin_anew(tx, pen.id(), (REFER_ALL, &key), &payload, pen.at())?;
        }
    }
    Ok(())
}

/// Everything in a department comes behind the department's wall as it is now.
pub(crate) fn rewall(tx: &mut Tx<'_>, pen: &Pen, of: DepartmentId) -> Result<(), StoreError> {
    let key = key(REWALL, of.as_i64());
    jobs::begin_anew(tx, pen.id(), (REWALL, &key), &format!("0:{of}:0"), pen.at())
}

impl Desk {
    /// Does a job of moving to its end.
    pub(crate) async fn move_many(&self, job: Job) -> Result<(), StoreError> {
        let parts: Vec<i64> = job.payload.split(':').filter_map(|part| part.parse().ok()).collect();
        let [by, from, to] = parts[..] else {
            return Err(StoreError::Corrupt(format!("a job of {}", job.payload)));
        };
        loop {
            let (kind, pen, id, until) =
                (job.kind.clone(), self.pen().of_job(job.id), job.id, self.lease_end());
            let moved = self.0.store.write_bulk(move |tx| {
                if !jobs::keep(tx, id, until)? {
                    // It was begun anew, for another heir, and whoever takes that up does the rest;
                    // or it was stopped.
                    return Ok(false);
                }
                let left = left(tx, &kind, from)?;
                if left.is_empty() {
                    jobs::done(tx, id)?;
                    return Ok::<_, StoreError>(false);
                }
                left.iter().try_for_each(|id| move_one(tx, &pen, &kind, *id, (by, from, to)))?;
                Ok(true)
            });
            if !moved.await? {
                return Ok(());
            }
        }
    }
}

/// What is to be moved next. A department's row is locked first, so that its wall stays as it is
/// read until what is moved stands behind it.
fn left(tx: &mut Tx<'_>, kind: &str, from: i64) -> Result<Vec<InquiryId>, StoreError> {
    let department = DepartmentId::from_i64(from);
    match kind {
        HAND_OVER => staff::owned_or_snoozed(tx, StaffId::from_i64(from), AT_ONCE),
        GIVE_BACK => staff::handed(tx, StaffId::from_i64(from), AT_ONCE),
        REFER_ALL => departments::inquiries_of(tx, department, AT_ONCE),
        PUT_BACK => departments::left(tx, department, AT_ONCE),
        _ => {
            departments::locked(tx, department)?;
            departments::inquiries_behind_another_wall(tx, department, AT_ONCE)
        }
    }
}

fn move_one(
    tx: &mut Tx<'_>,
    pen: &Pen,
    kind: &str,
    id: InquiryId,
    (by, from, to): (i64, i64, i64),
) -> Result<(), StoreError> {
    let department = DepartmentId::from_i64(from);
    let heir = match kind {
        GIVE_BACK => staff::take_handed(tx, StaffId::from_i64(from), id)?.flatten(),
        _ => None,
    };
    if kind == PUT_BACK {
        departments::forget_left(tx, department, id)?;
    }
    let Some(inquiry) = inquiries::locked_for_torg(tx, id)? else {
        return Ok(());
    };
    let by = (by != 0).then(|| StaffId::from_i64(by));
    match kind {
        HAND_OVER if inquiry.owner == Some(StaffId::from_i64(from)) => {
            let heir = give(tx, pen, by, &inquiry, (to != 0).then(|| StaffId::from_i64(to)))?;
            staff::note_handed(tx, StaffId::from_i64(from), id, heir)
        }
        GIVE_BACK if inquiry.owner == heir && inquiry.state != State::Closed => {
            give(tx, pen, by, &inquiry, Some(StaffId::from_i64(from))).map(drop)
        }
        REFER_ALL if inquiry.department == department => {
            departments::note_left(tx, department, id)?;
            send_on(tx, pen, by, &inquiry, DepartmentId::from_i64(to))
        }
        PUT_BACK if inquiry.department.as_i64() == to => send_on(tx, pen, by, &inquiry, department),
        REWALL => put_behind_its_wall(tx, &inquiry),
        _ => Ok(()),
    }
}

/// Gives it to the heir if she may see it, and otherwise back to everybody; says to whom.
fn give(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    inquiry: &Inquiry,
    heir: Option<StaffId>,
) -> Result<Option<StaffId>, StoreError> {
    let heir = match heir {
        Some(heir) if staff::may_see(tx, heir, inquiry.wall)? => Some(heir),
        _ => None,
    };
    inquiries::set_owner(tx, inquiry.id, heir)?;
    let verb = if heir.is_some() { Verb::Assigned } else { Verb::Released };
    let before = vec![Was::Owner(inquiry.owner)];
    pen.write(tx, by, inquiry.id, verb, Details { staff: heir, before, ..Details::default() })?;
    announce(tx, inquiry);
    Ok(heir)
}

fn send_on(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    inquiry: &Inquiry,
    to: DepartmentId,
) -> Result<(), StoreError> {
    let Some(department) = departments::locked(tx, to)? else {
        // It was removed meanwhile, and the job has begun anew with who has its letters now.
        return Err(StoreError::Unavailable(format!("department {to} is gone")));
    };
    let before = before(tx, inquiry, department.wall)?;
    inquiries::refer(tx, inquiry.id, to, department.wall)?;
    stay_as_it_was(tx, inquiry, &before)?;
    if department.wall != inquiry.wall {
        index_inquiry(tx, inquiry.id, department.wall)?;
    }
    let from = Some(inquiry.department);
    let details = Details { department: Some(to), from, before, ..Details::default() };
    pen.write(tx, by, inquiry.id, Verb::Referred, details)?;
    announce(tx, inquiry);
    announce(tx, &Inquiry { department: to, wall: department.wall, ..inquiry.clone() });
    Ok(())
}

fn before(tx: &Tx<'_>, inquiry: &Inquiry, put_behind: WallId) -> Result<Vec<Was>, StoreError> {
    let (department, wall) = (inquiry.department, inquiry.wall);
    Ok(vec![
        Was::Place { department, wall, put_behind: Some(put_behind), shown_to: None },
        Was::Owner(inquiry.owner),
        inquiries::was_state(tx, inquiry)?,
        Was::LentBy(inquiries::lent_by(tx, inquiry.id)?),
    ])
}

/// Only its place is another one: it is whose it was, and what sleeps still wakes in time.
fn stay_as_it_was(tx: &mut Tx<'_>, inquiry: &Inquiry, before: &[Was]) -> Result<(), StoreError> {
    inquiries::set_owner(tx, inquiry.id, inquiry.owner)?;
    for was in before {
        match was {
            Was::State { state, wake_at } => {
                inquiries::keep_state(tx, inquiry.id, *state, *wake_at)?;
            }
            Was::LentBy(staff) => inquiries::set_lent_by(tx, inquiry.id, *staff)?,
            _ => {}
        }
    }
    inquiries::release_from_outsider(tx, inquiry.id)
}

fn put_behind_its_wall(tx: &mut Tx<'_>, inquiry: &Inquiry) -> Result<(), StoreError> {
    let Some(department) = departments::one(tx, inquiry.department)? else {
        return Ok(());
    };
    if department.wall == inquiry.wall {
        return Ok(());
    }
    inquiries::set_wall(tx, inquiry.id, department.wall)?;
    index_inquiry(tx, inquiry.id, department.wall)?;
    if let Some(owner) = inquiry.owner
        && !staff::may_see(tx, owner, department.wall)?
    {
        inquiries::set_owner(tx, inquiry.id, None)?;
    }
    announce(tx, inquiry);
    announce(tx, &Inquiry { wall: department.wall, ..inquiry.clone() });
    Ok(())
}
