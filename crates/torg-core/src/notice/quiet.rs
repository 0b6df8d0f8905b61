//! Hours in which nobody wants to be told anything.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::hours::{days, shown_at};

/// From a time of day to another, on the evenings it begins on. What ends at or before the time it
/// begins at lasts past midnight; the same time twice is a whole day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// On which days it begins, Monday first.
    pub days: [bool; 7],
    /// Minutes of the day, 0 to 1439.
    pub from: u16,
    pub to: u16,
}

/// A text that is no quiet hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not quiet hours")]
pub struct NotQuiet;

impl Quiet {
    /// The moment at which it ends, if it is quiet `now`. What follows without a gap is one.
    ///
    /// ```
    /// use torg_core::notice::Quiet;
    /// let quiet: Quiet = "1111100 1320-420".parse().unwrap(); // weekdays, 22:00–07:00
    /// let zone = jiff::tz::TimeZone::UTC;
    /// let friday_night = "2026-05-08T23:30:00Z".parse().unwrap();
    /// assert_eq!(quiet.until(friday_night, &zone), "2026-05-09T07:00:00Z".parse().ok());
    /// assert_eq!(quiet.until("2026-05-09T23:30:00Z".parse().unwrap(), &zone), None);
    /// ```
    pub fn until(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let today = zone.to_datetime(now).date();
        let (mut at, mut end) = (now.as_microsecond(), None);
        for day in (-1..=8).map(|distance| days::plus(today, distance)) {
            if let Some((from, to)) = self.on(day, zone)
                && (from..to).contains(&at)
            {
                (at, end) = (to, Some(to));
            }
        }
        end.and_then(|end| Timestamp::from_microsecond(end).ok())
    }

    /// What begins on a day, in microseconds UTC.
    fn on(&self, day: Date, zone: &TimeZone) -> Option<(i64, i64)> {
        if !self.days[days::index(day)] {
            return None;
        }
        let last = if self.to > self.from { day } else { days::tomorrow(day) };
        Some((shown_at(zone, day, self.from, false), shown_at(zone, last, self.to, true)))
    }
}

impl fmt::Display for Quiet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for day in self.days {
            f.write_str(if day { "1" } else { "0" })?;
        }
        write!(f, " {}-{}", self.from, self.to)
    }
}

impl FromStr for Quiet {
    type Err = NotQuiet;

    fn from_str(text: &str) -> Result<Self, NotQuiet> {
        let (days, times) = text.split_once(' ').ok_or(NotQuiet)?;
        let (from, to) = times.split_once('-').ok_or(NotQuiet)?;
        let minute = |text: &str| text.parse().ok().filter(|minute| *minute < 1440);
        let days: Vec<bool> = days.chars().map(|day| day == '1').collect();
        Ok(Self {
            days: days.try_into().map_err(|_| NotQuiet)?,
            from: minute(from).ok_or(NotQuiet)?,
            to: minute(to).ok_or(NotQuiet)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oslo() -> TimeZone {
        TimeZone::get("Europe/Oslo").unwrap()
    }

    fn until(quiet: &str, now: &str) -> Option<String> {
        let quiet: Quiet = quiet.parse().unwrap();
        quiet.until(now.parse().unwrap(), &oslo()).map(|end| end.to_string())
    }

    #[test]
    fn a_night_belongs_to_the_evening_it_begins_on() {
        let weekdays = "1111100 1320-420";
        // Friday 22:00 to Saturday 07:00, summer time.
        assert_eq!(until(weekdays, "2026-05-08T19:59:59Z"), None);
        assert_eq!(until(weekdays, "2026-05-08T20:00:00Z").unwrap(), "2026-05-09T05:00:00Z");
        assert_eq!(until(weekdays, "2026-05-09T04:59:59Z").unwrap(), "2026-05-09T05:00:00Z");
        assert_eq!(until(weekdays, "2026-05-09T05:00:00Z"), None);
        assert_eq!(until(weekdays, "2026-05-10T01:00:00Z"), None, "Saturday's night is not quiet");
        assert_eq!(until(weekdays, "2026-05-11T01:00:00Z"), None, "nor is Sunday's");
    }

    #[test]
    fn hours_within_a_day_end_on_it() {
        let lunch = "1111111 690-750";
        assert_eq!(until(lunch, "2026-05-08T09:45:00Z").unwrap(), "2026-05-08T10:30:00Z");
        assert_eq!(until(lunch, "2026-05-08T10:30:00Z"), None);
    }

    #[test]
    fn whole_days_are_one_quiet_time() {
        // Saturday and Sunday from midnight to midnight.
        let weekend = "0000011 0-0";
        assert_eq!(until(weekend, "2026-05-09T06:00:00Z").unwrap(), "2026-05-10T22:00:00Z");
        assert_eq!(until(weekend, "2026-05-10T22:00:00Z"), None);
        assert!(until("1111111 0-0", "2026-05-09T06:00:00Z").is_some());
        assert_eq!(until("0000000 0-0", "2026-05-09T06:00:00Z"), None);
    }

    #[test]
    fn the_night_on_which_clocks_change_is_an_hour_shorter_or_longer() {
        let nights = "1111111 1320-420";
        // Summer time begins on 29 March 2026 at 02:00 and ends on 25 October at 03:00.
        assert_eq!(until(nights, "2026-03-28T21:00:00Z").unwrap(), "2026-03-29T05:00:00Z");
        assert_eq!(until(nights, "2026-10-24T20:00:00Z").unwrap(), "2026-10-25T06:00:00Z");
        // 02:30 is skipped: it is quiet until the clocks change. Shown twice: until the second.
        let early = "1111111 0-150";
        assert_eq!(until(early, "2026-03-28T23:30:00Z").unwrap(), "2026-03-29T01:00:00Z");
        assert_eq!(until(early, "2026-10-25T00:45:00Z").unwrap(), "2026-10-25T01:30:00Z");
    }

    #[test]
    fn what_is_kept_is_read_again() {
        for text in ["1111100 1320-420", "0000011 0-0"] {
            assert_eq!(text.parse::<Quiet>().unwrap().to_string(), text);
        }
        for text in ["", "1111100", "111 1-2", "1111111 0-1440", "1111111 -1-5"] {
            assert_eq!(text.parse::<Quiet>(), Err(NotQuiet), "{text}");
        }
    }
}
