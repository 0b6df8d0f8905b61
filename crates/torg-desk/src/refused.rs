//! Why a verb was not done. Web chooses the sentence.

use torg_core::InquiryId;
use torg_core::inquiry::{
    AssignRefused, ClaimRefused, CloseRefused, ForwardRefused, ReferRefused, ReleaseRefused,
    ReopenRefused, ReplyRefused, SnoozeRefused,
};
use torg_core::recipients::RecipientsRefused;
use torg_core::spam::SaidAlready;
use torg_store::StoreError;

use crate::drafts::FileRefused;
use crate::inquiry::{MergeRefused, SplitRefused};
use crate::tags::TagRefused;
use crate::undo::UndoRefused;

/// What stood in the way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such thing for this viewer.
    #[error("not found")]
    NotFound,
    #[error("claim: {0}")]
    Claim(#[from] ClaimRefused),
    #[error("release: {0}")]
    Release(#[from] ReleaseRefused),
    #[error("assign: {0}")]
    Assign(#[from] AssignRefused),
    #[error("refer: {0}")]
    Refer(#[from] ReferRefused),
    #[error("reply: {0}")]
    Reply(#[from] ReplyRefused),
    #[error("forward: {0}")]
    Forward(#[from] ForwardRefused),
    #[error("recipients: {0}")]
    Recipients(RecipientsRefused),
    #[error("file: {0}")]
    File(#[from] FileRefused),
    /// It is on its way already.
    #[error("too late")]
    TooLate,
    #[error("close: {0}")]
    Close(#[from] CloseRefused),
    #[error("reopen: {0}")]
    Reopen(#[from] ReopenRefused),
    #[error("snooze: {0}")]
    Snooze(#[from] SnoozeRefused),
    #[error("undo: {0}")]
    Undo(#[from] UndoRefused),
    #[error("merge: {0}")]
    Merge(#[from] MergeRefused),
    #[error("split: {0}")]
    Split(#[from] SplitRefused),
    #[error("spam: {0}")]
    Spam(#[from] SaidAlready),
    #[error("tag: {0}")]
    Tag(#[from] TagRefused),
    /// It was merged into another inquiry, where everything goes on.
    #[error("merged into {0}")]
    Merged(InquiryId),
    /// It was taken over, but the citizen could not be told, and why.
    #[error("taken over, but not told: {0}")]
    Untold(Box<Self>),
    /// Only others may do that.
    #[error("not allowed")]
    NotAllowed,
    /// What was given is no e-mail address of a citizen.
    #[error("not an e-mail address of a citizen")]
    NotAnAddress,
    /// Placeholders without a value, as they stand in the text: nobody gets a letter with braces
    /// in it.
    #[error("placeholders without a value: {0:?}")]
    Blanks(Vec<String>),
    /// The text is empty.
    #[error("empty")]
    Empty,
    /// The text has more than `most` characters.
    #[error("more than {most} characters")]
    TooLong { most: usize },
    #[error(transparent)]
    Store(#[from] StoreError),
}
