//! Folders: what a colleague finds her work in, and how much of it there is.
//!
//! A folder is one or several index reads, newest first, merged here; its cost does not grow with
//! what lies in the archive, nor with what lies in the folder.

mod counts;
mod look;

pub use crate::cursor::{Cursor, NotACursor};
pub use counts::{ColleagueCount, DepartmentCount, FolderCounts, MANY, ViewCount, counts};
pub use look::{LOOKED_AT_MOST, Look, LookCount, Narrow, Sort, Whose, count_of, look_through};

use std::cmp::Reverse;

use torg_core::{
    DepartmentId, Direction, InquiryId, InquiryNumber, Language, MessageId, StaffId, State, Viewer,
};

use crate::departments::{DepartmentName, name_at};
use crate::due::DueAt;
use crate::inquiries::state_at;
use crate::staff::{StaffName, walls};
use crate::tags::{self, Tag};
use crate::{Read, Row, StoreError, Value, params, sql};

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
}

/// One inquiry in a list.
#[derive(Debug, Clone)]
pub struct ListRow {
    pub id: InquiryId,
    pub number: InquiryNumber,
    pub state: State,
    pub owner: Option<StaffName>,
    pub department: DepartmentName,
    pub sender: String,
    pub subject: String,
    pub snippet: String,
    pub urgent: bool,
    pub messages: i64,
    /// Microseconds UTC.
    pub last_at: i64,
    pub unread: bool,
    pub attachments: bool,
    /// An answer failed or came back.
    pub trouble: bool,
    /// What the citizen last wrote in, if that was told.
    pub language: Option<Language>,
    /// It lies here because it was also sent to this department.
    pub shown: bool,
    /// What the list is ordered by; mostly the same as `last_at`.
    pub at: i64,
    /// The message by which a search found it.
    pub hit: Option<Hit>,
    pub tags: Vec<Tag>,
    /// When it wakes, if it is snoozed; microseconds UTC.
    pub wake_at: Option<i64>,
    /// Whose it was before she went away.
    pub lent_by: Option<StaffName>,
    /// What of it is due next.
    pub due: Option<DueAt>,
}

/// The newest message of an inquiry in which all words of a search stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub message: MessageId,
    pub direction: Direction,
    pub author: String,
    pub address: Option<String>,
    /// Microseconds UTC.
    pub at: i64,
}

#[derive(Debug, Clone, Default)]
pub struct ListPage {
    pub rows: Vec<ListRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// The page is not full although there may be more: [`LOOKED_AT_MOST`] rows were looked
    /// through for it.
    pub cut: bool,
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
    let sort = if look.folder == Folder::Drafts { Sort::Newest } else { look.sort };
    let reads = Reads { read, viewer, sort, after, limit: rows_and_one };
    let mut rows = match look.folder {
        Folder::All => reads.by_wall(State::Open)?,
        Folder::Closed => reads.by_wall(State::Closed)?,
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
        Folder::Search => reads.found(&look.words)?,
    };
    match sort {
        Sort::Newest => rows.sort_by_key(|row| Reverse((row.at, row.id))),
        Sort::Oldest | Sort::Due => rows.sort_by_key(|row| (row.at, row.id)),
    }
    rows.dedup_by_key(|row| row.id);
    let more = rows.len() > limit;
    rows.truncate(limit);
    name_tags(read, viewer, &mut rows)?;
    let next = rows.last().filter(|_| more).map(|last| Cursor::new(last.at, last.id));
    Ok(ListPage { rows, next, cut: false })
}

struct Reads<'a> {
    read: &'a Read<'a>,
    viewer: &'a Viewer,
    sort: Sort,
    after: Option<&'a Cursor>,
    limit: i64,
}

/// A list's columns, whichever index leads to the row, in the order of `$sort`: by `$at` and `$id`,
/// which that index ends with. `$1` is always the viewer, `$2` and `$3` where the page begins, `$4`
/// its length.
macro_rules! rows_of {
    ($sort:expr, $from:literal, $shown:literal, $where:literal, $at:literal, $id:literal) => {
        match $sort {
            Sort::Newest | Sort::Due => {
                sql!(list rows_of!(@ $from, $shown, $where, $at, $id, "<", " desc"))
            }
            Sort::Oldest => sql!(list rows_of!(@ $from, $shown, $where, $at, $id, ">", "")),
        }
    };
    // The same where the list may also be ordered by what is due next.
    (or due, $sort:expr, $where:literal) => {
        match $sort {
            Sort::Due => sql!(list rows_of!(@ "inquiries i", "0",
                concat!($where, " and i.due_at >= $2"), "i.due_at", "i.id", ">", "")),
            sort => rows_of!(sort, "inquiries i", "0", $where, "i.last_at", "i.id"),
        }
    };
    (@ $from:literal, $shown:literal, $where:expr, $at:literal, $id:literal, $beyond:literal,
     $down:literal) => {
        concat!(
            "select i.id, i.number, i.state, i.owner, s.name, d.id, d.name, d.wall, i.sender,
                    i.subject, i.snippet, i.urgent, i.messages, i.last_at, i.newest_word,
                    coalesce(n.position, 0), i.has_files, i.trouble, i.language, ", $shown, ", ", $at, ",
                    i.tags, i.wake_at, i.lent_by, l.name,
                    i.due_at, i.due_kind
               from ", $from, "
               join departments d on d.id = i.department
               left join staff s on s.id = i.owner
               left join staff l on l.id = i.lent_by
               left join seen n on n.inquiry = i.id and n.staff = $1
              where ", $where, " and (", $at, ", ", $id, ") ", $beyond, " ($2, $3)
              order by ", $at, $down, ", ", $id, $down, " limit $4"
        )
    };
}

