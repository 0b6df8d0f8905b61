//! How much waits in each folder: counted by limited index reads, exact to 999. Many stand in one
//! statement, and all are asked for before the first is waited for.

use torg_core::{CategoryId, DepartmentId, StaffId, State, TagId, Viewer};

use super::LookCount;
use crate::absences::{self, Absence};
use crate::categories::{self, Category};
use crate::density::{self, Density};
use crate::departments::{Branch, DepartmentName, name_at};
use crate::tags::{self, Tag};
use crate::views::View;
use crate::{Pending, Read, Statement, StoreError, Value, params, sql};

/// What a count says when there are more than 999.
pub const MANY: i64 = 1000;

/// A column that counts what stands in `$from`, to [`MANY`].
macro_rules! counted {
    ($from:literal) => {
        concat!("(select count(*) from (select 1 from ", $from, " limit 1000) x)")
    };
}
pub(crate) use counted;

/// Counts beside the folders. Nothing behind a wall the viewer is outside of is counted.
#[derive(Debug, Clone, Default)]
pub struct FolderCounts {
    pub all: i64,
    pub unowned: i64,
    pub mine: i64,
    pub waiting: i64,
    pub snoozed: i64,
    pub followed: i64,
    /// What was the viewer's before she went away, and is open with others now.
    pub lent: i64,
    pub quarantine: i64,
    pub spam: i64,
    pub drafts: i64,
    pub departments: Vec<DepartmentCount>,
    /// Colleagues of the viewer's departments for whom something waits.
    pub colleagues: Vec<ColleagueCount>,
    /// Saved views; counted by whoever knows how they are shown.
    pub views: Vec<ViewCount>,
    /// How dense she likes the list beside.
    pub density: Density,
    /// The tags she may know of, by name.
    pub tags: Vec<Tag>,
    /// The categories she may know of, in their order; also those used no more.
    pub categories: Vec<Category>,
}

impl FolderCounts {
    /// The name of a department the viewer may know of.
    pub fn department_name(&self, id: DepartmentId) -> Option<String> {
        let found = self.departments.iter().find(|department| department.id == id);
        found.map(|department| department.name.clone())
    }

    /// The name of a tag the viewer may know of.
    pub fn tag_name(&self, id: TagId) -> Option<String> {
        self.tags.iter().find(|tag| tag.id == id).map(|tag| tag.name.clone())
    }

    /// The name of a category the viewer may know of.
    pub fn category_name(&self, id: CategoryId) -> Option<String> {
        let found = self.categories.iter().find(|category| category.id == id);
        found.map(|category| category.name.clone())
    }
}

/// A saved view, and how much lies in it.
#[derive(Debug, Clone)]
pub struct ViewCount {
    pub view: View,
    pub count: LookCount,
}

#[derive(Debug, Clone)]
pub struct DepartmentCount {
    pub id: DepartmentId,
    pub name: String,
    pub restricted: bool,
    /// The viewer is a member.
    pub member: bool,
    /// How deep it lies in other departments; 0 for those at the top.
    pub level: usize,
    pub open: i64,
}

#[derive(Debug, Clone)]
pub struct ColleagueCount {
    pub id: StaffId,
    pub name: String,
    pub open: i64,
    /// When one of her browsers was last in use; microseconds UTC, exact to a few minutes.
    pub last_seen: Option<i64>,
    /// Her absences that have not ended, the last to end first.
    pub absences: Vec<Absence>,
}

/// Counts what the viewer may know of at `now`, microseconds UTC. A restricted department she is outside of is not named.
pub fn counts(read: &Read<'_>, viewer: &Viewer, now: i64) -> Result<FolderCounts, StoreError> {
    let of_walls = of_walls(read, viewer);
    let [mine, waiting, snoozed] = [State::Open, State::Answered, State::Snoozed]
        .map(|state| owned(read, viewer, viewer.staff, state));
    let (followed, lent) = (followed(read, viewer), lent(read, viewer));
    let (quarantine, drafts) =
        (crate::arrivals::count(read, viewer), crate::drafts::count(read, viewer));
    let departments = departments(read, viewer);
    let colleagues = colleagues(read, viewer, now);
    let (tags, categories) = (tags::of_viewer(read, viewer), categories::of_viewer(read, viewer));
    let density = density::of(read, viewer.staff);
    let (spam, all, unowned) = of_walls.get()?;
    Ok(FolderCounts {
        all,
        unowned,
        spam,
        mine: mine.get()?,
        waiting: waiting.get()?,
        snoozed: snoozed.get()?,
        followed: followed.get()?,
        lent: lent.get()?,
        quarantine: quarantine.get()?,
        drafts: drafts.get()?,
        departments: departments.get()?,
        colleagues: colleagues.get()?,
        views: Vec::new(),
        density: density.get()?,
        tags: tags.get()?,
        categories: categories.get()?,
    })
}

