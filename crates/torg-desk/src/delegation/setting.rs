//! What administrators set: whether the judge moves letters, and the rules.

use serde::{Deserialize, Serialize};
use torg_core::delegation::{Mode, Rule, least_letters, threshold};
use torg_core::person::alike;
use torg_core::{RuleId, StaffId, Verb, Viewer};
use torg_store::changes::Change;
use torg_store::delegation::{self, RuleRow};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx};

use super::archive::learn_archive_now;
use super::rules::{RuleFault, fault};
use super::{MODE, PRECISION, Policy};
use crate::Desk;
use crate::changes::{ChangeRefused, Changed, administers};
use crate::pen::Pen;

/// The topics of these changes.
pub(crate) const TOPIC: &str = "delegation";
pub(crate) const RULES: &str = "rules";

/// The most rules, and the most words or places of one.
const MOST_RULES: usize = 200;
const MOST_WORDS: usize = 50;
const LONGEST: usize = 80;

/// What the judge is allowed, and how good it has been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegating {
    pub mode: Mode,
    /// How often it must be right to move letters, in percent.
    pub precision: u8,
    /// How many letters that it would have moved have ended, and of how many it was right.
    pub letters: usize,
    pub right: usize,
    /// From how sure on (in parts of ten thousand) it may move; `None` while it is not good enough.
    pub from: Option<u16>,
    /// How many letters are needed at least.
    pub least: u32,
    /// Whether the general address leads to an open department.
    pub has_reception: bool,
}

/// Why a rule was not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleNotKept {
    #[error("only for administrators")]
    NotAllowed,
    #[error("not found")]
    NotFound,
    /// It would fit every letter.
    #[error("it asks for nothing")]
    NothingAsked,
    /// Nobody writes from what it names as the sender: neither an address nor a domain.
    #[error("no letter comes from there")]
    NoSender,
    #[error("it does nothing")]
    NothingDone,
    /// Whom it names is no member of the department that gets the letter.
    #[error("the owner is no member")]
    OwnerNotMember,
    /// Letters to a restricted department stay there.
    #[error("it leads out from behind a wall")]
    LeavesWall,
    /// More than 200 rules, 50 words or 80 characters.
    #[error("too much")]
    TooMuch,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A rule as its history keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    sort: i64,
    rule: Rule,
}

impl Desk {
    /// What the judge is allowed, and how good it has been on the newest letters.
    pub async fn delegating(&self) -> Result<Delegating, StoreError> {
        let Policy { mode, precision, reception, history } =
            self.0.reader.read(Policy::now).await?;
        Ok(Delegating {
            mode,
            precision,
            letters: history.len(),
            right: history.iter().filter(|(_, is_right)| *is_right).count(),
            from: threshold(&history, precision),
            least: least_letters(precision),
            has_reception: reception.is_some(),
        })
    }

    /// Sets whether the judge moves letters, and how often it must be right, in percent.
    pub async fn set_delegating(
        &self,
        viewer: &Viewer,
        mode: Mode,
        precision: u8,
    ) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        let (staff, pen) = (Some(viewer.staff), self.pen());
        let precision = precision.to_string();
        check(PRECISION, &precision)?;
        let set = move |tx: &mut Tx<'_>| {
            pen.set(tx, staff, TOPIC, (MODE, mode.word()), Details::default())?;
            learn_archive_now(tx, &pen)?;
            pen.set(tx, staff, TOPIC, (PRECISION, &precision), Details::default())
        };
        Ok(self.0.store.write(set).await?)
    }

    /// Keeps a rule, a new one after all others, or a changed one where it stood.
    pub async fn save_rule(
        &self,
        viewer: &Viewer,
        id: Option<RuleId>,
        rule: Rule,
    ) -> Result<RuleId, RuleNotKept> {
        let rule = fit(rule)?;
        if !rule.does() {
            return Err(RuleNotKept::NothingDone);
        }
        self.ruling(viewer, move |tx, pen, by| {
            match fault(tx, &rule)? {
                Some(RuleFault::NotMember) => return Err(RuleNotKept::OwnerNotMember),
                Some(RuleFault::LeavesWall) => return Err(RuleNotKept::LeavesWall),
                Some(RuleFault::NoDepartment) | None => {}
            }
            let all = delegation::rules(tx)?;
            let old = id.map(|id| all.iter().find(|row| row.id == id).ok_or(RuleNotKept::NotFound));
            let old = old.transpose()?;
            if old.is_none() && all.len() >= MOST_RULES {
                return Err(RuleNotKept::TooMuch);
            }
            let last = all.iter().map(|row| row.sort).max().unwrap_or(0);
            let sort = old.map_or(last + 1, |old| old.sort);
            let new = RuleRow { id: id.unwrap_or_else(|| pen.id()), sort, rule: rule.clone() };
            delegation::save_rule(tx, &new)?;
            changed(tx, pen, by, old, Some(&new), Details::default())?;
            Ok(new.id)
        })
        .await
    }

    /// Takes a rule away.
    pub async fn remove_rule(&self, viewer: &Viewer, id: RuleId) -> Result<(), RuleNotKept> {
        self.ruling(viewer, move |tx, pen, by| {
            let old = delegation::rule(tx, id)?.ok_or(RuleNotKept::NotFound)?;
            delegation::remove_rule(tx, id)?;
            Ok(changed(tx, pen, by, Some(&old), None, Details::default())?)
        })
        .await
    }

    /// Has a rule asked one place sooner. The first one stays where it is.
    pub async fn raise_rule(&self, viewer: &Viewer, id: RuleId) -> Result<(), RuleNotKept> {
        self.ruling(viewer, move |tx, pen, by| {
            let all = delegation::rules(tx)?;
            let place = all.iter().position(|row| row.id == id).ok_or(RuleNotKept::NotFound)?;
            let above = place.checked_sub(1).and_then(|above| all.get(above));
            let Some((above, own)) = above.zip(all.get(place)) else {
                return Ok(());
            };
            for (old, sort) in [(above, own.sort), (own, above.sort)] {
                let new = RuleRow { sort, ..old.clone() };
                delegation::save_rule(tx, &new)?;
                changed(tx, pen, by, Some(old), Some(&new), Details::default())?;
            }
            Ok(())
        })
        .await
    }

    async fn ruling<T: Send + 'static>(
        &self,
        viewer: &Viewer,
        act: impl Fn(&mut Tx<'_>, &Pen, StaffId) -> Result<T, RuleNotKept> + Send + 'static,
    ) -> Result<T, RuleNotKept> {
        administers(viewer).map_err(|_| RuleNotKept::NotAllowed)?;
        let (by, pen) = (viewer.staff, self.pen());
        self.0.store.write(move |tx| act(tx, &pen, by)).await
    }
}

