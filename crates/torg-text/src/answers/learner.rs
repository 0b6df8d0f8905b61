//! Learns from lessons which class a text belongs to: multinomial logistic regression on hashed
//! terms, by stochastic gradient descent in a fixed order.
//!
//! Every lesson is shown in the same order on every machine, so that two nodes learn the same.
//! Beyond [`WIDEST`] classes a row of weights is shared by them, and a lesson is about the classes
//! near it only, so that a thousand answers cost no more memory than a hundred.

mod lessons;
mod weight;

use self::weight::{Packed, Weight};

pub(super) use lessons::{Lesson, Lessons, Teaches, packed, weightiest};

use super::terms::Key;

/// What was learnt.
#[derive(Debug, Clone)]
pub(super) struct Learner<W = Packed> {
    classes: usize,
    /// How many weights a slot has.
    width: usize,
    weights: Vec<W>,
}

/// The classes a text may belong to, where there are too many to ask for each.
pub(super) type Near<'a> = &'a [u16];

/// The slot of a term, and what it counts.
type Term = (u16, f32);

const SLOT_BITS: u32 = 13;
const SLOTS: usize = 1 << SLOT_BITS;
/// The most classes that have weights of their own.
const WIDEST: usize = 128;
/// How steep a step is; texts have length 1.
const RATE: f32 = 2.0;

impl Learner {
    /// Knows nothing yet.
    pub(super) fn new(classes: usize) -> Self {
        let width = classes.min(WIDEST);
        Self { classes, width, weights: vec![Packed::default(); SLOTS * width] }
    }

    /// Shows all lessons `rounds` times, each round in another fixed order. What many small steps
    /// come to is packed at the end.
    pub(super) fn study(&mut self, lessons: &Lessons, teaches: Teaches, rounds: usize) {
        let weights = self.weights.iter().map(|weight| weight.value()).collect();
        let mut whole: Learner<f32> = Learner { classes: self.classes, width: self.width, weights };
        let taught = lessons.that_teach(teaches);
        for round in 0..rounds {
            let rate = RATE / (1.0 + round as f32);
            for at in shuffled(taught.len(), round) {
                let lesson = taught.get(at as usize).and_then(|at| lessons.get(*at));
                let told = lesson.and_then(|lesson| Some((lesson.class(teaches)?, lesson)));
                if let Some(((class, counts), lesson)) = told {
                    whole.see(lesson.terms(), class, lesson.near(), rate * counts);
                }
            }
        }
        self.weights = whole.weights.into_iter().map(Packed::of).collect();
    }

    /// Makes room for one class more, of which nothing is known.
    pub(super) fn widen(&mut self) {
        self.classes += 1;
        if self.classes > WIDEST {
            return;
        }
        let mut weights = Vec::with_capacity(SLOTS * self.classes);
        for row in self.weights.chunks(self.width.max(1)) {
            weights.extend_from_slice(row);
            weights.push(Packed::default());
        }
        weights.resize(SLOTS * self.classes, Packed::default());
        (self.weights, self.width) = (weights, self.classes);
    }

    /// Learns from one text that came later.
    pub(super) fn learn(&mut self, terms: &[(Key, f32)], class: usize, near: Near<'_>) {
        self.see(slots(terms), class, near, RATE / 2.0);
    }

    /// Learns that a text does not belong to a class that it seemed to belong to.
    pub(super) fn unlearn(&mut self, terms: &[(Key, f32)], class: usize, near: Near<'_>) {
        let asked = self.asked(near, class);
        let shares = shares_of(&self.scores_of(slots(terms), &asked));
        let wrong = asked.position(class);
        let wrong = wrong.and_then(|at| Some((at, *shares.get(at)?)));
        let Some((at, share)) = wrong.filter(|(_, share)| *share < 1.0) else { return };
        // What it would be shared as if the class were none of them.
        let errors = shares
            .iter()
            .enumerate()
            .map(|(other, of)| if other == at { share } else { of - of / (1.0 - share) });
        self.step(slots(terms), &asked, &errors.collect::<Vec<_>>(), RATE / 2.0);
    }

    /// How likely each class is; together 1.
    pub(super) fn shares(&self, terms: &[(Key, f32)]) -> Vec<f32> {
        shares_of(&self.scores(terms, &[]))
    }

    /// What speaks for each class (log odds, up to a constant). Where weights are shared, those that
    /// are not near are as good as the worst that is.
    pub(super) fn scores(&self, terms: &[(Key, f32)], near: Near<'_>) -> Vec<f32> {
        let asked = self.asked(near, usize::MAX);
        let found = self.scores_of(slots(terms), &asked);
        let Asked::Some(classes) = asked else { return found };
        let worst = found.iter().copied().fold(f32::MAX, f32::min);
        let mut scores = vec![if worst < f32::MAX { worst } else { 0.0 }; self.classes];
        for (class, found) in classes.iter().zip(found) {
            scores.get_mut(usize::from(*class)).into_iter().for_each(|score| *score = found);
        }
        scores
    }
}

