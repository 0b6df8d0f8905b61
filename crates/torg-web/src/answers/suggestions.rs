//! The answers that fit a letter, above the text that is written, and why; Alt and a number put one
//! in.

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::InquiryId;
use torg_desk::{Suggested, SuggestedAnswer};

use super::parts::title_of;
use crate::drafts::Fields;
use crate::page::icon;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::web::Web;
use crate::words::{Scene, word};

#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// She does not ask again for this letter: what she is shown stays.
    last: Option<String>,
}

/// `GET /inquiries/{id}/suggestions?last=`
pub(crate) async fn suggestions(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Refusal> {
    let mut found = web.desk.suggest_answers(&signed.viewer, id).await?;
    found.more_soon &= asked.last.is_none();
    Ok(shown(&signed.scene(&web), id, &found))
}

/// `POST /inquiries/{id}/suggestions/none`: none of them fits; with `back`, one may after all.
pub(crate) async fn none_fits(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    let is_back = !fields.text("back").is_empty();
    web.desk.say_none_fits(&signed.viewer, id, !is_back).await?;
    if headers.contains_key("torg-quiet") {
        let found = web.desk.suggest_answers(&signed.viewer, id).await?;
        let found = Suggested { more_soon: false, ..found };
        return Ok(shown(&signed.scene(&web), id, &found).into_response());
    }
    Ok(Redirect::to(&format!("/folders/all/inquiries/{id}?write=reply")).into_response())
}

/// While more is to be known of the letter, no key puts one in: the next list may have another in
/// its place when she presses it.
fn shown(scene: &Scene, id: InquiryId, found: &Suggested) -> Markup {
    let answers = &found.answers;
    html! {
        div #answer-suggestions data-more-soon[found.more_soon] {
            @if found.none_fits {
                p.subtle.meta role="status" { (icon("check")) (scene.say("answers-none-fits-noted")) " "
                    (none_button(scene, id, true)) }
            } @else if !answers.is_empty() {
                p.subtle.meta { (scene.say("answers-suggested")) " · " (scene.say("answers-suggested-keys"))
                    @if found.teaches { " · " (none_button(scene, id, false)) } }
                ol {
                    @for (place, one) in answers.iter().enumerate() {
                        li {
                            button type="button" data-suggested=[(!found.more_soon).then_some(place + 1)] data-answer=(one.row.id) {
                                kbd.kbd aria-hidden="true" { @if found.more_soon { "…" } @else { (place + 1) } }
                                span.grow.cut { b { (title_of(scene, &one.row.answer)) }
                                    @for words in &one.words { " " span.subtle { "«" (words) "»" } } }
                                span.subtle.meta { (scene.say("answers-insert")) }
                            }
                            (earlier(scene, one))
                        }
                    }
                }
            }
        }
    }
}

/// Letters that got the same answer.
fn earlier(scene: &Scene, one: &SuggestedAnswer) -> Markup {
    html! {
        @if !one.earlier.is_empty() {
            p.subtle.meta.earlier.cut { (scene.say("answers-earlier")) " "
                @for (place, case) in one.earlier.iter().enumerate() {
                    @if place > 0 { ", " }
                    a href={ "/folders/all/inquiries/" (case.inquiry) } title=(scene.with("answers-earlier-title", [("number", word(case.number.to_string()))])) {
                        (case.number) " " (case.subject)
                    }
                }
            }
        }
    }
}

/// It lies in the form of the composer, whose text a script keeps from being sent along.
fn none_button(scene: &Scene, id: InquiryId, back: bool) -> Markup {
    let key = if back { "answers-none-fits-back" } else { "answers-none-fits" };
    html! {
        button.link-button type="submit" name="back" value=(if back { "1" } else { "" }) formaction={ "/inquiries/" (id) "/suggestions/none" } formnovalidate data-none-fits {
            (scene.say(key))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::readings::scene;
    use torg_core::answers::StandardAnswer;
    use torg_core::{AnswerId, Id, Language};
    use torg_store::answers::AnswerRow;

    #[test]
    fn no_key_puts_in_what_may_still_change() {
        let row = AnswerRow {
            id: AnswerId::from_i64(7),
            handle: String::new(),
            answer: StandardAnswer::default(),
            department: None,
            version: 1,
            changed: 0,
        };
        let answers = vec![SuggestedAnswer { row, words: Vec::new(), earlier: Vec::new() }];
        let page = |more_soon| {
            let found = Suggested { answers: answers.clone(), more_soon, ..Suggested::default() };
            shown(&scene(Language::Nb), InquiryId::from_i64(1), &found).into_string()
        };
        assert!(!page(true).contains("data-suggested") && page(true).contains("data-answer=\"7\""));
        assert!(page(false).contains("data-suggested=\"1\""));
    }
}
