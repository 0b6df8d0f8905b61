//! The rules as they are asked about a letter.

use std::collections::HashSet;

use torg_core::MailboxId;
use torg_core::delegation::{Facts, Rule, decide};
use torg_store::delegation::{self, FirstLetter};
use torg_store::{Read, StoreError, departments};
use torg_text::{Tongue, detect, index_words, query_words};

const TONGUES: [Tongue; 5] = [Tongue::Da, Tongue::Nb, Tongue::Nn, Tongue::Sv, Tongue::En];

/// The rules that can be carried out, the first asked first.
pub(super) struct Rules(Vec<Rule>);

impl Rules {
    /// A rule whose department is gone or restricted does nothing.
    pub(super) fn now(read: &Read<'_>) -> Result<Self, StoreError> {
        let mut rules = Vec::new();
        for row in delegation::rules(read)? {
            if is_sound(read, &row.rule)? {
                rules.push(row.rule);
            }
        }
        Ok(Self(rules))
    }

    /// The rule that decides about a letter; its words are read only if there are rules.
    pub(super) fn decide(
        &self,
        letter: &FirstLetter,
        mailboxes: &[MailboxId],
        words: impl FnOnce() -> Words,
    ) -> Option<Rule> {
        if self.0.is_empty() {
            return None;
        }
        let words = words();
        let holds = |phrase: &str| words.hold(phrase);
        let facts = Facts { mailboxes, sender: &letter.address, holds: &holds };
        decide(&self.0, &facts).cloned()
    }
}

/// Whether a rule's department is there and open.
pub(super) fn is_sound(read: &Read<'_>, rule: &Rule) -> Result<bool, StoreError> {
    let Some(department) = rule.department else { return Ok(true) };
    let department = departments::one(read, department)?;
    Ok(department.is_some_and(|department| !department.is_restricted()))
}

/// The words of a letter as search knows them.
pub(super) struct Words {
    known: HashSet<String>,
    /// As they follow each other, with spaces around each.
    line: String,
}

impl Words {
    pub(super) fn of(letter: &FirstLetter) -> Self {
        let text = format!("{}\n{}", letter.subject, letter.body);
        let words = index_words(&text, detect(&text).unwrap_or(Tongue::Nb));
        let line = format!(" {} ", words.join(" "));
        Self { known: words.into_iter().collect(), line }
    }

    /// A word is found as search finds it, in any of its forms; several must stand side by side.
    pub(super) fn hold(&self, phrase: &str) -> bool {
        let entries = query_words(phrase, &TONGUES);
        let firsts: Vec<&str> =
            entries.iter().filter_map(|entry| entry.first().map(String::as_str)).collect();
        match entries.as_slice() {
            [] => false,
            [word] => word.iter().any(|form| self.known.contains(form)),
            _ => self.line.contains(&format!(" {} ", firsts.join(" "))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_core::{Id, MessageId};

    fn words(body: &str) -> Words {
        let (subject, body) = (String::new(), body.to_owned());
        let message = MessageId::from_i64(1);
        Words::of(&FirstLetter { message, subject, body, address: String::new() })
    }

    #[test]
    fn a_word_is_found_in_its_forms_and_inside_compounds_as_search_finds_it() {
        let letter = words("Det er flere hull i veien ved Storgata, og lampene er slukket.");
        for phrase in ["veien", "lampe", "Hull", "storgata", "hull i veien"] {
            assert!(letter.hold(phrase), "{phrase}");
        }
        for phrase in ["barnehage", "veien hull", "", "?"] {
            assert!(!letter.hold(phrase), "{phrase}");
        }
        let fine = words("Jeg har fået en parkeringsafgift på torvet, og det er ikke rimeligt.");
        assert!(fine.hold("parkering"));
    }
}
