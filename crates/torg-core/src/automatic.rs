//! Automatic answers: how far they may go, what keeps one back, and how an answer that was chosen
//! by a computer turned out.
//!
//! `bound` says how sure one may be of them, `guards` which letters are left to people.

mod bound;
mod guards;

pub use bound::{Evidence, GOAL, lower_bound, needed};
pub use guards::{Facts, Guard, guards, is_unread};

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::ids::{Id, MessageId};

/// How far automatic answers go in a municipality.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Nothing is looked at.
    #[default]
    Off,
    /// What would be sent is written down and compared with what people send.
    Shadow,
    /// Letters are answered.
    Live,
}

impl Mode {
    pub const ALL: [Self; 3] = [Self::Off, Self::Shadow, Self::Live];

    /// The word it is kept by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Shadow => "shadow",
            Self::Live => "live",
        }
    }

    /// `None` for a word that is none of them.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }
}

/// How an automatic answer turned out, or would have. The worst of several counts: they are
/// ordered by their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// A colleague sent the same, or found it right.
    Agreed,
    /// A colleague sent something else, nothing at all, or found it wrong.
    Disagreed,
    /// The citizen wrote again.
    Complaint,
    /// The letter was one of those that a guard keeps from being answered.
    Broken,
}

impl Outcome {
    pub const ALL: [Self; 4] = [Self::Agreed, Self::Disagreed, Self::Complaint, Self::Broken];

    /// The number kept in the store.
    pub fn code(self) -> i64 {
        match self {
            Self::Agreed => 1,
            Self::Disagreed => 2,
            Self::Complaint => 3,
            Self::Broken => 4,
        }
    }

    /// `None` for a number this version does not know.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// The word of it in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Disagreed => "disagreed",
            Self::Complaint => "complaint",
            Self::Broken => "broken",
        }
    }
}

/// From this share of changed words on, in percent, a colleague sent something else.
pub const CHANGED: i64 = 20;

/// So many answers that did not help in a day pause an answer.
pub const MOST_UNHELPFUL: i64 = 2;

/// One answer in so many is looked at by a person.
const ONE_IN: u64 = 20;

/// For how long an answer may be allowed to go out by itself.
fn longest() -> Span {
    6.months()
}

/// Whether an answer that is allowed on `today` may be allowed until `until`, that day included.
pub fn may_last(today: Date, until: Date) -> bool {
    let last = today.checked_add(longest()).unwrap_or(Date::MAX);
    today < until && until <= last
}

/// Whether a person must look at the answer to this letter afterwards: always the same for the same
/// letter, and for one letter in twenty.
pub fn is_sampled(letter: MessageId) -> bool {
    let hash = blake3::hash(&letter.as_i64().to_le_bytes());
    let begin = hash.as_bytes().first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    begin.is_multiple_of(ONE_IN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn one_letter_in_twenty_is_looked_at_and_always_the_same() {
        let letters = (0..20_000).map(|n| MessageId::from_i64(4_194_304 * n));
        let sampled = letters.clone().filter(|letter| is_sampled(*letter)).count();
        assert!((900..1_100).contains(&sampled), "{sampled} of 20,000");
        let again = letters.filter(|letter| is_sampled(*letter)).count();
        assert_eq!(sampled, again);
    }

    #[test]
    fn an_answer_is_allowed_for_half_a_year_at_most() {
        let today = date(2026, 5, 4);
        assert!(may_last(today, date(2026, 11, 4)));
        assert!(!may_last(today, date(2026, 11, 5)));
        assert!(!may_last(today, today));
    }

    #[test]
    fn codes_and_words_are_read_back() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
        }
        for mode in Mode::ALL {
            assert_eq!(Mode::from_word(mode.word()), Some(mode));
        }
        assert!(Outcome::Broken > Outcome::Complaint && Outcome::Disagreed > Outcome::Agreed);
    }
}
