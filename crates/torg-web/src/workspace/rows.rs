//! The rows of a list: one for each inquiry, with what is to be known of it at a glance.

use maud::{Markup, html};
use torg_core::Direction;
use torg_desk::ShownHit;
use torg_store::folders::{Folder, Hit, ListPage, ListRow, Sort};

use super::folders::Spot;
use super::list::Rows;
use crate::page::{avatar, due_tag, hidden_then, icon, nobody, state_tag, tag_chip};
use crate::spam::badge;
use crate::words::{Scene, word};

pub(super) fn is_by_deadline(spot: &Spot) -> bool {
    spot.shown.sort == Sort::Due && spot.folder.is_due_by_row()
}

/// In an order by deadline, the rows stand under how near it is.
pub(super) fn by_deadline(scene: &Scene, spot: &Spot, page: &ListPage) -> Markup {
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

pub(super) fn shown_hit<'a>(rows: &'a Rows, row: &ListRow) -> Option<&'a ShownHit> {
    rows.hits.get(&row.hit.as_ref()?.message)
}

/// One inquiry. Ids on row and button let the morphing keep them as they move.
pub(super) fn item(scene: &Scene, spot: &Spot, row: &ListRow, hit: Option<&ShownHit>) -> Markup {
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
pub(super) fn take_form(spot: &Spot) -> Markup {
    html! { form #take hidden method="post" { (hidden_then(&spot.path())) } }
}

fn take(scene: &Scene, row: &ListRow) -> Markup {
    let label = scene.with("inquiries-take-this", [("number", word(row.number.to_string()))]);
    let action = format!("/inquiries/{}/claim", row.id);
    html! { button.take #{ "take-" (row.id) } form="take" formaction=(action) aria-label=(label) title=(label) { (icon("plus")) } }
}
