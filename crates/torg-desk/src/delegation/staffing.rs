//! Who of a department gets what comes.

use torg_core::delegation::{Rule, Staffing, next};
use torg_core::{Department, Inquiry, StaffId};
use torg_store::{Read, StoreError, Tx, absences, delegation, staff};

use crate::pen::Pen;

/// Whom a rule names, if she is a member and at work; else whose turn it is.
pub(super) fn owner(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: &Inquiry,
    department: &Department,
    rule: Option<&Rule>,
) -> Result<Option<StaffId>, StoreError> {
    let named = rule.and_then(|rule| rule.owner);
    if let Some(named) = named
        && is_there(tx, pen, (inquiry, department), named)?
    {
        return Ok(Some(named));
    }
    give_next(tx, pen, department)
}

fn is_there(
    read: &Read<'_>,
    pen: &Pen,
    (inquiry, department): (&Inquiry, &Department),
    named: StaffId,
) -> Result<bool, StoreError> {
    let is_hers = staff::is_member(read, named, department.id)?;
    let sees_it = staff::may_see(read, named, inquiry.wall)?;
    Ok(is_hers && sees_it && absences::now_of(read, named, pen.at())?.is_none())
}

/// Whose turn it is in a department that wants a named owner. Its row is locked, so that the next
/// who asks sees that she was given one.
pub(crate) fn give_next(
    tx: &mut Tx<'_>,
    pen: &Pen,
    department: &Department,
) -> Result<Option<StaffId>, StoreError> {
    let staffing = delegation::told(tx, department.id)?.staffing;
    if staffing == Staffing::Nobody {
        return Ok(None);
    }
    let members = delegation::present_members(tx, department.id, pen.at())?;
    let Some(chosen) = next(staffing, &members) else {
        return Ok(None);
    };
    // Two in the same moment are still one after the other.
    let last = members.iter().map(|member| member.last_given).max().unwrap_or(0);
    delegation::set_given(tx, department.id, chosen, pen.at().max(last + 1))?;
    Ok(Some(chosen))
}
