//! A list with nothing in it, which says why.

use maud::{Markup, html};
use torg_store::folders::{Folder, FolderCounts, ListPage};

use super::folders::Spot;
use crate::page::empty;
use crate::words::{Scene, word};

/// Empty teaches where nothing ever came, and rests where all is done.
pub(super) fn nothing(
    scene: &Scene,
    counts: &FolderCounts,
    spot: &Spot,
    page: &ListPage,
) -> Markup {
    if spot.folder == Folder::Search {
        return crate::search::nothing(scene, spot);
    }
    if spot.shown.is_narrowed() {
        return nothing_left(scene, spot, page);
    }
    if let Folder::Department(id) = spot.folder
        && counts.departments.iter().all(|department| department.id != id)
    {
        return empty(
            "building-2",
            false,
            &scene.say("folders-department-gone"),
            html! { (scene.say("folders-department-gone-text")) " " a href="/folders/all" { (scene.say("folders-all")) } },
        );
    }
    let other = html! {
        @if counts.unowned > 0 && spot.folder != Folder::Unowned {
            br; a href="/folders/unowned" { (scene.with("folders-see-unowned", [("count", word(counts.unowned))])) }
        }
    };
    match &spot.folder {
        Folder::All | Folder::Unowned | Folder::Department(_) => empty(
            "check",
            true,
            &scene.say("folders-all-done"),
            html! { (scene.say("folders-all-done-text")) (other) },
        ),
        Folder::Mine => empty(
            "check",
            true,
            &scene.say("folders-mine-done"),
            html! { (scene.say("folders-mine-done-text")) (other) },
        ),
        Folder::Waiting => empty(
            "hourglass",
            false,
            &scene.say("folders-nothing-waits"),
            html! { (scene.say("folders-nothing-waits-text")) },
        ),
        Folder::Colleague(_) => empty(
            "user-round",
            false,
            &scene.say("folders-colleague-none"),
            html! { (scene.say("folders-colleague-none-text")) },
        ),
        Folder::Drafts => empty(
            "pencil",
            false,
            &scene.say("folders-no-drafts"),
            html! { (scene.say("folders-no-drafts-text")) },
        ),
        Folder::Sent => empty(
            "send",
            false,
            &scene.say("folders-none-sent"),
            html! { (scene.say("folders-none-sent-text")) },
        ),
        Folder::Snoozed | Folder::SnoozedIn(_) => empty(
            "alarm-clock",
            false,
            &scene.say("folders-none-snoozed"),
            html! { (scene.say("folders-none-snoozed-text")) },
        ),
        Folder::Followed => empty(
            "eye",
            false,
            &scene.say("folders-none-followed"),
            html! { (scene.say("folders-none-followed-text")) },
        ),
        Folder::Spam => {
            empty("check", true, &scene.say("spam-none"), html! { (scene.say("spam-none-text")) })
        }
        Folder::Search | Folder::Closed => empty(
            "archive",
            false,
            &scene.say("folders-none-closed"),
            html! { (scene.say("folders-none-closed-text")) },
        ),
    }
}

/// A filter that leaves nothing says so, and goes by one click.
fn nothing_left(scene: &Scene, spot: &Spot, page: &ListPage) -> Markup {
    let all = Spot::at(spot.folder);
    let title = if page.cut { "look-none-yet" } else { "look-none" };
    empty(
        "list-filter",
        false,
        &scene.say(title),
        html! { a href=(all.path()) { (scene.say("look-all")) } },
    )
}
