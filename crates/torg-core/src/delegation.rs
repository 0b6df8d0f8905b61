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

/// What is one key away where an inquiry lies, in department `here`: the two best of the guesses.
/// Those it was said not to belong to are out, and what is then less than a tenth as sure as all that
/// is left is not worth a line.
pub fn proposed(
    guesses: &[Guess],
    here: DepartmentId,
    is_denied: impl Fn(DepartmentId) -> bool,
) -> Vec<&Guess> {
    let left =
        || guesses.iter().filter(|guess| guess.department == here || !is_denied(guess.department));
    let sum: u32 = left().map(|guess| u32::from(guess.sureness)).sum();
    let worth = |guess: &&Guess| guess.department != here && u32::from(guess.sureness) * 10 >= sum;
    left().filter(worth).take(2).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    fn guesses(of: &[(i64, u16)]) -> Vec<Guess> {
        let guess = |&(id, sureness): &(i64, u16)| Guess {
            department: DepartmentId::from_i64(id),
            sureness,
            words: Vec::new(),
        };
        of.iter().map(guess).collect()
    }

    fn told(of: &[(i64, u16)], here: i64, denied: &[i64]) -> Vec<i64> {
        let guesses = guesses(of);
        let is_denied = |id: DepartmentId| denied.contains(&id.as_i64());
        let proposed = proposed(&guesses, DepartmentId::from_i64(here), is_denied);
        proposed.iter().map(|guess| guess.department.as_i64()).collect()
    }

    #[test]
    fn the_two_best_are_proposed_and_nothing_that_is_hardly_likely() {
        assert_eq!(told(&[(1, 5_000), (2, 3_000), (3, 1_500)], 9, &[]), [1, 2]);
        assert_eq!(told(&[(1, 9_500), (2, 300)], 9, &[]), [1]);
        assert!(told(&[(1, 9_500), (2, 300)], 1, &[]).is_empty(), "it lies where it belongs");
        assert_eq!(told(&[(1, 9_500), (2, 300), (3, 20)], 9, &[1]), [2], "the next best then");
        assert!(told(&[], 9, &[]).is_empty());
    }
}
