//! The holidays of Denmark, Norway and Sweden, and the days before them on which offices close
//! early or not at all open.
//!
//! Sources: Danish `Lov om helligdage` (the Great Prayer Day is none since 2024), Norwegian `Lov om
//! helligdager og helligdagsfred` and the days of 1 and 17 May, Swedish `Lag (1989:253) om allmänna
//! helgdagar`.

use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

use super::days;

/// Whose holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Country {
    Dk,
    No,
    Se,
}

/// How a holiday is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rest {
    /// Closed all day.
    Closed,
    /// Open as usual until this minute after midnight.
    ClosesAt(u16),
}

impl Rest {
    pub const AT_NOON: Self = Self::ClosesAt(12 * 60);
}

/// A day in the year that many do not work on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holiday {
    NewYearsDay,
    TwelfthNight,
    Epiphany,
    WednesdayBeforeEaster,
    MaundyThursday,
    GoodFriday,
    EasterSunday,
    EasterMonday,
    WalpurgisNight,
    LabourDay,
    NorwegianNationalDay,
    AscensionDay,
    DayAfterAscension,
    WhitSunday,
    WhitMonday,
    DanishConstitutionDay,
    SwedishNationalDay,
    MidsummerEve,
    MidsummerDay,
    AllSaintsDay,
    ChristmasEve,
    ChristmasDay,
    SecondChristmasDay,
    NewYearsEve,
}

impl Country {
    pub const ALL: [Self; 3] = [Self::Dk, Self::No, Self::Se];

    /// Its holidays in the order of the year, with how offices usually keep them; `None` is usual
    /// to be open on.
    pub fn holidays(self) -> &'static [(Holiday, Option<Rest>)] {
        match self {
            Self::Dk => DANISH,
            Self::No => NORWEGIAN,
            Self::Se => SWEDISH,
        }
    }
}

const CLOSED: Option<Rest> = Some(Rest::Closed);
const NOON: Option<Rest> = Some(Rest::AT_NOON);

use Holiday as H;

const DANISH: &[(Holiday, Option<Rest>)] = &[
    (H::NewYearsDay, CLOSED),
    (H::MaundyThursday, CLOSED),
    (H::GoodFriday, CLOSED),
    (H::EasterSunday, CLOSED),
    (H::EasterMonday, CLOSED),
    (H::LabourDay, NOON),
    (H::AscensionDay, CLOSED),
    (H::DayAfterAscension, None),
    (H::WhitSunday, CLOSED),
    (H::WhitMonday, CLOSED),
    (H::DanishConstitutionDay, CLOSED),
    (H::ChristmasEve, CLOSED),
    (H::ChristmasDay, CLOSED),
    (H::SecondChristmasDay, CLOSED),
    (H::NewYearsEve, CLOSED),
];

const NORWEGIAN: &[(Holiday, Option<Rest>)] = &[
    (H::NewYearsDay, CLOSED),
    (H::WednesdayBeforeEaster, NOON),
    (H::MaundyThursday, CLOSED),
    (H::GoodFriday, CLOSED),
    (H::EasterSunday, CLOSED),
    (H::EasterMonday, CLOSED),
    (H::LabourDay, CLOSED),
    (H::NorwegianNationalDay, CLOSED),
    (H::AscensionDay, CLOSED),
    (H::DayAfterAscension, None),
    (H::WhitSunday, CLOSED),
    (H::WhitMonday, CLOSED),
    (H::ChristmasEve, NOON),
    (H::ChristmasDay, CLOSED),
    (H::SecondChristmasDay, CLOSED),
    (H::NewYearsEve, NOON),
];

