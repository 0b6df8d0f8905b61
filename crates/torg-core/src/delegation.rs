//! Delegation: to which department a new inquiry goes, and to whom of it.
//!
//! The judge that reads letters is not known here; its guesses are.

mod rota;
mod rule;
mod threshold;

pub use rota::{Member, Staffing, next};
pub use rule::{Facts, Rule, decide};
pub use threshold::{least_letters, threshold};

use serde::{Deserialize, Serialize};

use crate::ids::DepartmentId;

/// A department that a letter may belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// Which.
    pub department: DepartmentId,
    /// How sure the judge is, in parts of ten thousand.
    pub sureness: u16,
    /// The words of the letter that speak for it, the most telling first.
    pub words: Vec<String>,
}

/// A second guess that is less sure is not worth a line.
const WORTH_A_LINE: u16 = 500;

/// What is one key away where an inquiry lies: the two best of the guesses, without the department
/// it is in and those it was said not to belong to.
pub fn proposed<'g>(
    guesses: &'g [Guess],
    is_out: impl Fn(DepartmentId) -> bool + 'g,
) -> impl Iterator<Item = &'g Guess> {
    let others = guesses.iter().filter(move |guess| !is_out(guess.department));
    let worth = |(place, guess): &(usize, &Guess)| *place == 0 || guess.sureness >= WORTH_A_LINE;
    others.enumerate().filter(worth).map(|(_, guess)| guess).take(2)
}

/// Whether the judge moves letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// It is not asked.
    Off,
    /// It proposes departments, and people press the key.
    #[default]
    Propose,
    /// It moves what it is sure enough of, and proposes the rest.
    Move,
}

impl Mode {
    /// All of them, in the order pages show them.
    pub const ALL: [Self; 3] = [Self::Off, Self::Propose, Self::Move];

    /// The word it is kept by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Propose => "propose",
            Self::Move => "move",
        }
    }

    /// `None` for a word this version does not know.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }
}
