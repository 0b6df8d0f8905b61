//! What administrators see of the judge, and may tell it: how many letters it may lose, what of its
//! lessons is taken back, and that it forgets everything.

use std::sync::Arc;

use torg_core::spam::Lesson;
use torg_core::{StaffId, Verb, Viewer};
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::spam::{self, LessonRow, NewLesson};
use torg_store::{Read, StoreError, Tx, settings};

use super::judging::House;
use super::learning::learn_soon;
use super::marking::take_back;
use crate::Desk;
use crate::changes::{ChangeRefused, Changed, administers};
use crate::pen::Pen;

/// The topic of these changes.
pub(crate) const TOPIC: &str = "spam";
const BUDGET: &str = "spam.budget";
const LEARNT: &str = "spam.learnt";
/// How many lessons the page lists.
const LISTED: i64 = 100;

/// How many letters the judge may lose to the spam folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Budget {
    /// None: nothing goes to the spam folder by itself.
    Nothing,
    /// One of ten thousand.
    Least,
    /// One of a thousand.
    #[default]
    Usual,
    /// Two of a thousand.
    More,
    /// Five of a thousand.
    Most,
}

impl Budget {
    pub const ALL: [Self; 5] = [Self::Nothing, Self::Least, Self::Usual, Self::More, Self::Most];

    /// Letters of ten thousand.
    pub fn of_ten_thousand(self) -> u32 {
        match self {
            Self::Nothing => 0,
            Self::Least => 1,
            Self::Usual => torg_text::spam::USUAL_LOSS,
            Self::More => 20,
            Self::Most => 50,
        }
    }

    /// From the number of letters, as forms and the database write it.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|budget| budget.of_ten_thousand().to_string() == text)
    }

    pub(super) fn kept(read: &Read<'_>) -> Result<Self, StoreError> {
        let kept = settings::get(read, BUDGET)?;
        Ok(kept.and_then(|text| Self::from_text(&text)).unwrap_or_default())
    }
}

/// What the judge is, for a page.
#[derive(Debug, Clone)]
pub struct SpamState {
    /// Letters and spam it learnt from.
    pub letters: u32,
    pub spam: u32,
    /// How many features it knows, and bytes that takes.
    pub features: usize,
    pub bytes: usize,
    /// The beginning of the hash of what it learnt: the same on every node.
    pub hash: String,
    pub budget: Budget,
    /// The newest first.
    pub lessons: Vec<LessonRow>,
}

impl Desk {
    /// What the judge has learnt, and from whom.
    pub async fn spam_state(&self, viewer: &Viewer) -> Result<SpamState, ChangeRefused> {
        administers(viewer)?;
        let who = viewer.clone();
        let read = move |read: &Read<'_>| {
            let (model, house) = (spam::model(read)?, House::read(read)?);
            let lessons = spam::lessons(read, &who, LISTED)?;
            Ok::<_, StoreError>((model, house, lessons, Budget::kept(read)?))
        };
        let (model, house, lessons, budget) = self.0.reader.read(read).await?;
        let delta = self.learnt(model, &Arc::new(house)).await?;
        let ((letters, spam), features) = (delta.learnt(), delta.features());
        let bytes = delta.to_bytes();
        let hash = blake3::hash(&bytes).to_hex().chars().take(12).collect();
        Ok(SpamState { letters, spam, features, bytes: bytes.len(), hash, budget, lessons })
    }

    /// Sets how many letters may be lost; the judge draws its border anew.
    pub async fn set_spam_budget(
        &self,
        viewer: &Viewer,
        budget: Budget,
    ) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        let (by, pen) = (viewer.staff, self.pen());
        let set = move |tx: &mut Tx<'_>| {
            let value = budget.of_ten_thousand().to_string();
            pen.set(tx, Some(by), TOPIC, (BUDGET, &value), Details::default())?;
            learn_soon(tx, &pen, true)
        };
        Ok(self.0.store.write(set).await?)
    }

    /// Takes one lesson back; the inquiry it was about stays where it is.
    pub async fn take_lesson_back(&self, viewer: &Viewer, place: i64) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        let (by, pen) = (viewer.staff, self.pen());
        self.0
            .store
            .write(move |tx| {
                if !take_back(tx, &pen, by, place)? {
                    return Err(ChangeRefused::ChangedSince);
                }
                note(tx, &pen, by, "", &place.to_string(), Details::default())
            })
            .await
    }

    /// Has the judge forget all it was told here. That can be taken back as a lesson can.
    pub async fn forget_spam(&self, viewer: &Viewer) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        let (by, pen) = (viewer.staff, self.pen());
        self.0
            .store
            .write(move |tx| {
                let (lesson, at) = (Lesson::Forgotten, pen.at());
                let new = NewLesson { message: None, lesson, takes_back: None, staff: by, at };
                let place = spam::tell(tx, &new)?;
                spam::forget(tx, place)?;
                note(tx, &pen, by, &place.to_string(), "", Details::default())
            })
            .await
    }
}

/// A line in the history: what was forgotten at a place of the log, or taken back of it.
fn note(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    old: &str,
    new: &str,
    details: Details,
) -> Result<(), ChangeRefused> {
    let change = Changed { topic: TOPIC, what: LEARNT, old, new };
    Ok(pen.changed(tx, Some(by), Verb::SettingChanged, &change, details)?)
}

/// Sets the budget as it was, or takes back that everything was forgotten.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    if change.what == BUDGET {
        pen.set_again(tx, by, change, details)?;
        return Ok(learn_soon(tx, pen, true)?);
    }
    let place = change.old.parse().map_err(|_| ChangeRefused::NoUndo)?;
    if !take_back(tx, pen, by, place)? {
        return Err(ChangeRefused::ChangedSince);
    }
    note(tx, pen, by, "", &place.to_string(), details)
}
