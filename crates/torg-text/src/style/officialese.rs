//! Words that the house does not use, that nobody says aloud, or that speak to the reader in the
//! other way.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Hint, Rules};
use crate::Tongue;

/// What a sentence holds of them, in its order.
pub(super) fn in_sentence(sentence: &str, rules: &Rules<'_>) -> Vec<Hint> {
    let lower = sentence.to_lowercase();
    let mut found: Vec<(usize, Hint)> = Vec::new();
    // Lower case may be of another length in bytes; then a word is told as it was found.
    let written = |at: usize, word: &str| {
        let own = sentence.get(at..at + word.len()).filter(|own| own.to_lowercase() == word);
        own.unwrap_or(word).to_owned()
    };
    for (word, instead) in rules.avoided {
        let word = word.to_lowercase();
        if let Some(at) = place(&lower, &word) {
            let instead = (*instead).to_owned();
            found.push((at, Hint::Avoided { word: written(at, &word), instead }));
        }
    }
    if rules.plain {
        for (word, instead) in PLAINER.get(&rules.tongue).into_iter().flatten() {
            if let Some(at) = place(&lower, word) {
                let instead = (*instead).to_owned();
                found.push((at, Hint::Plainer { word: written(at, word), instead }));
            }
        }
    }
    found.extend(address(sentence, rules));
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, hint)| hint).collect()
}

/// Where a word or phrase stands by itself.
fn place(text: &str, word: &str) -> Option<usize> {
    let stands = |at: &usize| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(word).map(|(at, _)| at).find(stands)
}

/// The first word that speaks to the reader in the way that is not the house's. A formal "De" is
/// told from "they" by its capital, so that the first word of a sentence never counts.
fn address(sentence: &str, rules: &Rules<'_>) -> Option<(usize, Hint)> {
    let (informal, formal) = pronouns(rules.tongue);
    let others = if rules.formal? { informal } else { formal };
    let mut at = 0;
    for (place, chunk) in sentence.split_inclusive(char::is_whitespace).enumerate() {
        let word = chunk.trim_matches(|letter: char| !letter.is_alphanumeric());
        let is_other = match rules.formal {
            Some(true) => others.contains(&word.to_lowercase().as_str()),
            _ => place > 0 && others.contains(&word),
        };
        if is_other {
            return Some((at, Hint::Address { word: word.to_owned() }));
        }
        at += chunk.len();
    }
    None
}

/// How one is spoken to: informally, in small letters, and formally, as it is written.
fn pronouns(tongue: Tongue) -> (&'static [&'static str], &'static [&'static str]) {
    match tongue {
        Tongue::Da => (&["du", "dig", "din", "dit", "dine"], &["De", "Dem", "Deres"]),
        Tongue::Nb => (&["du", "deg", "din", "ditt", "dine", "di"], &["De", "Dem", "Deres"]),
        Tongue::Nn => (&["du", "deg", "din", "ditt", "dine", "di"], &["De", "Dykk", "Dykkar"]),
        Tongue::Sv => (&["du", "dig", "din", "ditt", "dina"], &["Ni", "Er", "Ert", "Era"]),
        Tongue::En => (&[], &[]),
    }
}

type Pairs = Vec<(&'static str, &'static str)>;

/// Officialese of each language with plain words, from `officialese.txt`.
static PLAINER: LazyLock<HashMap<Tongue, Pairs>> = LazyLock::new(|| {
    let mut all: HashMap<Tongue, Pairs> = HashMap::new();
    for line in include_str!("officialese.txt").lines() {
        let Some((tag, pair)) = line.split_once(' ') else { continue };
        if let (Some(tongue), Some(pair)) = (tongue(tag), pair.split_once(" = ")) {
            all.entry(tongue).or_default().push(pair);
        }
    }
    all
});

fn tongue(tag: &str) -> Option<Tongue> {
    match tag {
        "da" => Some(Tongue::Da),
        "nb" => Some(Tongue::Nb),
        "nn" => Some(Tongue::Nn),
        "sv" => Some(Tongue::Sv),
        "en" => Some(Tongue::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read_and_no_word_stands_there_twice() {
        let lines = include_str!("officialese.txt").lines().filter(|line| !line.is_empty());
        assert_eq!(PLAINER.values().map(Vec::len).sum::<usize>(), lines.count());
        for (tongue, pairs) in PLAINER.iter() {
            assert!(pairs.len() >= 20, "{tongue:?} has {}", pairs.len());
            for (place, (word, instead)) in pairs.iter().enumerate() {
                assert_eq!(*word, word.to_lowercase(), "{word}");
                assert!(!instead.is_empty(), "{word}");
                assert!(!pairs.iter().skip(place + 1).any(|other| other.0 == *word), "{word}");
            }
        }
    }
}
