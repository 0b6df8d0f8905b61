//! Building the indexes of all kinds of terms, one owner after the other, so that never more than
//! one owner's terms lie beside them.

use super::{Fields, Index, K1, MOST_WORTH};
use crate::answers::learner::weightiest;
use crate::answers::terms::{Bag, Key, Kind};

/// What a term is worth by its field. One of many questions says little alone.
const TITLE: f32 = 2.0;
const QUESTIONS: f32 = 0.5;
const BODY: f32 = 2.0;
/// How much long fields are held back: the usual value of BM25.
const B: f32 = 0.6;
/// About how many postings are kept of a kind. A municipality with hundreds of answers in five
/// languages has more: then each owner's weightiest are kept, and of the many that weigh the same
/// some.
const MOST_POSTINGS: usize = 1_500_000;

/// How long fields are on the average, by kind and field.
#[derive(Debug, Default)]
pub(in crate::answers) struct Means([[(f32, f32); 3]; 3]);

/// Indexes that are being built.
#[derive(Debug)]
pub(in crate::answers) struct Building {
    means: Means,
    owners: usize,
    most_of_one: usize,
    /// Terms, whose they are, and what a match is worth, packed.
    found: [Vec<(Key, u16, u16)>; 3],
}

impl Means {
    /// Counts a text.
    pub(in crate::answers) fn add(&mut self, fields: &Fields) {
        for (kind, sums) in Kind::ALL.into_iter().zip(&mut self.0) {
            for (sum, bag) in sums.iter_mut().zip(fields.all()) {
                let length = length(kind, bag);
                *sum = (sum.0 + length, sum.1 + f32::from(length > 0.0));
            }
        }
    }

    /// The terms of an answer in one language, weighed by the fields they stand in.
    fn weights(&self, kind: Kind, fields: &Fields) -> Vec<(Key, f32)> {
        let mut terms = Vec::new();
        let means = self.0.get(kind as usize).into_iter().flatten();
        for ((mean, bag), importance) in means.zip(fields.all()).zip([TITLE, QUESTIONS, BODY]) {
            let mean = (mean.0 / mean.1.max(1.0)).max(1.0);
            let lengthening = 1.0 - B + B * length(kind, bag) / mean;
            let weigh = |&(key, count): &(Key, f32)| (key, importance * count / lengthening);
            terms.extend(bag.of(kind).iter().map(weigh));
        }
        terms.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let sums = terms.chunk_by(|one, other| one.0 == other.0);
        sums.filter_map(|same| Some((same.first()?.0, same.iter().map(|term| term.1).sum())))
            .collect()
    }
}

impl Building {
    /// For so many owners.
    pub(in crate::answers) fn of(owners: usize, means: Means) -> Self {
        let most_of_one = MOST_POSTINGS / owners.max(1);
        Self { means, owners, most_of_one, found: Default::default() }
    }

    /// Adds what an owner says, in any number of languages; the next one has the next number.
    pub(in crate::answers) fn add(&mut self, owner: u16, texts: &[Fields]) {
        for (kind, found) in Kind::ALL.into_iter().zip(&mut self.found) {
            let of_text = |fields: &Fields| self.means.weights(kind, fields);
            let mut terms: Vec<(Key, f32)> = texts.iter().flat_map(of_text).collect();
            // The heaviest of the languages comes first and is kept.
            terms.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            terms.dedup_by_key(|term| term.0);
            weightiest(&mut terms, self.most_of_one);
            found
                .extend(terms.into_iter().map(|(key, weight)| (key, owner, packed(worth(weight)))));
        }
    }

    /// The index of each kind.
    pub(in crate::answers) fn done(self) -> [Index; 3] {
        self.found.map(|found| indexed(found, self.owners))
    }
}

fn indexed(mut found: Vec<(Key, u16, u16)>, owners: usize) -> Index {
    found.sort_unstable();
    let mut index = Index { owners, postings: Vec::with_capacity(found.len()), ..Index::default() };
    for term in found.chunk_by(|one, other| one.0 == other.0) {
        index.keys.extend(term.first().map(|posting| posting.0));
        index.starts.push(u32::try_from(index.postings.len()).unwrap_or(u32::MAX));
        index.postings.extend(term.iter().map(|&(_, owner, worth)| (owner, worth)));
    }
    index.starts.push(u32::try_from(index.postings.len()).unwrap_or(u32::MAX));
    index.keys.shrink_to_fit();
    index.starts.shrink_to_fit();
    index
}

fn worth(weight: f32) -> f32 {
    weight * (K1 + 1.0) / (weight + K1)
}

/// As parts of what a match is worth at most.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 65,535 is meant")]
fn packed(worth: f32) -> u16 {
    (worth / MOST_WORTH * f32::from(u16::MAX)).round() as u16
}

impl Fields {
    fn all(&self) -> [&Bag; 3] {
        [&self.title, &self.questions, &self.body]
    }
}

fn length(kind: Kind, bag: &Bag) -> f32 {
    bag.of(kind).iter().map(|term| term.1).sum()
}
