//! Addresses at which departments receive mail.

use torg_core::{DepartmentId, EmailAddress, MailboxId, StaffId, Viewer};
use torg_store::departments::{self, Mailbox};
use torg_store::{Read, Tx};

use super::{ALL, DepartmentRefused, note, of, one, tree};
use crate::Desk;
use crate::changes::ChangeRefused;
use crate::pen::Pen;

impl Desk {
    /// Receives mail at an address for a department.
    pub async fn create_address(
        &self,
        viewer: &Viewer,
        address: &str,
        department: DepartmentId,
    ) -> Result<(), DepartmentRefused> {
        let address = good_address(address)?;
        self.arranging(viewer, move |tx, pen, by| {
            one(tx, department)?;
            receive_at(tx, pen, Some(by), &address, department)
        })
        .await
    }

    /// Sends the mail of an address to another department.
    pub async fn move_address(
        &self,
        viewer: &Viewer,
        id: MailboxId,
        to: DepartmentId,
    ) -> Result<(), DepartmentRefused> {
        self.arranging(viewer, move |tx, pen, by| {
            let mailbox = mailbox(tx, id)?;
            let (old, new) = (tree::name_of(tx, Some(mailbox.department))?, one(tx, to)?.name);
            departments::move_mailbox(tx, id, to)?;
            let what = format!("address {}", mailbox.address);
            Ok(note(tx, pen, Some(by), ALL, &what, (&old, &new), of(to))?)
        })
        .await
    }

    /// No longer receives at an address.
    pub async fn remove_address(
        &self,
        viewer: &Viewer,
        id: MailboxId,
    ) -> Result<(), DepartmentRefused> {
        self.arranging(viewer, move |tx, pen, by| {
            let mailbox = mailbox(tx, id)?;
            departments::remove_mailbox(tx, id)?;
            let department = of(mailbox.department);
            Ok(note(tx, pen, Some(by), ALL, "address", (&mailbox.address, ""), department)?)
        })
        .await
    }
}

pub(super) fn good_address(address: &str) -> Result<EmailAddress, DepartmentRefused> {
    EmailAddress::parse(address).map_err(|_| DepartmentRefused::NotAnAddress)
}

/// Receives mail at an address for a department that is there.
pub(super) fn receive_at(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    address: &EmailAddress,
    department: DepartmentId,
) -> Result<(), DepartmentRefused> {
    let address = address.as_str();
    if departments::mailbox(tx, address)?.is_some() {
        return Err(DepartmentRefused::AddressThere);
    }
    departments::insert_mailbox(tx, pen.id(), address, department)?;
    Ok(note(tx, pen, by, ALL, "address", ("", address), of(department))?)
}

fn mailbox(read: &Read<'_>, id: MailboxId) -> Result<Mailbox, DepartmentRefused> {
    let all = departments::mailboxes(read)?;
    all.into_iter().find(|mailbox| mailbox.id == id).ok_or(DepartmentRefused::NotFound)
}

pub(super) fn drop_address(
    tx: &mut Tx<'_>,
    of: DepartmentId,
    address: &str,
) -> Result<(), ChangeRefused> {
    let mailbox = departments::mailbox(tx, address)?.filter(|mailbox| mailbox.department == of);
    let mailbox = mailbox.ok_or(ChangeRefused::ChangedSince)?;
    Ok(departments::remove_mailbox(tx, mailbox.id)?)
}

pub(super) fn receive_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    of: DepartmentId,
    address: &str,
) -> Result<(), ChangeRefused> {
    let department = departments::locked(tx, of)?.ok_or(ChangeRefused::ChangedSince)?;
    if departments::mailbox(tx, address)?.is_some() {
        return Err(ChangeRefused::ChangedSince);
    }
    Ok(departments::insert_mailbox(tx, pen.id(), address, department.id)?)
}

/// To the department of the name it was with; `to` is where the change sent it.
pub(super) fn move_back(
    tx: &mut Tx<'_>,
    to: DepartmentId,
    address: &str,
    before: &str,
) -> Result<(), ChangeRefused> {
    let mailbox = departments::mailbox(tx, address)?.filter(|mailbox| mailbox.department == to);
    let mailbox = mailbox.ok_or(ChangeRefused::ChangedSince)?;
    let before = departments::by_name(tx, before)?.ok_or(ChangeRefused::ChangedSince)?;
    Ok(departments::move_mailbox(tx, mailbox.id, before.id)?)
}
