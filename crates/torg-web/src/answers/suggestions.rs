//! The answers that fit a letter, above the text that is written; Alt and a number put one in.

use axum::extract::{Path, State};
use maud::{Markup, html};
use torg_core::InquiryId;
use torg_desk::Suggested;

use super::parts::title_of;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::web::Web;
use crate::words::Scene;

/// `GET /inquiries/{id}/suggestions`
pub(crate) async fn suggestions(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
) -> Result<Markup, Refusal> {
    let found = web.desk.suggest_answers(&signed.viewer, id).await?;
    Ok(shown(&signed.scene(&web), &found))
}

fn shown(scene: &Scene, found: &Suggested) -> Markup {
    let answers = &found.answers;
    html! {
        div #answer-suggestions data-more-soon[found.more_soon] {
            @if !answers.is_empty() {
                p.subtle.meta { (scene.say("answers-suggested")) " · " (scene.say("answers-suggested-keys")) }
                ol {
                    @for (place, one) in answers.iter().enumerate() {
                        li { button type="button" data-suggested=(place + 1) data-answer=(one.row.id) {
                            kbd.kbd aria-hidden="true" { (place + 1) }
                            span.grow.cut { b { (title_of(scene, &one.row.answer)) }
                                @for words in &one.words { " " span.subtle { "«" (words) "»" } } }
                            span.subtle.meta { (scene.say("answers-insert")) }
                        } }
                    }
                }
            }
        }
    }
}
