//! Tags: the words a department sorts its inquiries by, and putting them on.

use serde::{Deserialize, Serialize};
use torg_core::{DepartmentId, InquiryId, Role, StaffId, TagId, Verb, Viewer, Was};
use torg_store::changes::{self, Change};
use torg_store::journal::Details;
use torg_store::tags::{self, COLOURS, Tag};
use torg_store::{Read, StoreError, Tx, departments, staff};

use crate::changes::{ChangeRefused, Changed};
use crate::inquiry::locked;
use crate::pen::Pen;
use crate::{Desk, Refused};

/// The most characters of a tag's name.
const MOST_CHARACTERS: usize = 40;
/// The most tags of one inquiry.
const MOST_TAGS: usize = 20;

/// Why a tag was not kept or put on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TagRefused {
    #[error("no name")]
    NoName,
    #[error("more than {} characters", MOST_CHARACTERS)]
    TooLong,
    #[error("there is one of this name")]
    There,
    #[error("there is no such tag")]
    NoSuchTag,
    #[error("more than {} tags", MOST_TAGS)]
    TooMany,
}

impl Desk {
    /// Puts a tag on an inquiry, or takes it off.
    pub async fn tag(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        tag: TagId,
        on: bool,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                let known = tags::of_viewer(tx, &viewer).get()?.iter().any(|known| known.id == tag);
                let there = tags::of_inquiry(tx, id)?;
                if on && !known {
                    return Err(TagRefused::NoSuchTag.into());
                }
                if on && there.len() >= MOST_TAGS {
                    return Err(TagRefused::TooMany.into());
                }
                if !tags::set(tx, id, tag, on)? {
                    return Ok(());
                }
                let verb = if on { Verb::Tagged } else { Verb::Untagged };
                let before = vec![Was::Tag { tag, on: !on }];
                let details = Details { tag: Some(tag), before, ..Details::default() };
                Ok(pen.did(tx, &viewer, &inquiry, verb, details)?)
            })
            .await
    }

    /// As [`Desk::tag`], by name: the inquiry's own department's tag before everybody's.
    pub async fn tag_by_name(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        name: &str,
    ) -> Result<(), Refused> {
        let (who, name) = (viewer.clone(), name.trim().to_owned());
        let found = self.0.reader.read(move |read| {
            let place = torg_store::inquiries::seen_by(read, &who, id)?
                .and(torg_store::inquiries::whereabouts(read, id)?);
            let own = tags::by_name(read, &name, place.map(|(_, department)| department))?;
            let others = tags::of_viewer(read, &who).get()?;
            let same = |tag: &Tag| tag.name.to_lowercase() == name.to_lowercase();
            Ok::<_, StoreError>(own.or_else(|| others.into_iter().find(same)))
        });
        let tag: Tag = found.await?.ok_or(TagRefused::NoSuchTag)?;
        self.tag(viewer, id, tag.id, true).await
    }

    /// Adds a tag, of a department or of all. Leads for departments they are members of,
    /// administrators for all.
    pub async fn add_tag(
        &self,
        viewer: &Viewer,
        name: &str,
        colour: &str,
        department: Option<DepartmentId>,
    ) -> Result<TagId, Refused> {
        let name = fit(name)?;
        let colour = known(colour);
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                may_manage(tx, &viewer, department)?;
                let before = tags::exactly(tx, &name, department)?;
                if before.as_ref().is_some_and(|tag| tag.active) {
                    return Err(TagRefused::There.into());
                }
                // One that was given up comes back, on whatever it still lies.
                let id = before.as_ref().map_or_else(|| pen.id(), |tag| tag.id);
                let (name, colour) = (name.clone(), colour.to_owned());
                let new = Tag { id, name, colour, department, active: true };
                tags::put(tx, &new)?;
                let by = viewer.staff;
                changed(tx, &pen, by, id, [before.as_ref(), Some(&new)], Details::default())?;
                Ok(id)
            })
            .await
    }

    /// Renames a tag, gives it another colour, or gives it up (and takes it in use again).
    pub async fn change_tag(
        &self,
        viewer: &Viewer,
        id: TagId,
        name: &str,
        colour: &str,
        active: bool,
    ) -> Result<(), Refused> {
        let name = fit(name)?;
        let colour = known(colour);
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let tag = tags::one(tx, id)?.ok_or(Refused::NotFound)?;
                may_manage(tx, &viewer, tag.department)?;
                let other = tags::exactly(tx, &name, tag.department)?;
                if other.is_some_and(|other| other.id != id) {
                    return Err(TagRefused::There.into());
                }
                let (name, colour) = (name.clone(), colour.to_owned());
                let new = Tag { name, colour, active, ..tag.clone() };
                tags::put(tx, &new)?;
                let (by, both) = (viewer.staff, [Some(&tag), Some(&new)]);
                Ok(changed(tx, &pen, by, id, both, Details::default())?)
            })
            .await
    }
}

