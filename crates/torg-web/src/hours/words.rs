//! Hours, targets and holidays in words.

use torg_core::due::{Aim, Measure};
use torg_core::hours::{Country, Deadline, Holiday, OpeningHours};
use torg_desk::HoursChange;
use torg_store::categories::Category;
use torg_store::departments::DepartmentName;

use crate::page::aim;
use crate::words::{Scene, word};

/// The days of a week, Monday first.
pub(super) fn day(scene: &Scene, place: usize) -> String {
    const DAYS: [&str; 7] = [
        "hours-monday",
        "hours-tuesday",
        "hours-wednesday",
        "hours-thursday",
        "hours-friday",
        "hours-saturday",
        "hours-sunday",
    ];
    scene.say(DAYS.get(place).copied().unwrap_or("hours-monday"))
}

/// What a holiday is called.
pub(super) fn holiday(scene: &Scene, holiday: Holiday) -> String {
    scene.say(match holiday {
        Holiday::NewYearsDay => "hours-new-years-day",
        Holiday::TwelfthNight => "hours-twelfth-night",
        Holiday::Epiphany => "hours-epiphany",
        Holiday::WednesdayBeforeEaster => "hours-wednesday-before-easter",
        Holiday::MaundyThursday => "hours-maundy-thursday",
        Holiday::GoodFriday => "hours-good-friday",
        Holiday::EasterSunday => "hours-easter-sunday",
        Holiday::EasterMonday => "hours-easter-monday",
        Holiday::WalpurgisNight => "hours-walpurgis-night",
        Holiday::LabourDay => "hours-labour-day",
        Holiday::NorwegianNationalDay => "hours-norwegian-national-day",
        Holiday::AscensionDay => "hours-ascension-day",
        Holiday::DayAfterAscension => "hours-day-after-ascension",
        Holiday::WhitSunday => "hours-whit-sunday",
        Holiday::WhitMonday => "hours-whit-monday",
        Holiday::DanishConstitutionDay => "hours-danish-constitution-day",
        Holiday::SwedishNationalDay => "hours-swedish-national-day",
        Holiday::MidsummerEve => "hours-midsummer-eve",
        Holiday::MidsummerDay => "hours-midsummer-day",
        Holiday::AllSaintsDay => "hours-all-saints-day",
        Holiday::ChristmasEve => "hours-christmas-eve",
        Holiday::ChristmasDay => "hours-christmas-day",
        Holiday::SecondChristmasDay => "hours-second-christmas-day",
        Holiday::NewYearsEve => "hours-new-years-eve",
    })
}

pub(super) fn country(scene: &Scene, country: Country) -> String {
    scene.say(match country {
        Country::Dk => "hours-denmark",
        Country::No => "hours-norway",
        Country::Se => "hours-sweden",
    })
}

/// A week in a line: days that are alike are told together.
pub(super) fn week(scene: &Scene, hours: &OpeningHours) -> String {
    let mut groups: Vec<(usize, usize, String)> = Vec::new();
    for (place, day) in hours.week.days.iter().enumerate().filter(|(_, day)| !day.is_empty()) {
        let text = day.to_string();
        match groups.last_mut() {
            Some(last) if last.1 + 1 == place && last.2 == text => last.1 = place,
            _ => groups.push((place, place, text)),
        }
    }
    let told = groups.into_iter().map(|(first, last, text)| {
        let days = day(scene, first);
        if first == last {
            format!("{days} {text}")
        } else {
            format!("{days}–{} {text}", day(scene, last))
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

/// "4 hours of work", "7 working days".
pub(super) fn measure(scene: &Scene, measure: Measure) -> String {
    match measure {
        Measure::Working(minutes) if minutes % 60 == 0 => {
            scene.with("hours-hours-of-work", [("count", word(i64::from(minutes / 60)))])
        }
        Measure::Working(minutes) => {
            scene.with("hours-minutes-of-work", [("count", word(i64::from(minutes)))])
        }
        Measure::Days(Deadline::WorkingDays(days)) => {
            scene.with("hours-working-days", [("count", word(i64::from(days)))])
        }
        Measure::Days(Deadline::CalendarDays(days)) => {
            scene.with("hours-calendar-days", [("count", word(i64::from(days)))])
        }
    }
}

/// For whom a target holds.
pub(super) fn whom(
    scene: &Scene,
    department: Option<&DepartmentName>,
    category: Option<&Category>,
) -> String {
    match (department, category) {
        (None, None) => scene.say("hours-for-all"),
        (Some(department), None) => department.name.clone(),
        (None, Some(category)) => category.name.clone(),
        (Some(department), Some(category)) => format!("{}, {}", department.name, category.name),
    }
}

/// What a change of these pages was about, by what it is or was.
pub(super) fn changed(scene: &Scene, old: &str, new: &str) -> String {
    match HoursChange::from_text(new).or_else(|| HoursChange::from_text(old)) {
        Some(HoursChange::Hours { name, .. } | HoursChange::Category { name, .. }) => name,
        Some(HoursChange::Target { aim: code, .. }) => {
            aim(scene, Aim::from_code(code).unwrap_or(Aim::Done))
        }
        None => String::new(),
    }
}

/// One value of a change in short.
pub(super) fn value(scene: &Scene, text: &str) -> String {
    match HoursChange::from_text(text) {
        Some(HoursChange::Hours { hours, .. }) => scene.with(
            "hours-in-short",
            [
                ("week", word(week(scene, &hours))),
                ("holidays", word(i64::try_from(hours.holidays.len()).unwrap_or(0))),
                ("days", word(i64::try_from(hours.one_offs.len()).unwrap_or(0))),
            ],
        ),
        Some(HoursChange::Target { measure: time, .. }) => measure(scene, time),
        Some(HoursChange::Category { name, active, .. }) => {
            if active {
                name
            } else {
                scene.with("hours-category-unused", [("name", word(name))])
            }
        }
        None => String::new(),
    }
}
