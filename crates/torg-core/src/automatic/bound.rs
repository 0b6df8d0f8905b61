//! How sure one may be that automatic answers are right: the lower end of the one-sided 95 %
//! Clopper–Pearson interval (C. Clopper, E. Pearson: The use of confidence or fiducial limits
//! illustrated in the case of the binomial, Biometrika 26, 1934, 404–413).

/// The share of right answers that must be sure.
pub const GOAL: f64 = 0.98;

/// The chance that the bound promises too much.
const ALPHA: f64 = 0.05;

/// Halvings until a bound does not change any more; a `f64` between 0 and 1 has no more to halve.
const HALVINGS: usize = 60;

/// More than this nobody has to be told of.
const MOST_NEEDED: u64 = 1_000_000;

/// What is known of the answers that are allowed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    pub agreed: u64,
    /// Disagreed or complained.
    pub faults: u64,
    /// A guard was broken; one is too many, and it is a fault beside.
    pub broken: u64,
}

impl Evidence {
    pub fn faults(self) -> u64 {
        self.faults + self.broken
    }

    /// At least this share of answers is right, in 19 of 20 municipalities that look like this.
    pub fn bound(self) -> f64 {
        lower_bound(self.agreed, self.known())
    }

    pub fn allows_live(self) -> bool {
        self.broken == 0 && self.bound() >= GOAL
    }

    /// Letters of which it is known how they turned out.
    pub fn known(self) -> u64 {
        self.agreed + self.faults()
    }

    /// So many must be known until the bound is reached, if none that follows is a fault.
    pub fn needed(self) -> u64 {
        needed(self.faults())
    }

    /// So many letters more without a fault, and the bound is reached.
    pub fn missing(self) -> u64 {
        self.needed().saturating_sub(self.known())
    }
}

/// The share of successes that lies behind `successes` of `trials` at least, with 95 % confidence:
/// the `p` at which so many successes or more come up in 5 % of cases. 0 without a success.
///
/// ```
/// use torg_core::automatic::lower_bound;
/// assert!(lower_bound(149, 149) >= 0.98);
/// assert!(lower_bound(148, 148) < 0.98);
/// ```
pub fn lower_bound(successes: u64, trials: u64) -> f64 {
    if successes == 0 || successes > trials {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if at_most(trials - successes, trials, 1.0 - middle) <= ALPHA {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// How many letters it takes until the bound reaches [`GOAL`] with so many faults among them.
pub fn needed(faults: u64) -> u64 {
    let reaches = |trials: u64| lower_bound(trials - faults, trials) >= GOAL;
    let (mut low, mut high) = (faults, MOST_NEEDED.max(faults));
    while low + 1 < high {
        let middle = u64::midpoint(low, high);
        if reaches(middle) { high = middle } else { low = middle }
    }
    high
}

/// The chance of at most `most` failures in `trials`, each failing with the chance `fails`. Summed
/// by the logarithm of its terms, which themselves are too small for a number.
fn at_most(most: u64, trials: u64, fails: f64) -> f64 {
    if fails <= 0.0 {
        return 1.0;
    }
    let (fails_ln, holds_ln) = (fails.ln(), (-fails).ln_1p());
    let mut term = trials as f64 * holds_ln;
    let mut sum = term.exp();
    for failures in 1..=most {
        let ways = (trials - failures + 1) as f64 / failures as f64;
        term += ways.ln() + fails_ln - holds_ln;
        sum += term.exp();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn so_many_letters_prove_98_percent() {
        // The table of the switch: letters needed with 0, 1, 2 and 3 faults among them.
        assert_eq!([0, 1, 2, 3].map(needed), [149, 236, 313, 386]);
    }

    #[test]
    fn bounds_are_those_of_printed_tables() {
        let near = |found: f64, wanted: f64| (found - wanted).abs() < 5e-4;
        // 152 of 154 two-sided 95.4 % is one-sided 97.5 %; these are one-sided 95 %.
        assert!(near(lower_bound(10, 10), 0.7411), "{}", lower_bound(10, 10));
        assert!(near(lower_bound(19, 20), 0.7839), "{}", lower_bound(19, 20));
        assert!(near(lower_bound(1, 1), 0.05), "{}", lower_bound(1, 1));
        assert!(near(lower_bound(50, 100), 0.4136), "{}", lower_bound(50, 100));
    }

    #[test]
    fn without_letters_nothing_is_sure() {
        assert!(lower_bound(0, 0).abs() < f64::EPSILON);
        assert!(lower_bound(0, 9).abs() < f64::EPSILON);
        assert!(!Evidence::default().allows_live());
        assert_eq!(Evidence::default().missing(), 149);
    }

    #[test]
    fn a_broken_guard_forbids_however_many_letters_were_right() {
        let right = Evidence { agreed: 5_000, ..Evidence::default() };
        assert!(right.allows_live());
        assert!(!Evidence { broken: 1, ..right }.allows_live());
        assert_eq!(Evidence { agreed: 100, faults: 1, broken: 0 }.missing(), 135);
    }

    proptest! {
        #[test]
        fn the_bound_lies_below_what_was_seen(agreed in 1u64..800, faults in 0u64..40) {
            let trials = agreed + faults;
            prop_assert!(lower_bound(agreed, trials) < agreed as f64 / trials as f64 + 1e-12);
        }

        #[test]
        fn more_agreement_raises_the_bound_and_a_fault_lowers_it(agreed in 1u64..800, faults in 0u64..40) {
            let here = lower_bound(agreed, agreed + faults);
            prop_assert!(lower_bound(agreed + 1, agreed + faults + 1) > here);
            prop_assert!(lower_bound(agreed, agreed + faults + 1) < here);
        }

        #[test]
        fn without_a_fault_the_bound_has_a_closed_form(agreed in 1u64..2_000) {
            let closed = ALPHA.powf(1.0 / agreed as f64);
            prop_assert!((lower_bound(agreed, agreed) - closed).abs() < 1e-9);
        }

        #[test]
        fn at_the_bound_what_was_seen_comes_up_once_in_twenty(agreed in 1u64..400, faults in 0u64..20) {
            let bound = lower_bound(agreed, agreed + faults);
            let chance = at_most(faults, agreed + faults, 1.0 - bound);
            prop_assert!((chance - ALPHA).abs() < 1e-6, "{}", chance);
        }
    }
}
