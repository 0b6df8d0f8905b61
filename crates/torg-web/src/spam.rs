//! What the judge of spam says, in words: its badge, and what speaks for and against.

use maud::{Markup, html};
use torg_core::spam::{Judged, Reason, Verdict};
use torg_core::{Direction, State};
use torg_store::inquiries::{InquiryPage, MessageView};

use crate::page::{hidden_then, icon};
use crate::words::Scene;

/// How many reasons are told each way.
const TOLD: usize = 4;
/// What weighs less than this part of the strongest only puzzles.
const LEAST: f32 = 4.0;

/// The badge of an inquiry whose newest letter is perhaps spam.
pub(crate) fn badge(scene: &Scene, state: State, suspect: bool) -> Markup {
    html! {
        @if suspect && state == State::Open { span.tag.warning { (icon("shield-x")) (scene.say("spam-perhaps")) } }
    }
}

/// Above a letter that may be spam, or lies among it: why, and the two ways to say what it is.
pub(crate) fn why(scene: &Scene, here: &str, page: &InquiryPage, view: &MessageView) -> Markup {
    let lies_there = page.inquiry.state == State::Spam;
    let is_in = view.direction == Direction::In;
    let judged = view.judged.as_ref().filter(|_| is_in && (lies_there || page.standing.suspect));
    let Some(judged) = judged.filter(|judged| judged.verdict >= Verdict::Perhaps) else {
        return html! {};
    };
    html! {
        aside.notice.warning.spam-why aria-label=(scene.say("spam-why")) {
            (icon("shield-x"))
            div {
                b { (scene.say(if lies_there { "spam-title" } else { "spam-perhaps" })) } " " (scene.say("spam-careful"))
                (reasons(scene, judged))
                div.row {
                    (marking(scene, here, page, false, "spam-do-not"))
                    (marking(scene, here, page, true, "spam-do-too"))
                }
            }
        }
    }
}

fn marking(scene: &Scene, here: &str, page: &InquiryPage, is_spam: bool, words: &str) -> Markup {
    let (name, key) =
        if is_spam { ("mail-x", "spam-do-title") } else { ("mail-check", "spam-do-not-title") };
    html! {
        form.inline method="post" action={ "/inquiries/" (page.inquiry.id) "/spam" } {
            (hidden_then(here))
            input type="hidden" name="spam" value=(is_spam);
            button.btn.small title=(scene.say(key)) { (icon(name)) (scene.say(words)) }
        }
    }
}

/// The strongest for, and after them the strongest against.
fn reasons(scene: &Scene, judged: &Judged) -> Markup {
    let strongest = judged.reasons.iter().map(|one| one.weight.abs()).fold(0.0, f32::max);
    let of = |wanted: fn(f32) -> bool| -> Vec<&Reason> {
        let telling = |one: &&Reason| one.weight.abs() * LEAST > strongest;
        judged.reasons.iter().filter(|one| wanted(one.weight)).filter(telling).take(TOLD).collect()
    };
    let (against, speaks_for) = (of(|weight| weight < 0.0), of(|weight| weight > 0.0));
    let list = |reasons: &[&Reason]| html! { ul { @for reason in reasons { li { (told(scene, reason)) } } } };
    html! {
        @if !speaks_for.is_empty() { p.meta { (scene.say("spam-why")) ":" } (list(&speaks_for)) }
        @if !against.is_empty() { p.meta { (scene.say("spam-why-not")) ":" } (list(&against)) }
    }
}

fn told(scene: &Scene, reason: &Reason) -> Markup {
    html! {
        (scene.say(words_of(&reason.key)))
        @if !reason.seen.is_empty() { ": " q dir="auto" { (reason.seen) } }
    }
}

/// The sentence of one of the judge's keys.
pub(crate) fn words_of(key: &str) -> &'static str {
    let known = WORDS.iter().find(|(known, _)| *known == key);
    known.map_or("spam-sign-other", |(_, words)| words)
}