impl<W: Weight> Learner<W> {
    /// Whether a text must be told which classes are near it.
    pub(super) fn is_shared(&self) -> bool {
        self.classes > self.width
    }

    fn see(
        &mut self,
        terms: impl Iterator<Item = Term> + Clone,
        class: usize,
        near: Near<'_>,
        rate: f32,
    ) {
        let asked = self.asked(near, class);
        let mut errors = shares_of(&self.scores_of(terms.clone(), &asked));
        if let Some(at) = asked.position(class) {
            errors.get_mut(at).into_iter().for_each(|right| *right -= 1.0);
        }
        self.step(terms, &asked, &errors, rate);
    }

    fn step(
        &mut self,
        terms: impl Iterator<Item = Term>,
        asked: &Asked,
        errors: &[f32],
        rate: f32,
    ) {
        for (slot, value) in terms {
            let step = rate * value;
            let begin = usize::from(slot) * self.width;
            let row = self.weights.get_mut(begin..begin + self.width).unwrap_or_default();
            match asked {
                Asked::All(_) => {
                    row.iter_mut()
                        .zip(errors)
                        .for_each(|(weight, error)| weight.lose(step * error));
                }
                Asked::Some(classes) => {
                    for (class, error) in classes.iter().zip(errors) {
                        let weight = row.get_mut(cell(slot, *class));
                        weight.into_iter().for_each(|weight| weight.lose(step * error));
                    }
                }
            }
        }
    }

    fn scores_of(&self, terms: impl Iterator<Item = Term>, asked: &Asked) -> Vec<f32> {
        let mut scores = vec![0.0; asked.len()];
        for (slot, value) in terms {
            let begin = usize::from(slot) * self.width;
            let row = self.weights.get(begin..begin + self.width).unwrap_or_default();
            match asked {
                Asked::All(_) => {
                    let each = scores.iter_mut().zip(row);
                    each.for_each(|(score, weight)| *score += value * weight.value());
                }
                Asked::Some(classes) => {
                    for (score, class) in scores.iter_mut().zip(classes) {
                        let weight = row.get(cell(slot, *class)).copied().unwrap_or_default();
                        *score += value * weight.value();
                    }
                }
            }
        }
        scores
    }

    fn asked(&self, near: Near<'_>, class: usize) -> Asked {
        if !self.is_shared() {
            return Asked::All(self.classes);
        }
        let mut classes = near.to_vec();
        classes.extend(u16::try_from(class).ok().filter(|class| !near.contains(class)));
        Asked::Some(classes)
    }
}

/// The classes that are compared.
enum Asked {
    /// All of so many.
    All(usize),
    Some(Vec<u16>),
}

impl Asked {
    fn len(&self) -> usize {
        match self {
            Self::All(count) => *count,
            Self::Some(classes) => classes.len(),
        }
    }

    fn position(&self, class: usize) -> Option<usize> {
        match self {
            Self::All(count) => Some(class).filter(|class| class < count),
            Self::Some(classes) => classes.iter().position(|one| usize::from(*one) == class),
        }
    }
}

/// Which of its row's weights a class shares with others.
fn cell(slot: u16, class: u16) -> usize {
    let mixed = scattered(u64::from(slot) << 16 | u64::from(class), 1);
    usize::try_from(mixed % WIDEST as u64).unwrap_or_default()
}

/// All numbers below `count`, in an order that is fixed for each round.
pub(super) fn shuffled(count: usize, round: usize) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    order.sort_unstable_by_key(|at| (scattered(u64::from(*at), round as u64), *at));
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
fn slots(terms: &[(Key, f32)]) -> impl Iterator<Item = Term> + Clone + '_ {
    terms.iter().map(|&(key, value)| {
        let (slot, is_backwards) = slot_of(key);
        (slot, if is_backwards { -value } else { value })
    })
}

fn slot_of(key: Key) -> (u16, bool) {
    let mixed = scattered(u64::from(key), 0);
    (u16::try_from(mixed >> (64 - SLOT_BITS)).unwrap_or_default(), mixed & 1 == 1)
}

/// A number that looks like chance (the finalizer of `SplitMix64`; Steele, Lea and Flood, 2014).
pub(super) fn scattered(number: u64, round: u64) -> u64 {
    let mut mixed = number ^ round.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests;
