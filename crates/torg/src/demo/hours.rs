//! Fjordby's opening hours, what it promises, and what the law gives it.

use anyhow::Context;
use torg_core::due::{Aim, Measure, Target};
use torg_core::hours::{Country, Deadline, OpeningHours};
use torg_core::{CategoryId, Role, Viewer};
use torg_desk::{Desk, NewCategory};

/// Sets what an administrator would set on the first day.
pub(super) async fn set(desk: &Desk, staff: &[Viewer]) -> anyhow::Result<()> {
    let administrator = staff.iter().find(|one| one.role == Role::Administrator);
    let viewer = administrator.context("a municipality without an administrator")?;
    let kept = Country::No.holidays().iter().filter_map(|(day, rest)| Some((*day, (*rest)?)));
    let hours =
        OpeningHours { holidays: kept.collect(), ..OpeningHours::weekdays(&"8-15.30".parse()?) };
    let calendar = desk.save_hours(viewer, None, "Rådhuset", hours).await?;
    let access = categories(desk, viewer).await?;
    let promises = [
        (Aim::FirstAnswer, Measure::Working(15 * 60), None),
        (Aim::Done, Measure::Working(75 * 60), None),
        (Aim::Legal, Measure::Days(Deadline::WorkingDays(5)), Some(access)),
    ];
    for (aim, measure, category) in promises {
        let target = Target { aim, measure, department: None, category, calendar, remind: 120 };
        desk.save_target(viewer, None, target).await?;
    }
    Ok(())
}

/// The kinds of matters; the one that the law gives days for.
async fn categories(desk: &Desk, viewer: &Viewer) -> anyhow::Result<CategoryId> {
    let category = |name: &str, sort| {
        let name = name.to_owned();
        NewCategory { name, department: None, sort, active: true }
    };
    for (sort, name) in (2..).zip(["Feil og mangler", "Klage", "Søknad", "Spørsmål"]) {
        desk.save_category(viewer, None, category(name, sort)).await?;
    }
    Ok(desk.save_category(viewer, None, category("Innsyn", 1)).await?)
}
