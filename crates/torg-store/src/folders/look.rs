//! Looking at a folder: in which order, and at which of what lies in it.
//!
//! The order is an index's. What is narrowed is looked through row by row along that order, at
//! most [`LOOKED_AT_MOST`] for a page, so that a rare thing in a large archive costs no more than
//! this; the page then says that it did not look further.

use torg_core::{Id, InquiryId, Viewer};

use super::best::best_first;
use super::narrow::Narrow;
use super::{Cursor, Folder, ListPage, ListRow, page};
use crate::search::Wanted;
use crate::{Read, StoreError};

/// The most rows that are looked through for one page.
pub const LOOKED_AT_MOST: usize = 1000;
/// The most that are read at a time, and the most that are looked through for a count.
const STEP: usize = 250;
/// Counts are exact up to here.
const COUNTED: usize = 99;

/// What somebody looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub folder: Folder,
    pub narrow: Narrow,
    pub sort: Sort,
    /// For [`Folder::Search`]: what every hit must hold, each by any of the inner words.
    pub words: Vec<Vec<String>>,
    /// For [`Folder::Search`]: what no hit may hold, each asked for as `words` are.
    pub without: Vec<Vec<Vec<String>>>,
    /// For [`Folder::Search`]: a part, in lower case and in all its spellings, of the name or address
    /// of who wrote what was found; whoever wrote it, if empty.
    pub from: Vec<String>,
    /// For [`Folder::Search`]: how what was found came or went, such as `mail`.
    pub channel: Option<String>,
    /// For [`Folder::Search`]: what one of these takes, whatever words it holds, is left out.
    pub but_not: Vec<Look>,
}

impl Look {
    /// All of a folder, newest first.
    pub fn at(folder: Folder) -> Self {
        Self {
            folder,
            narrow: Narrow::default(),
            sort: Sort::default(),
            words: Vec::new(),
            without: Vec::new(),
            from: Vec::new(),
            channel: None,
            but_not: Vec::new(),
        }
    }

    /// What the index is asked for.
    pub(super) fn wanted(&self) -> Wanted<'_> {
        Wanted { words: &self.words, without: &self.without }
    }

    /// Nobody has said what to search for.
    pub(super) fn asks_nothing(&self) -> bool {
        self.folder == Folder::Search && self.words.is_empty() && self.takes_all()
    }

    /// Nothing but the words says which rows are wanted.
    fn takes_all(&self) -> bool {
        let narrow = Narrow { besides: None, ..self.narrow };
        let is_whole =
            narrow == Narrow::default() && self.from.is_empty() && self.channel.is_none();
        is_whole && self.without.is_empty() && self.but_not.is_empty()
    }

    /// How many rows are read at first for `limit` of them: what narrows nothing takes nearly all, and
    /// leaves out an inquiry that a search finds again.
    pub(super) fn step(&self, limit: usize) -> usize {
        match self.takes_all() {
            true => (2 * limit).min(STEP),
            false => STEP,
        }
    }

    pub(super) fn takes(&self, row: &ListRow, viewer: &Viewer) -> bool {
        self.narrow.takes(row, viewer)
            && (self.from.is_empty() || self.from.iter().any(|part| row.is_from(part)))
            && self.channel.as_ref().is_none_or(|channel| row.is_by(channel))
            && row.hit.as_ref().is_none_or(|hit| !hit.is_left_out)
            && !self.but_not.iter().any(|unwanted| unwanted.takes(row, viewer))
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    /// What is due next first, then what has no deadline, newest first; only where
    /// [`Folder::is_due_by_row`].
    Due,
    /// What fits a search best; newest first where nothing is searched for.
    Best,
}

impl Folder {
    /// What lies in it waits for the municipality, so that it can be ordered by deadline.
    pub fn is_due_by_row(&self) -> bool {
        matches!(
            self,
            Self::All | Self::Unowned | Self::Mine | Self::Colleague(_) | Self::Department(_)
        )
    }
}

/// How many rows a look takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookCount {
    pub number: usize,
    /// There may be more: the count ended before the folder did.
    pub more: bool,
}

