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
    /// In a list by deadline: it ended among what has none.
    undated: bool,
}

/// The text is not a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a place in a list")]
pub struct NotACursor;

impl Cursor {
    pub(crate) fn new(last_at: i64, id: InquiryId) -> Self {
        Self { last_at, id, undated: false }
    }

    /// The same place, in the part of a list by deadline that has none.
    pub(crate) fn among_undated(self) -> Self {
        Self { undated: true, ..self }
    }

    /// In a list of the best: what came after `newest` was not there when its first page was made,
    /// and `shown` rows stand on the pages before.
    pub(crate) fn among_best(newest: i64, shown: usize) -> Self {
        Self::new(newest, InquiryId::from_i64(i64::try_from(shown).unwrap_or(i64::MAX)))
    }

    /// What [`Cursor::among_best`] was made of; a list begins with everything and nothing.
    pub(crate) fn best(after: Option<&Self>) -> (i64, usize) {
        let place =
            |after: &Self| (after.last_at, usize::try_from(after.id.as_i64()).unwrap_or_default());
        after.map_or((i64::MAX - 1, 0), place)
    }

    pub(crate) fn is_undated(&self) -> bool {
        self.undated
    }

    /// What rows must come beyond: the cursor, or the end of time the order begins at.
    pub(crate) fn bounds(after: Option<&Self>, sort: Sort) -> (i64, i64) {
        let edge = match sort {
            Sort::Newest | Sort::Best => i64::MAX,
            Sort::Oldest | Sort::Due => i64::MIN,
        };
        after.map_or((edge, edge), |cursor| (cursor.last_at, cursor.id.as_i64()))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = if self.undated { "u" } else { "" };
        write!(f, "{part}{}.{}", self.last_at, self.id)
    }
}

impl FromStr for Cursor {
    type Err = NotACursor;
    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let place = text.trim_start_matches('u');
        let (last_at, id) = place.split_once('.').ok_or(NotACursor)?;
        let (last_at, id) = (last_at.parse(), id.parse());
        let (last_at, id) = (last_at.map_err(|_| NotACursor)?, id.map_err(|_| NotACursor)?);
        Ok(Self { last_at, id, undated: place != text })
    }
}
