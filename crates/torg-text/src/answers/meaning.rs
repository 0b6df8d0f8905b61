//! What the sentence model adds: how near a letter is to each answer in meaning, and a learner on
//! vectors that saw every seed question.
//!
//! Vectors of the library's own texts come with the program ([`shipped_vector`]), because making
//! six thousand of them takes minutes. All vectors of this model lean the same way; what they share
//! is taken off first.

mod shipped;

use super::kinship::OwnedText;
use super::learner::shares_of;
use super::library::Library;
use super::{AnswerText, StandardAnswer};
use crate::Tongue;
use crate::e5::{DIMENSIONS, Model, Vector};

pub use shipped::{shipped_texts, written_vectors};

/// Turns a text into a vector, if it can: `query: …` or `passage: …`.
pub trait Embed {
    /// The text's vector, of length 1; none if there is no model or it failed.
    fn embed(&self, text: &str) -> Option<Vector>;
}

impl Embed for Model {
    fn embed(&self, text: &str) -> Option<Vector> {
        Model::embed(self, text).ok()
    }
}

/// What is known by meaning.
pub(super) struct Meaning {
    centre: Vector,
    /// For each answer the vectors of its texts, by their languages.
    passages: Vec<Vec<(Tongue, Vector)>>,
    learner: VectorLearner,
    /// What the learner saw.
    examples: Vec<(Vector, usize)>,
}

const ROUNDS: usize = 8;
const MOST_NEAREST: usize = 3;
/// From this likeness on two texts of one language say the same, and two of different ones: texts in
/// one language are alike in that alone.
const SAME_TONGUE: f32 = 0.7;
const OTHER_TONGUE: f32 = 0.45;