/// A tag as it was or is, as the history keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagChange {
    pub name: String,
    pub colour: String,
    /// Whose it is; `None` for everybody's.
    pub department: Option<DepartmentId>,
    pub active: bool,
}

impl TagChange {
    /// A value of the history; nothing for no tag.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    fn text(tag: Option<&Tag>) -> Result<String, StoreError> {
        let Some(tag) = tag.cloned() else { return Ok(String::new()) };
        let Tag { name, colour, department, active, .. } = tag;
        serde_json::to_string(&Self { name, colour, department, active })
            .map_err(|error| StoreError::Bug(format!("a tag as JSON: {error}")))
    }
}

/// The topic of all changes of tags.
pub(crate) const TOPIC: &str = "tags";

/// The latest changes of tags that the viewer may know of: those of a restricted department are for
/// whoever is inside its wall. At most `limit`, newest first.
pub fn tag_history(
    read: &Read<'_>,
    viewer: &Viewer,
    limit: usize,
) -> Result<Vec<Change>, StoreError> {
    const LOOKED_AT: i64 = 200;
    let mut seen = Vec::new();
    for change in changes::of(read, TOPIC, LOOKED_AT)? {
        if seen.len() < limit && may_know(read, viewer.staff, change.department)? {
            seen.push(change);
        }
    }
    Ok(seen)
}

fn may_know(
    read: &Read<'_>,
    staff: StaffId,
    department: Option<DepartmentId>,
) -> Result<bool, StoreError> {
    let Some(department) = department else { return Ok(true) };
    match departments::one(read, department)? {
        Some(department) => staff::may_see(read, staff, department.wall),
        None => Ok(false),
    }
}

/// Writes to the journal how a tag was, and how it is.
fn changed(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    id: TagId,
    [old, new]: [Option<&Tag>; 2],
    details: Details,
) -> Result<(), StoreError> {
    let department = old.or(new).and_then(|tag| tag.department);
    let (what, old, new) = (id.to_string(), TagChange::text(old)?, TagChange::text(new)?);
    let change = Changed { topic: TOPIC, what: &what, old: &old, new: &new };
    let details = Details { tag: Some(id), department, ..details };
    pen.changed(tx, Some(staff), Verb::TagChanged, &change, details)
}

/// Sets a tag as it was before a change, if it still is as the change left it. One that was not
/// there before is given up: it may lie on inquiries.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    let id = change.what.parse().map_err(|_| ChangeRefused::NotFound)?;
    let now = tags::one(tx, id)?.ok_or(ChangeRefused::NotFound)?;
    if !may_know(tx, staff, now.department)? {
        return Err(ChangeRefused::NotFound);
    }
    if TagChange::text(Some(&now))? != change.new {
        return Err(ChangeRefused::ChangedSince);
    }
    let old = match TagChange::from_text(&change.old) {
        Some(TagChange { name, colour, active, .. }) => Tag { name, colour, active, ..now.clone() },
        None => Tag { active: false, ..now.clone() },
    };
    // Another may have its name by now.
    if tags::exactly(tx, &old.name, old.department)?.is_some_and(|other| other.id != old.id) {
        return Err(ChangeRefused::NoUndo);
    }
    tags::put(tx, &old)?;
    Ok(changed(tx, pen, staff, now.id, [Some(&now), Some(&old)], details)?)
}

/// Administrators manage everybody's tags; leads those of departments they are members of.
fn may_manage(
    read: &Read<'_>,
    viewer: &Viewer,
    department: Option<DepartmentId>,
) -> Result<(), Refused> {
    let Some(department) = department else {
        let may = viewer.role != Role::Staff;
        return if may { Ok(()) } else { Err(Refused::NotAllowed) };
    };
    let department = departments::one(read, department)?.ok_or(Refused::NotFound)?;
    if !staff::may_see(read, viewer.staff, department.wall)? {
        return Err(Refused::NotFound);
    }
    let may = match viewer.role {
        Role::Administrator => true,
        Role::Lead => staff::is_member(read, viewer.staff, department.id)?,
        Role::Staff => false,
    };
    if may { Ok(()) } else { Err(Refused::NotAllowed) }
}

fn fit(name: &str) -> Result<String, TagRefused> {
    // A comma would end it where several are written.
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ").replace(',', " ");
    if name.is_empty() {
        return Err(TagRefused::NoName);
    }
    if name.chars().count() > MOST_CHARACTERS {
        return Err(TagRefused::TooLong);
    }
    Ok(name)
}

fn known(colour: &str) -> &'static str {
    COLOURS.into_iter().find(|known| *known == colour).unwrap_or("grey")
}
