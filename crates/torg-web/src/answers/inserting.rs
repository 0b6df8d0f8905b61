//! Putting an answer into a letter: the choices behind `/`, the page of answers without a script,
//! and the text with its placeholders filled.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use torg_core::answers::{Standing, blanks};
use torg_core::{AnswerId, Inquiry, InquiryId};
use torg_desk::{Inserted, Refused, beginnings};
use torg_store::answers::{self, AnswerRow};
use torg_store::inquiries;

use super::parts::{beginning, own_text, title_of};
use crate::drafts::{Fields, save};
use crate::page::icon;
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Deed, Told};
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::{What, Writing};

/// How many answers are offered while she types.
const OFFERED: usize = 8;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    inquiry: Option<InquiryId>,
    #[serde(default)]
    q: String,
}

/// `GET /answers/choices?inquiry=&q=`: the answers in use that fit what she types, best first; as
/// long as she has typed nothing, those that fit the letter before the others.
pub(crate) async fn choices(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Markup, Refusal> {
    let (viewer, words, inquiry) = (signed.viewer.clone(), beginnings(&asked.q), asked.inquiry);
    let mut rows = match inquiry.filter(|_| asked.q.trim().is_empty()) {
        Some(id) => fitting(&web, &signed, id).await?,
        None => Vec::new(),
    };
    let found = web.read(move |read| {
        let of = match inquiry {
            Some(id) => inquiries::seen_for(read, &viewer, id)?.map(|inquiry| inquiry.department),
            None => None,
        };
        answers::matching(read, &viewer, &words, of, OFFERED)
    });
    let others = found.await?;
    rows.extend(
        others
            .into_iter()
            .filter(|row| !rows.iter().any(|one| one.id == row.id))
            .collect::<Vec<_>>(),
    );
    rows.truncate(OFFERED);
    let scene = signed.scene(&web);
    Ok(html! {
        ul #answer-choices {
            @for (place, row) in rows.iter().enumerate() {
                li #{ "answer-choice-" (place) } role="option" aria-selected="false" data-answer=(row.id) {
                    span.grow.cut { b { (title_of(&scene, &row.answer)) }
                        @if let Some(text) = own_text(&scene, &row.answer) { " " span.subtle { (beginning(&scene, &text.body)) } } }
                    @if let Some(department) = &row.department { span.tag.line { (department.name) } }
                }
            }
        }
    })
}

/// The answers that fit the newest letter of an inquiry, best first; none where she said so.
pub(super) async fn fitting(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
) -> Result<Vec<AnswerRow>, Refusal> {
    let found = web.desk.suggest_answers(&signed.viewer, id).await?;
    let answers = found.answers.into_iter().filter(|_| !found.none_fits);
    Ok(answers.map(|one| one.row).collect())
}

/// `POST /inquiries/{id}/drafts/answers`: keeps what she writes, and shows the answers to choose from.
pub(crate) async fn choose(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let writing = Writing { what: What::Reply, ..Writing::read(&fields) };
    match save(&web, &signed, id, &writing).await {
        Ok(_) => Ok(Redirect::to(&format!("/answers?for={id}")).into_response()),
        Err(why) => crate::inquiries::reply::again(&web, &signed, id, writing, why).await,
    }
}

/// What a script puts in.
#[derive(Debug, Serialize)]
struct Text {
    text: String,
    /// What she should know of it; empty for nothing.
    told: String,
    /// How many files came along with it.
    files: usize,
}

/// `POST /inquiries/{id}/answers`
pub(crate) async fn insert(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    let Ok(answer) = fields.text("answer").parse::<AnswerId>() else {
        return Ok(Redirect::to(&format!("/answers?for={id}")).into_response());
    };
    let language = fields.text("language").parse().ok();
    if headers.contains_key("torg-quiet") {
        let kind = Writing::read(&fields).what.kind();
        let inserted = web.desk.insert_answer(&signed.viewer, id, answer, language, kind).await?;
        let told = told(&signed.scene(&web), &inserted);
        let text = blanks::shown(&inserted.text, signed.language);
        let files = inserted.files;
        return Ok(Json(Text { text, told, files }).into_response());
    }
    let then = match fields.text("then") {
        then if then.is_empty() => format!("/folders/all/inquiries/{id}?write=reply"),
        then => local(&then).to_owned(),
    };
    match web.desk.insert_answer_in_draft(&signed.viewer, id, answer, language).await {
        Ok(inserted) => Ok(Told::of(deed(&inserted)).at(&web, &then)),
        Err(Refused::TooLong { .. }) => Ok(Told::of(Deed::NotInserted).at(&web, &then)),
        Err(why) => Err(why.into()),
    }
}

