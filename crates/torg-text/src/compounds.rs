//! What a compound is made of, as far as its parts are words we know: "parkeringsafgift" is found
//! by "parkering" and by "afgift". Known are the words of the shipped table of synonyms, and of a list
//! of what compounds of municipal life are made of.

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

/// The longest known words that stand in `word`, in lower case, one after the other from its beginning
/// and from its end; they are not the word itself. English writes its compounds apart.
pub(crate) fn parts(word: &str, tongue: Tongue) -> Vec<&'static str> {
    let Some(compound) = Compound::of(word, tongue) else { return Vec::new() };
    let mut found: Vec<&'static str> = Vec::new();
    for part in compound.forwards().into_iter().chain(compound.backwards()) {
        // What is known may itself be a compound, which is what it ends with.
        let inner = Compound::of(part, tongue).map(|part| part.backwards()).unwrap_or_default();
        for one in std::iter::once(part).chain(inner) {
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found
}

/// A word that may be one; its letters are counted.
struct Compound<'w> {
    word: &'w str,
    /// Where each letter begins, in bytes.
    places: Vec<usize>,
    known: &'static Words,
}

impl<'w> Compound<'w> {
    fn of(word: &'w str, tongue: Tongue) -> Option<Self> {
        let places: Vec<usize> = word.char_indices().map(|(place, _)| place).collect();
        let known = known(tongue).filter(|_| places.len() >= SHORTEST_WORD)?;
        Some(Self { word, places, known })
    }

    fn letters(&self, from: usize, to: usize) -> Option<&'w str> {
        let place = |letter: usize| self.places.get(letter).copied().unwrap_or(self.word.len());
        self.word.get(place(from)..place(to))
    }

    fn known(&self, from: usize, to: usize) -> Option<&'static str> {
        self.known.get(self.letters(from, to)?).copied()
    }

    fn is_joint(&self, letter: usize) -> bool {
        self.letters(letter, letter + 1).is_some_and(|letter| JOINTS.contains(&letter))
    }

    fn forwards(&self) -> Vec<&'static str> {
        let (all, mut at, mut parts) = (self.places.len(), 0, Vec::new());
        loop {
            // The first leaves something; what follows may reach to the end.
            let last = if at == 0 { all - SHORTEST_REST } else { all };
            let longest = |from: usize| {
                let ends = (from + SHORTEST_PART..=last).rev();
                ends.filter_map(|end| Some((self.known(from, end)?, end))).next()
            };
            let joined = || longest(at + 1).filter(|_| at > 0 && self.is_joint(at));
            let Some((part, end)) = longest(at).or_else(joined) else { return parts };
            parts.push(part);
            at = end;
        }
    }

    fn backwards(&self) -> Vec<&'static str> {
        let all = self.places.len();
        let tail = (SHORTEST_REST..=all - SHORTEST_PART).find_map(|begin| {
            let (tail, places) = (self.letters(begin, all)?, self.places.get(begin..)?);
            let bare = ended(tail, places).find_map(|bare| self.known.get(bare).copied())?;
            Some((bare, begin))
        });
        let mut parts = Vec::new();
        let mut found = tail;
        while let Some((part, begin)) = found {
            parts.push(part);
            let longest = |end: usize| {
                let begins = 0..=end.checked_sub(SHORTEST_PART)?;
                begins.filter_map(|begin| Some((self.known(begin, end)?, begin))).next()
            };
            let joined = || longest(begin - 1).filter(|_| self.is_joint(begin - 1));
            found = longest(begin).or_else(|| if begin > 0 { joined() } else { None });
        }
        parts
    }
}

/// What may stand between two parts.
const JOINTS: [&str; 2] = ["s", "e"];

/// A tail without endings of ever more letters, while enough is left.
fn ended<'a>(tail: &'a str, places: &'a [usize]) -> impl Iterator<Item = &'a str> {
    let begin = places.first().copied().unwrap_or_default();
    let longest = LONGEST_ENDING.min(places.len().saturating_sub(SHORTEST_PART));
    (0..=longest).filter_map(move |ending| match ending {
        0 => Some(tail),
        _ => tail.get(..places.get(places.len() - ending)? - begin),
    })
}

pub(crate) type Words = HashSet<&'static str>;

/// Danish, Norwegian in both its forms, Swedish.
static KNOWN: LazyLock<[Words; 3]> =
    LazyLock::new(|| [library(&["da"]), library(&["nb", "nn"]), library(&["sv"])]);

fn known(tongue: Tongue) -> Option<&'static Words> {
    let [danish, norwegian, swedish] = &*KNOWN;
    match tongue {
        Tongue::Da => Some(danish),
        Tongue::Nb | Tongue::Nn => Some(norwegian),
        Tongue::Sv => Some(swedish),
        Tongue::En => None,
    }
}

/// The single words of the library in some languages: `name | da: a, "b c" | nb: …`.
pub(crate) fn library(languages: &[&str]) -> Words {
    let synonyms = include_str!("../library/synonyms.txt").lines();
    let lines = synonyms.chain(include_str!("../library/compounds.txt").lines());
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
        parts(word, tongue)
    }

    #[test]
    fn a_compound_is_found_by_its_beginning_and_its_end() {
        assert_eq!(of("parkeringsafgift", Tongue::Da), ["parkering", "afgift"]);
        assert_eq!(of("parkeringsafgiften", Tongue::Da), ["parkering", "afgift"]);
        assert!(of("villasøppeldunken", Tongue::Nb).contains(&"søppeldunk"));
        assert!(of("qwertyuiopasdf", Tongue::Sv).is_empty());
    }

    #[test]
    fn what_stands_in_the_middle_is_found_too() {
        let middle = of("vintervedlikeholdskontrakten", Tongue::Nb);
        assert_eq!(middle, ["vinter", "vedlikehold", "kontrakt"]);
        assert!(of("byggesaksbehandlingsgebyret", Tongue::Nb).contains(&"behandling"));
        assert!(of("affaldssorteringsvejledningen", Tongue::Da).contains(&"vejledning"));
        assert!(of("gatubelysningsanläggningen", Tongue::Sv).contains(&"belysning"));
        assert!(of("fritidsklubbordningen", Tongue::Nb).contains(&"klubb"));
        assert!(of("blåbærsyltetøyglasset", Tongue::Nb).contains(&"syltetøy"));
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
