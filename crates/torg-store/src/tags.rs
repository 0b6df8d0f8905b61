//! Tags: short words that colleagues put on inquiries, of a department or of all.

use torg_core::{DepartmentId, Id, InquiryId, TagId, Viewer};

use crate::{Pending, Read, Row, StoreError, Tx, params, sql};

/// The colours a tag may have, by name; the pages know what they look like.
pub const COLOURS: [&str; 6] = ["grey", "blue", "green", "yellow", "red", "violet"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    /// One of [`COLOURS`].
    pub colour: String,
    /// Whose it is; `None` for everybody's.
    pub department: Option<DepartmentId>,
    pub active: bool,
}

fn tag(row: &Row<'_>) -> Result<Tag, StoreError> {
    let department: i64 = row.get(3)?;
    Ok(Tag {
        id: row.get(0)?,
        name: row.get(1)?,
        colour: row.get(2)?,
        department: (department != 0).then(|| DepartmentId::from_i64(department)),
        active: row.get(4)?,
    })
}

/// The key that makes two spellings one tag.
fn key(name: &str) -> String {
    name.to_lowercase()
}

/// Adds a tag, or changes one that is there.
///
/// # Errors
/// [`StoreError::Conflict`] `one_tag_per_name`.
pub fn put(tx: &mut Tx<'_>, tag: &Tag) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into tags (id, name, key, colour, department, active)
              values ($1, $2, $3, $4, $5, $6)
              on conflict (id) do update set name = excluded.name, key = excluded.key,
                colour = excluded.colour, department = excluded.department,
                active = excluded.active"
        ),
        &params![
            tag.id,
            tag.name,
            key(&tag.name),
            tag.colour,
            tag.department.map_or(0, Id::as_i64),
            tag.active
        ],
    )?;
    Ok(())
}

/// Every tag there is or was that a viewer may know of, by name. For naming those of an inquiry
/// she sees: a restricted department's words do not go along with a letter it refers.
pub(crate) fn ever(read: &Read<'_>, viewer: &Viewer) -> Result<Vec<Tag>, StoreError> {
    read.all(
        sql!(
            "select t.id, t.name, t.colour, t.department, t.active from tags t
                left join departments d on d.id = t.department
               where t.department = 0
                  or d.wall in (select wall from wall_members where staff = $1)
               order by t.key, t.id"
        ),
        &params![viewer.staff],
        tag,
    )
}

pub fn one(read: &Read<'_>, id: TagId) -> Result<Option<Tag>, StoreError> {
    let text = sql!("select id, name, colour, department, active from tags where id = $1");
    read.one(text, &params![id], tag)
}

/// The tags in use that a viewer may know of: everybody's, and those of departments whose wall she
/// is inside of. By name.
pub fn of_viewer<'r>(read: &'r Read<'_>, viewer: &Viewer) -> Pending<'r, Vec<Tag>> {
    read.ask(
        sql!(
            "select t.id, t.name, t.colour, t.department, t.active from tags t
                left join departments d on d.id = t.department
               where t.active = 1 and (t.department = 0
                  or d.wall in (select wall from wall_members where staff = $1))
               order by t.key, t.id"
        ),
        &params![viewer.staff],
        tag,
    )
}

/// The tag of this name among everybody's and a department's, the department's own first.
pub fn by_name(
    read: &Read<'_>,
    name: &str,
    department: Option<DepartmentId>,
) -> Result<Option<Tag>, StoreError> {
    read.one(
        sql!(
            "select id, name, colour, department, active from tags
               where key = $1 and (department = 0 or department = $2) and active = 1
               order by department desc limit 1"
        ),
        &params![key(name), department.map_or(0, Id::as_i64)],
        tag,
    )
}

/// The one of exactly this department (or everybody's), also if it is used no more.
pub fn exactly(
    read: &Read<'_>,
    name: &str,
    department: Option<DepartmentId>,
) -> Result<Option<Tag>, StoreError> {
    read.one(
        sql!(
            "select id, name, colour, department, active from tags
               where key = $1 and department = $2"
        ),
        &params![key(name), department.map_or(0, Id::as_i64)],
        tag,
    )
}

/// Puts a tag on an inquiry or takes it off, and keeps the short form its list shows; `false` if
/// nothing changed.
pub fn set(tx: &mut Tx<'_>, inquiry: InquiryId, tag: TagId, on: bool) -> Result<bool, StoreError> {
    let changed = if on {
        tx.execute(
            sql!("insert into inquiry_tags (tag, inquiry) values ($1, $2) on conflict do nothing"),
            &params![tag, inquiry],
        )?
    } else {
        tx.execute(
            sql!("delete from inquiry_tags where tag = $1 and inquiry = $2"),
            &params![tag, inquiry],
        )?
    };
    let ids = of_inquiry(tx, inquiry)?;
    let short: String = ids.iter().map(|id| format!("{id},")).collect();
    tx.execute(sql!("update inquiries set tags = $2 where id = $1"), &params![inquiry, short])?;
    Ok(changed > 0)
}

/// The ids of an inquiry's tags, by name.
pub fn of_inquiry(read: &Read<'_>, inquiry: InquiryId) -> Result<Vec<TagId>, StoreError> {
    read.all(
        sql!(
            "select t.id from inquiry_tags x join tags t on t.id = x.tag
               where x.inquiry = $1 order by t.key, t.id"
        ),
        &params![inquiry],
        |row| row.get(0),
    )
}

/// The tags of the short form, in its order.
pub(crate) fn named(all: &[Tag], short: &str) -> Vec<Tag> {
    let ids = short.split(',').filter_map(|id| id.parse::<TagId>().ok());
    ids.filter_map(|id| all.iter().find(|tag| tag.id == id)).cloned().collect()
}
