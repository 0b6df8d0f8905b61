//! The list of a folder: a row for each inquiry, older ones behind a link.

use maud::{Markup, html};
use torg_store::folders::{Folder, FolderCounts, ListPage, ListRow};

use super::counts::count;
use super::folders::{Spot, name, waiting};
use crate::page::{avatar, empty, hidden_then, icon, nobody, state_tag};
use crate::words::{Scene, word};

/// The pane. It is a region of its own, so that it is refreshed without touching what is read.
pub(super) fn list(scene: &Scene, counts: &FolderCounts, spot: &Spot, page: &ListPage) -> Markup {
    let title = name(scene, counts, &spot.folder);
    html! {
        section #list .list aria-labelledby="list-title" data-after=[spot.after.as_ref().map(ToString::to_string)] {
            header {
                div.row {
                    h1 #list-title .cut { (title) }
                    @if let Some(waiting) = waiting(counts, &spot.folder) {
                        span.subtle.meta { (scene.with("folders-waiting-count", [("shown", word(count(waiting))), ("count", word(waiting))])) }
                    }
                }
                (segments(scene, counts, &spot.folder))
            }
            div #rows .rows tabindex="0" role="region" aria-label=(scene.say("folders-list")) {
                @if page.rows.is_empty() { (nothing(scene, counts, spot)) }
                ul { @for row in &page.rows { (item(scene, spot, row)) } }
                (paging(scene, spot, page))
            }
        }
    }
}

fn segments(scene: &Scene, counts: &FolderCounts, here: &Folder) -> Markup {
    let tab = |folder: Folder, name: String, number: i64| {
        html! {
            a href={ "/folders/" (folder.to_slug()) } aria-current=[(folder == *here).then_some("true")] {
                (name) span.tnum { (count(number)) }
            }
        }
    };
    html! {
        nav.segments aria-label=(scene.say("folders-quick")) {
            (tab(Folder::All, scene.say("folders-quick-all"), counts.all))
            (tab(Folder::Unowned, scene.say("folders-unowned"), counts.unowned))
            (tab(Folder::Mine, scene.say("folders-mine"), counts.mine))
        }
    }
}

/// One inquiry. Ids on row and button let the morphing keep them as they move.
fn item(scene: &Scene, spot: &Spot, row: &ListRow) -> Markup {
    let is_open = spot.open == Some(row.id);
    html! {
        li #{ "row-" (row.id) } .item .unread[row.unread] data-subject=(row.subject) {
            a href=(spot.inquiry_path(row.id)) aria-current=[is_open.then_some("true")] {
                span.channel { (icon("mail")) span.hidden { (scene.say("inquiries-by-mail")) } }
                span.from {
                    span.cut { @if row.unread { span.hidden { (scene.say("folders-unread")) " " } } (row.sender) }
                    @if row.messages > 1 { span.subtle.meta title=(scene.with("folders-messages", [("count", word(row.messages))])) { (row.messages) } }
                }
                (scene.age(row.last_at))
                span.what.cut dir="auto" { b { (subject(scene, &row.subject)) } @if !row.snippet.is_empty() { " – " (row.snippet) } }
                span.facts { (facts(scene, row)) }
                span.owner { (owner(scene, row)) }
            }
            @if row.owner.is_none() && row.state == torg_core::State::Open { (take(scene, spot, row)) }
        }
    }
}

/// An empty subject is said to be empty; a link must have words.
pub(super) fn subject(scene: &Scene, subject: &str) -> String {
    if subject.trim().is_empty() { scene.say("inquiries-no-subject") } else { subject.to_owned() }
}

fn facts(scene: &Scene, row: &ListRow) -> Markup {
    html! {
        @if row.urgent { span.tag.danger { (icon("flag")) (scene.say("inquiries-urgent")) } }
        @if row.trouble { span.tag.warning { (icon("triangle-alert")) (scene.say("inquiries-trouble")) } }
        (state_tag(scene, row.state))
        span.tag.line { @if row.department.restricted { (icon("lock")) } span.cut { (row.department.name) } }
        @if row.shown { span.tag { (scene.say("inquiries-shown-here")) } }
        @if row.attachments { span.tag title=(scene.say("inquiries-has-attachments")) { (icon("paperclip")) span.hidden { (scene.say("inquiries-has-attachments")) } } }
    }
}

fn owner(scene: &Scene, row: &ListRow) -> Markup {
    match &row.owner {
        Some(owner) => html! {
            span title=(owner.name) { (avatar(&owner.name, true, false)) }
            span.hidden { (scene.with("inquiries-owner-is", [("name", word(owner.name.as_str()))])) }
        },
        None if row.state == torg_core::State::Open => {
            html! { span.hidden { (scene.say("inquiries-unowned")) } }
        }
        None => html! { (nobody()) span.hidden { (scene.say("inquiries-unowned")) } },
    }
}

fn take(scene: &Scene, spot: &Spot, row: &ListRow) -> Markup {
    let label = scene.with("inquiries-take-this", [("number", word(row.number.to_string()))]);
    html! {
        form.take method="post" action={ "/inquiries/" (row.id) "/claim" } {
            (hidden_then(&spot.path()))
            button #{ "take-" (row.id) } aria-label=(label) title=(label) { (icon("plus")) }
        }
    }
}

fn paging(scene: &Scene, spot: &Spot, page: &ListPage) -> Markup {
    html! {
        @if spot.after.is_some() || page.next.is_some() {
            nav.older aria-label=(scene.say("folders-paging")) {
                @if spot.after.is_some() {
                    a.btn.quiet.small href=(spot.folder_path()) { (icon("arrow-up")) (scene.say("folders-newest")) }
                }
                @if let Some(next) = &page.next {
                    a.btn.small href={ (spot.folder_path()) "?after=" (next) } { (scene.say("folders-older")) (icon("arrow-down")) }
                }
            }
        }
    }
}

/// Empty teaches where nothing ever came, and rests where all is done.
fn nothing(scene: &Scene, counts: &FolderCounts, spot: &Spot) -> Markup {
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
        Folder::Closed => empty(
            "archive",
            false,
            &scene.say("folders-none-closed"),
            html! { (scene.say("folders-none-closed-text")) },
        ),
    }
}
