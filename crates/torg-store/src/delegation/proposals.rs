//! What is proposed on an inquiry's page.

use torg_core::delegation::proposed;
use torg_core::wall::open_wall;
use torg_core::{Inquiry, State, Viewer};

use super::{denied, guesses, reception};
use crate::departments::{self, DepartmentName};
use crate::{Read, StoreError};

/// Where an inquiry might belong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// At most two departments, the best first.
    pub to: Vec<Proposed>,
    /// Where it goes back to if it does not belong where it lies.
    pub back: Option<DepartmentName>,
}

/// A department an inquiry may belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    pub department: DepartmentName,
    /// The words of the letter that speak for it.
    pub words: Vec<String>,
}

/// What is proposed for an inquiry the viewer sees: nothing for what is not open, or a colleague's.
pub fn proposal(
    read: &Read<'_>,
    viewer: &Viewer,
    inquiry: &Inquiry,
) -> Result<Proposal, StoreError> {
    let is_free = inquiry.owner.is_none_or(|owner| owner == viewer.staff);
    if inquiry.state != State::Open || !is_free {
        return Ok(Proposal::default());
    }
    let reception = reception(read)?.filter(|reception| reception.id != inquiry.department);
    let back = reception.filter(|_| inquiry.wall == open_wall());
    let back = back.map(|one| DepartmentName { id: one.id, name: one.name, restricted: false });
    // Who took it where it came to knows what she does with it.
    if inquiry.owner.is_some() && back.is_none() {
        return Ok(Proposal::default());
    }
    Ok(Proposal { to: to(read, inquiry, back.as_ref())?, back })
}

fn to(
    read: &Read<'_>,
    inquiry: &Inquiry,
    back: Option<&DepartmentName>,
) -> Result<Vec<Proposed>, StoreError> {
    let Some((_, guesses)) = guesses(read, inquiry.id)? else {
        return Ok(Vec::new());
    };
    let denied = denied(read, inquiry.id)?;
    let mut found = Vec::new();
    for guess in proposed(&guesses, inquiry.department, |id| denied.contains(&id)) {
        if back.is_some_and(|back| back.id == guess.department) {
            continue;
        }
        let Some(one) = departments::one(read, guess.department)? else { continue };
        if !one.is_restricted() {
            let department = DepartmentName { id: one.id, name: one.name, restricted: false };
            found.push(Proposed { department, words: guess.words.clone() });
        }
    }
    Ok(found)
}
