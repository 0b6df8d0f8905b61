//! The versions of an answer with what changed between two of them, and two answers side by side.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::answers::differ::{self, Run, runs};
use torg_core::answers::{StandardAnswer, blanks, may_write};
use torg_core::{AnswerId, Language};
use torg_store::answers::{self, AnswerRow, Version};

use super::one::is_member;
use super::parts::{facts, stage_key, title_of};
use super::{found, page};
use crate::page::icon;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};

/// How many versions a page lists.
const SHOWN: i64 = 50;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Pair {
    from: Option<i64>,
    to: Option<i64>,
}

/// `GET /answers/{id}/versions`
pub(crate) async fn versions(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AnswerId>,
    Query(pair): Query<Pair>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let row = found(&web, &signed, id).await?;
    let viewer = signed.viewer.clone();
    let answer = row.answer.clone();
    let read = web.read(move |read| {
        let member = is_member(read, &viewer, &answer)?;
        Ok((answers::versions(read, &viewer, id, SHOWN)?, member))
    });
    let (all, member) = read.await?;
    let scene = signed.scene(&web);
    let may = may_write(signed.viewer.role, row.answer.department, member, row.answer.stage);
    let to = pair.to.unwrap_or(row.version);
    let from = pair.from.unwrap_or(to.saturating_sub(1));
    let of = |number: i64| all.iter().find(|version| version.version == number);
    let title = scene.with("answers-versions-of", [("title", word(title_of(&scene, &row.answer)))]);
    let main = html! {
        main #main .page.answers tabindex="-1" {
            header { div.grow {
                a.subtle href={ "/answers/" (id) } { (icon("chevron-left")) " " (title_of(&scene, &row.answer)) }
                h1 { (scene.say("answers-versions")) }
            } }
            section.panel aria-labelledby="changes" {
                h2 #changes { (scene.with("answers-from-to", [("from", word(from)), ("to", word(to))])) }
                @match (of(from), of(to)) {
                    (Some(one), Some(other)) => (difference(&scene, &one.answer, &other.answer)),
                    (None, Some(only)) => { p.subtle { (scene.say("answers-first-version")) } (difference(&scene, &StandardAnswer::default(), &only.answer)) },
                    _ => p.subtle { (scene.say("answers-no-version")) },
                }
            }
            section.panel {
                form.form method="get" action={ "/answers/" (id) "/versions" } {
                    ul.lines { @for version in &all { (line(&scene, &row, version, may, (from, to))) } }
                    div.row { button.btn { (icon("arrow-down-up")) (scene.say("answers-compare")) } }
                }
                @if may { @for version in all.iter().filter(|version| version.version != row.version) {
                    form #{ "back-" (version.version) } method="post" action={ "/answers/" (id) "/return" } hidden { input type="hidden" name="version" value=(version.version); }
                } }
            }
        }
    };
    Ok(page(&web, &scene, &untold, title, main))
}

fn line(
    scene: &Scene,
    row: &AnswerRow,
    version: &Version,
    may: bool,
    (from, to): (i64, i64),
) -> Markup {
    let number = version.version;
    let by = version.by.clone().unwrap_or_else(|| scene.say("settings-history-command"));
    let choice = |name: &str, chosen: i64, key: &str| {
        html! {
            input.ds-input type="radio" name=(name) value=(number) checked[chosen == number]
                aria-label=(scene.with(key, [("version", word(number))]));
        }
    };
    html! {
        li {
            (choice("from", from, "answers-compare-from")) (choice("to", to, "answers-compare-to"))
            span.grow { span.medium { (scene.with("answers-version-number", [("version", word(number))])) } " "
                span.subtle.meta { (by) " · " (scene.stamp(version.at)) } }
            @if number == row.version { span.tag.accent { (scene.say("answers-now")) } }
            @else if may {
                button.btn.small form={ "back-" (number) } { (icon("undo-2")) (scene.say("answers-set-back")) }
            }
        }
    }
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Two {
    one: Option<AnswerId>,
    other: Option<AnswerId>,
}

/// `GET /answers/beside?one=&other=`: two answers, and what only one of them says.
pub(crate) async fn beside(
    State(web): State<Web>,
    signed: Signed,
    Query(two): Query<Two>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let (Some(one), Some(other)) = (two.one, two.other) else {
        return Ok(Redirect::to("/answers").into_response());
    };
    let (one, other) = (found(&web, &signed, one).await?, found(&web, &signed, other).await?);
    let scene = signed.scene(&web);
    let title = scene.say("answers-beside-title");
    let side = |row: &AnswerRow| {
        html! { div { h2 { a href={ "/answers/" (row.id) } { (title_of(&scene, &row.answer)) } } div.tags { (facts(&scene, row)) } } }
    };
    let main = html! {
        main #main .page.answers tabindex="-1" {
            header { div.grow { h1 { (title) } p.lead { (scene.say("answers-beside-text")) } } }
            section.panel {
                div.two { (side(&one)) (side(&other)) }
                (both(&scene, &one.answer, &other.answer))
            }
        }
    };
    Ok(page(&web, &scene, &untold, title, main))
}