impl Meaning {
    /// `owned` are the texts of each owner; the first of them are `answers`; one class more is that
    /// of letters that need a person.
    pub(super) fn new(
        answers: &[StandardAnswer],
        owned: &[Vec<OwnedText<'_>>],
        library: &Library,
        embed: &dyn Embed,
    ) -> Self {
        let vector = |text: &str| shipped::vector(text).or_else(|| embed.embed(text));
        let of_texts = |answer: &StandardAnswer| {
            let passages = answer.texts.iter().filter(|text| !text.body.is_empty());
            let read = |text: &AnswerText| Some((text.tongue, vector(&passage(text))?));
            passages.filter_map(read).collect::<Vec<_>>()
        };
        let mut examples: Vec<(Vector, usize)> = Vec::new();
        for (owner, texts) in owned.iter().enumerate() {
            for text in texts {
                let seeds = text.seeds();
                examples.extend(seeds.filter_map(|seed| Some((vector(&query(seed))?, owner))));
            }
        }
        let human = library.unanswerable().filter_map(|(_, letter, _)| vector(&query(letter)));
        examples.extend(human.map(|vector| (vector, owned.len())));
        let mut passages: Vec<Vec<(Tongue, Vector)>> = answers.iter().map(of_texts).collect();
        let of_passages = passages.iter().flatten().map(|passage| &passage.1);
        let centre = centre(examples.iter().map(|example| &example.0).chain(of_passages));
        for (_, vector) in passages.iter_mut().flatten() {
            *vector = centred(vector, &centre);
        }
        let examples: Vec<(Vector, usize)> = examples
            .into_iter()
            .map(|(vector, class)| (centred(&vector, &centre), class))
            .collect();
        let mut learner = VectorLearner::new(owned.len() + 1);
        learner.study(&examples, ROUNDS);
        Self { centre, passages, learner, examples }
    }

    /// The likeness of each answer's nearest text.
    pub(super) fn likeness(&self, vector: &Vector) -> Vec<f32> {
        let vector = centred(vector, &self.centre);
        let nearest = |texts: &Vec<(Tongue, Vector)>| {
            let likes = texts.iter().map(|text| product(&vector, &text.1));
            likes.fold(f32::NEG_INFINITY, f32::max)
        };
        let all = self.passages.iter().map(nearest);
        all.map(|nearest| if nearest.is_finite() { nearest } else { 0.0 }).collect()
    }

    /// The answers that say the same as one of them in some language, and by how much they are more
    /// alike than two must be for that.
    pub(super) fn alike(&self, answer: usize) -> Vec<(usize, f32)> {
        let own = self.passages.get(answer).map_or(&[][..], Vec::as_slice);
        let beyond = |(one, of_one): &(Tongue, Vector), (other, of_other): &(Tongue, Vector)| {
            product(of_one, of_other) - if one == other { SAME_TONGUE } else { OTHER_TONGUE }
        };
        let most = |texts: &Vec<(Tongue, Vector)>| {
            let pairs = texts.iter().flat_map(|text| own.iter().map(move |own| beyond(own, text)));
            pairs.fold(f32::NEG_INFINITY, f32::max)
        };
        let all = self.passages.iter().map(most).enumerate();
        all.filter(|(other, beyond)| *other != answer && *beyond >= 0.0).collect()
    }

    /// What the learner says of each owner, and of "a person must answer" (log odds).
    pub(super) fn learnt(&self, vector: &Vector) -> Vec<f32> {
        self.learner.scores(&centred(vector, &self.centre))
    }

    pub(super) fn learn(&mut self, vector: &Vector, class: usize) {
        let vector = centred(vector, &self.centre);
        self.learner.see(&vector, class, RATE / 2.0);
        self.examples.push((vector, class));
    }

    /// How much nearer letters that needed a person are than the questions of `class`: above 0 if
    /// they are nearer. The three nearest of each count, for a single one may be odd.
    pub(super) fn nearer_to_a_person(&self, vector: &Vector, class: usize) -> f32 {
        let vector = centred(vector, &self.centre);
        let person = self.learner.weights.len() - 1;
        let nearest = |wanted: usize| {
            let of_class = self.examples.iter().filter(|example| example.1 == wanted);
            let mut likes: Vec<f32> =
                of_class.map(|example| product(&vector, &example.0)).collect();
            likes.sort_unstable_by(|one, other| other.total_cmp(one));
            likes.iter().take(MOST_NEAREST).sum::<f32>() / MOST_NEAREST as f32
        };
        nearest(person) - nearest(class)
    }
}

/// How a text is shown to the model as something asked.
pub(super) fn query(text: &str) -> String {
    format!("query: {text}")
}

/// How an answer is shown to the model.
fn passage(text: &AnswerText) -> String {
    format!("passage: {}\n{}", text.title, text.body)
}

fn centre<'a>(vectors: impl Iterator<Item = &'a Vector>) -> Vector {
    let (mut sum, mut count) = ([0.0; DIMENSIONS], 0.0f32);
    for vector in vectors {
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
        count += 1.0;
    }
    sum.map(|sum| sum / count.max(1.0))
}

fn centred(vector: &Vector, centre: &Vector) -> Vector {
    let mut moved = *vector;
    moved.iter_mut().zip(centre).for_each(|(value, centre)| *value -= centre);
    let length = product(&moved, &moved).sqrt().max(f32::MIN_POSITIVE);
    moved.map(|value| value / length)
}

fn product(one: &Vector, other: &Vector) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// Multinomial logistic regression on vectors, as [`super::learner`] does it on terms.
struct VectorLearner {
    weights: Vec<Vector>,
}

const RATE: f32 = 6.0;

impl VectorLearner {
    fn new(classes: usize) -> Self {
        Self { weights: vec![[0.0; DIMENSIONS]; classes] }
    }

    fn study(&mut self, examples: &[(Vector, usize)], rounds: usize) {
        for round in 0..rounds {
            let rate = RATE / (1.0 + round as f32);
            for at in super::learner::shuffled(examples.len(), round) {
                if let Some((vector, class)) = examples.get(at as usize) {
                    self.see(vector, *class, rate);
                }
            }
        }
    }

    fn see(&mut self, vector: &Vector, class: usize, rate: f32) {
        let mut shares = shares_of(&self.scores(vector));
        if let Some(right) = shares.get_mut(class) {
            *right -= 1.0;
        }
        for (weights, share) in self.weights.iter_mut().zip(shares) {
            let step = rate * share;
            weights.iter_mut().zip(vector).for_each(|(weight, value)| *weight -= step * value);
        }
    }

    fn scores(&self, vector: &Vector) -> Vec<f32> {
        self.weights.iter().map(|weights| product(weights, vector)).collect()
    }
}
