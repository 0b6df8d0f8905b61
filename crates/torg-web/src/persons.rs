//! A citizen's page: everything she has written about, as far as the viewer may see it.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::PersonId;
use torg_desk::Refused;
use torg_store::folders::Cursor;
use torg_store::persons::{self, PersonPage};

use crate::page::{Frame, Place, Tone, avatar, frame, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::past;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    after: Option<String>,
}

/// `GET /persons/{id}`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<PersonId>,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let after = asked.after.as_deref().and_then(|after| after.parse().ok());
    page(&web, &signed, id, after, &untold, None).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct NewAddress {
    address: String,
}

/// `POST /persons/{id}/addresses`: another address of hers; whoever was known by it is she.
pub(crate) async fn add_address(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<PersonId>,
    Form(form): Form<NewAddress>,
) -> Result<Response, Refusal> {
    let key = match web.desk.add_contact_point(&signed.viewer, id, &form.address).await {
        Ok(()) => return Ok(Told::of(Deed::Saved).at(&web, &format!("/persons/{id}"))),
        Err(Refused::NotAnAddress) => "persons-not-an-address",
        Err(Refused::NotFound) => "persons-not-joined",
        Err(error) => return Err(error.into()),
    };
    let trouble = signed.scene(&web).say(key);
    let page = page(&web, &signed, id, None, &Untold::default(), Some(&trouble)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(
    web: &Web,
    signed: &Signed,
    id: PersonId,
    after: Option<Cursor>,
    untold: &Untold,
    trouble: Option<&str>,
) -> Result<Response, Refusal> {
    let (scene, viewer) = (signed.scene(web), signed.viewer.clone());
    let found = web.read(move |read| persons::page(read, &viewer, id, after.as_ref())).await?;
    let page = found.ok_or(Refusal::NotFound)?;
    let title = page.card.name.clone();
    let frame = frame(
        &scene,
        &Frame {
            title,
            place: Place::Elsewhere,
            main: main(&scene, &page, trouble),
            told: untold.0.clone(),
            unowned: None,
        },
    );
    Ok(untold.once(web, frame))
}

fn main(scene: &Scene, page: &PersonPage, trouble: Option<&str>) -> Markup {
    let card = &page.card;
    html! {
        main #main .page tabindex="-1" {
            header.row {
                (avatar(&card.name, false, true))
                div { h1 { (card.name) } p.subtle { (scene.with("persons-since", [("year", word(scene.times.year(card.since)))])) } }
            }
            div.columns {
                section.panel aria-labelledby="addresses" {
                    h2 #addresses { (scene.say("persons-addresses")) }
                    ul.addresses { @for address in &card.addresses { li.row { span.subtle { (icon("mail")) } span.grow { (address) } } } }
                    (address_form(scene, card.id, trouble))
                }
                section.panel aria-labelledby="inquiries" {
                    h2 #inquiries { (scene.say("persons-inquiries")) " " span.subtle.meta { (card.total) } }
                    (past(scene, &page.inquiries, None, |id| format!("/folders/all/inquiries/{id}")))
                    @if let Some(next) = &page.next {
                        p.older { a.btn.small href={ "/persons/" (card.id) "?after=" (next) } { (scene.say("folders-older")) (icon("arrow-down")) } }
                    }
                }
            }
        }
    }
}

fn address_form(scene: &Scene, id: PersonId, trouble: Option<&str>) -> Markup {
    html! {
        form.form method="post" action={ "/persons/" (id) "/addresses" } {
            @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
            div.ds-field {
                label.ds-label for="address" { (scene.say("persons-add-address")) }
                input.ds-input #address type="email" name="address" required autocomplete="off" aria-describedby="address-help";
                p.subtle #address-help { (scene.say("persons-add-address-help")) }
            }
            div { button.btn { (icon("plus")) (scene.say("persons-add")) } }
        }
    }
}
