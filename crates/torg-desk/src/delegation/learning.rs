//! What colleagues teach the judge: by referring, by answering, by undoing.

use std::time::Duration;

use jiff::Timestamp;
use torg_core::wall::open_wall;
use torg_core::{Department, DepartmentId, Inquiry, InquiryId, JournalId, LessonId};
use torg_store::delegation::{self, Known, Lesson};
use torg_store::undo::Done;
use torg_store::{Read, StoreError, Tx};
use torg_text::answers::{self, Letter, Ranker};

use crate::pen::Pen;

/// A ranker is made anew for new lessons only if it is older than this.
const OFTEN_ENOUGH: Duration = Duration::from_mins(10);

/// What a ranker was taught about departments, and when.
#[derive(Debug, Clone)]
pub(crate) struct Taught {
    /// The departments, and when the archive last taught anything.
    known: blake3::Hash,
    newest: Option<LessonId>,
    at: Timestamp,
}

impl Taught {
    /// What there is to teach.
    pub(crate) fn now(read: &Read<'_>, at: Timestamp) -> Result<Self, StoreError> {
        let known = (delegation::known(read)?, delegation::archive_learnt(read)?);
        let known = blake3::hash(format!("{known:?}").as_bytes());
        Ok(Self { known, newest: delegation::newest_lesson(read)?, at })
    }

    /// Whether a ranker that was taught this need not be made anew.
    pub(crate) fn will_do(&self, now: &Self) -> bool {
        let age = now.at.duration_since(self.at).unsigned_abs();
        self.known == now.known && (self.newest == now.newest || age < OFTEN_ENOUGH)
    }
}

/// All that a ranker is taught about departments.
pub(crate) struct Lessons {
    known: Vec<Known>,
    lessons: Vec<Lesson>,
}

impl Lessons {
    pub(crate) fn all(read: &Read<'_>) -> Result<Self, StoreError> {
        Ok(Self { known: delegation::known(read)?, lessons: delegation::lessons(read)? })
    }

    /// The departments, and nothing that was taught.
    pub(crate) fn none(read: &Read<'_>) -> Result<Self, StoreError> {
        Ok(Self { known: delegation::known(read)?, lessons: Vec::new() })
    }

    /// The departments by what they say of themselves.
    pub(crate) fn departments(&self) -> Vec<answers::Department> {
        let told = |known: &Known| answers::Department {
            id: known.id.to_string(),
            names: vec![known.name.clone()],
            description: known.description.clone(),
            examples: examples(&known.examples).map(str::to_owned).collect(),
        };
        self.known.iter().map(told).collect()
    }

    pub(crate) fn teach(&self, ranker: &mut Ranker) {
        for Lesson { subject, body, department } in &self.lessons {
            let letter = Letter { subject: subject.clone(), text: body.clone() };
            ranker.learn_department(&letter, &department.to_string());
        }
    }
}

/// Examples stand with a blank line between them.
fn examples(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(str::trim).filter(|example| !example.is_empty())
}

/// A colleague sent an inquiry on: it is not of where it was, and of where it went, unless that is
/// only the reception again. What is behind a wall teaches nothing.
pub(crate) fn learn_referral(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: &Inquiry,
    to: &Department,
    line: JournalId,
) -> Result<(), StoreError> {
    let is_back = delegation::reception(tx).get()?.is_some_and(|reception| reception.id == to.id);
    if inquiry.wall == open_wall() {
        teach(tx, pen, inquiry.id, (inquiry.department, false), line)?;
    }
    if is_back || to.is_restricted() {
        return Ok(());
    }
    teach(tx, pen, inquiry.id, (to.id, true), line)
}

/// A colleague answered an inquiry where it lies: that is where it belongs.
pub(crate) fn answered(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: &Inquiry,
    line: JournalId,
) -> Result<(), StoreError> {
    let is_new = delegation::ended(tx, inquiry.id, inquiry.department)?;
    if is_new && inquiry.wall == open_wall() {
        teach(tx, pen, inquiry.id, (inquiry.department, true), line)?;
    }
    Ok(())
}

/// A colleague closed it: it belonged where it lies, if somebody brought it there.
pub(crate) fn closed(tx: &mut Tx<'_>, inquiry: &Inquiry) -> Result<(), StoreError> {
    match delegation::guesses(tx, inquiry.id).get()? {
        Some((home, _)) if home != inquiry.department => {
            delegation::ended(tx, inquiry.id, inquiry.department).map(drop)
        }
        _ => Ok(()),
    }
}

/// What an act taught is forgotten when it is undone; that Torg moved it was wrong.
pub(crate) fn learn_undoing(
    tx: &mut Tx<'_>,
    pen: &Pen,
    act: &Done,
    line: JournalId,
) -> Result<(), StoreError> {
    delegation::forget(tx, act.step.id)?;
    delegation::forget_archived(tx, act.inquiry)?;
    match act.details.department {
        Some(department) if act.step.verb == torg_core::Verb::Delegated => {
            teach(tx, pen, act.inquiry, (department, false), line)
        }
        _ => Ok(()),
    }
}

fn teach(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: InquiryId,
    what: (DepartmentId, bool),
    line: JournalId,
) -> Result<(), StoreError> {
    let Some(letter) = delegation::first_letter(tx, inquiry)? else {
        return Ok(());
    };
    delegation::teach(tx, pen.id(), letter.message, what, line)
}
