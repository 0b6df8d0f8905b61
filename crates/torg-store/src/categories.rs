//! Categories: what kind of matter an inquiry is.

use torg_core::{CategoryId, DepartmentId, Id, InquiryId, Viewer, person};

use crate::{Pending, Read, Row, StoreError, Tx, params, sql};

/// A category of a department, or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    pub id: CategoryId,
    pub name: String,
    pub department: Option<DepartmentId>,
    /// Its place among the others; then they go by name.
    pub sort: i64,
    /// One that is used no more keeps its name.
    pub active: bool,
}

/// All of them, in their order.
pub fn all(read: &Read<'_>) -> Result<Vec<Category>, StoreError> {
    read.all(
        sql!(
            "select id, name, department, sort, active from categories
               order by department, sort, sort_key, id"
        ),
        &params![],
        category,
    )
}

/// Those a viewer may know of, also the ones used no more: everybody's, and those of departments
/// whose wall she is inside of.
pub fn of_viewer<'r>(read: &'r Read<'_>, viewer: &Viewer) -> Pending<'r, Vec<Category>> {
    read.ask(
        sql!(
            "select c.id, c.name, c.department, c.sort, c.active from categories c
                left join departments d on d.id = c.department
               where c.department = 0
                  or d.wall in (select wall from wall_members where staff = $1)
               order by c.department, c.sort, c.sort_key, c.id"
        ),
        &params![viewer.staff],
        category,
    )
}

pub fn one(read: &Read<'_>, id: CategoryId) -> Result<Option<Category>, StoreError> {
    read.one(
        sql!("select id, name, department, sort, active from categories where id = $1"),
        &params![id],
        category,
    )
}

/// Those that inquiries of a department may have, in their order.
pub fn for_department<'r>(
    read: &'r Read<'_>,
    department: DepartmentId,
) -> Pending<'r, Vec<Category>> {
    read.ask(
        sql!(
            "select id, name, department, sort, active from categories
               where active = 1 and department in (0, $1) order by sort, sort_key, id"
        ),
        &params![department],
        category,
    )
}

fn category(row: &Row<'_>) -> Result<Category, StoreError> {
    let department: i64 = row.get(2)?;
    Ok(Category {
        id: row.get(0)?,
        name: row.get(1)?,
        department: (department != 0).then(|| DepartmentId::from_i64(department)),
        sort: row.get(3)?,
        active: row.get(4)?,
    })
}

/// Another category with this name for the same inquiries.
pub fn of_name(read: &Read<'_>, category: &Category) -> Result<Option<CategoryId>, StoreError> {
    read.one(
        sql!("select id from categories where department = $1 and name = $2"),
        &params![category.department.map_or(0, Id::as_i64), category.name],
        |row| row.get(0),
    )
}

/// Keeps a category, new or changed.
pub fn save(tx: &mut Tx<'_>, category: &Category) -> Result<(), StoreError> {
    let (name, key) = (&category.name, person::sort_key(&category.name));
    let department = category.department.map_or(0, Id::as_i64);
    tx.execute(
        sql!(
            "insert into categories (id, name, sort_key, department, sort, active)
              values ($1, $2, $3, $4, $5, $6)
              on conflict (id) do update set name = excluded.name, sort_key = excluded.sort_key,
                department = excluded.department, sort = excluded.sort, active = excluded.active"
        ),
        &params![category.id, name, key, department, category.sort, category.active],
    )?;
    Ok(())
}

/// The category an inquiry has. For callers who hold its row.
pub fn of_inquiry(read: &Read<'_>, id: InquiryId) -> Result<Option<CategoryId>, StoreError> {
    let found =
        read.one(sql!("select category from inquiries where id = $1"), &params![id], |row| {
            row.get(0)
        })?;
    Ok(found.flatten())
}

/// Gives an inquiry a category, or none.
pub fn set(tx: &mut Tx<'_>, id: InquiryId, category: Option<CategoryId>) -> Result<(), StoreError> {
    tx.execute(sql!("update inquiries set category = $2 where id = $1"), &params![id, category])?;
    Ok(())
}
