//! What arrived and could not be filed: nothing of it is lost, and all of it can be looked at.

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use torg_core::ArrivalId;
use torg_store::arrivals::{self, Quarantined};

use crate::messages::plain;
use crate::page::{Frame, Place, empty, frame, icon};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, size, word};

/// How much of the raw bytes the page shows; the rest is behind a link.
const SHOWN: usize = 20_000;

/// `GET /quarantine`
pub(crate) async fn index(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let (scene, viewer) = (signed.scene(&web), signed.viewer.clone());
    let found = web.read(move |read| arrivals::quarantine(read, &viewer)).await?;
    Ok(page(&web, &scene, &untold, scene.say("quarantine-title"), list(&scene, &found)))
}

/// `GET /quarantine/{id}`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ArrivalId>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let (scene, viewer) = (signed.scene(&web), signed.viewer.clone());
    let found =
        web.read(move |read| arrivals::one(read, &viewer, id)).await?.ok_or(Refusal::NotFound)?;
    let raw = web.desk.raw_arrival(&signed.viewer, id).await?.ok_or(Refusal::NotFound)?;
    Ok(page(&web, &scene, &untold, scene.say("quarantine-one"), one(&scene, &found, &raw)))
}

/// `GET /quarantine/{id}/raw`: all of it as plain text.
pub(crate) async fn raw(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ArrivalId>,
) -> Result<Response, Refusal> {
    let bytes = web.desk.raw_arrival(&signed.viewer, id).await?.ok_or(Refusal::NotFound)?;
    Ok(plain(&bytes))
}

/// `POST /quarantine/{id}/retry`
pub(crate) async fn retry(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ArrivalId>,
) -> Result<Response, Refusal> {
    web.desk.retry_arrival(&signed.viewer, id).await?;
    Ok(Told::of(Deed::Retried).at(&web, "/quarantine"))
}

fn page(web: &Web, scene: &Scene, untold: &Untold, title: String, main: Markup) -> Response {
    let frame = frame(
        scene,
        &Frame { title, place: Place::Elsewhere, main, told: untold.0.clone(), unowned: None },
    );
    untold.once(web, frame)
}

fn list(scene: &Scene, found: &[Quarantined]) -> Markup {
    html! {
        main #main .page tabindex="-1" {
            header { div { h1 { (scene.say("quarantine-title")) } p.lead { (scene.say("quarantine-text")) } } }
            section.panel {
                @if found.is_empty() {
                    (empty("check", true, &scene.say("quarantine-none"), html! { (scene.say("quarantine-none-text")) }))
                }
                ul.lines {
                    @for arrival in found {
                        li {
                            a.whole href={ "/quarantine/" (arrival.id) } {
                                (icon("triangle-alert"))
                                span.grow {
                                    span.medium.cut { (from(scene, arrival)) }
                                    br; span.subtle.meta { (arrival.error) }
                                }
                                span.subtle.meta { (size(scene.texts, arrival.size)) }
                                (scene.stamp(arrival.received_at))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn from(scene: &Scene, arrival: &Quarantined) -> String {
    arrival.from.clone().unwrap_or_else(|| scene.say("quarantine-no-sender"))
}

fn one(scene: &Scene, arrival: &Quarantined, raw: &[u8]) -> Markup {
    let shown = raw.get(..SHOWN).unwrap_or(raw);
    html! {
        main #main .page tabindex="-1" {
            header { div {
                p { a href="/quarantine" { (scene.say("quarantine-back")) } }
                h1 { (scene.with("quarantine-from", [("name", word(from(scene, arrival)))])) }
            } }
            section.panel {
                p.notice.warning { (icon("triangle-alert")) span { b { (scene.say("quarantine-why")) } " " (arrival.error) br; (scene.say("quarantine-safe")) } }
                p.subtle { (scene.with("quarantine-facts", [
                    ("when", word(scene.times.stamp(arrival.received_at))), ("to", word(arrival.to.join(", "))),
                    ("size", word(size(scene.texts, arrival.size))), ("attempts", word(arrival.attempts)),
                ])) }
                form.row method="post" action={ "/quarantine/" (arrival.id) "/retry" } {
                    button.btn.primary { (icon("rotate-cw")) (scene.say("quarantine-retry")) }
                    a.btn href={ "/quarantine/" (arrival.id) "/raw" } hx-boost="false" { (icon("code")) (scene.say("quarantine-raw")) }
                }
            }
            section.panel aria-labelledby="raw" {
                h2 #raw { (scene.say("quarantine-content")) }
                pre.raw tabindex="0" { (String::from_utf8_lossy(shown)) }
                @if shown.len() < raw.len() { p.subtle { (scene.say("quarantine-more")) } }
            }
        }
    }
}
