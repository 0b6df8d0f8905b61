//! The list of a folder: a row for each inquiry, older ones behind a link.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use maud::{Markup, html};
use torg_core::{Direction, MessageId};
use torg_desk::{MOST_OF_A_BULK, ShownHit};
use torg_store::folders::{Cursor, Folder, FolderCounts, Hit, ListPage, ListRow, Sort};

use super::counts::count;
use super::folders::{Spot, heading, waiting};
use super::narrowing;
use super::show::LONGEST;
use super::shown::Shown;
use crate::colleagues::banner;
use crate::page::{avatar, due_tag, empty, hidden_then, icon, nobody, state_tag, tag_chip};
use crate::search::Beside;
use crate::spam::badge;
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
    let button = |act: &str, icon_name: &str, key: &str| {
        html! { button.btn.small name="act" value=(act) { (icon(icon_name)) (scene.say(key)) } }
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
                    Folder::Closed => (button("reopen", "rotate-cw", "inquiries-reopen")),
                    Folder::Spam => { (button("not-spam", "mail-check", "spam-do-not")) (button("close", "check", "inquiries-close")) }
                    _ => { (button("claim", "hand", "inquiries-take-short")) (button("close", "check", "inquiries-close")) }
                }
                button.btn.small name="act" value="more" { (icon("ellipsis")) (scene.say("inquiries-more")) }
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

fn is_by_deadline(spot: &Spot) -> bool {
    spot.shown.sort == Sort::Due && spot.folder.is_due_by_row()
}

/// In an order by deadline, the rows stand under how near it is.
fn by_deadline(scene: &Scene, spot: &Spot, page: &ListPage) -> Markup {
    html! {
        @for rows in page.rows.chunk_by(|one, next| nearness(scene, one) == nearness(scene, next)) {
            @let words = rows.first().map_or("", |row| nearness(scene, row));
            h2 .due-head .over[words == "look-over"] { (scene.say(words)) }
            ul { @for row in rows { (item(scene, spot, row, None)) } }
        }
    }
}

/// The heading a row stands under.
fn nearness(scene: &Scene, row: &ListRow) -> &'static str {
    match &row.due {
        _ if row.shown => "look-elsewhere",
        None => "look-undated",
        Some(due) if due.at <= scene.times.now.as_microsecond() => "look-over",
        Some(due) => match scene.times.days_ahead(due.at) {
            ..=0 => "look-today",
            1 => "look-tomorrow",
            2..=6 => "look-seven-days",
            _ => "look-later",
        },
    }
}

fn shown_hit<'a>(rows: &'a Rows, row: &ListRow) -> Option<&'a ShownHit> {
    rows.hits.get(&row.hit.as_ref()?.message)
}

/// One inquiry. Ids on row and button let the morphing keep them as they move.
fn item(scene: &Scene, spot: &Spot, row: &ListRow, hit: Option<&ShownHit>) -> Markup {
    let is_open = spot.open == Some(row.id);
    html! {
        li #{ "row-" (row.id) } .item .unread[row.unread] data-subject=(row.subject) {
            label.pick title=(scene.say("bulk-choose")) { input type="checkbox" name="id" value=(row.id) form="bulk" aria-label=(scene.with("bulk-choose-this", [("number", word(row.number.to_string()))])); }
            a hx-sync="#list:replace" href={ (spot.inquiry_path(row.id)) @if let Some(hit) = &row.hit { "#message-" (hit.message) } } aria-current=[is_open.then_some("true")] {
                span.channel { (icon("mail")) span.hidden { (scene.say("inquiries-by-mail")) } }
                span.from {
                    span.cut { @if row.unread { span.hidden { (scene.say("folders-unread")) " " } } (row.sender) }
                    @if row.messages > 1 { span.subtle.meta title=(scene.with("folders-messages", [("count", word(row.messages))])) { (row.messages) } }
                }
                (scene.age(if spot.folder == Folder::Sent { row.at } else { row.last_at }))
                @if let Some(hit) = hit { (crate::search::found(scene, row, hit)) }
                @else { span.what.cut dir="auto" { b { (subject(scene, &row.subject)) } @if !row.snippet.is_empty() { " – " (row.snippet) } } }
                span.facts { (facts(scene, row)) }
                span.owner { (owner(scene, row)) }
            }
            @if row.owner.is_none() && row.state == torg_core::State::Open { (take(scene, row)) }
        }
    }
}

/// An empty subject is said to be empty; a link must have words.
pub(crate) fn subject(scene: &Scene, subject: &str) -> String {
    if subject.trim().is_empty() { scene.say("inquiries-no-subject") } else { subject.to_owned() }
}

fn facts(scene: &Scene, row: &ListRow) -> Markup {
    html! {
        @if let Some(hit) = &row.hit { span.tag.accent { (icon("search")) span.cut { (why_found(scene, hit)) } } }
        @if row.urgent { span.tag.danger { (icon("flag")) (scene.say("inquiries-urgent")) } }
        @if row.automatic && row.state == torg_core::State::Open { span.tag { (icon("bot")) (scene.say("messages-automatic-answer")) } }
        @if row.trouble { span.tag.warning { (icon("triangle-alert")) (scene.say("inquiries-trouble")) } }
        @if let Some(due) = &row.due { (due_tag(scene, due)) }
        (badge(scene, row.state, row.suspect))
        (state_tag(scene, row.state))
        span.tag.line { @if row.department.restricted { (icon("lock")) } span.cut { (row.department.name) } }
        @if row.shown { span.tag { (scene.say("inquiries-shown-here")) } }
        @if let Some(wake_at) = row.wake_at { span.tag.line { (scene.times.stamp(wake_at)) } }
        @if let Some(lent_by) = &row.lent_by { span.tag.warning { (icon("plane")) (scene.with("colleagues-lent", [("name", word(lent_by.name.as_str()))])) } }
        @for tag in row.tags.iter().take(GLANCE) { (tag_chip(tag)) }
        @if row.tags.len() > GLANCE { span.tag title=(names(row)) { "+" (row.tags.len() - GLANCE) } }
        @if row.attachments { span.tag title=(scene.say("inquiries-has-attachments")) { (icon("paperclip")) span.hidden { (scene.say("inquiries-has-attachments")) } } }
    }
}

/// How many tags a row shows.
const GLANCE: usize = 2;

fn names(row: &ListRow) -> String {
    row.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// In whose words a search found it.
fn why_found(scene: &Scene, hit: &Hit) -> String {
    let key = match hit.direction {
        Direction::In => "search-in-letter",
        Direction::Out => "search-in-answer",
        Direction::Note => "search-in-note",
    };
    let when = scene.times.on(hit.at);
    scene.with(key, [("name", word(hit.author.as_str())), ("when", word(when))])
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

/// One form for the buttons of all rows.
fn take_form(spot: &Spot) -> Markup {
    html! { form #take hidden method="post" { (hidden_then(&spot.path())) } }
}

fn take(scene: &Scene, row: &ListRow) -> Markup {
    let label = scene.with("inquiries-take-this", [("number", word(row.number.to_string()))]);
    let action = format!("/inquiries/{}/claim", row.id);
    html! { button.take #{ "take-" (row.id) } form="take" formaction=(action) aria-label=(label) title=(label) { (icon("plus")) } }
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

/// Empty teaches where nothing ever came, and rests where all is done.
fn nothing(scene: &Scene, counts: &FolderCounts, spot: &Spot, page: &ListPage) -> Markup {
    if spot.folder == Folder::Search {
        return crate::search::nothing(scene, spot);
    }
    if spot.shown.is_narrowed() {
        return nothing_left(scene, spot, page);
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
