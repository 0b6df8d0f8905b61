//! Writing: an answer to the citizen, a letter sent on, or a note for the house.

use maud::{Markup, html};
use torg_core::State;
use torg_desk::Signs;
use torg_store::inquiries::{InquiryPage, Recipient};

use super::folders::Spot;
use super::parts_of_draft::draft_parts;
use super::writing::{Draft, What, Writing, text_beside};
use crate::answers;
use crate::house_style;
use crate::inquiries::note::naming;
use crate::page::{hidden_then, icon};
use crate::words::{Scene, word};

/// The form. It lies outside all that is refreshed, so that nothing typed is ever lost.
pub(super) fn composer(scene: &Scene, spot: &Spot, page: &InquiryPage, draft: &Draft) -> Markup {
    let id = page.inquiry.id;
    let here = spot.inquiry_path(id);
    let shown = draft.shown(page);
    let begun: Vec<&str> =
        page.writing.drafts.iter().map(|view| What::of(view.draft.kind).word()).collect();
    html! {
        form #{ "composer-" (id) } .composer method="post" action={ "/inquiries/" (id) "/reply" } aria-label=(scene.say("composer-label")) data-inquiry=(id)
            data-begun=(begun.join(" ")) data-too-long=(scene.say("composer-too-long")) data-still-uploading=(scene.say("composer-still-uploading")) data-most="200000" data-wished[draft.is_wish] data-lost=(scene.say("composer-files-lost")) {
            (hidden_then(&here))
            input type="hidden" name="seen" value=(page.inquiry.messages);
            input type="hidden" name="key" value=(draft.key.clone().unwrap_or_else(new_key));
            input type="hidden" name="version" value=(shown.version);
            @if let Some(moved) = shown.moved { input type="hidden" name="moved" value=(moved.word()); }
            (beside(page, &shown))
            // Enter in a field does what the first button does.
            button.hidden name="by" value="enter" tabindex="-1" aria-hidden="true" formaction={ "/inquiries/" (id) "/drafts" } {}
            @if let Some(notice) = &draft.notice { (notice) }
            div.to {
                span.segments role="radiogroup" aria-label=(scene.say("composer-what")) {
                    (choice(&shown, What::Reply, "reply", &scene.say("composer-reply")))
                    (choice(&shown, What::Note, "lock", &scene.say("composer-note")))
                    (choice(&shown, What::Forward, "forward", &scene.say("composer-forward")))
                }
                @if let Some(to) = page.recipient.as_ref().filter(|to| to.stranger) {
                    span.tag.warning.for-reply title=(to.address) { (icon("triangle-alert")) (scene.with("composer-to-stranger", [("address", word(to.address.as_str()))])) }
                } @else if page.recipient.is_none() {
                    span.tag.warning.for-reply { (icon("triangle-alert")) (scene.say("composer-to-nobody")) }
                }
                span.tag.warning.for-note { (icon("lock")) (scene.say("composer-note-stays")) }
            }
            (recipients(scene, page, &shown))
            (answers::suggested(scene, &page.inquiry))
            textarea #{ "text-" (id) } name="text" rows="4" dir="auto" aria-label=(scene.say("composer-text"))
                data-reply=(scene.say("composer-write-reply")) data-note=(scene.say("composer-write-note")) data-forward=(scene.say("composer-write-forward"))
                placeholder=(scene.say("composer-write-reply")) { "\n" (shown.text) }
            (answers::asking(scene, id, &shown.text))
            (naming(scene, id))
            div.style-hints.for-mail hidden {}
            (draft_parts(scene, page, shown.what, Some(&shown), draft.key.as_deref()))
            @if page.department.restricted {
                label.choice.meta.for-forward { input.ds-input type="checkbox" name="opens" value="1" checked[shown.opens]; (scene.say("composer-opens")) }
            }
            (marks(scene, page))
            (footer(scene, page, &shown))
        }
    }
}

/// The text of her other draft, for when she turns to it: a note is never a letter by itself.
fn beside(page: &InquiryPage, shown: &Writing) -> Markup {
    let Some(view) = text_beside(page, shown.what) else { return html! {} };
    let (draft, what) = (&view.draft, What::of(view.draft.kind));
    html! { input.beside type="hidden" value=(draft.written.body) data-what=(what.word()) data-version=(draft.version) data-two[!view.versions.is_empty()]; }
}

fn choice(shown: &Writing, what: What, icon_name: &str, words: &str) -> Markup {
    html! { label { input type="radio" name="what" value=(what.word()) checked[shown.what == what]; (icon(icon_name)) (words) } }
}

/// Whom it is for. Copies are folded away until somebody wants them.
fn recipients(scene: &Scene, page: &InquiryPage, shown: &Writing) -> Markup {
    let usual = page.recipient.as_ref().map(field).unwrap_or_default();
    let is_reply = shown.mail() != What::Forward;
    let to = shown.to.clone().filter(|_| is_reply).unwrap_or(usual);
    let forward_to = shown.to.clone().filter(|_| !is_reply).unwrap_or_default();
    let line = |name: &str, words: &str, value: &str, class: &str| {
        html! {
            label class={ "line " (class) } {
                span { (scene.say(words)) }
                input name=(name) value=(value) dir="auto" autocomplete="off" autocapitalize="none" spellcheck="false" inputmode="email";
            }
        }
    };
    let others = &page.writing.others;
    let has_copies = !shown.cc.is_empty() || !shown.bcc.is_empty();
    html! {
        div.recipients.for-mail {
            (line("to", "composer-to-field", &to, "for-reply"))
            @if !others.is_empty() && !shown.cc.contains(others.as_str()) {
                button.btn.small.for-reply type="submit" name="all" value="1" title=(others) formaction={ "/inquiries/" (page.inquiry.id) "/drafts/everybody" } { (icon("users")) (scene.say("composer-reply-all")) }
            }
            (line("forward_to", "composer-to-field", &forward_to, "for-forward"))
            details.copies open[has_copies] {
                summary { (scene.say("composer-copies")) }
                (line("cc", "composer-cc", &shown.cc, ""))
                (line("bcc", "composer-bcc", &shown.bcc, ""))
                @if !others.is_empty() {
                    p.meta.for-reply { (scene.say("composer-others")) " " span.others dir="auto" { (others) } }
                }
            }
        }
    }
}

