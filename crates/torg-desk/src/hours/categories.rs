//! Categories: kept and changed by administrators, and set on inquiries by everybody.

use torg_core::{CategoryId, DepartmentId, InquiryId, Verb, Viewer, Was};
use torg_store::categories::{self, Category};
use torg_store::inquiries;
use torg_store::journal::Details;

use super::history::{HoursChange, changed};
use super::{RuleRefused, administers, named};
use crate::{Desk, Refused};

/// A category as a page gives it.
#[derive(Debug, Clone)]
pub struct NewCategory {
    pub name: String,
    /// Only for inquiries of this department.
    pub department: Option<DepartmentId>,
    pub sort: i64,
    pub active: bool,
}

impl Desk {
    /// Keeps a category, a new one or a changed one. One that is used no more is not active.
    pub async fn save_category(
        &self,
        viewer: &Viewer,
        id: Option<CategoryId>,
        wanted: NewCategory,
    ) -> Result<CategoryId, RuleRefused> {
        administers(viewer)?;
        let (staff, pen, name) = (viewer.staff, self.pen(), named(&wanted.name)?);
        self.0
            .store
            .write(move |tx| {
                let old = match id {
                    Some(id) => Some(categories::one(tx, id)?.ok_or(RuleRefused::NotFound)?),
                    None => None,
                };
                let id = id.unwrap_or_else(|| pen.id());
                let NewCategory { department, sort, active, .. } = wanted;
                let new = Category { id, name: name.clone(), department, sort, active };
                if categories::of_name(tx, &new)?.is_some_and(|other| other != id) {
                    return Err(RuleRefused::NameThere);
                }
                categories::save(tx, &new)?;
                let (old, new) = (old.as_ref().map(HoursChange::from), HoursChange::from(&new));
                changed(tx, &pen, Some(staff), old.as_ref(), Some(&new), Details::default())?;
                Ok(id)
            })
            .await
    }

    /// Says what kind of matter an inquiry is, or takes that back. Undone by setting what it was,
    /// which is given back.
    pub async fn categorise(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        category: Option<CategoryId>,
    ) -> Result<Option<CategoryId>, Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = inquiries::locked_for(tx, &viewer, id)?.ok_or(Refused::NotFound)?;
                let before = categories::of_inquiry(tx, id)?;
                if before == category {
                    return Ok(before);
                }
                if let Some(wanted) = category {
                    let may_be = categories::for_department(tx, inquiry.department).get()?;
                    if !may_be.iter().any(|one| one.id == wanted) {
                        return Err(Refused::NotFound);
                    }
                }
                categories::set(tx, id, category)?;
                let details =
                    Details { category, before: vec![Was::Category(before)], ..Details::default() };
                pen.did(tx, &viewer, &inquiry, Verb::Categorised, details)?;
                Ok(before)
            })
            .await
    }
}
