//! Where a page of a list ended, so that the next begins there whatever came in between.

use std::fmt;
use std::str::FromStr;

use torg_core::{Id, InquiryId};

/// The last row of a page, newest first: its time and id. Opaque to whoever carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    last_at: i64,
    id: InquiryId,
}

/// The text is not a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a place in a list")]
pub struct NotACursor;

impl Cursor {
    pub(crate) fn new(last_at: i64, id: InquiryId) -> Self {
        Self { last_at, id }
    }

    /// What rows must come before: the cursor, or the end of time.
    pub(crate) fn bounds(after: Option<&Self>) -> (i64, i64) {
        after.map_or((i64::MAX, i64::MAX), |cursor| (cursor.last_at, cursor.id.as_i64()))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.last_at, self.id)
    }
}

impl FromStr for Cursor {
    type Err = NotACursor;
    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (last_at, id) = text.split_once('.').ok_or(NotACursor)?;
        let (last_at, id) = (last_at.parse(), id.parse());
        Ok(Self { last_at: last_at.map_err(|_| NotACursor)?, id: id.map_err(|_| NotACursor)? })
    }
}
