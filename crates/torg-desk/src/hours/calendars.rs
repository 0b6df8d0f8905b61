//! Opening hours with a name: kept, changed, taken away.

use torg_core::hours::OpeningHours;
use torg_core::{CalendarId, Viewer};
use torg_store::calendars::{self, Calendar};
use torg_store::journal::Details;

use super::history::{HoursChange, changed};
use super::{RuleRefused, administers, named};
use crate::Desk;

impl Desk {
    /// Keeps opening hours, new ones or changed ones. Hours that never open are refused.
    pub async fn save_hours(
        &self,
        viewer: &Viewer,
        id: Option<CalendarId>,
        name: &str,
        hours: OpeningHours,
    ) -> Result<CalendarId, RuleRefused> {
        administers(viewer)?;
        let (staff, pen, name) = (viewer.staff, self.pen(), named(name)?);
        hours.check(pen.zone.clone(), pen.now)?;
        self.0
            .store
            .write(move |tx| {
                let old = match id {
                    Some(id) => Some(calendars::one(tx, id)?.ok_or(RuleRefused::NotFound)?),
                    None => None,
                };
                let id = id.unwrap_or_else(|| pen.id());
                if calendars::name_is_taken(tx, id, &name)? {
                    return Err(RuleRefused::NameThere);
                }
                let new = Calendar { id, name: name.clone(), hours: hours.clone() };
                calendars::save(tx, &new)?;
                let (old, new) = (old.as_ref().map(HoursChange::from), HoursChange::from(&new));
                changed(tx, &pen, Some(staff), old.as_ref(), Some(&new), Details::default())?;
                Ok(id)
            })
            .await
    }

    /// Takes away opening hours that no target counts by.
    pub async fn remove_hours(&self, viewer: &Viewer, id: CalendarId) -> Result<(), RuleRefused> {
        administers(viewer)?;
        let (staff, pen) = (viewer.staff, self.pen());
        self.0
            .store
            .write(move |tx| {
                let old = calendars::one(tx, id)?.ok_or(RuleRefused::NotFound)?;
                if calendars::is_used(tx, id)? {
                    return Err(RuleRefused::InUse);
                }
                calendars::remove(tx, id)?;
                Ok(changed(
                    tx,
                    &pen,
                    Some(staff),
                    Some(&HoursChange::from(&old)),
                    None,
                    Details::default(),
                )?)
            })
            .await
    }
}
