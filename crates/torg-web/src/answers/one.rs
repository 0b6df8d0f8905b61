//! `/answers/{id}`: one answer to be read, and how it fares.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::answers::near::{ALIKE, Shingles};
use torg_core::answers::{Stage, StandardAnswer, Text, may_write};
use torg_core::{AnswerId, Id, InquiryId, Language, Viewer};
use torg_desk::AnswerNotKept;
use torg_store::answers::{self, AnswerRow, Look, Usage};
use torg_store::{Read, StoreError, staff};

use super::list::{back_to_letter, insert_button};
use super::parts::{facts, own_text, title_of, written};
use super::{attached, found, page};
use crate::automatic::{panel, permit_of};
use crate::house_style::hints_of;
use crate::page::icon;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

/// How many letters a page looks at, and lists.
const LOOKED_AT: usize = 200;
const LISTED: usize = 10;
/// How many answers that say nearly the same are pointed out.
const NEIGHBOURS: usize = 3;
/// How many others an answer is compared with.
const COMPARED: usize = 300;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    language: Option<Language>,
    /// The inquiry an answer is chosen for.
    #[serde(rename = "for")]
    inquiry: Option<InquiryId>,
}

/// `GET /answers/{id}`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AnswerId>,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let viewer = signed.viewer.clone();
    let meant = web.desk.answers_alike(id).await?;
    let read = web.read(move |read| {
        let Some(row) = answers::one(read, &viewer, id)? else { return Ok(None) };
        let usage = answers::usage(read, &viewer, id, LOOKED_AT)?;
        let owner = match row.answer.owner {
            Some(owner) => staff::name_of(read, owner)?,
            None => None,
        };
        let near = near(read, &viewer, &row, &meant)?;
        let member = is_member(read, &viewer, &row.answer)?;
        let permitted = permit_of(read, id)?;
        Ok(Some((row, usage, owner, near, member, permitted)))
    });
    let (row, usage, owner, near, member, permitted) = read.await?.ok_or(Refusal::NotFound)?;
    let scene = signed.scene(&web);
    let may = |stage| may_write(signed.viewer.role, row.answer.department, member, stage);
    let title = title_of(&scene, &row.answer);
    let chosen = asked
        .language
        .and_then(|language| row.answer.texts.iter().find(|text| text.language == language));
    let text = chosen.or_else(|| own_text(&scene, &row.answer));
    let hints = match text.filter(|_| may(row.answer.stage)) {
        Some(text) => hints_of(&web, &scene, &text.body, text.language).await?,
        None => html! {},
    };
    let main = html! {
        main #main .page.answers tabindex="-1" {
            header {
                div.grow {
                    a.subtle href={ "/answers" @if let Some(id) = asked.inquiry { "?for=" (id) } } { (icon("chevron-left")) " " (scene.say("answers-title")) }
                    h1 { (text.map_or(title.as_str(), |text| text.title.as_str())) }
                    div.tags { (facts(&scene, &row)) }
                }
                div.row {
                    @if let Some(id) = asked.inquiry {
                        (back_to_letter(&scene, id))
                        @if row.answer.stage == Stage::InUse { (insert_button(&scene, id, &row)) }
                    }
                    @if may(row.answer.stage) { (verbs(&scene, &row, may)) }
                }
            }
            div.columns.turned {
                div.stack {
                    (reading(&scene, &row, text, asked.inquiry))
                    (attached::panel(&scene, &row, may(row.answer.stage)))
                    (hints)
                    @if !near.is_empty() { (neighbours(&scene, &row, &near)) }
                }
                div.stack { (about(&scene, &row, owner.as_deref())) (panel(&scene, &signed.viewer, &row, &permitted)) (used(&scene, &usage)) }
            }
        }
    };
    Ok(page(&web, &scene, &untold, title, main))
}

pub(super) fn is_member(
    read: &Read<'_>,
    viewer: &Viewer,
    answer: &StandardAnswer,
) -> Result<bool, StoreError> {
    match answer.department {
        Some(department) => staff::is_member(read, viewer.staff, department),
        None => Ok(false),
    }
}