/// The rows of messages that a search found: `$2` are their ids, with commas between.
macro_rules! hits {
    ($ids:literal) => {
        concat!(
            "select i.id, i.number, i.state, i.owner, s.name, d.id, d.name, d.wall, i.sender,
                    i.subject, i.snippet, i.urgent, i.messages, i.last_at, i.newest_word,
                    coalesce(n.position, 0), i.has_files, i.trouble, i.language, 0, m.id,
                    i.tags, i.wake_at, i.lent_by, l.name, i.due_at, i.due_kind,
                    m.id, m.direction, m.author, m.address, m.at
               from messages m
               join inquiries i on i.id = m.inquiry
               join departments d on d.id = i.department
               left join staff s on s.id = i.owner
               left join staff l on l.id = i.lent_by
               left join seen n on n.inquiry = i.id and n.staff = $1
              where m.id ",
            $ids,
            " and i.wall in (select wall from wall_members where staff = $1)"
        )
    };
}

impl Reads<'_> {
    fn by_wall(&self, state: State) -> Result<Vec<ListRow>, StoreError> {
        let statement = rows_of!(
            or due,
            self.sort,
            "i.wall = $5 and i.state = $6 and i.merged_into is null"
        );
        self.each_wall(|wall| self.run(statement, &[wall, Value::from(state.code())]))
    }

    fn unowned(&self) -> Result<Vec<ListRow>, StoreError> {
        let statement =
            rows_of!(or due, self.sort, "i.wall = $5 and i.owner is null and i.state = 0");
        self.each_wall(|wall| self.run(statement, &[wall]))
    }

    fn by_owner(&self, owner: StaffId, state: State) -> Result<Vec<ListRow>, StoreError> {
        let statement = rows_of!(
            or due,
            self.sort,
            "i.owner = $5 and i.state = $6
             and i.wall in (select wall from wall_members where staff = $1)"
        );
        self.run(statement, &params![owner, state.code()])
    }

    fn by_department(&self, department: DepartmentId) -> Result<Vec<ListRow>, StoreError> {
        let own = rows_of!(
            or due,
            self.sort,
            "i.department = $5 and i.state = 0
             and i.wall in (select wall from wall_members where staff = $1)"
        );
        let shown = rows_of!(
            self.sort,
            "shown x join inquiries i on i.id = x.inquiry",
            "1",
            "x.department = $5 and x.state = 0
             and i.wall in (select wall from wall_members where staff = $1)",
            "x.last_at",
            "x.inquiry"
        );
        let mut rows = self.run(own, &params![department])?;
        // By deadline, what is due elsewhere comes after it.
        if self.sort != Sort::Due {
            rows.extend(self.run(shown, &params![department])?);
        }
        Ok(rows)
    }

    /// An inquiry in which she has begun two things stands at the newer one.
    fn begun(&self) -> Result<Vec<ListRow>, StoreError> {
        let statement = sql!(list
            "select i.id, i.number, i.state, i.owner, s.name, d.id, d.name, d.wall, i.sender,
                    i.subject, substr(x.body, 1, 200), i.urgent, i.messages, x.at, i.newest_word,
                    coalesce(n.position, 0), i.has_files, i.trouble, i.language, 0, x.at,
                    i.tags, i.wake_at, i.lent_by, l.name, i.due_at, i.due_kind
               from drafts x join inquiries i on i.id = x.inquiry
               join departments d on d.id = i.department
               left join staff s on s.id = i.owner
               left join staff l on l.id = i.lent_by
               left join seen n on n.inquiry = i.id and n.staff = $1
              where x.staff = $1 and x.message is null and (x.at, x.inquiry) < ($2, $3)
                and i.wall in (select wall from wall_members where staff = $1)
                and not exists (select 1 from drafts y where y.inquiry = x.inquiry and y.staff = $1
                    and y.message is null and (y.at, y.kind) > (x.at, x.kind))
              order by x.at desc, x.inquiry desc limit $4");
        self.run(statement, &[])
    }

    /// By her last answer in each; direction 2 is "out".
    fn answered_by_viewer(&self) -> Result<Vec<ListRow>, StoreError> {
        let statement = rows_of!(
            self.sort,
            "messages m join inquiries i on i.id = m.inquiry",
            "0",
            "m.staff = $1 and m.direction = 2 and m.send_state <> 5
             and i.wall in (select wall from wall_members where staff = $1)
             and not exists (select 1 from messages x where x.inquiry = m.inquiry
                              and x.position > m.position and x.staff = $1 and x.direction = 2
                              and x.send_state <> 5)",
            "m.at",
            "m.inquiry"
        );
        self.run(statement, &[])
    }

    /// By the newest message that holds all `words`: each of the outer by any of its inner ones.
    fn found(&self, words: &[Vec<String>]) -> Result<Vec<ListRow>, StoreError> {
        let walls = walls(self.read, self.viewer.staff)?;
        let asked = crate::search::asked(self.read.engine(), &walls, words);
        let (at, _) = Cursor::bounds(self.after, self.sort);
        let ids = crate::search::hits(self.read, &asked, self.sort, at, self.limit)?;
        let ids = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let statement = sql!(
            list lite hits!("in (select value from json_each('[' || $2 || ']'))"),
            pg hits!("= any (cast('{' || cast($2 as text) || '}' as bigint[]))")
        );
        self.read.all(statement, &params![self.viewer.staff, ids], |row| {
            let hit = Hit {
                message: row.get(27)?,
                direction: crate::messages::direction_at(row, 28)?,
                author: row.get(29)?,
                address: row.get(30)?,
                at: row.get(31)?,
            };
            Ok(ListRow { hit: Some(hit), ..list_row(row)? })
        })
    }

    fn snoozed_in(&self, department: DepartmentId) -> Result<Vec<ListRow>, StoreError> {
        let statement = rows_of!(
            self.sort,
            "inquiries i",
            "0",
            "i.department = $5 and i.state = 3
             and i.wall in (select wall from wall_members where staff = $1)",
            "i.last_at",
            "i.id"
        );
        self.run(statement, &params![department])
    }

    fn followed(&self) -> Result<Vec<ListRow>, StoreError> {
        let statement = rows_of!(
            self.sort,
            "follows f join inquiries i on i.id = f.inquiry",
            "0",
            "f.staff = $1 and i.merged_into is null
             and i.wall in (select wall from wall_members where staff = $1)",
            "f.last_at",
            "f.inquiry"
        );
        self.run(statement, &[])
    }

    fn each_wall(
        &self,
        rows: impl Fn(Value) -> Result<Vec<ListRow>, StoreError>,
    ) -> Result<Vec<ListRow>, StoreError> {
        let mut all = Vec::new();
        for wall in walls(self.read, self.viewer.staff)? {
            all.extend(rows(Value::from(wall))?);
        }
        Ok(all)
    }

    fn run(
        &self,
        statement: &'static crate::Statement,
        more: &[Value],
    ) -> Result<Vec<ListRow>, StoreError> {
        let (last_at, id) = Cursor::bounds(self.after, self.sort);
        let mut values = params![self.viewer.staff, last_at, id, self.limit].to_vec();
        values.extend_from_slice(more);
        self.read.all(statement, &values, list_row)
    }
}

