//! Folders: what a colleague finds her work in, and how much of it there is.
//!
//! A folder is one or several index reads, newest first, merged here; its cost does not grow with
//! what lies in the archive, nor with what lies in the folder.

mod counts;

pub use crate::cursor::{Cursor, NotACursor};
pub use counts::{ColleagueCount, DepartmentCount, FolderCounts, MANY, counts};

use std::cmp::Reverse;

use torg_core::{DepartmentId, InquiryId, InquiryNumber, StaffId, State, Viewer};

use crate::departments::{DepartmentName, name_at};
use crate::inquiries::state_at;
use crate::staff::{StaffName, walls};
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
    /// It lies here because it was also sent to this department.
    pub shown: bool,
}

#[derive(Debug, Clone)]
pub struct ListPage {
    pub rows: Vec<ListRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
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
            Self::Closed => "closed".into(),
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        match slug {
            "all" => Some(Self::All),
            "unowned" => Some(Self::Unowned),
            "mine" => Some(Self::Mine),
            "waiting" => Some(Self::Waiting),
            "closed" => Some(Self::Closed),
            "drafts" => Some(Self::Drafts),
            _ => {
                let department = || slug.strip_prefix("d-")?.parse().ok().map(Self::Department);
                let colleague = || slug.strip_prefix("c-")?.parse().ok().map(Self::Colleague);
                department().or_else(colleague)
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
    let reads = Reads { read, viewer, after, limit: i64::try_from(limit + 1).unwrap_or(1000) };
    let mut rows = match *folder {
        Folder::All => reads.by_wall(State::Open)?,
        Folder::Closed => reads.by_wall(State::Closed)?,
        Folder::Unowned => reads.unowned()?,
        Folder::Mine => reads.by_owner(viewer.staff, State::Open)?,
        Folder::Waiting => reads.by_owner(viewer.staff, State::Answered)?,
        Folder::Colleague(staff) => reads.by_owner(staff, State::Open)?,
        Folder::Drafts => reads.begun()?,
        Folder::Department(department) => reads.by_department(department)?,
    };
    rows.sort_by_key(|row| Reverse((row.last_at, row.id)));
    rows.dedup_by_key(|row| row.id);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|last| Cursor::new(last.last_at, last.id));
    Ok(ListPage { rows, next })
}

struct Reads<'a> {
    read: &'a Read<'a>,
    viewer: &'a Viewer,
    after: Option<&'a Cursor>,
    limit: i64,
}

/// A list's columns, whichever index leads to the row; `$1` is always the viewer.
macro_rules! rows_of {
    ($from:literal, $shown:literal, $where:literal, $order:literal) => {
        sql!(list concat!(
            "select i.id, i.number, i.state, i.owner, s.name, d.id, d.name, d.wall, i.sender,
                    i.subject, i.snippet, i.urgent, i.messages, i.last_at, i.newest_word,
                    coalesce(n.position, 0), i.has_files, i.trouble, ", $shown, "
               from ", $from, "
               join departments d on d.id = i.department
               left join staff s on s.id = i.owner
               left join seen n on n.inquiry = i.id and n.staff = $1
              where ", $where, "
              order by ", $order, " limit $4"
        ))
    };
}

impl Reads<'_> {
    fn by_wall(&self, state: State) -> Result<Vec<ListRow>, StoreError> {
        let statement = rows_of!(
            "inquiries i",
            "0",
            "i.wall = $5 and i.state = $6 and (i.last_at, i.id) < ($2, $3)",
            "i.last_at desc, i.id desc"
        );
        self.each_wall(|wall| self.run(statement, &[wall, Value::from(state.code())]))
    }

    fn unowned(&self) -> Result<Vec<ListRow>, StoreError> {
        let statement = rows_of!(
            "inquiries i",
            "0",
            "i.wall = $5 and i.owner is null and i.state = 0 and (i.last_at, i.id) < ($2, $3)",
            "i.last_at desc, i.id desc"
        );
        self.each_wall(|wall| self.run(statement, &[wall]))
    }

    fn by_owner(&self, owner: StaffId, state: State) -> Result<Vec<ListRow>, StoreError> {
        let statement = rows_of!(
            "inquiries i",
            "0",
            "i.owner = $5 and i.state = $6 and (i.last_at, i.id) < ($2, $3)
             and i.wall in (select wall from wall_members where staff = $1)",
            "i.last_at desc, i.id desc"
        );
        self.run(statement, &params![owner, state.code()])
    }

    fn by_department(&self, department: DepartmentId) -> Result<Vec<ListRow>, StoreError> {
        let own = rows_of!(
            "inquiries i",
            "0",
            "i.department = $5 and i.state = 0 and (i.last_at, i.id) < ($2, $3)
             and i.wall in (select wall from wall_members where staff = $1)",
            "i.last_at desc, i.id desc"
        );
        let shown = rows_of!(
            "shown x join inquiries i on i.id = x.inquiry",
            "1",
            "x.department = $5 and x.state = 0 and (x.last_at, x.inquiry) < ($2, $3)
             and i.wall in (select wall from wall_members where staff = $1)",
            "x.last_at desc, x.inquiry desc"
        );
        let mut rows = self.run(own, &params![department])?;
        rows.extend(self.run(shown, &params![department])?);
        Ok(rows)
    }

    /// An inquiry in which she has begun two things stands at the newer one.
    fn begun(&self) -> Result<Vec<ListRow>, StoreError> {
        let statement = sql!(list
            "select i.id, i.number, i.state, i.owner, s.name, d.id, d.name, d.wall, i.sender,
                    i.subject, substr(x.body, 1, 200), i.urgent, i.messages, x.at, i.newest_word,
                    coalesce(n.position, 0), i.has_files, i.trouble, 0
               from drafts x join inquiries i on i.id = x.inquiry
               join departments d on d.id = i.department
               left join staff s on s.id = i.owner
               left join seen n on n.inquiry = i.id and n.staff = $1
              where x.staff = $1 and x.message is null and (x.at, x.inquiry) < ($2, $3)
                and i.wall in (select wall from wall_members where staff = $1)
                and not exists (select 1 from drafts y where y.inquiry = x.inquiry and y.staff = $1
                    and y.message is null and (y.at, y.kind) > (x.at, x.kind))
              order by x.at desc, x.inquiry desc limit $4");
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
        let (last_at, id) = Cursor::bounds(self.after);
        let mut values = params![self.viewer.staff, last_at, id, self.limit].to_vec();
        values.extend_from_slice(more);
        self.read.all(statement, &values, list_row)
    }
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
        shown: row.get(18)?,
    })
}
