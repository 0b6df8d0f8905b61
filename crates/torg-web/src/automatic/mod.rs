//! Automatic answers: the switch with what it takes, how each answer fares, what a person must look
//! at, and the log; and the part of an answer's page that says whether it may go out by itself.

mod figures;
mod log;
mod permit;
mod switch;

pub(crate) use log::log;
pub(crate) use permit::{panel, pause, permit, permit_of};
pub(crate) use switch::{close_quiet, pause_all, set_mode};

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::automatic::Outcome;
use torg_core::{AutomaticId, Language, Role};
use torg_desk::AutomaticRefused;
use torg_store::automatic::{self, Listed};

use crate::page::{Frame, Place, frame, icon};
use crate::refusal::Refusal;
use crate::settings::{history, recent};
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

pub(super) const PATH: &str = "/answers/automatic";
/// How many answers are shown that a person must look at.
const SAMPLED: i64 = 10;

/// `GET /answers/automatic`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let stands = web.desk.automatic(&signed.viewer).await?;
    let viewer = signed.viewer.clone();
    let read = web.read(move |read| {
        let sampled = automatic::to_sample(read, &viewer, SAMPLED)?;
        Ok((sampled, recent(read, "automatic")?))
    });
    let (sampled, changes) = read.await?;
    let scene = signed.scene(&web);
    let main = html! {
        main #main .page.answers.automatic tabindex="-1" {
            header {
                div.grow {
                    a.subtle href="/answers" { (icon("chevron-left")) " " (scene.say("answers-title")) }
                    h1 { (scene.say("automatic-title")) }
                    p.lead { (scene.say("automatic-lead")) }
                }
                div.row { a.btn href="/answers/automatic/log" { (icon("list")) (scene.say("automatic-log")) } }
            }
            (switch::panel(&scene, &stands, web.desk.sentence_model().is_installed()))
            @if !sampled.is_empty() { (to_look_at(&scene, &sampled)) }
            (figures::panel(&scene, &stands))
            @if signed.viewer.role == Role::Administrator {
                (history(&scene, PATH, &changes, |change| switch::name(&scene, change), |change, value| switch::value(&scene, change, value)))
            }
        }
    };
    Ok(page(&web, &scene, &untold, scene.say("automatic-title"), main))
}

fn page(web: &Web, scene: &Scene, untold: &Untold, title: String, main: Markup) -> Response {
    let told = untold.0.clone();
    let place = Place::Answers;
    untold.once(web, frame(scene, &Frame { title, place, main, told }))
}

/// What was sent and a person has to read, with what she says of it.
fn to_look_at(scene: &Scene, sampled: &[Listed]) -> Markup {
    html! {
        section.panel aria-labelledby="sampled" {
            h2 #sampled { (scene.say("automatic-sampled")) }
            p.subtle { (scene.say("automatic-sampled-text")) }
            ul.lines.sampled {
                @for one in sampled {
                    li {
                        div.grow.stack {
                            a.strong href={ "/inquiries/" (one.inquiry) } { (one.number) " " (one.subject) }
                            p.two-lines dir="auto" { (one.letter) }
                            details.fold { summary { (scene.say("automatic-was-answered")) } p.answer-body dir="auto" { (one.body) } }
                        }
                        form.row method="post" action={ "/answers/automatic/" (one.id) "/audit" } {
                            button.btn name="agrees" value="1" { (icon("check")) (scene.say("automatic-right")) span.hidden { " " (one.number) } }
                            button.btn name="agrees" value="" { (icon("x")) (scene.say("automatic-wrong")) span.hidden { " " (one.number) } }
                        }
                    }
                }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Audit {
    #[serde(default)]
    agrees: String,
}

/// `POST /answers/automatic/{id}/audit`
pub(crate) async fn audit(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AutomaticId>,
    Form(form): Form<Audit>,
) -> Result<Response, Refusal> {
    let agrees = form.agrees == "1";
    told(&web, PATH, web.desk.audit_automatic_answer(&signed.viewer, id, agrees).await)
}

/// How one turned out, in a word.
fn outcome_tag(scene: &Scene, outcome: Option<Outcome>) -> Markup {
    let (class, icon_name, key) = match outcome {
        None => ("tag", "hourglass", "automatic-unknown"),
        Some(Outcome::Agreed) => ("tag success", "check", "automatic-agreed"),
        Some(Outcome::Disagreed) => ("tag warning", "x", "automatic-disagreed"),
        Some(Outcome::Complaint) => ("tag warning", "reply", "automatic-complaint"),
        Some(Outcome::Broken) => ("tag danger", "triangle-alert", "automatic-broken"),
    };
    html! { span class=(class) { (icon(icon_name)) (scene.say(key)) } }
}

/// A share as people write it, of thousandths.
fn share(scene: &Scene, thousandths: i64) -> String {
    let comma = if scene.texts.language == Language::En { "." } else { "," };
    let share = format!("{}{comma}{}", thousandths / 10, thousandths % 10);
    scene.with("automatic-share", [("share", word(share))])
}

/// Back on a page, told what came of it.
fn told(web: &Web, path: &str, outcome: Result<(), AutomaticRefused>) -> Result<Response, Refusal> {
    let deed = match outcome {
        Ok(()) => Deed::Saved,
        Err(AutomaticRefused::NotYet) => Deed::AutomaticNotYet,
        Err(AutomaticRefused::NotThatDay) => Deed::AutomaticNotThatDay,
        Err(AutomaticRefused::NotThisAnswer) => Deed::AutomaticNotThisAnswer,
        Err(why) => return Err(why.into()),
    };
    Ok(Told::of(deed).at(web, path))
}

/// For verbs whose page has no sentence of its own for it.
impl From<AutomaticRefused> for Refusal {
    fn from(refused: AutomaticRefused) -> Self {
        match refused {
            AutomaticRefused::NotFound => Self::NotFound,
            AutomaticRefused::NotAllowed => Self::NotAllowed,
            AutomaticRefused::Store(error) => error.into(),
            _ => Self::BadForm,
        }
    }
}
