//! What happened between the messages, in plain words.

use maud::{Markup, html};
use torg_core::Verb;
use torg_store::inquiries::EventView;

use crate::page::{hidden_then, icon};
use crate::spam;
use crate::words::{Scene, word};

/// A line of the inquiry's log; nothing for what its message already says.
pub(super) fn event(scene: &Scene, here: &str, view: &EventView) -> Markup {
    let Some((icon_name, _)) = line(view.verb) else { return html! {} };
    html! {
        // Not a paragraph: a form ends one, and would stand by itself.
        div.event .undone[view.undone] {
            (icon(icon_name))
            span {
                (sentence(scene, view))
                @if let Some(reason) = reason(view) { ": " (scene.say(reason)) }
                @if let Some(why) = view.detail.why.as_deref().filter(|why| !why.is_empty()) { ": " q { (why) } }
                @if let Some(owner) = &view.detail.owner { ", " (scene.with("events-given", [("owner", word(owner.as_str()))])) }
                " · " (scene.stamp(view.at))
                @if view.undone { " · " (scene.say("events-was-undone")) }
                @if view.may_undo { (undo(scene, here, view)) }
            }
        }
    }
}

/// Why the judge of spam thought otherwise later.
fn reason(view: &EventView) -> Option<&'static str> {
    let is_judged = matches!(
        view.verb,
        Verb::JudgedSpam | Verb::JudgedLetter | Verb::JudgedPerhaps | Verb::JudgedHarmless
    );
    view.detail.by.as_deref().filter(|_| is_judged).map(spam::words_of)
}

/// What happened, in plain words.
fn sentence(scene: &Scene, view: &EventView) -> String {
    let torg = scene.say("events-torg");
    let by = view.by.as_deref().unwrap_or(&torg);
    let dash = || "–".to_owned();
    let (to, from) = (view.detail.to.clone(), view.detail.from.clone());
    let until = view.detail.until.map(|until| scene.times.stamp(until));
    let what = view.of.as_ref().map(|of| sentence(scene, of));
    let key = match view.verb {
        Verb::Redirected if to.is_none() => "events-redirected-to-nobody",
        Verb::TakenOver if from.is_none() => "events-claimed",
        Verb::Delegated if view.detail.by.is_some() => "events-delegated-by-rule",
        verb => line(verb).map_or("events-torg", |(_, key)| key),
    };
    let blank = |value: Option<String>| word(value.unwrap_or_else(dash));
    scene.with(
        key,
        [
            ("by", word(by)),
            ("to", blank(to)),
            ("from", blank(from)),
            ("until", blank(until)),
            ("what", blank(what)),
        ],
    )
}

/// A button to take one's own act back, as long as nothing came after it.
fn undo(scene: &Scene, here: &str, view: &EventView) -> Markup {
    html! {
        " " form.inline method="post" action={ "/acts/" (view.id) "/undo" } {
            (hidden_then(here))
            button.link.meta { (scene.say("events-undo")) }
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
        Verb::Delegated => ("forward", "events-delegated"),
        Verb::Receipt => ("reply", "events-receipt"),
        Verb::MarkedUrgent => ("flag", "events-marked-urgent"),
        Verb::UnmarkedUrgent => ("flag", "events-unmarked-urgent"),
        Verb::Categorised => ("folder", "events-categorised"),
        Verb::Overdue => ("clock-alert", "events-overdue"),
        Verb::Closed => ("check", "events-closed"),
        Verb::Reopened => ("rotate-cw", "events-reopened"),
        Verb::Withdrawn => ("undo-2", "events-withdrawn"),
        Verb::NoteTakenBack => ("undo-2", "events-note-taken-back"),
        Verb::NotSent => ("triangle-alert", "events-not-sent"),
        Verb::Bounced => ("triangle-alert", "events-bounced"),
        Verb::JudgedSpam => ("shield-x", "spam-event-judged"),
        Verb::JudgedLetter => ("mail-check", "spam-event-judged-not"),
        Verb::JudgedPerhaps => ("shield-x", "spam-event-judged-perhaps"),
        Verb::JudgedHarmless => ("mail-check", "spam-event-judged-harmless"),
        Verb::MarkedSpam => ("mail-x", "spam-event-marked"),
        Verb::MarkedLetter => ("mail-check", "spam-event-marked-not"),
        Verb::Snoozed => ("alarm-clock", "events-snoozed"),
        Verb::Woke => ("alarm-clock", "events-woke"),
        Verb::Tagged => ("tag", "events-tagged"),
        Verb::Untagged => ("tag", "events-untagged"),
        Verb::Unlinked => ("unlink", "events-unlinked"),
        Verb::Split => ("split", "events-split"),
        Verb::SplitOff => ("split", "events-split-off"),
        Verb::Merged => ("merge", "events-merged"),
        Verb::MergedInto => ("merge", "events-merged-into"),
        Verb::Retried => ("rotate-cw", "events-retried"),
        Verb::Redirected => ("plane", "events-redirected"),
        Verb::TakenOver => ("hand", "events-taken-over"),
        Verb::HandedBack => ("undo-2", "events-handed-back"),
        Verb::AnsweredAutomatically => ("bot", "events-answered-automatically"),
        Verb::AnswerAudited => ("eye", "events-answer-audited"),
        Verb::Undone => ("undo-2", "events-undone"),
        Verb::Followed | Verb::Unfollowed => return None,
        // A letter, a note and an answer stand there themselves; the rest belongs to no inquiry.
        Verb::Received
        | Verb::Replied
        | Verb::Noted
        | Verb::Forwarded
        | Verb::Sent
        | Verb::Quarantined
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
        | Verb::TagChanged
        | Verb::WentAway
        | Verb::CameBack
        | Verb::SettingChanged
        | Verb::AnswerChanged
        | Verb::AnswerPaused
        | Verb::ViewChanged => return None,
    })
}
