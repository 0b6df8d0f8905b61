//! Folders: what a colleague finds her work in, and how much of it there is.
//!
//! A folder is one or several index reads, newest first, merged here; its cost does not grow with
//! what lies in the archive, nor with what lies in the folder.

mod best;
mod counts;
mod look;
mod narrow;
mod reads;
mod rows;

pub use crate::cursor::{Cursor, NotACursor};
pub(crate) use counts::counted;
pub use counts::{ColleagueCount, DepartmentCount, FolderCounts, MANY, ViewCount, counts};
pub use look::{LOOKED_AT_MOST, Look, LookCount, Sort, count_of, look_through};
pub use narrow::{Narrow, Stands, Whose};
pub use rows::{Hit, ListRow};

use std::cmp::Reverse;

use torg_core::{DepartmentId, StaffId, State, Viewer};

use crate::{Read, StoreError};
use reads::Reads;
use rows::name_tags;

/// A folder of the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Folder {
    /// Everything that waits for the municipality.
    All,
    /// What waits and belongs to nobody.
    Unowned,
    /// What waits for the viewer.
    Mine,
    /// What the viewer answered; the citizen's turn.
    Waiting,
    /// What waits in a department, or was sent to it too.
    Department(DepartmentId),
    /// What waits for a colleague.
    Colleague(StaffId),
    /// What the viewer has begun to write.
    Drafts,
    /// What is put aside for the viewer until a time.
    Snoozed,
    /// What is put aside in a department.
    SnoozedIn(DepartmentId),
    /// What the viewer follows, whatever its state.
    Followed,
    /// What the viewer answered, whatever became of it, by her last answer in it.
    Sent,
    /// What was searched for, newest first; it is empty without words.
    Search,
    Closed,
    /// What the judge or a colleague took for spam.
    Spam,
}

#[derive(Debug, Clone, Default)]
pub struct ListPage {
    pub rows: Vec<ListRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// The page is not full although there may be more: [`LOOKED_AT_MOST`] rows were looked
    /// through for it.
    pub cut: bool,
    /// The best of the newest [`search::RANKED`](crate::search::RANKED) hits: there are older ones.
    pub ranked: bool,
}

impl Folder {
    /// The folder's part of an address.
    pub fn to_slug(&self) -> String {
        match self {
            Self::All => "all".into(),
            Self::Unowned => "unowned".into(),
            Self::Mine => "mine".into(),
            Self::Waiting => "waiting".into(),
            Self::Department(id) => format!("d-{id}"),
            Self::Colleague(id) => format!("c-{id}"),
            Self::Drafts => "drafts".into(),
            Self::Snoozed => "snoozed".into(),
            Self::SnoozedIn(id) => format!("s-{id}"),
            Self::Followed => "followed".into(),
            Self::Sent => "sent".into(),
            Self::Search => "search".into(),
            Self::Closed => "closed".into(),
            Self::Spam => "spam".into(),
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        match slug {
            "all" => Some(Self::All),
            "unowned" => Some(Self::Unowned),
            "mine" => Some(Self::Mine),
            "waiting" => Some(Self::Waiting),
            "sent" => Some(Self::Sent),
            "search" => Some(Self::Search),
            "closed" => Some(Self::Closed),
            "spam" => Some(Self::Spam),
            "drafts" => Some(Self::Drafts),
            "snoozed" => Some(Self::Snoozed),
            "followed" => Some(Self::Followed),
            _ => {
                let department = || slug.strip_prefix("d-")?.parse().ok().map(Self::Department);
                let colleague = || slug.strip_prefix("c-")?.parse().ok().map(Self::Colleague);
                let snoozed = || slug.strip_prefix("s-")?.parse().ok().map(Self::SnoozedIn);
                department().or_else(colleague).or_else(snoozed)
            }
        }
    }
}

/// One page of a folder, newest first, with nothing in it the viewer may not know of.
pub fn list(
    read: &Read<'_>,
    viewer: &Viewer,
    folder: &Folder,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<ListPage, StoreError> {
    page(read, viewer, &Look::at(*folder), after, limit)
}

/// One page of what a look is at, before it is narrowed.
fn page(
    read: &Read<'_>,
    viewer: &Viewer,
    look: &Look,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<ListPage, StoreError> {
    let rows_and_one = i64::try_from(limit + 1).unwrap_or(1000);
    // Drafts are few, and the newest is the one she looks for.
    let is_newest = look.folder == Folder::Drafts || look.sort == Sort::Best;
    let sort = if is_newest { Sort::Newest } else { look.sort };
    let reads = Reads { read, viewer, sort, after, limit: rows_and_one };
    let mut rows = match look.folder {
        Folder::All => reads.by_wall(State::Open)?,
        Folder::Closed => reads.by_wall(State::Closed)?,
        Folder::Spam => reads.by_wall(State::Spam)?,
        Folder::Unowned => reads.unowned()?,
        Folder::Mine => reads.by_owner(viewer.staff, State::Open)?,
        Folder::Waiting => reads.by_owner(viewer.staff, State::Answered)?,
        Folder::Colleague(staff) => reads.by_owner(staff, State::Open)?,
        Folder::Drafts => reads.begun()?,
        Folder::Department(department) => reads.by_department(department)?,
        Folder::Snoozed => reads.by_owner(viewer.staff, State::Snoozed)?,
        Folder::SnoozedIn(department) => reads.snoozed_in(department)?,
        Folder::Followed => reads.followed()?,
        Folder::Sent => reads.answered_by_viewer()?,
        Folder::Search => reads.found(look.wanted())?,
    };
    match sort {
        Sort::Newest | Sort::Best => rows.sort_by_key(|row| Reverse((row.at, row.id))),
        Sort::Oldest | Sort::Due => rows.sort_by_key(|row| (row.at, row.id)),
    }
    // A search finds an inquiry by each of its messages; which one stands for it is chosen later.
    rows.dedup_by_key(|row| (row.id, row.hit.as_ref().map(|hit| hit.message)));
    let more = rows.len() > limit;
    rows.truncate(limit);
    name_tags(read, viewer, &mut rows)?;
    let next = rows.last().filter(|_| more).map(|last| Cursor::new(last.at, last.id));
    Ok(ListPage { rows, next, ..ListPage::default() })
}
