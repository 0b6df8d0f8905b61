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
/// How often all mails are gone through, and in how many orders from the beginning. What mails met early taught keeps
/// the upper hand, so the mean of several orders is surer than any one.
const ROUNDS: usize = 10;
const ORDERS: u8 = 5;
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

/// Weights of features, and the common one.
pub(crate) struct Fitted {
    view: View,
    known: Vec<Known>,
    pub(crate) common: f32,
}

/// Learns from all lessons, in orders that are always the same.
pub(crate) fn fit(lessons: &[Lesson<'_>], view: View) -> Fitted {
    let mut numbers = HashMap::new();
    let mut fitted = Fitted { view, known: Vec::new(), common: 0.0 };
    let rows: Vec<Row> = lessons.iter().map(|lesson| fitted.row(lesson, &mut numbers)).collect();
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut dice = 0x2545_f491_4f6c_dd1d;
    for _ in 0..ORDERS {
        let mut course =
            Course { weights: vec![Weight::default(); fitted.known.len()], common: 0.0 };
        for _ in 0..ROUNDS {
            shuffle(&mut order, &mut dice);
            for &at in &order {
                course.step(&rows[at], &lessons[at]);
            }
        }
        fitted.take_part_of(&course);
    }
    fitted
}

/// A lesson as numbers of features and their values.
type Row = Vec<(usize, f32)>;

/// Weights while mails are gone through in one order.
struct Course {
    weights: Vec<Weight>,
    common: f32,
}

impl Course {
    fn step(&mut self, row: &[(usize, f32)], lesson: &Lesson<'_>) {
        let sum: f32 = row.iter().map(|&(number, value)| self.weights[number].value * value).sum();
        let Some(pull) = pull(lesson.before + self.common + sum, lesson.is_spam) else {
            return;
        };
        for &(number, value) in row {
            move_by(&mut self.weights[number], pull * value);
        }
        self.common += COMMON * STEP * pull;
    }
}

impl Fitted {
    /// The lesson as numbers and values; what it holds is counted.
    fn row(&mut self, lesson: &Lesson<'_>, numbers: &mut HashMap<u64, usize>) -> Row {
        let length = length(lesson.features, self.view);
        let mut row = Vec::with_capacity(lesson.features.len());
        for feature in lesson.features {
            let value = self.view.scale()[feature.place as usize] / length;
            if value == 0.0 {
                continue;
            }
            let next = self.known.len();
            let number = *numbers.entry(feature.hash).or_insert(next);
            if number == next {
                self.known.push(Known { hash: feature.hash, ..Known::default() });
            }
            count(&mut self.known[number], lesson.is_spam);
            row.push((number, value));
        }
        row
    }

    /// One order's share of the mean.
    fn take_part_of(&mut self, course: &Course) {
        let part = 1.0 / f32::from(ORDERS);
        for (known, weight) in self.known.iter_mut().zip(&course.weights) {
            let mean = self.view.of_mut(known);
            mean.value += part * weight.value;
            mean.squares += part * weight.squares;
        }
        self.common += part * course.common;
    }

    /// Adds what was learnt to a table that may hold another view of the same lessons.
    pub(crate) fn add_to(&self, table: &mut Table) {
        for mut known in self.known.iter().copied() {
            table.change(known.hash, |there| {
                *self.view.of_mut(there) = *self.view.of_mut(&mut known);
                (there.ham, there.spam) = (known.ham, known.spam);
            });
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
