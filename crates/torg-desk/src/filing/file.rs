//! One arrival becomes a message, or several behind walls.

use std::collections::HashSet;

use torg_core::ArrivalId;
use torg_core::wall::open_wall;
use torg_store::departments::Mailbox;
use torg_store::{StoreError, Tx, arrivals, blobs};

use super::delivery::{Delivery, Group, RawReference};
use super::prepare::Prepared;
use super::together::Together;
use crate::pen::Pen;
use crate::sending::Letterhead;

/// What is needed to file, beside the arrival.
#[derive(Clone)]
pub(super) struct Filing {
    pub(super) pen: Pen,
    pub(super) letterhead: Letterhead,
    pub(super) receipts: bool,
    pub(super) together: Together,
}

/// An arrival could not be filed.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotFiled {
    #[error("none of its recipients is an address of ours")]
    NobodyHere,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Files arrivals in their order, but for those that somebody else has filed.
pub(super) fn file_all(tx: &mut Tx<'_>, filing: &Filing, all: &[Prepared]) -> Result<(), NotFiled> {
    // A transaction that runs again begins with nothing known.
    let filing = Filing { together: Together::default(), ..filing.clone() };
    let ids: Vec<ArrivalId> = all.iter().map(|prepared| prepared.arrival.id).collect();
    let taken: HashSet<ArrivalId> = arrivals::take(tx, &ids)?.into_iter().collect();
    let mut taken = all.iter().filter(|prepared| taken.contains(&prepared.arrival.id));
    taken.try_for_each(|prepared| file(tx, &filing, prepared))
}

fn file(tx: &mut Tx<'_>, filing: &Filing, prepared: &Prepared) -> Result<(), NotFiled> {
    let arrival = &prepared.arrival;
    let mut messages = Vec::new();
    let mut raw = RawReference::OfTheArrival;
    for group in groups(mailboxes(tx, filing, &arrival.recipients)?) {
        let delivery = Delivery { filing, prepared, group: &group };
        messages.push(delivery.deliver(tx, &mut raw)?);
    }
    let message = messages.first().ok_or(NotFiled::NobodyHere)?;
    if raw == RawReference::OfTheArrival {
        // All of it was delivered before.
        blobs::release(tx, &arrival.raw)?;
    }
    Ok(arrivals::became(tx, arrival.id, *message)?)
}

/// Our mailboxes among the recipients, each once, in their order.
fn mailboxes(
    tx: &Tx<'_>,
    filing: &Filing,
    recipients: &[String],
) -> Result<Vec<Mailbox>, StoreError> {
    let mut found: Vec<Mailbox> = Vec::new();
    for recipient in recipients {
        let mailbox = filing.together.mailbox(tx, recipient)?;
        found.extend(mailbox.filter(|mailbox| !found.contains(mailbox)));
    }
    Ok(found)
}

/// All open mailboxes share an inquiry; each walled one gets its own.
fn groups(mailboxes: Vec<Mailbox>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for mailbox in mailboxes {
        let open = mailbox.wall == open_wall();
        match groups.iter_mut().find(|group| open && group.home.wall == open_wall()) {
            Some(group) => group.others.push(mailbox),
            None => groups.push(Group { home: mailbox, others: Vec::new() }),
        }
    }
    groups
}
