//! What administrators do with colleagues: invite, change, let go. The last administrator stays.

use torg_core::{DepartmentId, EmailAddress, Fact, Language, Role, StaffId, Verb, Viewer};
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::staff::{self, Managed, NewStaff};
use torg_store::{StoreError, Tx, departments, sessions};

use crate::changes::{ChangeRefused, Changed, administers};
use crate::pen::Pen;
use crate::{Desk, moving};

/// Somebody who is to be invited.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub language: Language,
    pub departments: Vec<DepartmentId>,
}

/// Why a colleague was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StaffingRefused {
    #[error("only for administrators")]
    NotAllowed,
    #[error("there is no such colleague")]
    NotFound,
    #[error("not an e-mail address")]
    NotAnAddress,
    #[error("somebody has this address already")]
    AlreadyThere,
    #[error("a name of 1 to 80 characters is needed")]
    NoName,
    /// Nobody else could look after the house.
    #[error("the last administrator stays")]
    LastAdministrator,
    /// Who takes over does not work here.
    #[error("nobody to hand over to")]
    NoHeir,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ChangeRefused> for StaffingRefused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::NotAllowed => Self::NotAllowed,
            ChangeRefused::Store(error) => Self::Store(error),
            _ => Self::NotFound,
        }
    }
}

/// The topic of a colleague's changes.
pub(crate) const NOUN: &str = "staff";

fn topic(id: StaffId) -> String {
    format!("{NOUN}:{id}")
}

impl Desk {
    /// Adds a colleague without a password and sends her a link to choose one. Gives her id, and
    /// the link, for where no relay is.
    pub async fn invite(
        &self,
        viewer: &Viewer,
        wanted: Invitation,
    ) -> Result<(StaffId, String), StaffingRefused> {
        administers(viewer)?;
        let email =
            EmailAddress::parse(&wanted.email).map_err(|_| StaffingRefused::NotAnAddress)?;
        let name = good_name(&wanted.name)?;
        let (by, pen) = (viewer.staff, self.pen());
        let id = self
            .0
            .store
            .write(move |tx| {
                if staff::account(tx, email.as_str())?.is_some() {
                    return Err(StaffingRefused::AlreadyThere);
                }
                let id = pen.id();
                let new = NewStaff {
                    id,
                    name: name.clone(),
                    email: email.to_string(),
                    password: None,
                    role: wanted.role,
                    language: wanted.language,
                    created: pen.at(),
                };
                staff::insert(tx, &new)?;
                for department in &wanted.departments {
                    staff::join(tx, id, *department)?;
                }
                note(tx, &pen, by, id, "invited", "", wanted.role.word(), Details::default())?;
                Ok(id)
            })
            .await?;
        Ok((id, self.send_link(viewer, id).await?))
    }

    /// Gives a colleague another role, unless she is the last administrator.
    pub async fn set_role(
        &self,
        viewer: &Viewer,
        id: StaffId,
        role: Role,
    ) -> Result<(), StaffingRefused> {
        self.staffing(viewer, id, move |tx, pen, by, her| {
            set_role(tx, pen, by, her, role, Details::default())
        })
        .await
    }

    /// Gives a colleague another name.
    pub async fn rename_colleague(
        &self,
        viewer: &Viewer,
        id: StaffId,
        name: &str,
    ) -> Result<(), StaffingRefused> {
        let name = good_name(name)?;
        self.staffing(viewer, id, move |tx, pen, by, her| {
            staff::rename(tx, her.id, &name)?;
            Ok(note(tx, pen, by, her.id, "name", &her.name, &name, Details::default())?)
        })
        .await
    }

    /// Sets the departments a colleague is a member of, and the restricted ones she may look into
    /// without being a member.
    pub async fn set_departments(
        &self,
        viewer: &Viewer,
        id: StaffId,
        member: Vec<DepartmentId>,
        inside: Vec<DepartmentId>,
    ) -> Result<(), StaffingRefused> {
        self.staffing(viewer, id, move |tx, pen, by, her| {
            set_departments(tx, pen, by, her, &member, &inside)
        })
        .await
    }

