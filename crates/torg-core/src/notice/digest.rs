//! How often what was not seen is sent by mail.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::hours::{days, shown_at};

/// How often.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Digest {
    #[default]
    Never,
    /// At every full hour.
    Hourly,
    /// Once a day, at a minute of the day, 0 to 1439.
    Daily(u16),
}

/// A text that is none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a digest")]
pub struct NotADigest;

impl Digest {
    /// When the next one is due after `now`; `None` for never.
    ///
    /// ```
    /// use torg_core::notice::Digest;
    /// let zone = jiff::tz::TimeZone::UTC;
    /// let now = "2026-05-08T07:30:00Z".parse().unwrap();
    /// assert_eq!(Digest::Daily(450).next(now, &zone), "2026-05-09T07:30:00Z".parse().ok());
    /// assert_eq!(Digest::Hourly.next(now, &zone), "2026-05-08T08:00:00Z".parse().ok());
    /// ```
    pub fn next(self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Never => None,
            Self::Hourly => {
                let hour = now.as_second().div_euclid(3600) * 3600;
                Timestamp::from_second(hour).ok().map(|hour| hour + SignedDuration::from_hours(1))
            }
            Self::Daily(minute) => {
                let today = zone.to_datetime(now).date();
                let moments = [today, days::tomorrow(today)].into_iter();
                let mut moments = moments.map(|day| shown_at(zone, day, minute, false));
                let next = moments.find(|moment| *moment > now.as_microsecond())?;
                Timestamp::from_microsecond(next).ok()
            }
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("never"),
            Self::Hourly => f.write_str("hourly"),
            Self::Daily(minute) => write!(f, "daily {minute}"),
        }
    }
}

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        match text {
            "never" => Ok(Self::Never),
            "hourly" => Ok(Self::Hourly),
            _ => {
                let minute = text.strip_prefix("daily ").and_then(|minute| minute.parse().ok());
                minute.filter(|minute| *minute < 1440).map(Self::Daily).ok_or(NotADigest)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_daily_one_keeps_to_the_clock_on_the_wall() {
        let oslo = TimeZone::get("Europe/Oslo").unwrap();
        let next = |now: &str| {
            Digest::Daily(450).next(now.parse().unwrap(), &oslo).map(|at| at.to_string()).unwrap()
        };
        assert_eq!(next("2026-03-28T05:00:00Z"), "2026-03-28T06:30:00Z");
        assert_eq!(next("2026-03-28T06:30:00Z"), "2026-03-29T05:30:00Z");
    }

    #[test]
    fn what_is_kept_is_read_again() {
        for digest in [Digest::Never, Digest::Hourly, Digest::Daily(0), Digest::Daily(1439)] {
            assert_eq!(digest.to_string().parse(), Ok(digest));
        }
        assert_eq!("daily 1440".parse::<Digest>(), Err(NotADigest));
        assert_eq!("weekly".parse::<Digest>(), Err(NotADigest));
    }
}
