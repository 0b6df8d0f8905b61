//! How well answers fit the terms of a letter: BM25 over fields (BM25F; Robertson, Zaragoza and
//! Taylor, "Simple BM25 extension to multiple weighted fields", 2004).
//!
//! Title, seed questions and body are weighed apart, or a long answer attracts everything. An answer
//! in several languages counts for a term by the language in which it fits best.

use std::collections::HashMap;

use super::terms::{Bag, Key, Kind};

/// The text of an answer in one language, by field.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    pub(super) title: Bag,
    pub(super) questions: Bag,
    pub(super) body: Bag,
}

/// The terms of one kind.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// A term's number.
    numbers: HashMap<Key, u32>,
    /// Where a term's postings begin; one more at the end.
    starts: Vec<u32>,
    /// Whose a posting is, and what a match is worth.
    postings: Vec<(u16, f32)>,
    /// How rare a term is.
    rarity: Vec<f32>,
}

/// What a term is worth by its field. One of many questions says little alone.
const TITLE: f32 = 2.0;
const QUESTIONS: f32 = 0.5;
const BODY: f32 = 2.0;
/// How soon more of the same term adds nothing (`K1`), and how much long fields are held back (`B`):
/// the usual values of BM25.
const K1: f32 = 1.2;
const B: f32 = 0.6;

impl Index {
    /// Indexes what each owner says, in any number of languages.
    pub(super) fn new(kind: Kind, owners: &[Vec<Fields>]) -> Self {
        let means = Means::of(kind, owners);
        let mut found: Vec<(Key, u16, f32)> = Vec::new();
        for (owner, tongues) in (0u16..).zip(owners) {
            for fields in tongues {
                let weights = means.weights(kind, fields);
                found.extend(weights.into_iter().map(|(key, weight)| (key, owner, weight)));
            }
        }
        // The heaviest of an owner's languages comes first and is kept.
        found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        found.dedup_by_key(|posting| (posting.0, posting.1));
        Self::of_postings(&found, owners.len())
    }

    fn of_postings(found: &[(Key, u16, f32)], owners: usize) -> Self {
        let mut index = Self::default();
        for term in found.chunk_by(|one, other| one.0 == other.0) {
            let Some((key, ..)) = term.first() else { continue };
            let (count, all) = (term.len() as f32, owners as f32);
            let rarity = (1.0 + (all - count + 0.5) / (count + 0.5)).ln();
            index.numbers.insert(*key, u32::try_from(index.starts.len()).unwrap_or(u32::MAX));
            index.starts.push(u32::try_from(index.postings.len()).unwrap_or(u32::MAX));
            index.rarity.push(rarity);
            let worth = |weight: f32| rarity * weight * (K1 + 1.0) / (weight + K1);
            index.postings.extend(term.iter().map(|&(_, owner, weight)| (owner, worth(weight))));
        }
        index.starts.push(u32::try_from(index.postings.len()).unwrap_or(u32::MAX));
        index
    }

    /// What each of `owners` is worth for these terms.
    pub(super) fn scores(&self, terms: &[(Key, f32)], owners: usize) -> Vec<f32> {
        let mut scores = vec![0.0; owners];
        for &(key, weight) in terms {
            for &(owner, worth) in self.postings(key) {
                if let Some(score) = scores.get_mut(usize::from(owner)) {
                    *score += weight * worth;
                }
            }
        }
        scores
    }

    /// What one term is worth for one owner.
    pub(super) fn worth(&self, key: Key, owner: usize) -> f32 {
        let of_owner = |posting: &&(u16, f32)| usize::from(posting.0) == owner;
        self.postings(key).iter().find(of_owner).map_or(0.0, |posting| posting.1)
    }

    /// How rare a term is; as rare as can be when it is unknown.
    pub(super) fn rarity(&self, key: Key, owners: usize) -> f32 {
        let number = self.numbers.get(&key).and_then(|number| self.rarity.get(*number as usize));
        number.copied().unwrap_or_else(|| (1.0 + owners as f32).ln())
    }

    /// Whether anybody has the term.
    pub(super) fn knows(&self, key: Key) -> bool {
        self.numbers.contains_key(&key)
    }

    fn postings(&self, key: Key) -> &[(u16, f32)] {
        let Some(number) = self.numbers.get(&key).map(|number| *number as usize) else {
            return &[];
        };
        let bounds = self.starts.get(number).zip(self.starts.get(number + 1));
        let range = bounds.map(|(from, to)| *from as usize..*to as usize);
        range.and_then(|range| self.postings.get(range)).unwrap_or_default()
    }
}

/// How long fields are on the average.
struct Means([f32; 3]);

impl Means {
    fn of(kind: Kind, owners: &[Vec<Fields>]) -> Self {
        let mut sums = [(0.0, 0.0f32); 3];
        for fields in owners.iter().flatten() {
            for (sum, bag) in sums.iter_mut().zip(fields.all()) {
                let length = length(kind, bag);
                *sum = (sum.0 + length, sum.1 + f32::from(length > 0.0));
            }
        }
        Self(sums.map(|(sum, count)| (sum / count.max(1.0)).max(1.0)))
    }

    /// The terms of an answer in one language, weighed by the fields they stand in.
    fn weights(&self, kind: Kind, fields: &Fields) -> Vec<(Key, f32)> {
        let mut terms = Vec::new();
        let of_field = self.0.iter().zip(fields.all()).zip([TITLE, QUESTIONS, BODY]);
        for ((mean, bag), importance) in of_field {
            let lengthening = 1.0 - B + B * length(kind, bag) / mean;
            let weigh = |&(key, count): &(Key, f32)| (key, importance * count / lengthening);
            terms.extend(bag.of(kind).iter().map(weigh));
        }
        terms.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let sums = terms.chunk_by(|one, other| one.0 == other.0);
        sums.filter_map(|same| Some((same.first()?.0, same.iter().map(|term| term.1).sum())))
            .collect()
    }
}

impl Fields {
    fn all(&self) -> [&Bag; 3] {
        [&self.title, &self.questions, &self.body]
    }
}

fn length(kind: Kind, bag: &Bag) -> f32 {
    bag.of(kind).iter().map(|term| term.1).sum()
}
