//! What is proposed on an inquiry's page.

use torg_core::delegation::proposed;
use torg_core::wall::open_wall;
use torg_core::{Inquiry, State, Viewer};

use super::{denied, guesses, reception};
use crate::departments::{self, DepartmentName};
use crate::{Pending, Read};

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
pub fn proposal<'r>(
    read: &'r Read<'_>,
    viewer: &Viewer,
    inquiry: &Inquiry,
) -> Pending<'r, Proposal> {
    let is_free = inquiry.owner.is_none_or(|owner| owner == viewer.staff);
    if inquiry.state != State::Open || !is_free {
        return Pending::known(Ok(Proposal::default()));
    }
    let (guesses, denied) = (guesses(read, inquiry.id), denied(read, inquiry.id));
    let (lies_in, is_open) = (inquiry.department, inquiry.wall == open_wall());
    let is_taken = inquiry.owner.is_some();
    reception(read).then(move |reception| {
        let back = reception.filter(|reception| reception.id != lies_in && is_open);
        let back = back.map(|one| DepartmentName { id: one.id, name: one.name, restricted: false });
        // Who took it where it came to knows what she does with it.
        if is_taken && back.is_none() {
            return Ok(Proposal::default());
        }
        let Some((_, guesses)) = guesses.get()? else {
            return Ok(Proposal { to: Vec::new(), back });
        };
        let denied = denied.get()?;
        let mut to = Vec::new();
        for guess in proposed(&guesses, lies_in, |id| denied.contains(&id)) {
            if back.as_ref().is_some_and(|back| back.id == guess.department) {
                continue;
            }
            let Some(one) = departments::one(read, guess.department)? else { continue };
            if !one.is_restricted() {
                let department = DepartmentName { id: one.id, name: one.name, restricted: false };
                to.push(Proposed { department, words: guess.words.clone() });
            }
        }
        Ok(Proposal { to, back })
    })
}
