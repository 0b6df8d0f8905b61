//! The words a text is found by: each word as it stands, and its stem in the text's language.
//!
//! A stem carries [`STEM_MARK`], so that "vej" typed by a searcher and the stem of "veje" are
//! different words to the index. Stems: Snowball (<https://snowballstem.org>), the bokmål rules also
//! for nynorsk. A word from a keyboard without å, ä, æ, ö and ø is also found by what it may mean.

use std::collections::HashSet;

use crate::Tongue;
use crate::compounds::parts;
use crate::keyboards::Keyboard;
use crate::numbers::Groups;
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

/// Stands before every stem; no surface word begins with it.
pub const STEM_MARK: char = '~';
/// The most words [`index_words`] gives, however long the text is.
pub const MAX_WORDS: usize = 20_000;

/// The words by which `text`, written in `tongue`, is found, in the order they stand.
///
/// Each word comes lower-cased and composed (NFC); after all of them come their marked stems, and
/// those of the known parts of compounds, each once, so that words that stand side by side do so in
/// the index too and phrases are found. What holds a digit or an `@` ("2026/118",
/// "kari@post.example", "14.30") is kept whole and given in its pieces too. Runs longer than 64
/// characters (encoded data) are left out. At most [`MAX_WORDS`] words come back, and with every
/// word its stem: a searcher may ask for stems alone.
pub fn index_words(text: &str, tongue: Tongue) -> Vec<String> {
    index_words_within(text, tongue, MAX_WORDS)
}

/// As [`index_words`], but at most `most` words.
pub fn index_words_within(text: &str, tongue: Tongue, most: usize) -> Vec<String> {
    let stemmer = Stemmer::create(algorithm(tongue));
    let (mut met, mut stems, mut given) = (HashSet::new(), Vec::new(), HashSet::new());
    let mut words: Vec<String> = Vec::new();
    let mut groups = Groups::default();
    let (mut numbers, mut keyboard) = (Vec::new(), Keyboard::default());
    let chunks = text.split(ends_chunk).inspect(|chunk| numbers.extend(groups.take(chunk)));
    for word in chunks.flat_map(chunk_words) {
        // Stemming is the dear part: a word that was met before has had its stem given.
        if !met.contains(&word) {
            met.insert(word.clone());
            let parts = parts(&word, tongue).into_iter().filter_map(|part| stem(&stemmer, part));
            let own = stem(&stemmer, &word);
            own.iter().for_each(|own| keyboard.take(own, tongue));
            let new = own.into_iter().chain(parts);
            stems.extend(new.filter(|stem| given.insert(stem.clone())));
        }
        if words.len() + stems.len() >= most {
            break;
        }
        words.push(word);
    }
    numbers.extend(groups.end());
    let mut meant: Vec<String> =
        stems.iter().filter_map(|stem| keyboard.meant(stem, tongue)).collect();
    meant.retain(|word| given.insert(word.clone()));
    words.extend(stems);
    words.extend(numbers);
    words.extend(meant);
    words.truncate(most);
    words
}

const LONGEST_WORD: usize = 64;

pub(crate) fn algorithm(tongue: Tongue) -> Algorithm {
    match tongue {
        Tongue::Da => Algorithm::Danish,
        Tongue::Nb | Tongue::Nn => Algorithm::Norwegian,
        Tongue::Sv => Algorithm::Swedish,
        Tongue::En => Algorithm::English,
    }
}

pub(crate) fn ends_chunk(c: char) -> bool {
    let parts = matches!(
        c,
        '<' | '>'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '"'
            | '“'
            | '”'
            | '„'
            | '»'
            | '«'
            | ';'
            | '|'
    );
    parts || c.is_whitespace() || c.is_control()
}

/// The words of one chunk: the chunk whole where it is a number or an address, and its pieces.
pub(crate) fn chunk_words(chunk: &str) -> Vec<String> {
    let chunk = trimmed(chunk);
    if chunk.bytes().all(|byte| byte.is_ascii_alphabetic()) && chunk.len() <= LONGEST_WORD {
        // Most words need no more looking at.
        return if chunk.is_empty() { Vec::new() } else { vec![chunk] };
    }
    let whole = whole(&chunk);
    let pieces = chunk
        .split(|c: char| !is_word_char(c))
        .filter(|piece| !piece.is_empty() && piece.chars().count() <= LONGEST_WORD)
        .map(str::to_owned);
    whole.into_iter().chain(pieces).collect()
}

