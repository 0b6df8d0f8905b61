//! Who works here: for `torg user` and the demo.

use torg_core::{DepartmentId, EmailAddress, Fact, Language, Role, StaffId, Verb};
use torg_store::journal::Details;
use torg_store::staff::{self, NewStaff, StaffRow};
use torg_store::{StoreError, Tx, departments, sessions};

use super::staffing::{StaffingRefused, not_the_last};
use crate::Desk;

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

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UserRefused {
    #[error("{0:?} is not an e-mail address")]
    NotAnAddress(String),
    #[error("there is a colleague with the address {0} already")]
    AlreadyThere(String),
    #[error("there is no colleague with the address {0}")]
    Unknown(String),
    #[error("there is no department {0:?}")]
    NoSuchDepartment(String),
    #[error("she is the last administrator; make somebody else one first")]
    LastAdministrator,
    #[error("the password has fewer than 10 characters")]
    PasswordTooShort,
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
        let email = EmailAddress::parse(&new.email)
            .map_err(|_| UserRefused::NotAnAddress(new.email.clone()))?;
        let pen = self.pen();
        self.0
            .store
            .write(move |tx| {
                if staff::account(tx, email.as_str())?.is_some() {
                    return Err(UserRefused::AlreadyThere(email.to_string()));
                }
                let id = pen.id();
                staff::insert(
                    tx,
                    &NewStaff {
                        id,
                        name: new.name.clone(),
                        email: email.to_string(),
                        password: Some(hash.clone()),
                        role: new.role,
                        language: new.language,
                        created: pen.at(),
                    },
                )?;
                for name in &new.departments {
                    staff::join(tx, id, department(tx, name)?)?;
                }
                changed(tx, &pen, id)?;
                Ok(id)
            })
            .await
    }

    /// The hash of a password that somebody is given.
    pub async fn hash_password(&self, password: &str) -> Result<String, UserRefused> {
        if password.chars().count() < 10 {
            return Err(UserRefused::PasswordTooShort);
        }
        Ok(self.0.accounts.hash(password).await?)
    }

    /// Gives a colleague a new password and ends her sessions.
    pub async fn set_password(&self, email: &str, password: &str) -> Result<(), UserRefused> {
        let hash = self.hash_password(password).await?;
        self.change(email, move |tx, id| {
            staff::set_password(tx, id, &hash)?;
            Ok(sessions::end_others(tx, id, None)?)
        })
        .await
    }

    /// Lets a colleague in, or keeps her out and ends her sessions.
    pub async fn set_active(&self, email: &str, active: bool) -> Result<(), UserRefused> {
        self.change(email, move |tx, id| {
            if !active
                && let Some(her) = staff::managed_one(tx, id)?
                && let Err(refused) = not_the_last(tx, &her)
            {
                return Err(match refused {
                    StaffingRefused::Store(error) => UserRefused::Store(error),
                    _ => UserRefused::LastAdministrator,
                });
            }
            staff::set_active(tx, id, active)?;
            if !active {
                sessions::end_others(tx, id, None)?;
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
        member: bool,
    ) -> Result<(), UserRefused> {
        let name = name.to_owned();
        self.change(email, move |tx, id| {
            let department = department(tx, &name)?;
            match member {
                true => staff::join(tx, id, department)?,
                false => staff::leave(tx, id, department)?,
            }
            Ok(())
        })
        .await
    }

    /// Everybody who works or worked here.
    pub async fn all_colleagues(&self) -> Result<Vec<StaffRow>, StoreError> {
        self.0.reader.read(staff::all).await
    }

    async fn change(
        &self,
        email: &str,
        act: impl Fn(&mut Tx<'_>, StaffId) -> Result<(), UserRefused> + Send + 'static,
    ) -> Result<(), UserRefused> {
        let (email, pen) = (email.trim().to_lowercase(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let account = staff::account(tx, &email)?;
                let account = account.ok_or_else(|| UserRefused::Unknown(email.clone()))?;
                act(tx, account.viewer.staff)?;
                Ok(changed(tx, &pen, account.viewer.staff)?)
            })
            .await
    }
}

fn department(tx: &Tx<'_>, name: &str) -> Result<DepartmentId, UserRefused> {
    let found = departments::by_name(tx, name)?;
    found.map(|one| one.id).ok_or_else(|| UserRefused::NoSuchDepartment(name.to_owned()))
}

fn changed(tx: &mut Tx<'_>, pen: &crate::pen::Pen, staff: StaffId) -> Result<(), StoreError> {
    tx.announce(Fact::Staff(staff));
    let details = Details { staff: Some(staff), ..Details::default() };
    pen.write_of_day(tx, None, Verb::StaffChanged, details)
}
