//! The bell in the bar, with how much waits behind it.

use maud::{Markup, html};
use torg_store::notices::MOST_COUNTED;

use crate::page::icon;
use crate::words::{Scene, word};

/// A plain link; its count is told to screen readers in words.
pub(crate) fn bell(scene: &Scene, is_here: bool) -> Markup {
    let count = scene.unseen;
    html! {
        a #bell .tab.bell href="/notices" data-key="notices" data-count=(count) title=(scene.say("notices-title"))
            aria-current=[is_here.then_some("page")] {
            (icon("bell"))
            span.hidden {
                span.label { (scene.say("notices-title")) }
                @if count > 0 { ", " (scene.with("notices-waiting", [("count", word(count)), ("shown", word(at_most(count)))])) }
            }
            @if count > 0 { span.badge aria-hidden="true" { (at_most(count)) } }
        }
    }
}

/// The number, or "99+".
fn at_most(count: i64) -> String {
    if count >= MOST_COUNTED { format!("{}+", MOST_COUNTED - 1) } else { count.to_string() }
}