pub(crate) fn trimmed(chunk: &str) -> String {
    let chunk = chunk.trim_matches(|c| !is_word_char(c));
    if chunk.is_ascii() {
        return chunk.to_ascii_lowercase();
    }
    chunk.to_lowercase().nfc().collect()
}

pub(crate) fn whole(chunk: &str) -> Option<String> {
    let has_inner_marks = chunk.contains(|c| !is_word_char(c));
    let is_number_or_address = chunk.contains(|c: char| c == '@' || c.is_ascii_digit());
    let fits = chunk.chars().count() <= LONGEST_WORD;
    (has_inner_marks && is_number_or_address && fits).then(|| chunk.to_owned())
}

/// Combining marks count, so that a decomposed "å" is not torn apart before it is composed.
pub(crate) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Stems in one language.
pub(crate) struct Stems(Stemmer);

impl Stems {
    pub(crate) fn of(tongue: Tongue) -> Self {
        Self(Stemmer::create(algorithm(tongue)))
    }

    /// The stem of a word in lower case, marked.
    pub(crate) fn stem(&self, word: &str) -> Option<String> {
        stem(&self.0, word)
    }
}

pub(crate) fn stem(stemmer: &Stemmer, word: &str) -> Option<String> {
    let is_plain = word.chars().all(char::is_alphabetic);
    is_plain.then(|| format!("{STEM_MARK}{}", stemmer.stem(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn indexed(text: &str, tongue: Tongue) -> String {
        index_words(text, tongue).join(" ")
    }

    #[test]
    fn a_word_is_found_as_it_stands_and_by_its_stem() {
        assert_eq!(indexed("Vejene", Tongue::Da), "vejene ~vej");
        assert_eq!(indexed("vegene", Tongue::Nn), "vegene ~veg");
        assert_eq!(indexed("Vägarna", Tongue::Sv), "vägarna ~väg");
        assert_eq!(indexed("roads", Tongue::En), "roads ~road");
    }

    #[test]
    fn addresses_and_numbers_stay_whole_and_are_found_by_their_pieces() {
        assert_eq!(
            indexed("Kari.Lie@post.example,", Tongue::Nb),
            "kari.lie@post.example kari lie post example ~kari ~lie ~post ~exampl"
        );
        assert_eq!(indexed("sak 2026/118.", Tongue::Nb), "sak 2026/118 2026 118 ~sak");
        assert_eq!(indexed("1.250,50 kr", Tongue::Da), "1.250,50 1 250 50 kr ~kr");
    }

    #[test]
    fn composed_and_decomposed_letters_are_one_word() {
        assert_eq!(indexed("gA\u{30a}rd", Tongue::Nb), indexed("gård", Tongue::Nb));
    }

    #[test]
    fn hyphens_and_slashes_part_words() {
        assert_eq!(indexed("e-post/brev", Tongue::Nb), "e post brev ~e ~post ~brev");
    }

    #[test]
    fn a_long_text_gives_a_bounded_number_of_words() {
        let text = "ord ".repeat(200_000);
        assert_eq!(index_words(&text, Tongue::Nb).len(), MAX_WORDS);
        assert!(index_words(&"x".repeat(100_000), Tongue::Nb).is_empty());
    }

    proptest! {
        #[test]
        fn however_few_words_are_kept_each_has_its_stem(
            text in "([a-zæøå]{1,20} ){0,40}",
            most in 0_usize..40,
        ) {
            let words = index_words_within(&text, Tongue::Da, most);
            prop_assert!(words.len() <= most);
            let stems = Stems::of(Tongue::Da);
            for word in words.iter().filter(|word| !word.starts_with(STEM_MARK)) {
                prop_assert!(words.contains(&stems.stem(word).unwrap()), "{word} in {words:?}");
            }
        }

        #[test]
        fn words_are_neither_empty_nor_spaced(text in "(?s).{0,200}") {
            for word in index_words(&text, Tongue::Sv) {
                prop_assert!(!word.is_empty() && !word.contains(char::is_whitespace));
            }
        }
    }
}
