//! What administrators do with departments and receiving addresses.

mod addresses;
mod again;
mod commanded;
mod told;
mod tree;

pub(crate) use again::{set_again, set_list_again};
pub use commanded::SetupRefused;

use torg_core::{Department, DepartmentId, Fact, StaffId, Verb, Viewer};
use torg_store::departments::{self, NewDepartment};
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, jobs};

use crate::changes::{ChangeRefused, Changed, administers};
use crate::pen::Pen;
use crate::{Desk, answers, moving};

/// Why a department or an address was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DepartmentRefused {
    #[error("only for administrators")]
    NotAllowed,
    #[error("not found")]
    NotFound,
    #[error("a name of 1 to 80 characters is needed")]
    NoName,
    #[error("there is a department of this name already")]
    NameTaken,
    #[error("it would lie in itself")]
    InItself,
    #[error("deeper than {most} levels")]
    TooDeep { most: usize },
    /// There must be one to receive the municipality's mail.
    #[error("the last department stays")]
    LastDepartment,
    /// It is behind a wall and would come out, which was not said expressly.
    #[error("it would come out from behind its wall")]
    WouldOpen,
    #[error("not an e-mail address")]
    NotAnAddress,
    #[error("the address is received already")]
    AddressThere,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ChangeRefused> for DepartmentRefused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::NotAllowed => Self::NotAllowed,
            ChangeRefused::Store(error) => Self::Store(error),
            _ => Self::NotFound,
        }
    }
}

/// The topic of a department's changes, and of the list as a whole.
pub(crate) const NOUN: &str = "department";
/// The topic of departments and addresses that came and went.
pub(crate) const ALL: &str = "departments";

impl Desk {
    /// Adds a department, in another one or at the top.
    pub async fn create_department(
        &self,
        viewer: &Viewer,
        name: &str,
        restricted: bool,
        parent: Option<DepartmentId>,
    ) -> Result<DepartmentId, DepartmentRefused> {
        let name = tree::good_name(name)?;
        self.arranging(viewer, move |tx, pen, by| {
            let (id, name, signature) = (pen.id(), name.clone(), String::new());
            found(tx, pen, Some(by), &NewDepartment { id, name, restricted, signature })?;
            tree::place(tx, id, parent)?;
            Ok(id)
        })
        .await
    }

    /// Gives a department another name and another place in the tree.
    pub async fn arrange_department(
        &self,
        viewer: &Viewer,
        id: DepartmentId,
        name: &str,
        parent: Option<DepartmentId>,
    ) -> Result<(), DepartmentRefused> {
        let name = tree::good_name(name)?;
        self.arranging(viewer, move |tx, pen, by| {
            let before = one(tx, id)?;
            rename(tx, pen, by, &before, &name, of(id))?;
            let was = tree::branch(tx, id)?.and_then(|branch| branch.parent);
            tree::place(tx, id, parent)?;
            let (old, new) = (tree::name_of(tx, was)?, tree::name_of(tx, parent)?);
            Ok(note(tx, pen, Some(by), &topic(id), "parent", (&old, &new), of(id))?)
        })
        .await
    }

    /// Puts a department behind a wall of its own, or opens it; what is in it follows by a job.
    /// `opens` says expressly that everybody may read it from now on.
    pub async fn restrict_department(
        &self,
        viewer: &Viewer,
        id: DepartmentId,
        restricted: bool,
        opens: bool,
    ) -> Result<(), DepartmentRefused> {
        self.arranging(viewer, move |tx, pen, by| {
            let before = one(tx, id)?;
            if before.is_restricted() == restricted {
                return Ok(());
            }
            if !restricted && !opens {
                return Err(DepartmentRefused::WouldOpen);
            }
            restrict(tx, pen, by, id, restricted, of(id))
        })
        .await
    }