fn verbs(scene: &Scene, row: &AnswerRow, may: impl Fn(Stage) -> bool) -> Markup {
    let set = |stage: Stage, class: &str, icon_name: &str, key: &str| {
        html! {
            @if may(stage) {
                form.inline method="post" action={ "/answers/" (row.id) "/stage" } {
                    input type="hidden" name="stage" value=(stage.word());
                    button class=(class) { (icon(icon_name)) (scene.say(key)) }
                }
            }
        }
    };
    html! {
        @match row.answer.stage {
            Stage::Draft => (set(Stage::InUse, "btn primary", "check", "answers-put-in-use")),
            Stage::InUse => (set(Stage::Retired, "btn", "archive", "answers-retire")),
            Stage::Retired => (set(Stage::InUse, "btn", "rotate-cw", "answers-use-again")),
        }
        a.btn href={ "/answers/" (row.id) "/edit" } { (icon("pencil")) (scene.say("answers-edit")) }
    }
}

/// The text, in the language that was chosen among its own.
fn reading(
    scene: &Scene,
    row: &AnswerRow,
    text: Option<&Text>,
    inquiry: Option<InquiryId>,
) -> Markup {
    let here = text.map(|text| text.language);
    html! {
        section.panel aria-label=(scene.say("answers-text")) {
            @if row.answer.texts.len() > 1 {
                nav.segments aria-label=(scene.say("answers-languages")) {
                    @for other in &row.answer.texts {
                        a href={ "/answers/" (row.id) "?language=" (other.language.tag()) @if let Some(id) = inquiry { "&for=" (id) } } lang=(other.language.tag()) hreflang=(other.language.tag())
                            aria-current=[(here == Some(other.language)).then_some("true")] { (other.language.own_name()) }
                    }
                }
            }
            @if let Some(text) = text {
                div.answer-text.message { div.text.marked lang=(text.language.tag()) dir="auto" { (written(scene, &text.body)) } }
                @if !text.questions.is_empty() {
                    details.fold {
                        summary { (scene.with("answers-questions-count", [("count", word(i64::try_from(text.questions.len()).unwrap_or(0)))])) }
                        ul.plain lang=(text.language.tag()) { @for question in &text.questions { li { "«" (question) "»" } } }
                    }
                }
            }
        }
    }
}

fn about(scene: &Scene, row: &AnswerRow, owner: Option<&str>) -> Markup {
    html! {
        section.panel aria-labelledby="about" {
            h2 #about { (scene.say("answers-about")) }
            dl.facts {
                dt { (scene.say("answers-owner")) } dd { (owner.unwrap_or("–")) }
                dt { (scene.say("answers-review")) } dd { @match row.answer.review { Some(day) => (day), None => "–" } }
                dt { (scene.say("answers-version")) } dd { a href={ "/answers/" (row.id) "/versions" } { (row.version) " · " (scene.times.stamp(row.changed)) } }
                dt { (scene.say("answers-handle")) } dd.cut-words { (row.handle) }
            }
        }
    }
}

fn used(scene: &Scene, usage: &Usage) -> Markup {
    let count = i64::try_from(usage.letters.len()).unwrap_or(i64::MAX);
    html! {
        section.panel aria-labelledby="usage" {
            h2 #usage { (scene.say("answers-usage")) }
            @if usage.letters.is_empty() { p.subtle { (scene.say("answers-never-used")) } } @else {
                dl.facts {
                    dt { (scene.say("answers-used")) } dd.tnum { (count) @if usage.more { "+" } }
                    dt { (scene.say("answers-edited")) } dd.tnum { (usage.edited().unwrap_or(0)) " %" }
                    dt { (scene.say("answers-came-back")) } dd.tnum { (usage.came_back().unwrap_or(0)) " %" }
                }
                p.subtle.meta { (scene.say("answers-usage-text")) }
                ul.lines.small {
                    @for used in usage.letters.iter().take(LISTED) {
                        li { a.grow.cut href={ "/inquiries/" (used.inquiry) } { (used.number) " " (used.subject) }
                            span.subtle.meta.tnum { (used.by) ", " (used.edited) " %" } }
                    }
                }
            }
        }
    }
}

