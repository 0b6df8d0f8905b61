//! Counting: opening hours in a time zone, as half-open intervals of moments.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::week::{DAY, Hours, merged};
use super::{OpeningHours, Rest, days};

const MINUTE: i64 = 60_000_000;

/// Opening hours in a time zone. All arithmetic is in whole microseconds.
///
/// A local time that the clocks skip is the moment they skip it at. Of one they show twice, hours
/// begin at the first and end at the second: the nights of the changes have 23 and 25 hours.
#[derive(Debug, Clone)]
pub struct OpeningClock {
    hours: OpeningHours,
    zone: TimeZone,
    /// Minutes of Monday to Sunday in a week without anything special.
    usual: [i64; 7],
    /// Days that a one-off closes, in order and apart, the last one included.
    closed: Vec<(Date, Date)>,
}

impl OpeningClock {
    pub(super) fn new(hours: OpeningHours, zone: TimeZone) -> Self {
        let closed = closed(&hours);
        let usual = std::array::from_fn(|day| {
            let before = (day + 6) % 7;
            let [today, yesterday] = [day, before].map(|day| hours.week.days[day].clone());
            within_the_day(&yesterday, &today).iter().map(|(from, to)| i64::from(to - from)).sum()
        });
        Self { hours, zone, usual, closed }
    }

    /// How much working time lies between two moments; none if `to` does not come after `from`.
    pub fn working_time(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        let (first, last) = (self.date(from), self.date(to));
        let (from, to) = (from.as_microsecond(), to.as_microsecond());
        let time = match () {
            () if to <= from => 0,
            () if first == last => self.on(first, from, to),
            () => {
                self.on(first, from, i64::MAX)
                    + self.of_days(days::tomorrow(first), last)
                    + self.on(last, i64::MIN, to)
            }
        };
        SignedDuration::from_micros(time)
    }

    /// The first moment that has so much working time between itself and `from`; `None` if they
    /// are never open for so long.
    pub fn after(&self, from: Timestamp, time: SignedDuration) -> Option<Timestamp> {
        let wanted = i64::try_from(time.as_micros()).ok()?;
        if wanted <= 0 {
            return Some(from);
        }
        let (first, from) = (self.date(from), from.as_microsecond());
        let today = self.on(first, from, i64::MAX);
        if today >= wanted {
            return self.moment(first, from, wanted);
        }
        let (day, rest) = self.day_of(days::tomorrow(first), wanted - today)?;
        self.moment(day, i64::MIN, rest)
    }

