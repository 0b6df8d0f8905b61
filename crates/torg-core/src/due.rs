//! When an inquiry is due: what the municipality promised for it, and what the law gives it.
//!
//! A service target is working time and stands still while it is not the municipality's turn. A
//! deadline of the law is days and runs until the inquiry is closed, whoever's turn it is. What is
//! due next is the earliest of them.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::hours::{Deadline, OpeningClock};
use crate::ids::{CalendarId, CategoryId, DepartmentId};
use crate::inquiry::State;
use crate::message::codes;

/// What is to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// The citizen has an answer.
    FirstAnswer,
    /// The inquiry is closed.
    Done,
    /// The inquiry is closed, because the law says so.
    Legal,
}

codes! {
    Aim { FirstAnswer = 1 "first-answer", Done = 2 "done", Legal = 3 "legal" }
}

/// How much time there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Minutes of working time.
    Working(u32),
    /// Days, as the law counts them.
    Days(Deadline),
}

/// One promise, or one deadline, for some inquiries or all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub aim: Aim,
    pub measure: Measure,
    /// Only for inquiries of this department.
    pub department: Option<DepartmentId>,
    /// Only for inquiries of this category.
    pub category: Option<CategoryId>,
    /// Whose hours and holidays are counted.
    pub calendar: CalendarId,
    /// How many minutes of working time before it is due somebody is reminded; of days, one before.
    pub remind: u32,
}

/// What is known of an inquiry that has to do with time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// When it came in, or came in again after it had been closed.
    pub began: Timestamp,
    /// The citizen has had an answer since then.
    pub answered: bool,
    pub state: State,
    pub department: DepartmentId,
    pub category: Option<CategoryId>,
    /// When it was not the municipality's turn, in order; the last one may go on.
    pub pauses: Vec<(Timestamp, Option<Timestamp>)>,
}

/// What is due next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub at: Timestamp,
    pub aim: Aim,
    /// When somebody is reminded, if before.
    pub remind: Option<Timestamp>,
}

/// What of an inquiry is due next; `None` while nothing runs. `clock` gives a calendar's hours.
pub fn due<'c>(
    facts: &Facts,
    targets: &[Target],
    clock: impl Fn(CalendarId) -> Option<&'c OpeningClock>,
) -> Option<Due> {
    let running =
        [Aim::FirstAnswer, Aim::Done, Aim::Legal].into_iter().filter(|aim| runs(facts, *aim));
    let found = running.filter_map(|aim| {
        let target = target_for(targets, aim, facts.department, facts.category)?;
        due_of(facts, target, clock(target.calendar)?)
    });
    found.min_by_key(|due| (due.at, due.aim))
}

/// The target that holds: the one for the category goes before the one for the department, and
/// either before the one for all.
pub fn target_for(
    targets: &[Target],
    aim: Aim,
    department: DepartmentId,
    category: Option<CategoryId>,
) -> Option<&Target> {
    let holds = |target: &&Target| {
        target.aim == aim
            && target.department.is_none_or(|only| only == department)
            && target.category.is_none_or(|only| Some(only) == category)
    };
    targets
        .iter()
        .filter(holds)
        .max_by_key(|target| (target.category.is_some(), target.department.is_some()))
}

fn runs(facts: &Facts, aim: Aim) -> bool {
    match (aim, facts.state) {
        (_, State::Closed | State::Spam) => false,
        (Aim::Legal, _) => true,
        (Aim::FirstAnswer, State::Open) => !facts.answered,
        (Aim::Done, State::Open) => true,
        (Aim::FirstAnswer | Aim::Done, _) => false,
    }
}

fn due_of(facts: &Facts, target: &Target, clock: &OpeningClock) -> Option<Due> {
    let aim = target.aim;
    match target.measure {
        Measure::Working(minutes) => {
            let at = reached(facts, clock, minutes)?;
            let before = minutes.checked_sub(target.remind).filter(|_| target.remind > 0);
            let remind = before.and_then(|minutes| reached(facts, clock, minutes));
            Some(Due { at, aim, remind })
        }
        Measure::Days(deadline) => {
            let at = deadline.ends(clock.hours(), clock.zone(), facts.began)?;
            let day = SignedDuration::from_hours(24);
            let remind = (at - day > facts.began).then_some(at - day);
            Some(Due { at, aim, remind })
        }
    }
}

