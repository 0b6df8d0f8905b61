//! The words a text is found by: each word as it stands, and its stem in the text's language.
//!
//! A stem carries [`STEM_MARK`], so that "vej" typed by a searcher and the stem of "veje" are
//! different words to the index. Stems: Snowball (<https://snowballstem.org>), the bokmål rules also
//! for nynorsk.

use std::collections::HashSet;

use crate::Tongue;
use crate::compounds::parts;
use crate::numbers::{self, Groups};
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
    let mut numbers = Vec::new();
    let chunks = text.split(ends_chunk).inspect(|chunk| numbers.extend(groups.take(chunk)));
    for word in chunks.flat_map(chunk_words) {
        // Stemming is the dear part: a word that was met before has had its stem given.
        if !met.contains(&word) {
            met.insert(word.clone());
            let parts = parts(&word, tongue).into_iter().filter_map(|part| stem(&stemmer, part));
            let new = stem(&stemmer, &word).into_iter().chain(parts);
            stems.extend(new.filter(|stem| given.insert(stem.clone())));
        }
        if words.len() + stems.len() >= most {
            break;
        }
        words.push(word);
    }
    numbers.extend(groups.end());
    words.extend(stems);
    words.extend(numbers);
    words.truncate(most);
    words
}

/// What a searcher's text asks for: every outer entry must be found, by any of its inner words.
///
/// The searcher does not know which language a letter is in, so each word is offered as it stands,
/// and after that by words of which a text that holds it holds one: its stems in all of `tongues`.
/// Where nothing follows that says more, no stem is offered that says something else, but the word
/// itself once more. What stands between quotation marks is one entry, its words with spaces between:
/// they must stand side by side, and as they were typed.
pub fn query_words(text: &str, tongues: &[Tongue]) -> Vec<Vec<String>> {
    let stemmers: Vec<Stemmer> =
        tongues.iter().map(|&tongue| Stemmer::create(algorithm(tongue))).collect();
    let offered = |word: String| {
        let mut offered = vec![word.clone()];
        for stem in stemmers.iter().filter_map(|stemmer| stem(stemmer, &word)) {
            if !offered.contains(&stem) {
                offered.push(stem);
            }
        }
        offered
    };
    // Every second part stands between marks; without a closing one, the rest does not.
    let marks = text.matches(QUOTATION).count();
    let is_phrase = |place: usize| place % 2 == 1 && marks > place;
    let entries = text.split(QUOTATION).enumerate().flat_map(|(place, part)| {
        let phrase: Vec<String> = match is_phrase(place) {
            true => part.split(ends_chunk).flat_map(chunk_words).take(MAX_QUERY_WORDS).collect(),
            false => Vec::new(),
        };
        match phrase.is_empty() {
            false => vec![vec![phrase.join(" ")]],
            true => entries_of(part, &offered),
        }
    });
    let mut entries: Vec<Vec<String>> = entries.take(MAX_QUERY_WORDS).collect();
    if let Some(last) = entries.last_mut() {
        leave_out_others(last);
    }
    entries
}

/// The words of a part that is no phrase. A number that is written in groups is one entry: it is
/// found as it stands, and as it is written in one.
fn entries_of(part: &str, offered: &impl Fn(String) -> Vec<String>) -> Vec<Vec<String>> {
    let (mut entries, mut written): (Vec<Vec<String>>, Vec<&str>) = (Vec::new(), Vec::new());
    for chunk in part.split(ends_chunk).filter(|chunk| !chunk.is_empty()).chain([""]) {
        let is_group = numbers::is_group(chunk);
        if !is_group || chunk.starts_with('+') {
            let found = numbers::joined(&written);
            let words: Vec<String> = written.drain(..).flat_map(query_chunk).collect();
            if found.is_empty() {
                entries.extend(words.into_iter().map(offered));
            } else {
                let typed = words.join(" ");
                entries.push([typed.clone()].into_iter().chain(found).chain([typed]).collect());
            }
        }
        match is_group {
            true => written.push(chunk),
            false => entries.extend(query_chunk(chunk).into_iter().map(offered)),
        }
    }
    entries
}

/// Leaves out the stems of a word that say something else, and offers the word itself in their place.
fn leave_out_others(offered: &mut Vec<String>) {
    let Some(typed) = offered.first().cloned() else { return };
    let all = offered.len();
    offered.retain(|word| word == &typed || !is_another(&typed, word));
    if offered.len() < all {
        offered.push(typed);
    }
}

/// Stemmers of the Nordic languages take off `-ig`, `-lig` and `-elig` as they take off endings of
/// grammar, and make `far` (father) of `farlig` (dangerous).
pub(crate) fn is_another(typed: &str, stem: &str) -> bool {
    let letters = stem.trim_start_matches(STEM_MARK).chars().count();
    typed.chars().skip(letters).collect::<String>().contains("ig")
}

