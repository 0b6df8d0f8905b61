//! What a text is compared by: stems, pieces of words and concepts, each as a hashed key.

use rust_stemmers::{Algorithm, Stemmer};

use super::request::Request;
use super::spelling::Spelling;
use super::synonyms::Synonyms;
use crate::Tongue;

/// A term; different kinds of terms never share one.
pub(super) type Key = u32;

/// The kinds of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Stems of whole words.
    Word,
    /// Three to five neighbouring letters of a word, its ends marked.
    Gram,
    /// A concept of the synonym table.
    Concept,
}

impl Kind {
    pub(super) const ALL: [Kind; 3] = [Kind::Word, Kind::Gram, Kind::Concept];
}

/// The terms of a text by kind, each with a weight, in the order of their keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Bag([Vec<(Key, f32)>; 3]);

impl Bag {
    pub(super) fn of(&self, kind: Kind) -> &[(Key, f32)] {
        &self.0[kind as usize]
    }

    /// The keys of one kind.
    pub(super) fn keys(&self, kind: Kind) -> impl Iterator<Item = Key> + '_ {
        self.of(kind).iter().map(|term| term.0)
    }
}

/// Makes terms of texts.
pub(super) struct Terms {
    synonyms: Synonyms,
    spelling: Spelling,
    stemmers: [Stemmer; 4],
}

const MOST_WORDS: usize = 2_000;
const LONGEST_WORD: usize = 40;

impl Terms {
    pub(super) fn new(synonyms: Synonyms) -> Self {
        let algorithms =
            [Algorithm::Danish, Algorithm::Norwegian, Algorithm::Swedish, Algorithm::English];
        let stemmers = algorithms.map(Stemmer::create);
        Self { synonyms, spelling: Spelling::default(), stemmers }
    }

    /// Takes words of ours as spelled right, and those of the synonyms.
    pub(super) fn spell<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let synonyms = self.synonyms.spelled().split([' ', '-']).map(str::to_owned);
        self.spelling = Spelling::of(texts.flat_map(words).chain(synonyms));
    }

    /// The terms of a text of ours, counted.
    pub(super) fn counted(&self, text: &str, tongue: Tongue) -> Bag {
        let terms = self.terms(&words(text), Some(tongue), 1.0);
        merged(terms, |sum, weight| sum + weight)
    }

    /// The terms of a letter, each as heavy as the heaviest sentence it stands in.
    pub(super) fn asked(&self, request: &Request, tongue: Option<Tongue>) -> Bag {
        let sentences = request.sentences.iter();
        let terms = sentences.flat_map(|(text, weight)| {
            let words = words(text);
            [self.terms(&words, tongue, *weight), self.mended(&words, tongue, *weight)]
        });
        let mut all: [Vec<(Key, f32)>; 3] = Default::default();
        for terms in terms {
            for (all, terms) in all.iter_mut().zip(terms) {
                all.extend(terms);
            }
        }
        merged(all, f32::max)
    }

    /// The keys of one word of a letter: its stems, and its concepts.
    pub(super) fn of_word(&self, word: &str, tongue: Option<Tongue>) -> Vec<(Kind, Key)> {
        let word = word.to_lowercase();
        let concepts = self.synonyms.concepts(std::slice::from_ref(&word));
        let stems = self.stems(&word, tongue).into_iter().map(|key| (Kind::Word, key));
        let concepts =
            concepts.into_iter().map(|(concept, _)| (Kind::Concept, concept_key(concept)));
        stems.chain(concepts).collect()
    }

    /// The keys of the words that a mistyped word may mean.
    pub(super) fn of_meant(&self, word: &str, tongue: Option<Tongue>) -> Vec<(Kind, Key)> {
        let meant = self.spelling.meant(&word.to_lowercase());
        meant.into_iter().flat_map(|meant| self.of_word(meant, tongue)).collect()
    }

    /// The terms of what mistyped words may mean. What could be several is worth as much as one.
    fn mended(
        &self,
        words: &[String],
        tongue: Option<Tongue>,
        weight: f32,
    ) -> [Vec<(Key, f32)>; 3] {
        let mut terms: [Vec<(Key, f32)>; 3] = Default::default();
        for word in words {
            let meant: Vec<String> =
                self.spelling.meant(word).into_iter().map(str::to_owned).collect();
            let weight = weight / meant.len().max(1) as f32;
            for (all, terms) in terms.iter_mut().zip(self.terms(&meant, tongue, weight)) {
                all.extend(terms);
            }
        }
        terms
    }

    fn terms(&self, words: &[String], tongue: Option<Tongue>, weight: f32) -> [Vec<(Key, f32)>; 3] {
        let mut terms: [Vec<(Key, f32)>; 3] = Default::default();
        for word in words {
            let stems = self.stems(word, tongue).into_iter().map(|key| (key, weight));
            terms[Kind::Word as usize].extend(stems);
            terms[Kind::Gram as usize].extend(grams(word).into_iter().map(|key| (key, weight)));
        }
        let concepts = self.synonyms.concepts(words);
        let concepts = concepts.into_iter().map(|(concept, _)| (concept_key(concept), weight));
        terms[Kind::Concept as usize].extend(concepts);
        terms
    }

    /// By the rules of the text's language and its nearest neighbour's; by all where it is unknown.
    fn stems(&self, word: &str, tongue: Option<Tongue>) -> Vec<Key> {
        let stemmers: &[usize] = match tongue {
            Some(Tongue::Da) => &[0],
            Some(Tongue::Nb | Tongue::Nn) => &[1],
            Some(Tongue::Sv) => &[2],
            Some(Tongue::En) => &[3],
            None => &[0, 1, 2, 3],
        };
        let stemmers = stemmers.iter().filter_map(|at| self.stemmers.get(*at));
        let mut keys: Vec<Key> =
            stemmers.map(|stemmer| key(Kind::Word, stemmer.stem(word).chars())).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// The words of a text, lower-cased; long runs of characters are data and left out.
pub(super) fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| word.len() <= LONGEST_WORD).take(MOST_WORDS).map(str::to_owned).collect()
}

