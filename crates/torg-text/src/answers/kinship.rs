//! Which topics of the library a municipality's answer covers, told by their texts alone.
//!
//! A topic belongs to the answer it resembles most if it is that answer's nearest topic too, or if
//! the likeness leaves no doubt. Topics that belong to nobody stay in sight: a letter that fits one
//! of them fits no answer of the municipality well.

use super::cases::unit;
use super::index::{Fields, Index};
use super::library::{Library, Topic};
use super::terms::{Key, Kind, Terms};
use super::{AnswerText, StandardAnswer};

/// For each topic of the library, the answer that covers it.
#[derive(Debug, Default)]
pub(super) struct Kinship(pub(super) Vec<Option<usize>>);

/// The least likeness of two that are nearest to each other.
const MUTUAL: f32 = 0.25;
/// The least likeness of a topic whose nearest answer has a nearer topic.
const CLEAR: f32 = 0.35;

/// Compares all answers to all topics.
pub(super) fn of(terms: &Terms, answers: &[StandardAnswer], library: &Library) -> Kinship {
    let own: Vec<&[AnswerText]> = answers.iter().map(|answer| answer.texts.as_slice()).collect();
    let theirs: Vec<&[AnswerText]> =
        library.topics.iter().map(|topic| topic.texts.as_slice()).collect();
    let portraits = portraits(terms, &[own.as_slice(), theirs.as_slice()].concat());
    let (own, theirs) = portraits.split_at(answers.len());
    let table: Vec<Vec<f32>> = theirs
        .iter()
        .map(|topic| own.iter().map(|answer| likeness(topic, answer)).collect())
        .collect();
    Kinship(table.iter().enumerate().map(|(topic, likes)| kin(&table, topic, likes)).collect())
}

fn kin(table: &[Vec<f32>], topic: usize, likes: &[f32]) -> Option<usize> {
    let best = likes.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
    let (answer, likeness) = best?;
    let others = table.iter().enumerate().filter(|(other, _)| *other != topic);
    let is_mutual =
        others.filter_map(|(_, likes)| likes.get(answer)).all(|other| other <= likeness);
    (*likeness >= if is_mutual { MUTUAL } else { CLEAR }).then_some(answer)
}

impl Kinship {
    /// All texts of each answer with those it takes over, then those of topics without an answer.
    pub(super) fn owned(
        &self,
        answers: &[StandardAnswer],
        library: &Library,
    ) -> Vec<Vec<AnswerText>> {
        let mut owned: Vec<Vec<AnswerText>> =
            answers.iter().map(|answer| answer.texts.clone()).collect();
        for (topic, kin) in library.topics.iter().zip(&self.0) {
            match kin.and_then(|answer| owned.get_mut(answer)) {
                Some(texts) => topic.texts.iter().for_each(|text| take_over(texts, text)),
                None => owned.push(topic.texts.clone()),
            }
        }
        owned
    }

    /// The topics without an answer, in their order.
    pub(super) fn strangers<'a>(&'a self, library: &'a Library) -> impl Iterator<Item = &'a Topic> {
        let all = library.topics.iter().zip(&self.0);
        all.filter(|(_, kin)| kin.is_none()).map(|(topic, _)| topic)
    }
}

/// Questions in every language; titles only where the answer has none, for another's title may say
/// what this answer does not.
fn take_over(texts: &mut Vec<AnswerText>, of_topic: &AnswerText) {
    match texts.iter_mut().find(|text| text.tongue == of_topic.tongue) {
        Some(text) => text.questions.extend(of_topic.questions.iter().cloned()),
        None => texts.push(AnswerText { body: String::new(), ..of_topic.clone() }),
    }
}

/// Title and body of a text in each language, of length 1.
type Portrait = Vec<(crate::Tongue, [Vec<(Key, f32)>; 2])>;

fn portraits(terms: &Terms, all: &[&[AnswerText]]) -> Vec<Portrait> {
    let fields = |text: &AnswerText| Fields {
        title: terms.counted(&text.title, text.tongue),
        body: terms.counted(&text.body, text.tongue),
        ..Fields::default()
    };
    let all: Vec<Vec<(crate::Tongue, Fields)>> = all
        .iter()
        .map(|texts| texts.iter().map(|text| (text.tongue, fields(text))).collect())
        .collect();
    let plain: Vec<Vec<Fields>> =
        all.iter().map(|texts| texts.iter().map(|text| text.1.clone()).collect()).collect();
    let indexes = Kind::ALL.map(|kind| Index::new(kind, &plain));
    let portrait = |bag: &super::terms::Bag| {
        let kinds = Kind::ALL.into_iter().zip(&indexes).map(|(kind, index)| {
            let rare =
                |&(key, count): &(Key, f32)| (key, count.sqrt() * index.rarity(key, plain.len()));
            unit(bag.of(kind).iter().map(rare).collect())
        });
        let mut terms = unit(kinds.flatten().collect());
        terms.sort_unstable_by_key(|term| term.0);
        terms
    };
    let of_text = |text: &(crate::Tongue, Fields)| {
        (text.0, [portrait(&text.1.title), portrait(&text.1.body)])
    };
    all.iter().map(|texts| texts.iter().map(of_text).collect()).collect()
}

/// The mean over the languages both have of how alike titles and bodies are; 0 if they share none.
fn likeness(one: &Portrait, other: &Portrait) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0f32);
    for (tongue, [title, body]) in one {
        let same = other.iter().find(|(theirs, texts)| theirs == tongue && !texts[1].is_empty());
        if let Some((_, [their_title, their_body])) = same.filter(|_| !body.is_empty()) {
            sum += (cosine(title, their_title) + cosine(body, their_body)) / 2.0;
            count += 1.0;
        }
    }
    sum / count.max(1.0)
}

/// Of two lists of length 1 that are sorted by key.
fn cosine(one: &[(Key, f32)], other: &[(Key, f32)]) -> f32 {
    let find = |key: &Key| other.binary_search_by_key(key, |term| term.0).ok();
    let weight = |at: usize| other.get(at).map_or(0.0, |term| term.1);
    one.iter().filter_map(|(key, value)| Some(value * weight(find(key)?))).sum()
}