/// Without what is empty or holds nothing that a letter could, as rules are kept.
pub(super) fn fit(rule: Rule) -> Result<Rule, RuleNotKept> {
    let tidy = |lines: Vec<String>| -> Result<Vec<String>, RuleNotKept> {
        let lines: Vec<String> = lines.iter().map(|line| line.trim().to_owned()).collect();
        let holds = |line: &String| line.chars().any(char::is_alphanumeric);
        let lines: Vec<String> = lines.into_iter().filter(holds).collect();
        let is_long = lines.iter().any(|line| line.chars().count() > LONGEST);
        if is_long || lines.len() > MOST_WORDS { Err(RuleNotKept::TooMuch) } else { Ok(lines) }
    };
    let sender = alike(&rule.sender);
    if sender.chars().count() > 4 * LONGEST {
        return Err(RuleNotKept::TooMuch);
    }
    let sender = if sender == "@" { String::new() } else { sender };
    if !sender.is_empty() && !is_sender(&sender) {
        return Err(RuleNotKept::NoSender);
    }
    let (words, places) = (tidy(rule.words)?, tidy(rule.places)?);
    let rule = Rule { words, places, sender, ..rule };
    if rule.asks() { Ok(rule) } else { Err(RuleNotKept::NothingAsked) }
}

/// Whether letters may come from it: one address, or one domain with or without `@` before it.
fn is_sender(text: &str) -> bool {
    let is_odd = |letter: char| letter.is_whitespace() || "<>()[],;:/*\\\"".contains(letter);
    let domain = text.rsplit_once('@').map_or(text, |(_, domain)| domain);
    !text.contains(is_odd) && domain.contains(char::is_alphanumeric)
}

fn check(what: &str, value: &str) -> Result<(), ChangeRefused> {
    let is_good = match what {
        MODE => value.is_empty() || Mode::from_word(value).is_some(),
        PRECISION => {
            value.is_empty() || value.parse().is_ok_and(|percent| (50u8..=99).contains(&percent))
        }
        _ => return Err(ChangeRefused::NoUndo),
    };
    if is_good { Ok(()) } else { Err(ChangeRefused::BadValue { what: "precision" }) }
}

/// Sets the old value of a setting again.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    check(&change.what, &change.old)?;
    pen.set_again(tx, staff, change, details)
}

/// Sets a rule as it was before a change, if it is still what the change made it.
pub(crate) fn set_rule_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    let id: RuleId = change.what.parse().map_err(|_| ChangeRefused::NotFound)?;
    let now = delegation::rule(tx, id)?;
    if text(now.as_ref())? != change.new {
        return Err(ChangeRefused::ChangedSince);
    }
    let kept = serde_json::from_str(&change.old).ok();
    let old = kept.map(|Kept { sort, rule }| RuleRow { id, sort, rule });
    match &old {
        Some(old) => delegation::save_rule(tx, old)?,
        None => delegation::remove_rule(tx, id)?,
    }
    Ok(changed(tx, pen, staff, now.as_ref(), old.as_ref(), details)?)
}

fn changed(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    old: Option<&RuleRow>,
    new: Option<&RuleRow>,
    details: Details,
) -> Result<(), StoreError> {
    let Some(row) = old.or(new) else { return Ok(()) };
    let (what, old, new) = (row.id.to_string(), text(old)?, text(new)?);
    let change = Changed { topic: RULES, what: &what, old: &old, new: &new };
    pen.changed(tx, Some(by), Verb::SettingChanged, &change, details)
}

fn text(row: Option<&RuleRow>) -> Result<String, StoreError> {
    let Some(RuleRow { sort, rule, .. }) = row else { return Ok(String::new()) };
    serde_json::to_string(&Kept { sort: *sort, rule: rule.clone() })
        .map_err(|error| StoreError::Bug(format!("a rule as JSON: {error}")))
}
