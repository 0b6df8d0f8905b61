//! What the judge of spam says of a letter, what people teach it, and where a letter goes by that.

mod findings;

pub use findings::{Finding, Findings, Opinion, Origin};

use std::collections::HashSet;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use crate::message::codes;

/// Where the judge would put a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// A letter.
    Inbox,
    /// Nothing is known that would tell: treated as a letter.
    Unsure,
    /// A letter with a badge.
    Perhaps,
    /// Into the spam folder.
    Spam,
}

/// What somebody told the judge of a letter. The log of lessons is only ever added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lesson {
    Letter,
    Spam,
    /// An earlier lesson is taken back.
    TakenBack,
    /// Everything until here is forgotten.
    Forgotten,
}

codes! {
    Verdict { Inbox = 1 "inbox", Unsure = 2 "unsure", Perhaps = 3 "perhaps", Spam = 4 "spam" }
    Lesson { Letter = 0 "letter", Spam = 1 "spam", TakenBack = 2 "taken-back", Forgotten = 3 "forgotten" }
}

/// One thing that spoke for or against a letter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Which kind of thing it is: a sign's own word, or the place where a word stood.
    pub key: String,
    /// What it was seen on: a word, a host, a file name. May be empty; a stranger wrote it.
    pub seen: String,
    /// Above nought it speaks for spam.
    pub weight: f32,
}

/// What the judge said of a letter when it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub verdict: Verdict,
    /// In millionths, rising with spam; half a million is where "perhaps" begins.
    pub score: i64,
    /// The strongest first.
    pub reasons: Vec<Reason>,
}

impl Judged {
    /// The same, for a letter of somebody we write with, who is never taken for a stranger.
    pub fn of_acquaintance(mut self, why: &str) -> Self {
        if self.verdict >= Verdict::Perhaps {
            self.verdict = Verdict::Inbox;
            self.reasons
                .insert(0, Reason { key: why.to_owned(), seen: String::new(), weight: -1.0 });
        }
        self
    }
}

/// Marking as spam, or as a letter, says nothing new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("said already")]
pub struct SaidAlready;

/// Lessons that count: of those about the same thing the last one, if nobody took it back, and nothing before
/// everything was forgotten. `log` is in its order: the place of a lesson, what it is about, what it says, and for
/// one that takes back the place of the other.
pub fn standing<M: Copy + Eq + Hash>(log: &[(i64, M, Lesson, Option<i64>)]) -> Vec<(i64, M, bool)> {
    let taken_back: HashSet<i64> = log.iter().filter_map(|one| one.3).collect();
    let forgets = |one: &(i64, M, Lesson, Option<i64>)| {
        one.2 == Lesson::Forgotten && !taken_back.contains(&one.0)
    };
    let begin = log.iter().rposition(forgets).map_or(0, |place| place + 1);
    let log = log.get(begin..).unwrap_or_default();
    let mut told = HashSet::new();
    let newest_first = log.iter().rev().filter_map(|(n, about, lesson, _)| {
        let is_spam = match lesson {
            Lesson::Letter => false,
            Lesson::Spam => true,
            Lesson::TakenBack | Lesson::Forgotten => return None,
        };
        (!taken_back.contains(n) && told.insert(*about)).then_some((*n, *about, is_spam))
    });
    let mut standing: Vec<_> = newest_first.collect();
    standing.reverse();
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_lessons_about_one_letter_the_last_that_stands_counts() {
        let log = [
            (1, 'a', Lesson::Spam, None),
            (2, 'b', Lesson::Spam, None),
            (3, 'a', Lesson::Letter, None),
            (4, 'b', Lesson::TakenBack, Some(2)),
            (5, 'c', Lesson::Letter, None),
        ];
        assert_eq!(standing(&log), [(3, 'a', false), (5, 'c', false)]);
        let taken_back = [log[0], log[2], (6, 'a', Lesson::TakenBack, Some(3))];
        assert_eq!(standing(&taken_back), [(1, 'a', true)]);
    }

    #[test]
    fn what_was_forgotten_does_not_come_back() {
        let log = [
            (1, 'a', Lesson::Spam, None),
            (2, 'a', Lesson::Forgotten, None),
            (3, 'b', Lesson::Spam, None),
        ];
        assert_eq!(standing(&log), [(3, 'b', true)]);
        assert_eq!(standing(&log[..2]), []);
        let taken_back = [log[0], log[1], (4, '-', Lesson::TakenBack, Some(2))];
        assert_eq!(standing(&taken_back), [(1, 'a', true)]);
    }

    #[test]
    fn whom_we_write_with_is_never_taken_for_a_stranger() {
        let judged = Judged { verdict: Verdict::Spam, score: 900_000, reasons: vec![] };
        let known = judged.clone().of_acquaintance("answered-sender");
        assert_eq!(
            (known.verdict, known.reasons[0].key.as_str()),
            (Verdict::Inbox, "answered-sender")
        );
        let unsure = Judged { verdict: Verdict::Unsure, ..judged };
        assert_eq!(unsure.clone().of_acquaintance("answered-sender"), unsure);
    }
}
