//! Staff, what they are members of, and which walls they are inside of.

mod handed;
mod managed;

use torg_core::wall::open_wall;
use torg_core::{DepartmentId, InquiryId, Language, Role, StaffId, Viewer, WallId};

use crate::{Read, Row, StoreError, Tx, params, sql};

pub use handed::{forget_handed, handed, note_handed, take_handed};
pub use managed::{
    Managed, departments_of, is_anybody, locked_administrators, looks_into, managed, managed_one,
    members, owned, owned_or_snoozed, rename, set_inside, set_role,
};

/// A colleague as a page names her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffName {
    pub id: StaffId,
    pub name: String,
}

/// A new colleague. `password` is an argon2 hash, or `None` if she cannot sign in yet.
#[derive(Debug, Clone)]
pub struct NewStaff {
    pub id: StaffId,
    pub name: String,
    pub email: String,
    pub password: Option<String>,
    pub role: Role,
    pub language: Language,
    pub created: i64,
}

/// What a sign-in is checked against.
#[derive(Debug, Clone)]
pub struct Account {
    pub viewer: Viewer,
    pub password: Option<String>,
    pub active: bool,
}

/// One line of `torg user list`.
#[derive(Debug, Clone)]
pub struct StaffRow {
    pub id: StaffId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub active: bool,
}

/// Adds a colleague, inside the open wall and member of nothing.
///
/// # Errors
/// [`StoreError::Conflict`] `one_colleague_per_email`.
pub fn insert(tx: &mut Tx<'_>, new: &NewStaff) -> Result<(), StoreError> {
    tx.execute(
        sql!("insert into staff (id, name, sort_key, email, password, role, language, theme, active, created)
              values ($1, $2, $3, $4, $5, $6, $7, 'auto', 1, $8)"),
        &params![
            new.id, new.name, torg_core::person::sort_key(&new.name), new.email, new.password,
            new.role.word(), new.language.tag(), new.created
        ],
    )?;
    put_inside(tx, new.id, open_wall())
}

/// Makes a colleague a member of a department, and so puts her inside its wall.
pub fn join(tx: &mut Tx<'_>, staff: StaffId, department: DepartmentId) -> Result<(), StoreError> {
    tx.execute(
        sql!("insert into memberships (staff, department) values ($1, $2) on conflict do nothing"),
        &params![staff, department],
    )?;
    tx.execute(
        sql!(
            "insert into wall_members (staff, wall) select $1, wall from departments where id = $2
              on conflict do nothing"
        ),
        &params![staff, department],
    )?;
    Ok(())
}

/// Ends a membership; a restricted department's wall closes behind her at once.
pub fn leave(tx: &mut Tx<'_>, staff: StaffId, department: DepartmentId) -> Result<(), StoreError> {
    tx.execute(
        sql!("delete from memberships where staff = $1 and department = $2"),
        &params![staff, department],
    )?;
    tx.execute(
        sql!(
            "delete from wall_members where staff = $1 and wall <> $3
                 and wall in ($4, (select wall from departments where id = $2))"
        ),
        // Also the wall it had, and has again once it is restricted again: it has its id.
        &params![staff, department, open_wall(), department],
    )?;
    Ok(())
}

fn put_inside(tx: &mut Tx<'_>, staff: StaffId, wall: WallId) -> Result<(), StoreError> {
    tx.execute(
        sql!("insert into wall_members (staff, wall) values ($1, $2) on conflict do nothing"),
        &params![staff, wall],
    )?;
    Ok(())
}

/// The account of an e-mail address as `alike` gives it.
pub fn account(read: &Read<'_>, email: &str) -> Result<Option<Account>, StoreError> {
    read.one(
        sql!("select id, name, role, password, active from staff where email = $1"),
        &params![email],
        |row| {
            Ok(Account { viewer: viewer_at(row, 0)?, password: row.get(3)?, active: row.get(4)? })
        },
    )
}

/// Reads id, name and role from three columns that follow each other.
pub(crate) fn viewer_at(row: &Row<'_>, first: usize) -> Result<Viewer, StoreError> {
    let role: String = row.get(first + 2)?;
    let role = role.parse().map_err(|_| StoreError::Corrupt(format!("unknown role {role}")))?;
    Ok(Viewer { staff: row.get(first)?, name: row.get(first + 1)?, role })
}

/// The argon2 hash of a colleague's password.
pub fn password(read: &Read<'_>, staff: StaffId) -> Result<Option<String>, StoreError> {
    let found = read.one(
        sql!("select password from staff where id = $1 and active = 1"),
        &params![staff],
        |row| row.get(0),
    )?;
    Ok(found.flatten())
}

/// Locks a colleague; `false` unless she works here and her password is still the one of this hash.
/// Whoever changes that waits until the transaction ends.
pub fn is_locked_with(tx: &mut Tx<'_>, staff: StaffId, hash: &str) -> Result<bool, StoreError> {
    let found = tx.execute(
        sql!("update staff set active = active where id = $1 and active = 1 and password = $2"),
        &params![staff, hash],
    )?;
    Ok(found > 0)
}

/// Keeps the hash of a new password.
pub fn set_password(tx: &mut Tx<'_>, staff: StaffId, hash: &str) -> Result<(), StoreError> {
    tx.execute(sql!("update staff set password = $2 where id = $1"), &params![staff, hash])?;
    Ok(())
}

/// Lets a colleague in or keeps her out.
pub fn set_active(tx: &mut Tx<'_>, staff: StaffId, active: bool) -> Result<(), StoreError> {
    tx.execute(sql!("update staff set active = $2 where id = $1"), &params![staff, active])?;
    Ok(())
}

/// Keeps how she likes her pages. `theme` is `auto`, `light` or `dark`.
pub fn set_preferences(
    tx: &mut Tx<'_>,
    staff: StaffId,
    language: Language,
    theme: &str,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update staff set language = $2, theme = $3, own_language = 1 where id = $1"),
        &params![staff, language.tag(), theme],
    )?;
    Ok(())
}

