//! When something is due, at a glance: a word and a time, in colour once it presses.

use maud::{Markup, html};
use torg_core::due::Aim;
use torg_store::due::DueAt;

use super::icon;
use crate::words::{Scene, word};

/// How long before it is due it is shown to press.
const SOON: i64 = 2 * 3_600_000_000;

/// The chip: "due 14:00", "3 h over".
pub(crate) fn due_tag(scene: &Scene, due: &DueAt) -> Markup {
    let left = due.at - scene.times.now.as_microsecond();
    let (class, icon_name) = match left {
        ..=0 => ("tag danger due", "clock-alert"),
        1..=SOON => ("tag warning due", "clock"),
        _ => ("tag due", "clock"),
    };
    html! {
        span class=(class) title=(whole(scene, due)) {
            (icon(icon_name)) time datetime=(scene.times.machine(due.at)) { (short(scene, due)) }
        }
    }
}

/// "due 14:00", "3 h over".
pub(crate) fn short(scene: &Scene, due: &DueAt) -> String {
    let over = scene.times.now.as_microsecond() - due.at;
    if over >= 0 {
        return scene.with("due-over", [("time", word(scene.times.length(over)))]);
    }
    let when = scene.times.ahead(due.at);
    let key = if due.aim == Aim::Legal { "due-legal-at" } else { "due-at" };
    scene.with(key, [("when", word(when))])
}

/// What is due, and when to the minute.
fn whole(scene: &Scene, due: &DueAt) -> String {
    let aim = aim(scene, due.aim);
    scene.with("due-whole", [("aim", word(aim)), ("when", word(scene.times.to_the_minute(due.at)))])
}

/// What is to be reached, in a word or two.
pub(crate) fn aim(scene: &Scene, aim: Aim) -> String {
    scene.say(match aim {
        Aim::FirstAnswer => "due-first-answer",
        Aim::Done => "due-done",
        Aim::Legal => "due-legal",
    })
}
