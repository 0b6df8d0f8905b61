//! The folders at the left, each with how many wait in it.

use maud::{Markup, html};
use torg_core::InquiryId;
use torg_store::folders::{Cursor, Folder, FolderCounts};

use super::counts::count;
use crate::page::{avatar, icon};
use crate::words::Scene;

/// Where in the workspace somebody stands: the folder, how far down its list, and what is open.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) folder: Folder,
    pub(crate) after: Option<Cursor>,
    pub(crate) open: Option<InquiryId>,
}

impl Spot {
    pub(crate) fn folder_path(&self) -> String {
        format!("/folders/{}", self.folder.to_slug())
    }

    /// The address of an inquiry seen from here.
    pub(crate) fn inquiry_path(&self, id: InquiryId) -> String {
        format!("{}/inquiries/{id}{}", self.folder_path(), self.query())
    }

    /// This very place.
    pub(crate) fn path(&self) -> String {
        match self.open {
            Some(id) => self.inquiry_path(id),
            None => format!("{}{}", self.folder_path(), self.query()),
        }
    }

    fn query(&self) -> String {
        self.after.as_ref().map_or(String::new(), |after| format!("?after={after}"))
    }

    /// The place that `path` is, if it is one in the workspace.
    pub(crate) fn from_path(path: &str) -> Option<Self> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let rest = path.strip_prefix("/folders/")?;
        let (slug, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let open =
            rest.strip_prefix("inquiries/").and_then(|rest| rest.split('/').next()?.parse().ok());
        let after = query.strip_prefix("after=").and_then(|after| after.parse().ok());
        Some(Self { folder: Folder::from_slug(slug)?, after, open })
    }
}

/// The navigation. On a narrow window it is a popover behind a button.
pub(super) fn folders(scene: &Scene, counts: &FolderCounts, here: &Folder) -> Markup {
    let link = |folder: Folder, icon_name: &str, name: String, number: Option<i64>| {
        html! { li { (entry(&folder, here, html! { (icon(icon_name)) span.cut { (name) } }, number, false)) } }
    };
    html! {
        nav #folders .folders popover="auto" aria-label=(scene.say("page-folders")) data-unowned=(counts.unowned) {
            div {
                h2 { (scene.say("folders-shared")) }
                ul {
                    (link(Folder::All, "inbox", scene.say("folders-all"), Some(counts.all)))
                    (link(Folder::Unowned, "hand", scene.say("folders-unowned"), Some(counts.unowned)))
                    (departments(scene, counts, here, true))
                }
                (other_departments(scene, counts, here))
            }
            div {
                h2 { (scene.say("folders-own")) }
                ul {
                    (link(Folder::Mine, "user-round", scene.say("folders-mine"), Some(counts.mine)))
                    (link(Folder::Drafts, "pencil", scene.say("folders-drafts"), Some(counts.drafts)))
                    (link(Folder::Waiting, "hourglass", scene.say("folders-waiting"), Some(counts.waiting)))
                }
            }
            @if !counts.colleagues.is_empty() { (colleagues(scene, counts, here)) }
            div {
                h2 { (scene.say("folders-other")) }
                ul {
                    (link(Folder::Closed, "archive", scene.say("folders-closed"), None))
                    li { a href="/quarantine" { (icon("triangle-alert")) span.cut { (scene.say("folders-quarantine")) } span.count { (count(counts.quarantine)) } } }
                }
            }
        }
    }
}

fn departments(scene: &Scene, counts: &FolderCounts, here: &Folder, of_mine: bool) -> Markup {
    html! {
        @for department in counts.departments.iter().filter(|department| department.member == of_mine) {
            li {
                (entry(&Folder::Department(department.id), here, html! {
                    span.cut { (department.name) }
                    @if department.restricted { (icon("lock")) span.hidden { (scene.say("folders-restricted")) } }
                }, Some(department.open), true))
            }
        }
    }
}

/// The departments she is no member of, folded away so that her own stay in view.
fn other_departments(scene: &Scene, counts: &FolderCounts, here: &Folder) -> Markup {
    let is_other = |folder: &Folder| matches!(folder, Folder::Department(id) if counts.departments.iter().any(|d| d.id == *id && !d.member));
    html! {
        @if counts.departments.iter().any(|department| !department.member) {
            details #other-departments open[is_other(here)] {
                summary { (icon("chevron-down")) (scene.say("folders-other-departments")) }
                ul { (departments(scene, counts, here, false)) }
            }
        }
    }
}

fn colleagues(scene: &Scene, counts: &FolderCounts, here: &Folder) -> Markup {
    html! {
        div {
            h2 { (scene.say("folders-colleagues")) }
            ul {
                @for colleague in &counts.colleagues {
                    li {
                        (entry(&Folder::Colleague(colleague.id), here, html! {
                            (avatar(&colleague.name, true, false)) span.cut { (colleague.name) }
                        }, Some(colleague.open), false))
                    }
                }
            }
        }
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "a piece of a page is made to be put into another"
)]
fn entry(
    folder: &Folder,
    here: &Folder,
    label: Markup,
    number: Option<i64>,
    under: bool,
) -> Markup {
    html! {
        a .under[under] href={ "/folders/" (folder.to_slug()) } aria-current=[(folder == here).then_some("page")] data-folder=(folder.to_slug()) {
            (label)
            @if let Some(number) = number { span.count { (count(number)) } }
        }
    }
}

/// The name of a folder as its heading says it.
pub(super) fn name(scene: &Scene, counts: &FolderCounts, folder: &Folder) -> String {
    match folder {
        Folder::All => scene.say("folders-all"),
        Folder::Unowned => scene.say("folders-unowned"),
        Folder::Mine => scene.say("folders-mine"),
        Folder::Waiting => scene.say("folders-waiting"),
        Folder::Drafts => scene.say("folders-drafts"),
        Folder::Closed => scene.say("folders-closed"),
        Folder::Department(id) => {
            let found = counts.departments.iter().find(|department| department.id == *id);
            found.map_or_else(
                || scene.say("folders-department"),
                |department| department.name.clone(),
            )
        }
        Folder::Colleague(id) => {
            let found = counts.colleagues.iter().find(|colleague| colleague.id == *id);
            found.map_or_else(|| scene.say("folders-colleague"), |colleague| colleague.name.clone())
        }
    }
}

/// How many wait in `folder`, where that is counted.
pub(super) fn waiting(counts: &FolderCounts, folder: &Folder) -> Option<i64> {
    match folder {
        Folder::All => Some(counts.all),
        Folder::Unowned => Some(counts.unowned),
        Folder::Mine => Some(counts.mine),
        Folder::Waiting => Some(counts.waiting),
        Folder::Closed | Folder::Drafts => None,
        Folder::Department(id) => counts
            .departments
            .iter()
            .find(|department| department.id == *id)
            .map(|found| found.open),
        Folder::Colleague(id) => {
            counts.colleagues.iter().find(|colleague| colleague.id == *id).map(|found| found.open)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_again_by_its_path() {
        let spot = Spot::from_path("/folders/mine/inquiries/7/referral").unwrap();
        assert_eq!((spot.folder, spot.path()), (Folder::Mine, "/folders/mine/inquiries/7".into()));
        assert_eq!(Spot::from_path("/folders/d-12").unwrap().path(), "/folders/d-12");
        assert!(Spot::from_path("/folders/nowhere").is_none());
        assert!(Spot::from_path("/account").is_none());
    }
}
