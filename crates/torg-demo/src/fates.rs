//! How far each inquiry has come when the plan ends.

use crate::calendar;
use crate::dice::Dice;
use jiff::Timestamp;

/// How an inquiry stands at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Answered and closed, at its own pace.
    Done,
    /// Answered and closed within hours.
    DoneSoon,
    /// Nobody has claimed it.
    Unowned,
    /// Claimed, not answered.
    Claimed,
    /// Answered; the citizen is to write again.
    Waiting,
}

/// The fate of each arrival; `arrivals` are sorted.
///
/// Old letters are done. Of the last two weeks' about 140 are open in the shares below, and a few
/// older ones have been forgotten, as everywhere.
pub(crate) fn fates(dice: &mut Dice, arrivals: &[Timestamp], until: Timestamp) -> Vec<Fate> {
    let age = |at: usize| (until - arrivals[at]).total(jiff::Unit::Hour).unwrap_or(0.0) / 24.0;
    let mut fates: Vec<Fate> = (0..arrivals.len())
        .map(|at| if age(at) < SLOW_DAYS { Fate::DoneSoon } else { Fate::Done })
        .collect();
    let mut forced = 0;
    for (fate, &arrival) in fates.iter_mut().zip(arrivals) {
        if calendar::working(arrival, LEAST_MINUTES) >= until {
            *fate = Fate::Unowned;
            forced += 1;
        }
    }
    let mut draw = |fate: Fate, count: usize, days: std::ops::Range<f64>, fades: f64| {
        for _ in 0..count {
            let weights: Vec<f64> = (0..fates.len())
                .map(|at| match fates[at] {
                    Fate::Done | Fate::DoneSoon if days.contains(&age(at)) => {
                        (-age(at) / fades).exp()
                    }
                    _ => 0.0,
                })
                .collect();
            fates[dice.weighted(&weights)] = fate;
        }
    };
    draw(Fate::Unowned, UNOWNED.saturating_sub(forced), 0.0..14.0, 2.0);
    draw(Fate::Claimed, CLAIMED, 0.0..14.0, 5.0);
    draw(Fate::Waiting, WAITING, 0.0..14.0, 8.0);
    draw(Fate::Unowned, FORGOTTEN_UNOWNED, 16.0..40.0, 20.0);
    draw(Fate::Claimed, FORGOTTEN_CLAIMED, 16.0..45.0, 20.0);
    fates
}

/// Younger inquiries than this are either open or were done soon.
const SLOW_DAYS: f64 = 60.0;
/// Working time in which the fastest inquiry is claimed, answered and closed.
const LEAST_MINUTES: f64 = 240.0;
const UNOWNED: usize = 40;
const CLAIMED: usize = 52;
const WAITING: usize = 38;
const FORGOTTEN_UNOWNED: usize = 5;
const FORGOTTEN_CLAIMED: usize = 9;
