//! The conversation: messages and what happened between them, oldest first.

use maud::{Markup, html};
use torg_store::inquiries::{Entry, InquiryPage};

use super::events::event;
use super::folders::Spot;
use super::message::message;
use crate::words::Scene;

/// The thread; `data-newest` lets the script see that something newer is there than its composer knows.
pub(super) fn thread(scene: &Scene, spot: &Spot, page: &InquiryPage) -> Markup {
    let here = spot.inquiry_path(page.inquiry.id);
    html! {
        div #{ "thread-" (page.inquiry.id) } .thread data-newest=(page.inquiry.messages) {
            @for entry in &page.entries {
                @match entry {
                    Entry::Message(view) => (message(scene, page, view)),
                    Entry::Event(view) => (event(scene, &here, view)),
                }
            }
        }
    }
}
