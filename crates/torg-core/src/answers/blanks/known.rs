//! The placeholders that Torg knows, and what they are called in each language.
//!
//! A text is kept with one word for each, and shown with the words of whoever reads it; what
//! somebody writes may be in any language.

use std::fmt;

use super::{Piece, pieces};
use crate::Language;

/// A placeholder that is known by its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Blank {
    /// The citizen's name, and the first word of it.
    Name,
    FirstName,
    /// The inquiry's number and subject.
    Number,
    Subject,
    Department,
    /// Who writes.
    Staff,
    /// Where the department or the writer is called.
    Phone,
    /// The first link of the answer itself.
    Link,
    /// How the house style begins and ends a letter.
    Greeting,
    Closing,
    /// What the municipality calls itself.
    Town,
    /// What is one citizen's and was taken out of a letter: it is asked for.
    Date,
    Email,
    Telephone,
    CaseNumber,
    IdentityNumber,
}

/// The words of a placeholder: in each of [`Language::ALL`]. It is kept with the English one.
const WORDS: [(Blank, [&str; 5]); 16] = [
    (Blank::Name, ["navn", "navn", "namn", "namn", "name"]),
    (Blank::FirstName, ["fornavn", "fornavn", "fornamn", "förnamn", "first_name"]),
    (Blank::Number, ["nummer", "nummer", "nummer", "nummer", "number"]),
    (Blank::Subject, ["emne", "emne", "emne", "ämne", "subject"]),
    (Blank::Department, ["afdeling", "avdeling", "avdeling", "avdelning", "department"]),
    (Blank::Staff, ["medarbejder", "medarbeider", "medarbeidar", "medarbetare", "staff"]),
    (Blank::Phone, ["telefon", "telefon", "telefon", "telefon", "phone"]),
    (Blank::Link, ["link", "lenke", "lenkje", "länk", "link"]),
    (Blank::Greeting, ["indledning", "innledning", "innleiing", "inledning", "greeting"]),
    (Blank::Closing, ["hilsen", "hilsen", "helsing", "hälsning", "closing"]),
    (Blank::Town, ["kommune", "kommune", "kommune", "kommun", "town"]),
    (Blank::Date, ["dato", "dato", "dato", "datum", "date"]),
    (Blank::Email, ["e-post", "e-post", "e-post", "e-post", "email"]),
    (
        Blank::Telephone,
        ["telefonnummer", "telefonnummer", "telefonnummer", "telefonnummer", "telephone"],
    ),
    (Blank::CaseNumber, ["sagsnummer", "saksnummer", "saksnummer", "ärendenummer", "case_number"]),
    (
        Blank::IdentityNumber,
        ["personnummer", "fødselsnummer", "fødselsnummer", "personnummer", "identity_number"],
    ),
];

impl Blank {
    /// Those an answer is filled with by itself.
    pub const FILLED: [Self; 10] = [
        Self::Name,
        Self::FirstName,
        Self::Number,
        Self::Subject,
        Self::Department,
        Self::Staff,
        Self::Phone,
        Self::Link,
        Self::Greeting,
        Self::Closing,
    ];
    /// Those a receipt is filled with.
    pub const OF_A_RECEIPT: [Self; 4] = [Self::Number, Self::Subject, Self::Department, Self::Town];

    /// The word it is kept with.
    pub fn word(self) -> &'static str {
        self.word_in(Language::En)
    }

    /// The word it is shown with.
    pub fn word_in(self, language: Language) -> &'static str {
        let place = Language::ALL.iter().position(|one| *one == language);
        let words = WORDS.iter().find(|(blank, _)| *blank == self).map(|(_, words)| words);
        words.zip(place).and_then(|(words, place)| words.get(place).copied()).unwrap_or_default()
    }

    /// The placeholder of a word in whatever language; `None` for a word of one's own.
    pub fn from_word(word: &str) -> Option<Self> {
        let spaced = |word: &str| word.to_lowercase().replace([' ', '-'], "_");
        let word = spaced(word.trim());
        let is_called =
            |(_, words): &&(Self, [&str; 5])| words.iter().any(|one| spaced(one) == word);
        WORDS.iter().find(is_called).map(|(blank, _)| *blank)
    }
}

impl fmt::Display for Blank {
    /// As it is kept in a text: `{{name}}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{{{}}}}}", self.word())
    }
}

/// The text as it is kept: the words of known placeholders are those of [`Blank::word`].
///
/// ```
/// use torg_core::answers::blanks::kept;
/// assert_eq!(kept("Hei {{fornavn}}, kom {{onsdag}}"), "Hei {{first_name}}, kom {{onsdag}}");
/// ```
pub fn kept(text: &str) -> String {
    shown(text, Language::En)
}

/// The text as somebody reads it whose pages are in `language`.
pub fn shown(text: &str, language: Language) -> String {
    let mut said = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Plain(plain) => said.push_str(plain),
            Piece::Blank(word) => {
                let known = Blank::from_word(word).map(|blank| blank.word_in(language));
                said.push_str("{{");
                said.push_str(known.unwrap_or(word));
                said.push_str("}}");
            }
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_however_it_is_spaced_and_in_every_language() {
        assert_eq!(Blank::from_word("First name"), Some(Blank::FirstName));
        assert_eq!(Blank::from_word("price"), None);
        assert_eq!(Blank::FirstName.to_string(), "{{first_name}}");
        for (blank, words) in WORDS {
            for (word, language) in words.into_iter().zip(Language::ALL) {
                assert_eq!(Blank::from_word(&word.to_uppercase()), Some(blank), "{word}");
                assert_eq!(blank.word_in(language), word);
            }
        }
    }

    #[test]
    fn a_text_goes_into_a_language_and_back() {
        let text = "{{greeting}}\n{{ number }} {{own word}} {x} {{{name}}} {{case_number}}";
        for language in Language::ALL {
            let there = shown(text, language);
            assert_eq!(kept(&there), kept(text), "{there}");
        }
        assert_eq!(shown("Hi {{ first name }}", Language::Sv), "Hi {{förnamn}}");
    }
}
