//! Departments and receiving addresses, for `torg department`, `torg address` and the demo: by their
//! names, and by nobody who is signed in. What follows is what follows on the pages.

use torg_core::DepartmentId;
use torg_store::StoreError;
use torg_store::departments::{self, DepartmentName, Mailbox, NewDepartment};

use super::addresses::{good_address, receive_at};
use super::told::good_signature;
use super::{DepartmentRefused, found, tree};
use crate::Desk;

/// Why a command did not change a department or an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupRefused {
    #[error("there is no department {0:?}")]
    NoSuchDepartment(String),
    /// As a page would have refused it.
    #[error(transparent)]
    Department(#[from] DepartmentRefused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Desk {
    /// Adds a department. A restricted one's inquiries exist only for its members.
    pub async fn add_department(
        &self,
        name: &str,
        restricted: bool,
        signature: &str,
    ) -> Result<DepartmentId, DepartmentRefused> {
        let (name, signature, pen) =
            (tree::good_name(name)?, good_signature(signature), self.pen());
        self.0
            .store
            .write(move |tx| {
                let (id, name, signature) = (pen.id(), name.clone(), signature.clone());
                found(tx, &pen, None, &NewDepartment { id, name, restricted, signature })?;
                Ok(id)
            })
            .await
    }

    /// Adds an address the municipality receives at. The first one is the general address.
    pub async fn add_address(&self, address: &str, department: &str) -> Result<(), SetupRefused> {
        let (address, department) = (good_address(address)?, department.to_owned());
        let pen = self.pen();
        self.0
            .store
            .write(move |tx| {
                let found = departments::by_name(tx, &department)?;
                let unknown = || SetupRefused::NoSuchDepartment(department.clone());
                Ok(receive_at(tx, &pen, None, &address, found.ok_or_else(unknown)?.id)?)
            })
            .await
    }

    /// All departments and the addresses they receive at.
    pub async fn all_departments(&self) -> Result<Vec<(DepartmentName, Vec<Mailbox>)>, StoreError> {
        self.0
            .reader
            .read(|read| {
                let mailboxes = departments::mailboxes(read)?;
                let of = |department: &DepartmentName| {
                    let own = mailboxes.iter().filter(|one| one.department == department.id);
                    own.cloned().collect()
                };
                let all = departments::all(read)?.into_iter();
                Ok(all.map(|department| (department.clone(), of(&department))).collect())
            })
            .await
    }
}
