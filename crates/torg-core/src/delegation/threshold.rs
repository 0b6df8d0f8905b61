//! How sure the judge must be to move a letter by itself, found out on letters that ended.
//!
//! A few thresholds are tried, fixed before anybody looks at the letters. One holds if so many
//! letters of at least that sureness were right that, were the judge right less often than wanted,
//! this would be a chance of less than 5 % in all (exact binomial test, which is the Clopper–Pearson
//! bound; shared among the thresholds, Bonferroni).

/// In parts of ten thousand, rising.
const TRIED: [u16; 8] = [5_000, 6_000, 7_000, 8_000, 8_500, 9_000, 9_500, 9_800];
/// The chance of a threshold that holds by luck.
const LUCK: f64 = 0.05 / TRIED.len() as f64;

/// The least sureness (parts of ten thousand) from which on the judge is right in at least `wanted`
/// percent of letters, by `history`: how sure it was and whether it was right. `None` until there
/// is enough history, or if it is not good enough.
///
/// ```
/// use torg_core::delegation::threshold;
/// assert_eq!(threshold(&[(9_900, true); 120], 95), Some(5_000));
/// assert_eq!(threshold(&[(9_900, true); 20], 95), None);
/// ```
pub fn threshold(history: &[(u16, bool)], wanted: u8) -> Option<u16> {
    TRIED.into_iter().find(|least| {
        let reached = history.iter().filter(|(sureness, _)| sureness >= least);
        let (all, right) = reached
            .fold((0, 0), |(all, right), (_, is_right)| (all + 1, right + u32::from(*is_right)));
        chance_of(all, right, share(wanted)) <= LUCK
    })
}

/// How many letters without an error are needed before any threshold can hold.
pub fn least_letters(wanted: u8) -> u32 {
    (1..=1_000).find(|all| chance_of(*all, *all, share(wanted)) <= LUCK).unwrap_or(1_000)
}

fn share(percent: u8) -> f64 {
    f64::from(percent.clamp(50, 99)) / 100.0
}

/// The chance of at least `right` of `all` if each is right with the chance `share`.
fn chance_of(all: u32, right: u32, share: f64) -> f64 {
    let mut term = share.powf(f64::from(all));
    let mut sum = term;
    for count in ((right + 1)..=all).rev() {
        term *= f64::from(count) / f64::from(all - count + 1) * (1.0 - share) / share;
        sum += term;
    }
    if right == 0 { 1.0 } else { sum }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn letters(sureness: u16, right: usize, wrong: usize) -> Vec<(u16, bool)> {
        [vec![(sureness, true); right], vec![(sureness, false); wrong]].concat()
    }

    #[test]
    fn chances_are_those_of_the_tables() {
        assert!((chance_of(10, 10, 0.5) - 1.0 / 1024.0).abs() < 1e-12);
        assert!((chance_of(10, 8, 0.5) - 56.0 / 1024.0).abs() < 1e-12);
        assert!((chance_of(10, 0, 0.9) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn no_history_and_too_little_of_it_move_nothing() {
        assert_eq!(threshold(&[], 95), None);
        let least = least_letters(95);
        assert_eq!(least, 99);
        assert_eq!(threshold(&letters(9_900, 98, 0), 95), None);
        assert_eq!(threshold(&letters(9_900, 99, 0), 95), Some(5_000));
    }

    #[test]
    fn where_it_errs_when_less_sure_only_the_surer_letters_are_moved() {
        let history = [letters(9_600, 150, 0), letters(6_500, 30, 30)].concat();
        assert_eq!(threshold(&history, 95), Some(7_000));
        assert_eq!(threshold(&letters(9_900, 180, 20), 95), None, "nine of ten are too few");
    }

    proptest! {
        #[test]
        fn a_letter_that_was_wrong_never_lowers_the_threshold(
            history in vec((4_000u16..10_000, prop::bool::weighted(0.97)), 0..300),
            sureness in 4_000u16..10_000,
        ) {
            let before = threshold(&history, 90).unwrap_or(u16::MAX);
            let more: Vec<_> = history.into_iter().chain([(sureness, false)]).collect();
            prop_assert!(threshold(&more, 90).unwrap_or(u16::MAX) >= before);
        }

        #[test]
        fn who_wants_more_gets_no_lower_threshold(
            history in vec((4_000u16..10_000, prop::bool::weighted(0.98)), 0..300),
        ) {
            let of = |wanted| threshold(&history, wanted).unwrap_or(u16::MAX);
            prop_assert!(of(80) <= of(90) && of(90) <= of(97));
        }
    }
}
