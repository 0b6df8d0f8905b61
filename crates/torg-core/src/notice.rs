//! What colleagues are told: of which kinds there are, and by which ways each reaches them.

mod digest;
mod quiet;

pub use digest::{Digest, NotADigest};
pub use quiet::{NotQuiet, Quiet};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// Why somebody is told. The word is kept in the database.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum NoticeKind { $($(#[$doc])* $name),+ }

        impl NoticeKind {
            /// In the order in which a page lists them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word that is kept; it never changes.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// `None` for a word this version does not know.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

kinds! {
    /// A colleague named her in a note.
    Mentioned = "mentioned",
    /// An inquiry became hers by somebody else's act.
    Assigned = "assigned",
    /// The citizen wrote in hers.
    Letter = "letter",
    /// Her answer did not arrive.
    Undelivered = "undelivered",
    /// Hers is due soon.
    DueSoon = "due-soon",
    /// Hers, or one of a department she leads, is overdue.
    Overdue = "overdue",
    /// What she had put aside is back.
    Woke = "woke",
    /// Hers is somebody else's now.
    Gone = "gone",
    /// An answer she keeps did not help, and is not sent by itself any more.
    AnswerPaused = "answer-paused",
    /// Something happened in one she follows.
    Followed = "followed",
    /// The judge took it for spam, and was least sure of it.
    NearSpam = "near-spam",
}

/// By which ways a notice reaches somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    /// Behind the bell, and as a toast while she works.
    pub page: bool,
    /// With a short sound; only together with `page`.
    pub sound: bool,
    /// In the next digest, if it was not seen until then.
    pub mail: bool,
}

impl NoticeKind {
    /// The ways of a kind that nobody has chosen otherwise: silent, and in a digest what waits for
    /// her and for nobody else, and what may have been lost.
    pub fn usual(self) -> Ways {
        let mail = !matches!(self, Self::Gone | Self::Followed);
        Ways { page: self != Self::NearSpam, sound: false, mail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_again_by_its_word() {
        for kind in NoticeKind::ALL {
            assert_eq!(NoticeKind::from_word(kind.word()), Some(*kind));
        }
        assert_eq!(NoticeKind::from_word("danced"), None);
    }
}
