//! What a draft has beside its text: files, the letter that is sent on, and what another window
//! saved. It is fetched again by itself.

use maud::{Markup, html};
use torg_store::drafts::{DraftFile, DraftView, Version};
use torg_store::inquiries::InquiryPage;

use super::writing::{What, Writing, letter_begun};
use crate::page::{Tone, icon, notice};
use crate::words::{Scene, size, word};

/// The parts of the draft of a kind; `shown` is what the composer shows of it, and `key` is the
/// composer's, by which a window knows its own text.
pub(crate) fn draft_parts(
    scene: &Scene,
    page: &InquiryPage,
    what: What,
    shown: Option<&Writing>,
    key: Option<&str>,
) -> Markup {
    let view = page.writing.drafts.iter().find(|view| view.draft.kind == what.kind());
    // A note has no files: those of the letter beside it wait there until she turns to it.
    let mail = match what {
        What::Note => letter_begun(page),
        What::Reply | What::Forward => view,
    };
    let sends_on = match (shown, mail) {
        (Some(shown), _) => shown.mail() == What::Forward,
        (None, Some(mail)) => What::of(mail.draft.kind) == What::Forward,
        (None, None) => what == What::Forward,
    };
    html! {
        div #{ "draft-parts-" (page.inquiry.id) } .draft-parts data-version=(view.map_or(0, |view| view.draft.version)) {
            @if let Some(view) = view {
                @if !view.versions.is_empty() { (versions(scene, page, view, key)) }
            }
            @if let Some(mail) = mail.filter(|mail| !mail.files.is_empty()) { (files(scene, page, &mail.files)) }
            @if sends_on { (letter(scene, page, mail, shown)) }
        }
    }
}

fn files(scene: &Scene, page: &InquiryPage, files: &[DraftFile]) -> Markup {
    let removal = format!("/inquiries/{}/drafts/removal", page.inquiry.id);
    html! {
        ul.draft-files.for-mail aria-label=(scene.say("composer-files")) {
            @for file in files {
                li data-file=(file.id) data-name=(file.name) data-inline[file.inline] {
                    input type="hidden" name="file" value=(file.id);
                    (icon(if file.inline { "image" } else { "paperclip" }))
                    a.cut href={ "/attachments/" (file.id) } download=(file.name) hx-boost="false" { (file.name) }
                    span.subtle { (size(scene.texts, file.size)) }
                    button.btn.quiet.square.small name="remove" value=(file.id) formaction=(removal)
                        aria-label=(scene.with("composer-remove-file", [("name", word(file.name.as_str()))])) { (icon("x")) }
                }
            }
        }
    }
}

/// Two windows have two texts: side by side, and hers to choose. Whichever she uses, the other stays.
fn versions(scene: &Scene, page: &InquiryPage, view: &DraftView, key: Option<&str>) -> Markup {
    let choice = format!("/inquiries/{}/drafts/choice", page.inquiry.id);
    let uses = |composer: &str| html! { button.btn.small name="use" value=(composer) formaction=(choice) { (scene.say("drafts-use")) } };
    let text = |version: &Version| {
        html! {
            div.version {
                p.meta { b { (scene.say(window(key, &version.composer))) } " · " (scene.stamp(version.at)) }
                blockquote dir="auto" { (version.body) }
                div.row {
                    (uses(&version.composer))
                    button.btn.small.quiet name="drop" value=(version.composer) formaction=(choice) { (scene.say("drafts-drop")) }
                }
            }
        }
    };
    let draft = &view.draft;
    notice(
        Tone::Warning,
        html! {
            b { (scene.say("drafts-two-windows")) }
            p { (scene.say("drafts-two-windows-text")) }
            div.versions {
                div.version {
                    p.meta {
                        b { (scene.say("drafts-this-text")) @if !draft.composer.is_empty() { " · " (scene.say(window(key, &draft.composer))) } }
                        " · " (scene.stamp(draft.at))
                    }
                    blockquote dir="auto" { (draft.written.body) }
                    div.row { (uses("")) }
                }
                @for version in &view.versions { (text(version)) }
            }
        },
    )
}

/// Where a text was written, by the key of its composer; the other words are the desk's.
fn window(key: Option<&str>, composer: &str) -> &'static str {
    match composer {
        own if key == Some(own) => "drafts-this-window",
        "begun-since" => "drafts-begun-since",
        was if was.starts_with("was-") => "drafts-before-choice",
        merged if merged.starts_with("merged-") => "drafts-merged",
        _ => "drafts-other-window",
    }
}

/// The letter that is sent on, and which of its files go along.
fn letter(
    scene: &Scene,
    page: &InquiryPage,
    view: Option<&DraftView>,
    shown: Option<&Writing>,
) -> Markup {
    let desk = &page.writing;
    let chosen = shown.and_then(|shown| shown.letter).or(desk.letter);
    let found = page.entries.iter().find_map(|entry| match entry {
        torg_store::inquiries::Entry::Message(message) if Some(message.id) == chosen => {
            Some(message)
        }
        _ => None,
    });
    let Some(message) = found else { return html! {} };
    let left_out = match (shown, view) {
        (Some(shown), _) => shown.left_out.clone(),
        (None, Some(view)) => view.draft.written.left_out.clone(),
        (None, None) => Vec::new(),
    };
    html! {
        fieldset.letter.for-forward {
            legend.meta { (scene.with("composer-sends-on", [("name", word(message.author.as_str()))])) " " (scene.stamp(message.at)) }
            input type="hidden" name="letter" value=(message.id);
            @for file in &message.attachments {
                input type="hidden" name="carry_of" value=(file.id);
                label.choice { input.ds-input type="checkbox" name="carry" value=(file.id) checked[!left_out.contains(&file.id)]; (file.name) " " span.subtle { (size(scene.texts, file.size)) } }
            }
        }
    }
}