/// The tags of a row before their names are known: one read names those of the whole page.
fn unnamed(short: &str) -> Vec<Tag> {
    let tag =
        |id| Tag { id, name: String::new(), colour: String::new(), department: None, active: true };
    short.split(',').filter_map(|id| id.parse().ok()).map(tag).collect()
}

fn name_tags(read: &Read<'_>, viewer: &Viewer, rows: &mut [ListRow]) -> Result<(), StoreError> {
    if rows.iter().all(|row| row.tags.is_empty()) {
        return Ok(());
    }
    let known = tags::ever(read, viewer)?;
    for row in rows {
        row.tags = row
            .tags
            .iter()
            .filter_map(|one| known.iter().find(|tag| tag.id == one.id))
            .cloned()
            .collect();
    }
    Ok(())
}

fn lent_by(row: &Row<'_>) -> Result<Option<StaffName>, StoreError> {
    let (id, name): (Option<StaffId>, Option<String>) = (row.get(23)?, row.get(24)?);
    Ok(id.zip(name).map(|(id, name)| StaffName { id, name }))
}

fn list_row(row: &Row<'_>) -> Result<ListRow, StoreError> {
    let (owner, name): (Option<StaffId>, Option<String>) = (row.get(3)?, row.get(4)?);
    let state = state_at(row, 2)?;
    let (newest_word, seen): (i64, i64) = (row.get(14)?, row.get(15)?);
    Ok(ListRow {
        id: row.get(0)?,
        number: InquiryNumber::from_i64(row.get(1)?),
        state,
        owner: owner.zip(name).map(|(id, name)| StaffName { id, name }),
        department: name_at(row, 5)?,
        sender: row.get(8)?,
        subject: row.get(9)?,
        snippet: row.get(10)?,
        urgent: row.get(11)?,
        messages: row.get(12)?,
        last_at: row.get(13)?,
        unread: state == State::Open && newest_word > seen,
        attachments: row.get(16)?,
        trouble: row.get(17)?,
        language: row.get::<String>(18)?.parse().ok(),
        shown: row.get(19)?,
        at: row.get(20)?,
        hit: None,
        tags: unnamed(&row.get::<String>(21)?),
        wake_at: row.get(22)?,
        lent_by: lent_by(row)?,
        due: DueAt::from_row(row, 25)?,
    })
}
