//! The rules as they are asked about a letter.

use std::collections::HashSet;

use torg_core::delegation::{Facts, Rule, decide};
use torg_core::wall::open_wall;
use torg_core::{DepartmentId, MailboxId};
use torg_store::delegation::{self, FirstLetter, RuleRow};
use torg_store::departments::{self, Mailbox};
use torg_store::{Read, StoreError, staff};
use torg_text::{Tongue, detect, index_words, query_words};

use crate::Desk;

const TONGUES: [Tongue; 5] = [Tongue::Da, Tongue::Nb, Tongue::Nn, Tongue::Sv, Tongue::En];

/// Why a rule does not do what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleFault {
    /// Its department is gone or restricted: it does nothing.
    NoDepartment,
    /// It would take letters out of a restricted department: it does nothing.
    LeavesWall,
    /// Whom it names is no member of the department: it falls to whoever's turn it is there.
    NotMember,
}

/// A rule as it is asked.
struct Sound {
    rule: Rule,
    /// The restricted department whose own address it asks for: it is for letters there.
    behind: Option<DepartmentId>,
}

/// The rules that can be carried out, the first asked first.
pub(super) struct Rules(Vec<Sound>);

impl Rules {
    pub(super) fn now(read: &Read<'_>) -> Result<Self, StoreError> {
        let mut rules = Vec::new();
        for RuleRow { rule, .. } in delegation::rules(read)? {
            if is_sound(read, &rule)? {
                let home = home(read, &rule)?.filter(|home| home.wall != open_wall());
                rules.push(Sound { rule, behind: home.map(|home| home.department) });
            }
        }
        Ok(Self(rules))
    }

    /// The rule that decides about a letter; its words are read only if there are rules. `behind`
    /// is the restricted department it lies with, where only rules for its own address are asked.
    pub(super) fn decide(
        &self,
        letter: &FirstLetter,
        mailboxes: &[MailboxId],
        behind: Option<DepartmentId>,
        words: impl FnOnce() -> Words,
    ) -> Option<Rule> {
        let mut asked = self.0.iter().filter(|sound| sound.behind == behind).peekable();
        asked.peek()?;
        let words = words();
        let holds = |phrase: &str| words.hold(phrase);
        let facts = Facts { mailboxes, sender: &letter.address, holds: &holds };
        decide(asked.map(|sound| &sound.rule), &facts).cloned()
    }
}

impl Desk {
    /// All rules, the first asked first, with what is wrong with them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rules(&self) -> Result<Vec<(RuleRow, Option<RuleFault>)>, StoreError> {
        let read = |read: &Read<'_>| {
            let rules = delegation::rules(read)?.into_iter();
            rules.map(|row| Ok((row.clone(), fault(read, &row.rule)?))).collect()
        };
        self.0.reader.read(read).await
    }
}

/// What is wrong with a rule today.
pub(super) fn fault(read: &Read<'_>, rule: &Rule) -> Result<Option<RuleFault>, StoreError> {
    let home = home(read, rule)?;
    if let Some(id) = rule.department {
        if departments::one(read, id)?.is_none_or(|department| department.is_restricted()) {
            return Ok(Some(RuleFault::NoDepartment));
        }
        if home.as_ref().is_some_and(|home| home.wall != open_wall()) {
            return Ok(Some(RuleFault::LeavesWall));
        }
    }
    // Where it asks for no address and sends nowhere, its department is only known with the letter.
    let department = rule.department.or(home.map(|home| home.department));
    Ok(match rule.owner.zip(department) {
        Some((owner, of)) if !staff::is_member(read, owner, of)? => Some(RuleFault::NotMember),
        _ => None,
    })
}

/// Whether a rule can be carried out.
pub(super) fn is_sound(read: &Read<'_>, rule: &Rule) -> Result<bool, StoreError> {
    Ok(matches!(fault(read, rule)?, None | Some(RuleFault::NotMember)))
}

/// The address of ours that a rule asks for.
fn home(read: &Read<'_>, rule: &Rule) -> Result<Option<Mailbox>, StoreError> {
    let Some(wanted) = rule.mailbox else { return Ok(None) };
    Ok(departments::mailboxes(read)?.into_iter().find(|mailbox| mailbox.id == wanted))
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
