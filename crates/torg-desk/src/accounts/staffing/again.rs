//! Taking back what was done to a colleague.

use torg_core::{Fact, StaffId};
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::{Tx, departments, staff};

use super::{StaffingRefused, let_go, let_in, note, set_role};
use crate::changes::ChangeRefused;
use crate::moving;
use crate::pen::Pen;

/// Sets name, role, membership or access of a colleague as it was; who was invited and has not come
/// is not let in. Who is let in again has what was handed over, where nobody touched it since.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    let her = change.topic_id().map(|id| staff::managed_one(tx, id)).transpose()?.flatten();
    let her = her.ok_or(ChangeRefused::NotFound)?;
    tx.announce(Fact::Staff(her.id));
    match change.what.as_str() {
        // She is asked first, on her own page.
        "role" | "active" | "invited" if her.id == by => Err(ChangeRefused::NoUndo),
        "name" if her.name == change.new => {
            staff::rename(tx, her.id, &change.old)?;
            Ok(note(tx, pen, Some(by), her.id, "name", &change.new, &change.old, details)?)
        }
        "role" if her.role.word() == change.new => {
            let role = change.old.parse().map_err(|_| ChangeRefused::NoUndo)?;
            taken_back(set_role(tx, pen, Some(by), &her, role, details))
        }
        "member" => {
            let department = change.department.ok_or(ChangeRefused::NotFound)?;
            let department = departments::locked(tx, department)?.ok_or(ChangeRefused::NotFound)?;
            if staff::is_member(tx, her.id, department.id)? == change.new.is_empty() {
                return Err(ChangeRefused::ChangedSince);
            }
            let details = Details { department: Some(department.id), ..details };
            match change.old.is_empty() {
                true => staff::leave(tx, her.id, department.id)?,
                false => staff::join(tx, her.id, department.id)?,
            }
            Ok(note(tx, pen, Some(by), her.id, "member", &change.new, &change.old, details)?)
        }
        "active" if !her.active && change.new == "0" => {
            let_in(tx, pen, Some(by), &her, details)?;
            Ok(moving::give_back(tx, pen, by, her.id)?)
        }
        "active" if her.active && change.new == "1" => {
            taken_back(let_go(tx, pen, Some(by), &her, None, details))
        }
        "invited" if her.active && !her.has_password => {
            taken_back(let_go(tx, pen, Some(by), &her, None, details))
        }
        "name" | "role" | "active" | "invited" => Err(ChangeRefused::ChangedSince),
        _ => Err(ChangeRefused::NoUndo),
    }
}

fn taken_back(outcome: Result<(), StaffingRefused>) -> Result<(), ChangeRefused> {
    match outcome {
        Err(StaffingRefused::Store(error)) => Err(error.into()),
        other => other.map_err(|_| ChangeRefused::NoUndo),
    }
}
