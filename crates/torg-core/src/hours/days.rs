//! Days as numbers.

use jiff::Span;
use jiff::civil::{Date, date};

/// No hours are looked for after this day: what is not open until then is never open.
pub(super) const LAST: Date = date(2600, 1, 1);

/// Whole days from `from` to `to`; negative if `to` lies before.
pub(super) fn between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// `days` after `date`, at most [`LAST`].
pub(crate) fn plus(date: Date, days: i64) -> Date {
    let sum = Span::new().try_days(days).and_then(|span| date.checked_add(span));
    sum.unwrap_or(LAST).min(LAST)
}

pub(crate) fn tomorrow(date: Date) -> Date {
    plus(date, 1)
}

/// 0 for Monday to 6 for Sunday.
pub(crate) fn index(date: Date) -> usize {
    usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())
}
