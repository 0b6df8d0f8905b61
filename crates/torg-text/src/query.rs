//! What somebody types into the search box: words, and filters such as `from:kari` or
//! `before:2026-03`, in any of the five languages.

use crate::answers::is_one_error;
use crate::query_words::QUOTATION;
use crate::{Tongue, query_words};

/// More filters than this are words.
const MOST_FILTERS: usize = 16;

/// What a search asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// As [`query_words`] gives them.
    pub words: Vec<Vec<String>>,
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
    /// All of it as it was typed.
    pub text: String,
}

/// What a filter looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterOf {
    /// Who wrote: a part of the name or the address.
    From,
    /// The beginning of a department's name.
    Department,
    /// The beginning of a tag.
    Tag,
    /// A year, a month or a day; nothing of it or later.
    Before,
    /// A year, a month or a day; nothing before it.
    After,
    /// `file`.
    Has,
    /// `unread`, `urgent`, `mine`, `unowned`.
    Is,
    /// How it came or goes: `mail`.
    Channel,
}

/// What people call a filter: in each of [`Tongue::ALL`], and in other words.
type Names = (FilterOf, [&'static str; 5], &'static [&'static str]);

const NAMES: [Names; 8] = [
    (FilterOf::From, ["fra", "fra", "frå", "från", "from"], &["avsender", "afsender", "avsändare"]),
    (
        FilterOf::Department,
        ["afdeling", "avdeling", "avdeling", "avdelning", "department"],
        &["dept"],
    ),
    (
        FilterOf::Tag,
        ["etiket", "etikett", "etikett", "etikett", "tag"],
        &["merke", "mærke", "märke", "label"],
    ),
    (FilterOf::Before, ["før", "før", "før", "före", "before"], &["innan", "until"]),
    (
        FilterOf::After,
        ["efter", "etter", "etter", "efter", "after"],
        &["since", "siden", "sidan", "sedan"],
    ),
    (FilterOf::Has, ["har", "har", "har", "har", "has"], &[]),
    (FilterOf::Is, ["er", "er", "er", "är", "is"], &[]),
    (FilterOf::Channel, ["kanal", "kanal", "kanal", "kanal", "channel"], &[]),
];

impl FilterOf {
    /// All of them, in the order they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.into_iter().map(|(of, ..)| of)
    }

    /// What it is called in a language.
    pub fn name(self, tongue: Tongue) -> &'static str {
        let place = Tongue::ALL.iter().position(|one| *one == tongue);
        let of_all = NAMES.into_iter().find(|(of, ..)| *of == self).map(|(_, names, _)| names);
        of_all.zip(place).and_then(|(names, place)| names.get(place).copied()).unwrap_or_default()
    }

    /// The filter that is called so, in whatever language.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let is_it = |(_, names, others): &Names| {
            names.contains(&name.as_str()) || others.contains(&name.as_str())
        };
        NAMES.into_iter().find(is_it).map(|(of, ..)| of)
    }

    /// The filter that was meant by a name with one typing error.
    fn meant(name: &str) -> Option<Self> {
        const ENOUGH_TO_TELL: usize = 4;
        let name: Vec<char> = name.to_lowercase().chars().collect();
        let is_near = |known: &str| is_one_error(&name, &known.chars().collect::<Vec<_>>());
        let all = NAMES.into_iter().filter(|_| name.len() >= ENOUGH_TO_TELL);
        all.into_iter()
            .find(|(_, names, others)| names.iter().chain(others.iter()).any(|one| is_near(one)))
            .map(|(of, ..)| of)
    }

    /// Whether one of its names begins so.
    pub fn begins(self, beginning: &str) -> bool {
        let beginning = beginning.to_lowercase();
        let own = NAMES.into_iter().filter(|(of, ..)| *of == self);
        own.flat_map(|(_, names, others)| names.into_iter().chain(others.iter().copied()))
            .any(|name| name.starts_with(&beginning))
    }
}

impl Query {
    /// Reads what was typed. A filter nobody knows, or without a value, is words.
    pub fn read(text: &str, tongues: &[Tongue]) -> Self {
        let (mut rest, mut filters, mut misread) = (String::new(), Vec::new(), Vec::new());
        for piece in pieces(text) {
            match Filter::read(piece).filter(|_| filters.len() < MOST_FILTERS) {
                Some(filter) => filters.push(filter),
                None => {
                    misread.extend(Misread::read(piece).filter(|_| misread.len() < MOST_FILTERS));
                    rest.push_str(piece);
                    rest.push(' ');
                }
            }
        }
        Self { words: query_words(&rest, tongues), filters, misread }
    }
}

impl Misread {
    /// A word before a colon that is neither a time of day nor the address of a page. A word that
    /// is no filter's name is one only with something behind the colon.
    fn read(piece: &str) -> Option<Self> {
        let (name, value) = piece.split_once(':')?;
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
}

impl Filter {
    fn read(piece: &str) -> Option<Self> {
        let (name, value) = piece.split_once(':')?;
        let of = FilterOf::named(name)?;
        let value = value.trim_matches(QUOTATION).trim();
        let text = piece.to_owned();
        (!value.is_empty()).then(|| Self { of, value: value.to_lowercase(), text })
    }
}

/// What stands between spaces; spaces between quotation marks part nothing.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c: char| {
        quoted ^= QUOTATION.contains(&c);
        c.is_whitespace() && !quoted
    })
    .filter(|piece| !piece.is_empty())
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
        for text in ["\"", "tag:a ", "a\" ", "(\"* AND ", "🙂 ", "\"ord ", "fra:\"", "'"] {
            let query = Query::read(&text.repeat(10_240 / text.len()), &Tongue::ALL);
            let words: usize = query.words.iter().flatten().map(|word| word.len()).sum();
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
    }
}
