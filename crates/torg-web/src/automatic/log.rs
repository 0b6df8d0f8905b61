//! `/answers/automatic/log`: every automatic answer, or what would have been one.

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::automatic::Outcome;
use torg_core::{AnswerId, AutomaticId};
use torg_store::automatic::{self, Listed, Look, Page, PermitRow};

use super::figures::title;
use super::{outcome_tag, page, share};
use crate::page::{empty, icon};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};

/// How many rows a page has.
const ROWS: usize = 40;
const PATH: &str = "/answers/automatic/log";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// An answer's id.
    answer: String,
    /// The word of an outcome.
    outcome: String,
    /// `sent` or `noted`.
    sent: String,
    after: Option<AutomaticId>,
}

/// `GET /answers/automatic/log`
pub(crate) async fn log(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let (viewer, look) = (signed.viewer.clone(), asked.look());
    let read = web.read(move |read| {
        let page = automatic::log(read, &viewer, &look, ROWS)?;
        Ok((page, automatic::permits(read, &viewer)?))
    });
    let (found, permits) = read.await?;
    let scene = signed.scene(&web);
    let main = html! {
        main #main .page.answers.automatic tabindex="-1" {
            header { div.grow {
                a.subtle href="/answers/automatic" { (icon("chevron-left")) " " (scene.say("automatic-title")) }
                h1 { (scene.say("automatic-log")) }
                p.lead { (scene.say("automatic-log-lead")) }
            } }
            (filters(&scene, &asked, &permits))
            (lines(&scene, &found, &permits))
            @if let Some(next) = found.next { p { a.btn href=(asked.older(next)) { (scene.say("automatic-older")) (icon("arrow-down")) } } }
        }
    };
    Ok(page(&web, &scene, &untold, scene.say("automatic-log"), main))
}

impl Asked {
    fn look(&self) -> Look {
        Look {
            answer: self.answer.parse::<AnswerId>().ok(),
            outcome: Outcome::ALL.into_iter().find(|one| one.word() == self.outcome),
            sent: match self.sent.as_str() {
                "sent" => Some(true),
                "noted" => Some(false),
                _ => None,
            },
            after: self.after,
        }
    }

    fn older(&self, next: AutomaticId) -> String {
        let look = self.look();
        let mut path = format!("{PATH}?after={next}");
        if let Some(answer) = look.answer {
            path.push_str(&format!("&answer={answer}"));
        }
        if let Some(outcome) = look.outcome {
            path.push_str(&format!("&outcome={}", outcome.word()));
        }
        if let Some(sent) = look.sent {
            path.push_str(if sent { "&sent=sent" } else { "&sent=noted" });
        }
        path
    }
}

fn filters(scene: &Scene, asked: &Asked, permits: &[PermitRow]) -> Markup {
    let outcomes = [
        ("", "automatic-any"),
        ("agreed", "automatic-agreed"),
        ("disagreed", "automatic-disagreed"),
        ("complaint", "automatic-complaint"),
        ("broken", "automatic-broken"),
    ];
    let sent =
        [("", "automatic-any"), ("sent", "automatic-was-sent"), ("noted", "automatic-was-noted")];
    html! {
        form.panel.answers-search role="search" aria-label=(scene.say("automatic-filter")) method="get" action=(PATH) {
            label { span { (scene.say("automatic-answer")) }
                select.ds-input name="answer" {
                    option value="" { (scene.say("automatic-any")) }
                    @for one in permits { @let id = one.id.to_string(); option value=(id) selected[id == asked.answer] { (title(scene, &one.answer)) } }
                } }
            label { span { (scene.say("automatic-outcome")) }
                select.ds-input name="outcome" { @for (value, key) in outcomes { option value=(value) selected[value == asked.outcome] { (scene.say(key)) } } } }
            label { span { (scene.say("automatic-sending")) }
                select.ds-input name="sent" { @for (value, key) in sent { option value=(value) selected[value == asked.sent] { (scene.say(key)) } } } }
            button.btn { (icon("list-filter")) (scene.say("automatic-filter")) }
        }
    }
}

fn lines(scene: &Scene, found: &Page, permits: &[PermitRow]) -> Markup {
    html! {
        section.panel aria-label=(scene.say("automatic-log")) {
            @if found.rows.is_empty() {
                (empty("list", false, &scene.say("automatic-nothing"), html! { (scene.say("automatic-nothing-text")) }))
            } @else {
                ul.lines { @for one in &found.rows { (line(scene, one, permits)) } }
            }
        }
    }
}

fn line(scene: &Scene, one: &Listed, permits: &[PermitRow]) -> Markup {
    let known = permits.iter().find(|permit| permit.id == one.answer);
    let answer = known.map_or_else(|| one.handle.clone(), |known| title(scene, &known.answer));
    let model: String = one.model.chars().take(8).collect();
    html! {
        li {
            div.grow.stack {
                a.strong href={ "/inquiries/" (one.inquiry) } { (one.number) " " (one.subject) }
                span { (answer) }
                span.subtle.meta.tnum {
                    (scene.stamp(one.at)) " · "
                    (scene.with("automatic-decided", [("version", word(one.version)), ("sure", word(share(scene, one.sureness))), ("least", word(share(scene, one.threshold))), ("language", word(one.language.as_str())), ("model", word(model))]))
                }
            }
            div.tags {
                @if one.sent.is_some() { span.tag.accent { (icon("send")) (scene.say("automatic-was-sent")) } }
                @else { span.tag { (icon("eye")) (scene.say("automatic-was-noted")) } }
                (outcome_tag(scene, one.outcome))
            }
        }
    }
}
