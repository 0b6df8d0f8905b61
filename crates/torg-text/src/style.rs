//! Hints on style: what a reader would stumble over, and what the house writes otherwise.
//!
//! ```
//! use torg_text::Tongue;
//! use torg_text::style::{Hint, Rules, hints};
//! let rules = Rules { plain: true, ..Rules::of(Tongue::Nb) };
//! let found = hints("Vi viser til Deres henvendelse vedrørende gatelys.", &rules);
//! assert_eq!(found, [Hint::Plainer { word: "vedrørende".into(), instead: "om".into() }]);
//! ```

mod officialese;
mod sentences;

use std::collections::HashSet;

use crate::Tongue;
use crate::answers::closes;
use crate::kept::greets;
use sentences::sentences;

/// How the house writes in one language.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    pub tongue: Tongue,
    /// Whether a letter begins with a greeting, and ends with a closing.
    pub greeting: bool,
    pub closing: bool,
    /// Whether the reader is spoken to formally; `None` if either will do.
    pub formal: Option<bool>,
    /// Words and phrases that are not used, with what is written instead.
    pub avoided: &'a [(&'a str, &'a str)],
    /// Sentences with more words are pointed out; 0 for none.
    pub longest_sentence: usize,
    /// Whether officialese is pointed out.
    pub plain: bool,
}

impl Rules<'_> {
    /// Nothing is asked of a text.
    pub fn of(tongue: Tongue) -> Self {
        Self {
            tongue,
            greeting: false,
            closing: false,
            formal: None,
            avoided: &[],
            longest_sentence: 0,
            plain: false,
        }
    }
}

/// Something a writer may want to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    NoGreeting,
    NoClosing,
    /// A word the house does not use, as it stands in the text; `instead` may be empty.
    Avoided {
        word: String,
        instead: String,
    },
    /// Officialese, and the plain word.
    Plainer {
        word: String,
        instead: String,
    },
    /// The reader is spoken to in the other way.
    Address {
        word: String,
    },
    /// How many words a sentence has, and how it begins.
    LongSentence {
        words: usize,
        begins: String,
    },
}

/// More than these would be read by nobody.
const MOST: usize = 8;
/// So much of a text is read, in characters.
const READ: usize = 50_000;

/// What may be changed in a text: greeting and closing first, then in the order of the text; at
/// most 8, each word once.
pub fn hints(text: &str, rules: &Rules<'_>) -> Vec<Hint> {
    let text: String = text.chars().take(READ).collect();
    let mut found = Vec::new();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return found };
    if rules.greeting && !greets(first) {
        found.push(Hint::NoGreeting);
    }
    if rules.closing && !lines.rev().take(LAST).any(closes) {
        found.push(Hint::NoClosing);
    }
    let mut told = HashSet::new();
    for sentence in sentences(&text) {
        for hint in officialese::in_sentence(sentence, rules) {
            if told.insert(hint.word().to_lowercase()) {
                found.push(hint);
            }
        }
        found.extend(too_long(sentence, rules.longest_sentence));
    }
    found.truncate(MOST);
    found
}

/// A closing stands in one of so many last lines.
const LAST: usize = 4;
/// So many words tell which sentence is meant.
const TELLING: usize = 5;

fn too_long(sentence: &str, most: usize) -> Option<Hint> {
    let words = sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    let count = words.count();
    let begins = sentence.split_whitespace().take(TELLING).collect::<Vec<_>>().join(" ");
    (most > 0 && count > most).then_some(Hint::LongSentence { words: count, begins })
}

impl Hint {
    /// The words of the text it is about; empty for what is missing.
    pub fn word(&self) -> &str {
        match self {
            Self::NoGreeting | Self::NoClosing => "",
            Self::Avoided { word, .. } | Self::Plainer { word, .. } | Self::Address { word } => {
                word
            }
            Self::LongSentence { begins, .. } => begins,
        }
    }
}

#[cfg(test)]
mod tests;
