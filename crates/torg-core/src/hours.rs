//! Opening hours as arithmetic over intervals: how much working time lies between two moments, and
//! which moment lies so much working time after another.
//!
//! Hours are told in local rules (a week, holidays, dates that differ) and counted in moments. A
//! rule belongs to the day it begins on, also where it lasts past midnight. Nothing here walks
//! through the years: weeks are multiplied, and only days that differ are looked at, so ten years
//! of closure cost what a weekend costs.

mod clock;
pub(crate) mod days;
mod deadline;
mod holidays;
mod week;

pub use clock::OpeningClock;
pub(crate) use clock::shown_at;
pub use deadline::Deadline;
pub use holidays::{Country, Holiday, Rest};
pub use week::{Hours, NotHours, Week};

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// When somebody is there to work, as it is kept and as people change it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpeningHours {
    pub week: Week,
    /// The holidays that are kept, and how.
    pub holidays: BTreeMap<Holiday, Rest>,
    /// Days that differ from all of the above.
    pub one_offs: Vec<OneOff>,
}

/// Days that differ: closed if `hours` is empty, else open as it says, each day from `from` to
/// `to`, both included. What opens goes before what closes, and either before a holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneOff {
    pub from: Date,
    pub to: Date,
    pub hours: Hours,
    /// What people call it: "Moving house".
    #[serde(default)]
    pub name: String,
}

/// Opening hours that cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursRefused {
    #[error("they never open")]
    NeverOpen,
    #[error("a date lies before the one it should follow")]
    EndsBeforeItBegins,
    /// Special hours for more than a year are a week of their own.
    #[error("special hours for more than {MOST_SPECIAL_DAYS} days")]
    TooLong,
    #[error("more than {MOST_ONE_OFFS} days that differ")]
    TooMany,
}

/// For how many days a one-off may open.
pub const MOST_SPECIAL_DAYS: i32 = 366;
/// How many one-offs there may be.
pub const MOST_ONE_OFFS: usize = 500;

impl OpeningHours {
    /// Monday to Friday with these hours, and nothing kept.
    pub fn weekdays(hours: &Hours) -> Self {
        let mut week = Week::default();
        for day in week.days.iter_mut().take(5) {
            *day = hours.clone();
        }
        Self { week, ..Self::default() }
    }

    /// These hours in a time zone, ready to be counted with.
    pub fn in_zone(&self, zone: TimeZone) -> OpeningClock {
        OpeningClock::new(self.clone(), zone)
    }

    /// Whether these hours may be kept: they open sometime after `now`, and their dates are in order.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, zone: TimeZone, now: Timestamp) -> Result<(), HoursRefused> {
        if self.one_offs.len() > MOST_ONE_OFFS {
            return Err(HoursRefused::TooMany);
        }
        for one_off in &self.one_offs {
            if one_off.to < one_off.from {
                return Err(HoursRefused::EndsBeforeItBegins);
            }
            if !one_off.hours.is_empty()
                && days::between(one_off.from, one_off.to) >= MOST_SPECIAL_DAYS
            {
                return Err(HoursRefused::TooLong);
            }
        }
        let a_minute = jiff::SignedDuration::from_mins(1);
        let opens = self.in_zone(zone).after(now, a_minute).is_some();
        opens.then_some(()).ok_or(HoursRefused::NeverOpen)
    }

    /// Whether the law counts `date`: Monday to Friday, and no holiday that is kept all day. What
    /// an office closes for otherwise stops no deadline.
    pub fn is_working_day(&self, date: Date) -> bool {
        let is_kept = |(holiday, rest): (&Holiday, &Rest)| {
            *rest == Rest::Closed && holiday.on(date.year()) == Some(date)
        };
        days::index(date) < 5 && !self.holidays.iter().any(is_kept)
    }
}

#[cfg(test)]
mod tests;
