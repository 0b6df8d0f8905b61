//! The nearest of many letters that were answered before.
//!
//! Texts are near by the cosine of their terms, each weighed by how rare it is.

use std::collections::HashMap;

use super::terms::Key;

/// Letters, each with whom it speaks for.
#[derive(Debug, Default)]
pub(super) struct Cases {
    owners: Vec<Option<u16>>,
    postings: HashMap<Key, Vec<(u32, f32)>>,
}

/// How alike a case is, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near {
    /// The case's number, in the order they were added.
    pub(super) case: usize,
    pub(super) likeness: f32,
}

/// Terms beyond are so common that they tell nothing; they would cost the most.
const MOST_POSTINGS: usize = 4_000;

impl Cases {
    /// Adds a text. `terms` are of length 1 (see [`unit`]); without an owner it speaks for nobody.
    pub(super) fn add(&mut self, owner: Option<u16>, terms: &[(Key, f32)]) {
        let number = u32::try_from(self.owners.len()).unwrap_or(u32::MAX);
        self.owners.push(owner);
        for &(key, weight) in terms {
            self.postings.entry(key).or_default().push((number, weight));
        }
    }

    /// Whom a case speaks for.
    pub(super) fn owner(&self, case: usize) -> Option<usize> {
        self.owners.get(case).copied().flatten().map(usize::from)
    }

    /// All cases that share a term, the nearest first.
    pub(super) fn near(&self, terms: &[(Key, f32)]) -> Vec<Near> {
        let mut likeness = vec![0.0; self.owners.len()];
        for (key, weight) in terms {
            let postings = self.postings.get(key).map_or(&[][..], Vec::as_slice);
            for &(case, other) in postings.iter().take(MOST_POSTINGS) {
                if let Some(sum) = likeness.get_mut(case as usize) {
                    *sum += weight * other;
                }
            }
        }
        let all = likeness.into_iter().enumerate().filter(|(_, likeness)| *likeness > 0.0);
        let mut near: Vec<Near> = all.map(|(case, likeness)| Near { case, likeness }).collect();
        near.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.case.cmp(&b.case)));
        near
    }

    /// For each owner the likeness of its nearest case, with a little of the two after it.
    pub(super) fn scores(&self, near: &[Near], owners: usize) -> Vec<f32> {
        const SHARES: [f32; 3] = [1.0, 0.5, 0.25];
        let mut scores = vec![0.0; owners];
        let mut met = vec![0usize; owners];
        for near in near {
            let Some(owner) = self.owners.get(near.case).copied().flatten().map(usize::from) else {
                continue;
            };
            let Some(met) = met.get_mut(owner) else { continue };
            if let Some((score, share)) = scores.get_mut(owner).zip(SHARES.get(*met)) {
                *score += share * near.likeness;
            }
            *met += 1;
        }
        scores
    }
}

/// Terms scaled to length 1.
pub(super) fn unit(mut terms: Vec<(Key, f32)>) -> Vec<(Key, f32)> {
    let length = terms.iter().map(|term| term.1 * term.1).sum::<f32>().sqrt();
    if length > 0.0 {
        terms.iter_mut().for_each(|term| term.1 /= length);
    }
    terms
}
