//! Days as people say them: a date, a month, a year, a day of the week, today and yesterday.

use jiff::civil::{Date, Weekday};
use jiff::{Span, Zoned};
use torg_text::{Tongue, folded};

/// In each of [`Tongue::ALL`].
const TODAY: [&str; 5] = ["i dag", "i dag", "i dag", "i dag", "today"];
const YESTERDAY: [&str; 5] = ["i går", "i går", "i går", "i går", "yesterday"];
const WEEKDAYS: [(Weekday, [&str; 5]); 7] = [
    (Weekday::Monday, ["mandag", "mandag", "måndag", "måndag", "monday"]),
    (Weekday::Tuesday, ["tirsdag", "tirsdag", "tysdag", "tisdag", "tuesday"]),
    (Weekday::Wednesday, ["onsdag", "onsdag", "onsdag", "onsdag", "wednesday"]),
    (Weekday::Thursday, ["torsdag", "torsdag", "torsdag", "torsdag", "thursday"]),
    (Weekday::Friday, ["fredag", "fredag", "fredag", "fredag", "friday"]),
    (Weekday::Saturday, ["lørdag", "lørdag", "laurdag", "lördag", "saturday"]),
    (Weekday::Sunday, ["søndag", "søndag", "sundag", "söndag", "sunday"]),
];

/// When a year (`2026`), a month (`2026-03`), a day (`2026-03-14`, `14.3.2026`), today, yesterday or
/// the newest day of a name begins where it is `now`; microseconds UTC.
pub(super) fn beginning(text: &str, now: &Zoned) -> Option<i64> {
    let date = named(text, now.date()).or_else(|| written(text))?;
    let start: Zoned = date.to_zoned(now.time_zone().clone()).ok()?;
    Some(start.timestamp().as_microsecond())
}

/// A day by its name in any language, on any keyboard, with a blank or without (`igår`).
fn named(text: &str, today: Date) -> Option<Date> {
    let plain = |name: &str| folded(&name.split_whitespace().collect::<String>());
    let wanted = plain(text);
    let is_it = |names: &[&str; 5]| names.iter().any(|name| plain(name) == wanted);
    let ago = |days: i64| today.checked_sub(Span::new().days(days)).ok();
    if is_it(&TODAY) {
        return Some(today);
    }
    if is_it(&YESTERDAY) {
        return ago(1);
    }
    let (weekday, _) = WEEKDAYS.iter().find(|(_, names)| is_it(names))?;
    ago(i64::from(weekday.until(today.weekday())))
}

fn written(text: &str) -> Option<Date> {
    let by_dots = text.contains('.');
    let mut parts: Vec<i16> =
        text.split(['-', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    if by_dots {
        parts.reverse();
    }
    let small = |at: usize| parts.get(at).map_or(Some(1), |part| i8::try_from(*part).ok());
    Date::new(*parts.first()?, small(1)?, small(2)?).ok().filter(|_| parts.len() < 4)
}

/// What is offered: today and yesterday, months and years, and what is looked for by its name. Each
/// as it is put, in one word, and as people read it.
pub(super) fn offered(today: Date, tongue: Tongue) -> Vec<(String, String)> {
    let place = Tongue::ALL.iter().position(|one| *one == tongue).unwrap_or_default();
    let months = |from: i64, to: i64| {
        let ago = move |ago| today.first_of_month().checked_sub(Span::new().months(ago)).ok();
        (from..to).filter_map(ago).map(|month| month.strftime("%Y-%m").to_string())
    };
    let years = (0..3).map(|ago| (today.year() - ago).to_string());
    let near = [TODAY[place].to_owned(), YESTERDAY[place].to_owned()].into_iter();
    let weekdays = WEEKDAYS.iter().map(|(_, names)| names[place].to_owned());
    let all = near.chain(months(0, 4)).chain(years).chain(months(4, 12)).chain(weekdays);
    let all = all.chain([today.to_string()]);
    all.map(|day| (day.split_whitespace().collect(), day)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Wednesday.
    fn now() -> Zoned {
        "2026-03-25T00:30:00+01:00[Europe/Oslo]".parse().unwrap()
    }

    #[test]
    fn a_year_a_month_and_a_day_begin_at_midnight_there() {
        let at = |text: &str| {
            let found = beginning(text, &now())?;
            Some(jiff::Timestamp::from_microsecond(found).unwrap().to_string())
        };
        assert_eq!(at("2026").as_deref(), Some("2025-12-31T23:00:00Z"));
        assert_eq!(at("2026-07").as_deref(), Some("2026-06-30T22:00:00Z"));
        assert_eq!(at("14.3.2026"), at("2026-03-14"));
        for nothing in ["", "soon", "2026-13", "2026-02-30", "1.2.3.2026", "99999", "i", "dag"] {
            assert_eq!(at(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn today_yesterday_and_the_days_of_the_week_are_the_newest_that_have_begun() {
        for (date, names) in [
            ("2026-03-25", "idag,i dag,today,onsdag,wednesday"),
            ("2026-03-24", "igår,i  går,i gaar,igar,yesterday,tirsdag,tysdag,tisdag,tuesday"),
            ("2026-03-23", "mandag,måndag,maandag,monday"),
            ("2026-03-21", "lørdag,loerdag,lordag,lördag,laurdag,saturday"),
            ("2026-03-19", "torsdag,thursday"),
        ] {
            for name in names.split(',') {
                assert_eq!(beginning(name, &now()), beginning(date, &now()), "{name}");
            }
        }
    }

    #[test]
    fn the_days_that_are_offered_can_be_searched_for() {
        let days = |tongue: Tongue| offered(now().date(), tongue);
        let first: Vec<String> = days(Tongue::Da).into_iter().map(|(_, day)| day).take(5).collect();
        assert_eq!(first, ["i dag", "i går", "2026-03", "2026-02", "2026-01"]);
        for (put, day) in Tongue::ALL.into_iter().flat_map(days) {
            assert!(beginning(&put, &now()).is_some() && !put.contains(' '), "{put}, {day}");
        }
    }
}
