//! An inquiry and what may be done to it.

mod number;
mod verbs;

pub use number::{InquiryNumber, NotANumber};
pub use verbs::{
    AssignRefused, Assigned, ClaimRefused, Claimed, CloseRefused, Closed, ForwardRefused,
    Forwarded, ReferRefused, Referred, ReleaseRefused, Released, ReopenRefused, Reopened, Replied,
    ReplyRefused, SnoozeRefused,
};

use crate::ids::{DepartmentId, InquiryId, PersonId, StaffId, WallId};
use crate::message::{Position, codes};

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// The municipality owes something.
    Open,
    /// Answered; it is the citizen's turn.
    Answered,
    /// Done. The owner is kept, so that a late reply finds her again.
    Closed,
    /// Put aside until a time; a letter or a colleague's verb wakes it before.
    Snoozed,
    /// In the spam folder: nobody's work until somebody says that it is a letter.
    Spam,
}

codes! {
    State { Open = 0 "open", Answered = 1 "answered", Closed = 2 "closed", Snoozed = 3 "snoozed", Spam = 4 "spam" }
}

impl State {
    /// Whether a reply is still owed: it is not answered, done or spam.
    pub fn is_to_be_answered(self) -> bool {
        matches!(self, Self::Open | Self::Snoozed)
    }
}

/// An inquiry as the rules see it, its row locked or at least freshly read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    pub id: InquiryId,
    pub number: InquiryNumber,
    pub state: State,
    pub owner: Option<StaffId>,
    pub department: DepartmentId,
    pub wall: WallId,
    pub person: Option<PersonId>,
    pub urgent: bool,
    /// How many messages it holds; the position of the newest.
    pub messages: Position,
    /// The newest message that was not sent by a machine: what a writer must have seen.
    pub newest_word: Position,
}