/// What stands behind the viewer's walls: spam, what is open, and what of that belongs to nobody.
fn of_walls<'r>(read: &'r Read<'_>, viewer: &Viewer) -> Pending<'r, (i64, i64, i64)> {
    let found = read.ask_one(
        sql!(list concat!(
            "select cast(sum(", counted!("inquiries where wall = w.wall and state = 4"), ") as bigint),
                    cast(sum(", counted!("inquiries where wall = w.wall and state = 0"), ") as bigint),
                    cast(sum(", counted!("inquiries where wall = w.wall and owner is null and state = 0"),
                    ") as bigint)
               from wall_members w where w.staff = $1"
        )),
        &params![viewer.staff],
        |row| {
            let sum = |place| Ok(row.get::<Option<i64>>(place)?.unwrap_or(0).min(MANY));
            Ok((sum(0)?, sum(1)?, sum(2)?))
        },
    );
    found.then(|sums| Ok(sums.unwrap_or_default()))
}

/// A count, which is one row.
fn count<'r>(read: &'r Read<'_>, text: &'static Statement, params: &[Value]) -> Pending<'r, i64> {
    let found = read.ask_one(text, params, |row| row.get::<i64>(0));
    found.then(|count| Ok(count.unwrap_or(0)))
}

fn owned<'r>(
    read: &'r Read<'_>,
    viewer: &Viewer,
    owner: StaffId,
    state: State,
) -> Pending<'r, i64> {
    let text = sql!(list "select count(*) from (select 1 from inquiries where owner = $1 and state = $2
                and wall in (select wall from wall_members where staff = $3) limit 1000) x");
    count(read, text, &params![owner, state.code(), viewer.staff])
}

fn departments<'r>(read: &'r Read<'_>, viewer: &Viewer) -> Pending<'r, Vec<DepartmentCount>> {
    let tree = crate::departments::ask_tree(read);
    let counted = read.ask(
        sql!(concat!(
            "select d.id, d.name, d.wall, m.staff, ",
            counted!(
                "inquiries where department = d.id and state = 0
                    and wall in (select wall from wall_members where staff = $1)"
            ),
            ", ",
            counted!(
                "shown s join inquiries i on i.id = s.inquiry
                  where s.department = d.id and s.state = 0
                    and i.wall in (select wall from wall_members where staff = $1)"
            ),
            " from departments d
               left join memberships m on m.department = d.id and m.staff = $1
              where d.removed = 0 and d.wall in (select wall from wall_members where staff = $1)
              order by d.sort_key, d.id"
        )),
        &params![viewer.staff],
        |row| {
            let DepartmentName { id, name, restricted } = name_at(row, 0)?;
            let member = row.get::<Option<StaffId>>(3)?.is_some();
            let open = (row.get::<i64>(4)? + row.get::<i64>(5)?).min(MANY);
            Ok(DepartmentCount { id, name, restricted, member, level: 0, open })
        },
    );
    counted.then(|counted| Ok(in_tree_order(tree.get()?, counted)))
}

/// Each below the department it lies in, with how deep it lies.
fn in_tree_order(tree: Vec<Branch>, mut counted: Vec<DepartmentCount>) -> Vec<DepartmentCount> {
    let mut sorted = Vec::with_capacity(counted.len());
    for branch in tree {
        if let Some(place) = counted.iter().position(|one| one.id == branch.id) {
            let one = counted.swap_remove(place);
            sorted.push(DepartmentCount { level: branch.level, ..one });
        }
    }
    sorted
}

fn colleagues<'r>(
    read: &'r Read<'_>,
    viewer: &Viewer,
    now: i64,
) -> Pending<'r, Vec<ColleagueCount>> {
    let absences = absences::not_ended(read, now);
    let counted = read.ask(
        sql!(concat!(
            "select c.id, c.name, c.last_seen, ",
            counted!(
                "inquiries where owner = c.id and state = 0
                    and wall in (select wall from wall_members where staff = $1)"
            ),
            " from (select distinct s.id, s.name, s.sort_key, x.last_seen from memberships mine
                      join memberships theirs on theirs.department = mine.department
                      join staff s on s.id = theirs.staff
                      left join (select staff, max(last_seen) as last_seen
                                   from sessions group by staff) x on x.staff = s.id
                     where mine.staff = $1 and s.id <> $1 and s.active = 1) c
              order by c.sort_key, c.id"
        )),
        &params![viewer.staff],
        |row| {
            let (id, name, last_seen, open) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(ColleagueCount { id, name, open, last_seen, absences: Vec::new() })
        },
    );
    counted.then(|mut colleagues| {
        let absences = absences.get()?;
        for one in &mut colleagues {
            one.absences = absences.iter().filter(|of| of.staff.id == one.id).cloned().collect();
        }
        Ok(colleagues)
    })
}

fn followed<'r>(read: &'r Read<'_>, viewer: &Viewer) -> Pending<'r, i64> {
    let text = sql!(list "select count(*) from (select 1 from follows f join inquiries i on i.id = f.inquiry
                where f.staff = $1 and i.merged_into is null
                  and i.wall in (select wall from wall_members where staff = $1) limit 1000) x");
    count(read, text, &params![viewer.staff])
}

fn lent<'r>(read: &'r Read<'_>, viewer: &Viewer) -> Pending<'r, i64> {
    let text = sql!(list "select count(*) from (select 1 from inquiries where lent_by = $1 and state <> 2
                and wall in (select wall from wall_members where staff = $1) limit 1000) x");
    count(read, text, &params![viewer.staff])
}
