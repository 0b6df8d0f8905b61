//! How each answer fares that may go out by itself, language by language.

use maud::{Markup, html};
use torg_core::Language;
use torg_core::answers::{Stage, StandardAnswer};
use torg_desk::Automatic;
use torg_store::automatic::{Figures, PermitRow};

use super::permit::standing;
use crate::page::{empty, icon};
use crate::words::Scene;

pub(super) fn panel(scene: &Scene, stands: &Automatic) -> Markup {
    html! {
        section.panel aria-labelledby="answers" {
            h2 #answers { (scene.say("automatic-answers")) }
            @if stands.permits.is_empty() {
                (empty("bot", false, &scene.say("automatic-none"), html! { (scene.say("automatic-none-text")) }))
            } @else {
                div.scroll tabindex="0" role="region" aria-labelledby="answers" { table.load.fares {
                    thead { tr {
                        th scope="col" { (scene.say("automatic-answer")) }
                        th scope="col" { (scene.say("automatic-language")) }
                        th scope="col" { (scene.say("automatic-chosen")) }
                        th scope="col" { (scene.say("automatic-sent")) }
                        th scope="col" { (scene.say("automatic-agreed")) }
                        th scope="col" { (scene.say("automatic-disagreed")) }
                        th scope="col" { (scene.say("automatic-complaint")) }
                    } }
                    tbody { @for permit in &stands.permits { (rows(scene, stands, permit)) } }
                } }
            }
        }
    }
}

fn rows(scene: &Scene, stands: &Automatic, permit: &PermitRow) -> Markup {
    let of: Vec<&Figures> =
        stands.figures.iter().filter(|figures| figures.answer == permit.id).collect();
    let count = of.len().max(1);
    html! {
        @for place in 0..count {
            tr {
                @if place == 0 {
                    th scope="rowgroup" rowspan=(count) {
                        a href={ "/answers/" (permit.id) } { (title(scene, &permit.answer)) }
                        br;
                        (standing(scene, permit.answer.stage == Stage::InUse, &permit.permit))
                    }
                }
                @match of.get(place) {
                    Some(figures) => (cells(figures)),
                    None => td.subtle colspan="6" { (icon("hourglass")) " " (scene.say("automatic-no-letters")) },
                }
            }
        }
    }
}

fn cells(figures: &Figures) -> Markup {
    let language: Option<Language> = figures.language.parse().ok();
    let evidence = figures.evidence;
    let wrong = i64::try_from(evidence.faults()).unwrap_or(i64::MAX) - figures.complaints;
    html! {
        td { @match language { Some(language) => (language.own_name()), None => (figures.language) } }
        td.tnum { (figures.chosen) }
        td.tnum { (figures.sent) }
        td.tnum { (evidence.agreed) }
        td.tnum { (wrong) }
        td.tnum { (figures.complaints) }
    }
}

pub(super) fn title(scene: &Scene, answer: &StandardAnswer) -> String {
    answer.text_for(scene.texts.language).map_or_else(|| "–".to_owned(), |text| text.title.clone())
}
