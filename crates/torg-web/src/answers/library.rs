//! `/answers/library`: common topics to begin from.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_core::answers::Stage;
use torg_desk::{AnswerNotKept, LibraryTopic};
use torg_store::answers;
use torg_store::folders::{self, DepartmentCount};

use super::page;
use super::parts::written;
use crate::drafts::Fields;
use crate::page::{Tone, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};

/// `GET /answers/library`
pub(crate) async fn library(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    shown(&web, &signed, &untold, html! {}).await
}

/// `POST /answers/library`: the chosen topics become answers.
pub(crate) async fn begin(
    State(web): State<Web>,
    signed: Signed,
    fields: Fields,
) -> Result<Response, Refusal> {
    let scene = signed.scene(&web);
    let names: Vec<String> = fields.all("topic");
    let department = fields.text("department").parse().ok();
    let stage = Stage::from_word(&fields.text("stage")).unwrap_or_default();
    match web.desk.begin_from_library(&signed.viewer, names, department, stage).await {
        Ok(done) => {
            let count = i64::try_from(done.new).unwrap_or(i64::MAX);
            let said = scene.with("answers-library-begun", [("count", word(count))]);
            let said = notice(
                Tone::Success,
                html! { p { (said) " " a href="/answers" { (scene.say("answers-title")) } } },
            );
            shown(&web, &signed, &Untold::default(), said).await
        }
        Err(AnswerNotKept::NotAllowed) => {
            let said = notice(Tone::Warning, html! { p { (scene.say("answers-not-allowed")) } });
            let page = shown(&web, &signed, &Untold::default(), said).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(why) => Err(why.into()),
    }
}

async fn shown(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    said: Markup,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let topics = web.desk.library_topics(scene.texts.language);
    let (viewer, now) = (signed.viewer.clone(), web.desk.now().as_microsecond());
    let names: Vec<String> = topics.iter().map(|topic| topic.name.clone()).collect();
    let read = web.read(move |read| {
        let mut there = Vec::new();
        for name in &names {
            if answers::by_handle(read, &viewer, name)?.is_some() {
                there.push(name.clone());
            }
        }
        Ok((folders::counts(read, &viewer, now)?.departments, there))
    });
    let (departments, there) = read.await?;
    let title = scene.say("answers-library");
    let main = html! {
        main #main .page.answers tabindex="-1" {
            header { div.grow {
                a.subtle href="/answers" { (icon("chevron-left")) " " (scene.say("answers-title")) }
                h1 { (title) } p.lead { (scene.say("answers-library-lead")) }
            } }
            (said)
            form.form method="post" action="/answers/library" {
                section.panel {
                    @for (place, topic) in topics.iter().enumerate() {
                        @if place == 0 || topics.get(place - 1).is_some_and(|before| before.group != topic.group) { h2.group { (topic.group) } }
                        (line(&scene, topic, there.contains(&topic.name)))
                    }
                }
                section.panel.library-foot { (foot(&scene, &departments)) }
            }
        }
    };
    Ok(page(web, &scene, untold, title, main))
}

fn line(scene: &Scene, topic: &LibraryTopic, is_there: bool) -> Markup {
    html! {
        div.topic {
            label.choice {
                input.ds-input type="checkbox" name="topic" value=(topic.name) disabled[is_there];
                span { (topic.title) }
                @if is_there { span.tag { (icon("check")) (scene.say("answers-library-there")) } }
            }
            details.fold { summary { (scene.say("answers-library-read")) span.hidden { " " (topic.title) } }
                div.answer-text.message { div.text.marked lang=(topic.language.tag()) { (written(scene, &topic.body)) } } }
        }
    }
}

fn foot(scene: &Scene, departments: &[DepartmentCount]) -> Markup {
    html! {
        div.ds-field { label.ds-label for="department" { (scene.say("answers-of")) }
            select.ds-input #department name="department" {
                option value="" { (scene.say("answers-common")) }
                @for one in departments { option value=(one.id) { (one.name) } }
            } }
        div.ds-field { label.ds-label for="stage" { (scene.say("answers-state")) }
            select.ds-input #stage name="stage" {
                option value="draft" { (scene.say("answers-draft")) }
                option value="in-use" { (scene.say("answers-in-use")) }
            } }
        div.row { button.btn.primary { (icon("plus")) (scene.say("answers-library-begin")) } }
    }
}
