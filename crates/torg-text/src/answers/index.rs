//! How well answers fit the terms of a letter: BM25 over fields (BM25F; Robertson, Zaragoza and
//! Taylor, "Simple BM25 extension to multiple weighted fields", 2004).
//!
//! Title, seed questions and body are weighed apart, or a long answer attracts everything. An answer
//! in several languages counts for a term by the language in which it fits best.

mod building;

pub(super) use building::{Building, Means};

use super::terms::{Bag, Key};

/// The text of an answer in one language, by field.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    pub(super) title: Bag,
    pub(super) questions: Bag,
    pub(super) body: Bag,
}

/// The terms of one kind, packed: there are 60,000 of them before anybody has an answer.
#[derive(Debug, Default)]
pub(super) struct Index {
    owners: usize,
    /// In their order.
    keys: Vec<Key>,
    /// Where a term's postings begin; one more at the end.
    starts: Vec<u32>,
    /// Whose a posting is, and what a match is worth: its weight, which rarity is still to be
    /// multiplied with, in parts of [`MOST_WORTH`].
    postings: Vec<(u16, u16)>,
}

/// How soon more of the same term adds nothing: the usual value of BM25.
const K1: f32 = 1.2;
/// No match is worth more, however often the term stands there.
const MOST_WORTH: f32 = K1 + 1.0;

impl Index {
    /// What each of `owners` is worth for these terms.
    pub(super) fn scores(&self, terms: &[(Key, f32)], owners: usize) -> Vec<f32> {
        let mut scores = vec![0.0; owners];
        for &(key, weight) in terms {
            let postings = self.postings(key);
            let weight = weight * self.rarity_of(postings.len()) * MOST_WORTH / f32::from(u16::MAX);
            for &(owner, worth) in postings {
                if let Some(score) = scores.get_mut(usize::from(owner)) {
                    *score += weight * f32::from(worth);
                }
            }
        }
        scores
    }

    /// What one term is worth for one owner.
    pub(super) fn worth(&self, key: Key, owner: usize) -> f32 {
        let postings = self.postings(key);
        let of_owner = |posting: &&(u16, u16)| usize::from(posting.0) == owner;
        let worth = postings.iter().find(of_owner).map_or(0.0, |posting| f32::from(posting.1));
        self.rarity_of(postings.len()) * worth * MOST_WORTH / f32::from(u16::MAX)
    }

    /// What one term is worth on the average of all.
    pub(super) fn mean_worth(&self, key: Key) -> f32 {
        let postings = self.postings(key);
        let sum: f32 = postings.iter().map(|posting| f32::from(posting.1)).sum();
        let mean = sum / self.owners.max(1) as f32;
        self.rarity_of(postings.len()) * mean * MOST_WORTH / f32::from(u16::MAX)
    }

    /// How rare a term is; as rare as can be when it is unknown.
    pub(super) fn rarity(&self, key: Key, owners: usize) -> f32 {
        match self.postings(key).len() {
            0 => (1.0 + owners as f32).ln(),
            known => self.rarity_of(known),
        }
    }

    /// Whether anybody has the term.
    pub(super) fn knows(&self, key: Key) -> bool {
        !self.postings(key).is_empty()
    }

    fn rarity_of(&self, count: usize) -> f32 {
        rarity(count, self.owners)
    }

    fn postings(&self, key: Key) -> &[(u16, u16)] {
        let Ok(number) = self.keys.binary_search(&key) else { return &[] };
        let bounds = self.starts.get(number).zip(self.starts.get(number + 1));
        let range = bounds.map(|(from, to)| *from as usize..*to as usize);
        range.and_then(|range| self.postings.get(range)).unwrap_or_default()
    }
}

/// How rare a term is that `count` of `owners` have.
pub(super) fn rarity(count: usize, owners: usize) -> f32 {
    let (count, all) = (count as f32, owners as f32);
    (1.0 + (all - count + 0.5) / (count + 0.5)).ln()
}
