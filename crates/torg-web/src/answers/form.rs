//! Writing an answer: a new one, one made of a letter, or another version of one.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_core::answers::blanks::Blank;
use torg_core::answers::{AnswerRefused, Stage, StandardAnswer, Text, may_write, nearest};
use torg_core::{AnswerId, InquiryId, Language, MessageId, Role, StaffId};
use torg_desk::AnswerNotKept;
use torg_store::folders::{self, DepartmentCount};
use torg_store::staff;

use super::parts::stage_key;
use super::{found, page};
use crate::drafts::{Fields, save};
use crate::page::{Tone, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::Writing;

/// What a form opens with.
struct Opened<'a> {
    id: Option<AnswerId>,
    version: i64,
    answer: &'a StandardAnswer,
    /// Made of a letter, and to be looked at.
    is_made: bool,
    trouble: Option<String>,
}

/// `GET /answers/new`
pub(crate) async fn new(State(web): State<Web>, signed: Signed) -> Result<Response, Refusal> {
    let answer = StandardAnswer { owner: Some(signed.viewer.staff), ..StandardAnswer::default() };
    let opened = Opened { id: None, version: 0, answer: &answer, is_made: false, trouble: None };
    form(&web, &signed, opened).await
}

/// `GET /messages/{id}/answer`: a letter of ours as a proposal.
pub(crate) async fn from_message(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<MessageId>,
) -> Result<Response, Refusal> {
    let answer = web.desk.answer_from_message(&signed.viewer, id).await?;
    let opened = Opened { id: None, version: 0, answer: &answer, is_made: true, trouble: None };
    form(&web, &signed, opened).await
}

/// `POST /inquiries/{id}/drafts/keeping`: what she is writing as a proposal; the draft is kept.
pub(crate) async fn keep_writing(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let writing = Writing::read(&fields);
    if let Err(why) = save(&web, &signed, id, &writing).await {
        return crate::inquiries::reply::again(&web, &signed, id, writing, why).await;
    }
    let answer = web.desk.answer_from_text(&signed.viewer, id, &writing.text).await?;
    let opened = Opened { id: None, version: 0, answer: &answer, is_made: true, trouble: None };
    form(&web, &signed, opened).await
}

/// `GET /answers/{id}/edit`
pub(crate) async fn edit(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AnswerId>,
) -> Result<Response, Refusal> {
    let row = found(&web, &signed, id).await?;
    let (version, answer) = (row.version, &row.answer);
    let opened = Opened { id: Some(id), version, answer, is_made: false, trouble: None };
    form(&web, &signed, opened).await
}

/// `POST /answers`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    fields: Fields,
) -> Result<Response, Refusal> {
    keep(&web, &signed, None, &fields).await
}

/// `POST /answers/{id}`
pub(crate) async fn change(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AnswerId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    found(&web, &signed, id).await?;
    keep(&web, &signed, Some(id), &fields).await
}

