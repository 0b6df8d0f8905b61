//! The municipality's switch, and in plain words what is missing until letters may be answered.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::Role;
use torg_core::automatic::{Evidence, Mode};
use torg_desk::{Automatic, Fall};
use torg_store::changes::Change;

use super::{PATH, share, told};
use crate::page::{Tone, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told};
use crate::web::Web;
use crate::words::{Scene, word};

/// The switch; `understands` says that the sentence model is there, without which no letter is
/// ever chosen.
pub(super) fn panel(scene: &Scene, stands: &Automatic, understands: bool) -> Markup {
    html! {
        section.panel aria-labelledby="switch" {
            h2 #switch { (scene.say("automatic-switch")) }
            @if !understands { (no_model(scene, stands.mode)) }
            @if let Some(fell) = stands.fell { (notice(Tone::Warning, html! { p { (scene.say(why(fell))) } })) }
            form.modes method="post" action="/answers/automatic/mode" {
                @for mode in Mode::ALL {
                    @let (name, text) = words(mode);
                    @let forbidden = mode == Mode::Live && stands.mode != Mode::Live && !stands.may_go_live();
                    button.mode name="mode" value=(mode.word()) aria-pressed=(if stands.mode == mode { "true" } else { "false" })
                        disabled[forbidden] {
                        b { (scene.say(name)) } span { (scene.say(text)) }
                        @if mode != Mode::Off && !understands { span.tag.warning { (icon("triangle-alert")) (scene.say("automatic-needs-model")) } }
                    }
                }
            }
            (bound(scene, stands))
            p { (missing(scene, stands)) }
            div.row.wrap {
                form method="post" action="/answers/automatic/pausing" { div.row.wrap {
                    button.btn name="pauses" value="1" { (icon("pause")) (scene.say("automatic-pause-all")) }
                    button.btn name="pauses" value="" { (icon("play")) (scene.say("automatic-resume-all")) }
                } }
                form method="post" action="/answers/automatic/closing" {
                    button.btn name="closes" value=(if stands.closes { "" } else { "1" }) aria-pressed=(if stands.closes { "true" } else { "false" }) {
                        @if stands.closes { (icon("check")) } (scene.say("automatic-closes"))
                    }
                }
            }
        }
    }
}

/// That nothing comes of it, and where the model is got.
fn no_model(scene: &Scene, mode: Mode) -> Markup {
    let is_administrator =
        scene.viewer.as_ref().is_some_and(|viewer| viewer.role == Role::Administrator);
    let says = if mode == Mode::Off { "automatic-no-model" } else { "automatic-no-model-on" };
    notice(
        Tone::Warning,
        html! {
            p { b { (scene.say(says)) } " "
                @if is_administrator { (scene.say("settings-model-missing-next")) " " a href="/settings/health" { (scene.say("automatic-model-health")) } }
                @else { (scene.say("automatic-model-ask")) }
            }
        },
    )
}

fn words(mode: Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::Off => ("automatic-off", "automatic-off-text"),
        Mode::Shadow => ("automatic-shadow", "automatic-shadow-text"),
        Mode::Live => ("automatic-live", "automatic-live-text"),
    }
}

fn why(fell: Fall) -> &'static str {
    match fell {
        Fall::Bound => "automatic-fell-bound",
        Fall::Broken => "automatic-fell-broken",
        Fall::Model => "automatic-fell-model",
        Fall::Answer => "automatic-fell-answer",
    }
}

