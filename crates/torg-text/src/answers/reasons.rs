//! Why an answer is suggested, in the letter's own words.

use super::Reason;
use super::cases::Near;
use super::ranker::{Ranker, Reading};
use super::terms::{Key, Kind, words};

const MOST_WORDS: usize = 4;
/// A word with fewer letters tells nobody anything ("e" of "e-post").
const SHORTEST: usize = 3;
const MOST_EARLIER: usize = 12;
/// A word tells something if it is worth so much of what the best word is worth.
const LEAST_SHARE: f32 = 0.35;
const LEAST_LIKENESS: f32 = 0.2;

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

fn telling_words(ranker: &Ranker, reading: &Reading, answer: usize) -> Vec<String> {
    let of_key = |&(kind, key): &(Kind, Key)| ranker.index(kind).worth(key, answer);
    telling(ranker, reading, |keys| keys.iter().map(of_key).fold(0.0, f32::max))
}

/// The words of a letter that speak most for something, by what each is worth.
pub(super) fn telling(
    ranker: &Ranker,
    reading: &Reading,
    worth_of: impl Fn(&[(Kind, Key)]) -> f32,
) -> Vec<String> {
    let mut worth: Vec<(String, f32)> = Vec::new();
    for (sentence, weight) in &reading.request.sentences {
        for word in surfaces(sentence) {
            if worth.iter().any(|(other, _)| other.to_lowercase() == word.to_lowercase()) {
                continue;
            }
            let mut keys = ranker.terms.of_word(&word, reading.tongue);
            keys.extend(ranker.terms.of_meant(&word, reading.tongue));
            worth.push((word, weight * worth_of(&keys)));
        }
    }
    worth.sort_by(|one, other| other.1.total_cmp(&one.1));
    let most = worth.first().map_or(0.0, |word| word.1);
    let telling = worth.into_iter().take(MOST_WORDS);
    telling.filter(|word| word.1 > 0.0 && word.1 >= LEAST_SHARE * most).map(|word| word.0).collect()
}

/// The words of a sentence as they stand there, cut where the terms are cut.
fn surfaces(sentence: &str) -> Vec<String> {
    let all = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let tells = |word: &&str| word.chars().count() >= SHORTEST && !words(word).is_empty();
    all.filter(tells).map(str::to_owned).collect()
}