const SWEDISH: &[(Holiday, Option<Rest>)] = &[
    (H::NewYearsDay, CLOSED),
    (H::TwelfthNight, NOON),
    (H::Epiphany, CLOSED),
    (H::MaundyThursday, None),
    (H::GoodFriday, CLOSED),
    (H::EasterSunday, CLOSED),
    (H::EasterMonday, CLOSED),
    (H::WalpurgisNight, NOON),
    (H::LabourDay, CLOSED),
    (H::AscensionDay, CLOSED),
    (H::DayAfterAscension, None),
    (H::WhitSunday, CLOSED),
    (H::SwedishNationalDay, CLOSED),
    (H::MidsummerEve, CLOSED),
    (H::MidsummerDay, CLOSED),
    (H::AllSaintsDay, CLOSED),
    (H::ChristmasEve, CLOSED),
    (H::ChristmasDay, CLOSED),
    (H::SecondChristmasDay, CLOSED),
    (H::NewYearsEve, CLOSED),
];

impl Holiday {
    pub const ALL: [Self; 24] = [
        H::NewYearsDay,
        H::TwelfthNight,
        H::Epiphany,
        H::WednesdayBeforeEaster,
        H::MaundyThursday,
        H::GoodFriday,
        H::EasterSunday,
        H::EasterMonday,
        H::WalpurgisNight,
        H::LabourDay,
        H::NorwegianNationalDay,
        H::AscensionDay,
        H::DayAfterAscension,
        H::WhitSunday,
        H::WhitMonday,
        H::DanishConstitutionDay,
        H::SwedishNationalDay,
        H::MidsummerEve,
        H::MidsummerDay,
        H::AllSaintsDay,
        H::ChristmasEve,
        H::ChristmasDay,
        H::SecondChristmasDay,
        H::NewYearsEve,
    ];

    /// The day it falls on; `None` outside the years that are counted.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use torg_core::hours::Holiday;
    /// assert_eq!(Holiday::EasterSunday.on(2026), Some(date(2026, 4, 5)));
    /// ```
    pub fn on(self, year: i16) -> Option<Date> {
        let fixed = |month, day| Date::new(year, month, day).ok();
        let easter = |offset| easter(year).map(|sunday| days::plus(sunday, offset));
        match self {
            H::NewYearsDay => fixed(1, 1),
            H::TwelfthNight => fixed(1, 5),
            H::Epiphany => fixed(1, 6),
            H::WednesdayBeforeEaster => easter(-4),
            H::MaundyThursday => easter(-3),
            H::GoodFriday => easter(-2),
            H::EasterSunday => easter(0),
            H::EasterMonday => easter(1),
            H::WalpurgisNight => fixed(4, 30),
            H::LabourDay => fixed(5, 1),
            H::NorwegianNationalDay => fixed(5, 17),
            H::AscensionDay => easter(39),
            H::DayAfterAscension => easter(40),
            H::WhitSunday => easter(49),
            H::WhitMonday => easter(50),
            H::DanishConstitutionDay => fixed(6, 5),
            H::SwedishNationalDay => fixed(6, 6),
            H::MidsummerEve => first_from(year, 6, 19, Weekday::Friday),
            H::MidsummerDay => first_from(year, 6, 20, Weekday::Saturday),
            H::AllSaintsDay => first_from(year, 10, 31, Weekday::Saturday),
            H::ChristmasEve => fixed(12, 24),
            H::ChristmasDay => fixed(12, 25),
            H::SecondChristmasDay => fixed(12, 26),
            H::NewYearsEve => fixed(12, 31),
        }
    }
}

/// The first `weekday` from that day on.
fn first_from(year: i16, month: i8, day: i8, weekday: Weekday) -> Option<Date> {
    let start = Date::new(year, month, day).ok()?;
    Some(days::plus(start, i64::from(start.weekday().until(weekday))))
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of Nature 1876, as in Meeus,
/// Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let wide = i32::from(year);
    let (golden, century, of_century) = (wide % 19, wide / 100, wide % 100);
    let moon =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let sum = moon + sunday - 7 * late + 114;
    let (month, day) = (i8::try_from(sum / 31).ok()?, i8::try_from(sum % 31 + 1).ok()?);
    Date::new(year, month, day).ok().filter(|found| *found >= date(1583, 1, 1))
}
