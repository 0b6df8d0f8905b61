//! What was changed, kept whole in the journal, so that it can be set again.

use serde::{Deserialize, Serialize};
use torg_core::due::{Aim, Measure, Target};
use torg_core::hours::OpeningHours;
use torg_core::{CalendarId, CategoryId, DepartmentId, StaffId, TargetId, Verb};
use torg_store::calendars::Calendar;
use torg_store::categories::Category;
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, calendars, categories, targets};

use crate::changes::{ChangeRefused, Changed};
use crate::due::count_anew;
use crate::pen::Pen;

/// The topics of these changes.
pub(crate) const HOURS: &str = "hours";
pub(crate) const TARGETS: &str = "targets";
pub(crate) const CATEGORIES: &str = "categories";

/// One thing as it was or is; nothing where it was not or is no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoursChange {
    Hours {
        id: CalendarId,
        name: String,
        hours: OpeningHours,
    },
    Target {
        id: TargetId,
        aim: i64,
        measure: Measure,
        department: Option<DepartmentId>,
        category: Option<CategoryId>,
        calendar: CalendarId,
        remind: u32,
    },
    Category {
        id: CategoryId,
        name: String,
        department: Option<DepartmentId>,
        sort: i64,
        active: bool,
    },
}

impl From<&Calendar> for HoursChange {
    fn from(calendar: &Calendar) -> Self {
        let Calendar { id, name, hours } = calendar.clone();
        Self::Hours { id, name, hours }
    }
}

impl From<&Category> for HoursChange {
    fn from(category: &Category) -> Self {
        let Category { id, name, department, sort, active } = category.clone();
        Self::Category { id, name, department, sort, active }
    }
}

impl HoursChange {
    pub(super) fn of_target(id: TargetId, target: &Target) -> Self {
        let Target { aim, measure, department, category, calendar, remind } = *target;
        Self::Target { id, aim: aim.code(), measure, department, category, calendar, remind }
    }

    /// The thing as the history keeps it; nothing for no thing.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The topic, and which thing of it.
    fn topic(&self) -> (&'static str, String) {
        match self {
            Self::Hours { id, .. } => (HOURS, id.to_string()),
            Self::Target { id, .. } => (TARGETS, id.to_string()),
            Self::Category { id, .. } => (CATEGORIES, id.to_string()),
        }
    }

    /// The thing as it is kept now.
    fn now(&self, read: &Read<'_>) -> Result<Option<Self>, StoreError> {
        Ok(match self {
            Self::Hours { id, .. } => calendars::one(read, *id)?.as_ref().map(Self::from),
            Self::Target { id, .. } => {
                targets::one(read, *id)?.map(|target| Self::of_target(*id, &target))
            }
            Self::Category { id, .. } => categories::one(read, *id)?.as_ref().map(Self::from),
        })
    }

    fn keep(self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        match self {
            Self::Hours { id, name, hours } => calendars::save(tx, &Calendar { id, name, hours }),
            Self::Target { id, aim, measure, department, category, calendar, remind } => {
                let aim = Aim::from_code(aim).unwrap_or(Aim::Done);
                let target = Target { aim, measure, department, category, calendar, remind };
                targets::save(tx, id, &target)
            }
            Self::Category { id, name, department, sort, active } => {
                categories::save(tx, &Category { id, name, department, sort, active })
            }
        }
    }

    fn remove(self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        match self {
            Self::Hours { id, .. } => calendars::remove(tx, id),
            Self::Target { id, .. } => targets::remove(tx, id),
            Self::Category { id, name, department, sort, .. } => {
                categories::save(tx, &Category { id, name, department, sort, active: false })
            }
        }
    }
}

/// Writes to the journal what was changed, and has what is open counted anew.
pub(super) fn changed(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: Option<StaffId>,
    old: Option<&HoursChange>,
    new: Option<&HoursChange>,
    details: Details,
) -> Result<(), StoreError> {
    let text = |thing: Option<&HoursChange>| match thing.map(serde_json::to_string) {
        None => Ok(String::new()),
        Some(text) => text.map_err(|error| StoreError::Bug(format!("a change as JSON: {error}"))),
    };
    let Some((topic, what)) = old.or(new).map(HoursChange::topic) else { return Ok(()) };
    let (old, new) = (text(old)?, text(new)?);
    let change = Changed { topic, what: &what, old: &old, new: &new };
    pen.changed(tx, staff, Verb::SettingChanged, &change, details)?;
    count_anew(tx, pen)
}

/// Sets the old value of a change again.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    let [old, new] = [&change.old, &change.new].map(|text| HoursChange::from_text(text));
    let any = old.as_ref().or(new.as_ref()).ok_or(ChangeRefused::NotFound)?;
    if any.now(tx)? != new {
        return Err(ChangeRefused::ChangedSince);
    }
    match (&old, &new) {
        (Some(old), _) => old.clone().keep(tx)?,
        (None, Some(HoursChange::Hours { id, .. })) if calendars::is_used(tx, *id)? => {
            return Err(ChangeRefused::NoUndo);
        }
        (None, Some(new)) => new.clone().remove(tx)?,
        (None, None) => {}
    }
    Ok(changed(tx, pen, Some(staff), new.as_ref(), old.as_ref(), details)?)
}
