//! Where a page of a list ended, so that the next begins there whatever came in between.

use std::fmt;
use std::str::FromStr;

use torg_core::{Id, InquiryId};

use crate::folders::Sort;

/// The last row of a page: the time it is ordered by, and its id. Opaque to whoever carries it.
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

    /// What rows must come beyond: the cursor, or the end of time the order begins at.
    pub(crate) fn bounds(after: Option<&Self>, sort: Sort) -> (i64, i64) {
        let edge = match sort {
            Sort::Newest => i64::MAX,
            Sort::Oldest => i64::MIN,
        };
        after.map_or((edge, edge), |cursor| (cursor.last_at, cursor.id.as_i64()))
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
