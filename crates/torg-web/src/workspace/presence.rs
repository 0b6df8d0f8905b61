//! Who else has the inquiry open, who writes in it, and what she has begun.

use maud::{Markup, html};
use torg_core::InquiryId;
use torg_desk::LAPSES;
use torg_store::drafts::{DraftKind, Other};

use crate::page::avatar;
use crate::words::{Scene, word};

/// The line above the composer; empty while nobody else is there.
pub(crate) fn presence(scene: &Scene, id: InquiryId, others: &[Other]) -> Markup {
    html! {
        div #{ "presence-" (id) } .presence role="status" aria-label=(scene.say("drafts-presence")) {
            @for other in others { (one(scene, other)) }
        }
    }
}

fn one(scene: &Scene, other: &Other) -> Markup {
    let name = || [("name", word(other.name.as_str()))];
    let since = (scene.times.now - LAPSES).as_microsecond();
    html! {
        div.other {
            (avatar(&other.name, true, false))
            @if other.writing_at > since { b { (scene.with("drafts-writes", name())) } }
            @else if other.at > since { span { (scene.with("drafts-looks", name())) } }
            @else { span { (scene.with("drafts-has-begun", name())) } }
            @for (kind, text, at) in &other.drafts {
                details {
                    summary.meta { (scene.say(match kind {
                        DraftKind::Reply => "drafts-begun-reply",
                        DraftKind::Note => "drafts-begun-note",
                        DraftKind::Forward => "drafts-begun-forward",
                    })) " " (scene.stamp(*at)) }
                    blockquote dir="auto" { (text) }
                }
            }
        }
    }
}
