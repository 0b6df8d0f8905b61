//! Taking back that a department or an address came, or that an address went or moved.

use torg_core::{DepartmentId, StaffId};
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, answers, departments};

use super::{ALL, note};
use crate::changes::ChangeRefused;
use crate::pen::Pen;

/// Takes back a change of the list of departments and addresses. A department in which something
/// lies by now stays; one that was removed is not put together again.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    let id = change.department.ok_or(ChangeRefused::NotFound)?;
    let (old, new) = (change.old.as_str(), change.new.as_str());
    match (change.what.as_str(), old, new) {
        ("department", "", _) => take_away(tx, id)?,
        ("address", "", address) => drop_address(tx, id, address)?,
        ("address", address, "") => receive_again(tx, pen, id, address)?,
        (what, ..) => match what.strip_prefix("address ") {
            Some(address) => move_back(tx, id, address, old)?,
            None => return Err(ChangeRefused::NoUndo),
        },
    }
    let details = Details { department: Some(id), ..details };
    Ok(note(tx, pen, by, ALL, &change.what, (new, old), details)?)
}

fn take_away(tx: &mut Tx<'_>, id: DepartmentId) -> Result<(), ChangeRefused> {
    let department = departments::locked(tx, id)?.ok_or(ChangeRefused::ChangedSince)?;
    if departments::all(tx)?.len() < 2 || holds_something(tx, department.id)? {
        return Err(ChangeRefused::ChangedSince);
    }
    // It has no addresses that anybody would inherit.
    departments::remove(tx, id, id)?;
    tx.announce(torg_core::Fact::Everything);
    Ok(())
}

fn holds_something(tx: &Tx<'_>, id: DepartmentId) -> Result<bool, StoreError> {
    Ok(!departments::inquiries_of(tx, id, 1)?.is_empty()
        || departments::mailboxes(tx)?.iter().any(|mailbox| mailbox.department == id)
        || departments::tree(tx)?.iter().any(|branch| branch.parent == Some(id))
        || !answers::of_department(tx, id)?.is_empty())
}

fn drop_address(tx: &mut Tx<'_>, of: DepartmentId, address: &str) -> Result<(), ChangeRefused> {
    let mailbox = departments::mailbox(tx, address)?.filter(|mailbox| mailbox.department == of);
    let mailbox = mailbox.ok_or(ChangeRefused::ChangedSince)?;
    Ok(departments::remove_mailbox(tx, mailbox.id)?)
}

fn receive_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    of: DepartmentId,
    address: &str,
) -> Result<(), ChangeRefused> {
    let department = departments::locked(tx, of)?.ok_or(ChangeRefused::ChangedSince)?;
    if departments::mailbox(tx, address)?.is_some() {
        return Err(ChangeRefused::ChangedSince);
    }
    Ok(departments::insert_mailbox(tx, pen.id(), address, department.id)?)
}

/// To the department of the name it was with; `to` is where the change sent it.
fn move_back(
    tx: &mut Tx<'_>,
    to: DepartmentId,
    address: &str,
    before: &str,
) -> Result<(), ChangeRefused> {
    let mailbox = departments::mailbox(tx, address)?.filter(|mailbox| mailbox.department == to);
    let mailbox = mailbox.ok_or(ChangeRefused::ChangedSince)?;
    let before = departments::by_name(tx, before)?.ok_or(ChangeRefused::ChangedSince)?;
    Ok(departments::move_mailbox(tx, mailbox.id, before.id)?)
}
