//! Departments, and the addresses the municipality receives at.

mod left;
mod managed;

use torg_core::wall::open_wall;
use torg_core::{Department, DepartmentId, EmailAddress, Id, MailboxId, Viewer, WallId};

use crate::{Read, Row, StoreError, Tx, arrivals, params, sql};

pub use left::{forget_left, left, note_left, put_back};
pub(crate) use managed::ask_tree;
pub use managed::{
    Branch, MOST_LEVELS, count_for, inquiries_behind_another_wall, inquiries_of, move_mailbox,
    remove, remove_mailbox, rename, set_parent, set_restricted, set_signature, signatures, tree,
};

/// A department as a page names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentName {
    pub id: DepartmentId,
    pub name: String,
    pub restricted: bool,
}

/// A new department. A restricted one gets a wall with the same id.
#[derive(Debug, Clone)]
pub struct NewDepartment {
    pub id: DepartmentId,
    pub name: String,
    pub restricted: bool,
    /// What stands under its answers.
    pub signature: String,
}

/// An address the municipality receives at, and where its mail goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    pub id: MailboxId,
    pub address: String,
    pub department: DepartmentId,
    pub wall: WallId,
}

/// Adds a department.
///
/// # Errors
/// [`StoreError::Conflict`] `one_department_per_name`.
pub fn insert(tx: &mut Tx<'_>, new: &NewDepartment) -> Result<(), StoreError> {
    let wall = if new.restricted { WallId::from_i64(new.id.as_i64()) } else { open_wall() };
    if new.restricted {
        tx.execute(sql!("insert into walls (id, kind) values ($1, 'department')"), &params![wall])?;
    }
    tx.execute(
        sql!("insert into departments (id, name, sort_key, wall, signature) values ($1, $2, $3, $4, $5)"),
        &params![new.id, new.name, torg_core::person::sort_key(&new.name), wall, new.signature],
    )?;
    Ok(())
}

/// Adds a receiving address.
///
/// # Errors
/// [`StoreError::Conflict`] `one_mailbox_per_address`.
pub fn insert_mailbox(
    tx: &mut Tx<'_>,
    id: MailboxId,
    address: &str,
    department: DepartmentId,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("insert into mailboxes (id, address, department) values ($1, $2, $3)"),
        &params![id, address, department],
    )?;
    arrivals::wall_in_again(tx)
}

/// All departments by name. Names are no secret: anybody may refer to any department.
pub fn all(read: &Read<'_>) -> Result<Vec<DepartmentName>, StoreError> {
    read.all(
        sql!("select id, name, wall from departments where removed = 0 order by sort_key, id"),
        &params![],
        |row| name_at(row, 0),
    )
}

/// The departments whose inquiries the viewer may know of.
pub fn seen(read: &Read<'_>, viewer: &Viewer) -> Result<Vec<DepartmentName>, StoreError> {
    read.all(
        sql!(
            "select id, name, wall from departments
               where removed = 0 and wall in (select wall from wall_members where staff = $1)
               order by sort_key, id"
        ),
        &params![viewer.staff],
        |row| name_at(row, 0),
    )
}

/// Reads id, name and wall from three columns that follow each other.
pub(crate) fn name_at(row: &Row<'_>, first: usize) -> Result<DepartmentName, StoreError> {
    let restricted = row.get::<WallId>(first + 2)? != open_wall();
    Ok(DepartmentName { id: row.get(first)?, name: row.get(first + 1)?, restricted })
}

/// One department, for the rules; one that was removed is not there for them.
pub fn one(read: &Read<'_>, id: DepartmentId) -> Result<Option<Department>, StoreError> {
    read.one(
        sql!("select id, name, wall from departments where id = $1 and removed = 0"),
        &params![id],
        department,
    )
}

/// As [`one`], its row locked: until the transaction ends it keeps its wall and stays.
pub fn locked(tx: &mut Tx<'_>, id: DepartmentId) -> Result<Option<Department>, StoreError> {
    tx.returning(
        sql!(
            "update departments set removed = 0 where id = $1 and removed = 0
              returning id, name, wall"
        ),
        &params![id],
        department,
    )
}

