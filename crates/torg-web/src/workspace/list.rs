//! The list of a folder: a row for each inquiry, older ones behind a link.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use maud::{Markup, html};
use torg_core::{InquiryId, MessageId};
use torg_desk::{MOST_OF_A_BULK, ShownHit};
use torg_store::folders::{Cursor, Folder, FolderCounts, ListPage, Sort};

use super::counts::count;
use super::empty_list::nothing;
use super::folders::{Spot, heading, waiting};
use super::narrowing;
use super::rows::{by_deadline, is_by_deadline, item, shown_hit, take_form};
use super::show::LONGEST;
use super::shown::Shown;
use crate::colleagues::banner;
use crate::page::{hidden_then, icon};
use crate::search::Beside;
use crate::words::{Scene, word};

/// What a list shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    pub(crate) page: ListPage,
    /// Why a search found what it found.
    pub(crate) hits: HashMap<MessageId, ShownHit>,
    /// What else a search found.
    pub(crate) beside: Beside,
}

impl Rows {
    /// Shows an inquiry as looked at that was opened while the list was read.
    pub(super) fn look_at(&mut self, open: InquiryId) {
        for row in self.page.rows.iter_mut().filter(|row| row.id == open) {
            row.unread = false;
        }
    }
}

/// The pane. It is a region of its own, so that it is refreshed without touching what is read.
pub(super) fn list(scene: &Scene, counts: &FolderCounts, spot: &Spot, rows: &Rows) -> Markup {
    let page = &rows.page;
    html! {
        section #list .list aria-labelledby="list-title" data-folder=(spot.folder_path()) data-query=(spot.query()) data-density=(counts.density.word()) data-left=(scene.say("folders-left")) data-shown=(shown_hash(scene, counts, spot, rows)) {
            (list_head(scene, counts, spot))
            button #newer type="button" hidden hx-morph-skip data-words=(scene.say("folders-newer-above")) { (icon("arrow-up")) span {} }
            div #rows .rows tabindex="0" role="region" aria-label=(scene.say("folders-list")) {
                @if spot.folder == Folder::Search { (crate::search::beside(scene, spot, &rows.beside, !page.rows.is_empty())) }
                @if page.ranked { (narrowing::ranked(scene)) }
                @if page.rows.is_empty() && rows.beside.numbered.is_empty() { (nothing(scene, counts, spot, page)) }
                @if is_by_deadline(spot) { (by_deadline(scene, spot, page)) }
                @else { ul { @for row in &page.rows { (item(scene, spot, row, shown_hit(rows, row))) } } }
                (paging(scene, spot, page))
            }
        }
    }
}

/// The heading, how the list is shown, and what is done to rows of it. All of it leads back to the
/// inquiry that is open, so it is sent anew when another one is.
pub(super) fn list_head(scene: &Scene, counts: &FolderCounts, spot: &Spot) -> Markup {
    let counted = (spot.shown == Shown::default()).then(|| waiting(counts, &spot.folder)).flatten();
    html! {
        header #list-head {
            div.row {
                h1 #list-title .cut { (heading(scene, counts, spot)) }
                @if let Some(lying) = counted.filter(|_| spot.folder == Folder::Spam) {
                    span.subtle.meta.tnum { (count(lying)) }
                } @else if let Some(waiting) = counted {
                    span.subtle.meta { (scene.with("folders-waiting-count", [("shown", word(count(waiting))), ("count", word(waiting))])) }
                }
                (narrowing::tools(scene, counts, spot))
            }
            (narrowing::chips(scene, counts, spot))
            (view_changed(scene, counts, spot))
            (banner(scene, counts, &spot.folder, &spot.path()))
            (bulkbar(scene, spot, whole_folder(scene, spot, counted)))
            (take_form(spot))
        }
    }
}

