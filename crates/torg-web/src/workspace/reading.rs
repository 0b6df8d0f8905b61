//! The reading pane: verbs, head, thread, composer.

use maud::{Markup, html};
use torg_core::State;
use torg_store::inquiries::InquiryPage;

use super::card::card;
use super::composer::composer;
use super::folders::Spot;
use super::presence::presence;
use super::proposal::proposal;
use super::rows::subject;
use super::show::Extras;
use super::thread::thread;
use crate::page::{due_tag, empty, hidden_then, icon, state_tag, tag_chip};
use crate::spam::badge;
use crate::words::{Scene, word};

/// The whole pane of an open inquiry.
pub(super) fn reading(scene: &Scene, spot: &Spot, page: &InquiryPage, extras: &Extras) -> Markup {
    let id = page.inquiry.id;
    html! {
        article #reading .reading aria-labelledby="subject" data-inquiry=(id) {
            (tools(scene, spot, page))
            (head(scene, spot, page, extras))
            div #{ "scroller-" (id) } .scroller tabindex="0" role="region" aria-label=(scene.say("messages-thread")) {
                (thread(scene, spot, page))
            }
            (presence(scene, id, &[]))
            (composer(scene, spot, page, &extras.draft))
            @if let Some(open) = &extras.card { (card(scene, spot, page, open)) }
        }
    }
}

/// The pane while nothing is open.
pub(super) fn nothing_open(scene: &Scene) -> Markup {
    html! {
        section #reading .reading {
            div.nothing { (empty("mail", false, &scene.say("inquiries-none-open"), html! { (scene.say("inquiries-none-open-text")) })) }
        }
    }
}

/// What one may do. One filled button: the next thing that is to be done.
pub(super) fn tools(scene: &Scene, spot: &Spot, page: &InquiryPage) -> Markup {
    let here = spot.inquiry_path(page.inquiry.id);
    let act = |verb: &str, button: Markup| {
        html! {
            form.inline method="post" action={ "/inquiries/" (page.inquiry.id) "/" (verb) } { (hidden_then(&here)) (button) }
        }
    };
    let is_mine = page.inquiry.owner.is_some_and(|owner| scene.is_me(owner));
    let is_closed = page.inquiry.state == State::Closed;
    let is_spam = page.inquiry.state == State::Spam;
    html! {
        div #tools .tools role="toolbar" aria-label=(scene.say("inquiries-verbs")) {
            a.btn.quiet.square.only-phone href={ (spot.folder_path()) (spot.query()) } aria-label=(scene.say("inquiries-back")) data-key="back" { (icon("chevron-left")) }
            @if is_spam {
                (act("spam", html! { input type="hidden" name="spam" value="false"; button.btn.primary data-key="letter" title=(scene.say("spam-do-not-title")) { (icon("mail-check")) span.label { (scene.say("spam-do-not")) } span.short { (scene.say("spam-do-not")) } kbd.kbd aria-hidden="true" { "B" } } }))
            } @else if page.inquiry.owner.is_none() && !is_closed {
                (act("claim", html! { button.btn.primary data-key="t" { (icon("hand")) span.label { (scene.say("inquiries-take")) } span.short { (scene.say("inquiries-take-short")) } kbd.kbd aria-hidden="true" { "T" } } }))
            } @else if is_mine && !is_closed {
                (act("release", html! { button.btn data-key="t" title=(scene.say("inquiries-release")) { (icon("undo-2")) span.label { (scene.say("inquiries-release")) } kbd.kbd aria-hidden="true" { "T" } } }))
            }
            a.btn .rare[is_spam] href=(spot.card_path(page.inquiry.id, "referral")) data-key="v" title=(scene.say("inquiries-refer")) { (icon("forward")) span.label { (scene.say("inquiries-refer")) } kbd.kbd aria-hidden="true" { "V" } }
            @if !is_closed {
                a.btn.assign href=(spot.card_path(page.inquiry.id, "assignment")) data-key="a" title=(scene.say("inquiries-assign")) { (icon("user-plus")) span.label { (scene.say("inquiries-assign")) } kbd.kbd aria-hidden="true" { "A" } }
                (act("closing", html! { button.btn data-key="e" title=(scene.say("inquiries-close")) { (icon("check")) span.label { (scene.say("inquiries-close")) } kbd.kbd aria-hidden="true" { "E" } } }))
            }
            @if is_closed || page.inquiry.state == State::Snoozed {
                (act("reopening", html! { button.btn data-key=[is_closed.then_some("e")] title=(scene.say("inquiries-reopen")) { (icon("rotate-cw")) span.label { (scene.say("inquiries-reopen")) } @if is_closed { kbd.kbd aria-hidden="true" { "E" } } } }))
            }
            @if !is_closed && !is_spam {
                a.btn.square.snooze href=(spot.card_path(page.inquiry.id, "snooze")) data-key="s" title=(scene.say("snooze-do")) aria-label=(scene.say("snooze-do")) { (icon("alarm-clock")) }
            }
            @if !is_spam {
                (act("spam", html! { input type="hidden" name="spam" value="true"; button.btn.square.mark-spam data-key="spam" title=(scene.say("spam-do-title")) aria-label=(scene.say("spam-do-title")) { (icon("mail-x")) } }))
            }
            (more(scene, spot, page))
            span.end.row.step {
                button.btn.quiet.square type="button" data-step="-1" aria-label=(scene.say("keys-previous-label")) hidden { (icon("arrow-up")) }
                button.btn.quiet.square type="button" data-step="1" aria-label=(scene.say("keys-next-label")) hidden { (icon("arrow-down")) }
            }
            button.btn.quiet.square.only-person-gone type="button" popovertarget="person" aria-label=(scene.say("persons-open")) { (icon("user-round")) }
        }
    }
}

