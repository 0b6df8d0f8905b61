//! A citizen's page: everything she has written about, as far as the viewer may see it.

mod joins;

pub(crate) use joins::{join, part};

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::PersonId;
use torg_desk::{Addressed, PrivacyNote, Refused};
use torg_store::folders::Cursor;
use torg_store::persons::{self, Joined, PersonCard, PersonPage};

use crate::page::{Frame, Place, Tone, avatar, frame, icon, notice};
use crate::privacy;
use crate::refusal::Refusal;
use crate::signed::{Signed, encode};
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::{Spot, past};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    after: Option<String>,
    /// Where in the workspace she was.
    from: Option<String>,
    /// Whether this one is she too, is the question.
    join: Option<PersonId>,
}

/// `GET /persons/{id}`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<PersonId>,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    page(&web, &signed, id, &asked, &untold, None).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct NewAddress {
    address: String,
    /// Where in the workspace she was.
    #[serde(default)]
    from: String,
}

/// `POST /persons/{id}/addresses`: another address of hers; if somebody else is known by it, she is
/// asked whether the two are one.
pub(crate) async fn add_address(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<PersonId>,
    Form(form): Form<NewAddress>,
) -> Result<Response, Refusal> {
    let key = match web.desk.add_contact_point(&signed.viewer, id, &form.address).await {
        Ok(Addressed::Hers) => {
            return Ok(Told::of(Deed::Saved).at(&web, &path(id, &form.from)));
        }
        Ok(Addressed::Anothers(other)) => {
            let asked = Asked { join: Some(other), from: Some(form.from), ..Asked::default() };
            return page(&web, &signed, id, &asked, &Untold::default(), None).await;
        }
        Err(Refused::NotAnAddress) => "persons-not-an-address",
        Err(Refused::NotFound) => "persons-not-joined",
        Err(error) => return Err(error.into()),
    };
    let trouble = Trouble { said: signed.scene(&web).say(key), address: form.address };
    let asked = Asked { from: Some(form.from), ..Asked::default() };
    let page = page(&web, &signed, id, &asked, &Untold::default(), Some(&trouble)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// A person's page that leads back to where in the workspace she came `from`.
fn path(id: PersonId, from: &str) -> String {
    if from.is_empty() {
        format!("/persons/{id}")
    } else {
        format!("/persons/{id}?from={}", encode(from))
    }
}

/// What stood in the way of an address.
struct Trouble {
    said: String,
    address: String,
}

/// What the page shows.
struct Shown {
    page: PersonPage,
    joined: Vec<Joined>,
    /// How long what is here is kept.
    note: Option<PrivacyNote>,
    /// The one of whom it is asked whether the two are one.
    question: Option<PersonCard>,
    back: String,
}

async fn page(
    web: &Web,
    signed: &Signed,
    id: PersonId,
    asked: &Asked,
    untold: &Untold,
    trouble: Option<&Trouble>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let shown = read(web, signed, id, asked).await?.ok_or(Refusal::NotFound)?;
    let frame = frame(
        &scene,
        &Frame {
            title: shown.page.card.name.clone(),
            place: Place::Elsewhere,
            main: main(&scene, &shown, trouble),
            told: untold.0.clone(),
        },
    );
    Ok(untold.once(web, frame))
}

async fn read(
    web: &Web,
    signed: &Signed,
    id: PersonId,
    asked: &Asked,
) -> Result<Option<Shown>, Refusal> {
    let after: Option<Cursor> = asked.after.as_deref().and_then(|after| after.parse().ok());
    let (viewer, other) = (signed.viewer.clone(), asked.join.filter(|other| *other != id));
    let back = asked.from.as_deref().and_then(Spot::from_path).map(|spot| spot.path());
    let back = back.unwrap_or_else(|| "/folders/all".to_owned());
    let note = web.desk.privacy_note(signed.language).await?;
    let found = web.read(move |read| {
        let Some(page) = persons::page(read, &viewer, id, after.as_ref())? else { return Ok(None) };
        let joined = persons::joined_with(read, &viewer, id)?;
        let question = match other {
            Some(other) => persons::card(read, &viewer, other).get()?,
            None => None,
        };
        Ok(Some(Shown { page, joined, note: note.clone(), question, back: back.clone() }))
    });
    Ok(found.await?)
}

fn main(scene: &Scene, shown: &Shown, trouble: Option<&Trouble>) -> Markup {
    let card = &shown.page.card;
    html! {
        main #main .page tabindex="-1" {
            p { a.btn.quiet.small href=(shown.back) { (icon("chevron-left")) (scene.say("persons-back")) } }
            header.row {
                (avatar(&card.name, false, true))
                div { h1 { (card.name) } p.subtle { (scene.with("persons-since", [("year", word(scene.times.year(card.since)))])) } }
            }
            @if let Some(note) = &shown.note { (privacy::quiet_line(scene, note)) }
            @if let Some(other) = &shown.question { (joins::question(scene, card, other, &shown.back)) }
            div.columns {
                section.panel aria-labelledby="addresses" {
                    h2 #addresses { (scene.say("persons-addresses")) }
                    ul.addresses { @for address in &card.addresses { li.row { span.subtle { (icon("mail")) } span.grow { (address) } } } }
                    (address_form(scene, shown, trouble))
                    (joins::joined(scene, card.id, &shown.joined))
                }
                section.panel aria-labelledby="inquiries" {
                    h2 #inquiries { (scene.say("persons-inquiries")) " " span.subtle.meta { (card.total) } }
                    (past(scene, &shown.page.inquiries, None, |id| format!("/folders/all/inquiries/{id}")))
                    @if let Some(next) = &shown.page.next {
                        p.older { a.btn.small href={ "/persons/" (card.id) "?after=" (next) "&from=" (encode(&shown.back)) } { (scene.say("folders-older")) (icon("arrow-down")) } }
                    }
                }
            }
        }
    }
}

fn address_form(scene: &Scene, shown: &Shown, trouble: Option<&Trouble>) -> Markup {
    // A field of its own each time: what was typed into the one before is not carried over.
    let field = format!("address-{}", scene.times.now.as_microsecond());
    let typed = trouble.map(|trouble| trouble.address.as_str());
    html! {
        form.form method="post" action={ "/persons/" (shown.page.card.id) "/addresses" } {
            input type="hidden" name="from" value=(shown.back);
            @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble.said) } })) }
            div.ds-field {
                label.ds-label for=(field) { (scene.say("persons-add-address")) }
                input.ds-input #(field) type="email" name="address" value=[typed] required autocomplete="off" aria-describedby="address-help";
                p.subtle #address-help { (scene.say("persons-add-address-help")) }
            }
            div { button.btn { (icon("plus")) (scene.say("persons-add")) } }
        }
    }
}