/// Tells what folders and list show from anything else they may show, to the minute their times are
/// told in: a page that shows the same already is sent nothing. Which inquiry is open counts only for
/// the rows it brings: the page marks it itself.
pub(super) fn shown_hash(scene: &Scene, counts: &FolderCounts, spot: &Spot, rows: &Rows) -> String {
    const MINUTE: i64 = 60;
    let minute = scene.times.now.as_second() / MINUTE;
    let language = scene.texts.language;
    let spot = Spot { open: None, earlier: false, ..spot.clone() };
    let mut hasher = DefaultHasher::new();
    format!("{minute} {language:?} {spot:?} {counts:?} {rows:?}").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// What may be done to all that are chosen. It shows once something is; the boxes of the rows
/// belong to it by its name, so that it works without a script. The whole folder is offered only
/// where the list is not narrowed, so that nothing is done to what she does not see.
fn bulkbar(scene: &Scene, spot: &Spot, whole: Option<String>) -> Markup {
    // The script presses the one whose `data-many` is the `data-key` of what a key does to one letter.
    let button = |act: &str, icon_name: &str, words: &str, many: &str, key: &str| {
        html! { button.btn.small name="act" value=(act) data-many=(many) { (icon(icon_name)) (scene.say(words)) kbd.kbd aria-hidden="true" { (key) } } }
    };
    let by_key = |act: &str, words: &str, many: &str| {
        html! { button name="act" value=(act) data-many=(many) hidden { (scene.say(words)) } }
    };
    html! {
        form #bulk .bulkbar method="post" action={ (spot.folder_path()) "/bulk" } aria-label=(scene.say("bulk-title")) data-count=(scene.say("bulk-chosen")) {
            (hidden_then(&spot.path()))
            div.row {
                span #bulk-count .strong.grow {}
                @if let Some(whole) = whole {
                    label.choice.meta { input #bulk-all type="checkbox" name="all" value="1"; (whole) }
                }
            }
            div.row.wrap {
                @match spot.folder {
                    Folder::Closed => (button("reopen", "rotate-cw", "inquiries-reopen", "e", "E")),
                    Folder::Spam => { (button("not-spam", "mail-check", "spam-do-not", "letter", "B")) (button("close", "check", "inquiries-close", "e", "E")) }
                    _ => { (button("claim", "hand", "inquiries-take-short", "t", "T")) (button("close", "check", "inquiries-close", "e", "E")) }
                }
                button.btn.small name="act" value="more" data-many="more" { (icon("ellipsis")) (scene.say("inquiries-more")) }
                (by_key("urgent", "inquiries-mark-urgent", "f"))
                (by_key("unread", "inquiries-mark-unread", "u"))
                (by_key("follow", "inquiries-follow", "follow"))
                @if spot.folder != Folder::Spam { (by_key("spam", "spam-do-title", "spam")) }
            }
        }
    }
}

/// What all of the folder is called. What is not counted may be more than one bulk takes.
fn whole_folder(scene: &Scene, spot: &Spot, counted: Option<i64>) -> Option<String> {
    let is_whole = spot.shown == Shown::default();
    match (counted, spot.folder) {
        (Some(number), _) => Some(scene.with("bulk-all-count", [("count", word(count(number)))])),
        (None, Folder::Closed | Folder::Sent | Folder::SnoozedIn(_)) if is_whole => {
            Some(scene.with("bulk-all-uncounted", [("most", word(MOST_OF_A_BULK))]))
        }
        _ => None,
    }
}

/// A view that is shown otherwise than it was kept can be kept so.
fn view_changed(scene: &Scene, counts: &FolderCounts, spot: &Spot) -> Markup {
    let me = scene.viewer.as_ref().map(|viewer| viewer.staff);
    let view = spot.shown.view.and_then(|id| counts.views.iter().find(|one| one.view.id == id));
    let view = view.map(|found| &found.view).filter(|view| Some(view.owner) == me);
    let kept = spot.shown.kept();
    html! {
        @if let Some(view) = view.filter(|view| view.query != kept || view.folder != spot.folder.to_slug()) {
            form.changed method="post" action={ "/views/" (view.id) "/look" } {
                input type="hidden" name="from" value=(spot.list_path());
                span.grow.subtle.meta { (scene.say("views-changed")) }
                button.btn.small { (scene.say("views-save-look")) }
            }
        }
    }
}

/// Older rows come in place where there is a script, and as a page of their own where not, or when
/// the list has become long.
fn paging(scene: &Scene, spot: &Spot, page: &ListPage) -> Markup {
    let older = match spot.shown.sort {
        Sort::Newest => "folders-older",
        Sort::Oldest => "folders-newer",
        Sort::Due | Sort::Best => "folders-more",
    };
    let next = |next: &Cursor| Spot { after: Some(*next), open: None, ..spot.clone() }.path();
    html! {
        @if page.cut { div.older { (narrowing::looked(scene)) } }
        @if spot.after.is_some() || page.next.is_some() {
            nav.older aria-label=(scene.say("folders-paging")) {
                @if spot.after.is_some() {
                    a.btn.quiet.small href=(spot.list_path()) { (icon("arrow-up")) (scene.say("folders-top")) }
                }
                @if let Some(after) = &page.next {
                    a #older .btn.small href=(next(after)) data-more[!page.cut && page.rows.len() < LONGEST] {
                        (scene.say(if page.cut { "look-further" } else { older })) (icon("arrow-down"))
                    }
                }
            }
        }
    }
}
