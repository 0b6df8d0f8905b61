//! Notices in words: rows of their page, and toasts.

use maud::{Markup, html};
use torg_core::{NoticeKind, Verb};
use torg_desk::markup_to_text;
use torg_store::notices::{NoticePage, NoticeRow};

use super::{Asked, words};
use crate::assets;
use crate::page::{avatar, empty, icon};
use crate::words::{Scene, word};
use crate::workspace::subject;

/// How many toasts are shown one by one; more are one.
const MOST_TOASTS: usize = 3;

/// The rows by day, or what stands where none are. Fetched anew when something came.
pub(crate) fn list(scene: &Scene, page: &NoticePage, asked: &Asked) -> Markup {
    html! {
        div #noticed .noticed data-path=(asked.path()) {
            @if page.rows.is_empty() { (nothing(scene, asked)) }
            @for (heading, rows) in by_day(scene, &page.rows) {
                section {
                    h2 { (heading) }
                    ul { @for row in rows { (line(scene, row, asked)) } }
                }
            }
            @if let Some(next) = page.next {
                nav.older { a.btn href={ (asked.path()) (if asked.all() { "&" } else { "?" }) "after=" (next) } { (scene.say("notices-older")) } }
            }
        }
    }
}

fn nothing(scene: &Scene, asked: &Asked) -> Markup {
    if asked.all() || asked.after.is_some() {
        return empty(
            "bell",
            false,
            &scene.say("notices-none-ever"),
            html! { (scene.say("notices-none-ever-text")) },
        );
    }
    empty(
        "check-check",
        true,
        &scene.say("notices-none"),
        html! { (scene.say("notices-none-text")) " " a href="/notices?show=all" { (scene.say("notices-none-all")) } },
    )
}

/// Today, yesterday, and what is older.
fn by_day<'r>(scene: &Scene, rows: &'r [NoticeRow]) -> Vec<(String, Vec<&'r NoticeRow>)> {
    let heading = |row: &NoticeRow| match scene.times.days_ago(row.at) {
        ..=0 => "notices-today",
        1 => "notices-yesterday",
        _ => "notices-earlier",
    };
    let mut days: Vec<(String, Vec<&NoticeRow>)> = Vec::new();
    for row in rows {
        let words = scene.say(heading(row));
        match days.last_mut() {
            Some((last, of_it)) if *last == words => of_it.push(row),
            _ => days.push((words, vec![row])),
        }
    }
    days
}

fn line(scene: &Scene, row: &NoticeRow, asked: &Asked) -> Markup {
    let begins = beginning(row);
    html! {
        li #{ "notice-" (row.id) } .unseen[!row.seen] {
            a href=(path(row)) {
                (face(row))
                span.what {
                    (sentence(scene, row, true))
                    @if row.times > 1 { " " span.tag title=(scene.with("notices-times", [("times", word(row.times))])) { "× " (row.times) } }
                    @if !row.seen { span.hidden { " (" (scene.say("notices-unseen-one")) ")" } }
                }
                (scene.age(row.at))
                span.which.cut {
                    @if row.restricted { (icon("lock")) " " }
                    span.number { (row.number) } " " (subject(scene, &row.subject))
                }
                @if !begins.is_empty() { span.words.cut dir="auto" { (begins) } }
            }
            @if !row.seen {
                form method="post" action={ "/notices/" (row.id) "/seen" } {
                    (crate::page::hidden_then(asked.path()))
                    button.btn.quiet.square title=(scene.say("notices-see")) aria-label=(scene.say("notices-see")) { (icon("check")) }
                }
            }
        }
    }
}

/// Who did it, with what it is at her shoulder; or what it is alone.
fn face(row: &NoticeRow) -> Markup {
    let (name, tone) = look(row.kind);
    let who = who(row);
    html! {
        span class={ "face " (tone) } aria-hidden="true" {
            @if let Some((name, is_colleague)) = who { (avatar(&name, is_colleague, true)) }
            span.sign.only[who_is_nobody(row)] { svg.icon { use href={ (assets::address("icons.svg")) "#" (name) }; } }
        }
    }
}

