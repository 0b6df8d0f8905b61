//! The algebra, the calendar, and the two nights a year when clocks are changed.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;

fn oslo() -> TimeZone {
    TimeZone::get("Europe/Oslo").unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse::<jiff::civil::DateTime>().unwrap().to_zoned(oslo()).unwrap().timestamp()
}

fn hours(text: &str) -> Hours {
    text.parse().unwrap()
}

fn norwegian(week: &str) -> OpeningHours {
    let kept = Country::No.holidays().iter().filter_map(|(day, rest)| Some((*day, (*rest)?)));
    OpeningHours { holidays: kept.collect(), ..OpeningHours::weekdays(&hours(week)) }
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

fn closed(from: Date, to: Date) -> OneOff {
    OneOff { from, to, hours: Hours::default(), name: String::new() }
}

/// Hours around the clock, so that only the length of the night counts.
fn always() -> OpeningHours {
    let week = Week { days: std::array::from_fn(|_| hours("0-24")) };
    OpeningHours { week, ..OpeningHours::default() }
}

#[test]
fn an_hour_before_closing_time_on_friday_lasts_until_monday_morning() {
    let clock = norwegian("8-15.30").in_zone(oslo());
    let friday = at("2026-11-20T15:00");
    assert_eq!(clock.after(friday, minutes(60)), Some(at("2026-11-23T08:30")));
    assert_eq!(clock.working_time(friday, at("2026-11-23T08:30")), minutes(60));
    assert!(clock.is_open(friday) && !clock.is_open(at("2026-11-20T15:30")));
}

#[test]
fn a_minute_half_a_minute_before_closing_ends_half_a_minute_after_opening() {
    let clock = norwegian("8-16").in_zone(oslo());
    let found = clock.after(at("2026-11-23T15:59:30"), minutes(1));
    assert_eq!(found, Some(at("2026-11-24T08:00:30")));
}

#[test]
fn lunch_evenings_and_nights_are_intervals_like_others() {
    let day = norwegian("8-12, 12.30-15.30, 18-20").in_zone(oslo());
    let monday = at("2026-11-23T08:00");
    assert_eq!(day.working_time(monday, at("2026-11-24T08:00")), minutes(9 * 60));
    let night = norwegian("22-6").in_zone(oslo());
    assert_eq!(night.after(monday, minutes(3 * 60)), Some(at("2026-11-24T01:00")));
    // Friday's night lasts into Saturday, which has no hours of its own.
    assert_eq!(
        night.working_time(at("2026-11-27T00:00"), at("2026-11-30T00:00")),
        minutes(14 * 60)
    );
}

#[test]
fn a_half_day_ends_at_noon_and_easter_is_closed() {
    let clock = norwegian("8-16").in_zone(oslo());
    // Christmas Eve of 2026 is a Thursday.
    assert_eq!(clock.working_time(at("2026-12-24T00:00"), at("2026-12-25T00:00")), minutes(4 * 60));
    // Wednesday before Easter until Tuesday after it.
    assert_eq!(clock.after(at("2026-04-01T11:00"), minutes(120)), Some(at("2026-04-07T09:00")));
}

#[test]
fn the_night_the_clocks_go_forward_has_an_hour_less_and_the_other_an_hour_more() {
    let clock = always().in_zone(oslo());
    let day = |day: &str, next: &str| clock.working_time(at(day), at(next)).as_hours();
    assert_eq!(day("2026-03-29T00:00", "2026-03-30T00:00"), 23);
    assert_eq!(day("2026-10-25T00:00", "2026-10-26T00:00"), 25);
    let shift = OpeningHours {
        week: Week { days: std::array::from_fn(|_| hours("22-6")) },
        ..OpeningHours::default()
    };
    let shift = shift.in_zone(oslo());
    let night = |from: &str, to: &str| shift.working_time(at(from), at(to)).as_hours();
    assert_eq!(night("2026-03-28T12:00", "2026-03-29T12:00"), 7);
    assert_eq!(night("2026-10-24T12:00", "2026-10-25T12:00"), 9);
}

#[test]
fn hours_within_the_hour_that_is_skipped_are_none_that_night() {
    let mut special = OpeningHours::default();
    special.week.days[6] = hours("2-3");
    let clock = special.in_zone(oslo());
    let on = |day: &str, next: &str| clock.working_time(at(day), at(next)).as_mins();
    assert_eq!(on("2026-03-29T00:00", "2026-03-30T00:00"), 0);
    assert_eq!(on("2026-10-25T00:00", "2026-10-26T00:00"), 120);
    assert_eq!(on("2026-11-01T00:00", "2026-11-02T00:00"), 60);
}

#[test]
fn years_of_closure_are_answered_and_never_is_said() {
    let mut closed_long = norwegian("8-16");
    closed_long.one_offs.push(closed(date(2026, 1, 1), date(2476, 12, 31)));
    let clock = closed_long.in_zone(oslo());
    let found = clock.after(at("2026-05-04T08:00"), minutes(60)).unwrap();
    assert_eq!(found.to_zoned(oslo()).date(), date(2477, 1, 4));
    closed_long.one_offs.push(closed(date(2400, 1, 1), date(9999, 12, 31)));
    assert_eq!(closed_long.in_zone(oslo()).after(at("2026-05-04T08:00"), minutes(1)), None);
    let refused = closed_long.check(oslo(), at("2026-05-04T08:00"));
    assert_eq!(refused, Err(HoursRefused::NeverOpen));
}

#[test]
fn hours_that_never_open_are_refused_and_one_that_opens_once_is_not() {
    let now = at("2026-05-04T08:00");
    let mut once = OpeningHours::default();
    assert_eq!(once.check(oslo(), now), Err(HoursRefused::NeverOpen));
    let day = date(2031, 6, 1);
    once.one_offs.push(OneOff { from: day, to: day, hours: hours("9-11"), name: String::new() });
    assert_eq!(once.check(oslo(), now), Ok(()));
    assert_eq!(once.in_zone(oslo()).after(now, minutes(121)), None);
    assert_eq!(once.check(oslo(), at("2031-06-02T00:00")), Err(HoursRefused::NeverOpen));
    once.one_offs.push(closed(date(2027, 2, 2), date(2027, 2, 1)));
    assert_eq!(once.check(oslo(), now), Err(HoursRefused::EndsBeforeItBegins));
}

#[test]
fn an_opening_goes_before_a_closure_and_both_before_a_holiday() {
    let mut special = norwegian("8-16");
    special.one_offs.push(closed(date(2026, 7, 1), date(2026, 7, 31)));
    let (day, open) = (date(2026, 7, 8), hours("10-12"));
    special.one_offs.push(OneOff { from: day, to: day, hours: open, name: "Summer".into() });
    let constitution = date(2026, 5, 17);
    let (from, to) = (constitution, constitution);
    special.one_offs.push(OneOff { from, to, hours: hours("9-10"), name: String::new() });
    let clock = special.in_zone(oslo());
    let july = clock.working_time(at("2026-07-01T00:00"), at("2026-08-01T00:00"));
    assert_eq!(july, minutes(120));
    let may = clock.working_time(at("2026-05-17T00:00"), at("2026-05-18T00:00"));
    assert_eq!(may, minutes(60));
}

#[test]
fn seven_danish_working_days_pass_over_easter_and_christmas() {
    let kept = Country::Dk.holidays().iter().filter_map(|(day, rest)| Some((*day, (*rest)?)));
    let danish = OpeningHours { holidays: kept.collect(), ..OpeningHours::default() };
    let last = |from| Deadline::WorkingDays(7).last_day(&danish, from);
    // Maundy Thursday, Good Friday and Easter Monday of 2026 are 2, 3 and 6 April.
    assert_eq!(last(date(2026, 3, 30)), date(2026, 4, 13));
    // Christmas Eve is a Thursday; the 1st of January a Friday.
    assert_eq!(last(date(2026, 12, 21)), date(2027, 1, 5));
    // 24 December, 14 calendar days after the 10th, is kept, and so are the two after it.
    let calendar = Deadline::CalendarDays(14).last_day(&danish, date(2026, 12, 10));
    assert_eq!(calendar, date(2026, 12, 28));
}

#[test]
fn holidays_fall_on_the_days_of_the_almanac() {
    for (holiday, year, day) in [
        (Holiday::EasterSunday, 2024, date(2024, 3, 31)),
        (Holiday::EasterSunday, 2025, date(2025, 4, 20)),
        (Holiday::EasterSunday, 2038, date(2038, 4, 25)),
        (Holiday::GoodFriday, 2027, date(2027, 3, 26)),
        (Holiday::AscensionDay, 2026, date(2026, 5, 14)),
        (Holiday::WhitMonday, 2026, date(2026, 5, 25)),
        (Holiday::MidsummerEve, 2026, date(2026, 6, 19)),
        (Holiday::MidsummerDay, 2027, date(2027, 6, 26)),
        (Holiday::AllSaintsDay, 2026, date(2026, 10, 31)),
        (Holiday::AllSaintsDay, 2027, date(2027, 11, 6)),
    ] {
        assert_eq!(holiday.on(year), Some(day), "{holiday:?} {year}");
    }
}

#[test]
fn hours_are_read_as_people_write_them_and_written_one_way() {
    for (written, read) in [
        ("8-16", "08:00–16:00"),
        ("8.00 – 12.00; 12:30-15:30", "08:00–12:00, 12:30–15:30"),
        ("22-6", "22:00–06:00"),
        ("0-24", "00:00–24:00"),
        ("10-12, 8-10", "08:00–12:00"),
        ("", ""),
    ] {
        let hours = hours(written);
        assert_eq!(hours.to_string(), read);
        assert_eq!(read.parse(), Ok(hours));
    }
    for wrong in ["8", "8-8", "25-26", "8-12.60", "24-2", "x", "8-7, 6-9", "-", "8--9", "+8-9"] {
        assert!(wrong.parse::<Hours>().is_err(), "{wrong}");
    }
}

#[test]
fn what_is_kept_is_read_back_the_same() {
    let mut kept = norwegian("8-12, 22-2");
    kept.one_offs.push(closed(date(2026, 7, 1), date(2026, 7, 31)));
    let Ok(text) = serde_json::to_string(&kept) else { panic!("hours as JSON") };
    assert_eq!(serde_json::from_str::<OpeningHours>(&text).ok(), Some(kept));
}

fn some_hours() -> impl Strategy<Value = Hours> {
    let texts =
        ["", "8-15.30", "8-12, 12.30-16", "22-6", "0-24", "1.30-2.30", "2-3, 23-1", "7-7.01"];
    proptest::sample::select(texts.to_vec()).prop_map(hours)
}

fn some_day() -> impl Strategy<Value = Date> {
    (2020_i16..2035, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn some_one_off() -> impl Strategy<Value = OneOff> {
    (some_day(), 0_i64..40, some_hours()).prop_map(|(from, length, hours)| OneOff {
        from,
        to: days::plus(from, if hours.is_empty() { length * length } else { length }),
        hours,
        name: String::new(),
    })
}

fn some_opening_hours() -> impl Strategy<Value = OpeningHours> {
    let kept = (proptest::sample::select(Holiday::ALL.to_vec()), any::<bool>());
    let kept = kept.prop_map(|(day, all)| (day, if all { Rest::Closed } else { Rest::AT_NOON }));
    let week = proptest::array::uniform7(some_hours()).prop_map(|days| Week { days });
    let holidays = proptest::collection::vec(kept, 0..8);
    let one_offs = proptest::collection::vec(some_one_off(), 0..4);
    (week, holidays, one_offs).prop_map(|(week, holidays, one_offs)| OpeningHours {
        week,
        holidays: holidays.into_iter().collect(),
        one_offs,
    })
}

/// A moment within fifteen years, often in a night when the clocks change.
fn some_moment() -> impl Strategy<Value = Timestamp> {
    let any = 1_577_836_800_000_000_i64..2_051_222_400_000_000;
    let spring = (2020_i64..2035).prop_map(|year| (year, 86_400_i64 * 87));
    let autumn = (2020_i64..2035).prop_map(|year| (year, 86_400_i64 * 297));
    let near = prop_oneof![spring, autumn].prop_flat_map(|(year, offset)| {
        let start = (year - 1970) * 31_556_952 + offset;
        (start * 1_000_000)..((start + 86_400 * 2) * 1_000_000)
    });
    prop_oneof![any, near].prop_map(|at| Timestamp::from_microsecond(at).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_sum_of_days_is_the_sum_of_each_day(hours in some_opening_hours(), from in some_day(), count in 0_i64..900) {
        let clock = hours.in_zone(oslo());
        let walked: SignedDuration = (0..count)
            .map(|offset| {
                let (day, next) = (days::plus(from, offset), days::plus(from, offset + 1));
                let start = |day: Date| day.to_zoned(oslo()).unwrap().timestamp();
                clock.working_time(start(day), start(next))
            })
            .sum();
        let start = |day: Date| day.to_zoned(oslo()).unwrap().timestamp();
        prop_assert_eq!(clock.working_time(start(from), start(days::plus(from, count))), walked);
    }

    #[test]
    fn working_time_is_monotone_and_additive(hours in some_opening_hours(), mut moments in proptest::array::uniform3(some_moment())) {
        moments.sort();
        let [first, second, third] = moments;
        let clock = hours.in_zone(oslo());
        let whole = clock.working_time(first, third);
        prop_assert_eq!(whole, clock.working_time(first, second) + clock.working_time(second, third));
        prop_assert!(whole <= third.duration_since(first));
        prop_assert!(whole >= SignedDuration::ZERO);
        prop_assert!(first == third || clock.working_time(third, first).is_zero());
    }

    #[test]
    fn after_is_the_inverse_of_working_time(hours in some_opening_hours(), from in some_moment(), time in 1_i64..400_000_000_000) {
        let clock = hours.in_zone(oslo());
        let time = SignedDuration::from_micros(time);
        if let Some(found) = clock.after(from, time) {
            prop_assert_eq!(clock.working_time(from, found), time);
            // And it is the first such moment.
            let just_before = found - SignedDuration::from_micros(1);
            prop_assert!(clock.working_time(from, just_before) < time);
        }
    }

    #[test]
    fn who_comes_later_is_due_no_earlier(hours in some_opening_hours(), mut moments in proptest::array::uniform2(some_moment()), time in 1_i64..400_000_000_000) {
        moments.sort();
        let clock = hours.in_zone(oslo());
        let due = |from| clock.after(from, SignedDuration::from_micros(time));
        match (due(moments[0]), due(moments[1])) {
            (Some(first), Some(second)) => prop_assert!(first <= second),
            (None, second) => prop_assert_eq!(second, None),
            (Some(_), None) => {}
        }
    }

    #[test]
    fn a_deadline_ends_on_a_working_day_and_never_sooner_for_more_days(from in some_day(), count in 0_u16..400) {
        let hours = norwegian("8-16");
        for (less, more) in [
            (Deadline::WorkingDays(count), Deadline::WorkingDays(count + 1)),
            (Deadline::CalendarDays(count), Deadline::CalendarDays(count + 1)),
        ] {
            let (first, second) = (less.last_day(&hours, from), more.last_day(&hours, from));
            prop_assert!(first <= second);
            prop_assert!(count == 0 || hours.is_working_day(first));
        }
    }
}
