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

/// From this share of all that is left on (in percent), one department is sure enough to stand alone.
const SURE: u32 = 95;

/// What is one key away where an inquiry lies, in department `here`: the two best of the guesses, or
/// one alone of which the judge is sure. Those it was said not to belong to are out, and so is what no
/// word of the letter speaks for. Nothing if it surely lies where it belongs.
pub fn proposed(
    guesses: &[Guess],
    here: DepartmentId,
    is_denied: impl Fn(DepartmentId) -> bool,
) -> Vec<&Guess> {
    let left =
        || guesses.iter().filter(|guess| guess.department == here || !is_denied(guess.department));
    let sum: u32 = left().map(|guess| u32::from(guess.sureness)).sum();
    let is_sure = |guess: &Guess| u32::from(guess.sureness) * 100 >= sum * SURE;
    if sum == 0 || left().any(|guess| guess.department == here && is_sure(guess)) {
        return Vec::new();
    }
    let told = left().filter(|guess| guess.department != here && !guess.words.is_empty());
    let mut best: Vec<&Guess> = told.take(2).collect();
    if best.first().is_some_and(|first| is_sure(first)) {
        best.truncate(1);
    }
    best
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
            words: vec!["asphalt".to_owned()],
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
    fn the_two_best_are_proposed_and_one_alone_that_is_sure() {
        assert_eq!(told(&[(1, 5_000), (2, 3_000), (3, 1_500)], 9, &[]), [1, 2]);
        assert_eq!(told(&[(1, 9_000), (2, 300), (3, 200)], 9, &[]), [1, 2], "not sure enough");
        assert_eq!(told(&[(1, 9_600), (2, 300)], 9, &[]), [1]);
        assert!(told(&[(1, 9_600), (2, 300)], 1, &[]).is_empty(), "it lies where it belongs");
        assert_eq!(told(&[(1, 6_000), (2, 3_000), (3, 900)], 1, &[]), [2, 3], "or perhaps not");
        assert_eq!(told(&[(1, 9_500), (2, 300), (3, 20)], 9, &[1]), [2, 3], "the next best then");
        assert!(told(&[], 9, &[]).is_empty());
    }

    #[test]
    fn what_no_word_speaks_for_is_chance_and_not_proposed() {
        let mut guesses = guesses(&[(1, 5_000), (2, 3_000), (3, 1_500)]);
        guesses[0].words.clear();
        let proposed = proposed(&guesses, DepartmentId::from_i64(9), |_| false);
        assert_eq!(proposed.iter().map(|one| one.department.as_i64()).collect::<Vec<_>>(), [2, 3]);
    }
}
