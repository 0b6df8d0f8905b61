//! What happened between the messages, in plain words.

use maud::{Markup, html};
use torg_core::Verb;
use torg_store::inquiries::EventView;

use crate::page::icon;
use crate::words::{Scene, word};

/// A line of the inquiry's log; nothing for what its message already says.
pub(super) fn event(scene: &Scene, view: &EventView) -> Markup {
    let Some((icon_name, key)) = line(view.verb) else { return html! {} };
    let torg = scene.say("events-torg");
    let by = view.by.as_deref().unwrap_or(&torg);
    let (to, from) =
        (view.detail.to.as_deref().unwrap_or("–"), view.detail.from.as_deref().unwrap_or("–"));
    html! {
        p.event {
            (icon(icon_name))
            span {
                (scene.with(key, [("by", word(by)), ("to", word(to)), ("from", word(from))]))
                @if let Some(why) = view.detail.why.as_deref().filter(|why| !why.is_empty()) { ": " q { (why) } }
                " · " (scene.stamp(view.at))
            }
        }
    }
}

fn line(verb: Verb) -> Option<(&'static str, &'static str)> {
    Some(match verb {
        Verb::Shown => ("building-2", "events-shown"),
        Verb::Suggested => ("link", "events-suggested"),
        Verb::Linked => ("link", "events-linked"),
        Verb::Dismissed => ("unlink", "events-dismissed"),
        Verb::Claimed => ("hand", "events-claimed"),
        Verb::Released => ("undo-2", "events-released"),
        Verb::Assigned => ("user-plus", "events-assigned"),
        Verb::Referred => ("forward", "events-referred"),
        Verb::Receipt => ("reply", "events-receipt"),
        Verb::MarkedUrgent => ("flag", "events-marked-urgent"),
        Verb::UnmarkedUrgent => ("flag", "events-unmarked-urgent"),
        Verb::Closed => ("check", "events-closed"),
        Verb::Reopened => ("rotate-cw", "events-reopened"),
        Verb::Withdrawn => ("undo-2", "events-withdrawn"),
        Verb::NotSent => ("triangle-alert", "events-not-sent"),
        Verb::Bounced => ("triangle-alert", "events-bounced"),
        // A letter, a note and an answer stand there themselves; the rest belongs to no inquiry.
        Verb::Received
        | Verb::Replied
        | Verb::Noted
        | Verb::Forwarded
        | Verb::Sent
        | Verb::Quarantined
        | Verb::Retried
        | Verb::Readdressed
        | Verb::Discarded
        | Verb::Restored
        | Verb::SignedIn
        | Verb::SignInRefused
        | Verb::SignedOut
        | Verb::PersonChanged
        | Verb::PersonsJoined
        | Verb::PersonsParted
        | Verb::StaffChanged
        | Verb::DepartmentChanged
        | Verb::SettingChanged
        | Verb::ViewChanged => return None,
    })
}
