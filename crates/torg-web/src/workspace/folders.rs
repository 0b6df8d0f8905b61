//! The folders at the left, each with how many wait in it.

use maud::{Markup, html};
use torg_core::{InquiryId, ViewId};
use torg_store::folders::{Cursor, Folder, FolderCounts, LookCount, ViewCount};
use torg_store::inquiries::Extent;
use torg_store::views::{Shared, View};

use super::counts::count;
use super::shown::{Asked, Shown};
use crate::colleagues::{away, away_until, is_here};
use crate::page::{avatar, icon};
use crate::words::{Scene, word};

/// Where in the workspace somebody stands: the folder and how it is shown, how far down its list,
/// and what is open.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) folder: Folder,
    pub(crate) shown: Shown,
    pub(crate) after: Option<Cursor>,
    pub(crate) open: Option<InquiryId>,
    /// All messages of what is open are shown, and not only the newest.
    pub(crate) earlier: bool,
}

impl Spot {
    /// All of a folder from its top, with nothing open.
    pub(crate) fn at(folder: Folder) -> Self {
        Self { folder, shown: Shown::default(), after: None, open: None, earlier: false }
    }

    /// How much of what is open is shown.
    pub(super) fn extent(&self) -> Extent {
        if self.earlier { Extent::Whole } else { Extent::Newest }
    }

    pub(crate) fn folder_path(&self) -> String {
        format!("/folders/{}", self.folder.to_slug())
    }

    /// The address of an inquiry seen from here.
    pub(crate) fn inquiry_path(&self, id: InquiryId) -> String {
        format!("{}/inquiries/{id}{}", self.folder_path(), self.query())
    }

    /// The address of a card over an inquiry seen from here: what it stands on stays as it is.
    pub(super) fn card_path(&self, id: InquiryId, card: &str) -> String {
        format!("{}/inquiries/{id}/{card}{}", self.folder_path(), self.query())
    }

    /// This very place.
    pub(crate) fn path(&self) -> String {
        match self.open {
            Some(id) => self.inquiry_path(id),
            None => format!("{}{}", self.folder_path(), self.query()),
        }
    }

    /// The list from its top, as it is shown here.
    pub(crate) fn list_path(&self) -> String {
        format!("{}{}", self.folder_path(), self.shown.query(&[]))
    }

    /// The list from its top with one thing about it changed, and the same inquiry open.
    pub(crate) fn with(&self, change: impl Fn(&mut Shown)) -> String {
        let mut changed = Self { after: None, ..self.clone() };
        change(&mut changed.shown);
        changed.path()
    }

    /// The part behind the question mark, with it; nothing at the top of a folder as it is.
    pub(crate) fn query(&self) -> String {
        let after = self.after.as_ref().map(|after| ("after", after.to_string()));
        self.shown.query(after.as_slice())
    }

    /// The place that `path` is, if it is one in the workspace.
    pub(crate) fn from_path(path: &str) -> Option<Self> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let rest = path.strip_prefix("/folders/")?;
        let (slug, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let open =
            rest.strip_prefix("inquiries/").and_then(|rest| rest.split('/').next()?.parse().ok());
        let asked = Asked::from_query(query);
        let after = asked.after.as_deref().and_then(|after| after.parse().ok());
        let folder = Folder::from_slug(slug)?;
        Some(Self { shown: asked.shown(), after, open, ..Self::at(folder) })
    }
}