fn field(recipient: &Recipient) -> String {
    match torg_core::EmailAddress::parse(&recipient.address) {
        Ok(address) => {
            let name = recipient.name.clone();
            let name = if name == recipient.address { String::new() } else { name };
            torg_core::recipients::Recipient { name, address }.to_string()
        }
        Err(_) => recipient.address.clone(),
    }
}

/// The few marks of a letter, by button; without a script they are typed.
fn marks(scene: &Scene, page: &InquiryPage) -> Markup {
    let mark = |name: &str, icon_name: &str, words: &str| {
        html! {
            button.btn.quiet.square type="button" data-mark=(name) aria-label=(scene.say(words)) title=(scene.say(words)) hidden { (icon(icon_name)) }
        }
    };
    let upload = format!("/inquiries/{}/drafts/files", page.inquiry.id);
    html! {
        div.marks {
            (mark("bold", "bold", "composer-bold"))
            (mark("list", "list", "composer-list"))
            (mark("link", "link", "composer-link"))
            span.for-mail.answer-buttons { (answers::button(scene, page.inquiry.id)) (house_style::place(scene, page.inquiry.id)) }
            span.uploads.for-mail {
                label.btn.quiet {
                    (icon("paperclip")) span { (scene.say("composer-attach")) }
                    input.file type="file" name="upload" multiple aria-label=(scene.say("composer-attach"))
                        data-failed=(scene.say("composer-upload-failed")) data-retry=(scene.say("composer-upload-retry")) data-going=(scene.say("composer-uploading")) data-drop=(scene.say("composer-remove"));
                }
                button.btn.small.upload formaction=(upload) formenctype="multipart/form-data" { (scene.say("composer-upload")) }
            }
            span.subtle.meta.hint { (scene.say("composer-marks")) }
            span.kept.subtle.meta role="status" data-kept=(scene.say("composer-kept")) data-saved=(scene.say("composer-saved")) {}
        }
    }
}

fn footer(scene: &Scene, page: &InquiryPage, shown: &Writing) -> Markup {
    let id = page.inquiry.id;
    let takes = page.inquiry.owner.is_none() && page.inquiry.state != State::Closed;
    let send = if takes { "composer-take-and-send" } else { "composer-send" };
    let enter = html! { kbd.kbd aria-hidden="true" { "Ctrl ↵" } };
    html! {
        footer {
            (signature(scene, page, shown))
            label.choice.meta.for-reply { input.ds-input type="checkbox" name="close" value="1" checked[shown.close]; (scene.say("composer-and-close")) }
            button.btn.quiet.save formaction={ "/inquiries/" (id) "/drafts" } { (scene.say("composer-save")) }
            button.btn.quiet.discard name="discard" value="1" formaction={ "/inquiries/" (id) "/drafts/removal" } hidden[shown.version == 0] title=(scene.say("composer-discard")) aria-label=(scene.say("composer-discard")) { (icon("trash-2")) span { (scene.say("composer-discard")) } }
            button.btn.primary.for-reply { (icon("send")) (scene.say(send)) (enter) }
            button.btn.primary.for-note formaction={ "/inquiries/" (id) "/note" } { (icon("lock")) (scene.say("composer-save-note")) (enter) }
            button.btn.primary.for-forward formaction={ "/inquiries/" (id) "/forwarding" } { (icon("forward")) (scene.say("composer-send-on")) (enter) }
        }
    }
}

/// Who signs; asked only of those who have a signature of their own.
fn signature(scene: &Scene, page: &InquiryPage, shown: &Writing) -> Markup {
    let own = page.writing.signature.lines().next().unwrap_or_default();
    let usual = if own.is_empty() { Signs::Department } else { Signs::Both };
    let chosen = Signs::from_word(&shown.signature).unwrap_or(usual);
    let words = |signs: Signs| match signs {
        Signs::Department => "composer-sign-department",
        Signs::Own => "composer-sign-own",
        Signs::Both => "composer-sign-both",
        Signs::Nobody => "composer-sign-nobody",
    };
    let choices = Signs::ALL
        .into_iter()
        .filter(|signs| !own.is_empty() || matches!(signs, Signs::Department | Signs::Nobody));
    html! {
        label.signs.meta.for-mail {
            span.hidden { (scene.say("composer-signature")) }
            select.ds-input name="signature" {
                @for signs in choices { option value=(signs.word()) selected[signs == chosen] { (scene.say(words(signs))) } }
            }
        }
    }
}

/// A key nobody else has: what matters is that two composers never share one.
fn new_key() -> String {
    use std::hash::{BuildHasher, Hasher, RandomState};
    let part = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", part(), part())
}
