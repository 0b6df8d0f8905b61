//! Answers that a computer chooses and sends: which are allowed, what is written down first and
//! compared with what colleagues send, and when letters are answered.

mod considering;
mod outcomes;
mod permits;
mod round;
mod sampling;
mod sending;
mod switch;

pub use considering::{Considered, Judged};
pub(crate) use outcomes::{citizen_wrote, heed};
pub(crate) use permits::{NOUN, answer_changed, set_again as set_permit_again};
pub use switch::Automatic;
pub(crate) use switch::CLOSE_QUIET;
pub(crate) use switch::{TOPIC, set_again};

use torg_core::automatic::Mode;
use torg_core::{Kind, MessageId};
use torg_store::{Read, StoreError, Tx, automatic, settings};

use crate::pen::Pen;

/// How far automatic answers go.
const MODE: &str = "automatic.mode";
/// Whether what was answered is closed after a while.
const CLOSES: &str = "automatic.closes";
/// The hash of the sentence model that letters were last looked at with.
const MODEL: &str = "automatic.model";
/// Why letters are not answered any more.
const FELL: &str = "automatic.fell";

/// Why automatic answers went back from answering to writing down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fall {
    /// Too many were not right.
    Bound,
    /// A letter was chosen that a guard keeps from being answered.
    Broken,
    /// The sentence model is gone, or is another one.
    Model,
    /// The text of an answer was changed.
    Answer,
}

impl Fall {
    pub const ALL: [Self; 4] = [Self::Bound, Self::Broken, Self::Model, Self::Answer];

    /// The word it is kept by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bound => "bound",
            Self::Broken => "broken",
            Self::Model => "model",
            Self::Answer => "answer",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fall| fall.word() == word)
    }
}

/// Why a verb of automatic answers was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AutomaticRefused {
    /// There is none, for her.
    #[error("not found")]
    NotFound,
    #[error("not allowed")]
    NotAllowed,
    /// The day has passed, or is more than half a year away.
    #[error("not that day")]
    NotThatDay,
    /// The answer is not in use, or belongs to a restricted department.
    #[error("not this answer")]
    NotThisAnswer,
    /// It is not known well enough that the answers are right.
    #[error("not yet")]
    NotYet,
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn mode(read: &Read<'_>) -> Result<Mode, StoreError> {
    let kept = settings::get(read, MODE)?;
    Ok(kept.and_then(|word| Mode::from_word(&word)).unwrap_or_default())
}

fn model(read: &Read<'_>) -> Result<String, StoreError> {
    Ok(settings::get(read, MODEL)?.unwrap_or_default())
}

/// Has a new letter looked at, if letters are. `is_wanted` says that its sender takes automatic
/// mail; what comes out of an archive or from a machine is never looked at.
pub(crate) fn put_letter(
    tx: &mut Tx<'_>,
    pen: &Pen,
    letter: MessageId,
    kind: Kind,
    is_wanted: bool,
) -> Result<(), StoreError> {
    if kind != Kind::Human || !is_wanted || mode(tx)? == Mode::Off {
        return Ok(());
    }
    automatic::put_letter(tx, letter, pen.at())
}
