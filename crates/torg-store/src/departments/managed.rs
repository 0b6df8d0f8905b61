//! Departments as administrators change them.

use std::collections::{HashMap, HashSet};

use torg_core::wall::open_wall;
use torg_core::{DepartmentId, Id, InquiryId, MailboxId, StaffId, WallId};

use super::name_at;
use crate::{Pending, Read, StoreError, Tx, arrivals, params, sql};

/// Departments lie in each other at most this deep.
pub const MOST_LEVELS: usize = 4;

/// A department in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    pub id: DepartmentId,
    pub name: String,
    pub restricted: bool,
    pub parent: Option<DepartmentId>,
    /// 0 at the top.
    pub level: usize,
}

/// All departments, each below the one it lies in, by name.
pub fn tree(read: &Read<'_>) -> Result<Vec<Branch>, StoreError> {
    ask_tree(read).get()
}

/// As [`tree`], but waited for later.
pub(crate) fn ask_tree<'r>(read: &'r Read<'_>) -> Pending<'r, Vec<Branch>> {
    let all = read.ask(
        sql!(
            "select id, name, wall, parent from departments where removed = 0 order by sort_key, id"
        ),
        &params![],
        |row| {
            let named = name_at(row, 0)?;
            Ok(Branch {
                id: named.id,
                name: named.name,
                restricted: named.restricted,
                parent: row.get(3)?,
                level: 0,
            })
        },
    );
    all.then(|all| Ok(in_order(all)))
}

/// What lies in something that is not there, or in itself, stands at the top.
fn in_order(all: Vec<Branch>) -> Vec<Branch> {
    let known: HashSet<DepartmentId> = all.iter().map(|one| one.id).collect();
    let mut below: HashMap<Option<DepartmentId>, Vec<Branch>> = HashMap::new();
    let mut ids: Vec<DepartmentId> = Vec::new();
    for one in all {
        ids.push(one.id);
        let parent = one.parent.filter(|parent| known.contains(parent) && *parent != one.id);
        below.entry(parent).or_default().push(one);
    }
    let mut sorted = Vec::with_capacity(ids.len());
    descend(&mut below, None, 0, &mut sorted);
    while let Some(parent) = below.keys().copied().next() {
        descend(&mut below, parent, 0, &mut sorted);
    }
    sorted
}

fn descend(
    below: &mut HashMap<Option<DepartmentId>, Vec<Branch>>,
    parent: Option<DepartmentId>,
    level: usize,
    sorted: &mut Vec<Branch>,
) {
    for branch in below.remove(&parent).unwrap_or_default() {
        let id = branch.id;
        sorted.push(Branch { level, ..branch });
        descend(below, Some(id), level + 1, sorted);
    }
}

/// Gives a department another name.
///
/// # Errors
/// [`StoreError::Conflict`] `one_department_per_name`.
pub fn rename(tx: &mut Tx<'_>, id: DepartmentId, name: &str) -> Result<(), StoreError> {
    tx.execute(
        sql!("update departments set name = $2, sort_key = $3 where id = $1"),
        &params![id, name, torg_core::person::sort_key(name)],
    )?;
    Ok(())
}

/// Puts a department into another one, or at the top.
pub fn set_parent(
    tx: &mut Tx<'_>,
    id: DepartmentId,
    parent: Option<DepartmentId>,
) -> Result<(), StoreError> {
    tx.execute(sql!("update departments set parent = $2 where id = $1"), &params![id, parent])?;
    Ok(())
}

/// Puts a department behind a wall of its own, with its members inside, or opens it. What is in it
/// stays where it is until it is moved.
pub fn set_restricted(
    tx: &mut Tx<'_>,
    id: DepartmentId,
    restricted: bool,
) -> Result<WallId, StoreError> {
    let wall = if restricted { WallId::from_i64(id.as_i64()) } else { open_wall() };
    if restricted {
        tx.execute(
            sql!("insert into walls (id, kind) values ($1, 'department') on conflict do nothing"),
            &params![wall],
        )?;
        // Whoever was inside before it was opened may have left meanwhile.
        tx.execute(sql!("delete from wall_members where wall = $1"), &params![wall])?;
        tx.execute(
            sql!(
                "insert into wall_members (staff, wall)
                  select staff, $2 from memberships where department = $1 on conflict do nothing"
            ),
            &params![id, wall],
        )?;
    }
    tx.execute(sql!("update departments set wall = $2 where id = $1"), &params![id, wall])?;
    arrivals::wall_in_again(tx)?;
    Ok(wall)
}