/// What is known, as numbers.
fn bound(scene: &Scene, stands: &Automatic) -> Markup {
    let evidence = stands.evidence;
    let at_least = (0..=1000).rev().find(|part| f64::from(*part) <= evidence.bound() * 1000.0);
    html! {
        dl.facts {
            dt { (scene.say("automatic-known")) } dd.tnum { (evidence.known()) }
            dt { (scene.say("automatic-of-them-right")) } dd.tnum { (evidence.agreed) }
            dt { (scene.say("automatic-of-them-wrong")) } dd.tnum { (evidence.faults) }
            dt { (scene.say("automatic-of-them-broken")) } dd.tnum { (evidence.broken) }
            dt { (scene.say("automatic-bound")) } dd.tnum { (share(scene, at_least.map_or(0, i64::from))) }
        }
        p.subtle.meta { (scene.say("automatic-bound-text")) }
        @if evidence.broken == 0 { (progress(scene, evidence)) }
    }
}

/// How many of the letters are known that it takes: the bound itself is near its goal long before.
fn progress(scene: &Scene, evidence: Evidence) -> Markup {
    let (known, needed) = (evidence.known().min(evidence.needed()), evidence.needed());
    let count = |count: u64| word(i64::try_from(count).unwrap_or(i64::MAX));
    html! {
        p #progress .subtle.meta { (scene.with("automatic-progress", [("known", count(known)), ("needed", count(needed))])) }
        progress max=(needed) value=(known) aria-labelledby="progress" {}
    }
}

/// In plain words what is missing until letters may be answered.
fn missing(scene: &Scene, stands: &Automatic) -> Markup {
    let count = i64::try_from(stands.evidence.missing()).unwrap_or(i64::MAX);
    html! {
        span #missing .strong {
            @if stands.permits.is_empty() { (scene.say("automatic-missing-answers")) }
            @else if stands.model.is_empty() { (scene.say("automatic-missing-model")) }
            @else if stands.evidence.broken > 0 { (scene.say("automatic-missing-broken")) }
            @else if stands.evidence.allows_live() { (scene.say("automatic-missing-nothing")) }
            @else { (scene.with("automatic-missing-letters", [("count", word(count))])) }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Switched {
    #[serde(default)]
    mode: String,
}

/// `POST /answers/automatic/mode`
pub(crate) async fn set_mode(
    State(web): State<Web>,
    signed: Signed,
    Form(form): Form<Switched>,
) -> Result<Response, Refusal> {
    let mode = Mode::from_word(&form.mode).ok_or(Refusal::BadForm)?;
    let outcome = web.desk.set_automatic_mode(&signed.viewer, mode).await;
    if outcome.is_ok() && mode != Mode::Off && !web.desk.sentence_model().is_installed() {
        return Ok(Told::of(Deed::AutomaticWithoutModel).at(&web, PATH));
    }
    told(&web, PATH, outcome)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Pausing {
    #[serde(default)]
    pauses: String,
}

/// `POST /answers/automatic/pausing`
pub(crate) async fn pause_all(
    State(web): State<Web>,
    signed: Signed,
    Form(form): Form<Pausing>,
) -> Result<Response, Refusal> {
    let pauses = form.pauses == "1";
    told(&web, PATH, web.desk.pause_all_answers(&signed.viewer, pauses).await)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Closing {
    #[serde(default)]
    closes: String,
}

/// `POST /answers/automatic/closing`
pub(crate) async fn close_quiet(
    State(web): State<Web>,
    signed: Signed,
    Form(form): Form<Closing>,
) -> Result<Response, Refusal> {
    let closes = form.closes == "1";
    told(&web, PATH, web.desk.set_automatic_closing(&signed.viewer, closes).await)
}

/// What a change of the switch was about.
pub(super) fn name(scene: &Scene, change: &Change) -> String {
    let is_mode = change.what == "automatic.mode";
    scene.say(if is_mode { "automatic-switch" } else { "automatic-closes" })
}

pub(super) fn value(scene: &Scene, change: &Change, value: &str) -> String {
    match (change.what.as_str(), Mode::from_word(value)) {
        ("automatic.mode", mode) => scene.say(words(mode.unwrap_or_default()).0),
        (_, _) if value == "1" => scene.say("automatic-yes"),
        _ => scene.say("automatic-no"),
    }
}
