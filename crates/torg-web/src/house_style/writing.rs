//! Hints under the text that is written, and the greeting and closing around it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Serialize;
use torg_core::{InquiryId, Language};
use torg_desk::{Hint, Hints};

use crate::drafts::{Fields, back, is_quiet, save};
use crate::page::icon;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::Writing;

/// `POST /inquiries/{id}/drafts/hints`: what may be changed in the text; nothing is kept.
pub(crate) async fn check(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    let writing = Writing::read(&fields);
    let scene = signed.scene(&web);
    let hints = web.desk.style_hints(writing.text.clone(), scene.texts.language).await?;
    let list = shown(&scene, &hints);
    if is_quiet(&headers) {
        return Ok(html! { (list) }.into_response());
    }
    let told = html! {
        div.notice role="status" { div {
            @if hints.hints.is_empty() { p { (scene.say("style-nothing")) } } @else { (list) }
        } }
    };
    crate::inquiries::reply::shown_with(&web, &signed, id, writing, told).await
}

/// What a script puts in place of the text.
#[derive(Debug, Serialize)]
struct Greeted {
    text: String,
}

/// `POST /inquiries/{id}/drafts/greeting`: greeting and closing of the house around the text.
pub(crate) async fn greet(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    let mut writing = Writing::read(&fields);
    let text = std::mem::take(&mut writing.text);
    writing.text = web.desk.greeted(&signed.viewer, id, text).await?;
    if is_quiet(&headers) {
        return Ok(Json(Greeted { text: writing.text }).into_response());
    }
    match save(&web, &signed, id, &writing).await {
        Ok(_) => Ok(back(&writing)),
        Err(why) => crate::inquiries::reply::again(&web, &signed, id, writing, why).await,
    }
}

/// Where hints appear while she writes, and the buttons of the house style.
pub(crate) fn place(scene: &Scene, id: InquiryId) -> Markup {
    html! {
        button.btn.quiet.greet name="greet" value="1" formaction={ "/inquiries/" (id) "/drafts/greeting" } data-greet title=(scene.say("style-greet-title")) {
            (icon("handshake")) span { (scene.say("style-greet")) }
        }
        button.btn.quiet.check name="check" value="1" formaction={ "/inquiries/" (id) "/drafts/hints" } {
            (icon("spell-check")) span { (scene.say("style-check")) }
        }
    }
}

/// The hints on a text of `language`, for a page that shows it.
pub(crate) async fn hints_of(
    web: &Web,
    scene: &Scene,
    text: &str,
    language: Language,
) -> Result<Markup, Refusal> {
    let hints = web.desk.style_hints(text.to_owned(), language).await?;
    Ok(shown(scene, &hints))
}

fn shown(scene: &Scene, hints: &Hints) -> Markup {
    let count = i64::try_from(hints.hints.len()).unwrap_or_default();
    html! {
        @if count > 0 {
            details.hints {
                summary { (icon("spell-check")) (scene.with("style-hints", [("count", word(count))])) }
                ul lang=(hints.language.tag()) {
                    @for hint in &hints.hints {
                        li lang=(scene.texts.language.tag()) { span {
                            (sentence(scene, hint))
                            @if !hint.word().is_empty() {
                                " " button.link type="button" data-find=(hint.word()) hidden { (scene.say("style-find")) }
                            }
                        } }
                    }
                }
            }
        }
    }
}

fn sentence(scene: &Scene, hint: &Hint) -> String {
    let instead = |key: &str, found: &str, instead: &str| {
        scene.with(key, [("word", word(found)), ("instead", word(instead))])
    };
    match hint {
        Hint::NoGreeting => scene.say("style-no-greeting"),
        Hint::NoClosing => scene.say("style-no-closing"),
        Hint::Avoided { word: found, instead } if instead.is_empty() => {
            scene.with("style-hint-avoided", [("word", word(found.as_str()))])
        }
        Hint::Avoided { word, instead: other } => instead("style-hint-instead", word, other),
        Hint::Plainer { word, instead: other } => instead("style-hint-plainer", word, other),
        Hint::Address { word: found } => {
            scene.with("style-hint-address", [("word", word(found.as_str()))])
        }
        Hint::LongSentence { words, begins } => {
            let count = word(i64::try_from(*words).unwrap_or(i64::MAX));
            scene.with("style-hint-long", [("words", count), ("begins", word(begins.as_str()))])
        }
    }
}
