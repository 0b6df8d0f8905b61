//! All evidence for each answer, and what it sums to.

use super::{Ranker, Reading, are_near};
use crate::answers::automatic::Evidence;
use crate::answers::cases::Near;
use crate::answers::learner::shares_of;
use crate::answers::terms::Kind;
use crate::e5::Vector;

/// What each kind of evidence weighs. Round numbers: more would fit the letters they are tried on.
const WORDS: f32 = 1.0;
const GRAMS: f32 = 1.0;
const CONCEPTS: f32 = 1.0;
const LEARNT: f32 = 2.0;
const PAST: f32 = 1.0;
const LIKENESS: f32 = 2.0;
const UNDERSTOOD: f32 = 4.0;
/// What lexical evidence is worth where letter and answer share no language.
const FOREIGN: f32 = 0.2;
/// So many choices of an answer, and its past weighs half.
const HALF_TRUST: f32 = 4.0;
/// From this likeness on a letter says what an earlier one said, and what that got weighs so much.
pub(super) const SAME: f32 = 0.55;
const SAME_AGAIN: f32 = 4.0;

/// What speaks for each answer.
pub(in crate::answers) struct Weighed {
    pub(super) sums: Vec<f32>,
    /// How likely a person must answer, or a topic fits that no answer covers, from 0 to 1.
    pub(super) unanswered: f32,
    /// How like the texts of each answer are in meaning; empty without the sentence model.
    pub(super) likeness: Vec<f32>,
    pub(super) evidence: Option<Evidence>,
}

impl Ranker {
    /// All evidence for each answer, summed.
    pub(super) fn scores(
        &self,
        reading: &Reading,
        near: &[Near],
        vector: Option<&Vector>,
    ) -> Weighed {
        let count = self.answers.len();
        let [words, grams, concepts] = &self.indexes;
        let lexical = [
            (words.scores(reading.bag.of(Kind::Word), count), WORDS),
            (grams.scores(reading.bag.of(Kind::Gram), count), GRAMS),
        ];
        let concepts = concepts.scores(reading.bag.of(Kind::Concept), count);
        let mut learnt = self.learner.scores(&reading.terms, &self.near(&reading.bag));
        let by_words = shares_of(&learnt);
        learnt.truncate(count);
        let mut voters = vec![lexical[1].0.clone(), learnt.clone()];
        let mut sum = vec![0.0; count];
        for (scores, weight) in lexical {
            let foreign = |at: usize| if self.is_foreign(reading, at) { FOREIGN } else { 1.0 };
            add(&mut sum, &standard(&scores), |at| weight * foreign(at));
        }
        add(&mut sum, &standard(&concepts), |_| CONCEPTS);
        add(&mut sum, &standard(&learnt), |_| LEARNT);
        let trust = |at: usize| {
            let chosen = self.chosen.get(at).copied().unwrap_or_default();
            PAST * chosen / (chosen + HALF_TRUST)
        };
        add(&mut sum, &standard(&self.past.scores(near, count)), trust);
        add(&mut sum, &self.same_again(near, count), |_| SAME_AGAIN);
        if let Some((meaning, vector)) = self.meaning.as_ref().zip(vector) {
            let mut learnt = meaning.learnt(vector);
            let by_meaning = shares_of(&learnt);
            learnt.truncate(count);
            let likeness = meaning.likeness(vector);
            add(&mut sum, &standard(&likeness), |_| LIKENESS);
            add(&mut sum, &standard(&learnt), |_| UNDERSTOOD);
            voters.extend([likeness.clone(), learnt]);
            let first = best(&sum).unwrap_or_default();
            let human = (unanswered(&by_words, count) + unanswered(&by_meaning, count)) / 2.0;
            let evidence = Evidence {
                human,
                nearer_human: meaning.nearer_to_a_person(vector, first),
                ..agreement(&sum, &voters)
            };
            let evidence = Some(evidence);
            return Weighed { sums: sum, unanswered: human, likeness, evidence };
        }
        let (unanswered, likeness) = (unanswered(&by_words, count), Vec::new());
        Weighed { sums: sum, unanswered, likeness, evidence: None }
    }

    /// The share each answer has of the earlier letters that said the same.
    fn same_again(&self, near: &[Near], count: usize) -> Vec<f32> {
        let same = near.iter().take_while(|near| near.likeness >= SAME);
        let owners: Vec<usize> = same.filter_map(|near| self.past.owner(near.case)).collect();
        let mut shares = vec![0.0; count];
        for owner in &owners {
            let share = shares.get_mut(*owner);
            share.into_iter().for_each(|share| *share += 1.0 / owners.len() as f32);
        }
        shares
    }

    fn is_foreign(&self, reading: &Reading, answer: usize) -> bool {
        let Some(tongue) = reading.tongue else { return false };
        let known = self.tongues.get(answer).map_or(&[][..], Vec::as_slice);
        !known.iter().any(|other| are_near(*other, tongue))
    }
}

/// Scaled to mean 0 and deviation 1 (z-scores); all 0 where all are alike.
pub(super) fn standard(scores: &[f32]) -> Vec<f32> {
    let count = scores.len().max(1) as f32;
    let mean = scores.iter().sum::<f32>() / count;
    let spread = scores.iter().map(|score| (score - mean).powi(2)).sum::<f32>() / count;
    let spread = spread.sqrt();
    let scaled = |score: &f32| if spread > 1e-6 { (score - mean) / spread } else { 0.0 };
    scores.iter().map(scaled).collect()
}

fn add(sum: &mut [f32], scores: &[f32], weight: impl Fn(usize) -> f32) {
    for (at, (sum, score)) in sum.iter_mut().zip(scores).enumerate() {
        *sum += weight(at) * score;
    }
}

/// What is left for topics without an answer and for letters that need a person.
fn unanswered(shares: &[f32], answers: usize) -> f32 {
    shares.iter().skip(answers).sum()
}

/// How far the first is before the second, and how many voters have the same first.
fn agreement(sum: &[f32], voters: &[Vec<f32>]) -> Evidence {
    let first = best(sum);
    let others = sum.iter().enumerate().filter(|(at, _)| Some(*at) != first);
    let second = others.map(|(_, score)| *score).fold(f32::MIN, f32::max);
    let most = first.and_then(|first| sum.get(first)).copied().unwrap_or_default();
    let agreeing = voters.iter().filter(|scores| best(scores) == first).count();
    Evidence {
        margin: if second > f32::MIN { most - second } else { 0.0 },
        agreement: agreeing as f32 / voters.len().max(1) as f32,
        ..Evidence::default()
    }
}

pub(super) fn best(scores: &[f32]) -> Option<usize> {
    let best = scores.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
    best.map(|best| best.0)
}
