//! Learns from examples which class a text belongs to: multinomial logistic regression on hashed
//! terms, by stochastic gradient descent in a fixed order.
//!
//! Every example is shown in the same order on every machine, so that two nodes learn the same.

use super::terms::Key;

/// What was learnt.
#[derive(Debug, Clone)]
pub(super) struct Learner {
    classes: usize,
    /// For each slot one weight a class.
    weights: Vec<f32>,
}

/// An example: the slots of its terms, the class, and how much it counts.
#[derive(Debug, Clone)]
pub(super) struct Example {
    slots: Vec<(u16, f32)>,
    class: usize,
    counts: f32,
}

impl Example {
    /// Of terms of length 1. There are thousands of examples while a learner studies, so they are
    /// kept small.
    pub(super) fn of(terms: &[(Key, f32)], class: usize, counts: f32) -> Self {
        Self { slots: slots(terms).collect(), class, counts }
    }
}

const SLOT_BITS: u32 = 14;
const SLOTS: usize = 1 << SLOT_BITS;
/// How steep a step is; texts have length 1.
const RATE: f32 = 2.0;

impl Learner {
    /// Knows nothing yet.
    pub(super) fn new(classes: usize) -> Self {
        Self { classes, weights: vec![0.0; SLOTS * classes] }
    }

    /// Shows all examples `rounds` times, each round in another fixed order.
    pub(super) fn study(&mut self, examples: &[Example], rounds: usize) {
        for round in 0..rounds {
            let rate = RATE / (1.0 + round as f32);
            let order = shuffled(examples.len(), round);
            for example in order.into_iter().filter_map(|at| examples.get(at)) {
                self.see(example, rate);
            }
        }
    }

    /// Makes room for one class more, of which nothing is known.
    pub(super) fn widen(&mut self) {
        let mut weights = Vec::with_capacity(SLOTS * (self.classes + 1));
        for row in self.weights.chunks(self.classes.max(1)) {
            weights.extend_from_slice(row);
            weights.push(0.0);
        }
        weights.resize(SLOTS * (self.classes + 1), 0.0);
        (self.weights, self.classes) = (weights, self.classes + 1);
    }

    /// Learns from one example that came later.
    pub(super) fn learn(&mut self, example: &Example) {
        self.see(example, RATE / 2.0);
    }

    fn see(&mut self, example: &Example, rate: f32) {
        let mut shares = shares_of(&self.scores_of(example.slots.iter().copied()));
        if let Some(right) = shares.get_mut(example.class) {
            *right -= 1.0;
        }
        for &(slot, value) in &example.slots {
            let slot = usize::from(slot);
            let step = rate * example.counts * value;
            let row = self.weights.get_mut(slot * self.classes..(slot + 1) * self.classes);
            for (weight, share) in row.unwrap_or_default().iter_mut().zip(&shares) {
                *weight -= step * share;
            }
        }
    }

    /// How likely each class is; together 1.
    pub(super) fn shares(&self, terms: &[(Key, f32)]) -> Vec<f32> {
        shares_of(&self.scores(terms))
    }

    /// What speaks for each class (log odds, up to a constant).
    pub(super) fn scores(&self, terms: &[(Key, f32)]) -> Vec<f32> {
        self.scores_of(slots(terms))
    }

    fn scores_of(&self, slots: impl Iterator<Item = (u16, f32)>) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes];
        for (slot, value) in slots {
            let slot = usize::from(slot);
            let row = self.weights.get(slot * self.classes..(slot + 1) * self.classes);
            for (score, weight) in scores.iter_mut().zip(row.unwrap_or_default()) {
                *score += value * weight;
            }
        }
        scores
    }
}

/// All numbers below `count`, in an order that is fixed for each round.
pub(super) fn shuffled(count: usize, round: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| scattered(*at as u64, round as u64));
    order
}

/// Scores as shares of 1 (softmax).
pub(super) fn shares_of(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let raised: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f32 = raised.iter().sum();
    raised.into_iter().map(|share| share / sum.max(f32::MIN_POSITIVE)).collect()
}

/// Each term's slot; half of them count backwards, so that terms that share one do not add up.
fn slots(terms: &[(Key, f32)]) -> impl Iterator<Item = (u16, f32)> + '_ {
    terms.iter().map(|&(key, value)| {
        let mixed = scattered(key, 0);
        let slot = u16::try_from(mixed >> (64 - SLOT_BITS)).unwrap_or_default();
        (slot, if mixed & 1 == 0 { value } else { -value })
    })
}

/// A number that looks like chance (the finalizer of `SplitMix64`; Steele, Lea and Flood, 2014).
fn scattered(number: u64, round: u64) -> u64 {
    let mut mixed = number ^ round.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(key: Key, class: usize) -> Example {
        Example::of(&[(key, 0.8), (9, 0.6)], class, 1.0)
    }

    #[test]
    fn what_was_shown_is_known_and_the_rest_is_not() {
        let mut learner = Learner::new(3);
        learner.study(&[example(1, 0), example(2, 1), example(3, 2)], 6);
        assert!(learner.shares(&[(2, 1.0)])[1] > 0.6);
        let unknown = learner.shares(&[(77, 1.0)]);
        assert!(unknown.iter().all(|share| (share - 1.0 / 3.0).abs() < 1e-6), "{unknown:?}");
    }

    #[test]
    fn one_later_example_moves_the_verdict_its_way() {
        let mut learner = Learner::new(2);
        learner.study(&[example(1, 0)], 2);
        let before = learner.shares(&[(1, 1.0)])[1];
        learner.learn(&example(1, 1));
        assert!(learner.shares(&[(1, 1.0)])[1] > before);
    }

    #[test]
    fn the_same_examples_teach_the_same() {
        let taught = || {
            let mut learner = Learner::new(3);
            learner.study(&[example(1, 0), example(2, 1), example(3, 2)], 4);
            learner.scores(&[(1, 0.3), (2, 0.7)])
        };
        assert_eq!(taught(), taught());
    }
}
