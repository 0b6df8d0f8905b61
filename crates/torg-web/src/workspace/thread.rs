//! The conversation: messages and what happened between them, oldest first.

use maud::{Markup, html};
use torg_store::inquiries::{Entry, InquiryPage};

use super::events::event;
use super::folders::Spot;
use super::message::message;
use crate::page::icon;
use crate::words::{Scene, word};

/// How many messages are shown; earlier ones are asked for, so that an inquiry of hundreds opens as
/// quickly as any.
const NEWEST: usize = 20;

/// The thread; `data-newest` lets the script see that something newer is there than its composer
/// knows, and `data-earlier` refresh as much as is shown.
pub(super) fn thread(scene: &Scene, spot: &Spot, page: &InquiryPage) -> Markup {
    let here = spot.inquiry_path(page.inquiry.id);
    let (earlier, newest) = page.entries.split_at(newest(&page.entries));
    let shown = if spot.earlier { &page.entries } else { newest };
    html! {
        div #{ "thread-" (page.inquiry.id) } .thread data-newest=(page.inquiry.messages) data-earlier[spot.earlier] {
            @if !earlier.is_empty() { (way(scene, spot, &here, number(earlier))) }
            @for entry in shown {
                @match entry {
                    Entry::Message(view) => (message(scene, page, view)),
                    Entry::Event(view) => (event(scene, &here, view)),
                }
            }
        }
    }
}

/// Where the newest messages begin.
fn newest(entries: &[Entry]) -> usize {
    let places = entries.iter().enumerate().filter(|(_, entry)| is_message(entry));
    let first = places.rev().nth(NEWEST - 1).map_or(0, |(place, _)| place);
    if entries.iter().take(first).any(is_message) { first } else { 0 }
}

fn is_message(entry: &Entry) -> bool {
    matches!(entry, Entry::Message(_))
}

fn number(entries: &[Entry]) -> i64 {
    let count = entries.iter().filter(|entry| is_message(entry)).count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The way to what came earlier, or back to the newest alone.
fn way(scene: &Scene, spot: &Spot, here: &str, earlier: i64) -> Markup {
    let with = if here.contains('?') { "&" } else { "?" };
    html! {
        @if spot.earlier {
            a #earlier .btn.small.earlier href=(here) { (scene.say("messages-only-newest")) }
        } @else {
            a #earlier .btn.small.earlier href={ (here) (with) "earlier=1" } { (icon("arrow-up")) (scene.with("messages-earlier", [("count", word(earlier))])) }
        }
    }
}
