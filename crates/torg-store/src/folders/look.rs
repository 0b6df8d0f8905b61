//! Looking at a folder: in which order, and at which of what lies in it.
//!
//! The order is an index's. What is narrowed is looked through row by row along that order, at
//! most [`LOOKED_AT_MOST`] for a page, so that a rare thing in a large archive costs no more than
//! this; the page then says that it did not look further.

use torg_core::{CategoryId, DepartmentId, Id, InquiryId, Language, StaffId, TagId, Viewer};

use super::best::best_first;
use super::{Cursor, Folder, ListPage, ListRow, page};
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
    /// For [`Folder::Search`]: a part, in lower case, of the name or address of who wrote what was
    /// found.
    pub from: Option<String>,
    /// For [`Folder::Search`]: how what was found came or went, such as `mail`.
    pub channel: Option<String>,
}

impl Look {
    /// All of a folder, newest first.
    pub fn at(folder: Folder) -> Self {
        Self {
            folder,
            narrow: Narrow::default(),
            sort: Sort::default(),
            words: Vec::new(),
            from: None,
            channel: None,
        }
    }

    /// Nobody has said what to search for.
    pub(super) fn asks_nothing(&self) -> bool {
        let is_bare = self.words.is_empty() && self.from.is_none() && self.channel.is_none();
        let narrow = Narrow { besides: None, ..self.narrow };
        self.folder == Folder::Search && is_bare && narrow == Narrow::default()
    }

    /// How many rows are read at first for `limit` of them: what narrows nothing takes nearly all, and
    /// leaves out an inquiry that a search finds again.
    pub(super) fn step(&self, limit: usize) -> usize {
        let is_whole = self.narrow == Narrow { besides: self.narrow.besides, ..Narrow::default() };
        match is_whole && self.from.is_none() && self.channel.is_none() {
            true => (2 * limit).min(STEP),
            false => STEP,
        }
    }

    pub(super) fn takes(&self, row: &ListRow, viewer: &Viewer) -> bool {
        self.narrow.takes(row, viewer)
            && self.from.as_ref().is_none_or(|part| row.is_from(part))
            && self.channel.as_ref().is_none_or(|channel| row.is_by(channel))
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

/// Which rows of a folder are wanted. All conditions hold together; the default takes every row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Narrow {
    pub unread: bool,
    pub urgent: bool,
    pub files: bool,
    pub whose: Option<Whose>,
    pub department: Option<DepartmentId>,
    /// The citizen last wrote in it.
    pub language: Option<Language>,
    /// Moved at this moment or later; microseconds UTC.
    pub since: Option<i64>,
    /// Moved before this moment; microseconds UTC.
    pub until: Option<i64>,
    pub tag: Option<TagId>,
    pub category: Option<CategoryId>,
    /// Without a deadline of this folder: nothing runs, or it runs in another department.
    pub undated: bool,
    /// Taken whatever it is, if the folder holds it: what lies open does not vanish by being read.
    pub besides: Option<InquiryId>,
}

/// To whom a row belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Mine,
    Nobodys,
}

impl Narrow {
    fn takes(&self, row: &ListRow, viewer: &Viewer) -> bool {
        let owner = row.owner.as_ref().map(|owner| owner.id);
        let is_wanted = (!self.unread || row.unread)
            && (!self.urgent || row.urgent)
            && (!self.files || row.attachments)
            && self.whose.is_none_or(|whose| whose.is(owner, viewer))
            && self.department.is_none_or(|wanted| wanted == row.department.id)
            && (self.language.is_none() || self.language == row.language)
            && self.tag.is_none_or(|wanted| row.tags.iter().any(|tag| tag.id == wanted))
            && (self.category.is_none() || self.category == row.category)
            && (!self.undated || row.due.is_none() || row.shown)
            && self.since.is_none_or(|since| row.moved_at() >= since)
            && self.until.is_none_or(|until| row.moved_at() < until);
        is_wanted || self.besides == Some(row.id)
    }
}

impl Whose {
    fn is(self, owner: Option<StaffId>, viewer: &Viewer) -> bool {
        match self {
            Self::Mine => owner == Some(viewer.staff),
            Self::Nobodys => owner.is_none(),
        }
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
