//! Time-ordered ids, one type a noun.
//!
//! An id is a positive `i64`: 41 bits of milliseconds since 2020-01-01 UTC, 10 bits of node and
//! 12 bits of sequence (the layout of Twitter's Snowflake). Ids exceed 2^53, so they are written
//! as strings wherever a script may read them.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Serialize};

/// What all ids share: they are an `i64` in the store and a string on a page.
pub trait Id: Copy + Send + Sync + 'static {
    fn from_i64(value: i64) -> Self;
    fn as_i64(self) -> i64;
}

/// The text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(i64);

        impl Id for $name {
            fn from_i64(value: i64) -> Self {
                Self(value)
            }
            fn as_i64(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.parse().map(Self).map_err(|_| NotAnId)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }
    )+};
}

ids! {
    /// A time during which a colleague is away.
    AbsenceId,
    /// A standard answer.
    AnswerId,
    /// A file on its way to a draft.
    UploadId,
    /// A standard answer, put into what somebody writes.
    UseId,
    /// What came through the door, raw, before anybody knows what it is.
    ArrivalId,
    /// A file that came with a message, or goes with one.
    AttachmentId,
    /// What a computer answered, or would have.
    AutomaticId,
    /// One act on many inquiries.
    BulkId,
    /// Opening hours with a name.
    CalendarId,
    /// What kind of matter an inquiry is.
    CategoryId,
    /// An e-mail address, number or handle of a person.
    ContactPointId,
    /// A department of the municipality.
    DepartmentId,
    /// What a colleague is writing.
    DraftId,
    /// One matter of one citizen, over all its messages.
    InquiryId,
    /// A piece of background work.
    JobId,
    /// Two persons made one.
    JoinId,
    /// A line of the journal.
    JournalId,
    /// An address the municipality receives at.
    MailboxId,
    /// What a colleague taught about a letter.
    LessonId,
    /// One message of an inquiry, in, out or internal.
    MessageId,
    /// Something a colleague is told.
    NoticeId,
    /// Something on its way out.
    OutboxId,
    /// A citizen, firm or neighbour who writes to us.
    PersonId,
    /// A rule that says where a letter goes.
    RuleId,
    /// One signed-in browser.
    SessionId,
    /// Somebody who logs in.
    StaffId,
    /// A promise for when inquiries are answered, or a deadline.
    TargetId,
    /// A folder, narrowed and sorted, kept under a name.
    ViewId,
    /// A short word colleagues put on inquiries.
    TagId,
    /// Who may know that an inquiry exists.
    WallId,
}

/// Milliseconds between 1970 and 2020, so that ids start small and last until 2089.
const EPOCH_MS: i64 = 1_577_836_800_000;
const NODE_BITS: u32 = 10;
const SEQUENCE_BITS: u32 = 12;

/// Makes ids that never repeat and never go backwards within a node, even when the clock does.
#[derive(Debug)]
pub struct IdMaker {
    node: i64,
    last: AtomicI64,
}

impl IdMaker {
    /// `node` (0–1023) tells this process from the others of the same municipality.
    pub fn new(node: u16) -> Self {
        Self { node: i64::from(node & 0x3ff), last: AtomicI64::new(0) }
    }

    /// No id made at `now` or later lies below it, none made before lies above.
    pub fn lowest_at(now_ms: i64) -> i64 {
        (now_ms - EPOCH_MS).max(0) << (SEQUENCE_BITS + NODE_BITS)
    }

    /// The next id at `now`, milliseconds since 1970.
    ///
    /// ```
    /// use torg_core::{Id, IdMaker, InquiryId};
    /// let ids = IdMaker::new(0);
    /// let (first, second): (InquiryId, InquiryId) = (ids.next(1_800_000_000_000), ids.next(0));
    /// assert!(first.as_i64() < second.as_i64());
    /// ```
    pub fn next<T: Id>(&self, now_ms: i64) -> T {
        // (milliseconds, sequence) as one number: a full sequence carries into the milliseconds.
        let wanted = (now_ms - EPOCH_MS).max(1) << SEQUENCE_BITS;
        let step = |last: i64| Some(wanted.max(last + 1));
        let last = self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step);
        let tick = last.map_or(wanted, |last| wanted.max(last + 1));
        let (ms, sequence) = (tick >> SEQUENCE_BITS, tick & ((1 << SEQUENCE_BITS) - 1));
        T::from_i64((ms << (NODE_BITS + SEQUENCE_BITS)) | (self.node << SEQUENCE_BITS) | sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_ids_of_one_millisecond_are_all_different_and_rising() {
        let maker = IdMaker::new(3);
        let ids: Vec<i64> =
            (0..10_000).map(|_| maker.next::<InquiryId>(1_800_000_000_000).as_i64()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn an_id_survives_being_written_on_a_page() {
        let id: MessageId = IdMaker::new(1).next(1_800_000_000_000);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("seven".parse::<MessageId>(), Err(NotAnId));
    }
}
