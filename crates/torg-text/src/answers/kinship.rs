//! Which topics of the library a municipality's answer covers, told by their texts alone.
//!
//! A topic belongs to the answer it resembles most if it is that answer's nearest topic too, or if
//! the likeness leaves no doubt. Topics that belong to nobody stay in sight: a letter that fits one
//! of them fits no answer of the municipality well.

mod likeness;

use super::library::{Library, Topic};
use super::terms::Terms;
use super::{AnswerText, StandardAnswer};
use crate::Tongue;

/// For each topic of the library, the answer that covers it.
#[derive(Debug, Default)]
pub(super) struct Kinship(pub(super) Vec<Option<usize>>);

/// A text of an answer or a topic, with the questions it took over.
#[derive(Debug, Clone)]
pub(super) struct OwnedText<'a> {
    pub(super) tongue: Tongue,
    pub(super) title: &'a str,
    pub(super) body: &'a str,
    questions: Vec<&'a [String]>,
}

/// The least likeness of two that are nearest to each other.
const MUTUAL: f32 = 0.25;
/// The least likeness of a topic whose nearest answer has a nearer topic.
const CLEAR: f32 = 0.35;

/// Compares all answers to all topics.
pub(super) fn of(terms: &Terms, answers: &[StandardAnswer], library: &Library) -> Kinship {
    let own: Vec<&[AnswerText]> = answers.iter().map(|answer| answer.texts.as_slice()).collect();
    let theirs: Vec<&[AnswerText]> =
        library.topics.iter().map(|topic| topic.texts.as_slice()).collect();
    let table = likeness::of(terms, &own, &theirs);
    // For each answer what its nearest topic is like.
    let nearest: Vec<f32> = (0..answers.len())
        .map(|answer| {
            let of_answer = table.iter().filter_map(|likes| likes.get(answer));
            of_answer.copied().fold(0.0, f32::max)
        })
        .collect();
    Kinship(table.iter().map(|likes| kin(likes, &nearest)).collect())
}

fn kin(likes: &[f32], nearest: &[f32]) -> Option<usize> {
    let best = likes.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
    let (answer, likeness) = best?;
    let is_mutual = nearest.get(answer).is_some_and(|nearest| nearest <= likeness);
    (*likeness >= if is_mutual { MUTUAL } else { CLEAR }).then_some(answer)
}

impl Kinship {
    /// All texts of each answer with those it takes over, then those of topics without an answer.
    pub(super) fn owned<'a>(
        &self,
        answers: &'a [StandardAnswer],
        library: &'a Library,
    ) -> Vec<Vec<OwnedText<'a>>> {
        let texts = |texts: &'a [AnswerText]| texts.iter().map(OwnedText::of).collect();
        let mut owned: Vec<Vec<OwnedText<'a>>> =
            answers.iter().map(|answer| texts(&answer.texts)).collect();
        for (topic, kin) in library.topics.iter().zip(&self.0) {
            match kin.and_then(|answer| owned.get_mut(answer)) {
                Some(own) => topic.texts.iter().for_each(|text| take_over(own, text)),
                None => owned.push(texts(&topic.texts)),
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

impl<'a> OwnedText<'a> {
    fn of(text: &'a AnswerText) -> Self {
        Self {
            tongue: text.tongue,
            title: &text.title,
            body: &text.body,
            questions: vec![&text.questions],
        }
    }

    /// The ways people ask.
    pub(super) fn questions(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.questions.iter().flat_map(|some| some.iter().map(String::as_str))
    }

    /// Title and questions: all that a letter may say.
    pub(super) fn seeds(&self) -> impl Iterator<Item = &'a str> + '_ {
        std::iter::once(self.title).chain(self.questions()).filter(|seed| !seed.is_empty())
    }
}

/// Questions in every language; titles only where the answer has none, for another's title may say
/// what this answer does not.
fn take_over<'a>(texts: &mut Vec<OwnedText<'a>>, of_topic: &'a AnswerText) {
    match texts.iter_mut().find(|text| text.tongue == of_topic.tongue) {
        Some(text) => text.questions.push(&of_topic.questions),
        None => texts.push(OwnedText { body: "", ..OwnedText::of(of_topic) }),
    }
}