/// The department of exactly this name.
pub fn by_name(read: &Read<'_>, name: &str) -> Result<Option<Department>, StoreError> {
    read.one(
        sql!("select id, name, wall from departments where name = $1 and removed = 0"),
        &params![name],
        department,
    )
}

pub(crate) fn department(row: &Row<'_>) -> Result<Department, StoreError> {
    Ok(Department { id: row.get(0)?, name: row.get(1)?, wall: row.get(2)? })
}

/// The name of a department, also of one that was removed.
pub fn name_of(read: &Read<'_>, id: DepartmentId) -> Result<Option<String>, StoreError> {
    read.one(sql!("select name from departments where id = $1"), &params![id], |row| row.get(0))
}

/// The wall a department is behind, also of one that was removed.
pub fn wall_of(read: &Read<'_>, id: DepartmentId) -> Result<Option<WallId>, StoreError> {
    read.one(sql!("select wall from departments where id = $1"), &params![id], |row| row.get(0))
}

/// What stands under the department's answers in a language (its tag): that language's own
/// signature, or the one for all.
pub fn signature(read: &Read<'_>, id: DepartmentId, language: &str) -> Result<String, StoreError> {
    let found = read.one(
        sql!(
            "select coalesce(s.text, d.signature) from departments d
                left join signatures s on s.department = d.id and s.language = $2
               where d.id = $1"
        ),
        &params![id, language],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or_default())
}

/// The mailbox of an address, which is that of an [`EmailAddress`] and without a plus tag.
pub fn mailbox(read: &Read<'_>, address: &str) -> Result<Option<Mailbox>, StoreError> {
    read.one(
        sql!(
            "select m.id, m.address, m.department, d.wall
                from mailboxes m join departments d on d.id = m.department where m.address = $1"
        ),
        &params![address],
        mailbox_row,
    )
}

/// The mailbox that mail for `recipient` goes to: spelled in any case, with or without a plus tag.
/// The postmaster's mail goes to the general address (RFC 5321, 4.5.1).
pub fn of_recipient(read: &Read<'_>, recipient: &str) -> Result<Option<Mailbox>, StoreError> {
    if recipient.eq_ignore_ascii_case("postmaster") {
        return Ok(mailboxes(read)?.into_iter().next());
    }
    let Ok(address) = EmailAddress::parse(recipient) else {
        return Ok(None);
    };
    match mailbox(read, address.as_str())? {
        Some(mailbox) => Ok(Some(mailbox)),
        None => mailbox(read, address.split_tag().0.as_str()),
    }
}

/// As it is now, its department held: until the transaction ends it keeps its wall.
pub fn held(tx: &Tx<'_>, mailbox: MailboxId) -> Result<Option<Mailbox>, StoreError> {
    tx.one(
        sql!(
            lite "select m.id, m.address, m.department, d.wall
                    from mailboxes m join departments d on d.id = m.department where m.id = $1",
            pg "select m.id, m.address, m.department, d.wall
                  from mailboxes m join departments d on d.id = m.department where m.id = $1
                   for share of d"
        ),
        &params![mailbox],
        mailbox_row,
    )
}

/// The address a department answers from: its own oldest one.
pub fn answers_from(read: &Read<'_>, id: DepartmentId) -> Result<Option<Mailbox>, StoreError> {
    read.one(
        sql!(
            "select m.id, m.address, m.department, d.wall
                from mailboxes m join departments d on d.id = m.department
               where m.department = $1 order by m.id limit 1"
        ),
        &params![id],
        mailbox_row,
    )
}

/// Every receiving address, oldest first: the first is the municipality's general one.
pub fn mailboxes(read: &Read<'_>) -> Result<Vec<Mailbox>, StoreError> {
    read.all(
        sql!(
            "select m.id, m.address, m.department, d.wall
                from mailboxes m join departments d on d.id = m.department order by m.id"
        ),
        &params![],
        mailbox_row,
    )
}

fn mailbox_row(row: &Row<'_>) -> Result<Mailbox, StoreError> {
    Ok(Mailbox {
        id: row.get(0)?,
        address: row.get(1)?,
        department: row.get(2)?,
        wall: row.get(3)?,
    })
}
