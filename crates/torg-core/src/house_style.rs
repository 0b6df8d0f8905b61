//! House style: how a municipality writes in one language, so that it speaks with one voice.

use std::fmt;
use std::str::FromStr;

use crate::answers::blanks::{self, Blank};

/// How letters of one language are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HouseStyle {
    /// How a letter begins and ends; may hold placeholders. Empty for none.
    pub greeting: String,
    pub closing: String,
    pub address: Address,
    pub avoided: Vec<Avoided>,
    /// A sentence with more words is pointed out; 0 for never.
    pub longest_sentence: u16,
    /// Whether officialese is pointed out.
    pub plain: bool,
}

/// How the reader is spoken to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Address {
    /// As the writer likes.
    #[default]
    Free,
    /// "du".
    Informal,
    /// "De", "Ni".
    Formal,
}

impl Address {
    pub const ALL: [Self; 3] = [Self::Free, Self::Informal, Self::Formal];

    /// As it is kept and sent by forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Informal => "informal",
            Self::Formal => "formal",
        }
    }
}

/// A word or phrase that is not to be used, and what to write in its place, if that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Avoided {
    pub word: String,
    pub instead: String,
}

/// What a house style is made of; each is set and taken back by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StylePart {
    Greeting,
    Closing,
    Address,
    Avoided,
    LongestSentence,
    Plain,
}

/// Why a part of a house style was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StyleRefused {
    #[error("the text is longer than {most} characters")]
    TooLong { most: usize },
    #[error("a greeting or closing cannot hold itself")]
    HoldsItself,
    #[error("that is no number of words between {} and {}", SHORTEST_LIMIT, LONGEST_LIMIT)]
    NoNumber,
    #[error("there is no such choice")]
    NoChoice,
}

/// The most characters of a greeting or closing, and of all words that are avoided.
const LONGEST_GREETING: usize = 200;
const LONGEST_LIST: usize = 5_000;
/// Between these the limit of a sentence must lie, in words.
pub const SHORTEST_LIMIT: u16 = 10;
pub const LONGEST_LIMIT: u16 = 60;

impl StylePart {
    pub const ALL: [Self; 6] = [
        Self::Greeting,
        Self::Closing,
        Self::Address,
        Self::Avoided,
        Self::LongestSentence,
        Self::Plain,
    ];

    /// As it is kept and sent by forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Greeting => "greeting",
            Self::Closing => "closing",
            Self::Address => "address",
            Self::Avoided => "avoided",
            Self::LongestSentence => "sentence",
            Self::Plain => "plain",
        }
    }
}

impl HouseStyle {
    /// A part as it is kept.
    pub fn part(&self, part: StylePart) -> String {
        match part {
            StylePart::Greeting => self.greeting.clone(),
            StylePart::Closing => self.closing.clone(),
            StylePart::Address => self.address.word().into(),
            StylePart::Avoided => {
                self.avoided.iter().map(Avoided::to_string).collect::<Vec<_>>().join("\n")
            }
            StylePart::LongestSentence => self.longest_sentence.to_string(),
            StylePart::Plain => if self.plain { "on" } else { "off" }.into(),
        }
    }

    /// Sets a part from what was kept or typed: words to avoid stand one a line, `=` before what
    /// to write in their place.
    ///
    /// # Errors
    /// [`StyleRefused`]; then nothing was changed.
    pub fn set(&mut self, part: StylePart, value: &str) -> Result<(), StyleRefused> {
        let value = value.replace("\r\n", "\n");
        let value = value.trim();
        match part {
            StylePart::Greeting => self.greeting = greeting(value)?,
            StylePart::Closing => self.closing = greeting(value)?,
            StylePart::Address => {
                let found = Address::ALL.into_iter().find(|address| address.word() == value);
                self.address = found.ok_or(StyleRefused::NoChoice)?;
            }
            StylePart::Avoided => {
                within(value, LONGEST_LIST)?;
                self.avoided = value.lines().filter_map(|line| line.parse().ok()).collect();
            }
            StylePart::LongestSentence => self.longest_sentence = limit(value)?,
            StylePart::Plain => self.plain = value == "on",
        }
        Ok(())
    }
}

fn greeting(value: &str) -> Result<String, StyleRefused> {
    within(value, LONGEST_GREETING)?;
    let own =
        |word: &&str| matches!(Blank::from_word(word), Some(Blank::Greeting | Blank::Closing));
    match blanks::open(value).iter().any(own) {
        true => Err(StyleRefused::HoldsItself),
        false => Ok(blanks::kept(value)),
    }
}

fn limit(value: &str) -> Result<u16, StyleRefused> {
    if value.is_empty() {
        return Ok(0);
    }
    let limit: u16 = value.parse().map_err(|_| StyleRefused::NoNumber)?;
    match limit {
        0 | SHORTEST_LIMIT..=LONGEST_LIMIT => Ok(limit),
        _ => Err(StyleRefused::NoNumber),
    }
}

fn within(value: &str, most: usize) -> Result<(), StyleRefused> {
    match value.chars().count() > most {
        true => Err(StyleRefused::TooLong { most }),
        false => Ok(()),
    }
}

impl fmt::Display for Avoided {
    /// As it stands in a list: `word = instead`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.instead.is_empty() {
            true => write!(f, "{}", self.word),
            false => write!(f, "{} = {}", self.word, self.instead),
        }
    }
}

/// A line of a list without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoWord;

impl FromStr for Avoided {
    type Err = NoWord;

    fn from_str(line: &str) -> Result<Self, NoWord> {
        let (word, instead) = line.split_once('=').unwrap_or((line, ""));
        let (word, instead) = (word.trim().to_owned(), instead.trim().to_owned());
        if word.is_empty() { Err(NoWord) } else { Ok(Self { word, instead }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_greeting_may_name_the_citizen_but_not_itself() {
        let mut style = HouseStyle { closing: "Vennlig hilsen".into(), ..HouseStyle::default() };
        assert_eq!(style.set(StylePart::Greeting, " Kjære {{name}} "), Ok(()));
        assert_eq!(style.greeting, "Kjære {{name}}");
        let refused = style.set(StylePart::Closing, "{{ Greeting }}");
        assert_eq!(refused, Err(StyleRefused::HoldsItself));
        assert_eq!(style.closing, "Vennlig hilsen");
    }

    #[test]
    fn the_limit_of_a_sentence_is_a_sensible_number_or_none() {
        let mut style = HouseStyle::default();
        for (value, kept) in [("", 0), ("0", 0), ("10", 10), ("60", 60)] {
            assert_eq!(style.set(StylePart::LongestSentence, value), Ok(()));
            assert_eq!(style.longest_sentence, kept);
        }
        for value in ["9", "61", "-5", "many"] {
            assert_eq!(
                style.set(StylePart::LongestSentence, value),
                Err(StyleRefused::NoNumber),
                "{value}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_part_is_read_back_as_it_is_kept(greeting in "[a-zæ ,]{0,20}", list in "[a-c= \\n]{0,40}", limit in 10u16..=60, plain: bool) {
            let mut style = HouseStyle { longest_sentence: limit, plain, ..HouseStyle::default() };
            style.set(StylePart::Greeting, &greeting).unwrap();
            style.set(StylePart::Avoided, &list).unwrap();
            let mut again = HouseStyle::default();
            for part in StylePart::ALL {
                again.set(part, &style.part(part)).unwrap();
            }
            prop_assert_eq!(again, style);
        }
    }
}
