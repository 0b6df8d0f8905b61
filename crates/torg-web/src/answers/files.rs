//! `/answers/files`: all answers as a file, and a file of answers brought in.

use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_core::answers::AnswerRefused;
use torg_desk::{AnswerFormat, BroughtIn, Fault, FileNotTaken, JsonFault, Wrong};

use super::page;
use crate::page::{Tone, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};

/// The most bytes a file of answers may have: more than the largest we give out.
const MOST_BYTES: usize = 80_000_000;

/// `GET /answers/files`
pub(crate) async fn files(State(web): State<Web>, signed: Signed, untold: Untold) -> Response {
    shown(&web, &signed, &untold, html! {})
}

/// `GET /answers/export/json`
pub(crate) async fn export_json(
    State(web): State<Web>,
    signed: Signed,
) -> Result<Response, Refusal> {
    let file = web.desk.answers_file(&signed.viewer, AnswerFormat::Json).await?;
    Ok(download("application/json", "answers.json", file))
}

/// `GET /answers/export/csv`
pub(crate) async fn export_csv(
    State(web): State<Web>,
    signed: Signed,
) -> Result<Response, Refusal> {
    let file = web.desk.answers_file(&signed.viewer, AnswerFormat::Csv).await?;
    // Spreadsheets tell UTF-8 by its mark.
    Ok(download("text/csv; charset=utf-8", "answers.csv", format!("\u{feff}{file}")))
}

fn download(kind: &'static str, name: &str, file: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], file).into_response()
}

/// `POST /answers/files`: the file in the form's only field.
pub(crate) async fn bring_in(
    State(web): State<Web>,
    signed: Signed,
    mut request: Request,
) -> Result<Response, Refusal> {
    let scene = signed.scene(&web);
    let again = |words: Markup| {
        let said = notice(Tone::Warning, words);
        let page = shown(&web, &signed, &Untold::default(), said);
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    DefaultBodyLimit::max(MOST_BYTES).apply(&mut request);
    let Ok(mut form) = Multipart::from_request(request, &web).await else {
        return again(html! { p { (scene.say("answers-no-file")) } });
    };
    let field = form.next_field().await.map_err(|_| Refusal::BadForm)?;
    // A browser sends a file without a name where none was chosen.
    let Some(field) = field.filter(|field| field.file_name().is_some_and(|name| !name.is_empty()))
    else {
        return again(html! { p { (scene.say("answers-no-file")) } });
    };
    let bytes = field.bytes().await.map_err(|_| Refusal::TooBig)?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return again(html! { p { (scene.say("answers-not-utf8")) } });
    };
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return again(html! { p { (scene.say("answers-empty-file")) } });
    }
    match web.desk.bring_in_answers(&signed.viewer, text).await {
        Ok(done) => {
            let said = notice(Tone::Success, html! { p { (sum(&scene, done)) } });
            Ok(shown(&web, &signed, &Untold::default(), said))
        }
        Err(FileNotTaken::Store(error)) => Err(error.into()),
        Err(FileNotTaken::Faults(faults)) => again(html! {
            b { (scene.say("answers-file-faults")) }
            ul.plain { @for fault in &faults { li { (sentence(&scene, fault)) } } }
        }),
    }
}

fn sum(scene: &Scene, done: BroughtIn) -> String {
    let count = |count: usize| word(i64::try_from(count).unwrap_or(i64::MAX));
    scene.with(
        "answers-brought-in",
        [("new", count(done.new)), ("changed", count(done.changed)), ("same", count(done.same))],
    )
}

/// "Line 12, dept: …"
fn sentence(scene: &Scene, fault: &Fault) -> String {
    let what = match &fault.what {
        Wrong::Unreadable => scene.say("answers-fault-unreadable"),
        Wrong::OpenQuote => scene.say("answers-fault-quote"),
        Wrong::NotBase64 => scene.say("answers-fault-base64"),
        Wrong::Json { why, near, .. } => {
            let key = match why {
                JsonFault::NoJson => "answers-fault-json",
                JsonFault::CutOff => "answers-fault-cut-off",
                JsonFault::OtherKind => "answers-fault-kind",
            };
            scene.with(key, [("near", word(near.as_str()))])
        }
        Wrong::Unknown(value) => {
            scene.with("answers-fault-unknown", [("value", word(value.as_str()))])
        }
        Wrong::Missing => scene.say("answers-fault-missing"),
        Wrong::Text(AnswerRefused::NoText) => scene.say("answers-no-text"),
        Wrong::Text(AnswerRefused::NotALink(link)) => {
            scene.with("answers-not-a-link", [("link", word(link.as_str()))])
        }
        Wrong::Text(_) => scene.say("answers-fault-too-long"),
        Wrong::NotAllowed => scene.say("answers-fault-not-allowed"),
        Wrong::TooMany => scene.say("answers-fault-too-many"),
    };
    let number = |number: usize| word(i64::try_from(number).unwrap_or(i64::MAX));
    let line = number(fault.line);
    let place = match (&fault.what, fault.field.as_str()) {
        (Wrong::Json { column, .. }, _) => {
            scene.with("answers-fault-column", [("line", line), ("column", number(*column))])
        }
        (_, "") => scene.with("answers-fault-line", [("line", line)]),
        (_, field) => scene.with("answers-fault-field", [("line", line), ("field", word(field))]),
    };
    format!("{place}: {what}")
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "a piece of a page is made to be put into another"
)]
fn shown(web: &Web, signed: &Signed, untold: &Untold, said: Markup) -> Response {
    let scene = signed.scene(web);
    let title = scene.say("answers-files");
    let main = html! {
        main #main .page.answers tabindex="-1" {
            header { div.grow {
                a.subtle href="/answers" { (icon("chevron-left")) " " (scene.say("answers-title")) }
                h1 { (title) } p.lead { (scene.say("answers-files-lead")) }
            } }
            (said)
            section.panel aria-labelledby="out" {
                h2 #out { (scene.say("answers-export")) }
                p { (scene.say("answers-export-text")) }
                div.row {
                    a.btn href="/answers/export/json" download="answers.json" hx-boost="false" { "JSON" }
                    a.btn href="/answers/export/csv" download="answers.csv" hx-boost="false" { "CSV" }
                }
            }
            section.panel aria-labelledby="in" {
                h2 #in { (scene.say("answers-import")) }
                p { (scene.say("answers-import-text")) }
                form.form method="post" action="/answers/files" enctype="multipart/form-data" {
                    div.ds-field { label.ds-label for="file" { (scene.say("answers-file")) }
                        input #file type="file" name="file" accept=".json,.csv,application/json,text/csv" required; }
                    div.row { button.btn.primary { (scene.say("answers-bring-in")) } }
                }
            }
        }
    };
    page(web, &scene, untold, title, main)
}
