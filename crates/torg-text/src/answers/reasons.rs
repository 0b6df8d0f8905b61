//! Why an answer is suggested, in the letter's own words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Reason;
use super::cases::Near;
use super::ranker::{Ranker, Reading};
use super::terms::{Key, Kind, words};
use crate::Tongue;

const MOST_WORDS: usize = 4;
/// A word with fewer letters tells nobody anything ("e" of "e-post").
const SHORTEST: usize = 3;
const MOST_EARLIER: usize = 12;
/// A word tells something if it is worth so much of what the best word is worth.
const LEAST_SHARE: f32 = 0.35;
const LEAST_LIKENESS: f32 = 0.2;
/// What every third answer says is no reason for one of them.
const LEAST_WORTH: f32 = 0.35;

/// The words that speak most for an answer, and the nearest earlier letters that got it.
pub(super) fn of(ranker: &Ranker, reading: &Reading, near: &[Near], answer: usize) -> Vec<Reason> {
    let words = telling_words(ranker, reading, answer);
    let alike = near.iter().take_while(|near| near.likeness >= LEAST_LIKENESS);
    let same = alike.filter(|near| ranker.past.owner(near.case) == Some(answer));
    let earlier: Vec<String> = same
        .filter_map(|near| ranker.past_ids.get(near.case))
        .take(MOST_EARLIER)
        .cloned()
        .collect();
    let mut reasons = Vec::new();
    if !words.is_empty() {
        reasons.push(Reason::Words(words));
    }
    if !earlier.is_empty() {
        reasons.push(Reason::Earlier(earlier));
    }
    reasons
}

/// A word says more for the answer than for most only if it is worth more than on the average.
pub(super) fn telling_words(ranker: &Ranker, reading: &Reading, answer: usize) -> Vec<String> {
    telling(reading, |keys| ranker.worth_beyond_mean(keys, answer), LEAST_WORTH)
}

/// A word of a letter that may say what it is about, as it stands there.
pub(super) struct Told {
    pub(super) surface: String,
    /// How much its heaviest sentence weighs.
    pub(super) weight: f32,
    /// Its stems and concepts, and those of the words it may be meant for, as far as they are known;
    /// else its pieces, if most of them are.
    pub(super) keys: Vec<(Kind, Key)>,
}

/// The words of a letter that may say what it is about, each once. A plain word may help to rank, but
/// tells nobody why.
pub(super) fn told(
    ranker: &Ranker,
    sentences: &[(String, f32)],
    tongue: Option<Tongue>,
) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (sentence, weight) in sentences {
        for surface in surfaces(sentence).into_iter().filter(|word| !is_plain(word, tongue)) {
            let at = *seen.entry(surface.to_lowercase()).or_insert(told.len());
            if let Some(known) = told.get_mut(at) {
                known.weight = known.weight.max(*weight);
                continue;
            }
            let mut keys = ranker.terms.of_word(&surface, tongue);
            keys.extend(ranker.terms.of_meant(&surface, tongue));
            keys.retain(|&(kind, key)| ranker.knows(kind, key));
            if keys.is_empty() {
                keys = ranker.known_pieces(&surface);
            }
            told.push(Told { surface, weight: *weight, keys });
        }
    }
    told
}

/// The words of a letter that speak most for something, by what each is worth, `least` at least.
pub(super) fn telling(
    reading: &Reading,
    worth_of: impl Fn(&[(Kind, Key)]) -> f32,
    least: f32,
) -> Vec<String> {
    let known = reading.told.iter().filter(|word| !word.keys.is_empty());
    let mut worth: Vec<(&str, f32)> =
        known.map(|word| (word.surface.as_str(), word.weight * worth_of(&word.keys))).collect();
    worth.sort_by(|one, other| other.1.total_cmp(&one.1));
    let most = worth.first().map_or(0.0, |word| word.1);
    let telling = worth.into_iter().take(MOST_WORDS);
    let telling = telling.filter(|word| word.1 > least && word.1 >= LEAST_SHARE * most);
    telling.map(|word| word.0.to_owned()).collect()
}

/// The words of a sentence as they stand there, cut where the terms are cut.
fn surfaces(sentence: &str) -> Vec<String> {
    let all = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let tells = |word: &&str| word.chars().count() >= SHORTEST && !words(word).is_empty();
    all.filter(tells).map(str::to_owned).collect()
}

/// The languages, then the words that are in any letter of theirs, whatever it is about: greetings and
/// the commonest names in all of them, for a greeting alone is in no language. Neighbours share a line: which of them a short letter is written in is easily mistaken.
const TABLE: &str = include_str!("plain_words.txt");

static PLAIN: LazyLock<HashMap<&'static str, Vec<Tongue>>> = LazyLock::new(|| {
    let mut plain: HashMap<&'static str, Vec<Tongue>> = HashMap::new();
    for (codes, words) in TABLE.lines().filter_map(|line| line.split_once(':')) {
        let tongues: Vec<Tongue> = codes.split_whitespace().filter_map(Tongue::from_code).collect();
        for word in words.split_whitespace() {
            plain.entry(word).or_default().extend(&tongues);
        }
    }
    plain
});

/// Whether a word says nothing of what a letter in this language is about.
fn is_plain(word: &str, tongue: Option<Tongue>) -> bool {
    let tongues = PLAIN.get(word.to_lowercase().as_str());
    tongues.is_some_and(|tongues| tongue.is_none_or(|tongue| tongues.contains(&tongue)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_any_letter_tells_nothing_and_what_it_is_about_does() {
        for (word, tongue) in [
            ("does", Tongue::En),
            ("Their", Tongue::En),
            ("press", Tongue::En),
            ("dere", Tongue::Nb),
            ("korleis", Tongue::Nn),
            ("hvordan", Tongue::Da),
            ("någon", Tongue::Sv),
            ("fredag", Tongue::Nb),
            ("måndag", Tongue::Sv),
        ] {
            assert!(is_plain(word, Some(tongue)) && is_plain(word, None), "{word}");
        }
        for word in ["lamp", "gatelykt", "barnehage", "skraldespand", "bygglov", "skatt"] {
            assert!(!is_plain(word, None), "{word}");
        }
        // "Under" is a preposition everywhere; a man is one in English only.
        assert!(is_plain("man", Some(Tongue::Sv)) && !is_plain("man", Some(Tongue::En)));
    }
}