/// A number or an address is asked for whole.
fn query_chunk(chunk: &str) -> Vec<String> {
    match whole(&trimmed(chunk)) {
        Some(whole) => vec![whole],
        None => chunk_words(chunk),
    }
}

pub(crate) const QUOTATION: [char; 6] = ['"', '“', '”', '„', '»', '«'];
const MAX_QUERY_WORDS: usize = 32;
const LONGEST_WORD: usize = 64;

fn algorithm(tongue: Tongue) -> Algorithm {
    match tongue {
        Tongue::Da => Algorithm::Danish,
        Tongue::Nb | Tongue::Nn => Algorithm::Norwegian,
        Tongue::Sv => Algorithm::Swedish,
        Tongue::En => Algorithm::English,
    }
}

fn ends_chunk(c: char) -> bool {
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
fn chunk_words(chunk: &str) -> Vec<String> {
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

fn trimmed(chunk: &str) -> String {
    let chunk = chunk.trim_matches(|c| !is_word_char(c));
    if chunk.is_ascii() {
        return chunk.to_ascii_lowercase();
    }
    chunk.to_lowercase().nfc().collect()
}

fn whole(chunk: &str) -> Option<String> {
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

/// The last word of a question may be only the beginning of one, of so many letters.
pub const ENOUGH_TO_GO_ON: usize = 4;

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

fn stem(stemmer: &Stemmer, word: &str) -> Option<String> {
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
    fn a_number_is_found_however_it_is_parted() {
        let finds = |written: &str, asked: &str| {
            let document = format!(" {} ", index_words(written, Tongue::Nb).join(" "));
            let is_there = |word: &String| document.contains(&format!(" {word} "));
            query_words(asked, &Tongue::ALL).iter().all(|any| any.iter().any(is_there))
        };
        for (written, asked) in [
            ("Ring +47 913 77 042 i dag", "91377042"),
            ("Ring 22334455.", "22 33 44 55"),
            ("Ring 22 33 44 55", "ring 22 33 44 55"),
            ("tlf 91377042", "+47 913 77 042"),
            ("Org.nr. 987 654 321", "987654321"),
            ("Konto 1234.56.78903", "12345678903"),
            ("Konto 12345678903", "1234.56.78903"),
        ] {
            assert!(finds(written, asked), "{asked} in {written}");
        }
        assert!(
            !finds("Ring 22 33 44 55", "22334456") && !finds("Ring 22 33 44 55", "33 22 44 55")
        );
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

    #[test]
    fn a_query_finds_other_forms_in_any_language() {
        let document = index_words("Hullene i veiene", Tongue::Nb);
        let query = query_words("veien hull", &Tongue::ALL);
        assert_eq!(query.len(), 2);
        for alternatives in query {
            assert!(alternatives.iter().any(|word| document.contains(word)), "{alternatives:?}");
        }
    }

    #[test]
    fn what_stands_between_quotation_marks_is_one_thing() {
        let asked = query_words("\"Den store lampe\" hull", &[Tongue::Da]);
        assert_eq!(asked, [vec!["den store lampe"], vec!["hull", "~hul"]]);
        assert_eq!(query_words("»lampe«", &[Tongue::Da]), [["lampe"]], "as it stands");
        let dangerous = query_words("farlig", &Tongue::ALL);
        assert_eq!(dangerous, [vec!["farlig", "~farlig", "farlig"]], "no fathers");
        let road = query_words("farlig vei", &[Tongue::Nb]);
        assert_eq!(
            road,
            [vec!["farlig", "~far"], vec!["vei", "~vei"]],
            "the road tells them apart"
        );
        let open = query_words("hull \"den store", &[Tongue::Da]);
        assert_eq!(open.len(), 3, "nobody closed it: {open:?}");
    }

    #[test]
    fn a_query_finds_the_inner_parts_of_compounds() {
        let document = index_words("Jeg fik en parkeringsafgift i går", Tongue::Da);
        for text in ["parkering", "afgifter", "parkeringsafgiften"] {
            let query = query_words(text, &Tongue::ALL);
            assert!(query[0].iter().any(|word| document.contains(word)), "{text}");
        }
    }

    #[test]
    fn a_query_for_an_address_asks_for_the_address() {
        assert_eq!(query_words("kari@post.example", &[Tongue::Nb]), [["kari@post.example"]]);
    }

    proptest! {
        #[test]
        fn what_was_written_is_found_by_writing_it_again(text in "\\PC{0,80}") {
            let document = format!(" {} ", index_words(&text, Tongue::Da).join(" "));
            for alternatives in query_words(&text, &[Tongue::Da]) {
                let is_there = |word: &String| document.contains(&format!(" {word} "));
                prop_assert!(alternatives.iter().any(is_there), "{alternatives:?} in {document}");
            }
        }

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