    /// Removes a department; everything in it, and its addresses, go to `heir`. `opens` says
    /// expressly that letters may come out from behind its wall.
    pub async fn remove_department(
        &self,
        viewer: &Viewer,
        id: DepartmentId,
        heir: DepartmentId,
        opens: bool,
    ) -> Result<(), DepartmentRefused> {
        self.arranging(viewer, move |tx, pen, by| {
            let (gone, heir) = (one(tx, id)?, one(tx, heir)?);
            if departments::all(tx)?.len() < 2 {
                return Err(DepartmentRefused::LastDepartment);
            }
            if gone.id == heir.id {
                return Err(DepartmentRefused::InItself);
            }
            if gone.is_restricted() && gone.wall != heir.wall && !opens {
                return Err(DepartmentRefused::WouldOpen);
            }
            departments::remove(tx, id, heir.id)?;
            answers::move_to_heir(tx, pen, by, &gone, &heir)?;
            moving::redirect(tx, pen, id, heir.id)?;
            moving::refer_all(tx, pen, by, id, heir.id)?;
            tx.announce(Fact::Everything);
            Ok(note(tx, pen, Some(by), ALL, "department", (&gone.name, ""), of(id))?)
        })
        .await
    }

    /// Whether a job is still moving what was in a department or what a colleague owned.
    pub async fn is_moving(&self, id: i64) -> Result<bool, StoreError> {
        let keys = moving::KINDS.map(|kind| moving::key(kind, id));
        let asked = self.0.reader.read(move |read| {
            let under_way: Result<Vec<bool>, StoreError> =
                keys.iter().map(|key| jobs::is_under_way(read, key)).collect();
            Ok::<_, StoreError>(under_way?.contains(&true))
        });
        asked.await
    }

    async fn arranging<T: Send + 'static>(
        &self,
        viewer: &Viewer,
        act: impl Fn(&mut Tx<'_>, &Pen, StaffId) -> Result<T, DepartmentRefused> + Send + 'static,
    ) -> Result<T, DepartmentRefused> {
        administers(viewer)?;
        let (by, pen) = (viewer.staff, self.pen());
        self.0.store.write(move |tx| act(tx, &pen, by)).await
    }
}

fn topic(id: DepartmentId) -> String {
    format!("{NOUN}:{id}")
}

fn of(id: DepartmentId) -> Details {
    Details { department: Some(id), ..Details::default() }
}

fn one(read: &Read<'_>, id: DepartmentId) -> Result<Department, DepartmentRefused> {
    departments::one(read, id)?.ok_or(DepartmentRefused::NotFound)
}

/// Adds a department at the top of the tree.
fn found(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    new: &NewDepartment,
) -> Result<(), DepartmentRefused> {
    tree::name_is_free(tx, &new.name, None)?;
    departments::insert(tx, new)?;
    Ok(note(tx, pen, by, ALL, "department", ("", &new.name), of(new.id))?)
}

fn rename(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    before: &Department,
    name: &str,
    details: Details,
) -> Result<(), DepartmentRefused> {
    tree::name_is_free(tx, name, Some(before.id))?;
    departments::rename(tx, before.id, name)?;
    Ok(note(tx, pen, Some(by), &topic(before.id), "name", (&before.name, name), details)?)
}

fn restrict(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    id: DepartmentId,
    restricted: bool,
    details: Details,
) -> Result<(), DepartmentRefused> {
    departments::set_restricted(tx, id, restricted)?;
    moving::rewall(tx, pen, id)?;
    tx.announce(Fact::Everything);
    let word = |restricted: bool| if restricted { "1" } else { "0" };
    let values = (word(!restricted), word(restricted));
    Ok(note(tx, pen, Some(by), &topic(id), "restricted", values, details)?)
}

fn note(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    topic: &str,
    what: &str,
    (old, new): (&str, &str),
    details: Details,
) -> Result<(), StoreError> {
    let change = Changed { topic, what, old, new };
    pen.changed(tx, by, Verb::DepartmentChanged, &change, details)
}