    /// Keeps a colleague out and ends her sessions. What she owns goes to `heir`, or back to
    /// everybody, by a job.
    pub async fn deactivate(
        &self,
        viewer: &Viewer,
        id: StaffId,
        heir: Option<StaffId>,
    ) -> Result<(), StaffingRefused> {
        self.staffing(viewer, id, move |tx, pen, by, her| {
            if let Some(heir) = heir
                && (heir == her.id || !staff::managed_one(tx, heir)?.is_some_and(|one| one.active))
            {
                return Err(StaffingRefused::NoHeir);
            }
            let_go(tx, pen, by, her, heir, Details::default())
        })
        .await
    }

    /// Lets a colleague in again.
    pub async fn activate(&self, viewer: &Viewer, id: StaffId) -> Result<(), StaffingRefused> {
        self.staffing(viewer, id, move |tx, pen, by, her| {
            Ok(let_in(tx, pen, by, her, Details::default())?)
        })
        .await
    }

    async fn staffing(
        &self,
        viewer: &Viewer,
        id: StaffId,
        act: impl Fn(&mut Tx<'_>, &Pen, StaffId, &Managed) -> Result<(), StaffingRefused>
        + Send
        + 'static,
    ) -> Result<(), StaffingRefused> {
        administers(viewer)?;
        let (by, pen) = (viewer.staff, self.pen());
        self.0
            .store
            .write(move |tx| {
                let her = staff::managed_one(tx, id)?.ok_or(StaffingRefused::NotFound)?;
                act(tx, &pen, by, &her)?;
                tx.announce(Fact::Staff(id));
                Ok(())
            })
            .await
    }
}

fn good_name(name: &str) -> Result<String, StaffingRefused> {
    let name = name.trim();
    if (1..=80).contains(&name.chars().count()) {
        return Ok(name.to_owned());
    }
    Err(StaffingRefused::NoName)
}

/// Refuses what would leave nobody to look after the house.
pub(super) fn not_the_last(tx: &mut Tx<'_>, her: &Managed) -> Result<(), StaffingRefused> {
    if her.role != Role::Administrator || !her.active || !her.has_password {
        return Ok(());
    }
    let others = staff::locked_administrators(tx)?.into_iter().any(|one| one != her.id);
    if others { Ok(()) } else { Err(StaffingRefused::LastAdministrator) }
}

fn set_role(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    her: &Managed,
    role: Role,
    details: Details,
) -> Result<(), StaffingRefused> {
    if role != Role::Administrator {
        not_the_last(tx, her)?;
    }
    staff::set_role(tx, her.id, role)?;
    Ok(note(tx, pen, by, her.id, "role", her.role.word(), role.word(), details)?)
}

fn let_go(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    her: &Managed,
    heir: Option<StaffId>,
    details: Details,
) -> Result<(), StaffingRefused> {
    not_the_last(tx, her)?;
    staff::set_active(tx, her.id, false)?;
    sessions::end_others(tx, her.id, None)?;
    torg_store::passes::forget_of(tx, her.id)?;
    staff::forget_handed(tx, her.id)?;
    moving::hand_over(tx, pen, by, her.id, heir)?;
    Ok(note(tx, pen, by, her.id, "active", "1", "0", details)?)
}

fn let_in(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    her: &Managed,
    details: Details,
) -> Result<(), StoreError> {
    staff::set_active(tx, her.id, true)?;
    moving::stop_handing_over(tx, her.id)?;
    note(tx, pen, by, her.id, "active", "0", "1", details)
}

fn set_departments(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    her: &Managed,
    member: &[DepartmentId],
    inside: &[DepartmentId],
) -> Result<(), StaffingRefused> {
    let (before, walls) = (staff::departments_of(tx, her.id)?, staff::walls(tx, her.id)?);
    for one in departments::all(tx)? {
        let (was, is) = (before.contains(&one.id), member.contains(&one.id));
        match (was, is) {
            (false, true) => staff::join(tx, her.id, one.id)?,
            (true, false) => staff::leave(tx, her.id, one.id)?,
            _ => {}
        }
        let word = |member: bool| if member { one.name.as_str() } else { "" };
        let details = Details { department: Some(one.id), ..Details::default() };
        note(tx, pen, by, her.id, "member", word(was), word(is), details)?;
        let Some(department) = departments::one(tx, one.id)?.filter(|one| one.is_restricted())
        else {
            continue;
        };
        let may_look = |listed: bool, member: bool| listed && !member;
        let saw = may_look(walls.contains(&department.wall), was);
        let sees = may_look(inside.contains(&one.id), is);
        if !is {
            staff::set_inside(tx, her.id, department.wall, sees)?;
        }
        note(tx, pen, by, her.id, "inside", word(saw), word(sees), Details::default())?;
    }
    Ok(())
}

#[expect(
    clippy::too_many_arguments,
    reason = "a line of history is who, whom, what and two values"
)]
pub(super) fn note(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    her: StaffId,
    what: &str,
    old: &str,
    new: &str,
    details: Details,
) -> Result<(), StoreError> {
    let details = Details { staff: Some(her), ..details };
    let change = Changed { topic: &topic(her), what, old, new };
    pen.changed(tx, Some(by), Verb::StaffChanged, &change, details)
}