async fn keep(
    web: &Web,
    signed: &Signed,
    id: Option<AnswerId>,
    fields: &Fields,
) -> Result<Response, Refusal> {
    let answer = read(fields);
    let version = fields.text("version").parse().unwrap_or(0);
    let why = match web.desk.keep_answer(&signed.viewer, id, version, answer.clone()).await {
        Ok(id) => return Ok(Told::of(Deed::Saved).at(web, &format!("/answers/{id}"))),
        Err(why) => why,
    };
    let scene = signed.scene(web);
    let (trouble, version) = match why {
        // What she wrote stands in the form; kept once more, it goes over the other's version.
        AnswerNotKept::ChangedSince => {
            let now = match id {
                Some(id) => found(web, signed, id).await?.version,
                None => 0,
            };
            (scene.say("answers-changed-since"), now)
        }
        why => (sentence(&scene, why)?, version),
    };
    let opened = Opened { id, version, answer: &answer, is_made: false, trouble: Some(trouble) };
    let page = form(web, signed, opened).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn sentence(scene: &Scene, why: AnswerNotKept) -> Result<String, Refusal> {
    let most = |most: usize| word(i64::try_from(most).unwrap_or(i64::MAX));
    Ok(match why {
        AnswerNotKept::NotAllowed => scene.say("answers-not-allowed"),
        AnswerNotKept::TooMany { most } => scene.with("answers-too-many", [("most", word(most))]),
        AnswerNotKept::Text(AnswerRefused::NoText) => scene.say("answers-no-text"),
        AnswerNotKept::Text(AnswerRefused::TitleTooLong { most: count }) => {
            scene.with("answers-title-too-long", [("most", most(count))])
        }
        AnswerNotKept::Text(AnswerRefused::TextTooLong { most: count }) => {
            scene.with("refusals-too-long", [("most", most(count))])
        }
        AnswerNotKept::Text(AnswerRefused::TooMany { most: count }) => {
            scene.with("answers-too-many-tags", [("most", most(count))])
        }
        other => return Err(other.into()),
    })
}

/// The answer as the form sends it.
fn read(fields: &Fields) -> StandardAnswer {
    let lines = |name: &str| fields.text(name).lines().map(str::to_owned).collect();
    let text = |language: Language| {
        let tag = language.tag();
        Text {
            language,
            title: fields.text(&format!("title-{tag}")),
            body: fields.text(&format!("body-{tag}")),
            questions: lines(&format!("questions-{tag}")),
        }
    };
    // The language that stood first stays first: the answer is listed by its title.
    let first = fields.text("first").parse().ok();
    let mut languages = Language::ALL.to_vec();
    languages.sort_by_key(|language| Some(*language) != first);
    StandardAnswer {
        department: fields.text("department").parse().ok(),
        stage: Stage::from_word(&fields.text("stage")).unwrap_or_default(),
        owner: fields.text("owner").parse().ok(),
        review: fields.text("review").parse().ok(),
        tags: fields.text("tags").split(',').map(str::to_owned).collect(),
        texts: languages.into_iter().map(text).collect(),
    }
}

async fn form(web: &Web, signed: &Signed, opened: Opened<'_>) -> Result<Response, Refusal> {
    let (viewer, now) = (signed.viewer.clone(), web.desk.now().as_microsecond());
    let owner = opened.answer.owner;
    let read = web.read(move |read| {
        let mut colleagues: Vec<(StaffId, String)> =
            staff::near(read, &viewer)?.into_iter().map(|one| (one.id, one.name)).collect();
        for one in [Some(viewer.staff), owner].into_iter().flatten() {
            if !colleagues.iter().any(|(id, _)| *id == one) {
                colleagues.extend(staff::name_of(read, one)?.map(|name| (one, name)));
            }
        }
        Ok((folders::counts(read, &viewer, now)?.departments, colleagues))
    });
    let (departments, colleagues) = read.await?;
    let scene = signed.scene(web);
    let title = scene.say(match (opened.is_made, opened.id) {
        (true, _) => "answers-keep-title",
        (_, Some(_)) => "answers-edit-title",
        (_, None) => "answers-new-title",
    });
    let action = opened.id.map_or("/answers".to_owned(), |id| format!("/answers/{id}"));
    let main = html! {
        main #main .page.answers tabindex="-1" {
            header { div.grow { h1 { (title) } p.lead { (scene.say(if opened.is_made { "answers-keep-lead" } else { "answers-form-lead" })) } } }
            @if let Some(trouble) = &opened.trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
            form.form.answer-form method="post" action=(action) {
                input type="hidden" name="version" value=(opened.version);
                @if let Some(first) = opened.answer.texts.first() { input type="hidden" name="first" value=(first.language.tag()); }
                (texts(&scene, opened.answer))
                section.panel {
                    h2 { (scene.say("answers-about")) }
                    div.pair { (department(&scene, &departments, opened.answer)) (stage(&scene, opened.answer, &departments)) }
                    div.pair { (owner_field(&scene, &colleagues, owner))
                        div.ds-field { label.ds-label for="review" { (scene.say("answers-review")) }
                            input.ds-input #review type="date" name="review" value=[opened.answer.review.map(|day| day.to_string())]; } }
                    div.ds-field { label.ds-label for="tags" { (scene.say("answers-tags")) }
                        input.ds-input #tags name="tags" value=(opened.answer.tags.join(", ")) maxlength="500" autocomplete="off" aria-describedby="tags-help";
                        p.subtle.meta #tags-help { (scene.say("answers-tags-help")) } }
                }
                div.row {
                    button.btn.primary { (scene.say("answers-keep")) }
                    a.btn.quiet href=(opened.id.map_or("/answers".to_owned(), |id| format!("/answers/{id}"))) { (scene.say("inquiries-cancel")) }
                }
            }
        }
    };
    Ok(page(web, &scene, &Untold::default(), title, main))
}

/// A fold for each language; open are those that hold something, else her own.
fn texts(scene: &Scene, answer: &StandardAnswer) -> Markup {
    let of = |language: Language| answer.texts.iter().find(|text| text.language == language);
    let first = answer.texts.first().map_or(scene.texts.language, |text| text.language);
    let field = |name: &str, language: Language| format!("{name}-{}", language.tag());
    html! {
        section.panel {
            h2 { (scene.say("answers-text")) }
            p.subtle.meta { (scene.say("answers-blanks-help")) " "
                @for blank in Blank::ALL { code { (blank) } " " } }
            @for language in nearest(first) {
                @let text = of(language);
                details.language open[text.is_some() || language == first] {
                    summary { (language.own_name()) @if text.is_some() { span.tag { (icon("check")) (scene.say("answers-written")) } } }
                    div.form {
                        div.ds-field { label.ds-label for=(field("title", language)) { (scene.say("answers-field-title")) }
                            input.ds-input id=(field("title", language)) name=(field("title", language)) value=(text.map_or("", |text| text.title.as_str())) lang=(language.tag()) maxlength="120" autocomplete="off"; }
                        div.ds-field { label.ds-label for=(field("body", language)) { (scene.say("answers-field-body")) }
                            textarea.ds-input id=(field("body", language)) name=(field("body", language)) lang=(language.tag()) rows="8" maxlength="20000" { "\n" (text.map_or("", |text| text.body.as_str())) } }
                        div.ds-field { label.ds-label for=(field("questions", language)) { (scene.say("answers-field-questions")) }
                            textarea.ds-input id=(field("questions", language)) name=(field("questions", language)) lang=(language.tag()) rows="3" { "\n" (text.map_or(String::new(), |text| text.questions.join("\n"))) }
                            p.subtle.meta { (scene.say("answers-questions-help")) } }
                    }
                }
            }
        }
    }
}

fn department(scene: &Scene, departments: &[DepartmentCount], answer: &StandardAnswer) -> Markup {
    let is_administrator =
        scene.viewer.as_ref().is_some_and(|viewer| viewer.role == Role::Administrator);
    let hers = |one: &&DepartmentCount| {
        one.member || is_administrator || Some(one.id) == answer.department
    };
    html! {
        div.ds-field { label.ds-label for="department" { (scene.say("answers-of")) }
            select.ds-input #department name="department" {
                option value="" { (scene.say("answers-common")) }
                @for one in departments.iter().filter(hers) { option value=(one.id) selected[Some(one.id) == answer.department] { (one.name) } }
            } }
    }
}

/// Whoever may only propose is told so beside the choice.
fn stage(scene: &Scene, answer: &StandardAnswer, departments: &[DepartmentCount]) -> Markup {
    let role = scene.viewer.as_ref().map_or(Role::Staff, |viewer| viewer.role);
    let may_all = may_write(role, None, false, Stage::InUse);
    let has_own = departments.iter().any(|one| one.member);
    html! {
        div.ds-field { label.ds-label for="stage" { (scene.say("answers-state")) }
            select.ds-input #stage name="stage" {
                @for stage in Stage::ALL.into_iter().filter(|stage| may_all || has_own || *stage == Stage::Draft) {
                    option value=(stage.word()) selected[stage == answer.stage] { (scene.say(stage_key(stage))) }
                }
            }
            @if !may_all { p.subtle.meta { (scene.say("answers-may-propose")) } } }
    }
}

fn owner_field(scene: &Scene, colleagues: &[(StaffId, String)], owner: Option<StaffId>) -> Markup {
    html! {
        div.ds-field { label.ds-label for="owner" { (scene.say("answers-owner")) }
            select.ds-input #owner name="owner" {
                option value="" { (scene.say("answers-nobody")) }
                @for (id, name) in colleagues { option value=(id) selected[Some(*id) == owner] { (name) } }
            } }
    }
}
