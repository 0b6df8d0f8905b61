//! Where an inquiry might belong, one key away; and that it is not ours.

use maud::{Markup, html};
use torg_core::DepartmentId;
use torg_store::delegation::Proposed;
use torg_store::inquiries::InquiryPage;

use super::folders::Spot;
use crate::page::{hidden_then, icon};
use crate::words::{Scene, word};

/// A line of buttons; nothing where nothing is proposed. Each is a referral like any other.
pub(super) fn proposal(scene: &Scene, spot: &Spot, page: &InquiryPage) -> Markup {
    let proposal = &page.proposal;
    let here = spot.inquiry_path(page.inquiry.id);
    let refer = |to: DepartmentId, why: &str, button: Markup| {
        html! {
            form.inline method="post" action={ "/inquiries/" (page.inquiry.id) "/referral" } {
                (hidden_then(&here))
                input type="hidden" name="to" value=(to);
                input type="hidden" name="why" value=(why);
                (button)
            }
        }
    };
    html! {
        @if !proposal.to.is_empty() || proposal.back.is_some() {
            div.proposal role="group" aria-label=(scene.say("delegation-proposed")) {
                @if !proposal.to.is_empty() { span.subtle.meta { (scene.say("delegation-refer-to")) } }
                @for (place, one) in (1..).zip(&proposal.to) {
                    (refer(one.department.id, &why(scene, one), button(place, one)))
                }
                @if let Some(back) = &proposal.back {
                    (refer(back.id, &scene.say("delegation-not-ours"), html! {
                        button.btn.small data-key="n" {
                            (icon("undo-2")) kbd.kbd aria-hidden="true" { "N" } span.cut { (scene.say("delegation-not-ours"))
                                span.subtle { " · " (scene.with("delegation-back", [("department", word(back.name.as_str()))])) } }
                        }
                    }))
                }
            }
        }
    }
}

fn button(place: i32, one: &Proposed) -> Markup {
    html! {
        button.btn.small data-key=(place) {
            kbd.kbd aria-hidden="true" { (place) }
            span.cut { (one.department.name) @for words in &one.words { " " span.subtle { "«" (words) "»" } } }
        }
    }
}

/// The word why that goes along with the referral.
fn why(scene: &Scene, one: &Proposed) -> String {
    if one.words.is_empty() {
        return scene.say("delegation-without-words");
    }
    scene.with("delegation-because", [("words", word(one.words.join(", ")))])
}
