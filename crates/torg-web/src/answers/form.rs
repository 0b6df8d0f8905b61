//! Writing an answer: a new one, one made of a letter, or another version of one.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use torg_core::answers::{AnswerRefused, Stage, StandardAnswer, Text};
use torg_core::{AnswerId, InquiryId, Language, MessageId, StaffId};
use torg_desk::{AnswerNotKept, OfferedFile};
use torg_store::folders;
use torg_store::staff;

use super::{fields, found, page};
use crate::drafts::{Fields, save};
use crate::page::{Tone, notice};
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
    /// Files of that letter.
    offered: Vec<OfferedFile>,
    trouble: Option<String>,
}

impl<'a> Opened<'a> {
    fn new(answer: &'a StandardAnswer, is_made: bool) -> Self {
        Self { id: None, version: 0, answer, is_made, offered: Vec::new(), trouble: None }
    }
}

/// `GET /answers/new`
pub(crate) async fn new(State(web): State<Web>, signed: Signed) -> Result<Response, Refusal> {
    let answer = StandardAnswer { owner: Some(signed.viewer.staff), ..StandardAnswer::default() };
    form(&web, &signed, Opened::new(&answer, false)).await
}

/// `GET /messages/{id}/answer`: a letter of ours as a proposal.
pub(crate) async fn from_message(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<MessageId>,
) -> Result<Response, Refusal> {
    let made = web.desk.answer_from_message(&signed.viewer, id).await?;
    let opened = Opened { offered: made.files, ..Opened::new(&made.answer, true) };
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
    let kind = writing.what.kind();
    let made = web.desk.answer_from_text(&signed.viewer, id, &writing.text, kind).await?;
    let opened = Opened { offered: made.files, ..Opened::new(&made.answer, true) };
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
    let opened = Opened { id: Some(id), version, ..Opened::new(answer, false) };
    form(&web, &signed, opened).await
}

/// `POST /answers`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (answer, files) = (read(&fields), fields.all("file"));
    match web.desk.keep_answer_with(&signed.viewer, answer.clone(), files).await {
        Ok(id) => Ok(kept(&web, id)),
        Err(why) => again(&web, &signed, (None, 0), &answer, why).await,
    }
}

/// `POST /answers/{id}`
pub(crate) async fn change(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AnswerId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let row = found(&web, &signed, id).await?;
    // Files are put there and taken off on the answer's own page.
    let answer = StandardAnswer { files: row.answer.files, ..read(&fields) };
    let version = fields.text("version").parse().unwrap_or(0);
    match web.desk.keep_answer(&signed.viewer, Some(id), version, answer.clone()).await {
        Ok(id) => Ok(kept(&web, id)),
        Err(why) => again(&web, &signed, (Some(id), version), &answer, why).await,
    }
}

fn kept(web: &Web, id: AnswerId) -> Response {
    Told::of(Deed::Saved).at(web, &format!("/answers/{id}"))
}

/// The form once more, with what she wrote and why it was not kept.
async fn again(
    web: &Web,
    signed: &Signed,
    (id, version): (Option<AnswerId>, i64),
    answer: &StandardAnswer,
    why: AnswerNotKept,
) -> Result<Response, Refusal> {
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
    let opened = Opened { id, version, trouble: Some(trouble), ..Opened::new(answer, false) };
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
        AnswerNotKept::Text(AnswerRefused::NotALink(link)) => {
            scene.with("answers-not-a-link", [("link", word(link))])
        }
        AnswerNotKept::Text(AnswerRefused::TooManyFiles { .. }) => {
            scene.say("answers-files-too-much")
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
        links: lines("links"),
        files: Vec::new(),
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
                (fields::texts(&scene, opened.answer))
                (fields::extras(&scene, opened.answer, &opened.offered))
                section.panel {
                    h2 { (scene.say("answers-about")) }
                    div.pair { (fields::department(&scene, &departments, opened.answer)) (fields::stage(&scene, opened.answer, &departments)) }
                    div.pair { (fields::owner_field(&scene, &colleagues, owner))
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
