//! What a compound is made of, as far as its parts are words we know: "parkeringsafgift" is found
//! by "parkering" and by "afgift". Known are the words of the shipped table of synonyms.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::Tongue;

/// Shorter words are not taken apart, and shorter parts are not looked for.
const SHORTEST_WORD: usize = 8;
const SHORTEST_PART: usize = 4;
/// So many letters must be left beside a part.
const SHORTEST_REST: usize = 3;
/// So many letters an ending may have: "afgift|ens", "barnehage|ne".
const LONGEST_ENDING: usize = 3;

/// The longest known words that `word`, in lower case, begins and ends with; they are not the
/// word itself. English writes its compounds apart.
pub(crate) fn parts(word: &str, tongue: Tongue) -> impl Iterator<Item = &'static str> {
    let places: Vec<usize> = word.char_indices().map(|(place, _)| place).collect();
    let known = (places.len() >= SHORTEST_WORD).then(|| known(tongue)).flatten();
    known.into_iter().flat_map(move |known| {
        let last = places.len() - SHORTEST_REST;
        let head = (SHORTEST_PART..=last).rev().find_map(|end| known.get(word.get(..places[end])?));
        let tail = (SHORTEST_REST..=places.len() - SHORTEST_PART).find_map(|begin| {
            let tail = word.get(places[begin]..)?;
            ended(tail, &places[begin..]).find_map(|bare| known.get(bare))
        });
        [head, tail].into_iter().flatten().copied()
    })
}

/// A tail without endings of ever more letters, while enough is left.
fn ended<'a>(tail: &'a str, places: &'a [usize]) -> impl Iterator<Item = &'a str> {
    let begin = places.first().copied().unwrap_or_default();
    let longest = LONGEST_ENDING.min(places.len().saturating_sub(SHORTEST_PART));
    (0..=longest).filter_map(move |ending| match ending {
        0 => Some(tail),
        _ => tail.get(..places.get(places.len() - ending)? - begin),
    })
}

type Words = HashSet<&'static str>;

/// Danish, Norwegian in both its forms, Swedish.
static KNOWN: LazyLock<[Words; 3]> =
    LazyLock::new(|| [of_languages(&["da"]), of_languages(&["nb", "nn"]), of_languages(&["sv"])]);

fn known(tongue: Tongue) -> Option<&'static Words> {
    let [danish, norwegian, swedish] = &*KNOWN;
    match tongue {
        Tongue::Da => Some(danish),
        Tongue::Nb | Tongue::Nn => Some(norwegian),
        Tongue::Sv => Some(swedish),
        Tongue::En => None,
    }
}

/// The single words of some languages: `name | da: a, "b c" | nb: …`.
fn of_languages(languages: &[&str]) -> Words {
    let lines = include_str!("../library/synonyms.txt").lines();
    let parts =
        lines.flat_map(|line| line.split('#').next().unwrap_or_default().split('|').skip(1));
    let of_ours = parts.filter_map(|part| part.split_once(':'));
    of_ours
        .filter(|(language, _)| languages.contains(&language.trim()))
        .flat_map(|(_, words)| words.split(',').map(str::trim))
        .filter(|word| {
            word.chars().count() >= SHORTEST_PART && word.chars().all(char::is_alphabetic)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(word: &str, tongue: Tongue) -> Vec<&'static str> {
        parts(word, tongue).collect()
    }

    #[test]
    fn a_compound_is_found_by_its_beginning_and_its_end() {
        assert_eq!(of("parkeringsafgift", Tongue::Da), ["parkering", "afgift"]);
        assert_eq!(of("parkeringsafgiften", Tongue::Da), ["parkering", "afgift"]);
        assert!(of("villasøppeldunken", Tongue::Nb).contains(&"søppeldunk"));
        assert!(of("qwertyuiopasdf", Tongue::Sv).is_empty());
    }

    #[test]
    fn short_words_english_and_the_words_themselves_have_no_parts() {
        assert!(of("parkering", Tongue::Da).iter().all(|part| *part != "parkering"));
        assert!(of("skolevej", Tongue::En).is_empty());
        assert!(of("veien", Tongue::Nb).is_empty());
    }

    proptest! {
        #[test]
        fn parts_stand_in_the_word(word in "[a-zæøå]{0,30}") {
            for part in parts(&word, Tongue::Nb) {
                prop_assert!(word.contains(part) && part.len() < word.len());
            }
        }
    }
}
