//! What a searcher asks for, in the words a text is found by.

use rust_stemmers::Stemmer;

use crate::Tongue;
use crate::folded::{is_special, spellings, unfolded};
use crate::keyboards::marked;
use crate::numbers;
use crate::words::{STEM_MARK, algorithm, chunk_words, ends_chunk, stem, trimmed, whole};

pub(crate) const QUOTATION: [char; 6] = ['"', '“', '”', '„', '»', '«'];
const MAX_QUERY_WORDS: usize = 32;
/// The last word of a question may be only the beginning of one, of so many letters.
pub const ENOUGH_TO_GO_ON: usize = 4;

/// What a searcher's text asks for: every outer entry must be found, by any of its inner words.
///
/// The searcher does not know which language a letter is in, so each word is offered as it stands,
/// and after that by words of which a text that holds it holds one: its stems in all of `tongues`.
/// Where nothing follows that says more, no stem is offered that says something else, but the word
/// itself once more. A word with a letter that other keyboards do not have is also offered as
/// letters from these are found by it, and one with two letters in its place (`soerensen`) as it may be
/// meant. What stands between quotation marks is one entry, its words with spaces between:
/// they must stand side by side, and as they were typed.
pub fn query_words(text: &str, tongues: &[Tongue]) -> Vec<Vec<String>> {
    let stemmers: Vec<Stemmer> =
        tongues.iter().map(|&tongue| Stemmer::create(algorithm(tongue))).collect();
    let stems = |word: &str| -> Vec<String> {
        stemmers.iter().filter_map(|stemmer| stem(stemmer, word)).collect()
    };
    let offered = |word: String| {
        let own = stems(&word);
        let meant = match word.contains(is_special) {
            true => own.iter().map(|stem| marked(stem)).collect(),
            false => unfolded(&word).iter().flat_map(|other| stems(other)).collect::<Vec<_>>(),
        };
        let mut offered = vec![word];
        for stem in own.into_iter().chain(meant) {
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

/// What is asked for where `words`, as [`query_words`] gives them, may be parts of a name: each of them
/// also in the other ways it is written.
pub fn name_words(words: &[Vec<String>]) -> Vec<Vec<String>> {
    let each = words.iter().map(|offered| {
        let typed = offered.first().cloned().unwrap_or_default();
        let others = spellings(&typed);
        // Words of names are not stemmed alike: with others, the word itself is asked for too.
        let itself = Some(typed.clone()).filter(|_| !others.is_empty());
        match typed.contains(' ') {
            true => offered.clone(),
            false => offered.iter().cloned().chain(others).chain(itself).collect(),
        }
    });
    each.collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index_words;
    use proptest::prelude::*;

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
    }
}
