//! Who works here, for `torg user` and the demo: by her address, and by nobody who is signed in. What
//! follows is what follows on the pages.

use torg_core::person::alike;
use torg_core::{DepartmentId, Fact, Language, Role, StaffId};
use torg_store::journal::Details;
use torg_store::staff::{self, Managed, StaffRow};
use torg_store::{StoreError, Tx, departments};

use super::links::give_password;
use super::sign_in::LEAST_PASSWORD;
use super::staffing::{self, Invitation, StaffingRefused, let_go, let_in, take_on};
use crate::Desk;
use crate::pen::Pen;

/// Somebody who begins to work here.
#[derive(Debug, Clone)]
pub struct NewColleague {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub language: Language,
    /// Names of departments.
    pub departments: Vec<String>,
    pub password: String,
}

/// Why a command did not change a colleague.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UserRefused {
    #[error("there is no colleague with the address {0}")]
    Unknown(String),
    #[error("{0} was deactivated before, and what she owned went back to everybody then")]
    IsOut(String),
    #[error("there is no department {0:?}")]
    NoSuchDepartment(String),
    #[error("the password has fewer than {least} characters")]
    PasswordTooShort { least: usize },
    /// As a page would have refused it.
    #[error(transparent)]
    Staffing(#[from] StaffingRefused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Desk {
    /// Adds a colleague who can sign in at once.
    pub async fn add_colleague(&self, new: NewColleague) -> Result<StaffId, UserRefused> {
        let hash = self.hash_password(&new.password).await?;
        self.add_colleague_hashed(new, hash).await
    }

    /// Adds a colleague whose password was hashed before: the demo's sixty have the same one.
    pub async fn add_colleague_hashed(
        &self,
        new: NewColleague,
        hash: String,
    ) -> Result<StaffId, UserRefused> {
        let NewColleague { name, email, role, language, departments: names, password: _ } = new;
        let wanted = Invitation { name, email, role, language, departments: vec![] }.checked()?;
        let pen = self.pen();
        self.0
            .store
            .write(move |tx| {
                let named = names.iter().map(|name| department(tx, name));
                let departments = named.collect::<Result<_, UserRefused>>()?;
                let wanted = Invitation { departments, ..wanted.clone() };
                Ok(take_on(tx, &pen, None, &wanted, Some(&hash))?)
            })
            .await
    }

    /// The hash of a password that somebody is given.
    pub async fn hash_password(&self, password: &str) -> Result<String, UserRefused> {
        if password.chars().count() < LEAST_PASSWORD {
            return Err(UserRefused::PasswordTooShort { least: LEAST_PASSWORD });
        }
        Ok(self.0.accounts.hash(password).await?)
    }

    /// Gives a colleague a new password; her sessions and links end.
    pub async fn set_password(&self, email: &str, password: &str) -> Result<(), UserRefused> {
        let hash = self.hash_password(password).await?;
        self.commanded(email, move |tx, pen, her| {
            let what = if her.has_password { "password" } else { "joined" };
            Ok(give_password(tx, pen, None, her.id, what, &hash, None)?)
        })
        .await
    }

    /// Keeps a colleague out; what she owns goes to the one of the address `heir`, or back to
    /// everybody.
    pub async fn deactivate_named(
        &self,
        email: &str,
        heir: Option<&str>,
    ) -> Result<(), UserRefused> {
        let heir = heir.map(alike);
        self.commanded(email, move |tx, pen, her| {
            let heir = heir.as_deref().map(|heir| named(tx, heir)).transpose()?;
            match (her.active, heir) {
                (true, heir) => Ok(let_go(tx, pen, None, her, heir, Details::default())?),
                (false, None) => Ok(()),
                (false, Some(_)) => Err(UserRefused::IsOut(her.email.clone())),
            }
        })
        .await
    }

    /// Lets a colleague in again.
    pub async fn activate_named(&self, email: &str) -> Result<(), UserRefused> {
        self.commanded(email, move |tx, pen, her| {
            if !her.active {
                let_in(tx, pen, None, her, Details::default())?;
            }
            Ok(())
        })
        .await
    }

    /// Makes a colleague a member of a department, or ends that.
    pub async fn set_membership(
        &self,
        email: &str,
        name: &str,
        is_member: bool,
    ) -> Result<(), UserRefused> {
        let name = name.to_owned();
        self.commanded(email, move |tx, pen, her| {
            let department = department(tx, &name)?;
            let mut member = staff::departments_of(tx, her.id)?;
            let inside = staff::looks_into(tx, her.id)?;
            member.retain(|one| *one != department);
            member.extend(is_member.then_some(department));
            Ok(staffing::set_departments(tx, pen, None, her, &member, &inside)?)
        })
        .await
    }

    /// Everybody who works or worked here.
    pub async fn all_colleagues(&self) -> Result<Vec<StaffRow>, StoreError> {
        self.0.reader.read(staff::all).await
    }

    async fn commanded(
        &self,
        email: &str,
        act: impl Fn(&mut Tx<'_>, &Pen, &Managed) -> Result<(), UserRefused> + Send + 'static,
    ) -> Result<(), UserRefused> {
        let (email, pen) = (alike(email), self.pen());
        self.0
            .store
            .write(move |tx| {
                let id = named(tx, &email)?;
                let unknown = || UserRefused::Unknown(email.clone());
                let her = staff::managed_one(tx, id)?.ok_or_else(unknown)?;
                act(tx, &pen, &her)?;
                tx.announce(Fact::Staff(id));
                Ok(())
            })
            .await
    }
}

fn named(tx: &Tx<'_>, email: &str) -> Result<StaffId, UserRefused> {
    let found = staff::account(tx, email)?;
    found.map(|one| one.viewer.staff).ok_or_else(|| UserRefused::Unknown(email.to_owned()))
}

fn department(tx: &Tx<'_>, name: &str) -> Result<DepartmentId, UserRefused> {
    let found = departments::by_name(tx, name)?;
    found.map(|one| one.id).ok_or_else(|| UserRefused::NoSuchDepartment(name.to_owned()))
}
