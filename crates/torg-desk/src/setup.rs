//! Departments and receiving addresses, for `torg department`, `torg address` and the demo.

use torg_core::{DepartmentId, EmailAddress, Verb};
use torg_store::StoreError;
use torg_store::departments::{self, DepartmentName, Mailbox, NewDepartment};
use torg_store::journal::Details;

use crate::Desk;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupRefused {
    #[error("{0:?} is not an e-mail address")]
    NotAnAddress(String),
    #[error("there is a department {0:?} already")]
    DepartmentThere(String),
    #[error("the address {0} is in use already")]
    AddressThere(String),
    #[error("there is no department {0:?}")]
    NoSuchDepartment(String),
    #[error("a department needs a name")]
    NoName,
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
    ) -> Result<DepartmentId, SetupRefused> {
        let (name, signature, pen) = (name.trim().to_owned(), signature.to_owned(), self.pen());
        if name.is_empty() {
            return Err(SetupRefused::NoName);
        }
        self.0
            .store
            .write(move |tx| {
                if departments::by_name(tx, &name)?.is_some() {
                    return Err(SetupRefused::DepartmentThere(name.clone()));
                }
                let id = pen.id();
                let (name, signature) = (name.clone(), signature.clone());
                departments::insert(tx, &NewDepartment { id, name, restricted, signature })?;
                let details = Details { department: Some(id), ..Details::default() };
                pen.write_of_day(tx, None, Verb::DepartmentChanged, details)?;
                Ok(id)
            })
            .await
    }

    /// Adds an address the municipality receives at. The first one is the general address.
    pub async fn add_address(&self, address: &str, department: &str) -> Result<(), SetupRefused> {
        let parsed = EmailAddress::parse(address)
            .map_err(|_| SetupRefused::NotAnAddress(address.to_owned()))?;
        let (department, pen) = (department.to_owned(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let Some(found) = departments::by_name(tx, &department)? else {
                    return Err(SetupRefused::NoSuchDepartment(department.clone()));
                };
                if departments::mailbox(tx, parsed.as_str())?.is_some() {
                    return Err(SetupRefused::AddressThere(parsed.to_string()));
                }
                departments::insert_mailbox(tx, pen.id(), parsed.as_str(), found.id)?;
                let details = Details { department: Some(found.id), ..Details::default() };
                Ok(pen.write_of_day(tx, None, Verb::DepartmentChanged, details)?)
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