/// Keeps a language for who has not set one herself.
pub fn suppose_language(
    tx: &mut Tx<'_>,
    staff: StaffId,
    language: Language,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update staff set language = $2 where id = $1 and own_language = 0"),
        &params![staff, language.tag()],
    )?;
    Ok(())
}

/// What stands under a colleague's own letters.
pub fn signature(read: &Read<'_>, staff: StaffId) -> Result<String, StoreError> {
    Ok(writing(read, staff)?.0)
}

/// Her signature, and for how many seconds her answers wait to be taken back.
pub fn writing(read: &Read<'_>, staff: StaffId) -> Result<(String, i64), StoreError> {
    let found = read.one(
        sql!("select signature, undo_seconds from staff where id = $1"),
        &params![staff],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(found.unwrap_or_default())
}

/// Keeps how she writes.
pub fn set_writing(
    tx: &mut Tx<'_>,
    staff: StaffId,
    signature: &str,
    undo_seconds: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update staff set signature = $2, undo_seconds = $3 where id = $1"),
        &params![staff, signature, undo_seconds],
    )?;
    Ok(())
}

/// The name of a colleague, also of one who has left.
pub fn name_of(read: &Read<'_>, staff: StaffId) -> Result<Option<String>, StoreError> {
    read.one(sql!("select name from staff where id = $1"), &params![staff], |row| row.get(0))
}

/// Everybody, by name.
pub fn all(read: &Read<'_>) -> Result<Vec<StaffRow>, StoreError> {
    read.all(
        sql!("select id, name, role, email, active from staff order by sort_key, id"),
        &params![],
        |row| {
            let Viewer { staff: id, name, role } = viewer_at(row, 0)?;
            Ok(StaffRow { id, name, role, email: row.get(3)?, active: row.get(4)? })
        },
    )
}

/// Who may be made the owner of an inquiry the viewer sees: everybody active inside its wall.
pub fn colleagues(
    read: &Read<'_>,
    viewer: &Viewer,
    inquiry: InquiryId,
) -> Result<Vec<StaffName>, StoreError> {
    read.all(
        sql!(
            "select s.id, s.name from inquiries i
                join wall_members w on w.wall = i.wall
                join staff s on s.id = w.staff
               where i.id = $1 and s.active = 1
                 and i.wall in (select wall from wall_members where staff = $2)
               order by s.sort_key, s.id"
        ),
        &params![inquiry, viewer.staff],
        |row| Ok(StaffName { id: row.get(0)?, name: row.get(1)? }),
    )
}

/// A colleague who works here, as one who looks: for what she began and goes on without her.
pub fn viewer(read: &Read<'_>, staff: StaffId) -> Result<Option<Viewer>, StoreError> {
    let text = sql!("select id, name, role from staff where id = $1 and active = 1");
    read.one(text, &params![staff], |row| viewer_at(row, 0))
}

/// The viewer and the colleagues of her departments, by name; without a department, everybody.
pub fn near(read: &Read<'_>, viewer: &Viewer) -> Result<Vec<StaffName>, StoreError> {
    read.all(
        sql!(
            "select s.id, s.name from staff s
               where s.active = 1 and (s.id = $1
                  or not exists (select 1 from memberships m where m.staff = $1)
                  or exists (select 1 from memberships a
                               join memberships b on b.department = a.department
                              where a.staff = $1 and b.staff = s.id))
               order by s.sort_key, s.id"
        ),
        &params![viewer.staff],
        |row| Ok(StaffName { id: row.get(0)?, name: row.get(1)? }),
    )
}

/// Whether a colleague is a member of a department.
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

/// Whether two colleagues are members of one department.
pub fn share_a_department(
    read: &Read<'_>,
    one: StaffId,
    other: StaffId,
) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select a.department from memberships a
                join memberships b on b.department = a.department
               where a.staff = $1 and b.staff = $2 limit 1"
        ),
        &params![one, other],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Whether `staff` works here and is inside `wall`.
pub fn may_see(read: &Read<'_>, staff: StaffId, wall: WallId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select s.id from staff s join wall_members w on w.staff = s.id
               where s.id = $1 and s.active = 1 and w.wall = $2"
        ),
        &params![staff, wall],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// The walls a colleague is inside of.
pub fn walls(read: &Read<'_>, staff: StaffId) -> Result<Vec<WallId>, StoreError> {
    read.all(
        sql!("select wall from wall_members where staff = $1 order by wall"),
        &params![staff],
        |row| row.get(0),
    )
}

/// The walls a colleague is outside of.
pub(crate) fn other_walls(read: &Read<'_>, staff: StaffId) -> Result<Vec<WallId>, StoreError> {
    read.all(
        sql!(
            "select id from walls
              where id not in (select wall from wall_members where staff = $1) order by id"
        ),
        &params![staff],
        |row| row.get(0),
    )
}
