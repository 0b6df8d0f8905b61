//! The conversation: messages and what happened between them, oldest first.

use maud::{Markup, html};
use torg_store::inquiries::{Entry, InquiryPage, NEWEST};

use super::events::event;
use super::folders::Spot;
use super::message::message;
use crate::page::icon;
use crate::words::{Scene, word};

/// The thread; `data-newest` lets the script see that something newer is there than its composer
/// knows, and `data-earlier` refresh as much as is shown.
pub(super) fn thread(scene: &Scene, spot: &Spot, page: &InquiryPage) -> Markup {
    let here = spot.inquiry_path(page.inquiry.id);
    html! {
        div #{ "thread-" (page.inquiry.id) } .thread data-newest=(page.inquiry.messages) data-earlier[spot.earlier] {
            @if page.earlier > 0 || is_long(page) { (way(scene, &here, page.earlier)) }
            @for entry in &page.entries {
                @match entry {
                    Entry::Message(view) => (message(scene, &here, page, view)),
                    Entry::Event(view) => (event(scene, &here, view)),
                }
            }
        }
    }
}

/// Whether there is more than its page shows at first.
fn is_long(page: &InquiryPage) -> bool {
    let messages = page.entries.iter().filter(|entry| matches!(entry, Entry::Message(_)));
    messages.count() > NEWEST
}

/// The way to what came earlier, or back to the newest alone where all is shown.
fn way(scene: &Scene, here: &str, earlier: usize) -> Markup {
    let count = i64::try_from(earlier).unwrap_or(i64::MAX);
    html! {
        @if earlier == 0 {
            a #earlier .btn.small.earlier href=(here) { (scene.say("messages-only-newest")) }
        } @else {
            a #earlier .btn.small.earlier href=(and(here, "earlier=1")) { (icon("arrow-up")) (scene.with("messages-earlier", [("count", word(count))])) }
        }
    }
}

/// The address `here` with one thing more asked of it.
pub(super) fn and(here: &str, more: &str) -> String {
    format!("{here}{}{more}", if here.contains('?') { '&' } else { '?' })
}
