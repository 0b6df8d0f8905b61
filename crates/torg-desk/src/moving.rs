//! Moving many inquiries, a few at a time, by jobs: what a colleague owned who leaves, what lay in
//! a department that is removed, and what has to stand behind another wall.
//!
//! Each job reads what is left to move, so that one that broke off goes on where it stopped.

use jiff::SignedDuration;
use torg_core::{DepartmentId, Id, Inquiry, InquiryId, StaffId, Verb};
use torg_store::jobs::{self, Job};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, departments, inquiries, staff};

use crate::Desk;
use crate::filing::index_inquiry;
use crate::pen::{Pen, announce};

pub(crate) const HAND_OVER: &str = "hand-over";
pub(crate) const REFER_ALL: &str = "refer-all";
pub(crate) const REWALL: &str = "rewall";

/// How many inquiries move in one transaction.
const AT_ONCE: usize = 50;

/// The key by which a page asks whether a job of this kind is under way.
pub(crate) fn key(kind: &str, of: i64) -> String {
    format!("{kind}:{of}")
}

/// What a colleague owns goes to `heir`, or back to everybody.
pub(crate) fn hand_over(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    from: StaffId,
    heir: Option<StaffId>,
) -> Result<(), StoreError> {
    let payload = format!("{by}:{from}:{}", heir.map_or(0, Id::as_i64));
    let key = key(HAND_OVER, from.as_i64());
    jobs::enqueue(tx, pen.id(), HAND_OVER, &payload, Some(&key), pen.at())
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
    jobs::enqueue(tx, pen.id(), REFER_ALL, &format!("{by}:{from}:{to}"), Some(&key), pen.at())
}

/// Everything in a department comes behind the department's wall as it is now.
pub(crate) fn rewall(tx: &mut Tx<'_>, pen: &Pen, of: DepartmentId) -> Result<(), StoreError> {
    let key = key(REWALL, of.as_i64());
    jobs::enqueue(tx, pen.id(), REWALL, &format!("0:{of}:0"), Some(&key), pen.at())
}

impl Desk {
    /// Does a job of moving to its end.
    pub(crate) async fn move_many(&self, job: Job) -> Result<(), StoreError> {
        let parts: Vec<i64> = job.payload.split(':').filter_map(|part| part.parse().ok()).collect();
        let [by, from, to] = parts[..] else {
            return Err(StoreError::Corrupt(format!("a job of {}", job.payload)));
        };
        let kind = job.kind.clone();
        let left = match kind.as_str() {
            HAND_OVER => self.left_of_colleague(from).await?,
            REFER_ALL => {
                let from = DepartmentId::from_i64(from);
                self.0.reader.read(move |read| departments::inquiries_of(read, from)).await?
            }
            _ => {
                let of = DepartmentId::from_i64(from);
                let left = self
                    .0
                    .reader
                    .read(move |read| departments::inquiries_behind_another_wall(read, of));
                left.await?
            }
        };
        for some in left.chunks(AT_ONCE) {
            let (some, kind, pen) = (some.to_vec(), kind.clone(), self.pen());
            self.0
                .store
                .write_bulk(move |tx| {
                    some.iter().try_for_each(|id| move_one(tx, &pen, &kind, *id, (by, from, to)))
                })
                .await?;
        }
        self.0.store.write_bulk(move |tx| jobs::done(tx, job.id)).await
    }

    async fn left_of_colleague(&self, from: i64) -> Result<Vec<InquiryId>, StoreError> {
        let from = StaffId::from_i64(from);
        self.0.reader.read(move |read| staff::owned(read, from, i64::MAX)).await
    }
}

fn move_one(
    tx: &mut Tx<'_>,
    pen: &Pen,
    kind: &str,
    id: InquiryId,
    (by, from, to): (i64, i64, i64),
) -> Result<(), StoreError> {
    let Some(inquiry) = inquiries::locked_for_torg(tx, id)? else {
        return Ok(());
    };
    let by = Some(StaffId::from_i64(by));
    match kind {
        HAND_OVER if inquiry.owner == Some(StaffId::from_i64(from)) => {
            give(tx, pen, by, &inquiry, (to != 0).then(|| StaffId::from_i64(to)))
        }
        REFER_ALL if inquiry.department.as_i64() == from => {
            send_on(tx, pen, by, &inquiry, DepartmentId::from_i64(to))
        }
        REWALL => put_behind_its_wall(tx, &inquiry),
        _ => Ok(()),
    }
}

/// Gives it to the heir if she may see it, and otherwise back to everybody.
fn give(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    inquiry: &Inquiry,
    heir: Option<StaffId>,
) -> Result<(), StoreError> {
    let heir = match heir {
        Some(heir) if staff::may_see(tx, heir, inquiry.wall)? => Some(heir),
        _ => None,
    };
    inquiries::set_owner(tx, inquiry.id, heir)?;
    let verb = if heir.is_some() { Verb::Assigned } else { Verb::Released };
    pen.write(tx, by, inquiry.id, verb, Details { staff: heir, ..Details::default() })?;
    announce(tx, inquiry);
    Ok(())
}

fn send_on(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    inquiry: &Inquiry,
    to: DepartmentId,
) -> Result<(), StoreError> {
    let Some(department) = departments::one(tx, to)? else {
        return Ok(());
    };
    let (state, owner) = (inquiry.state, inquiry.owner);
    inquiries::refer(tx, inquiry.id, to, department.wall)?;
    inquiries::set_state(tx, inquiry.id, state)?;
    let stays = match owner {
        Some(owner) if staff::may_see(tx, owner, department.wall)? => Some(owner),
        _ => None,
    };
    inquiries::set_owner(tx, inquiry.id, stays)?;
    if department.wall != inquiry.wall {
        index_inquiry(tx, inquiry.id, department.wall)?;
    }
    let details =
        Details { department: Some(to), from: Some(inquiry.department), ..Details::default() };
    pen.write(tx, by, inquiry.id, Verb::Referred, details)?;
    announce(tx, inquiry);
    announce(tx, &Inquiry { department: to, wall: department.wall, ..inquiry.clone() });
    Ok(())
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

/// A job that failed is tried again after a while.
pub(crate) const AGAIN: SignedDuration = SignedDuration::from_mins(1);
