//! The index reads that folders are made of.

use std::collections::HashSet;

use torg_core::{DepartmentId, MessageId, StaffId, State, Viewer};

use super::rows::{Hit, ListRow, list_row};
use super::{Cursor, Sort};
use crate::staff::walls;
use crate::{Pending, Read, StoreError, Value, params, search, sql};

/// Reads of one page for one viewer.
pub(super) struct Reads<'a> {
    pub(super) read: &'a Read<'a>,
    pub(super) viewer: &'a Viewer,
    pub(super) sort: Sort,
    pub(super) after: Option<&'a Cursor>,
    pub(super) limit: i64,
}

/// A list's columns, whichever index leads to the row, in the order of `$sort`: by `$at` and `$id`,
/// which that index ends with. `$1` is always the viewer, `$2` and `$3` where the page begins, `$4`
/// its length. What is beside a row is looked up for the rows of the page alone: PostgreSQL, which
/// plans without knowing how much a folder holds, would else join first and sort then.
macro_rules! rows_of {
    ($sort:expr, $from:literal, $shown:literal, $where:literal, $at:literal, $id:literal) => {
        match $sort {
            Sort::Newest | Sort::Due | Sort::Best => {
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
                    coalesce(n.position, 0), i.has_files, i.trouble, i.language, p.shown, p.at,
                    i.tags, i.wake_at, i.lent_by, l.name,
                    i.due_at, i.due_kind, i.suspect, i.automatic, i.category
               from (select i.id as inquiry, ", $shown, " as shown, ", $at, " as at, ", $id, " as id
                       from ", $from, "
                      where ", $where, " and (", $at, ", ", $id, ") ", $beyond, " ($2, $3)
                      order by ", $at, $down, ", ", $id, $down, " limit $4) p
               join inquiries i on i.id = p.inquiry
               join departments d on d.id = i.department
               left join staff s on s.id = i.owner
               left join staff l on l.id = i.lent_by
               left join seen n on n.inquiry = i.id and n.staff = $1
              order by p.at", $down, ", p.id", $down
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
                    i.tags, i.wake_at, i.lent_by, l.name, i.due_at, i.due_kind, i.suspect,
                    i.automatic, i.category, m.id, m.direction, m.author, m.address, m.at, m.channel
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

impl<'a> Reads<'a> {
    pub(super) fn by_wall(&self, state: State) -> Result<Vec<ListRow>, StoreError> {
        let statement = rows_of!(
            or due,
            self.sort,
            "i.wall = $5 and i.state = $6 and i.merged_into is null"
        );
        self.each_wall(|wall| self.ask(statement, &[wall, Value::from(state.code())]))
    }

    pub(super) fn unowned(&self) -> Result<Vec<ListRow>, StoreError> {
        let statement =
            rows_of!(or due, self.sort, "i.wall = $5 and i.owner is null and i.state = 0");
        self.each_wall(|wall| self.ask(statement, &[wall]))
    }

    pub(super) fn by_owner(
        &self,
        owner: StaffId,
        state: State,
    ) -> Result<Vec<ListRow>, StoreError> {
        let statement = rows_of!(
            or due,
            self.sort,
            "i.owner = $5 and i.state = $6
             and i.wall in (select wall from wall_members where staff = $1)"
        );
        self.run(statement, &params![owner, state.code()])
    }

    pub(super) fn by_department(
        &self,
        department: DepartmentId,
    ) -> Result<Vec<ListRow>, StoreError> {
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
        let own = self.ask(own, &params![department]);
        // By deadline, what is due elsewhere comes after it.
        if self.sort == Sort::Due {
            return own.get();
        }
        let shown = self.ask(shown, &params![department]);
        Ok([own.get()?, shown.get()?].concat())
    }

    /// An inquiry in which she has begun two things stands at the newer one.
    pub(super) fn begun(&self) -> Result<Vec<ListRow>, StoreError> {
        let statement = sql!(list
            "select i.id, i.number, i.state, i.owner, s.name, d.id, d.name, d.wall, i.sender,
                    i.subject, substr(x.body, 1, 200), i.urgent, i.messages, x.at, i.newest_word,
                    coalesce(n.position, 0), i.has_files, i.trouble, i.language, 0, x.at,
                    i.tags, i.wake_at, i.lent_by, l.name, i.due_at, i.due_kind, i.suspect, i.automatic,
                    i.category
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
    pub(super) fn answered_by_viewer(&self) -> Result<Vec<ListRow>, StoreError> {
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

    /// By the messages that hold what is wanted; which of them are left out is said with them.
    pub(super) fn found(&self, wanted: search::Wanted<'_>) -> Result<Vec<ListRow>, StoreError> {
        let (from, _) = Cursor::bounds(self.after, self.sort);
        let limit = self.limit;
        let found = search::found(self.read, self.viewer, wanted, self.sort, (from, limit))?;
        self.of_hits(&found.messages, &found.left_out)
    }

    /// The rows of messages that were found, in no order.
    pub(super) fn of_hits(
        &self,
        messages: &[MessageId],
        left_out: &HashSet<MessageId>,
    ) -> Result<Vec<ListRow>, StoreError> {
        let ids = messages.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let statement = sql!(
            list lite hits!("in (select value from json_each('[' || $2 || ']'))"),
            pg hits!("= any (cast('{' || cast($2 as text) || '}' as bigint[]))")
        );
        self.read.all(statement, &params![self.viewer.staff, ids], |row| {
            let message = row.get(30)?;
            let hit = Hit {
                message,
                is_left_out: left_out.contains(&message),
                direction: crate::messages::direction_at(row, 31)?,
                author: row.get(32)?,
                address: row.get(33)?,
                at: row.get(34)?,
                channel: row.get(35)?,
            };
            Ok(ListRow { hit: Some(hit), ..list_row(row)? })
        })
    }

    pub(super) fn snoozed_in(&self, department: DepartmentId) -> Result<Vec<ListRow>, StoreError> {
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

    pub(super) fn followed(&self) -> Result<Vec<ListRow>, StoreError> {
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
        rows: impl Fn(Value) -> Pending<'a, Vec<ListRow>>,
    ) -> Result<Vec<ListRow>, StoreError> {
        let walls = walls(self.read, self.viewer.staff)?;
        let asked: Vec<_> = walls.into_iter().map(|wall| rows(Value::from(wall))).collect();
        let all: Result<Vec<_>, _> = asked.into_iter().map(Pending::get).collect();
        Ok(all?.concat())
    }

    fn run(
        &self,
        statement: &'static crate::Statement,
        more: &[Value],
    ) -> Result<Vec<ListRow>, StoreError> {
        self.ask(statement, more).get()
    }

    fn ask(
        &self,
        statement: &'static crate::Statement,
        more: &[Value],
    ) -> Pending<'a, Vec<ListRow>> {
        let (last_at, id) = Cursor::bounds(self.after, self.sort);
        let mut values = params![self.viewer.staff, last_at, id, self.limit].to_vec();
        values.extend_from_slice(more);
        self.read.ask(statement, &values, list_row)
    }
}
