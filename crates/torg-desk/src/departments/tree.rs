//! Names, and the tree in which departments lie in each other.

use torg_core::DepartmentId;
use torg_store::departments::{self, Branch, MOST_LEVELS};
use torg_store::{Read, StoreError, Tx};

use super::{DepartmentRefused, one};

/// Puts a department into `parent`, if the tree stays a tree and no branch grows too deep.
pub(super) fn place(
    tx: &mut Tx<'_>,
    id: DepartmentId,
    parent: Option<DepartmentId>,
) -> Result<(), DepartmentRefused> {
    if let Some(parent) = parent {
        one(tx, parent)?;
        let tree = departments::tree(tx)?;
        let mut above = Some(parent);
        while let Some(next) = above {
            if next == id {
                return Err(DepartmentRefused::InItself);
            }
            above = tree.iter().find(|one| one.id == next).and_then(|one| one.parent);
        }
    }
    departments::set_parent(tx, id, parent)?;
    let deepest = departments::tree(tx)?.iter().map(|one| one.level + 1).max().unwrap_or(1);
    if deepest > MOST_LEVELS {
        return Err(DepartmentRefused::TooDeep { most: MOST_LEVELS });
    }
    Ok(())
}

pub(super) fn good_name(name: &str) -> Result<String, DepartmentRefused> {
    let name = name.trim();
    if (1..=80).contains(&name.chars().count()) {
        return Ok(name.to_owned());
    }
    Err(DepartmentRefused::NoName)
}

/// No other department may be told from it by capitals only.
pub(super) fn name_is_free(
    read: &Read<'_>,
    name: &str,
    except: Option<DepartmentId>,
) -> Result<(), DepartmentRefused> {
    let name = name.to_lowercase();
    let taken = |one: &Branch| Some(one.id) != except && one.name.to_lowercase() == name;
    if departments::tree(read)?.iter().any(taken) {
        return Err(DepartmentRefused::NameTaken);
    }
    Ok(())
}

pub(super) fn name_of(read: &Read<'_>, id: Option<DepartmentId>) -> Result<String, StoreError> {
    let name = id.map(|id| departments::name_of(read, id)).transpose()?;
    Ok(name.flatten().unwrap_or_default())
}

pub(super) fn branch(read: &Read<'_>, id: DepartmentId) -> Result<Option<Branch>, StoreError> {
    Ok(departments::tree(read)?.into_iter().find(|branch| branch.id == id))
}
