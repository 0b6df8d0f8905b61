//! What somebody types into the search box: words, and filters such as `from:kari` or
//! `before:2026-03`, in any of the five languages. What begins with a minus is not wanted.

mod names;

use std::ops::Range;

pub use names::FilterOf;

use crate::query_words::QUOTATION;
use crate::{Tongue, folded, query_words};

/// More filters than this are words.
const MOST_FILTERS: usize = 16;
/// What is not wanted beyond this is not looked at.
const MOST_WITHOUT: usize = 16;
/// Stands before what is not wanted.
const NOT: char = '-';

/// What a search asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// As [`query_words`] gives them.
    pub words: Vec<Vec<String>>,
    /// What is not wanted, each as [`query_words`] gives it: `-lampe` leaves out what `lampe` finds.
    pub without: Vec<Vec<Vec<String>>>,
    /// In the order they were typed.
    pub filters: Vec<Filter>,
    /// What looks like a filter and is none; it stands among the words.
    pub misread: Vec<Misread>,
}

/// A `name:value` that says nothing: nobody knows the name, or there is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// As it was typed.
    pub text: String,
    /// What the name means, or may be a typing error of.
    pub of: Option<FilterOf>,
    /// As it was typed; may be empty.
    pub value: String,
}

/// One `name:value`; the value is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub of: FilterOf,
    pub value: String,
    /// What it takes is left out.
    pub is_not: bool,
    /// All of it as it was typed.
    pub text: String,
}

impl Query {
    /// Reads what was typed. A filter nobody knows, or without a value, is words.
    pub fn read(text: &str, tongues: &[Tongue]) -> Self {
        let (mut query, mut rest) = (Self::default(), String::new());
        for piece in pieces(text) {
            let filter = Filter::read(piece).filter(|_| query.filters.len() < MOST_FILTERS);
            if let Some(filter) = filter {
                query.filters.push(filter);
                continue;
            }
            if query.misread.len() < MOST_FILTERS {
                query.misread.extend(Misread::read(piece));
            }
            match unwanted(piece) {
                Some(unwanted) => query.leave_out(query_words(unwanted, tongues)),
                None => {
                    rest.push_str(piece);
                    rest.push(' ');
                }
            }
        }
        Self { words: query_words(&rest, tongues), ..query }
    }

    fn leave_out(&mut self, words: Vec<Vec<String>>) {
        if !words.is_empty() && self.without.len() < MOST_WITHOUT {
            self.without.push(words);
        }
    }
}

impl Misread {
    /// A word before a colon that is neither a time of day nor the address of a page. A word that
    /// is no filter's name is one only with something behind the colon.
    fn read(piece: &str) -> Option<Self> {
        let (name, value) = unwanted(piece).unwrap_or(piece).split_once(':')?;
        let is_word = name.chars().count() > 1 && name.chars().all(char::is_alphabetic);
        let of = FilterOf::named(name).or_else(|| FilterOf::meant(name));
        let value = value.trim_matches(QUOTATION).trim();
        let says_something = of.is_some() || value.starts_with(char::is_alphanumeric);
        (is_word && says_something).then(|| Self {
            text: piece.to_owned(),
            of,
            value: value.to_owned(),
        })
    }

    /// Whether it says what is not wanted.
    pub fn is_not(&self) -> bool {
        unwanted(&self.text).is_some()
    }
}

impl Filter {
    fn read(piece: &str) -> Option<Self> {
        let unwanted = unwanted(piece);
        let (name, value) = unwanted.unwrap_or(piece).split_once(':')?;
        let of = FilterOf::named(name)?;
        let value = value.trim_matches(QUOTATION).trim();
        let (text, is_not) = (piece.to_owned(), unwanted.is_some());
        (!value.is_empty()).then(|| Self { of, value: value.to_lowercase(), is_not, text })
    }
}

/// What stands behind a minus. A dash before a blank or before another sign is only a dash.
fn unwanted(piece: &str) -> Option<&str> {
    let rest = piece.strip_prefix(NOT)?;
    rest.starts_with(|c: char| c.is_alphanumeric() || QUOTATION.contains(&c)).then_some(rest)
}

/// What stands between spaces; spaces between quotation marks part nothing, nor does the one in
/// `before:i går`.
fn pieces(text: &str) -> Vec<&str> {
    let (mut places, mut begun, mut quoted) = (Vec::<Range<usize>>::new(), None, false);
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        quoted ^= QUOTATION.contains(&letter);
        let parts = at == text.len() || letter.is_whitespace() && !quoted;
        match (begun, parts) {
            (None, false) => begun = Some(at),
            (Some(first), true) => {
                let goes_on = |last: &&mut Range<usize>| is_day(text, last, first..at);
                match places.last_mut().filter(goes_on) {
                    Some(last) => last.end = at,
                    None => places.push(first..at),
                }
                begun = None;
            }
            _ => {}
        }
    }
    places.into_iter().filter_map(|place| text.get(place)).collect()
}

