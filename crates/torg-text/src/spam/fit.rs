//! Learning weights: logistic regression by small steps (Duchi et al. 2011, `AdaGrad`), taken only where the judgement was
//! wrong or not sure enough.

use std::collections::HashMap;

use super::table::{Known, Table, Weight};
use super::weigh::{Feature, View, chance, length};

/// The largest step.
pub(crate) const STEP: f32 = 0.4;
/// A mail judged right by this much teaches nothing more.
pub(crate) const MARGIN: f32 = 4.0;
/// A step for spam is this much of one for a letter: losing a letter is worse.
pub(crate) const FOR_SPAM: f32 = 0.5;
/// How often all mails are gone through.
const ROUNDS: usize = 20;
/// The common weight of all mails moves slowly.
const COMMON: f32 = 0.05;
const SMALL: f32 = 1e-3;

/// One mail to learn from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lesson<'a> {
    pub(crate) features: &'a [Feature],
    pub(crate) is_spam: bool,
    /// What is held against it from elsewhere.
    pub(crate) before: f32,
}

/// Weights of features by number, and the common one.
pub(crate) struct Fitted {
    view: View,
    numbers: HashMap<u64, usize>,
    known: Vec<Known>,
    pub(crate) common: f32,
}

/// Learns from all lessons, in an order that is always the same.
pub(crate) fn fit(lessons: &[Lesson<'_>], view: View) -> Fitted {
    let mut fitted = Fitted { view, numbers: HashMap::new(), known: Vec::new(), common: 0.0 };
    let rows: Vec<Vec<(usize, f32)>> = lessons.iter().map(|lesson| fitted.row(lesson)).collect();
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut dice = 0x2545_f491_4f6c_dd1d;
    for _ in 0..ROUNDS {
        shuffle(&mut order, &mut dice);
        for &at in &order {
            fitted.step(&rows[at], &lessons[at]);
        }
    }
    fitted
}

impl Fitted {
    /// The lesson as numbers and values; what it holds is counted.
    fn row(&mut self, lesson: &Lesson<'_>) -> Vec<(usize, f32)> {
        let length = length(lesson.features, self.view);
        let mut row = Vec::with_capacity(lesson.features.len());
        for feature in lesson.features {
            let value = self.view.scale()[feature.place as usize] / length;
            if value == 0.0 {
                continue;
            }
            let next = self.known.len();
            let number = *self.numbers.entry(feature.hash).or_insert(next);
            if number == next {
                self.known.push(Known { hash: feature.hash, ..Known::default() });
            }
            count(&mut self.known[number], lesson.is_spam);
            row.push((number, value));
        }
        row
    }

    fn step(&mut self, row: &[(usize, f32)], lesson: &Lesson<'_>) {
        let sum: f32 = row
            .iter()
            .map(|&(number, value)| self.view.of(&self.known[number]).value * value)
            .sum();
        let Some(pull) = pull(lesson.before + self.common + sum, lesson.is_spam) else {
            return;
        };
        for &(number, value) in row {
            move_by(self.view.of_mut(&mut self.known[number]), pull * value);
        }
        self.common += COMMON * STEP * pull;
    }

    /// Adds what was learnt to a table that may hold another view of the same lessons.
    pub(crate) fn add_to(&self, table: &mut Table) {
        for known in &self.known {
            let there = table.at(known.hash);
            *self.view.of_mut(there) = *self.view.of(known);
            (there.ham, there.spam) = (known.ham, known.spam);
        }
    }

    /// What was learnt, to be found by hash.
    pub(crate) fn table(&self) -> Table {
        let mut table = Table::with_room(self.known.len());
        self.add_to(&mut table);
        table
    }
}

/// Notes that the feature was seen once more.
pub(crate) fn count(known: &mut Known, is_spam: bool) {
    let count = if is_spam { &mut known.spam } else { &mut known.ham };
    *count = count.saturating_add(1);
}

/// How hard a mail judged with this evidence pulls, and whereto. `None` if it was judged right and surely.
pub(crate) fn pull(evidence: f32, is_spam: bool) -> Option<f32> {
    let signed = if is_spam { evidence } else { -evidence };
    let wanted = f32::from(u8::from(is_spam));
    let pull = wanted - chance(evidence);
    (signed <= MARGIN).then_some(if is_spam { pull * FOR_SPAM } else { pull })
}

/// Moves a weight; what was moved often moves less.
pub(crate) fn move_by(weight: &mut Weight, pull: f32) {
    weight.squares += pull * pull;
    weight.value += STEP * pull / (weight.squares.sqrt() + SMALL);
}

/// Fisher's and Yates' shuffle with Marsaglia's xorshift: the same order on every machine.
fn shuffle(order: &mut [usize], dice: &mut u64) {
    for at in (1..order.len()).rev() {
        *dice ^= *dice << 13;
        *dice ^= *dice >> 7;
        *dice ^= *dice << 17;
        let other = usize::try_from(*dice % (at as u64 + 1)).unwrap_or(0);
        order.swap(at, other);
    }
}