/// One page of what a look takes, with nothing in it the viewer may not know of.
pub fn look_through(
    read: &Read<'_>,
    viewer: &Viewer,
    look: &Look,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<ListPage, StoreError> {
    if look.sort == Sort::Due {
        return by_deadline(read, viewer, look, after, limit);
    }
    if look.sort == Sort::Best && look.folder == Folder::Search {
        return best_first(read, viewer, look, after, limit);
    }
    let is_whole = look.narrow == Narrow::default() && look.folder != Folder::Search;
    if is_whole {
        return page(read, viewer, look, after, limit);
    }
    through(read, viewer, look, after, (limit, LOOKED_AT_MOST))
}

/// What has a deadline, and after the last of it what has none.
fn by_deadline(
    read: &Read<'_>,
    viewer: &Viewer,
    look: &Look,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<ListPage, StoreError> {
    let newest = Look { sort: Sort::Newest, ..look.clone() };
    if !look.folder.is_due_by_row() {
        return look_through(read, viewer, &newest, after, limit);
    }
    let mut dated = ListPage::default();
    if after.is_none_or(|after| !after.is_undated()) {
        dated = through(read, viewer, look, after, (limit, LOOKED_AT_MOST))?;
        if dated.next.is_some() || dated.rows.len() == limit {
            // A page that ends with the last deadline goes on with what has none.
            let first = || Cursor::new(i64::MAX, InquiryId::from_i64(i64::MAX)).among_undated();
            dated.next = dated.next.or_else(|| Some(first()));
            return Ok(dated);
        }
    }
    let from = after.filter(|after| after.is_undated());
    let left = limit - dated.rows.len();
    let rest = Look { narrow: Narrow { undated: true, ..look.narrow }, ..newest };
    let undated = through(read, viewer, &rest, from, (left, LOOKED_AT_MOST))?;
    dated.rows.extend(undated.rows);
    dated.next = undated.next.map(Cursor::among_undated);
    dated.cut = undated.cut;
    Ok(dated)
}

/// How many rows a look takes: exact to 99, and as far as one step sees.
pub fn count_of(read: &Read<'_>, viewer: &Viewer, look: &Look) -> Result<LookCount, StoreError> {
    let page = through(read, viewer, look, None, (COUNTED, STEP))?;
    Ok(LookCount { number: page.rows.len(), more: page.next.is_some() })
}

/// Looks along a folder until `limit` rows are found or `most` were looked at.
fn through(
    read: &Read<'_>,
    viewer: &Viewer,
    look: &Look,
    after: Option<&Cursor>,
    (limit, most): (usize, usize),
) -> Result<ListPage, StoreError> {
    let (mut found, mut looked) = (ListPage::default(), 0);
    if look.asks_nothing() {
        return Ok(found);
    }
    let mut from = after.copied().or_else(|| beginning(look));
    loop {
        let step = page(read, viewer, look, from.as_ref(), look.step(limit).min(most))?;
        looked += step.rows.len();
        for row in step.rows {
            if is_past(look, &row) {
                return Ok(ListPage { next: None, ..found });
            }
            // A search finds an inquiry by each of its messages, the best first.
            let is_new = found.rows.iter().all(|other| other.id != row.id);
            if !is_new || !look.takes(&row, viewer) {
                continue;
            }
            if found.rows.len() == limit {
                found.next = found.rows.last().map(|last| Cursor::new(last.at, last.id));
                return Ok(found);
            }
            found.rows.push(row);
        }
        match step.next {
            None => return Ok(found),
            Some(next) if looked >= most => {
                return Ok(ListPage { next: Some(next), cut: true, ..found });
            }
            Some(next) => from = Some(next),
        }
    }
}

/// Oldest first, nothing wanted comes before what is young enough.
fn beginning(look: &Look) -> Option<Cursor> {
    let in_order =
        look.sort == Sort::Oldest && !matches!(look.folder, Folder::Sent | Folder::Search);
    let since = look.narrow.since.filter(|_| in_order)?;
    Some(Cursor::new(since - 1, InquiryId::from_i64(i64::MAX)))
}

/// Newest first, nothing wanted comes after the first row that is too old.
fn is_past(look: &Look, row: &ListRow) -> bool {
    let in_order = look.sort == Sort::Newest && row.at == row.last_at;
    in_order && look.narrow.since.is_some_and(|since| row.last_at < since)
}
