//! The small forms below the verbs: give to a colleague, refer to a department.

use maud::{Markup, html};
use torg_core::{DepartmentId, StaffId};
use torg_store::departments::DepartmentName;
use torg_store::inquiries::InquiryPage;
use torg_store::staff::StaffName;
use torg_store::tags::Tag;

use super::cards;
use super::folders::Spot;
use crate::page::{Tone, hidden_then, icon, notice};
use crate::words::{Scene, word};

/// A form that stands open, with what it was sent back for.
#[derive(Debug, Clone)]
pub(crate) enum Card {
    Assignment {
        colleagues: Vec<StaffName>,
        trouble: Option<String>,
    },
    Referral {
        departments: Vec<DepartmentName>,
        to: Option<DepartmentId>,
        why: String,
        would_open: bool,
        trouble: Option<String>,
    },
    Snooze {
        trouble: Option<String>,
    },
    Tags {
        known: Vec<Tag>,
        trouble: Option<String>,
    },
    Join {
        number: String,
        why: String,
        /// They are of two persons; she is asked whether she means it.
        two_persons: bool,
        trouble: Option<String>,
    },
    Split {
        trouble: Option<String>,
    },
    Takeover,
}

pub(super) fn card(scene: &Scene, spot: &Spot, page: &InquiryPage, card: &Card) -> Markup {
    let title = scene.say(match card {
        Card::Assignment { .. } => "inquiries-assign-title",
        Card::Referral { .. } => "inquiries-refer-title",
        Card::Snooze { .. } => "snooze-title",
        Card::Tags { .. } => "tags-card-title",
        Card::Join { .. } => "joining-title",
        Card::Split { .. } => "joining-split-title",
        Card::Takeover => "colleagues-take-over-title",
    });
    html! {
        section #card .card role="dialog" aria-labelledby="card-title" {
            h2 #card-title { (title) }
            @match card {
                Card::Assignment { colleagues, trouble } => (assignment(scene, spot, page, colleagues, trouble.as_deref())),
                Card::Referral { .. } => (referral(scene, spot, page, card)),
                Card::Snooze { trouble } => (cards::snoozing(scene, spot, page, trouble.as_deref())),
                Card::Tags { known, trouble } => (cards::tagging(scene, spot, page, known, trouble.as_deref())),
                Card::Join { .. } => (cards::joining(scene, spot, page, card)),
                Card::Split { trouble } => (cards::splitting(scene, spot, page, trouble.as_deref())),
                Card::Takeover => (takeover(scene, spot, page)),
            }
        }
    }
}

fn assignment(
    scene: &Scene,
    spot: &Spot,
    page: &InquiryPage,
    colleagues: &[StaffName],
    trouble: Option<&str>,
) -> Markup {
    let is_owner = |staff: StaffId| page.inquiry.owner == Some(staff);
    html! {
        form.form method="post" action={ "/inquiries/" (page.inquiry.id) "/assignment" } {
            (hidden_then(&spot.inquiry_path(page.inquiry.id)))
            @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
            div.ds-field {
                label.ds-label for="card-to" { (scene.say("inquiries-assign-to")) }
                select.ds-input #card-to name="to" required autofocus {
                    option value="" { (scene.say("inquiries-choose")) }
                    @for colleague in colleagues.iter().filter(|colleague| !is_owner(colleague.id)) {
                        option value=(colleague.id) {
                            (colleague.name) @if scene.is_me(colleague.id) { " (" (scene.say("inquiries-me")) ")" }
                        }
                    }
                }
            }
            (buttons(scene, spot, page, &scene.say("inquiries-assign-send")))
        }
    }
}

fn referral(scene: &Scene, spot: &Spot, page: &InquiryPage, card: &Card) -> Markup {
    let Card::Referral { departments, to, why, would_open, trouble } = card else {
        return html! {};
    };
    html! {
        form.form method="post" action={ "/inquiries/" (page.inquiry.id) "/referral" } {
            (hidden_then(&spot.inquiry_path(page.inquiry.id)))
            @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
            div.ds-field {
                label.ds-label for="card-to" { (scene.say("inquiries-refer-to")) }
                select.ds-input #card-to name="to" required autofocus {
                    option value="" { (scene.say("inquiries-choose")) }
                    @for department in departments.iter().filter(|department| department.id != page.department.id) {
                        option value=(department.id) selected[*to == Some(department.id)] {
                            (department.name) @if department.restricted { " (" (scene.say("folders-restricted")) ")" }
                        }
                    }
                }
            }
            div.ds-field {
                label.ds-label for="card-why" { (scene.say("inquiries-refer-why")) }
                input.ds-input #card-why type="text" name="why" value=(why) required maxlength="300" aria-describedby="card-why-help";
                span #card-why-help .subtle.meta { (scene.say("inquiries-refer-why-help")) }
            }
            @if *would_open {
                label.choice { input.ds-input type="checkbox" name="opens" value="1" required; (scene.with("inquiries-refer-opens", [("department", word(page.department.name.as_str()))])) }
            }
            (buttons(scene, spot, page, &scene.say("inquiries-refer-send")))
        }
    }
}

/// Taking over from a colleague, with a word to the citizen if she likes.
fn takeover(scene: &Scene, spot: &Spot, page: &InquiryPage) -> Markup {
    let owner = page.owner.as_ref().map(|owner| owner.name.clone()).unwrap_or_default();
    html! {
        form.form method="post" action={ "/inquiries/" (page.inquiry.id) "/takeover" } {
            (hidden_then(&spot.inquiry_path(page.inquiry.id)))
            p.subtle { (scene.with("colleagues-take-over-from", [("name", word(owner))])) }
            div.ds-field {
                label.ds-label for="card-word" { (scene.say("colleagues-word-to-citizen")) }
                textarea.ds-input #card-word name="word" rows="3" maxlength="2000" dir="auto" autofocus aria-describedby="card-word-help" {}
                span #card-word-help .subtle.meta { (scene.say("colleagues-word-to-citizen-help")) }
            }
            (buttons(scene, spot, page, &scene.say("colleagues-take-over")))
        }
    }
}

pub(super) fn buttons(scene: &Scene, spot: &Spot, page: &InquiryPage, send: &str) -> Markup {
    html! {
        div.row {
            button.btn.primary { (send) }
            a.btn.quiet href=(spot.inquiry_path(page.inquiry.id)) data-key="back" { (icon("x")) (scene.say("inquiries-cancel")) }
        }
    }
}
