//! Best first: the newest hits, ordered by what only some of them have.
//!
//! All of them hold all the words, so that tells nothing. What a few have and the others have not
//! (a word in the head, a word just as it was typed, two words side by side) counts the more, the
//! fewer have it: the inverse document frequency of BM25 (Robertson and Zaragoza 2009, (3.2)), over
//! the hits instead of over all that was ever written. A letter says a word or does not, so how
//! often it says it does not count.

use std::collections::HashMap;
use std::ops::Range;

use torg_core::{MessageId, Viewer};

use super::hits::among;
use super::question::{self, Found, Wanted, all_of, any_of, forms, groups, quoted};
use crate::folders::Sort;
use crate::{EngineKind, Read, StoreError};

/// So many of the newest hits are ordered; older ones are not looked at.
pub const RANKED: usize = 2000;

/// Stands before a word of the head: subject, name and address of who wrote.
pub const HEAD_MARK: char = '@';

/// A word as it stands in the index once more if it stands in the head.
pub(super) fn in_the_head(word: &str) -> String {
    format!("{HEAD_MARK}{word}")
}

/// Something a hit may have: how the index is asked for it, of which words it tells so that they need
/// not be asked for beside, and how much it counts.
struct Sign {
    question: String,
    places: Range<usize>,
    weight: f64,
}

impl Sign {
    /// The question for the hits that have it, where `groups` ask for a hit's words: PostgreSQL looks
    /// at hits alone. That it stands behind no wall is not asked: nearly every document stands behind
    /// the open one, and only what was found behind the viewer's is looked at.
    fn among(&self, engine: EngineKind, groups: &[String]) -> String {
        if engine == EngineKind::Postgres {
            return self.question.clone();
        }
        let others = groups.iter().enumerate().filter(|(place, _)| !self.places.contains(place));
        let others = others.map(|(_, group)| group.clone());
        all_of(engine, &std::iter::once(self.question.clone()).chain(others).collect::<Vec<_>>())
    }
}

const IN_THE_HEAD: f64 = 3.0;
const SIDE_BY_SIDE: f64 = 2.0;
const AS_TYPED: f64 = 1.0;
/// Signs are asked for one by one; of a very long question the first words count.
const MOST_SIGNS: usize = 16;

/// The best of the newest hits.
pub(crate) struct Ranked {
    /// Best first; of equal ones the newer first.
    pub(crate) messages: Vec<MessageId>,
    /// The newest of the hits, what was left out among them.
    pub(crate) newest: Option<MessageId>,
    /// There may be older hits.
    pub(crate) is_full: bool,
}

/// The newest [`RANKED`] messages older than `below` that hold what is wanted, as far as they are
/// not left out.
pub(crate) fn best(
    read: &Read<'_>,
    viewer: &Viewer,
    wanted: Wanted<'_>,
    below: i64,
) -> Result<Ranked, StoreError> {
    let words = wanted.words;
    let engine = read.engine();
    let most = i64::try_from(RANKED).unwrap_or(i64::MAX);
    let Found { messages: mut found, left_out, goes_on } =
        question::found(read, viewer, wanted, Sort::Newest, (below, most))?;
    let (newest, is_full) = (found.first().copied(), found.len() == RANKED);
    found.retain(|message| !left_out.contains(message));
    let groups = groups(engine, words, goes_on);
    let signs = signs(engine, words, goes_on);
    let questions: Vec<String> = signs.iter().map(|sign| sign.among(engine, &groups)).collect();
    let mut scores: HashMap<MessageId, f64> = found.iter().map(|message| (*message, 0.0)).collect();
    let mut having = among(read, &questions, &found)?;
    having.retain(|(message, _)| scores.contains_key(message));
    for (place, sign) in signs.iter().enumerate() {
        let having = || having.iter().filter(|(_, of)| of >> place & 1 == 1).map(|(one, _)| one);
        let worth = sign.weight * rarity(having().count(), found.len());
        for message in having() {
            *scores.entry(*message).or_default() += worth;
        }
    }
    let score = |message: &MessageId| scores.get(message).copied().unwrap_or_default();
    // Stable: they come newest first.
    found.sort_by(|one, other| score(other).total_cmp(&score(one)));
    Ok(Ranked { messages: found, newest, is_full })
}

/// What a hit may have beyond what every hit has.
fn signs(engine: EngineKind, words: &[Vec<String>], goes_on: bool) -> Vec<Sign> {
    // Marked words stand in no order, so there are no phrases of them.
    let is_phrase = |offered: &[String]| offered.iter().any(|word| word.contains(' '));
    let single = words.iter().enumerate().filter(|(_, offered)| !is_phrase(offered));
    let of_the_head = single.map(|(place, offered)| {
        let forms = forms(offered, goes_on && place + 1 == words.len());
        let marked = forms.map(|(word, goes_on)| quoted(engine, &in_the_head(word), goes_on));
        let question = any_of(engine, &marked.collect::<Vec<_>>());
        Sign { question, places: place..place + 1, weight: IN_THE_HEAD }
    });
    let typed = |offered: &Vec<String>| offered.first().cloned().unwrap_or_default();
    let several = words.iter().enumerate().filter(|(_, offered)| offered.len() > 1);
    let as_typed = several.map(|(place, offered)| Sign {
        question: any_of(engine, &[quoted(engine, &typed(offered), false)]),
        places: place..place + 1,
        weight: AS_TYPED,
    });
    let side_by_side = words.windows(2).enumerate().map(|(place, two)| {
        let phrase = two.iter().map(typed).collect::<Vec<_>>().join(" ");
        let question = any_of(engine, &[quoted(engine, &phrase, false)]);
        Sign { question, places: place..place + 2, weight: SIDE_BY_SIDE }
    });
    of_the_head.chain(side_by_side).chain(as_typed).take(MOST_SIGNS).collect()
}

/// How much it tells that a hit has what `having` of `all` hits have.
fn rarity(having: usize, all: usize) -> f64 {
    let count = |number: usize| u32::try_from(number).map_or(f64::MAX, f64::from);
    ((count(all - having.min(all)) + 0.5) / (count(having) + 0.5)).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_few_have_tells_more_than_what_all_have() {
        assert!(rarity(1, 2000) > rarity(500, 2000));
        assert!(rarity(500, 2000) > rarity(2000, 2000) && rarity(2000, 2000) < 0.001);
    }

    #[test]
    fn a_question_asks_for_the_head_the_pair_and_the_form_that_was_typed() {
        let words = [vec!["hull".to_owned(), "~hul".to_owned()], vec!["26/118".to_owned()]];
        let signs = signs(EngineKind::Sqlite, &words, true);
        let questions: Vec<&str> = signs.iter().map(|sign| sign.question.as_str()).collect();
        let pair = "(\"hull 26/118\")";
        assert_eq!(questions, ["(\"@~hul\")", "(\"@26/118\"*)", pair, "(\"hull\")"]);

        let groups = groups(EngineKind::Sqlite, &words, false);
        let among = |place: usize| signs[place].among(EngineKind::Sqlite, &groups);
        assert_eq!(among(1), "(\"@26/118\"*) AND (\"~hul\")", "what is left of it");
        assert_eq!(among(2), pair, "a pair holds both");
        let asked = signs[1].among(EngineKind::Postgres, &groups);
        assert_eq!(asked, signs[1].question, "hits hold the rest");
    }
}