/// The pieces of a lower-cased word.
pub(super) fn grams(word: &str) -> Vec<Key> {
    let marked: Vec<char> =
        std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect();
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    let lengths = if is_number { 0..0 } else { 3..6 };
    lengths
        .flat_map(|length| marked.windows(length))
        .map(|gram| key(Kind::Gram, gram.iter().copied()))
        .collect()
}

/// The key of a term: its hash folded; of 60,000 terms hardly two share one.
fn key(kind: Kind, term: impl Iterator<Item = char>) -> Key {
    let hash = hashed(kind, term);
    u32::try_from((hash >> 32) ^ (hash & u64::from(u32::MAX))).unwrap_or_default()
}

/// FNV-1a over the term's characters (Fowler, Noll and Vo), so that every machine, run and version
/// agrees on a key.
fn hashed(kind: Kind, term: impl Iterator<Item = char>) -> u64 {
    const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01B3;
    let marked = std::iter::once(kind as u64).chain(term.map(u64::from));
    marked.fold(OFFSET, |hash, next| (hash ^ next).wrapping_mul(PRIME))
}

/// The key of a whole text: what its vector is kept by.
pub fn text_key(text: &str) -> u64 {
    hashed(Kind::Word, text.chars())
}

fn concept_key(concept: u16) -> Key {
    key(Kind::Concept, concept.to_string().chars())
}

/// Brings together what a term weighs where it stands several times.
fn merged(mut terms: [Vec<(Key, f32)>; 3], join: impl Fn(f32, f32) -> f32) -> Bag {
    for terms in &mut terms {
        terms.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let mut kept: Vec<(Key, f32)> = Vec::with_capacity(terms.len());
        for &(key, weight) in terms.iter() {
            match kept.last_mut().filter(|last| last.0 == key) {
                Some(last) => last.1 = join(last.1, weight),
                None => kept.push((key, weight)),
            }
        }
        *terms = kept;
    }
    Bag(terms)
}
