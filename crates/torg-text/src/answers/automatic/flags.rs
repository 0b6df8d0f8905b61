//! Words that bring a letter to a person: a table that a municipality can add to.
//!
//! One pattern a line: `why | language | pattern`; a word, a `prefix*`, or "several words" in quotes
//! that stand side by side; `#` begins a remark.

use std::collections::HashMap;
use std::sync::Arc;

use crate::Tongue;

/// A table of red flags. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct RedFlags {
    /// Patterns by the first three characters of their first word.
    patterns: Arc<HashMap<String, Vec<Pattern>>>,
}

#[derive(Debug, Clone)]
struct Pattern {
    why: String,
    tongue: Tongue,
    /// Each word, and whether it may go on.
    words: Vec<(String, bool)>,
}

/// Why a table of red flags cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedFlagsUnreadable {
    /// A line has not three parts, or no pattern.
    #[error("line {0}: why, a language and a pattern are wanted, parted by |")]
    NotThreeParts(usize),
    /// Not one of our languages.
    #[error("line {0}: no such language: {1}")]
    NoSuchLanguage(usize, String),
}

impl RedFlags {
    /// Reads a table.
    ///
    /// # Errors
    /// If a line is not of the form above; the line's number is told.
    pub fn parse(text: &str) -> Result<Self, RedFlagsUnreadable> {
        let mut flags = Self::default();
        for (at, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if !line.is_empty() {
                flags.add_line(at + 1, line)?;
            }
        }
        Ok(flags)
    }

    fn add_line(&mut self, number: usize, line: &str) -> Result<(), RedFlagsUnreadable> {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [why, code, pattern] = parts[..] else {
            return Err(RedFlagsUnreadable::NotThreeParts(number));
        };
        let tongue = Tongue::from_code(code);
        let tongue =
            tongue.ok_or_else(|| RedFlagsUnreadable::NoSuchLanguage(number, code.to_owned()))?;
        let words = pattern.trim_matches('"').split_whitespace();
        let word = |word: &str| (word.trim_matches('*').to_lowercase(), word.ends_with('*'));
        let words: Vec<(String, bool)> = words.map(word).collect();
        let first = words.first().ok_or(RedFlagsUnreadable::NotThreeParts(number))?;
        let pattern = Pattern { why: why.to_owned(), tongue, words: words.clone() };
        Arc::make_mut(&mut self.patterns).entry(head(&first.0)).or_default().push(pattern);
        Ok(())
    }

    /// The kinds of flags that a letter's lower-cased words raise, each once. A letter whose
    /// language is not known is held against all languages.
    pub(in crate::answers) fn raised(
        &self,
        words: &[String],
        tongue: Option<Tongue>,
    ) -> Vec<String> {
        let mut raised: Vec<String> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let rest = words.get(at..).unwrap_or_default();
            // A prefix may be as short as one or two letters.
            for length in 1..=HEAD {
                let key: String = word.chars().take(length).collect();
                for pattern in self.patterns.get(&key).map_or(&[][..], Vec::as_slice) {
                    let is_new = !raised.contains(&pattern.why);
                    if is_new && pattern.is_of(tongue) && pattern.fits(rest) {
                        raised.push(pattern.why.clone());
                    }
                }
            }
        }
        raised
    }
}

const HEAD: usize = 3;

fn head(word: &str) -> String {
    word.chars().take(HEAD).collect()
}

impl Pattern {
    fn fits(&self, words: &[String]) -> bool {
        let fits = |((wanted, goes_on), word): (&(String, bool), &String)| {
            if *goes_on { word.starts_with(wanted) } else { word == wanted }
        };
        words.len() >= self.words.len() && self.words.iter().zip(words).all(fits)
    }

    fn is_of(&self, tongue: Option<Tongue>) -> bool {
        tongue.is_none_or(|tongue| crate::answers::ranker::are_near(tongue, self.tongue))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "damage | da | skadeserstat* # claims\nharm | da | \"blev ødelagt\"\n";

    fn raised(text: &str, tongue: Option<Tongue>) -> Vec<String> {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        RedFlags::parse(TABLE).unwrap().raised(&words, tongue)
    }

    #[test]
    fn a_flag_is_raised_by_a_beginning_or_by_all_words_side_by_side() {
        assert_eq!(raised("jeg vil have skadeserstatning", Some(Tongue::Da)), ["damage"]);
        assert_eq!(raised("hegnet blev ødelagt", None), ["harm"]);
        assert_eq!(raised("hegnet blev helt ødelagt", None), [""; 0]);
    }

    #[test]
    fn another_language_raises_nothing() {
        assert_eq!(raised("skadeserstatning", Some(Tongue::En)), [""; 0]);
        assert_eq!(raised("skadeserstatning", Some(Tongue::Nb)), ["damage"]);
    }

    #[test]
    fn a_line_that_is_wrong_is_told_by_its_number() {
        let wrong = RedFlags::parse("\na | da").err();
        assert_eq!(wrong, Some(RedFlagsUnreadable::NotThreeParts(2)));
    }
}
