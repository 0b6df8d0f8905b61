//! What administrators do with colleagues: invite, change, let go. The last administrator stays.

mod again;

pub(crate) use again::set_again;

use torg_core::{DepartmentId, EmailAddress, Fact, Language, Role, StaffId, Verb, Viewer};
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
    #[error("the last administrator stays; make somebody else one first")]
    LastAdministrator,
    /// Who takes over does not work here.
    #[error("who takes over must be a colleague who can sign in, and somebody else")]
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
        let wanted = wanted.checked()?;
        let (by, pen) = (Some(viewer.staff), self.pen());
        let invite = move |tx: &mut Tx<'_>| take_on(tx, &pen, by, &wanted, None);
        let id = self.0.store.write(invite).await?;
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
        act: impl Fn(&mut Tx<'_>, &Pen, Option<StaffId>, &Managed) -> Result<(), StaffingRefused>
        + Send
        + 'static,
    ) -> Result<(), StaffingRefused> {
        administers(viewer)?;
        let (by, pen) = (Some(viewer.staff), self.pen());
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

impl Invitation {
    /// With a good name, and the address as it is kept.
    pub(crate) fn checked(self) -> Result<Self, StaffingRefused> {
        let email = EmailAddress::parse(&self.email).map_err(|_| StaffingRefused::NotAnAddress)?;
        Ok(Self { name: good_name(&self.name)?, email: email.to_string(), ..self })
    }
}

/// Adds a colleague, with the hash of her password if she has one already. Without `by` the command
/// line does it.
pub(super) fn take_on(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    wanted: &Invitation,
    password: Option<&str>,
) -> Result<StaffId, StaffingRefused> {
    let id = add(tx, pen, wanted, password)?;
    let what = if password.is_some() { "added" } else { "invited" };
    note(tx, pen, by, id, what, "", wanted.role.word(), Details::default())?;
    Ok(id)
}

/// Adds the first one, who adds herself.
pub(crate) fn begin_with(
    tx: &mut Tx<'_>,
    pen: &Pen,
    first: &Invitation,
    password: &str,
) -> Result<StaffId, StaffingRefused> {
    let id = add(tx, pen, first, Some(password))?;
    note(tx, pen, Some(id), id, "added", "", first.role.word(), Details::default())?;
    Ok(id)
}

fn add(
    tx: &mut Tx<'_>,
    pen: &Pen,
    wanted: &Invitation,
    password: Option<&str>,
) -> Result<StaffId, StaffingRefused> {
    if staff::account(tx, &wanted.email)?.is_some() {
        return Err(StaffingRefused::AlreadyThere);
    }
    let id = pen.id();
    let new = NewStaff {
        id,
        name: wanted.name.clone(),
        email: wanted.email.clone(),
        password: password.map(str::to_owned),
        role: wanted.role,
        language: wanted.language,
        created: pen.at(),
    };
    staff::insert(tx, &new)?;
    for department in &wanted.departments {
        staff::join(tx, id, *department)?;
    }
    tx.announce(Fact::Staff(id));
    Ok(id)
}

fn good_name(name: &str) -> Result<String, StaffingRefused> {
    let name = name.trim();
    if (1..=80).contains(&name.chars().count()) {
        return Ok(name.to_owned());
    }
    Err(StaffingRefused::NoName)
}

/// Refuses what would leave nobody to look after the house.
fn not_the_last(tx: &mut Tx<'_>, her: &Managed) -> Result<(), StaffingRefused> {
    if her.role != Role::Administrator || !her.active || !her.has_password {
        return Ok(());
    }
    let others = staff::locked_administrators(tx)?.into_iter().any(|one| one != her.id);
    if others { Ok(()) } else { Err(StaffingRefused::LastAdministrator) }
}

fn set_role(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
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

/// Keeps her out, and has what she owns handed over.
pub(super) fn let_go(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    her: &Managed,
    heir: Option<StaffId>,
    details: Details,
) -> Result<(), StaffingRefused> {
    if let Some(heir) = heir
        && (heir == her.id || !staff::managed_one(tx, heir)?.is_some_and(|one| one.active))
    {
        return Err(StaffingRefused::NoHeir);
    }
    not_the_last(tx, her)?;
    staff::set_active(tx, her.id, false)?;
    sessions::end_others(tx, her.id, None)?;
    torg_store::passes::forget_of(tx, her.id)?;
    staff::forget_handed(tx, her.id)?;
    moving::hand_over(tx, pen, by, her.id, heir)?;
    Ok(note(tx, pen, by, her.id, "active", "1", "0", details)?)
}

/// Lets her in again; what was not handed over yet stays hers.
pub(super) fn let_in(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    her: &Managed,
    details: Details,
) -> Result<(), StoreError> {
    staff::set_active(tx, her.id, true)?;
    moving::stop_handing_over(tx, her.id)?;
    note(tx, pen, by, her.id, "active", "0", "1", details)
}

/// Sets all memberships, and the restricted departments she looks into without one.
pub(super) fn set_departments(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
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
    by: Option<StaffId>,
    her: StaffId,
    what: &str,
    old: &str,
    new: &str,
    details: Details,
) -> Result<(), StoreError> {
    let details = Details { staff: Some(her), ..details };
    let change = Changed { topic: &topic(her), what, old, new };
    pen.changed(tx, by, Verb::StaffChanged, &change, details)
}
