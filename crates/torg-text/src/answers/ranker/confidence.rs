//! How much of a ranking is to be believed. Sums of z-scores put answers in an order; they say nothing
//! of whether there is anything to order by, for of a greeting one answer is always the least bad.
//!
//! What an answer has of all is lessened by how likely none of them is right, and by how little of
//! the letter speaks for the first. Both are the same for all answers of a letter, so that the order
//! stays what it is.

use super::weighing::{SAME, Weighed, best};
use super::{Ranker, Reading};
use crate::answers::cases::Near;
use crate::answers::learner::shares_of;
use crate::answers::terms::{Key, Kind, grams};

/// How much nearer to each other the sums are brought before they are read as shares: so that what is
/// said of the letters they were tried on is true (four fifths were set, one fifth tried, five times).
/// With the sentence model there is twice as much to sum.
const COOLED: f32 = 2.0;
const COOLED_WITH_MODEL: f32 = 3.0;
/// Words that are worth so much speak for an answer half.
const HALF_TOLD: f32 = 1.0;
/// From which likeness of meaning on it speaks for an answer, and how far it goes on from there.
const LEAST_LIKENESS: f32 = 0.25;
const MOST_LIKENESS: f32 = 0.5;
/// Of a shorter word pieces are known by chance.
const SHORTEST_COMPOUND: usize = 8;

impl Ranker {
    /// How likely each answer is right, from 0 to 1, in the order of their sums.
    pub(super) fn confidences(
        &self,
        reading: &Reading,
        near: &[Near],
        weighed: &Weighed,
    ) -> Vec<f32> {
        let cooled = if weighed.likeness.is_empty() { COOLED } else { COOLED_WITH_MODEL };
        let shares = shares_of(&weighed.sums.iter().map(|sum| sum / cooled).collect::<Vec<_>>());
        let Some(first) = best(&weighed.sums) else { return shares };
        let said = self.said(reading, first);
        let meant = weighed.likeness.get(first).copied().unwrap_or_default();
        let same = near.iter().find(|near| self.past.owner(near.case) == Some(first));
        let speaks = [
            said * said / (said * said + HALF_TOLD * HALF_TOLD),
            (meant - LEAST_LIKENESS) / (MOST_LIKENESS - LEAST_LIKENESS),
            same.map_or(0.0, |near| near.likeness / SAME),
        ];
        let speaks = speaks.into_iter().fold(0.0, f32::max).min(1.0);
        let believed = speaks * (1.0 - weighed.unanswered).max(0.0).sqrt();
        shares.into_iter().map(|share| share * believed).collect()
    }

    /// What all words of a letter together are worth for an answer.
    fn said(&self, reading: &Reading, answer: usize) -> f32 {
        let words = reading.told.iter();
        words.map(|word| word.weight * self.worth(&word.keys, answer)).sum()
    }

    /// What a word is worth for an answer.
    fn worth(&self, keys: &[(Kind, Key)], answer: usize) -> f32 {
        worth_by(keys, |kind, key| self.index(kind).worth(key, answer))
    }

    /// How much more a word is worth for an answer than for answers on the average.
    pub(in crate::answers) fn worth_beyond_mean(&self, keys: &[(Kind, Key)], answer: usize) -> f32 {
        worth_by(keys, |kind, key| {
            let index = self.index(kind);
            index.worth(key, answer) - index.mean_worth(key)
        })
    }

    /// Whether a word or a concept stands in any text of ours, or in a letter that was learnt.
    pub(in crate::answers) fn knows(&self, kind: Kind, key: Key) -> bool {
        self.index(kind).knows(key) || self.departments.knows(key)
    }

    /// The pieces of a long word that stand in texts of ours, if most of them do: it may be made of
    /// words that are known.
    pub(in crate::answers) fn known_pieces(&self, word: &str) -> Vec<(Kind, Key)> {
        if word.chars().count() < SHORTEST_COMPOUND {
            return Vec::new();
        }
        let mut pieces = grams(&word.to_lowercase());
        let all = pieces.len();
        pieces.retain(|piece| self.index(Kind::Gram).knows(*piece));
        match pieces.len() * 3 >= all * 2 {
            true => pieces.into_iter().map(|piece| (Kind::Gram, piece)).collect(),
            false => Vec::new(),
        }
    }
}

/// What the best of a word's keys is worth; its pieces are worth what they are on the average.
fn worth_by(keys: &[(Kind, Key)], worth: impl Fn(Kind, Key) -> f32) -> f32 {
    let (pieces, whole): (Vec<_>, Vec<_>) = keys.iter().partition(|(kind, _)| *kind == Kind::Gram);
    let sum: f32 = pieces.iter().map(|&&(kind, key)| worth(kind, key)).sum();
    let best = whole.iter().map(|&&(kind, key)| worth(kind, key)).fold(0.0, f32::max);
    best.max(sum / pieces.len().max(1) as f32)
}
