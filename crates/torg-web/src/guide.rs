//! The guide for new colleagues: a card in a corner of the workspace until it is put away, and a
//! page with all of it.

use axum::extract::State;
use axum::response::{Redirect, Response};
use maud::{Markup, html};

use crate::page::{Frame, Place, frame, icon};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};

/// One step: its icon, what it is called, what it says, and what of the workspace it points at.
struct Step {
    icon: &'static str,
    title: &'static str,
    text: &'static str,
    at: &'static str,
}

const STEPS: [Step; 5] = [
    Step { icon: "folder", title: "guide-folders", text: "guide-folders-text", at: "#folders" },
    Step { icon: "hand", title: "guide-take", text: "guide-take-text", at: "#list" },
    Step { icon: "reply", title: "guide-answer", text: "guide-answer-text", at: "#reading" },
    Step { icon: "keyboard", title: "guide-keys", text: "guide-keys-text", at: ".search" },
    Step { icon: "plane", title: "guide-away", text: "guide-away-text", at: ".tab.me" },
];

/// `GET /guide`: all of it on a page.
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let scene = signed.scene(&web);
    let title = scene.say("guide-title");
    let main = html! {
        main #main .page tabindex="-1" {
            header { div { h1 { (title) } p.lead { (scene.say("guide-lead")) } } }
            section.panel {
                ol.guide-steps { @for step in &STEPS { li {
                    (icon(step.icon))
                    div.grow { h2 { (scene.say(step.title)) } p { (scene.say(step.text)) } }
                } } }
            }
            div.row.wrap {
                a.btn.primary href="/" { (scene.say("guide-to-work")) }
                @if !scene.is_new { form.inline method="post" action="/guide/return" hx-boost="false" { button.btn { (icon("undo-2")) (scene.say("guide-again")) } } }
            }
        }
    };
    let place = Place::Elsewhere;
    let page = Frame { title, place, main, told: untold.0.clone() };
    Ok(untold.once(&web, frame(&scene, &page)))
}

/// `POST /guide/dismissal`
pub(crate) async fn dismiss(State(web): State<Web>, signed: Signed) -> Result<Redirect, Refusal> {
    web.desk.put_guide_away(&signed.viewer).await?;
    Ok(Redirect::to("/"))
}

/// `POST /guide/return`
pub(crate) async fn bring_back(
    State(web): State<Web>,
    signed: Signed,
) -> Result<Redirect, Refusal> {
    web.desk.bring_guide_back(&signed.viewer).await?;
    Ok(Redirect::to("/"))
}

/// The card. It lies over the page, so nothing moves when it comes or goes, and takes no focus.
/// Without a script it is the first words of the guide, and the way to its page.
pub(crate) fn card(scene: &Scene) -> Markup {
    let of = i64::try_from(STEPS.len()).unwrap_or(0);
    html! {
        aside #guide .guide aria-labelledby="guide-title" {
            div.row {
                h2.grow #guide-title tabindex="-1" { (scene.say("guide-welcome")) }
                form.inline method="post" action="/guide/dismissal" hx-boost="false" {
                    button.btn.quiet.square.small aria-label=(scene.say("guide-dismiss")) title=(scene.say("guide-dismiss")) { (icon("x")) }
                }
            }
            @for (place, step) in (1_i64..).zip(&STEPS) {
                div.step hidden[place > 1] data-at=(step.at) {
                    h3 tabindex="-1" { (icon(step.icon)) (scene.say(step.title)) span.subtle.meta.end.tnum { (scene.with("guide-step", [("step", word(place)), ("of", word(of))])) } }
                    p { (scene.say(step.text)) }
                }
            }
            div.row {
                a.btn.quiet.small href="/guide" { (scene.say("guide-whole")) }
                button.btn.quiet.small.end.back type="button" hidden { (scene.say("guide-back")) }
                button.btn.small.primary.next type="button" hidden { (scene.say("guide-next")) }
                form.inline.done hidden method="post" action="/guide/dismissal" hx-boost="false" { button.btn.small.primary { (scene.say("guide-done")) } }
            }
        }
    }
}