fn more(scene: &Scene, spot: &Spot, page: &InquiryPage) -> Markup {
    let here = spot.inquiry_path(page.inquiry.id);
    let urgent = page.inquiry.urgent;
    html! {
        details #more .menu {
            summary.btn.quiet.square aria-label=(scene.say("inquiries-more")) { (icon("ellipsis")) }
            div {
                form method="post" action={ "/inquiries/" (page.inquiry.id) "/urgency" } {
                    (hidden_then(&here))
                    input type="hidden" name="urgent" value=(!urgent);
                    button data-key="f" { (icon("flag")) (scene.say(if urgent { "inquiries-unmark-urgent" } else { "inquiries-mark-urgent" })) }
                }
                form method="post" action={ "/inquiries/" (page.inquiry.id) "/unread" } {
                    input type="hidden" name="then" value=(spot.list_path());
                    button data-key="u" { (icon("mail")) (scene.say("inquiries-mark-unread")) }
                }
                @if page.inquiry.state != State::Closed {
                    @if page.inquiry.state == State::Spam { a.only-phone href=(spot.card_path(page.inquiry.id, "referral")) { (icon("forward")) (scene.say("inquiries-refer")) } }
                    a.only-phone href=(spot.card_path(page.inquiry.id, "assignment")) { (icon("user-plus")) (scene.say("inquiries-assign")) }
                }
                @if !matches!(page.inquiry.state, State::Closed | State::Spam) {
                    a.only-narrowest href=(spot.card_path(page.inquiry.id, "snooze")) { (icon("alarm-clock")) (scene.say("snooze-do")) }
                }
                // Answered, it waits already; that something is owed after all is said rarely.
                @if page.inquiry.state == State::Answered {
                    form method="post" action={ "/inquiries/" (page.inquiry.id) "/reopening" } {
                        (hidden_then(&here))
                        button { (icon("rotate-cw")) (scene.say("inquiries-reopen")) }
                    }
                }
                (spam(scene, page, &here))
                (category(scene, page, &here))
                (more_verbs(scene, spot, page))
                hr;
                p.subtle.meta { (scene.with("inquiries-created", [("when", word(scene.times.stamp(page.created)))])) }
                a href={ "/inquiries/" (page.inquiry.id) "/print" } hx-boost="false" data-key="print" { (icon("printer")) span.grow { (scene.say("inquiries-print")) } kbd.kbd aria-hidden="true" { "P" } }
                a href={ "/number/" (page.inquiry.number) } hx-boost="false" { (icon("link")) (scene.say("inquiries-link")) }
            }
        }
    }
}

/// Saying that it is a letter after all, where that is in doubt; and on a narrow window, that it is spam.
fn spam(scene: &Scene, page: &InquiryPage, here: &str) -> Markup {
    let say = |is_spam: bool, only_phone: bool, key: Option<&str>| {
        let (name, words) =
            if is_spam { ("mail-x", "spam-do-title") } else { ("mail-check", "spam-do-not-title") };
        html! {
            form .only-phone[only_phone] method="post" action={ "/inquiries/" (page.inquiry.id) "/spam" } {
                (hidden_then(here))
                input type="hidden" name="spam" value=(is_spam);
                button data-key=[key] { (icon(name)) (scene.say(words)) }
            }
        }
    };
    html! {
        @if page.inquiry.state == State::Spam { (say(true, false, Some("spam"))) }
        @else { (say(true, true, None)) @if page.standing.suspect { (say(false, false, Some("letter"))) } }
    }
}

/// Choosing what kind of matter it is, where there is a choice.
fn category(scene: &Scene, page: &InquiryPage, here: &str) -> Markup {
    let has = |id| page.category.as_ref().is_some_and(|category| category.id == id);
    html! {
        @if !page.categories.is_empty() {
            hr;
            form.set-category method="post" action={ "/inquiries/" (page.inquiry.id) "/category" } {
                (hidden_then(here))
                label for="category" { (scene.say("inquiries-category")) }
                span.row {
                    select.ds-input #category name="category" {
                        option value="" { (scene.say("inquiries-no-category")) }
                        @for category in &page.categories { option value=(category.id) selected[has(category.id)] { (category.name) } }
                    }
                    button.btn.small { (scene.say("settings-save")) }
                }
            }
        }
    }
}

