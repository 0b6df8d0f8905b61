//! A citizen's page: everything she has written about, as far as the viewer may see it.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::PersonId;
use torg_store::persons::{self, PersonPage};

use crate::page::{Frame, Place, avatar, frame, icon};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
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
    let (scene, viewer) = (signed.scene(&web), signed.viewer.clone());
    let after = asked.after.as_deref().and_then(|after| after.parse().ok());
    let found = web.read(move |read| persons::page(read, &viewer, id, after.as_ref())).await?;
    let page = found.ok_or(Refusal::NotFound)?;
    let title = page.card.name.clone();
    let frame = frame(
        &scene,
        &Frame {
            title,
            place: Place::Elsewhere,
            main: main(&scene, &page),
            told: untold.0.clone(),
            unowned: None,
        },
    );
    Ok(untold.once(&web, frame))
}

fn main(scene: &Scene, page: &PersonPage) -> Markup {
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
