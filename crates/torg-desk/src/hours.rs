//! Opening hours, targets and categories: what administrators set, with its history, and what it
//! would mean for a letter.

mod calendars;
mod categories;
pub(crate) mod history;
mod targets;
mod trial;

pub use categories::NewCategory;
pub use history::HoursChange;
pub use trial::Trial;

use torg_core::Role;
use torg_core::Viewer;
use torg_core::hours::HoursRefused;
use torg_store::StoreError;

/// Why hours, a target or a category were not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleRefused {
    /// Only administrators change this.
    #[error("only for administrators")]
    NotAllowed,
    #[error("not found")]
    NotFound,
    #[error("it needs a name")]
    NoName,
    #[error("there is one of this name already")]
    NameThere,
    #[error("hours: {0}")]
    Hours(#[from] HoursRefused),
    /// There is a target with this aim for the same inquiries.
    #[error("there is such a target already")]
    TargetThere,
    /// No time, or more than can be meant.
    #[error("not a length of time")]
    NoTime,
    /// Targets count by these hours.
    #[error("targets count by it")]
    InUse,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Only administrators change what holds for all.
fn administers(viewer: &Viewer) -> Result<(), RuleRefused> {
    if viewer.role == Role::Administrator { Ok(()) } else { Err(RuleRefused::NotAllowed) }
}

/// A name without its edges, at most 80 characters.
fn named(name: &str) -> Result<String, RuleRefused> {
    let name: String = name.trim().chars().take(80).collect();
    if name.is_empty() { Err(RuleRefused::NoName) } else { Ok(name) }
}