    /// Whether they are open at a moment.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let moment = at.as_microsecond();
        self.on(self.date(at), moment, moment + 1) > 0
    }

    /// The hours as they are kept.
    pub fn hours(&self) -> &OpeningHours {
        &self.hours
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The day, from `from` on, on which `wanted` is reached, and what of it is left for that day.
    /// Steps grow twofold and then halve, so the answer takes a few sums however far it lies.
    fn day_of(&self, from: Date, wanted: i64) -> Option<(Date, i64)> {
        let (mut low, mut rest, mut step) = (from, wanted, 8);
        let mut high = loop {
            let high = days::plus(low, step);
            let sum = self.of_days(low, high);
            if sum >= rest {
                break high;
            }
            if high == days::LAST {
                return None;
            }
            (low, rest, step) = (high, rest - sum, step * 2);
        };
        while days::between(low, high) > 1 {
            let middle = days::plus(low, i64::from(days::between(low, high)) / 2);
            let sum = self.of_days(low, middle);
            if sum >= rest {
                high = middle;
            } else {
                (low, rest) = (middle, rest - sum);
            }
        }
        Some((low, rest))
    }

    /// The working time of whole days, `to` not included: the usual weeks, and then what differs.
    fn of_days(&self, from: Date, to: Date) -> i64 {
        if to <= from {
            return 0;
        }
        let mut sum = self.usual_time(from, to);
        for (start, end) in &self.closed {
            // On its first day a closure may still hold what began the evening before.
            let start = days::tomorrow(*start).max(from);
            sum -= self.usual_time(start, days::tomorrow(*end).min(to));
        }
        for day in self.special_days(from, to) {
            let counted =
                if self.is_inside_closure(day) { 0 } else { self.usual[days::index(day)] };
            sum += self.on(day, i64::MIN, i64::MAX) - counted * MINUTE;
        }
        sum
    }

    /// What the days would have if nothing were special.
    fn usual_time(&self, from: Date, to: Date) -> i64 {
        let count = days::between(from, to).max(0);
        let week: i64 = self.usual.iter().sum();
        let rest = usize::try_from(count % 7).unwrap_or(0);
        let over = self.usual.iter().cycle().skip(days::index(from)).take(rest);
        (i64::from(count / 7) * week + over.sum::<i64>()) * MINUTE
    }

    /// The days whose time may differ from the usual, save those that a closure takes whole.
    fn special_days(&self, from: Date, to: Date) -> BTreeSet<Date> {
        let mut found = BTreeSet::new();
        let mut add = |day: Date| {
            // What is special about a day may last into the next.
            found.extend(
                [day, days::tomorrow(day)].into_iter().filter(|day| (from..to).contains(day)),
            );
        };
        for year in (from.year() - 1)..=to.year() {
            self.hours.holidays.keys().filter_map(|holiday| holiday.on(year)).for_each(&mut add);
        }
        // Around a closure two days may have something: its first, and the one after its last.
        self.closed.iter().flat_map(|(start, end)| [*start, *end]).for_each(&mut add);
        for one_off in self.hours.one_offs.iter().filter(|one_off| !one_off.hours.is_empty()) {
            let mut day = one_off.from.max(days::plus(from, -1));
            while day <= one_off.to.min(to) && day < days::LAST {
                add(day);
                day = days::tomorrow(day);
            }
        }
        let (start, end) = (self.start_of(from), self.start_of(to));
        let changes = self.zone.following(moment(start - 1)).map(|change| change.timestamp());
        for change in changes.take_while(|change| change.as_microsecond() < end) {
            add(self.date(change));
        }
        found
    }

    fn is_inside_closure(&self, day: Date) -> bool {
        self.closed.iter().any(|(start, end)| *start < day && day <= *end)
    }

    /// The working time of one day, between two moments.
    fn on(&self, day: Date, from: i64, to: i64) -> i64 {
        let parts = self.intervals(day).into_iter();
        parts.map(|(start, end)| (end.min(to) - start.max(from)).max(0)).sum()
    }

    /// The moment on `day` at which `wanted` has passed since `from`.
    fn moment(&self, day: Date, from: i64, wanted: i64) -> Option<Timestamp> {
        let mut rest = wanted;
        for (start, end) in self.intervals(day) {
            let start = start.max(from);
            let length = (end - start).max(0);
            if rest <= length {
                return Timestamp::from_microsecond(start + rest).ok();
            }
            rest -= length;
        }
        None
    }

    /// The open intervals of a day, in order and apart, in microseconds UTC.
    fn intervals(&self, day: Date) -> Vec<(i64, i64)> {
        const WHOLE: i64 = DAY as i64 * MINUTE;
        let yesterday = days::plus(day, -1);
        let parts = within_the_day(&self.rule(yesterday), &self.rule(day));
        if parts.is_empty() {
            return Vec::new();
        }
        let (start, end) = (self.start_of(day), self.start_of(days::tomorrow(day)));
        let is_plain = end - start == WHOLE;
        let at = |minute: u16, is_end: bool| match minute {
            0 => start,
            DAY => end,
            _ if is_plain => start + i64::from(minute) * MINUTE,
            _ => self.wall(day, minute, is_end).clamp(start, end),
        };
        let moments = parts.into_iter().map(|(from, to)| (at(from, false), at(to, true)));
        let mut joined: Vec<(i64, i64)> = Vec::new();
        for (from, to) in moments {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        joined
    }

    /// What begins on a day.
    fn rule(&self, day: Date) -> Hours {
        let covers = |one_off: &&super::OneOff| one_off.from <= day && day <= one_off.to;
        let mut own = self.hours.one_offs.iter().filter(covers).peekable();
        if own.peek().is_some() {
            return own.fold(Hours::default(), |sum, one_off| sum.and(&one_off.hours));
        }
        let usual = &self.hours.week.days[days::index(day)];
        let kept = |(holiday, rest): (&super::Holiday, &Rest)| {
            (holiday.on(day.year()) == Some(day)).then_some(*rest)
        };
        let rests = self.hours.holidays.iter().filter_map(kept);
        rests.fold(usual.clone(), |hours, rest| match rest {
            Rest::Closed => Hours::default(),
            Rest::ClosesAt(minute) => hours.until(minute),
        })
    }

    fn date(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// The first moment of a day.
    fn start_of(&self, day: Date) -> i64 {
        self.wall(day, 0, false)
    }

    fn wall(&self, day: Date, minute: u16, is_end: bool) -> i64 {
        shown_at(&self.zone, day, minute, is_end)
    }
}

/// The moment, in microseconds UTC, the clock on the wall shows `minute` of `day`: the last one if
/// it `is_end`. What is skipped is the moment it is skipped at.
pub(crate) fn shown_at(zone: &TimeZone, day: Date, minute: u16, is_end: bool) -> i64 {
    let part = |part: u16| i8::try_from(part).unwrap_or(0);
    let shown = day.at(part(minute / 60), part(minute % 60), 0, 0);
    let shown = zone.to_ambiguous_timestamp(shown);
    let found = match shown.offset() {
        AmbiguousOffset::Gap { .. } => {
            let before = shown.earlier().unwrap_or(Timestamp::MAX);
            let mut changes = zone.following(before);
            changes.next().map_or(Ok(before), |change| Ok(change.timestamp()))
        }
        _ if is_end => shown.later(),
        _ => shown.earlier(),
    };
    found.unwrap_or(Timestamp::MAX).as_microsecond()
}

fn moment(at: i64) -> Timestamp {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::MIN)
}

/// What is open within a day, of what began the day before and on the day itself.
fn within_the_day(yesterday: &Hours, today: &Hours) -> Vec<(u16, u16)> {
    let over = yesterday.intervals().iter().filter(|(_, to)| *to > DAY);
    let spilt = over.map(|(from, to)| (from.saturating_sub(DAY), to - DAY));
    let own = today.intervals().iter().map(|(from, to)| (*from, (*to).min(DAY)));
    merged(spilt.chain(own).filter(|(from, to)| from < to).collect())
}

/// Closures in order, made one where they touch or overlap.
fn closed(hours: &OpeningHours) -> Vec<(Date, Date)> {
    let closures = hours.one_offs.iter().filter(|one_off| one_off.hours.is_empty());
    let mut ranges: Vec<_> =
        closures.map(|one_off| (one_off.from, one_off.to.min(days::LAST))).collect();
    ranges.sort_unstable();
    let mut joined: Vec<(Date, Date)> = Vec::new();
    for (from, to) in ranges.into_iter().filter(|(from, to)| from <= to) {
        match joined.last_mut() {
            Some(last) if from <= days::tomorrow(last.1) => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}