/// Subject, number, and the facts beside it; then what did not work, if something did not.
pub(super) fn head(scene: &Scene, spot: &Spot, page: &InquiryPage, extras: &Extras) -> Markup {
    // The sheet shows three lines of it.
    let is_long = page.subject.chars().count() > 80;
    html! {
        header #head .head {
            h1 #subject tabindex="-1" dir="auto" title=[is_long.then_some(&page.subject)] { (subject(scene, &page.subject)) }
            div.tags {
                span.tag.line.tnum { (page.inquiry.number) }
                (owner_tag(scene, page))
                @if page.inquiry.urgent { span.tag.danger { (icon("flag")) (scene.say("inquiries-urgent")) } }
                @if let Some(due) = &page.due { (due_tag(scene, due)) }
                (badge(scene, page.inquiry.state, page.standing.suspect))
                (state_tag(scene, page.inquiry.state))
                @if let Some(category) = &page.category { span.tag.line { (icon("folder")) (category.name) } }
                (standing(scene, spot, page))
                span.tag.line { (icon(if page.department.restricted { "lock" } else { "building-2" })) (page.department.name)
                    @if page.department.restricted { span.hidden { " (" (scene.say("folders-restricted")) ")" } } }
                @for department in &page.shown_to {
                    span.tag { (scene.with("inquiries-shown-to", [("department", word(department.name.as_str()))])) }
                }
            }
            @if page.inquiry.state == State::Spam { p.subtle.meta { (scene.say("spam-lies-here")) } }
            (proposal(scene, spot, page))
            @if let Some(refusal) = &extras.notice { (refusal) }
        }
    }
}

/// What is done more rarely.
fn more_verbs(scene: &Scene, spot: &Spot, page: &InquiryPage) -> Markup {
    let here = spot.inquiry_path(page.inquiry.id);
    let card = |name: &str| spot.card_path(page.inquiry.id, name);
    let followed = page.standing.followed;
    let is_other = page.inquiry.owner.is_some_and(|owner| !scene.is_me(owner));
    html! {
        a href=(card("tags")) data-key="l" { (icon("tag")) span.grow { (scene.say("tags-do")) } kbd.kbd aria-hidden="true" { "L" } }
        a href=(card("join")) data-key="join" { (icon("link")) span.grow { (scene.say("joining-do")) } kbd.kbd aria-hidden="true" { "H" } }
        @if page.inquiry.messages > 1 { a href=(card("split")) data-key="split" { (icon("split")) span.grow { (scene.say("joining-split-do")) } kbd.kbd aria-hidden="true" { "D" } } }
        form method="post" action={ "/inquiries/" (page.inquiry.id) "/following" } {
            (hidden_then(&here))
            input type="hidden" name="on" value=(!followed);
            button data-key="follow" { (icon(if followed { "eye-off" } else { "eye" })) span.grow { (scene.say(if followed { "inquiries-unfollow" } else { "inquiries-follow" })) } kbd.kbd aria-hidden="true" { "O" } }
        }
        @if is_other && page.inquiry.state != State::Closed {
            a href=(card("takeover")) data-key="t" { (icon("hand")) span.grow { (scene.say("colleagues-take-over")) } kbd.kbd aria-hidden="true" { "T" } }
        }
    }
}

/// Snoozed until, whose it was, and its tags.
fn standing(scene: &Scene, spot: &Spot, page: &InquiryPage) -> Markup {
    let standing = &page.standing;
    html! {
        @if let Some(wake_at) = standing.wake_at {
            span.tag.line { (scene.with("snooze-until", [("when", word(scene.times.stamp(wake_at)))])) }
        }
        @if let Some(lent_by) = &standing.lent_by {
            span.tag.warning { (icon("plane")) (scene.with("colleagues-lent", [("name", word(lent_by.name.as_str()))])) }
        }
        @if standing.followed { span.tag { (icon("eye")) (scene.say("inquiries-followed")) } }
        @for tag in &standing.tags { (tag_chip(tag)) }
        a.tag.line.add href=(spot.card_path(page.inquiry.id, "tags")) aria-label=(scene.say("tags-do")) title=(scene.say("tags-do")) { (icon("plus")) }
    }
}

fn owner_tag(scene: &Scene, page: &InquiryPage) -> Markup {
    html! {
        @match &page.owner {
            Some(owner) if scene.is_me(owner.id) => span.tag.accent { (icon("user-round")) (scene.say("inquiries-yours")) },
            Some(owner) => span.tag { (icon("user-round")) (owner.name) },
            None => span.tag.accent { (scene.say("inquiries-unowned")) },
        }
    }
}
