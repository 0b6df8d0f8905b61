//! Service targets and deadlines: kept, changed, taken away.

use torg_core::due::{Measure, Target};
use torg_core::hours::Deadline;
use torg_core::{TargetId, Viewer};
use torg_store::journal::Details;
use torg_store::{calendars, targets};

use super::history::{HoursChange, changed};
use super::{RuleRefused, administers};
use crate::Desk;

/// The longest target: a year of working around the clock, and ten years of days.
const MOST_MINUTES: u32 = 366 * 24 * 60;
const MOST_DAYS: u16 = 3_660;

impl Desk {
    /// Keeps a target, a new one or a changed one.
    pub async fn save_target(
        &self,
        viewer: &Viewer,
        id: Option<TargetId>,
        target: Target,
    ) -> Result<TargetId, RuleRefused> {
        administers(viewer)?;
        if !is_time(target.measure) {
            return Err(RuleRefused::NoTime);
        }
        let (staff, pen) = (viewer.staff, self.pen());
        self.0
            .store
            .write(move |tx| {
                let old = match id {
                    Some(id) => Some((id, targets::one(tx, id)?.ok_or(RuleRefused::NotFound)?)),
                    None => None,
                };
                let id = id.unwrap_or_else(|| pen.id());
                if targets::same_matter(tx, &target)?.is_some_and(|other| other != id) {
                    return Err(RuleRefused::TargetThere);
                }
                calendars::one(tx, target.calendar)?.ok_or(RuleRefused::NotFound)?;
                targets::save(tx, id, &target)?;
                let old = old.map(|(id, old)| HoursChange::of_target(id, &old));
                let new = HoursChange::of_target(id, &target);
                changed(tx, &pen, Some(staff), old.as_ref(), Some(&new), Details::default())?;
                Ok(id)
            })
            .await
    }

    /// Takes a target away.
    pub async fn remove_target(&self, viewer: &Viewer, id: TargetId) -> Result<(), RuleRefused> {
        administers(viewer)?;
        let (staff, pen) = (viewer.staff, self.pen());
        self.0
            .store
            .write(move |tx| {
                let old = targets::one(tx, id)?.ok_or(RuleRefused::NotFound)?;
                targets::remove(tx, id)?;
                let old = HoursChange::of_target(id, &old);
                Ok(changed(tx, &pen, Some(staff), Some(&old), None, Details::default())?)
            })
            .await
    }
}

fn is_time(measure: Measure) -> bool {
    match measure {
        Measure::Working(minutes) => (1..=MOST_MINUTES).contains(&minutes),
        Measure::Days(Deadline::WorkingDays(days) | Deadline::CalendarDays(days)) => {
            (1..=MOST_DAYS).contains(&days)
        }
    }
}
