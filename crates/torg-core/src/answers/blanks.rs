//! Placeholders: `{{name}}` in a text stands for what is filled in when the answer is inserted.
//!
//! One that has no value stays as it is, is asked for, and never leaves the house.

mod known;

use std::fmt;

pub use known::{Blank, kept, shown};

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    Plain(&'a str),
    /// The word between the braces, trimmed.
    Blank(&'a str),
}

/// The longest word between braces, in characters.
const LONGEST: usize = 40;

/// A text cut where its placeholders stand; all pieces together are the text.
///
/// ```
/// use torg_core::answers::blanks::{Piece, pieces};
/// let found = pieces("Hi {{name}}!");
/// assert_eq!(found, [Piece::Plain("Hi "), Piece::Blank("name"), Piece::Plain("!")]);
/// ```
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut found, mut rest) = (Vec::new(), text);
    // What was walked over already and is no placeholder.
    let mut plain = 0;
    while let Some(begin) = rest.get(plain..).and_then(|text| text.find("{{")) {
        let begin = plain + begin;
        let inner = rest.get(begin + 2..).unwrap_or_default();
        let Some((word, after)) = inner.split_once("}}").filter(|(word, _)| is_blank(word)) else {
            plain = begin + 1;
            continue;
        };
        let before = rest.get(..begin).unwrap_or_default();
        if !before.is_empty() {
            found.push(Piece::Plain(before));
        }
        found.push(Piece::Blank(word.trim()));
        (rest, plain) = (after, 0);
    }
    if !rest.is_empty() {
        found.push(Piece::Plain(rest));
    }
    found
}

fn is_blank(word: &str) -> bool {
    let letters = word.trim().chars();
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | ' ');
    let length = letters.clone().take(LONGEST + 1).count();
    (1..=LONGEST).contains(&length) && letters.clone().all(fits)
}

/// The placeholders that stand in a text, each once, in their order.
pub fn open(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Blank(word) = piece
            && !words.contains(&word)
        {
            words.push(word);
        }
    }
    words
}

/// What begins with two braces and is not for a citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raw<'a> {
    /// What stands between two pairs of braces, placeholder or not: "day/time" is none, nor is what
    /// is left where somebody deleted the word.
    Closed(&'a str),
    /// The first word after two braces that nothing closes, as in `{{date}`.
    Unclosed(&'a str),
}

impl fmt::Display for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed(inner) => write!(f, "{{{{{inner}}}}}"),
            Self::Unclosed(word) => write!(f, "{{{{{word}"),
        }
    }
}

/// What of a text must not leave the house, each once, in its order. Two braces with no word behind
/// them are nobody's placeholder.
///
/// ```
/// use torg_core::answers::blanks::{Raw, raw};
/// assert_eq!(raw("{{name}}, on {{date}"), [Raw::Closed("name"), Raw::Unclosed("date")]);
/// ```
pub fn raw(text: &str) -> Vec<Raw<'_>> {
    let mut found: Vec<Raw<'_>> = Vec::new();
    for one in text.split("{{").skip(1).filter_map(begun) {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

/// What was begun with the two braces before `rest`.
fn begun(rest: &str) -> Option<Raw<'_>> {
    if let Some((inner, _)) = rest.split_once("}}") {
        return Some(Raw::Closed(inner.trim()));
    }
    let rest = rest.trim_start_matches(['{', ' ']);
    let in_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    let word = rest.split(|letter| !in_word(letter)).next().unwrap_or_default();
    word.starts_with(char::is_alphabetic).then_some(Raw::Unclosed(word))
}

/// The text with every placeholder filled that `value` knows. Braces in a value are left out, so
/// that nobody's name can be a placeholder itself.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Plain(plain) => filled.push_str(plain),
            Piece::Blank(word) => {
                let known = value(word).map(|value| value.replace(['{', '}'], ""));
                match known.filter(|value| !value.trim().is_empty()) {
                    Some(value) => filled.push_str(value.trim()),
                    None => filled.push_str(&format!("{{{{{word}}}}}")),
                }
            }
        }
    }
    filled
}

/// The first telephone number of a signature: at least eight digits with what may stand between
/// them, as it is written.
pub fn phone_in(signature: &str) -> Option<String> {
    let in_number = |letter: char| letter.is_ascii_digit() || " +()-\u{a0}".contains(letter);
    signature.lines().find_map(|line| {
        let runs = line.split(|letter| !in_number(letter)).map(str::trim);
        let digits = |run: &str| run.chars().filter(char::is_ascii_digit).count();
        runs.filter(|run| (8..=15).contains(&digits(run))).map(str::to_owned).next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(word: &str) -> Option<String> {
        (word == "name").then(|| "Aino {{x}}".to_owned())
    }

    #[test]
    fn whatever_stands_between_braces_is_told_before_it_leaves() {
        let text = "Vi kommer {{dag/tid}} og {{ dag }}, {{dag}}; {{}} {{ }} {{open { a } }";
        let told: Vec<String> = raw(text).iter().map(Raw::to_string).collect();
        assert_eq!(told, ["{{dag/tid}}", "{{dag}}", "{{}}", "{{open"]);
    }

    #[test]
    fn a_placeholder_that_nobody_closed_is_told_too() {
        assert_eq!(raw("Vi kommer {{date"), [Raw::Unclosed("date")]);
        assert_eq!(
            raw("{{ första_dag} eller {{name}}"),
            [Raw::Unclosed("första_dag"), Raw::Closed("name")]
        );
        assert!(raw("a { b } c }} {{").is_empty());
        assert!(
            raw("{{1, 2}, {3, 4}} :{{ ... {{\nname")
                .iter()
                .all(|one| *one == Raw::Closed("1, 2}, {3, 4"))
        );
    }

    #[test]
    fn what_has_no_value_stays_and_is_asked_for() {
        let filled = fill("Hi {{ name }}, come on {{date}} or {{date}}.", known);
        assert_eq!(filled, "Hi Aino x, come on {{date}} or {{date}}.");
        assert_eq!(open(&filled), ["date"]);
    }

    #[test]
    fn braces_that_are_no_placeholder_are_left_alone() {
        for text in ["{{}}", "{{ }}", "{{a.b}}", "{a}", "{{never closed", "}}", "{{a\nb}}"] {
            assert_eq!(fill(text, |_| Some("!".into())), text, "{text}");
            assert!(open(text).is_empty(), "{text}");
        }
        assert_eq!(open("{{{name}}}"), ["name"]);
        assert_eq!(open("{{a.b {{name}}"), ["name"]);
    }

    #[test]
    fn a_telephone_number_is_found_in_a_signature() {
        let signature = "Roads and parks\nTorvet 1, 5800 Fjordby\nTel. +47 55 00 10 00, 26-1187";
        assert_eq!(phone_in(signature).as_deref(), Some("+47 55 00 10 00"));
        assert_eq!(phone_in("Torvet 1, 5800 Fjordby"), None);
    }

    proptest! {
        #[test]
        fn the_pieces_of_any_text_are_the_text(text in "[a{} \\n{}]{0,40}") {
            let filled = fill(&text, |_| None);
            let plain = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(plain(&filled), plain(&text));
        }
    }
}
