//! Taking back what was done to departments and their addresses.

use torg_core::wall::open_wall;
use torg_core::{DepartmentId, Fact, StaffId};
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, answers, departments};

use super::told::{DESCRIPTION, EXAMPLES, STAFFING, sign, tell_again};
use super::{ALL, DepartmentRefused, addresses, note, rename, restrict, tree};
use crate::changes::ChangeRefused;
use crate::moving;
use crate::pen::Pen;

/// Sets name, place, wall or signature of a department as it was.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    let department = change.topic_id().map(|id| departments::one(tx, id)).transpose()?.flatten();
    let department = department.ok_or(ChangeRefused::NotFound)?;
    let details = Details { department: Some(department.id), ..details };
    let id = department.id;
    let done = match change.what.as_str() {
        "name" if department.name == change.new => {
            rename(tx, pen, by, &department, &change.old, details)
        }
        // She is asked first, on its own page: by now more may lie behind the wall.
        "restricted" if department.is_restricted() && change.new == "1" => {
            Err(DepartmentRefused::WouldOpen)
        }
        "restricted" if !department.is_restricted() && change.new == "0" => {
            restrict(tx, pen, by, id, true, details)
        }
        "parent" => {
            let named = (!change.old.is_empty()).then_some(change.old.as_str());
            let parent = named.map(|name| departments::by_name(tx, name)).transpose()?.flatten();
            tree::place(tx, id, parent.map(|parent| parent.id))?;
            let values = (change.new.as_str(), change.old.as_str());
            Ok(note(tx, pen, Some(by), &change.topic, "parent", values, details)?)
        }
        signature if signature.starts_with("signature") => {
            let language = signature.split(' ').nth(1).unwrap_or_default().to_owned();
            sign(tx, pen, by, id, &language, &change.old, details)
        }
        DESCRIPTION | EXAMPLES | STAFFING => {
            return tell_again(tx, pen, by, id, change, &details);
        }
        "name" | "restricted" => return Err(ChangeRefused::ChangedSince),
        _ => return Err(ChangeRefused::NoUndo),
    };
    Ok(done?)
}

/// Takes back a change of the list of departments and addresses. A department in which something
/// lies by now stays; one that was removed gets back what its heir still has of it, from behind the
/// heir's wall only if `opens` says so.
pub(crate) fn set_list_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    change: &Change,
    details: Details,
    opens: bool,
) -> Result<(), ChangeRefused> {
    let id = change.department.ok_or(ChangeRefused::NotFound)?;
    let (old, new) = (change.old.as_str(), change.new.as_str());
    match (change.what.as_str(), old, new) {
        ("department", "", _) => take_away(tx, id)?,
        ("department", _, "") => put_back(tx, pen, by, id, opens)?,
        ("address", "", address) => addresses::drop_address(tx, id, address)?,
        ("address", address, "") => addresses::receive_again(tx, pen, id, address)?,
        (what, ..) => match what.strip_prefix("address ") {
            Some(address) => addresses::move_back(tx, id, address, old)?,
            None => return Err(ChangeRefused::NoUndo),
        },
    }
    let details = Details { department: Some(id), ..details };
    Ok(note(tx, pen, Some(by), ALL, &change.what, (new, old), details)?)
}

fn take_away(tx: &mut Tx<'_>, id: DepartmentId) -> Result<(), ChangeRefused> {
    let department = departments::locked(tx, id)?.ok_or(ChangeRefused::ChangedSince)?;
    if departments::all(tx)?.len() < 2 || holds_something(tx, department.id)? {
        return Err(ChangeRefused::ChangedSince);
    }
    // It has no addresses that anybody would inherit.
    departments::remove(tx, id, id)?;
    tx.announce(Fact::Everything);
    Ok(())
}

fn put_back(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    id: DepartmentId,
    opens: bool,
) -> Result<(), ChangeRefused> {
    let heir = match departments::put_back(tx, id) {
        Err(StoreError::Conflict(_)) => return Err(ChangeRefused::ChangedSince),
        other => other?.ok_or(ChangeRefused::ChangedSince)?,
    };
    let (wall, hers) = (departments::wall_of(tx, id)?, departments::wall_of(tx, heir)?);
    if !opens && hers != wall && hers != Some(open_wall()) {
        return Err(ChangeRefused::WouldOpen);
    }
    moving::put_back(tx, pen, by, id, heir)?;
    tx.announce(Fact::Everything);
    Ok(())
}

fn holds_something(tx: &Tx<'_>, id: DepartmentId) -> Result<bool, StoreError> {
    Ok(!departments::inquiries_of(tx, id, 1)?.is_empty()
        || departments::mailboxes(tx)?.iter().any(|mailbox| mailbox.department == id)
        || departments::tree(tx)?.iter().any(|branch| branch.parent == Some(id))
        || !answers::of_department(tx, id)?.is_empty())
}

impl From<DepartmentRefused> for ChangeRefused {
    fn from(refused: DepartmentRefused) -> Self {
        match refused {
            DepartmentRefused::Store(error) => Self::Store(error),
            DepartmentRefused::WouldOpen => Self::WouldOpen,
            _ => Self::ChangedSince,
        }
    }
}