/// Sets name, role, membership or access of a colleague as it was; who was invited and has not come
/// is not let in. Who is let in again has what was handed over, where nobody touched it since.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    let her = change.topic_id().map(|id| staff::managed_one(tx, id)).transpose()?.flatten();
    let her = her.ok_or(ChangeRefused::NotFound)?;
    tx.announce(Fact::Staff(her.id));
    match change.what.as_str() {
        // She is asked first, on her own page.
        "role" | "active" | "invited" if her.id == by => Err(ChangeRefused::NoUndo),
        "name" if her.name == change.new => {
            staff::rename(tx, her.id, &change.old)?;
            Ok(note(tx, pen, by, her.id, "name", &change.new, &change.old, details)?)
        }
        "role" if her.role.word() == change.new => {
            let role = change.old.parse().map_err(|_| ChangeRefused::NoUndo)?;
            taken_back(set_role(tx, pen, by, &her, role, details))
        }
        "member" => {
            let department = change.department.ok_or(ChangeRefused::NotFound)?;
            let department = departments::locked(tx, department)?.ok_or(ChangeRefused::NotFound)?;
            if staff::is_member(tx, her.id, department.id)? == change.new.is_empty() {
                return Err(ChangeRefused::ChangedSince);
            }
            let details = Details { department: Some(department.id), ..details };
            match change.old.is_empty() {
                true => staff::leave(tx, her.id, department.id)?,
                false => staff::join(tx, her.id, department.id)?,
            }
            Ok(note(tx, pen, by, her.id, "member", &change.new, &change.old, details)?)
        }
        "active" if !her.active && change.new == "0" => {
            let_in(tx, pen, by, &her, details)?;
            Ok(moving::give_back(tx, pen, by, her.id)?)
        }
        "active" if her.active && change.new == "1" => {
            taken_back(let_go(tx, pen, by, &her, None, details))
        }
        "invited" if her.active && !her.has_password => {
            taken_back(let_go(tx, pen, by, &her, None, details))
        }
        "name" | "role" | "active" | "invited" => Err(ChangeRefused::ChangedSince),
        _ => Err(ChangeRefused::NoUndo),
    }
}

fn taken_back(outcome: Result<(), StaffingRefused>) -> Result<(), ChangeRefused> {
    match outcome {
        Err(StaffingRefused::Store(error)) => Err(error.into()),
        other => other.map_err(|_| ChangeRefused::NoUndo),
    }
}