/// The navigation, in groups that fold. On a narrow window it is a popover behind a button.
pub(super) fn folders(scene: &Scene, counts: &FolderCounts, spot: &Spot) -> Markup {
    let here = Here { folder: &spot.folder, view: spot.shown.view };
    let link = |folder: Folder, icon_name: &str, name: String, number: Option<i64>| {
        html! { li { (entry(&folder, &here, html! { (icon(icon_name)) span.cut { (name) } }, number, false)) } }
    };
    let shared = html! {
        (link(Folder::All, "inbox", scene.say("folders-all"), Some(counts.all)))
        (link(Folder::Unowned, "hand", scene.say("folders-unowned"), Some(counts.unowned)))
    };
    let own = html! {
        (link(Folder::Mine, "user-round", scene.say("folders-mine"), Some(counts.mine)))
        (link(Folder::Drafts, "pencil", scene.say("folders-drafts"), Some(counts.drafts)))
        (link(Folder::Waiting, "hourglass", scene.say("folders-waiting"), Some(counts.waiting)))
        (link(Folder::Snoozed, "alarm-clock", scene.say("folders-snoozed"), Some(counts.snoozed)))
        (link(Folder::Followed, "eye", scene.say("folders-followed"), Some(counts.followed)))
        (link(Folder::Sent, "send", scene.say("folders-sent"), None))
    };
    let other = html! {
        (link(Folder::Closed, "archive", scene.say("folders-closed"), None))
        (link(Folder::Spam, "shield-x", scene.say("spam-title"), Some(counts.spam)))
        li { a href="/quarantine" data-go="quarantine" { (icon("triangle-alert")) span.cut { (scene.say("folders-quarantine")) } span.count { (number(counts.quarantine)) } } }
    };
    html! {
        nav #folders .folders popover="auto" aria-label=(scene.say("page-folders")) data-unowned=(counts.unowned) {
            (group("shared", &scene.say("folders-shared"), &shared))
            @if counts.departments.iter().any(|department| department.member) {
                (group("departments", &scene.say("folders-departments"), &departments(scene, counts, &here, true)))
            }
            (other_departments(scene, counts, &here))
            (group("own", &scene.say("folders-own"), &own))
            (views(scene, counts, &here))
            @if !counts.colleagues.is_empty() {
                (group("colleagues", &scene.say("folders-colleagues"), &colleagues(scene, counts, &here)))
            }
            (group("other", &scene.say("folders-other"), &other))
        }
    }
}

/// What of the navigation is the place one stands at.
struct Here<'a> {
    folder: &'a Folder,
    view: Option<ViewId>,
}

impl Here<'_> {
    fn is(&self, folder: &Folder) -> bool {
        self.view.is_none() && self.folder == folder
    }
}

/// Some folders under a heading that folds them away. Whether they are, the browser remembers.
fn group(id: &str, name: &str, entries: &Markup) -> Markup {
    html! {
        details #{ "group-" (id) } .group open data-fold=(id) {
            summary { h2 { (name) } (icon("chevron-down")) }
            ul { (entries) }
        }
    }
}

/// Nothing is said where nothing waits: the eye finds what does.
fn number(number: i64) -> String {
    if number == 0 { String::new() } else { count(number) }
}

fn departments(scene: &Scene, counts: &FolderCounts, here: &Here<'_>, of_mine: bool) -> Markup {
    html! {
        @for department in counts.departments.iter().filter(|department| department.member == of_mine) {
            li class={ "level-" (department.level) } {
                (entry(&Folder::Department(department.id), here, html! {
                    (icon(if department.restricted { "lock" } else { "building-2" })) span.cut { (department.name) }
                    @if department.restricted { span.hidden { (scene.say("folders-restricted")) } }
                }, Some(department.open), false))
            }
        }
    }
}

/// The departments she is no member of, folded away so that her own stay in view.
fn other_departments(scene: &Scene, counts: &FolderCounts, here: &Here<'_>) -> Markup {
    let is_other = |folder: &Folder| matches!(folder, Folder::Department(id) if counts.departments.iter().any(|d| d.id == *id && !d.member));
    html! {
        @if counts.departments.iter().any(|department| !department.member) {
            details #other-departments .group open[is_other(here.folder)] {
                summary { h2 { (scene.say("folders-other-departments")) } (icon("chevron-down")) }
                ul { (departments(scene, counts, here, false)) }
            }
        }
    }
}

