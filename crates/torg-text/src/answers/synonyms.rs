//! Words of municipal life that mean the same: a table that a municipality can edit.
//!
//! One concept a line: `name | da: a, "b c" | nb: … | nn: … | sv: … | en: …`; `#` begins a remark.
//! A word counts as a concept's if it is one of its words, begins with one of five letters or more
//! ("sneploven"), or holds one of five letters or more at its end ("villavej" holds none, as "vej"
//! is too short to be sure; "kommunevejen" is found by its beginning in the table).

use std::sync::Arc;

use super::terms::text_key;
use crate::Tongue;

/// A table of concepts. Words are kept by their keys only; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Synonyms(Arc<Table>);

#[derive(Debug, Clone, Default)]
struct Table {
    /// The keys of lower-cased words in their order, and the numbers of their concepts.
    words: Vec<(u64, u16)>,
    /// The words of a phrase by its first: the rest, and the concept's number.
    phrases: Vec<(u64, Box<[u64]>, u16)>,
    /// All of them as they are spelled.
    spelled: String,
    concepts: usize,
}

/// Why a table cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SynonymsUnreadable {
    /// A line has no `|` after its name.
    #[error("line {0}: a name and a language are wanted, parted by |")]
    NoName(usize),
    /// A part of a line does not begin with one of our languages.
    #[error("line {0}: no such language: {1}")]
    NoSuchLanguage(usize, String),
    /// More concepts than can be numbered.
    #[error("line {0}: too many concepts")]
    TooMany(usize),
}

/// Shorter words must be met whole.
const SHORTEST_PART: usize = 5;
const LONGEST_WORD: usize = 40;

impl Synonyms {
    /// Reads a table.
    ///
    /// # Errors
    /// If a line is not of the form above; the line's number is told.
    pub fn parse(text: &str) -> Result<Self, SynonymsUnreadable> {
        let mut table = Table::default();
        for (at, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if !line.is_empty() {
                table.add_line(at + 1, line)?;
            }
        }
        table.words.sort_unstable();
        table.words.dedup();
        table.words.shrink_to_fit();
        table.phrases.sort_unstable();
        table.spelled.shrink_to_fit();
        Ok(Self(Arc::new(table)))
    }

    /// The concepts that lower-cased `words` name, each with the position of its (first) word.
    pub(super) fn concepts(&self, words: &[String]) -> Vec<(u16, usize)> {
        let keys: Vec<u64> = words.iter().map(|word| text_key(word)).collect();
        let mut found = Vec::new();
        for (at, (word, key)) in words.iter().zip(&keys).enumerate() {
            found.extend(self.0.of_word(word, *key).into_iter().map(|concept| (concept, at)));
            let after = keys.get(at + 1..).unwrap_or_default();
            for (_, rest, concept) in self.0.phrases_of(*key) {
                if after.starts_with(rest) {
                    found.push((*concept, at));
                }
            }
        }
        found
    }

    /// All words as they are spelled, in one text.
    pub(super) fn spelled(&self) -> &str {
        &self.0.spelled
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.0.concepts
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.concepts == 0
    }
}

impl Table {
    fn add_line(&mut self, number: usize, line: &str) -> Result<(), SynonymsUnreadable> {
        let (_, rest) = line.split_once('|').ok_or(SynonymsUnreadable::NoName(number))?;
        let concept = u16::try_from(self.concepts);
        let concept = concept.map_err(|_| SynonymsUnreadable::TooMany(number))?;
        self.concepts += 1;
        for part in rest.split('|') {
            let (code, words) = part.split_once(':').unwrap_or((part, ""));
            if Tongue::from_code(code.trim()).is_none() {
                return Err(SynonymsUnreadable::NoSuchLanguage(number, code.trim().to_owned()));
            }
            words.split(',').for_each(|word| self.add_word(concept, word));
        }
        Ok(())
    }

    fn add_word(&mut self, concept: u16, word: &str) {
        let word = word.trim().trim_matches(['"', '“', '”', ' ']).to_lowercase();
        let mut parts = word.split([' ', '-']).filter(|part| !part.is_empty()).map(text_key);
        let Some(first) = parts.next() else { return };
        self.spelled.push_str(&word);
        self.spelled.push(' ');
        let rest: Box<[u64]> = parts.collect();
        if rest.is_empty() {
            self.words.push((first, concept));
        } else {
            self.phrases.push((first, rest, concept));
        }
    }

    /// A whole word, else the longest beginning, else the longest end.
    fn of_word(&self, word: &str, key: u64) -> Vec<u16> {
        let whole: Vec<u16> = self.named(key).collect();
        let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        if !whole.is_empty() || cuts.len() <= SHORTEST_PART || cuts.len() > LONGEST_WORD {
            return whole;
        }
        let long_enough = |part: &&str| part.chars().count() >= SHORTEST_PART;
        let beginnings = cuts.iter().rev().filter_map(|&at| word.get(..at)).filter(long_enough);
        let ends = cuts.iter().filter_map(|&at| word.get(at..)).filter(long_enough);
        let mut concepts = Vec::new();
        for parts in [beginnings.collect::<Vec<_>>(), ends.collect()] {
            let keys = parts.into_iter().map(text_key);
            let known = keys.into_iter().find(|key| self.named(*key).next().is_some());
            for concept in known.into_iter().flat_map(|key| self.named(key)) {
                if !concepts.contains(&concept) {
                    concepts.push(concept);
                }
            }
        }
        concepts
    }

    fn named(&self, key: u64) -> impl Iterator<Item = u16> + '_ {
        let begin = self.words.partition_point(|word| word.0 < key);
        let same = self.words.iter().skip(begin).take_while(move |word| word.0 == key);
        same.map(|word| word.1)
    }

    fn phrases_of(&self, first: u64) -> impl Iterator<Item = &(u64, Box<[u64]>, u16)> {
        let begin = self.phrases.partition_point(|phrase| phrase.0 < first);
        self.phrases.iter().skip(begin).take_while(move |phrase| phrase.0 == first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "snow | da: sneplov, \"is på vejen\" | en: plough # winter\n\nroad | da: vej\n";

    fn concepts(text: &str) -> Vec<(u16, usize)> {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        Synonyms::parse(TABLE).unwrap().concepts(&words)
    }

    #[test]
    fn words_of_two_languages_meet_in_a_concept() {
        assert_eq!(concepts("en sneplov"), [(0, 1)]);
        assert_eq!(concepts("the plough"), [(0, 1)]);
    }

    #[test]
    fn an_ending_or_a_compound_hides_no_long_word() {
        assert_eq!(concepts("sneploven"), [(0, 0)]);
        assert_eq!(concepts("kommunesneplov"), [(0, 0)]);
    }

    #[test]
    fn a_short_word_is_met_whole_or_not_at_all() {
        assert_eq!(concepts("vej"), [(1, 0)]);
        assert_eq!(concepts("vejret"), []);
    }

    #[test]
    fn a_phrase_is_found_by_all_its_words() {
        assert_eq!(concepts("der er is på vejen"), [(0, 2)]);
        assert_eq!(concepts("der er is"), []);
    }

    #[test]
    fn a_line_that_is_wrong_is_told_by_its_number() {
        assert_eq!(Synonyms::parse("a | da: b\nc").err(), Some(SynonymsUnreadable::NoName(2)));
        let wrong = Synonyms::parse("a | xx: b").err();
        assert_eq!(wrong, Some(SynonymsUnreadable::NoSuchLanguage(1, "xx".to_owned())));
    }
}