fn deed(inserted: &Inserted) -> Deed {
    match (inserted.standing, inserted.wanted) {
        (Standing::Retired, _) => Deed::InsertedRetired,
        (_, Some(_)) => Deed::InsertedOtherLanguage,
        _ if inserted.left_out => Deed::InsertedWithoutFiles,
        _ => Deed::Inserted,
    }
}

/// What she should know before she sends it.
fn told(scene: &Scene, inserted: &Inserted) -> String {
    let mut sentences = Vec::new();
    if inserted.standing == Standing::Retired {
        sentences.push(scene.say("answers-told-retired"));
    }
    if inserted.standing == Standing::Due {
        sentences.push(scene.say("answers-told-due"));
    }
    if inserted.left_out {
        sentences.push(scene.say("answers-told-left-out"));
    }
    if inserted.wanted.is_some() {
        let language = word(inserted.language.own_name());
        sentences.push(scene.with("answers-told-language", [("language", language)]));
    }
    sentences.join(" ")
}

/// The button and the list of the composer. Without a script the button leads to the page of answers.
pub(crate) fn button(scene: &Scene, id: InquiryId) -> Markup {
    html! {
        button.btn.quiet.answers-open name="answers" value="1" formaction={ "/inquiries/" (id) "/drafts/answers" } data-answers title=(scene.say("answers-insert-title")) {
            (icon("book-open")) span { (scene.say("answers-button")) } kbd.kbd aria-hidden="true" { "/" }
        }
        button.btn.quiet.answers-keep name="keep" value="1" formaction={ "/inquiries/" (id) "/drafts/keeping" } title=(scene.say("answers-keep-this")) {
            (icon("bookmark")) span { (scene.say("answers-keep-short")) }
        }
    }
}

/// Where the script puts what fits the letter, while it is to be answered; without a script, a button
/// that leads to it.
pub(crate) fn suggested(scene: &Scene, inquiry: &Inquiry) -> Markup {
    let id = inquiry.id;
    let of = inquiry.state.is_to_be_answered().then_some(id);
    html! {
        section.suggestions.for-reply aria-label=(scene.say("answers-suggested")) data-for=[of] hidden {}
        noscript { p.for-reply {
            button.btn.small name="answers" value="1" formaction={ "/inquiries/" (id) "/drafts/answers" } { (icon("book-open")) (scene.say("answers-suggested")) }
        } }
    }
}

/// Where the choices appear, and where what has no value is asked for.
pub(crate) fn asking(scene: &Scene, id: InquiryId, text: &str) -> Markup {
    let open = blanks::open(text);
    html! {
        div.offers data-of="answers" hidden data-gone=(scene.say("answers-gone")) data-none=(scene.say("answers-no-answer")) data-count=(scene.say("answers-count")) {
            ul #{ "answer-list-" (id) } role="listbox" aria-label=(scene.say("answers-title")) {}
            p.none aria-hidden="true" data-none {}
            p.subtle.meta.keys aria-hidden="true" { kbd.kbd { "↑" } kbd.kbd { "↓" } " " kbd.kbd { "↵" } " " (scene.say("answers-insert")) " " kbd.kbd { "Esc" } }
        }
        p.hidden role="status" {}
        fieldset.blanks hidden[open.is_empty()] {
            legend.meta { (icon("triangle-alert")) (scene.say("answers-fill-in")) }
            @for word in open {
                label { span { (word) } input name={ "blank." (word) } data-blank=(word) autocomplete="off" maxlength="500"; }
            }
        }
    }
}
