//! Whether an answer may go out by itself: a part of its page, and the forms in it.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::answers::Stage;
use torg_core::{AnswerId, Role, Viewer};
use torg_store::answers::AnswerRow;
use torg_store::automatic::{self, Permit};
use torg_store::changes::Change;
use torg_store::{Read, StoreError};

use super::told;
use crate::page::icon;
use crate::refusal::Refusal;
use crate::settings::{history, recent};
use crate::signed::Signed;
use crate::web::Web;
use crate::words::{Scene, word};

/// What an answer's page shows of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Permitted {
    permit: Option<Permit>,
    changes: Vec<Change>,
}

/// Reads it, for who has asked for the answer as a viewer.
pub(crate) fn permit_of(read: &Read<'_>, id: AnswerId) -> Result<Permitted, StoreError> {
    let changes = recent(read, &format!("permit:{id}"))?;
    Ok(Permitted { permit: automatic::permit(read, id)?, changes })
}

/// The part of its page. It is there for answers that may be allowed, or were.
pub(crate) fn panel(
    scene: &Scene,
    viewer: &Viewer,
    row: &AnswerRow,
    permitted: &Permitted,
) -> Markup {
    let is_restricted = row.department.as_ref().is_some_and(|of| of.restricted);
    let is_in_use = row.answer.stage == Stage::InUse;
    let owns = row.answer.owner == Some(viewer.staff) || viewer.role == Role::Administrator;
    let permit = permitted.permit.as_ref();
    if is_restricted || (!is_in_use && permit.is_none()) {
        return html! {};
    }
    html! {
        section.panel aria-labelledby="automatic" {
            h2 #automatic { (icon("bot")) " " (scene.say("automatic-permit")) }
            @match permit {
                Some(permit) => p { (standing(scene, is_in_use, permit)) },
                None => p.subtle { (scene.say("automatic-permit-none")) },
            }
            @if owns { (forms(scene, row, permit)) }
            @else if permit.is_none() { p.subtle.meta { (scene.say("automatic-permit-owner")) } }
            @if let Some(permit) = permit.filter(|_| owns || viewer.role == Role::Lead) { (pausing(scene, row.id, permit)) }
        }
        @if !permitted.changes.is_empty() && viewer.role == Role::Administrator {
            (history(scene, &format!("/answers/{}", row.id), &permitted.changes, |_| scene.say("automatic-permit"), |_, value| value.replace("paused", &scene.say("automatic-paused"))))
        }
    }
}

/// Until when it is allowed, and whether it is sent.
pub(super) fn standing(scene: &Scene, is_in_use: bool, permit: &Permit) -> Markup {
    let until = scene.with("automatic-until", [("day", word(permit.until.to_string()))]);
    let has_ended = permit.until < scene.times.local_now().date();
    html! {
        @if has_ended || !is_in_use { span.tag { (icon("calendar-off")) (scene.say("automatic-ended")) } }
        @else if permit.paused.is_some() { span.tag.warning { (icon("pause")) (scene.say("automatic-paused")) } }
        @else { span.tag.success { (icon("check")) (scene.say("automatic-allowed")) } }
        " " span.subtle.meta { (until) }
    }
}

fn forms(scene: &Scene, row: &AnswerRow, permit: Option<&Permit>) -> Markup {
    let today = scene.times.local_now().date();
    let day = |months: i64| {
        let then = today.checked_add(jiff::Span::new().months(months));
        then.unwrap_or(today)
    };
    let least = today.tomorrow().unwrap_or(today);
    html! {
        form.permit method="post" action={ "/answers/" (row.id) "/automatic" } {
            label.ds-field {
                span.ds-label { (scene.say("automatic-until-field")) }
                input.ds-input type="date" name="until" required min=(least) max=(day(6)) value=(permit.map_or(day(3), |permit| permit.until));
            }
            button.btn { (scene.say(if permit.is_some() { "automatic-permit-change" } else { "automatic-permit-give" })) }
        }
        p.subtle.meta { (scene.say("automatic-permit-text")) }
        @if permit.is_some() {
            form method="post" action={ "/answers/" (row.id) "/automatic" } {
                button.btn.quiet name="until" value="" { (icon("x")) (scene.say("automatic-permit-take")) }
            }
        }
    }
}

fn pausing(scene: &Scene, id: AnswerId, permit: &Permit) -> Markup {
    let (value, icon_name, key) = match permit.paused {
        None => ("1", "pause", "automatic-pause"),
        Some(_) => ("", "play", "automatic-resume"),
    };
    html! {
        form method="post" action={ "/answers/" (id) "/automatic/pausing" } {
            button.btn.quiet name="pauses" value=(value) { (icon(icon_name)) (scene.say(key)) }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Until {
    /// A day, or nothing to forbid it.
    #[serde(default)]
    until: String,
}

/// `POST /answers/{id}/automatic`
pub(crate) async fn permit(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AnswerId>,
    Form(form): Form<Until>,
) -> Result<Response, Refusal> {
    let until = match form.until.trim() {
        "" => None,
        day => Some(day.parse::<Date>().map_err(|_| Refusal::BadForm)?),
    };
    let outcome = web.desk.permit_answer(&signed.viewer, id, until).await;
    told(&web, &format!("/answers/{id}"), outcome)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Pausing {
    #[serde(default)]
    pauses: String,
}

/// `POST /answers/{id}/automatic/pausing`
pub(crate) async fn pause(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AnswerId>,
    Form(form): Form<Pausing>,
) -> Result<Response, Refusal> {
    let outcome = web.desk.pause_answer(&signed.viewer, id, form.pauses == "1").await;
    told(&web, &format!("/answers/{id}"), outcome)
}
