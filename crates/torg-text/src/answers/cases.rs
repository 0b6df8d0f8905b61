//! The nearest of many letters that were answered before.
//!
//! Texts are near by the cosine of their terms, each weighed by how rare it is. A letter's
//! weightiest terms are kept, in three bytes each, so that 5,000 letters take two megabytes.

use super::learner::{packed, scattered, weightiest};
use super::terms::Key;

/// Letters, each with whom it speaks for.
#[derive(Debug, Default)]
pub(super) struct Cases {
    cases: Vec<Case>,
}

#[derive(Debug)]
struct Case {
    owner: Option<u16>,
    /// What the heaviest term weighs.
    scale: f32,
    slots: Box<[u16]>,
    values: Box<[u8]>,
}

/// How alike a case is, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near {
    /// The case's number, in the order they were added.
    pub(super) case: usize,
    pub(super) likeness: f32,
}

const MOST_TERMS: usize = 128;
/// As many as 16 bits can tell apart.
const SLOTS: usize = 1 << 16;

impl Cases {
    /// Adds a text. `terms` are of length 1 (see [`unit`]); without an owner it speaks for nobody.
    pub(super) fn add(&mut self, owner: Option<u16>, terms: &[(Key, f32)]) {
        let mut terms = terms.to_vec();
        weightiest(&mut terms, MOST_TERMS);
        let scale = terms.iter().map(|term| term.1).fold(f32::MIN_POSITIVE, f32::max);
        let slots = terms.iter().map(|term| slot(term.0)).collect();
        let values = terms.iter().map(|term| packed(term.1 / scale)).collect();
        self.cases.push(Case { owner, scale: scale / f32::from(u8::MAX), slots, values });
    }

    /// Whom a case speaks for.
    pub(super) fn owner(&self, case: usize) -> Option<usize> {
        self.cases.get(case).and_then(|case| case.owner).map(usize::from)
    }

    /// All cases that share a term, the nearest first.
    pub(super) fn near(&self, terms: &[(Key, f32)]) -> Vec<Near> {
        if self.cases.is_empty() {
            return Vec::new();
        }
        let mut asked = vec![0.0; SLOTS];
        for (key, weight) in terms {
            asked.get_mut(usize::from(slot(*key))).into_iter().for_each(|sum| *sum += weight);
        }
        let all = self.cases.iter().map(|case| case.likeness(&asked)).enumerate();
        let alike = all.filter(|(_, likeness)| *likeness > 0.0);
        let mut near: Vec<Near> = alike.map(|(case, likeness)| Near { case, likeness }).collect();
        near.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.case.cmp(&b.case)));
        near
    }

    /// For each owner the likeness of its nearest case, with a little of the two after it.
    pub(super) fn scores(&self, near: &[Near], owners: usize) -> Vec<f32> {
        const SHARES: [f32; 3] = [1.0, 0.5, 0.25];
        let mut scores = vec![0.0; owners];
        let mut met = vec![0usize; owners];
        for near in near {
            let Some(owner) = self.owner(near.case) else { continue };
            let Some(met) = met.get_mut(owner) else { continue };
            if let Some((score, share)) = scores.get_mut(owner).zip(SHARES.get(*met)) {
                *score += share * near.likeness;
            }
            *met += 1;
        }
        scores
    }
}

impl Case {
    fn likeness(&self, asked: &[f32]) -> f32 {
        let weight = |slot: &u16| asked.get(usize::from(*slot)).copied().unwrap_or_default();
        let terms = self.slots.iter().zip(&self.values);
        self.scale * terms.map(|(slot, value)| weight(slot) * f32::from(*value)).sum::<f32>()
    }
}

fn slot(key: Key) -> u16 {
    u16::try_from(scattered(u64::from(key), 2) >> 48).unwrap_or_default()
}

/// Terms scaled to length 1.
pub(super) fn unit(mut terms: Vec<(Key, f32)>) -> Vec<(Key, f32)> {
    let length = terms.iter().map(|term| term.1 * term.1).sum::<f32>().sqrt();
    if length > 0.0 {
        terms.iter_mut().for_each(|term| term.1 /= length);
    }
    terms
}
