//! What arrived and could not be filed: nothing of it is lost, and all of it can be looked at.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::inquiry::ReferRefused;
use torg_core::person::readable;
use torg_core::{ArrivalId, MailboxId};
use torg_desk::Refused;
use torg_store::arrivals::{self, Quarantined};
use torg_store::departments::{DepartmentName, Mailbox};

use crate::messages::plain;
use crate::page::{Frame, Place, Tone, empty, frame, icon, notice};
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
    let found = web.read(move |read| {
        Ok((arrivals::quarantine(read, &viewer)?, arrivals::discarded(read, &viewer)?))
    });
    let (waiting, discarded) = found.await?;
    let main = list(&scene, &waiting, &discarded);
    Ok(page(&web, &scene, &untold, scene.say("quarantine-title"), main))
}

/// `GET /quarantine/{id}`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ArrivalId>,
    untold: Untold,
) -> Result<Response, Refusal> {
    shown(&web, &signed, id, &untold, &Tried::default()).await
}

/// What she tried, and why it was not done.
#[derive(Debug, Default)]
struct Tried {
    to: Option<MailboxId>,
    trouble: Option<&'static str>,
    would_open: bool,
}

async fn shown(
    web: &Web,
    signed: &Signed,
    id: ArrivalId,
    untold: &Untold,
    tried: &Tried,
) -> Result<Response, Refusal> {
    let (scene, viewer) = (signed.scene(web), signed.viewer.clone());
    let found =
        web.read(move |read| arrivals::one(read, &viewer, id)).await?.ok_or(Refusal::NotFound)?;
    let raw = web.desk.raw_arrival(&signed.viewer, id).await?.ok_or(Refusal::NotFound)?;
    let departments = web.desk.all_departments().await?;
    let actions = match found.discarded {
        None => actions(&scene, &found, &departments, tried),
        Some(_) => put_back(&scene, &found),
    };
    let main = one(&scene, &found, &actions, &raw);
    Ok(page(web, &scene, untold, scene.say("quarantine-one"), main))
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

#[derive(Debug, Deserialize)]
pub(crate) struct Readdressing {
    to: MailboxId,
    /// She knows that everybody will see it.
    #[serde(default)]
    opens: Option<String>,
}

/// `POST /quarantine/{id}/address`: it is filed as if it had come for that mailbox.
pub(crate) async fn readdress(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ArrivalId>,
    Form(form): Form<Readdressing>,
) -> Result<Response, Refusal> {
    let opens = form.opens.is_some();
    match web.desk.readdress_arrival(&signed.viewer, id, form.to, opens).await {
        Ok(()) => Ok(Told::of(Deed::Readdressed).at(&web, "/quarantine")),
        Err(Refused::Refer(ReferRefused::WouldOpen)) => {
            let trouble = Some("refusals-would-open");
            again(&web, &signed, id, &Tried { to: Some(form.to), trouble, would_open: true }).await
        }
        Err(why) => Err(why.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Discarding {
    #[serde(default)]
    why: String,
}

/// `POST /quarantine/{id}/discarding`: set aside with a word why, and kept for a month.
pub(crate) async fn discard(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ArrivalId>,
    Form(form): Form<Discarding>,
) -> Result<Response, Refusal> {
    match web.desk.discard_arrival(&signed.viewer, id, &form.why).await {
        Ok(()) => Ok(Told::of(Deed::Discarded).at(&web, "/quarantine")),
        Err(Refused::Empty) => {
            let tried = Tried { trouble: Some("refusals-no-reason"), ..Tried::default() };
            again(&web, &signed, id, &tried).await
        }
        Err(why) => Err(why.into()),
    }
}

/// `POST /quarantine/{id}/restoring`
pub(crate) async fn restore(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<ArrivalId>,
) -> Result<Response, Refusal> {
    web.desk.restore_arrival(&signed.viewer, id).await?;
    Ok(Told::of(Deed::Restored).at(&web, &format!("/quarantine/{id}")))
}

/// The page once more, with what stood in the way.
async fn again(
    web: &Web,
    signed: &Signed,
    id: ArrivalId,
    tried: &Tried,
) -> Result<Response, Refusal> {
    let page = shown(web, signed, id, &Untold::default(), tried).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn page(web: &Web, scene: &Scene, untold: &Untold, title: String, main: Markup) -> Response {
    let frame =
        frame(scene, &Frame { title, place: Place::Elsewhere, main, told: untold.0.clone() });
    untold.once(web, frame)
}

fn list(scene: &Scene, waiting: &[Quarantined], discarded: &[Quarantined]) -> Markup {
    html! {
        main #main .page tabindex="-1" {
            header { div { h1 { (scene.say("quarantine-title")) } p.lead { (scene.say("quarantine-text")) } } }
            div #quarantined .letters {
                section.panel {
                    @if waiting.is_empty() {
                        (empty("check", true, &scene.say("quarantine-none"), html! { (scene.say("quarantine-none-text")) }))
                    }
                    (lines(scene, waiting))
                }
                @if !discarded.is_empty() {
                    section.panel aria-labelledby="discarded" {
                        h2 #discarded { (scene.say("quarantine-discarded")) }
                        p.subtle { (scene.say("quarantine-discarded-text")) }
                        (lines(scene, discarded))
                    }
                }
            }
        }
    }
}

fn lines(scene: &Scene, found: &[Quarantined]) -> Markup {
    html! {
        ul.lines {
            @for arrival in found {
                li {
                    a.whole href={ "/quarantine/" (arrival.id) } {
                        (icon(if arrival.discarded.is_some() { "archive" } else { "triangle-alert" }))
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

fn from(scene: &Scene, arrival: &Quarantined) -> String {
    arrival.from.clone().unwrap_or_else(|| scene.say("quarantine-no-sender"))
}

fn one(scene: &Scene, arrival: &Quarantined, actions: &Markup, raw: &[u8]) -> Markup {
    let shown = raw.get(..SHOWN).unwrap_or(raw);
    html! {
        main #main .page tabindex="-1" {
            header { div {
                p { a.btn.quiet.small href="/quarantine" { (icon("chevron-left")) (scene.say("quarantine-back")) } }
                h1 { (scene.with("quarantine-from", [("name", word(from(scene, arrival)))])) }
            } }
            section.panel {
                p.notice.warning { (icon("triangle-alert")) span { b { (scene.say("quarantine-why")) } " " (arrival.error) br; (scene.say("quarantine-safe")) } }
                p.subtle { (scene.with("quarantine-facts", [
                    ("when", word(scene.times.stamp(arrival.received_at))), ("to", word(arrival.to.join(", "))),
                    ("size", word(size(scene.texts, arrival.size))), ("attempts", word(arrival.attempts)),
                ])) }
                (actions)
            }
            section.panel aria-labelledby="raw" {
                h2 #raw { (scene.say("quarantine-content")) }
                pre.raw tabindex="0" { (String::from_utf8_lossy(shown)) }
                @if shown.len() < raw.len() { p.subtle { (scene.say("quarantine-more")) } }
            }
        }
    }
}

type Places = [(DepartmentName, Vec<Mailbox>)];

fn actions(scene: &Scene, arrival: &Quarantined, places: &Places, tried: &Tried) -> Markup {
    let action = format!("/quarantine/{}", arrival.id);
    html! {
        @if let Some(trouble) = tried.trouble { (notice(Tone::Warning, html! { p { (scene.say(trouble)) } })) }
        form.row method="post" action={ (action) "/retry" } {
            button.btn.primary { (icon("rotate-cw")) (scene.say("quarantine-retry")) }
            (raw_link(scene, arrival))
        }
        details open[tried.would_open] {
            summary { (icon("forward")) (scene.say("quarantine-readdress")) }
            (address_form(scene, &action, places, tried))
        }
        details open[tried.trouble == Some("refusals-no-reason")] {
            summary { (icon("archive")) (scene.say("quarantine-discard")) }
            form.form method="post" action={ (action) "/discarding" } {
                div.ds-field {
                    label.ds-label for="why" { (scene.say("quarantine-discard-why")) }
                    input.ds-input #why type="text" name="why" required maxlength="300" autocomplete="off" aria-describedby="why-help";
                    p.subtle #why-help { (scene.say("quarantine-discard-help")) }
                }
                div { button.btn { (icon("archive")) (scene.say("quarantine-discard-now")) } }
            }
        }
    }
}

fn address_form(scene: &Scene, action: &str, places: &Places, tried: &Tried) -> Markup {
    html! {
        form.form method="post" action={ (action) "/address" } {
            div.ds-field {
                label.ds-label for="to" { (scene.say("quarantine-to")) }
                select.ds-input #to name="to" required aria-describedby="to-help" {
                    option value="" { (scene.say("inquiries-choose")) }
                    @for (department, mailboxes) in places { @for mailbox in mailboxes {
                        option value=(mailbox.id) selected[tried.to == Some(mailbox.id)] {
                            (department.name) " · " (readable(&mailbox.address))
                            @if department.restricted { " (" (scene.say("folders-restricted")) ")" }
                        }
                    } }
                }
                p.subtle #to-help { (scene.say("quarantine-readdress-help")) }
            }
            @if tried.would_open {
                label.choice { input.ds-input type="checkbox" name="opens" value="1"; (scene.say("quarantine-opens")) }
            }
            div { button.btn { (icon("forward")) (scene.say("quarantine-readdress-now")) } }
        }
    }
}

fn put_back(scene: &Scene, arrival: &Quarantined) -> Markup {
    html! {
        p { (scene.say("quarantine-discarded-one")) }
        form.row method="post" action={ "/quarantine/" (arrival.id) "/restoring" } {
            button.btn.primary { (icon("undo-2")) (scene.say("quarantine-restore")) }
            (raw_link(scene, arrival))
        }
    }
}

fn raw_link(scene: &Scene, arrival: &Quarantined) -> Markup {
    html! { a.btn href={ "/quarantine/" (arrival.id) "/raw" } hx-boost="false" { (icon("code")) (scene.say("quarantine-raw")) } }
}