/// The moment at which so many working minutes have passed, pauses not counted.
fn reached(facts: &Facts, clock: &OpeningClock, minutes: u32) -> Option<Timestamp> {
    let mut time = SignedDuration::from_mins(minutes.into());
    let mut at = clock.after(facts.began, time)?;
    for (began, ended) in &facts.pauses {
        if *began >= at {
            break;
        }
        time += clock.working_time(*began, (*ended)?);
        at = clock.after(facts.began, time)?;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::OpeningHours;
    use crate::ids::Id;
    use jiff::tz::TimeZone;

    const OFFICE: i64 = 1;

    fn at(text: &str) -> Timestamp {
        format!("{text}Z").parse().unwrap()
    }

    fn clock() -> OpeningClock {
        let week: Result<_, _> = "8-16".parse();
        OpeningHours::weekdays(&week.unwrap()).in_zone(TimeZone::UTC)
    }

    fn target(aim: Aim, measure: Measure) -> Target {
        let calendar = CalendarId::from_i64(OFFICE);
        Target { aim, measure, department: None, category: None, calendar, remind: 60 }
    }

    /// Monday at nine.
    fn lamp() -> Facts {
        Facts {
            began: at("2026-05-04T09:00:00"),
            answered: false,
            state: State::Open,
            department: DepartmentId::from_i64(1),
            category: None,
            pauses: Vec::new(),
        }
    }

    fn next(facts: &Facts, targets: &[Target]) -> Option<(Aim, Timestamp)> {
        let clock = clock();
        due(facts, targets, |_| Some(&clock)).map(|due| (due.aim, due.at))
    }

    #[test]
    fn what_comes_first_is_due_next() {
        let targets = [
            target(Aim::FirstAnswer, Measure::Working(4 * 60)),
            target(Aim::Done, Measure::Working(16 * 60)),
            target(Aim::Legal, Measure::Days(Deadline::WorkingDays(7))),
        ];
        let first = (Aim::FirstAnswer, at("2026-05-04T13:00:00"));
        assert_eq!(next(&lamp(), &targets), Some(first));
        let answered = Facts { answered: true, ..lamp() };
        assert_eq!(next(&answered, &targets), Some((Aim::Done, at("2026-05-06T09:00:00"))));
    }

    #[test]
    fn the_clock_stands_still_while_the_citizen_is_asked_and_the_laws_does_not() {
        let targets = [
            target(Aim::Done, Measure::Working(16 * 60)),
            target(Aim::Legal, Measure::Days(Deadline::CalendarDays(14))),
        ];
        let asked = at("2026-05-04T11:00:00");
        let waiting =
            Facts { state: State::Answered, pauses: vec![(asked, None)], answered: true, ..lamp() };
        assert_eq!(next(&waiting, &targets), Some((Aim::Legal, at("2026-05-18T23:59:00"))));
        let back = Facts {
            state: State::Open,
            pauses: vec![(asked, Some(at("2026-05-06T10:00:00")))],
            ..waiting.clone()
        };
        // Two of sixteen hours had passed; fourteen are left from ten on Wednesday.
        assert_eq!(next(&back, &targets), Some((Aim::Done, at("2026-05-07T16:00:00"))));
        assert_eq!(next(&Facts { state: State::Closed, ..back }, &targets), None);
    }

    #[test]
    fn a_pause_after_it_was_due_does_not_make_it_due_later() {
        let targets = [target(Aim::Done, Measure::Working(60))];
        let late = vec![(at("2026-05-04T12:00:00"), Some(at("2026-05-05T12:00:00")))];
        let facts = Facts { pauses: late, ..lamp() };
        assert_eq!(next(&facts, &targets), Some((Aim::Done, at("2026-05-04T10:00:00"))));
    }

    #[test]
    fn the_category_goes_before_the_department_and_both_before_all() {
        let (roads, access) = (DepartmentId::from_i64(1), CategoryId::from_i64(5));
        let all = target(Aim::Done, Measure::Working(1));
        let of_roads = Target { department: Some(roads), ..all.clone() };
        let of_access = Target { category: Some(access), ..all.clone() };
        let targets = [of_access.clone(), all.clone(), of_roads.clone()];
        let found = |department, category| target_for(&targets, Aim::Done, department, category);
        assert_eq!(found(roads, Some(access)), Some(&of_access));
        assert_eq!(found(roads, None), Some(&of_roads));
        assert_eq!(found(DepartmentId::from_i64(2), None), Some(&all));
        assert_eq!(target_for(&targets, Aim::Legal, roads, None), None);
    }

    #[test]
    fn somebody_is_reminded_an_hour_of_work_before() {
        let clock = clock();
        let targets = [target(Aim::Done, Measure::Working(8 * 60))];
        let found = due(&lamp(), &targets, |_| Some(&clock)).unwrap();
        assert_eq!(found.at, at("2026-05-05T09:00:00"));
        assert_eq!(found.remind, Some(at("2026-05-04T16:00:00")));
    }
}
