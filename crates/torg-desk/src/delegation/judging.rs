//! Asking the rules and the judge, outside of any transaction.

use std::panic::{AssertUnwindSafe, catch_unwind};

use torg_core::DepartmentId;
use torg_core::delegation::{Guess, Mode};
use torg_core::wall::open_wall;
use torg_store::delegation::{self, FirstLetter, Waiting};
use torg_store::{Read, StoreError, inquiries};
use torg_text::answers::{DepartmentSuggestion, Letter, Ranker};

use super::Case;
use super::rules::{Rules, Words};
use crate::Desk;

/// How many departments are kept of those a letter may belong to, and words told of each.
const GUESSES: usize = 4;
const WORDS: usize = 3;

impl Desk {
    /// What the rules and the judge say of each. Those that somebody took in hand meanwhile are not
    /// asked about.
    pub(super) async fn judge_all(
        &self,
        waiting: Vec<Waiting>,
        mode: Mode,
    ) -> Result<Vec<Case>, StoreError> {
        let read = move |read: &Read<'_>| cases(read, &waiting);
        let (mut cases, rules) = self.0.reader.read(read).await?;
        let judge = match mode {
            Mode::Off => None,
            Mode::Propose | Mode::Move => Some(self.judge().await?),
        };
        let judged = tokio::task::spawn_blocking(move || {
            for case in &mut cases {
                judge_one(case, &rules, judge.as_ref());
            }
            cases
        });
        judged.await.map_err(|_| StoreError::Bug("a judgement that did not end".into()))
    }

    async fn judge(&self) -> Result<Judge, StoreError> {
        let open = self.0.reader.read(open_departments).await?;
        Ok(Judge { ranker: self.newest_ranker().await?, open })
    }
}

struct Judge {
    ranker: std::sync::Arc<Ranker>,
    /// The departments that letters may go to.
    open: Vec<DepartmentId>,
}

fn cases(read: &Read<'_>, waiting: &[Waiting]) -> Result<(Vec<Case>, Rules), StoreError> {
    let rules = Rules::now(read)?;
    let case = |waiting: &Waiting| {
        let letter = match delegation::is_untouched(read, waiting)? {
            true => delegation::first_letter(read, waiting.inquiry)?,
            false => None,
        };
        let came_to = letter.as_ref().map(|letter| delegation::came_to(read, letter.message));
        let came_to = came_to.transpose()?.unwrap_or_default();
        let place = inquiries::whereabouts(read, waiting.inquiry)?;
        let is_open = place.is_some_and(|(wall, _)| wall == open_wall());
        let waiting = waiting.clone();
        Ok(Case { waiting, letter, is_open, came_to, rule: None, guesses: Vec::new() })
    };
    let cases: Result<Vec<Case>, StoreError> = waiting.iter().map(case).collect();
    Ok((cases?, rules))
}

/// A letter on which reading fails has no guesses, and stops no other.
fn judge_one(case: &mut Case, rules: &Rules, judge: Option<&Judge>) {
    let Some(letter) = case.letter.clone() else { return };
    let asked = AssertUnwindSafe(|| {
        let behind = (!case.is_open).then_some(case.waiting.home);
        let rule = rules.decide(&letter, &case.came_to, behind, || Words::of(&letter));
        (rule, judge.map(|judge| guesses(&judge.ranker, &judge.open, &letter)))
    });
    if let Ok((rule, guesses)) = catch_unwind(asked) {
        case.rule = rule;
        case.guesses = guesses.unwrap_or_default();
    }
}

/// The departments of those that are `open` which a letter may belong to, the likeliest first; none if
/// there is nothing to go by.
pub(super) fn guesses(ranker: &Ranker, open: &[DepartmentId], letter: &FirstLetter) -> Vec<Guess> {
    let letter = letter_of(letter);
    let suggested = ranker.suggest(&letter).departments;
    let likely = suggested.iter().filter(|one| one.score > 0.0);
    let known = likely.filter_map(|one| {
        let department = one.department.parse().ok()?;
        open.contains(&department).then_some((department, one))
    });
    let guess = |(department, one): (DepartmentId, &DepartmentSuggestion)| {
        let mut words = ranker.words_for_department(&letter, &one.department);
        words.truncate(WORDS);
        Guess { department, sureness: parts(one.score), words }
    };
    known.take(GUESSES).map(guess).collect()
}

pub(super) fn letter_of(letter: &FirstLetter) -> Letter {
    Letter { subject: letter.subject.clone(), text: letter.body.clone() }
}

/// The departments that letters may go to.
pub(super) fn open_departments(read: &Read<'_>) -> Result<Vec<DepartmentId>, StoreError> {
    let known = delegation::known(read)?.into_iter();
    Ok(known.filter(|department| department.is_open).map(|department| department.id).collect())
}

/// A share of 1 in parts of ten thousand.
fn parts(share: f32) -> u16 {
    (0..=10_000).rev().find(|parts| f32::from(*parts) <= share * 10_000.0).unwrap_or(0)
}