/// The judge's keys, and the sentence of each.
static WORDS: &[(&str, &str)] = &[
    ("known-conversation", "spam-sign-known-conversation"),
    ("answered-sender", "spam-sign-answered-sender"),
    ("from-own-house", "spam-sign-from-own-house"),
    ("leader-from-outside", "spam-sign-leader-from-outside"),
    ("bears-our-name", "spam-sign-bears-our-name"),
    ("name-not-in-address", "spam-sign-name-not-in-address"),
    ("name-shows-other-address", "spam-sign-name-shows-other-address"),
    ("borrowed-name", "spam-sign-borrowed-name"),
    ("look-alike-sender", "spam-sign-look-alike-sender"),
    ("look-alike-of-ours", "spam-sign-look-alike-of-ours"),
    ("look-alike-link", "spam-sign-look-alike-link"),
    ("hyphen-in-sender", "spam-sign-hyphen-in-sender"),
    ("throw-away-sender", "spam-sign-throw-away-sender"),
    ("throw-away-link", "spam-sign-throw-away-link"),
    ("free-mailbox", "spam-sign-free-mailbox"),
    ("answers-to-free-mailbox", "spam-sign-answers-to-free-mailbox"),
    ("answers-elsewhere", "spam-sign-answers-elsewhere"),
    ("bounces-elsewhere", "spam-sign-bounces-elsewhere"),
    ("made-elsewhere", "spam-sign-made-elsewhere"),
    ("answer-to-nothing", "spam-sign-answer-to-nothing"),
    ("in-a-thread", "spam-sign-in-a-thread"),
    ("nobody-addressed", "spam-sign-nobody-addressed"),
    ("no-message-id", "spam-sign-no-message-id"),
    ("no-date", "spam-sign-no-date"),
    ("can-be-unsubscribed", "spam-sign-can-be-unsubscribed"),
    ("link-to-number", "spam-sign-link-to-number"),
    ("link-with-user", "spam-sign-link-with-user"),
    ("shortened-link", "spam-sign-shortened-link"),
    ("link-in-foreign-letters", "spam-sign-link-in-foreign-letters"),
    ("link-leads-elsewhere", "spam-sign-link-leads-elsewhere"),
    ("own-link-leads-elsewhere", "spam-sign-own-link-leads-elsewhere"),
    ("link-names-recipient", "spam-sign-link-names-recipient"),
    ("link-home", "spam-sign-link-home"),
    ("link-to-senders-page", "spam-sign-link-to-senders-page"),
    ("link-to-own-house", "spam-sign-link-to-own-house"),
    ("link-away", "spam-sign-link-away"),
    ("signed-by-sender", "spam-sign-signed-by-sender"),
    ("text-names-recipient", "spam-sign-text-names-recipient"),
    ("phone-number", "spam-sign-phone-number"),
    ("numbered-matter", "spam-sign-numbered-matter"),
    ("emoji", "spam-sign-emoji"),
    ("short-with-link", "spam-sign-short-with-link"),
    ("hidden-text", "spam-sign-hidden-text"),
    ("asks-for-password", "spam-sign-asks-for-password"),
    ("form", "spam-sign-form"),
    ("two-alphabets", "spam-sign-two-alphabets"),
    ("invisible-letters", "spam-sign-invisible-letters"),
    ("image-only", "spam-sign-image-only"),
    ("no-text", "spam-sign-no-text"),
    ("executable-file", "spam-sign-executable-file"),
    ("page-attached", "spam-sign-page-attached"),
    ("two-endings", "spam-sign-two-endings"),
    ("archive", "spam-sign-archive"),
    ("authentication-spf=fail", "spam-sign-spf"),
    ("authentication-dkim=fail", "spam-sign-dkim"),
    ("authentication-dmarc=fail", "spam-sign-dmarc"),
    ("authentication-dmarc=pass", "spam-sign-dmarc-passed"),
    ("disowned", "spam-sign-disowned"),
    ("suspected", "spam-sign-suspected"),
    ("subject", "spam-place-subject"),
    ("text", "spam-place-text"),
    ("shouted", "spam-place-shouted"),
    ("stem", "spam-place-stem"),
    ("concept", "spam-place-concept"),
    ("header", "spam-place-header"),
    ("header-name", "spam-place-header"),
    ("route", "spam-place-route"),
    ("link", "spam-place-link"),
    ("page", "spam-place-page"),
    ("part", "spam-place-part"),
    ("sender", "spam-place-sender"),
    ("name", "spam-place-name"),
    ("quoted", "spam-place-quoted"),
    ("sign", "spam-sign-other"),
];

#[cfg(test)]
mod tests {
    use super::WORDS;
    use crate::words::FILES;

    #[test]
    fn every_reason_has_a_sentence() {
        let english = FILES[4].iter().find(|(noun, _)| *noun == "spam").unwrap().1;
        for (key, words) in WORDS {
            assert!(english.contains(&format!("{words} =")), "{key}");
        }
        for key in torg_desk::spam::reason_keys() {
            assert!(WORDS.iter().any(|(known, _)| *known == key), "{key} has no words");
        }
    }
}
