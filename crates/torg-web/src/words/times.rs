//! Times as people read them: "12 min", "today 10:31", "Fri 20 Nov 08:14".

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use torg_core::Language;

use super::texts::{Texts, word};

/// The moment a page is made, where, and for whom.
#[derive(Debug, Clone)]
pub(crate) struct Times {
    pub(crate) now: Timestamp,
    pub(crate) zone: TimeZone,
    pub(crate) texts: Texts,
}

const DAYS: [[&str; 7]; 5] = [
    ["man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn."],
    ["man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn."],
    ["mån.", "tys.", "ons.", "tors.", "fre.", "laur.", "sun."],
    ["mån", "tis", "ons", "tors", "fre", "lör", "sön"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
];
const MONTHS: [[&str; 12]; 5] = [
    ["jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."],
    ["jan.", "feb.", "mars", "apr.", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."],
    ["jan.", "feb.", "mars", "apr.", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."],
    ["jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
];

impl Times {
    /// How long ago, as short as it goes: "now", "12 min", "3 h", "yesterday", "Fri", "20 Nov", "Nov 2025".
    /// `at` is in microseconds UTC.
    pub(crate) fn age(&self, at: i64) -> String {
        let (then, now) = (self.local(at), self.local_now());
        let minutes = (self.now.as_microsecond() - at) / 60_000_000;
        let days = days_between(then.date(), now.date());
        match (minutes, days) {
            (..1, ..=0) => self.texts.say("times-now"),
            (..60, _) => self.texts.with("times-minutes", [("minutes", word(minutes.max(1)))]),
            (_, ..=0) => self.texts.with("times-hours", [("hours", word(minutes / 60))]),
            (_, 1) => self.texts.say("times-yesterday"),
            (_, ..7) => self.day(&then).to_owned(),
            _ if then.year() == now.year() => self.date(&then),
            _ => self.month_of(&then),
        }
    }

    /// The day and the minute: "today 10:31", "Fri 20 Nov 08:14", "20 Nov 2025 08:14".
    pub(crate) fn stamp(&self, at: i64) -> String {
        let (then, now) = (self.local(at), self.local_now());
        let clock = then.strftime("%H:%M");
        match days_between(then.date(), now.date()) {
            0 => format!("{} {clock}", self.texts.say("times-today")),
            1 => format!("{} {clock}", self.texts.say("times-yesterday")),
            _ if then.year() == now.year() => {
                format!("{} {} {clock}", self.day(&then), self.date(&then))
            }
            _ => format!("{} {} {clock}", self.date(&then), then.year()),
        }
    }

    /// A moment to come, as short as it goes: "14:00", "tomorrow 10:00", "Fri 10:00", "27 Nov".
    pub(crate) fn ahead(&self, at: i64) -> String {
        let (then, now) = (self.local(at), self.local_now());
        let clock = then.strftime("%H:%M");
        match days_between(now.date(), then.date()) {
            ..=0 => clock.to_string(),
            1 => format!("{} {clock}", self.texts.say("times-tomorrow")),
            2..7 => format!("{} {clock}", self.day(&then)),
            _ if then.year() == now.year() => self.date(&then),
            _ => format!("{} {}", self.date(&then), then.year()),
        }
    }

    /// How many midnights lie between now and a moment in the municipality's time; below zero for
    /// what is past.
    pub(crate) fn days_ahead(&self, at: i64) -> i64 {
        days_between(self.local_now().date(), self.local(at).date()).into()
    }

    /// Day, date and minute of any moment: "Fri 20 Nov 08:14", with its year if that is another one.
    pub(crate) fn to_the_minute(&self, at: i64) -> String {
        let (then, now) = (self.local(at), self.local_now());
        let year =
            if then.year() == now.year() { String::new() } else { format!(" {}", then.year()) };
        format!("{} {}{year} {}", self.day(&then), self.date(&then), then.strftime("%H:%M"))
    }

    /// A length of time in microseconds, as short as it goes: "12 min", "3 h", "2 days".
    pub(crate) fn length(&self, time: i64) -> String {
        match time / 60_000_000 {
            minutes @ ..60 => self.texts.with("times-minutes", [("minutes", word(minutes.max(1)))]),
            minutes @ ..2880 => self.texts.with("times-hours", [("hours", word(minutes / 60))]),
            minutes => self.texts.with("times-days", [("days", word(minutes / 1440))]),
        }
    }

    /// The day alone, with its year if that is another one.
    pub(crate) fn on(&self, at: i64) -> String {
        let then = self.local(at);
        if then.year() == self.local_now().year() { self.date(&then) } else { self.month_of(&then) }
    }

    /// The year alone.
    pub(crate) fn year(&self, at: i64) -> String {
        self.local(at).year().to_string()
    }

    /// A share in percent with one decimal, never rounded up to all: "99.9 %"; "–" of nothing.
    pub(crate) fn share(&self, part: i64, whole: i64) -> String {
        if whole <= 0 {
            return "–".to_owned();
        }
        let thousandths = part * 1000 / whole;
        let comma = if self.texts.language == Language::En { '.' } else { ',' };
        format!("{}{comma}{} %", thousandths / 10, thousandths % 10)
    }

    /// How many midnights ago that was; 0 or less is today.
    pub(crate) fn days_ago(&self, at: i64) -> i32 {
        days_between(self.local(at).date(), self.local_now().date())
    }

    /// A day of the week in short, 0 for Monday.
    pub(crate) fn weekday(&self, place: usize) -> &'static str {
        DAYS[self.language()].get(place).copied().unwrap_or_default()
    }

    /// The form machines read, for `<time datetime>`.
    pub(crate) fn machine(&self, at: i64) -> String {
        self.local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    fn local(&self, at: i64) -> Zoned {
        Timestamp::from_microsecond(at).unwrap_or_default().to_zoned(self.zone.clone())
    }

    pub(crate) fn local_now(&self) -> Zoned {
        self.now.to_zoned(self.zone.clone())
    }

    fn language(&self) -> usize {
        Language::ALL.iter().position(|language| *language == self.texts.language).unwrap_or(0)
    }

    fn day(&self, then: &Zoned) -> &'static str {
        let index = match then.weekday() {
            Weekday::Monday => 0,
            Weekday::Tuesday => 1,
            Weekday::Wednesday => 2,
            Weekday::Thursday => 3,
            Weekday::Friday => 4,
            Weekday::Saturday => 5,
            Weekday::Sunday => 6,
        };
        DAYS[self.language()][index]
    }

    /// "20. nov." in Danish and both Norwegians, "20 nov." in Swedish, "20 Nov" in English.
    fn date(&self, then: &Zoned) -> String {
        let dot = if matches!(self.texts.language, Language::Da | Language::Nb | Language::Nn) {
            "."
        } else {
            ""
        };
        format!("{}{dot} {}", then.day(), self.month(then))
    }

    fn month_of(&self, then: &Zoned) -> String {
        format!("{} {}", self.month(then), then.year())
    }

    fn month(&self, then: &Zoned) -> &'static str {
        let index = usize::try_from(then.month() - 1).unwrap_or(0);
        MONTHS[self.language()][index]
    }
}

/// Whole days from `then` to `now`; 0 or less is today or, by a clock that runs ahead, later.
fn days_between(then: Date, now: Date) -> i32 {
    (now - then).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sunday 22 November 2026, 10:51 in Oslo.
    fn times(language: Language) -> Times {
        Times {
            now: "2026-11-22T09:51:00Z".parse().unwrap(),
            zone: TimeZone::get("Europe/Oslo").unwrap(),
            texts: Texts { language },
        }
    }

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_microsecond()
    }

    #[test]
    fn an_age_gets_coarser_the_longer_ago_it_is() {
        let nb = times(Language::Nb);
        let ages = [
            ("2026-11-22T09:50:40Z", "nå"),
            ("2026-11-22T09:39:00Z", "12 min"),
            ("2026-11-22T07:00:00Z", "2 t"),
            ("2026-11-21T20:00:00Z", "i går"),
            ("2026-11-20T07:14:00Z", "fre."),
            ("2026-10-03T07:14:00Z", "3. okt."),
            ("2025-11-20T07:14:00Z", "nov. 2025"),
        ];
        for (then, expected) in ages {
            assert_eq!(nb.age(at(then)), expected, "{then}");
        }
        // A sender's clock may run ahead of ours.
        assert_eq!(nb.age(at("2026-11-22T10:30:00Z")), "nå");
    }

    #[test]
    fn each_language_writes_a_date_its_own_way() {
        let friday = at("2026-11-20T07:14:00Z");
        assert_eq!(times(Language::Da).stamp(friday), "fre. 20. nov. 08:14");
        assert_eq!(times(Language::Nb).stamp(friday), "fre. 20. nov. 08:14");
        assert_eq!(times(Language::Sv).stamp(friday), "fre 20 nov. 08:14");
        assert_eq!(times(Language::En).stamp(friday), "Fri 20 Nov 08:14");
        assert_eq!(times(Language::Da).stamp(at("2026-11-22T09:31:00Z")), "i dag 10:31");
        assert_eq!(times(Language::En).stamp(at("2025-11-20T07:14:00Z")), "20 Nov 2025 08:14");
    }

    #[test]
    fn summer_time_is_kept() {
        assert_eq!(
            times(Language::En).machine(at("2026-07-01T10:00:00Z")),
            "2026-07-01T12:00:00+02:00"
        );
    }
}
