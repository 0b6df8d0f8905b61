//! Saved views: a folder, narrowed and sorted, under a name. What lies in it is still read with the
//! walls of whoever looks, so a view may be shared with people who see less in it.

use torg_core::{DepartmentId, StaffId, ViewId, Viewer};

use crate::{Pending, Read, Row, StoreError, Tx, params, sql};

/// The most views one sidebar holds.
pub const MOST_VIEWS: i64 = 30;

/// A view as its list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub id: ViewId,
    pub name: String,
    /// The folder's part of an address.
    pub folder: String,
    /// The rest of it: how the folder is narrowed and sorted, as the page writes it.
    pub query: String,
    pub owner: StaffId,
    pub shared: Shared,
}

/// Who finds a view in her sidebar, beside its owner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shared {
    #[default]
    Nobody,
    Department(DepartmentId),
    Everybody,
}

impl Shared {
    fn columns(self) -> (Option<DepartmentId>, bool) {
        match self {
            Self::Nobody => (None, false),
            Self::Department(department) => (Some(department), false),
            Self::Everybody => (None, true),
        }
    }
}

/// Keeps a new view; `created` in microseconds UTC.
pub fn insert(tx: &mut Tx<'_>, view: &View, created: i64) -> Result<(), StoreError> {
    let (department, everybody) = view.shared.columns();
    tx.execute(
        sql!(
            "insert into views (id, name, folder, query, owner, department, everybody, gone, created)
              values ($1, $2, $3, $4, $5, $6, $7, 0, $8)"
        ),
        &params![
            view.id,
            view.name,
            view.folder,
            view.query,
            view.owner,
            department,
            everybody,
            created
        ],
    )?;
    Ok(())
}

/// Changes name, folder, query and sharing; whose it is stays.
pub fn change(tx: &mut Tx<'_>, view: &View) -> Result<(), StoreError> {
    let (department, everybody) = view.shared.columns();
    tx.execute(
        sql!(
            "update views set name = $2, folder = $3, query = $4, department = $5, everybody = $6
              where id = $1"
        ),
        &params![view.id, view.name, view.folder, view.query, department, everybody],
    )?;
    Ok(())
}

/// Takes a view out of the sidebars, or brings it back.
pub fn set_gone(tx: &mut Tx<'_>, id: ViewId, gone: bool) -> Result<(), StoreError> {
    tx.execute(sql!("update views set gone = $2 where id = $1"), &params![id, gone])?;
    Ok(())
}

/// One view, also one that was taken away, if it is the viewer's or shared with her.
pub fn one(read: &Read<'_>, viewer: &Viewer, id: ViewId) -> Result<Option<View>, StoreError> {
    read.one(
        sql!(
            "select id, name, folder, query, owner, department, everybody from views
              where id = $1 and (owner = $2 or everybody = 1
                or department in (select department from memberships where staff = $2))"
        ),
        &params![id, viewer.staff],
        view,
    )
}

/// The views in the viewer's sidebar: her own, then what is shared with her; at most
/// [`MOST_VIEWS`] of each kind.
pub fn of<'r>(read: &'r Read<'_>, viewer: &Viewer) -> Pending<'r, Vec<View>> {
    let hers = [
        sql!(list "select id, name, folder, query, owner, department, everybody from views
               where owner = $1 and gone = 0 order by id limit $2"),
        sql!(list "select id, name, folder, query, owner, department, everybody from views
               where department in (select department from memberships where staff = $1)
                 and gone = 0 and owner <> $1 order by id limit $2"),
        sql!(list "select id, name, folder, query, owner, department, everybody from views
               where gone = 0 and everybody = 1 and owner <> $1 order by id limit $2"),
    ];
    let [own, departments, everybodys] =
        hers.map(|text| read.ask(text, &params![viewer.staff, MOST_VIEWS], view));
    own.then(|own| Ok([own, departments.get()?, everybodys.get()?].concat()))
}

/// How many views of her own a colleague has.
pub fn owned(read: &Read<'_>, staff: StaffId) -> Result<i64, StoreError> {
    let found = read.one(
        sql!("select count(*) from (select 1 from views where owner = $1 and gone = 0 limit $2) x"),
        &params![staff, MOST_VIEWS],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(0))
}

fn view(row: &Row<'_>) -> Result<View, StoreError> {
    let (department, everybody): (Option<DepartmentId>, bool) = (row.get(5)?, row.get(6)?);
    let shared = match department {
        _ if everybody => Shared::Everybody,
        Some(department) => Shared::Department(department),
        None => Shared::Nobody,
    };
    Ok(View {
        id: row.get(0)?,
        name: row.get(1)?,
        folder: row.get(2)?,
        query: row.get(3)?,
        owner: row.get(4)?,
        shared,
    })
}

/// Whether a view can be shared with `department`: only with one's own.
pub fn is_member(
    read: &Read<'_>,
    staff: StaffId,
    department: DepartmentId,
) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select staff from memberships where staff = $1 and department = $2"),
        &params![staff, department],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}
