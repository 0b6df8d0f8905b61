//! Who may be named in a note, while its writer types `@`.

use jiff::Timestamp;
use torg_core::{InquiryId, Viewer};
use torg_store::staff::StaffName;
use torg_store::{Read, StoreError, absences, inquiries, staff};

use crate::search::has_beginning;

/// The most that are offered.
const MOST: usize = 8;

/// A colleague who may read the inquiry, and is told when she is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nameable {
    pub staff: StaffName,
    pub is_away: bool,
}

/// The colleagues inside the inquiry's wall of whose name a word begins with `typed`: those whose
/// first name does before the others, and those of her own departments before the rest; `None` where
/// the viewer may not know of it herself.
///
/// # Errors
/// When the database does not answer.
pub fn nameable(
    read: &Read<'_>,
    viewer: &Viewer,
    inquiry: InquiryId,
    typed: &str,
    now: Timestamp,
) -> Result<Option<Vec<Nameable>>, StoreError> {
    if inquiries::seen_by(read, viewer, inquiry)?.is_none() {
        return Ok(None);
    }
    let (typed, now) = (typed.to_lowercase(), now.as_microsecond());
    let mut found = staff::colleagues(read, viewer, inquiry)?;
    found.retain(|one| one.id != viewer.staff && has_beginning(&one.name, &typed));
    let near = staff::near(read, viewer)?;
    found.sort_by_key(|one| (!one.name.to_lowercase().starts_with(&typed), !near.contains(one)));
    found.truncate(MOST);
    let away = absences::to_come(read, now)?;
    let is_away = |one: &StaffName| {
        away.iter().any(|absence| absence.staff.id == one.id && absence.is_now(now))
    };
    let named = |staff| Nameable { is_away: is_away(&staff), staff };
    Ok(Some(found.into_iter().map(named).collect()))
}
