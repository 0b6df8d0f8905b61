//! The journal's chain: what was done, by whom, when, to what, and why.
//!
//! Each line hashes the line before it and a *salted commitment* to its personal payload. Erasing
//! a person deletes salt and payload; the chain still verifies, because it never held them.

use std::fmt;

/// A BLAKE3 hash: of a line, or of a salted payload.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// What the first line of a chain follows.
    pub const START: Self = Self([0; 32]);

    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// What was done. The word is what is kept and hashed, so it never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Verb { $($(#[$doc])* $name),+ }

        impl Verb {
            pub const ALL: &[Self] = &[$(Self::$name),+];
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

verbs! {
    Received = "received",
    Shown = "shown",
    Suggested = "suggested",
    Linked = "linked",
    Dismissed = "dismissed",
    Claimed = "claimed",
    Released = "released",
    Assigned = "assigned",
    Referred = "referred",
    Replied = "replied",
    Receipt = "receipt",
    Noted = "noted",
    MarkedUrgent = "marked-urgent",
    UnmarkedUrgent = "unmarked-urgent",
    Closed = "closed",
    Reopened = "reopened",
    Forwarded = "forwarded",
    Withdrawn = "withdrawn",
    Sent = "sent",
    NotSent = "not-sent",
    Bounced = "bounced",
    Quarantined = "quarantined",
    Retried = "retried",
    Readdressed = "readdressed",
    Discarded = "discarded",
    Restored = "restored",
    SignedIn = "signed-in",
    SignInRefused = "sign-in-refused",
    SignedOut = "signed-out",
    PersonChanged = "person-changed",
    PersonsJoined = "persons-joined",
    PersonsParted = "persons-parted",
    StaffChanged = "staff-changed",
    DepartmentChanged = "department-changed",
    SettingChanged = "setting-changed",
    ViewChanged = "view-changed",
    Undone = "undone",
    Snoozed = "snoozed",
    Woke = "woke",
    Tagged = "tagged",
    Untagged = "untagged",
    TagChanged = "tag-changed",
    Unlinked = "unlinked",
    Split = "split",
    SplitOff = "split-off",
    Merged = "merged",
    MergedInto = "merged-into",
    Followed = "followed",
    Unfollowed = "unfollowed",
    Redirected = "redirected",
    TakenOver = "taken-over",
    HandedBack = "handed-back",
    WentAway = "went-away",
    CameBack = "came-back",
    Categorised = "categorised",
    Overdue = "overdue",
    AnswerChanged = "answer-changed",
    /// The judge of spam put it into the spam folder, or took it out again.
    JudgedSpam = "judged-spam",
    JudgedLetter = "judged-letter",
    /// It put a mark on it, or took it off again.
    JudgedPerhaps = "judged-perhaps",
    JudgedHarmless = "judged-harmless",
    MarkedSpam = "marked-spam",
    MarkedLetter = "marked-letter",
    Delegated = "delegated",
    AnsweredAutomatically = "answered-automatically",
    AnswerPaused = "answer-paused",
    AnswerAudited = "answer-audited",
    /// A note, by who wrote it.
    NoteTakenBack = "note-taken-back",
}

/// What of a line is hashed beside its commitment: nothing personal.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub id: i64,
    /// The inquiry, or 0 for a line of the day's chain.
    pub inquiry: i64,
    /// The colleague, or 0 for Torg itself and for citizens.
    pub staff: i64,
    pub verb: &'a str,
    /// Microseconds since 1970, UTC.
    pub at: i64,
}

/// The commitment to a payload: it cannot be guessed back without the salt.
pub fn commitment(salt: &[u8], payload: &str) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(salt.len() as u64).to_le_bytes()).update(salt).update(payload.as_bytes());
    Hash(*hasher.finalize().as_bytes())
}

/// The hash of a line that follows `before`.
pub fn follow(before: &Hash, line: &Line<'_>, commitment: &Hash) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&before.0);
    for number in [line.id, line.inquiry, line.staff, line.at] {
        hasher.update(&number.to_le_bytes());
    }
    hasher.update(&(line.verb.len() as u64).to_le_bytes()).update(line.verb.as_bytes());
    hasher.update(&commitment.0);
    Hash(*hasher.finalize().as_bytes())
}

/// The root over all lines of a day, in the order of their ids. It follows the root of the day
/// before, so that the newest one stands for the whole journal.
#[derive(Debug)]
pub struct RootMaker(blake3::Hasher);

impl RootMaker {
    /// Begins the root of the day that ends at `until` (microseconds UTC) and follows `before`.
    pub fn after(before: &Hash, until: i64) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&before.0).update(&until.to_le_bytes());
        Self(hasher)
    }

    /// Adds the next line.
    pub fn add(&mut self, id: i64, hash: &Hash) {
        self.0.update(&id.to_le_bytes()).update(&hash.0);
    }

    /// The root of everything that was added.
    pub fn root(&self) -> Hash {
        Hash(*self.0.finalize().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(verb: &str) -> Line<'_> {
        Line { id: 1, inquiry: 7, staff: 3, verb, at: 1_000 }
    }

    #[test]
    fn a_chain_breaks_wherever_a_line_is_changed() {
        let promise = commitment(b"salt", "to Roads: their lamp");
        let honest = follow(&Hash::START, &line("referred"), &promise);
        assert_ne!(honest, follow(&Hash::START, &line("claimed"), &promise));
        assert_ne!(honest, follow(&honest, &line("referred"), &promise));
        let forged = commitment(b"salt", "to Roads: my lamp");
        assert_ne!(honest, follow(&Hash::START, &line("referred"), &forged));
    }

    #[test]
    fn every_verb_is_read_back_from_its_word() {
        for verb in Verb::ALL {
            assert_eq!(Verb::from_word(verb.word()), Some(*verb));
        }
        assert_eq!(Verb::from_word("danced"), None);
    }
}