fn who_is_nobody(row: &NoticeRow) -> bool {
    who(row).is_none()
}

/// The colleague who did it, or the citizen who wrote.
fn who(row: &NoticeRow) -> Option<(String, bool)> {
    match (&row.by, &row.author, row.verb) {
        (Some(by), ..) => Some((by.name.clone(), true)),
        (None, Some(author), Some(Verb::Received)) => Some((author.clone(), false)),
        _ => None,
    }
}

fn look(kind: NoticeKind) -> (&'static str, &'static str) {
    match kind {
        NoticeKind::Mentioned => ("at-sign", "accent"),
        NoticeKind::Assigned => ("user-plus", "accent"),
        NoticeKind::Letter => ("mail", "success"),
        NoticeKind::Undelivered => ("triangle-alert", "danger"),
        NoticeKind::DueSoon => ("clock", "warning"),
        NoticeKind::Overdue => ("clock-alert", "danger"),
        NoticeKind::AnswerPaused => ("pause", "warning"),
        NoticeKind::Woke => ("alarm-clock", "accent"),
        NoticeKind::Gone => ("corner-up-right", "plain"),
        NoticeKind::Followed => ("eye", "plain"),
        NoticeKind::NearSpam => ("shield-x", "warning"),
    }
}

/// Who did what; the name in `strong` if it is for a row.
fn sentence(scene: &Scene, row: &NoticeRow, strong: bool) -> Markup {
    // The name stands where the language wants it, so it is put in afterwards.
    const MARK: &str = "\u{1}";
    let by = who(row).map(|(name, _)| name).unwrap_or_default();
    let said = scene.with(words::key(row, !by.is_empty()), [("by", word(MARK))]);
    match said.split_once(MARK) {
        Some((before, after)) if strong => html! { (before) b { (by) } (after) },
        Some((before, after)) => html! { (before) (by) (after) },
        None if strong => html! { b { (said) } },
        None => html! { (said) },
    }
}

/// How the message begins, on one line.
fn beginning(row: &NoticeRow) -> String {
    let text = match row.verb {
        Some(Verb::Received | Verb::NotSent) => row.words.clone(),
        _ => markup_to_text(&row.words),
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(200).collect()
}

fn path(row: &NoticeRow) -> String {
    let message = row.message.map(|id| format!("#message-{id}")).unwrap_or_default();
    format!("/folders/all/inquiries/{}{message}", row.inquiry)
}

/// What a page tells now, for the script: a toast each, or one for many.
pub(crate) fn tellings(scene: &Scene, rows: &[NoticeRow], quiet: Option<i64>) -> Markup {
    html! {
        div #tellings data-sound[rows.iter().any(|row| row.sound)] data-quiet=[quiet] {
            @if rows.len() > MOST_TOASTS {
                div.toast.news data-href="/notices" {
                    (icon("bell"))
                    span.grow { b { (scene.with("notices-many", [("count", word(i64::try_from(rows.len()).unwrap_or(0)))])) } }
                    a href="/notices" { (scene.say("page-show")) }
                }
            } @else {
                @for row in rows.iter().rev() { (toast(scene, row)) }
            }
        }
    }
}

/// What lies behind a wall says its number only: others may see the screen.
fn toast(scene: &Scene, row: &NoticeRow) -> Markup {
    let (name, _) = look(row.kind);
    html! {
        div.toast.news data-href=(path(row)) data-inquiry=(row.inquiry) {
            (icon(name))
            span.grow {
                b { (sentence(scene, row, false)) }
                span.cut { (row.number) @if !row.restricted { " " (subject(scene, &row.subject)) } }
            }
            a href=(path(row)) { (scene.say("page-show")) }
        }
    }
}