/// What changed, language by language, as one text.
fn difference(scene: &Scene, old: &StandardAnswer, new: &StandardAnswer) -> Markup {
    let texts = |answer: &StandardAnswer, language: Language| in_language(scene, answer, language);
    let changed: Vec<Language> = Language::ALL
        .into_iter()
        .filter(|language| texts(old, *language) != texts(new, *language))
        .collect();
    let lines = [
        ("answers-tags", old.tags.join(", "), new.tags.join(", ")),
        ("answers-state", scene.say(stage_key(old.stage)), scene.say(stage_key(new.stage))),
        ("answers-review", day(old), day(new)),
        ("answers-links", old.links.join(", "), new.links.join(", ")),
        ("answers-attach", names(old), names(new)),
    ];
    html! {
        @for (key, old, new) in lines.iter().filter(|(_, old, new)| old != new) {
            p.difference { span.subtle { (scene.say(key)) ": " } @if !old.is_empty() { del { (old) } " " } ins { (new) } }
        }
        @for language in &changed {
            h3.meta.subtle { (language.own_name()) }
            div.difference lang=(language.tag()) {
                @for run in runs(&texts(old, *language), &texts(new, *language)) {
                    @match run { Run::Same(text) => (text), Run::Gone(text) => del { (text) }, Run::New(text) => ins { (text) } }
                }
            }
        }
        @if changed.is_empty() && lines.iter().all(|(_, old, new)| old == new) && old != new { p.subtle { (scene.say("answers-other-change")) } }
        @if old == new { p.subtle { (scene.say("answers-no-change")) } }
    }
}

fn day(answer: &StandardAnswer) -> String {
    answer.review.map(|day| day.to_string()).unwrap_or_default()
}

fn names(answer: &StandardAnswer) -> String {
    answer.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn in_language(scene: &Scene, answer: &StandardAnswer, language: Language) -> String {
    let text = answer.texts.iter().find(|text| text.language == language);
    text.map_or_else(String::new, |text| {
        let questions = text.questions.iter().map(|question| format!("\n– {question}"));
        let body = blanks::shown(&text.body, scene.texts.language);
        format!("{}\n\n{body}{}", text.title, questions.collect::<String>())
    })
}

/// Two answers in the languages both have, each in its column, with what is only there marked.
fn both(scene: &Scene, one: &StandardAnswer, other: &StandardAnswer) -> Markup {
    let has = |answer: &StandardAnswer, language| {
        answer.texts.iter().any(|text| text.language == language)
    };
    let common: Vec<Language> = Language::ALL
        .into_iter()
        .filter(|language| has(one, *language) && has(other, *language))
        .collect();
    html! {
        @for language in &common {
            @let (left, right) = differ::beside(&in_language(scene, one, *language), &in_language(scene, other, *language));
            h3.meta.subtle { (language.own_name()) }
            div.two lang=(language.tag()) {
                (marked(&left))
                (marked(&right))
            }
        }
        @if common.is_empty() { p.subtle { (scene.say("answers-no-common-language")) } }
    }
}

/// One side, with what only it says marked.
fn marked(side: &[Run]) -> Markup {
    html! {
        div.difference {
            @for run in side { @match run { Run::Same(text) => (text), Run::Gone(text) | Run::New(text) => mark { (text) } } }
        }
    }
}
