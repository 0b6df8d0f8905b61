//! Trying a rule on old letters, before it is kept.

use torg_core::delegation::{Facts, Rule};
use torg_core::{InquiryId, Viewer};
use torg_store::delegation::{self, OldLetter};
use torg_store::{Read, StoreError};

use super::rules::Words;
use super::setting::{RuleNotKept, fit};
use crate::Desk;
use crate::changes::administers;

/// How many letters are shown, how many looked at, and how many read at once.
const CAUGHT: usize = 200;
const LOOKED_AT: usize = 2_000;
const AT_ONCE: i64 = 100;

/// What a rule would have caught.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tried {
    /// How many of the newest letters were looked at.
    pub looked_at: usize,
    /// At most 200, the newest first.
    pub caught: Vec<OldLetter>,
}

impl Desk {
    /// The letters that a rule would have caught among the newest ones that the viewer may see and
    /// that lie behind no wall.
    pub async fn try_rule(&self, viewer: &Viewer, rule: Rule) -> Result<Tried, RuleNotKept> {
        administers(viewer).map_err(|_| RuleNotKept::NotAllowed)?;
        let rule = fit(rule)?;
        let (mut tried, mut before) = (Tried::default(), None);
        while tried.looked_at < LOOKED_AT && tried.caught.len() < CAUGHT {
            let (viewer, asked) = (viewer.clone(), rule.clone());
            let read = move |read: &Read<'_>| caught(read, &viewer, &asked, before);
            let some = self.0.reader.read(read).await?;
            let Some(last) = some.last else { break };
            before = Some(last);
            tried.looked_at += some.looked_at;
            tried.caught.extend(some.caught);
        }
        tried.caught.truncate(CAUGHT);
        Ok(tried)
    }
}

/// What was looked at together.
struct Batch {
    looked_at: usize,
    caught: Vec<OldLetter>,
    last: Option<InquiryId>,
}

fn caught(
    read: &Read<'_>,
    viewer: &Viewer,
    rule: &Rule,
    before: Option<InquiryId>,
) -> Result<Batch, StoreError> {
    let letters = delegation::old_letters(read, viewer, before, AT_ONCE)?;
    let (looked_at, last) = (letters.len(), letters.last().map(|letter| letter.inquiry));
    let mut caught = Vec::new();
    for letter in letters {
        let mailboxes = match rule.mailbox {
            Some(_) => delegation::came_to(read, letter.letter.message)?,
            None => Vec::new(),
        };
        let words = Words::of(&letter.letter);
        let holds = |phrase: &str| words.hold(phrase);
        let sender = &letter.letter.address;
        if rule.fits(&Facts { mailboxes: &mailboxes, sender, holds: &holds }) {
            caught.push(letter);
        }
    }
    Ok(Batch { looked_at, caught, last })
}
