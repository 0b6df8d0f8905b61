//! How long letters are kept and why: the page everybody may read, and the page that sets it.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::Language;
use torg_desk::{ChangeRefused, PrivacyNote};
use torg_store::changes::Change;

use crate::page::{Tone, icon, notice, public};
use crate::refusal::Refusal;
use crate::settings::fields::Fields;
use crate::settings::{history, page, recent};
use crate::signed::{Signed, Visitor};
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

/// What everybody may read.
pub(crate) const PUBLIC: &str = "/privacy";
const PATH: &str = "/settings/privacy";

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    language: Option<Language>,
}

/// `GET /privacy`
pub(crate) async fn read(
    State(web): State<Web>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let language = wanted.language.unwrap_or(visitor.language);
    let note = web.desk.privacy_note(language).await?;
    let scene = Visitor { language, ..visitor }.scene(&web);
    let title = scene.say("privacy-title");
    let content = html! {
        section.panel.wide {
            h1 { (title) }
            @match &note {
                Some(note) => (paragraphs(note)),
                None => p { (scene.with("privacy-none", [("town", word(scene.town.as_str()))])) },
            }
            p { a href="/" { @if scene.viewer.is_some() { (scene.say("privacy-back")) } @else { (scene.say("sign-in-title")) } } }
        }
    };
    Ok(public(&scene, PUBLIC, &title, content).into_response())
}

fn paragraphs(note: &PrivacyNote) -> Markup {
    html! {
        div.note lang=(note.language.tag()) {
            @for paragraph in note.text.split("\n\n") { p { (paragraph) } }
        }
    }
}

/// What colleagues read beside a person: the first paragraph, and where the rest is.
pub(crate) fn quiet_line(scene: &Scene, note: &PrivacyNote) -> Markup {
    let first = note.text.split("\n\n").next().unwrap_or_default();
    html! {
        p.subtle.meta.row.kept-how-long {
            (icon("clock"))
            span.grow { span lang=(note.language.tag()) { (first) } " " a href=(PUBLIC) { (scene.say("privacy-title")) } }
        }
    }
}

/// `GET /settings/privacy`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, None).await
}

/// `POST /settings/privacy`: one language.
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let language = fields.value::<Language>("language").ok_or(Refusal::BadForm)?;
    let text = fields.text("text");
    match web.desk.set_privacy_note(&signed.viewer, language, text).await {
        Ok(()) => Ok(Told::of(Deed::Saved).at(&web, PATH)),
        Err(ChangeRefused::BadValue { .. }) => {
            let written = PrivacyNote { language, text: text.to_owned() };
            let page = with(&web, &signed, &Untold::default(), Some(written)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}

/// `refused` is what was written and could not be kept.
async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    refused: Option<PrivacyNote>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let kept = web.desk.privacy_notes().await?;
    let changes = web.read(|read| recent(read, "privacy")).await?;
    let main = web.desk.about().language;
    let content = html! {
        @if refused.is_some() { (notice(Tone::Warning, html! { p { (scene.say("privacy-long")) } })) }
        p.subtle { (scene.say("privacy-help")) " " a href=(PUBLIC) { (scene.say("privacy-see")) } }
        @for note in &kept {
            @let written = refused.as_ref().filter(|written| written.language == note.language);
            @let is_open = note.language == main || written.is_some();
            (form(&scene, written.unwrap_or(note), is_open))
        }
        (history(&scene, PATH, &changes, changed, |_, value| value.to_owned()))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

fn form(scene: &Scene, note: &PrivacyNote, is_open: bool) -> Markup {
    let tag = note.language.tag();
    html! {
        section.panel {
            details open[is_open] {
                summary { (note.language.own_name()) @if !note.text.is_empty() { " " span.tag.accent { (scene.say("privacy-written")) } } }
                form.form method="post" action=(PATH) {
                    input type="hidden" name="language" value=(tag);
                    div.ds-field {
                        label.ds-label for={ "text-" (tag) } { (scene.say("privacy-text")) }
                        textarea.ds-input id={ "text-" (tag) } name="text" rows="7" lang=(tag) maxlength="5000" { "\n" (note.text) }
                    }
                    div { button.btn.primary { (scene.say("settings-save")) } }
                }
            }
        }
    }
}

fn changed(change: &Change) -> String {
    let tag = change.what.strip_prefix("privacy.").unwrap_or_default();
    tag.parse::<Language>().map_or_else(|_| tag.to_owned(), |known| known.own_name().to_owned())
}
