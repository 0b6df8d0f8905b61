//! Writes an internal note; it never leaves the house. Whoever is named in it with `@` is told.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::InquiryId;
use torg_desk::nameable;

use super::reply::again;
use super::show::number_of;
use crate::drafts::Fields;
use crate::page::avatar;
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Back, Deed, Told, is_key};
use crate::web::Web;
use crate::words::Scene;
use crate::workspace::{What, Writing};

/// `POST /inquiries/{id}/note`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    keep(&web, &signed, id, Writing::read(&fields)).await
}

/// Keeps what was written as a note, whichever button sent it.
pub(super) async fn keep(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: Writing,
) -> Result<Response, Refusal> {
    if !is_key(&form.key) {
        return Err(Refusal::BadForm);
    }
    let (text, key) = (form.text.clone(), form.key.clone());
    match web.desk.note(&signed.viewer, id, text, key, form.version).await {
        Ok(message) => {
            let number = number_of(web, signed, id).await?;
            let back = Some(Back::Note { inquiry: id, message });
            let told = Told { number, composer: Some(form.key), back, ..Told::of(Deed::Noted) };
            Ok(told.at(web, local(&form.then)))
        }
        Err(why) => again(web, signed, id, Writing { what: What::Note, ..form }, why).await,
    }
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Named {
    #[serde(default)]
    q: String,
}

/// `GET /inquiries/{id}/colleagues?q=`: who may be named, while the writer types.
pub(crate) async fn colleagues(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Query(named): Query<Named>,
) -> Result<Markup, Refusal> {
    let (viewer, now, scene) = (signed.viewer.clone(), web.desk.now(), signed.scene(&web));
    let found = web.read(move |read| nameable(read, &viewer, id, &named.q, now)).await?;
    let found = found.ok_or(Refusal::NotFound)?;
    Ok(html! {
        ul #colleague-choices {
            @for one in &found {
                li #{ "colleague-choice-" (one.staff.id) } role="option" aria-selected="false" data-name=(one.staff.name) {
                    (avatar(&one.staff.name, false, false)) span.grow.cut { (one.staff.name) }
                    @if one.is_away { span.subtle.meta { (scene.say("colleagues-is-away")) } }
                }
            }
        }
    })
}

/// Where the names appear.
pub(crate) fn naming(scene: &Scene, id: InquiryId) -> Markup {
    html! {
        div.offers data-of="colleagues" hidden data-count=(scene.say("composer-names-offered")) {
            ul #{ "colleague-list-" (id) } role="listbox" aria-label=(scene.say("colleagues-title")) {}
        }
        p.hidden role="status" {}
    }
}
