//! When things happen: citizens write in the evening too, staff answer in office hours.

use crate::dice::Dice;
use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, Zoned};
use std::sync::LazyLock;

/// The times at which `count` inquiries arrive in the year before `until`, sorted.
///
/// Weekends are quiet, nights nearly silent, and the last two weeks a little busier than the rest.
pub(crate) fn arrivals(dice: &mut Dice, until: Timestamp, count: usize) -> Vec<Timestamp> {
    let days: Vec<Zoned> = (0..DAYS_BACK)
        .filter_map(|back| local(until).checked_sub(Span::new().days(back)).ok())
        .collect();
    let weights: Vec<f64> = days
        .iter()
        .enumerate()
        .map(|(back, day)| weekday_weight(day) * if back < 14 { 1.9 } else { 1.0 })
        .collect();
    let mut arrivals: Vec<Timestamp> = Vec::with_capacity(count);
    while arrivals.len() < count {
        let day = &days[dice.weighted(&weights)];
        let hour = dice.weighted(&HOURS);
        let seconds = i64::try_from(hour).unwrap_or(12) * 3_600 + dice.between(0, 3_599);
        let at = start_of_day(day) + SignedDuration::from_secs(seconds);
        // A minute's grace, so that the newest letter does not come from the future.
        if at < until - SignedDuration::from_mins(1) {
            arrivals.push(at);
        }
    }
    arrivals.sort();
    arrivals
}

/// The first moment in office hours that lies `minutes` of working time after `from`.
pub(crate) fn working(from: Timestamp, minutes: f64) -> Timestamp {
    let mut at = into_office(local(from).datetime());
    let mut left = SignedDuration::from_secs_f64((minutes.max(0.0) * 60.0).round());
    loop {
        let today = at.date().at(CLOSES, 0, 0, 0).duration_since(at);
        if left < today {
            return instant(at + left);
        }
        left -= today;
        at = into_office(at.date().at(CLOSES, 0, 0, 0));
    }
}

/// The month (1 to 12) in Fjordby.
pub(crate) fn month(at: Timestamp) -> i8 {
    local(at).month()
}

/// Fjordby's own time. Written as a rule, because a machine need not have the zone files.
pub(crate) fn local(at: Timestamp) -> Zoned {
    at.to_zoned(ZONE.clone())
}

const DAYS_BACK: i64 = 365;
const OPENS: i8 = 8;
const CLOSES: i8 = 16;

/// How many letters come in each hour of the day, relative to each other.
const HOURS: [f64; 24] = [
    0.3, 0.1, 0.05, 0.05, 0.05, 0.2, 0.8, 2.5, 6.0, 8.5, 9.0, 8.0, 7.0, 7.0, 7.5, 6.5, 5.0, 4.5,
    4.5, 5.5, 6.0, 5.0, 3.0, 1.2,
];

static ZONE: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC));

fn weekday_weight(day: &Zoned) -> f64 {
    match day.weekday() {
        Weekday::Monday => 1.25,
        Weekday::Friday => 0.9,
        Weekday::Saturday => 0.3,
        Weekday::Sunday => 0.35,
        _ => 1.0,
    }
}

fn start_of_day(day: &Zoned) -> Timestamp {
    instant(day.date().at(0, 0, 0, 0))
}

/// The moment itself if the office is open, else when it next opens.
fn into_office(at: DateTime) -> DateTime {
    let mut date = at.date();
    let too_late = at.hour() >= CLOSES;
    if too_late {
        date = date.tomorrow().unwrap_or(date);
    }
    let moved = too_late || is_weekend(date.weekday());
    while is_weekend(date.weekday()) {
        date = date.tomorrow().unwrap_or(date);
    }
    if moved || at.hour() < OPENS { date.at(OPENS, at.minute() / 4, at.second(), 0) } else { at }
}

fn is_weekend(weekday: Weekday) -> bool {
    matches!(weekday, Weekday::Saturday | Weekday::Sunday)
}

fn instant(at: DateTime) -> Timestamp {
    ZONE.to_ambiguous_timestamp(at).compatible().unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn working_from(from: &str, minutes: f64) -> String {
        let from: DateTime = from.parse().unwrap();
        local(working(instant(from), minutes)).datetime().to_string()
    }

    #[test]
    fn work_goes_on_the_next_morning_and_not_at_weekends() {
        assert_eq!(working_from("2026-03-12T10:00:00", 30.0), "2026-03-12T10:30:00");
        assert_eq!(working_from("2026-03-12T15:50:00", 30.0), "2026-03-13T08:20:00");
        assert_eq!(working_from("2026-03-13T15:50:00", 30.0), "2026-03-16T08:20:00");
        assert_eq!(working_from("2026-03-14T12:00:00", 5.0), "2026-03-16T08:05:00");
        assert_eq!(working_from("2026-03-11T06:00:00", 0.0), "2026-03-11T08:00:00");
    }
}
