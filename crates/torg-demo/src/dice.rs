//! Seeded chance.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Chance that falls the same way each time for one seed.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(ChaCha8Rng::seed_from_u64(seed))
    }

    /// One of `things`, which must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.place(things)]
    }

    /// A place in `things`, which must not be empty.
    pub(crate) fn place<T>(&mut self, things: &[T]) -> usize {
        self.0.random_range(0..things.len())
    }

    /// `count` different ones of `things` (all, if there are fewer), in random order.
    pub(crate) fn some<'a, T>(&mut self, things: &'a [T], count: usize) -> Vec<&'a T> {
        let mut left: Vec<&T> = things.iter().collect();
        let mut taken = Vec::new();
        while taken.len() < count && !left.is_empty() {
            taken.push(left.swap_remove(self.0.random_range(0..left.len())));
        }
        taken
    }

    /// True with this probability, 0 to 1.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.0.random_bool(probability)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high)
    }

    /// A place in `weights`, likelier where the weight is greater.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.0.random_range(0.0..1.0) * weights.iter().sum::<f64>();
        for (at, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return at;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// A waiting time with this mean, in minutes: mostly short, sometimes long.
    pub(crate) fn wait(&mut self, mean_minutes: f64) -> f64 {
        -mean_minutes * (1.0 - self.0.random_range(0.0..1.0_f64)).ln()
    }

    pub(crate) fn seed(&mut self) -> u64 {
        self.0.random()
    }
}