/// `:i` and `dag` or `går`, as the day is written in Danish, Norwegian and Swedish.
fn is_day(text: &str, before: &Range<usize>, word: Range<usize>) -> bool {
    let of = |place: Range<usize>| text.get(place).unwrap_or_default().to_lowercase();
    of(before.clone()).ends_with(":i") && ["dag", "gar"].contains(&folded(&of(word)).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (usize, Vec<(FilterOf, String)>) {
        let query = Query::read(text, &[Tongue::Nb]);
        let filters = query.filters.into_iter().map(|filter| (filter.of, filter.value));
        (query.words.len(), filters.collect())
    }

    #[test]
    fn filters_are_told_from_words_in_every_language() {
        let from = |value: &str| vec![(FilterOf::From, value.to_owned())];
        assert_eq!(read("lampe from:Kari"), (1, from("kari")));
        assert_eq!(read("från:\"Kari Lie\" lampe hull"), (2, from("kari lie")));
        assert_eq!(read("FRA:kari@post.example"), (0, from("kari@post.example")));
        assert_eq!(read("fra:„Kari Lie“"), (0, from("kari lie")));
        assert_eq!(read("kanal:mail"), (0, vec![(FilterOf::Channel, "mail".to_owned())]));
    }

    #[test]
    fn what_stands_behind_a_minus_is_not_wanted() {
        let read = |text: &str| {
            let query = Query::read(text, &[Tongue::Da]);
            let nots = query.filters.iter().map(|filter| filter.is_not).collect::<Vec<_>>();
            (query.words.len(), query.without, nots)
        };
        let lamp = vec![vec!["lampe".to_owned(), "~lamp".to_owned()]];
        assert_eq!(read("hul -lampe"), (1, vec![lamp.clone()], vec![]));
        assert_eq!(read("-\"den store\" hul").1, [[["den store"]]]);
        assert_eq!(read("-e-mail hul").1[0].len(), 2, "what `e-mail` finds is left out");
        assert_eq!(read("-fra:\"Kari Lie\" fra:bo"), (0, vec![], vec![true, false]));
        for dash in ["hul - lampe", "hul -- lampe", "e-post lampe", "26-1187 --lampe", "hul -> vej"]
        {
            let (words, without, nots) = read(dash);
            assert!(words > 1 && without.is_empty() && nots.is_empty(), "{dash}: only a dash");
        }
        let odd = Query::read("-colour:red -fra:", &[Tongue::Da]);
        assert!(odd.misread.len() == 2 && odd.misread.iter().all(Misread::is_not), "{odd:?}");
        assert!(odd.words.is_empty() && odd.without.len() == 2, "{odd:?}");
    }

    #[test]
    fn a_day_in_two_words_is_one_value() {
        for text in ["etter:i går", "etter:\"i går\"", "ETTER:I  Gaar", "-etter:i gar"] {
            let query = Query::read(&format!("lampe {text}"), &[Tongue::Nb]);
            assert_eq!((query.words.len(), query.filters.len()), (1, 1), "{text}");
            let value: String = query.filters[0].value.split_whitespace().collect();
            assert_eq!(folded(&value), "igar", "{text}");
        }
        assert_eq!(read("fra:i lampe"), (1, vec![(FilterOf::From, "i".to_owned())]));
    }

    #[test]
    fn what_is_no_filter_is_words() {
        assert_eq!(read("sak:12 før: http://torg.example"), (5, vec![]));
        assert_eq!(read("\"vei og park\""), (1, vec![]));
    }

    #[test]
    fn what_looks_like_a_filter_and_is_none_is_told_with_what_may_be_meant() {
        let misread = |text: &str| -> Vec<(String, Option<FilterOf>)> {
            let query = Query::read(text, &Tongue::ALL);
            query.misread.into_iter().map(|one| (one.text, one.of)).collect()
        };
        let told = |text: &str, of: Option<FilterOf>| vec![(text.to_owned(), of)];
        let typed = "departmnt:vei";
        assert_eq!(misread("lampe departmnt:vei"), told(typed, Some(FilterOf::Department)));
        assert_eq!(misread("department: vei"), told("department:", Some(FilterOf::Department)));
        assert_eq!(misread("colour:red"), told("colour:red", None));
        for plain in ["from:kari", "https://torg.example", "kl 12:30", "hull: to", ":vei", "a:b"] {
            assert_eq!(misread(plain), [], "{plain}");
        }
    }

    #[test]
    fn ten_kilobytes_of_anything_ask_for_little() {
        for text in
            ["\"", "tag:a ", "a\" ", "(\"* AND ", "🙂 ", "\"ord ", "fra:\"", "'", "-a/b ", "-\""]
        {
            let query = Query::read(&text.repeat(10_240 / text.len()), &Tongue::ALL);
            let asked = query.words.iter().chain(query.without.iter().flatten()).flatten();
            let words: usize = asked.map(|word| word.len()).sum();
            assert!(words < 10_000 && query.filters.len() <= MOST_FILTERS, "{text}: {words}");
        }
    }

    #[test]
    fn every_filter_is_read_by_the_name_it_has_in_each_language() {
        for of in FilterOf::all() {
            for tongue in Tongue::ALL {
                let name = of.name(tongue);
                assert_eq!(FilterOf::named(&name.to_uppercase()), Some(of), "{name}");
            }
        }
        assert!(FilterOf::From.begins("FR") && !FilterOf::Tag.begins("fr"));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read(text in "(?s).{0,300}") {
            Query::read(&text, &Tongue::ALL);
        }

        #[test]
        fn what_is_typed_behind_a_minus_is_asked_for_as_without_it(
            text in "[a-zæøå][a-zæøå/.@0-9]{0,20}|\"[a-zæøå ]{1,20}\"|(fra|is|før):[a-zæøå0-9\"]{0,9}",
        ) {
            let (with, not) = (Query::read(&text, &Tongue::ALL), format!("-{text}"));
            let without = Query::read(&not, &Tongue::ALL);
            prop_assert!(without.words.is_empty());
            let words: Vec<_> = Some(with.words).into_iter().filter(|all| !all.is_empty()).collect();
            prop_assert_eq!(without.without, words);
            let values = |all: &[Filter]| all.iter().map(|one| one.value.clone()).collect::<Vec<_>>();
            prop_assert_eq!(values(&without.filters), values(&with.filters));
            prop_assert!(without.filters.iter().all(|one| one.is_not));
        }
    }
}
