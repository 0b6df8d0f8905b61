//! The citizen at the right: who she is, what else she wrote, and what may be the same matter.

use maud::{Markup, html};
use torg_core::{InquiryId, State};
use torg_store::inquiries::{InquiryPage, LinkRow};
use torg_store::persons::{PersonCard, PersonInquiry};

use super::folders::Spot;
use super::rows::subject;
use crate::page::{avatar, hidden_then, icon};
use crate::signed::encode;
use crate::words::{Scene, word};

/// The pane. On a narrow window it is a popover behind a button.
pub(super) fn person(scene: &Scene, spot: &Spot, page: &InquiryPage) -> Markup {
    html! {
        aside #person .person popover="auto" aria-label=(scene.say("persons-about")) {
            @if let Some(card) = &page.person { (who(scene, card)) }
            @if !page.links.is_empty() { (links(scene, spot, page)) }
            @if let Some(card) = &page.person { (earlier(scene, spot, card)) }
        }
    }
}

/// The pane while nothing is open: the script finds there what it morphs.
pub(super) fn nobody() -> Markup {
    html! { aside #person .person hidden {} }
}

fn who(scene: &Scene, card: &PersonCard) -> Markup {
    html! {
        section {
            div.row {
                (avatar(&card.name, false, true))
                div.grow {
                    h2.cut { (card.name) }
                    span.subtle.meta { (scene.with("persons-since", [("year", word(scene.times.year(card.since)))])) }
                }
            }
            ul.addresses {
                @for address in &card.addresses { li.row { span.subtle { (icon("mail")) } span.grow { (breakable(address)) } } }
            }
        }
    }
}

/// A long address goes on in the next line at its `@`, not within a word.
fn breakable(address: &str) -> Markup {
    let (local, domain) = address.split_once('@').unwrap_or((address, ""));
    html! { (local) @if !domain.is_empty() { wbr; "@" (domain) } }
}

fn links(scene: &Scene, spot: &Spot, page: &InquiryPage) -> Markup {
    let (suggested, linked): (Vec<_>, Vec<_>) = page.links.iter().partition(|link| link.suggested);
    html! {
        section #links {
            @if !suggested.is_empty() {
                h2 { (scene.say("persons-same-matter-question")) }
                div.suggested { @for link in suggested { (suggestion(scene, spot, page, link)) } }
            }
            @if !linked.is_empty() {
                h2 { (scene.say("persons-linked")) }
                ul.past { @for link in linked { li.with-act { a href=(spot.inquiry_path(link.id)) {
                    (icon("link")) span.cut { (subject(scene, &link.subject)) } span.subtle.meta.tnum { (link.number) } span.second.subtle.meta { (state(scene, link.state)) }
                }
                form.inline method="post" action={ "/inquiries/" (page.inquiry.id) "/links/" (link.id) "/removal" } {
                    (hidden_then(&spot.inquiry_path(page.inquiry.id)))
                    button.btn.quiet.square.small aria-label=(scene.with("joining-unlink", [("number", word(link.number.to_string()))])) title=(scene.say("joining-unlink-title")) { (icon("x")) }
                } } } }
            }
        }
    }
}

fn suggestion(scene: &Scene, spot: &Spot, page: &InquiryPage, link: &LinkRow) -> Markup {
    let action = format!("/inquiries/{}/links/{}", page.inquiry.id, link.id);
    let why = match link.why.as_str() {
        "subject-number" => "persons-why-number",
        "loose-reference" => "persons-why-reference",
        _ => "persons-why-subject",
    };
    html! {
        div.notice.info {
            a href=(spot.inquiry_path(link.id)) { b { (subject(scene, &link.subject)) } " " span.tnum { (link.number) } }
            span.meta { (scene.say(why)) }
            div.row {
                form.inline method="post" action=(action) { (hidden_then(&spot.inquiry_path(page.inquiry.id))) button.btn.small { (icon("link")) (scene.say("persons-same-matter")) } }
                form.inline method="post" action={ (action) "/dismissal" } { (hidden_then(&spot.inquiry_path(page.inquiry.id))) button.btn.quiet.small { (scene.say("persons-not-the-same")) } }
            }
        }
    }
}

fn earlier(scene: &Scene, spot: &Spot, card: &PersonCard) -> Markup {
    html! {
        section {
            h2 { (scene.say("persons-inquiries")) span.count { (card.total) } }
            (past(scene, &card.inquiries, spot.open, |id| spot.inquiry_path(id)))
            @if card.total > i64::try_from(card.inquiries.len()).unwrap_or(0) {
                a.btn.quiet.small href={ "/persons/" (card.id) "?from=" (encode(&spot.path())) } { (scene.with("persons-all", [("count", word(card.total))])) }
            } @else {
                a.btn.quiet.small href={ "/persons/" (card.id) "?from=" (encode(&spot.path())) } { (scene.say("persons-page")) }
            }
        }
    }
}

/// Somebody's inquiries, newest first.
pub(crate) fn past(
    scene: &Scene,
    inquiries: &[PersonInquiry],
    open: Option<InquiryId>,
    path: impl Fn(InquiryId) -> String,
) -> Markup {
    html! {
        ul.past {
            @for inquiry in inquiries {
                li { a href=(path(inquiry.id)) aria-current=[(open == Some(inquiry.id)).then_some("true")] {
                    (icon(if inquiry.state == State::Closed { "check" } else { "mail" }))
                    span.cut { (subject(scene, &inquiry.subject)) }
                    span.subtle.meta { (scene.times.on(inquiry.last_at)) }
                    span.second.subtle.meta.cut {
                        (state(scene, inquiry.state)) " · " (inquiry.department)
                        @if let Some(owner) = &inquiry.owner { " · " (owner) }
                    }
                } }
            }
        }
    }
}

fn state(scene: &Scene, state: State) -> String {
    scene.say(match state {
        State::Open => "inquiries-open",
        State::Answered => "inquiries-answered",
        State::Closed => "inquiries-closed",
        State::Snoozed => "inquiries-snoozed",
        State::Spam => "spam-title",
    })
}