/// Removes a department: its name stays in histories, what lay in it lies where it lay, its members
/// are members no more and its addresses go to `heir`. What it had is noted, for [`super::put_back`].
pub fn remove(tx: &mut Tx<'_>, id: DepartmentId, heir: DepartmentId) -> Result<(), StoreError> {
    super::left::note_all(tx, id, heir)?;
    let parent: Option<Option<DepartmentId>> =
        tx.one(sql!("select parent from departments where id = $1"), &params![id], |row| {
            row.get(0)
        })?;
    tx.execute(
        sql!("update departments set parent = $2 where parent = $1"),
        &params![id, parent.flatten()],
    )?;
    tx.execute(
        sql!("update mailboxes set department = $2 where department = $1"),
        &params![id, heir],
    )?;
    tx.execute(sql!("delete from memberships where department = $1"), &params![id])?;
    tx.execute(sql!("update departments set removed = 1 where id = $1"), &params![id])?;
    arrivals::wall_in_again(tx)
}

/// The ids of what is in a department, at most `limit`, for a job that moves it.
pub fn inquiries_of(
    read: &Read<'_>,
    id: DepartmentId,
    limit: i64,
) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!("select id from inquiries where department = $1 limit $2"),
        &params![id, limit],
        |row| row.get(0),
    )
}

/// How much of what is in a department a colleague sees: nothing of what is behind a wall she stands
/// outside of.
pub fn count_for(read: &Read<'_>, staff: StaffId, id: DepartmentId) -> Result<i64, StoreError> {
    let count = read.one(
        sql!(
            "select count(*) from inquiries
               where department = $1 and wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, staff],
        |row| row.get(0),
    )?;
    Ok(count.unwrap_or_default())
}

/// The ids of what is in a department and stands behind another wall than the department's, at most
/// `limit`.
pub fn inquiries_behind_another_wall(
    read: &Read<'_>,
    id: DepartmentId,
    limit: i64,
) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!(
            "select i.id from inquiries i join departments d on d.id = i.department
               where i.department = $1 and i.wall <> d.wall and d.removed = 0 limit $2"
        ),
        &params![id, limit],
        |row| row.get(0),
    )
}

/// Sends the mail of an address to another department.
pub fn move_mailbox(
    tx: &mut Tx<'_>,
    id: MailboxId,
    department: DepartmentId,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update mailboxes set department = $2 where id = $1"),
        &params![id, department],
    )?;
    arrivals::wall_in_again(tx)
}

/// No longer receives at an address.
pub fn remove_mailbox(tx: &mut Tx<'_>, id: MailboxId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from mailboxes where id = $1"), &params![id])?;
    arrivals::wall_in_again(tx)
}

/// A department's signatures: (language tag, text), "" for the one for all languages.
pub fn signatures(read: &Read<'_>, id: DepartmentId) -> Result<Vec<(String, String)>, StoreError> {
    let common =
        read.one(sql!("select signature from departments where id = $1"), &params![id], |row| {
            row.get::<String>(0)
        })?;
    let mut all = vec![(String::new(), common.unwrap_or_default())];
    all.extend(read.all(
        sql!("select language, text from signatures where department = $1 order by language"),
        &params![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?);
    Ok(all)
}

/// Sets what stands under a department's answers: in one language, or ("") in all that have none.
/// An empty text of a language takes it away.
pub fn set_signature(
    tx: &mut Tx<'_>,
    id: DepartmentId,
    language: &str,
    text: &str,
) -> Result<(), StoreError> {
    if language.is_empty() {
        tx.execute(
            sql!("update departments set signature = $2 where id = $1"),
            &params![id, text],
        )?;
        return Ok(());
    }
    tx.execute(
        sql!("delete from signatures where department = $1 and language = $2"),
        &params![id, language],
    )?;
    if !text.is_empty() {
        tx.execute(
            sql!("insert into signatures (department, language, text) values ($1, $2, $3)"),
            &params![id, language, text],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branch(id: i64, parent: Option<i64>) -> Branch {
        Branch {
            id: DepartmentId::from_i64(id),
            name: id.to_string(),
            restricted: false,
            parent: parent.map(DepartmentId::from_i64),
            level: 0,
        }
    }

    #[test]
    fn every_department_stands_below_its_own_and_none_is_lost_in_a_ring() {
        let all = vec![
            branch(1, Some(2)),
            branch(2, None),
            branch(3, Some(1)),
            branch(4, Some(9)),
            branch(5, Some(6)),
            branch(6, Some(5)),
        ];
        let sorted = in_order(all);
        let told: Vec<(i64, usize)> =
            sorted.iter().take(4).map(|one| (one.id.as_i64(), one.level)).collect();
        assert_eq!(told, [(2, 0), (1, 1), (3, 2), (4, 0)]);
        assert_eq!(sorted.len(), 6);
    }
}
