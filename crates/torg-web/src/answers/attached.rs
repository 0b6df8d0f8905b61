//! What an answer has beside its text, on its own page: its links, and its files with the forms to
//! put them there and take them off.

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use torg_core::AnswerId;
use torg_core::answers::AnswerFile;
use torg_desk::AnswerNotKept;
use torg_store::answers::AnswerRow;

use super::found;
use crate::drafts::{Fields, Parcel};
use crate::messages::download;
use crate::page::icon;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told};
use crate::web::Web;
use crate::words::{Scene, size, word};

pub(super) fn panel(scene: &Scene, row: &AnswerRow, may_write: bool) -> Markup {
    let (links, files) = (&row.answer.links, &row.answer.files);
    if links.is_empty() && files.is_empty() && !may_write {
        return html! {};
    }
    html! {
        section.panel aria-labelledby="attached" {
            h2 #attached { (scene.say("answers-attached")) }
            @if !links.is_empty() {
                ul.plain { @for link in links { li { (icon("link")) " " a.cut-words href=(link) rel="noreferrer" hx-boost="false" { (link) } } } }
            }
            @if !files.is_empty() {
                ul.lines { @for file in files { (line(scene, row.id, file, may_write)) } }
            }
            @if may_write { (adding(scene, row.id)) }
        }
    }
}

fn line(scene: &Scene, id: AnswerId, file: &AnswerFile, may_write: bool) -> Markup {
    let name = || word(file.name.clone());
    html! {
        li {
            (icon("paperclip"))
            a.grow.cut-words href={ "/answers/" (id) "/files/" (file.hash) } download=(file.name) hx-boost="false" { (file.name) }
            span.subtle.meta.tnum { (size(scene.texts, file.size)) }
            @if may_write {
                form.inline method="post" action={ "/answers/" (id) "/files/removal" } {
                    input type="hidden" name="name" value=(file.name);
                    button.btn.quiet.square.small name="hash" value=(file.hash)
                        aria-label=(scene.with("composer-remove-file", [("name", name())])) { (icon("x")) }
                }
            }
        }
    }
}

fn adding(scene: &Scene, id: AnswerId) -> Markup {
    html! {
        form.row.wrap method="post" action={ "/answers/" (id) "/files" } enctype="multipart/form-data" {
            input type="file" name="file" multiple required aria-label=(scene.say("answers-file")) aria-describedby="attach-help";
            button.btn { (icon("paperclip")) (scene.say("answers-attach")) }
        }
        p.subtle.meta #attach-help { (scene.say("answers-attach-help")) }
    }
}

/// `POST /answers/{id}/files`
pub(crate) async fn add_files(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AnswerId>,
    parcel: Parcel,
) -> Result<Response, Refusal> {
    found(&web, &signed, id).await?;
    if parcel.too_large {
        return Ok(back(&web, id, Deed::AnswerFilesTooMuch));
    }
    let outcome = web.desk.add_answer_files(&signed.viewer, id, parcel.files).await;
    told(&web, id, outcome)
}

/// `POST /answers/{id}/files/removal`
pub(crate) async fn drop_file(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AnswerId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let row = found(&web, &signed, id).await?;
    let is_meant = |file: &&AnswerFile| {
        (file.hash.as_str(), file.name.as_str()) == (fields.one("hash"), fields.one("name"))
    };
    let file = row.answer.files.iter().find(is_meant).cloned().ok_or(Refusal::NotFound)?;
    let outcome = web.desk.drop_answer_file(&signed.viewer, id, file).await;
    told(&web, id, outcome)
}

fn told(web: &Web, id: AnswerId, outcome: Result<(), AnswerNotKept>) -> Result<Response, Refusal> {
    match outcome {
        Ok(()) => Ok(back(web, id, Deed::Saved)),
        Err(AnswerNotKept::NotAllowed) => Ok(back(web, id, Deed::AnswerNotYours)),
        Err(AnswerNotKept::Text(_)) => Ok(back(web, id, Deed::AnswerFilesTooMuch)),
        Err(why) => Err(why.into()),
    }
}

fn back(web: &Web, id: AnswerId, deed: Deed) -> Response {
    Told::of(deed).at(web, &format!("/answers/{id}"))
}

/// `GET /answers/{id}/files/{hash}`: to be saved.
pub(crate) async fn file(
    State(web): State<Web>,
    signed: Signed,
    Path((id, hash)): Path<(AnswerId, String)>,
) -> Result<Response, Refusal> {
    let file = web.desk.answer_file(&signed.viewer, id, hash).await?;
    download(file.ok_or(Refusal::NotFound)?, false)
}
