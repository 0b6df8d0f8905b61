//! The hours of a day, and of a week.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Minutes of a day.
pub(super) const DAY: u16 = 24 * 60;

/// The hours of one day, in order and apart: minutes after its midnight, the end not included.
/// They begin on that day and may end on the next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours(Vec<(u16, u16)>);

/// What was written are no hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} are no hours")]
pub struct NotHours(pub String);

/// The hours of Monday to Sunday.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Week {
    pub days: [Hours; 7],
}

impl Hours {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The intervals: minutes after midnight, up to two days'.
    pub(super) fn intervals(&self) -> &[(u16, u16)] {
        &self.0
    }

    /// What of them lies before `minute` of the day.
    pub(super) fn until(&self, minute: u16) -> Self {
        let cut = self.0.iter().map(|(from, to)| (*from, (*to).min(minute)));
        Self(cut.filter(|(from, to)| from < to).collect())
    }

    /// Both together.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self(merged(self.0.iter().chain(&other.0).copied().collect()))
    }
}

/// In order, with what overlaps or touches made one.
pub(super) fn merged(mut intervals: Vec<(u16, u16)>) -> Vec<(u16, u16)> {
    intervals.sort_unstable();
    let mut merged: Vec<(u16, u16)> = Vec::with_capacity(intervals.len());
    for (from, to) in intervals {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

impl FromStr for Hours {
    type Err = NotHours;

    /// Reads "8-12, 12.30–15:30", "22–06" (past midnight), "0-24", or nothing for closed.
    fn from_str(text: &str) -> Result<Self, NotHours> {
        let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let intervals: Option<Vec<_>> = parts.map(interval).collect();
        let merged = intervals.map(merged);
        // What is written must read back the same, and nothing of it begins before it ended.
        let fits = |hours: &Vec<(u16, u16)>| {
            hours.iter().all(|(from, to)| to - from < DAY || (*from, *to) == (0, DAY))
        };
        let hours = merged.filter(fits).map(Self);
        hours.ok_or_else(|| NotHours(text.chars().take(100).collect()))
    }
}

fn interval(text: &str) -> Option<(u16, u16)> {
    let (from, to) = text.split_once(['-', '–', '—', '−'])?;
    let (from, to) = (minute(from.trim())?, minute(to.trim())?);
    match () {
        () if from == DAY => None,
        () if from < to => Some((from, to)),
        () if from > to => Some((from, to + DAY)),
        () => None,
    }
}

/// The minute of "8", "8.30", "08:30" or "24".
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "00"));
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        let is_number =
            digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (number(hour, 1..=2)?, number(minute, 2..=2)?);
    let whole = hour * 60 + minute;
    (minute < 60 && whole <= DAY).then_some(whole)
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (from, to)) in self.0.iter().enumerate() {
            let (comma, to) =
                (if place > 0 { ", " } else { "" }, if *to > DAY { to - DAY } else { *to });
            let (h1, m1, h2, m2) = (from / 60, from % 60, to / 60, to % 60);
            write!(f, "{comma}{h1:02}:{m1:02}–{h2:02}:{m2:02}")?;
        }
        Ok(())
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> String {
        hours.to_string()
    }
}

impl TryFrom<String> for Hours {
    type Error = NotHours;
    fn try_from(text: String) -> Result<Self, NotHours> {
        text.parse()
    }
}