/// Saved views, and the way to what can be done with them.
fn views(scene: &Scene, counts: &FolderCounts, here: &Here<'_>) -> Markup {
    let found = |found: &LookCount| match (found.number, found.more) {
        (0, false) => String::new(),
        (number, true) => format!("{number}+"),
        (number, false) => number.to_string(),
    };
    let entries = html! {
        @for ViewCount { view, count } in &counts.views {
            li {
                a href=(view_path(view)) aria-current=[(here.view == Some(view.id)).then_some("page")] data-go={ "view-" (view.id) } {
                    (icon(if view.shared == Shared::Nobody { "bookmark" } else { "users" })) span.cut { (view.name) }
                    span.count { (found(count)) }
                }
            }
        }
        li { a.faint href="/views" data-go="views" { (icon("settings")) span.cut { (scene.say("views-all")) } } }
    };
    html! { @if !counts.views.is_empty() { (group("views", &scene.say("views-title"), &entries)) } }
}

/// Where a view shows what it keeps.
pub(crate) fn view_path(view: &View) -> String {
    let shown = Shown { view: Some(view.id), ..Asked::from_query(&view.query).shown() };
    format!("/folders/{}{}", view.folder, shown.query(&[]))
}

fn colleagues(scene: &Scene, counts: &FolderCounts, here: &Here<'_>) -> Markup {
    html! {
        @for colleague in counts.colleagues.iter().filter(|one| one.open > 0 || is_here(scene, one) || away(scene, one).is_some()) {
            li {
                (entry(&Folder::Colleague(colleague.id), here, html! {
                    (avatar(&colleague.name, true, false)) span.cut { (colleague.name) }
                    @if let Some(absence) = away(scene, colleague) { span.subtle.meta.cut title=(away_until(scene, absence)) { (scene.say("colleagues-is-away")) } }
                    @else if is_here(scene, colleague) { span.at-desk title=(scene.say("colleagues-here")) { span.hidden { (scene.say("colleagues-here")) } } }
                }, Some(colleague.open), false))
            }
        }
        li { a.faint href="/colleagues" data-go="colleagues" { (icon("users")) span.cut { (scene.say("colleagues-title")) } } }
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "a piece of a page is made to be put into another"
)]
fn entry(
    folder: &Folder,
    here: &Here<'_>,
    label: Markup,
    waiting: Option<i64>,
    under: bool,
) -> Markup {
    html! {
        a .under[under] .some[waiting.is_some_and(|number| number > 0)] href={ "/folders/" (folder.to_slug()) } aria-current=[here.is(folder).then_some("page")] data-folder=(folder.to_slug()) {
            (label)
            @if let Some(waiting) = waiting { span.count { (number(waiting)) } }
        }
    }
}

/// The heading of the list: of the view, of what was searched for, or of the folder.
pub(super) fn heading(scene: &Scene, counts: &FolderCounts, spot: &Spot) -> String {
    let view = spot.shown.view.and_then(|id| counts.views.iter().find(|one| one.view.id == id));
    match view {
        Some(found) => found.view.name.clone(),
        None if spot.folder == Folder::Search && !spot.shown.q.is_empty() => {
            scene.with("search-results", [("text", word(spot.shown.q.as_str()))])
        }
        None => name(scene, counts, &spot.folder),
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
        Folder::Sent => scene.say("folders-sent"),
        Folder::Search => scene.say("search-title"),
        Folder::Closed => scene.say("folders-closed"),
        Folder::Spam => scene.say("spam-title"),
        Folder::Snoozed | Folder::SnoozedIn(_) => scene.say("folders-snoozed"),
        Folder::Followed => scene.say("folders-followed"),
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
        Folder::Drafts | Folder::Sent | Folder::Search | Folder::Closed | Folder::SnoozedIn(_) => {
            None
        }
        Folder::Snoozed => Some(counts.snoozed),
        Folder::Spam => Some(counts.spam),
        Folder::Followed => Some(counts.followed),
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
        let narrowed = "/folders/all/inquiries/7?unread=1&sort=oldest&after=5.7";
        assert_eq!(Spot::from_path(narrowed).unwrap().path(), narrowed);
        assert!(Spot::from_path("/folders/nowhere").is_none());
        assert!(Spot::from_path("/account").is_none());
    }
}
