//! `/settings/receipts`: what residents are told when a new inquiry has come, language by language.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_core::Language;
use torg_core::answers::blanks::{self, Blank};
use torg_desk::{ChangeRefused, ReceiptText};
use torg_store::changes::Change;

use super::fields::Fields;
use super::{history, page, recent};
use crate::answers::blank_in;
use crate::page::{Tone, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::Scene;

const PATH: &str = "/settings/receipts";

/// `GET /settings/receipts`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, None).await
}

/// `POST /settings/receipts`: one language.
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let (language, text) = (fields.value::<Language>("language"), fields.text("text"));
    let Some(language) = language else {
        return Err(Refusal::BadForm);
    };
    match web.desk.set_receipt(&signed.viewer, language, fields.text("subject"), text).await {
        Ok(()) => Ok(Told::of(Deed::Saved).at(&web, PATH)),
        Err(ChangeRefused::BadValue { .. }) => {
            let written = ReceiptText {
                language,
                subject: fields.text("subject").to_owned(),
                text: text.to_owned(),
                is_own: true,
            };
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
    refused: Option<ReceiptText>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let kept = web.desk.receipt_texts().await?;
    let changes = web.read(|read| recent(read, "receipts")).await?;
    let content = html! {
        @if refused.is_some() { (notice(Tone::Warning, html! { p { (scene.say("settings-receipt-bad")) } })) }
        @if !web.desk.about().receipts { (notice(Tone::Plain, html! { p { (scene.say("settings-receipt-off")) " " a href="/settings/municipality" { (scene.say("settings-municipality")) } } })) }
        p.subtle { (scene.say("settings-receipt-blanks")) @for blank in Blank::OF_A_RECEIPT { " " code { (blank_in(&scene, blank)) } } }
        @for one in &kept {
            @let shown = refused.as_ref().filter(|written| written.language == one.language).unwrap_or(one);
            (form(&scene, shown, refused.is_some()))
        }
        (history(&scene, PATH, &changes, changed, |_, value| value.to_owned()))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

fn form(scene: &Scene, one: &ReceiptText, is_open: bool) -> Markup {
    let tag = one.language.tag();
    let (subject, text) = one.filled(
        "26-1187",
        &scene.say("settings-receipt-sample"),
        &scene.say("settings-department"),
        &scene.town,
    );
    html! {
        section.panel {
            details open[is_open] {
                summary { (one.language.own_name()) @if one.is_own { " " span.tag.accent { (scene.say("settings-receipt-own")) } } }
                form.form method="post" action=(PATH) {
                    input type="hidden" name="language" value=(tag);
                    div.ds-field {
                        label.ds-label for={ "subject-" (tag) } { (scene.say("settings-receipt-subject")) }
                        input.ds-input id={ "subject-" (tag) } name="subject" value=(blanks::shown(&one.subject, scene.texts.language)) lang=(tag) maxlength="200";
                    }
                    div.ds-field {
                        label.ds-label for={ "text-" (tag) } { (scene.say("settings-receipt-text")) }
                        textarea.ds-input id={ "text-" (tag) } name="text" rows="9" lang=(tag) maxlength="5000" { "\n" (blanks::shown(&one.text, scene.texts.language)) }
                        p.subtle { (scene.say("settings-receipt-empty")) }
                    }
                    div { button.btn.primary { (scene.say("settings-save")) } }
                }
                h3 { (scene.say("settings-receipt-preview")) }
                div.letter lang=(tag) { h2 { (subject) } p.text { (text) } }
            }
        }
    }
}

fn changed(change: &Change) -> String {
    let tag = change.what.strip_prefix("receipt.").unwrap_or_default();
    tag.parse::<Language>().map_or_else(|_| tag.to_owned(), |known| known.own_name().to_owned())
}
