//! Deadlines of the law: counted in days, not in opening hours.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{OpeningHours, days};

/// How long the law gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deadline {
    /// So many working days, the day of arrival not counted.
    WorkingDays(u16),
    /// So many days of any kind, the day of arrival not counted. What would end on a Saturday,
    /// Sunday or holiday ends on the next working day.
    CalendarDays(u16),
}

impl Deadline {
    /// The last day of a deadline that began on `day`.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use torg_core::hours::{Deadline, OpeningHours};
    /// let friday = date(2026, 11, 20);
    /// let last = Deadline::WorkingDays(7).last_day(&OpeningHours::default(), friday);
    /// assert_eq!(last, date(2026, 12, 1));
    /// ```
    pub fn last_day(self, hours: &OpeningHours, day: Date) -> Date {
        match self {
            Self::WorkingDays(count) => {
                (0..count).fold(day, |last, _| working_day_from(hours, days::tomorrow(last)))
            }
            Self::CalendarDays(count) => working_day_from(hours, days::plus(day, i64::from(count))),
        }
    }

    /// The last minute of the last day of a deadline that began at `from`.
    pub fn ends(self, hours: &OpeningHours, zone: &TimeZone, from: Timestamp) -> Option<Timestamp> {
        let last = self.last_day(hours, from.to_zoned(zone.clone()).date());
        let end = zone.to_ambiguous_timestamp(last.at(23, 59, 0, 0));
        end.later().ok()
    }
}

/// `date`, or the first working day after it. There is one within days, for a year has fewer
/// holidays than Mondays.
fn working_day_from(hours: &OpeningHours, date: Date) -> Date {
    let mut day = date;
    while day < days::LAST && !hours.is_working_day(day) {
        day = days::tomorrow(day);
    }
    day
}
