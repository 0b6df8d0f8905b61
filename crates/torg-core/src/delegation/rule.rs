//! Rules: what a municipality knows for sure about where letters go. They come before the judge.

use serde::{Deserialize, Serialize};

use crate::ids::{DepartmentId, MailboxId, StaffId, TagId};
use crate::person::alike;

/// When a letter comes in that fits, this is done with it. All that is asked must hold; of several
/// words or places, one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// It came to this address of ours.
    pub mailbox: Option<MailboxId>,
    /// One of these words or phrases stands in the subject or the text.
    pub words: Vec<String>,
    /// The address it came from, or its domain.
    pub sender: String,
    /// One of these names of streets or areas stands in it.
    pub places: Vec<String>,
    /// Where it goes; where it is, if nothing is said.
    pub department: Option<DepartmentId>,
    /// Whose it becomes: a member of the department it goes to.
    pub owner: Option<StaffId>,
    /// The tag it gets.
    pub tag: Option<TagId>,
    /// Whether it is marked as urgent.
    pub urgent: bool,
}

/// What rules ask of a letter.
pub struct Facts<'l> {
    /// The addresses of ours that it came to.
    pub mailboxes: &'l [MailboxId],
    /// Where it came from, as [`alike`] writes it.
    pub sender: &'l str,
    /// Whether a word or phrase stands in it.
    pub holds: &'l dyn Fn(&str) -> bool,
}

impl Rule {
    /// Whether it asks for anything at all. One that does not would fit every letter, and fits none.
    pub fn asks(&self) -> bool {
        let Self { mailbox, words, sender, places, .. } = self;
        mailbox.is_some() || !words.is_empty() || !sender.is_empty() || !places.is_empty()
    }

    /// Whether it does anything.
    pub fn does(&self) -> bool {
        self.department.is_some() || self.owner.is_some() || self.tag.is_some() || self.urgent
    }

    /// Whether a letter is one of those it is for.
    pub fn fits(&self, letter: &Facts<'_>) -> bool {
        let one_of = |phrases: &[String]| {
            phrases.is_empty() || phrases.iter().any(|phrase| (letter.holds)(phrase))
        };
        self.asks()
            && self.mailbox.is_none_or(|mailbox| letter.mailboxes.contains(&mailbox))
            && (self.sender.is_empty() || is_from(letter.sender, &self.sender))
            && one_of(&self.words)
            && one_of(&self.places)
    }
}

/// `wanted` is an address, or a domain with or without `@` before it; what lies below the domain
/// is of it.
fn is_from(sender: &str, wanted: &str) -> bool {
    let wanted = alike(wanted);
    let domain = wanted.strip_prefix('@').unwrap_or(&wanted);
    if domain.contains('@') {
        return sender == domain;
    }
    let own = sender.rsplit_once('@').map_or("", |(_, own)| own);
    own == domain || own.strip_suffix(domain).is_some_and(|below| below.ends_with('.'))
}

/// The rule that decides: the first one that fits, of those that can be carried out.
pub fn decide<'r>(
    rules: impl IntoIterator<Item = &'r Rule>,
    letter: &Facts<'_>,
) -> Option<&'r Rule> {
    rules.into_iter().find(|rule| rule.fits(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    fn fits(rule: &Rule, sender: &str, text: &str) -> bool {
        let holds = |phrase: &str| text.contains(phrase);
        rule.fits(&Facts { mailboxes: &[MailboxId::from_i64(1)], sender, holds: &holds })
    }

    #[test]
    fn all_that_is_asked_must_hold_and_one_of_several_words() {
        let rule = Rule {
            words: words(&["hole", "pothole"]),
            places: words(&["Quay"]),
            ..Rule::default()
        };
        assert!(fits(&rule, "", "a hole at the Quay"));
        assert!(!fits(&rule, "", "a hole"));
        assert!(!fits(&rule, "", "a lamp at the Quay"));
        let other = Rule { mailbox: Some(MailboxId::from_i64(2)), ..rule };
        assert!(!fits(&other, "", "a hole at the Quay"));
    }

    #[test]
    fn a_rule_that_asks_nothing_fits_nothing() {
        assert!(!fits(&Rule { urgent: true, ..Rule::default() }, "a@b.example", "anything"));
    }

    #[test]
    fn a_sender_is_an_address_or_a_domain() {
        let from = |wanted: &str| Rule { sender: wanted.to_owned(), ..Rule::default() };
        for wanted in ["kari@firm.example", "Firm.example", "@firm.example", "example"] {
            assert!(fits(&from(wanted), "kari@firm.example", ""), "{wanted}");
        }
        for wanted in ["kari@bærum.example", "@BÆRUM.example", "xn--brum-voa.example"] {
            assert!(fits(&from(wanted), "kari@xn--brum-voa.example", ""), "{wanted}");
        }
        for wanted in ["ola@firm.example", "irm.example", "other.example", "@"] {
            assert!(!fits(&from(wanted), "kari@firm.example", ""), "{wanted}");
        }
    }

    proptest! {
        #[test]
        fn the_first_that_fits_decides_and_what_stands_after_it_changes_nothing(
            asked in vec("[ab]", 1..6), more in vec("[ab]", 0..3), text in "[ab]{0,2}",
        ) {
            let rules = |asked: &[String]| -> Vec<Rule> {
                let rule = |word: &String| Rule { words: vec![word.clone()], ..Rule::default() };
                asked.iter().map(rule).collect()
            };
            let holds = |phrase: &str| text.contains(phrase);
            let letter = Facts { mailboxes: &[], sender: "", holds: &holds };
            let short = rules(&asked);
            let long = rules(&[asked.clone(), more].concat());
            let first = short.iter().position(|rule| rule.fits(&letter));
            let decided = decide(&long, &letter);
            match first {
                Some(first) => prop_assert_eq!(decided, long.get(first)),
                None => prop_assert!(decide(&short, &letter).is_none()),
            }
        }
    }
}