/// Other answers that say nearly the same in some language, most alike first, then those that are
/// `meant` the same; of very many, the words of the first by title are looked at.
fn near(
    read: &Read<'_>,
    viewer: &Viewer,
    row: &AnswerRow,
    meant: &[AnswerId],
) -> Result<Vec<AnswerRow>, StoreError> {
    let look = Look { stages: vec![Stage::Draft, Stage::InUse], ..Look::default() };
    let others = answers::list(read, viewer, &look, COMPARED)?.0;
    let own: Vec<(Language, Shingles)> = row.answer.texts.iter().map(shingled).collect();
    let mut alike: Vec<(f64, AnswerRow)> = Vec::new();
    for other in others.into_iter().filter(|other| other.id != row.id) {
        let likeness = |text: &Text| {
            let same = own.iter().find(|(language, _)| *language == text.language)?;
            Some(same.1.likeness(&shingled(text).1))
        };
        let best = other.answer.texts.iter().filter_map(likeness).fold(0.0, f64::max);
        if best >= ALIKE {
            alike.push((best, other));
        }
    }
    alike.sort_by(|one, other| {
        other.0.total_cmp(&one.0).then(one.1.id.as_i64().cmp(&other.1.id.as_i64()))
    });
    let mut near: Vec<AnswerRow> = alike.into_iter().map(|(_, row)| row).collect();
    for id in meant.iter().take(NEIGHBOURS) {
        if near.iter().all(|other| other.id != *id) {
            near.extend(answers::one(read, viewer, *id)?);
        }
    }
    near.truncate(NEIGHBOURS);
    Ok(near)
}

fn shingled(text: &Text) -> (Language, Shingles) {
    (text.language, Shingles::of(&format!("{}\n{}", text.title, text.body)))
}

fn neighbours(scene: &Scene, row: &AnswerRow, near: &[AnswerRow]) -> Markup {
    html! {
        section.panel aria-labelledby="near" {
            h2 #near { (scene.say("answers-near")) }
            p.subtle { (scene.say("answers-near-text")) }
            ul.lines {
                @for other in near {
                    li { a.grow href={ "/answers/" (other.id) } { (title_of(scene, &other.answer)) }
                        a.btn.small href={ "/answers/beside?one=" (row.id) "&other=" (other.id) } { (icon("rows-3")) (scene.say("answers-beside")) } }
                }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct NewStage {
    #[serde(default)]
    stage: String,
}

/// `POST /answers/{id}/stage`
pub(crate) async fn set_stage(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AnswerId>,
    Form(form): Form<NewStage>,
) -> Result<Response, Refusal> {
    found(&web, &signed, id).await?;
    let stage = Stage::from_word(&form.stage).ok_or(Refusal::BadForm)?;
    let outcome = web.desk.set_answer_stage(&signed.viewer, id, stage).await;
    told(&web, id, outcome, Deed::Saved)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    version: i64,
}

/// `POST /answers/{id}/return`: as it was in an older version.
pub(crate) async fn set_back(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AnswerId>,
    Form(form): Form<Back>,
) -> Result<Response, Refusal> {
    found(&web, &signed, id).await?;
    if form.version == 0 {
        return Err(Refusal::BadForm);
    }
    let outcome = web.desk.set_answer_back(&signed.viewer, id, form.version).await;
    told(&web, id, outcome, Deed::Undone)
}

/// Back on the answer's page, told what came of it.
fn told(
    web: &Web,
    id: AnswerId,
    outcome: Result<(), AnswerNotKept>,
    done: Deed,
) -> Result<Response, Refusal> {
    let deed = match outcome {
        Ok(()) => done,
        Err(AnswerNotKept::NotAllowed) => Deed::AnswerNotYours,
        Err(why) => return Err(why.into()),
    };
    Ok(Told::of(deed).at(web, &format!("/answers/{id}")))
}
