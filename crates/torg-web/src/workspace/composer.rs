//! Writing: an answer to the citizen, or a note for the house.

use maud::{Markup, html};
use serde::Deserialize;
use torg_core::State;
use torg_store::inquiries::{InquiryPage, Recipient};

use super::folders::Spot;
use crate::page::{hidden_then, icon};
use crate::words::{Scene, word};

/// What is being written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum What {
    #[default]
    Reply,
    Note,
}

impl What {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
        }
    }
}

/// The composer as a form sends it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Writing {
    #[serde(default)]
    pub(crate) text: String,
    /// The position of the newest message the writer had before her.
    #[serde(default)]
    pub(crate) seen: i64,
    /// Made new for each composer, so that a repeated post sends once.
    #[serde(default)]
    pub(crate) key: String,
    #[serde(default)]
    pub(crate) what: What,
    /// Send although something newer is there, or it is a colleague's.
    #[serde(default)]
    pub(crate) anyway: Option<String>,
    /// Close with the answer.
    #[serde(default)]
    pub(crate) close: Option<String>,
    #[serde(default)]
    pub(crate) then: String,
}

/// The text of a composer's form, whatever else it holds.
pub(crate) fn text_of(form: &[u8]) -> String {
    let pairs = form.split(|byte| *byte == b'&');
    let value = pairs.filter_map(|pair| pair.strip_prefix(b"text=")).next().unwrap_or_default();
    decode(value)
}

/// Undoes `application/x-www-form-urlencoded` (WHATWG URL, 5.1).
fn decode(value: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                bytes
                    .extend(data_encoding::HEXUPPER_PERMISSIVE.decode(&digits).unwrap_or_default());
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a composer opens with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) what: What,
    /// The key of the composer it came from; a new one is made without.
    pub(crate) key: Option<String>,
    /// Why it was not sent, said above the text.
    pub(crate) notice: Option<Markup>,
}

/// The form. It lies outside all that is refreshed, so that nothing typed is ever lost.
pub(super) fn composer(scene: &Scene, spot: &Spot, page: &InquiryPage, draft: &Draft) -> Markup {
    let id = page.inquiry.id;
    let here = spot.inquiry_path(id);
    html! {
        form #{ "composer-" (id) } .composer method="post" action={ "/inquiries/" (id) "/reply" } aria-label=(scene.say("composer-label")) data-inquiry=(id) {
            @if let Some(notice) = &draft.notice { (notice) }
            (hidden_then(&here))
            input type="hidden" name="seen" value=(page.inquiry.messages);
            input type="hidden" name="key" value=(draft.key.clone().unwrap_or_else(new_key));
            div.to {
                span.segments role="radiogroup" aria-label=(scene.say("composer-what")) {
                    label { input type="radio" name="what" value="reply" checked[draft.what == What::Reply]; (icon("reply")) (scene.say("composer-reply")) }
                    label { input type="radio" name="what" value="note" checked[draft.what == What::Note]; (icon("lock")) (scene.say("composer-note")) }
                }
                span.subtle.cut.for-reply { (recipient(scene, page.recipient.as_ref())) }
                span.tag.warning.for-note { (icon("lock")) (scene.say("composer-note-stays")) }
            }
            textarea #{ "text-" (id) } name="text" rows="4" aria-label=(scene.say("composer-text")) data-reply=(scene.say("composer-write-reply")) data-note=(scene.say("composer-write-note"))
                placeholder=(scene.say("composer-write-reply")) { "\n" (draft.text) }
            footer {
                label.choice.meta.for-reply { input.ds-input type="checkbox" name="close" value="1"; (scene.say("composer-and-close")) }
                span.kept.subtle.meta role="status" data-kept=(scene.say("composer-kept")) {}
                button.btn.primary.for-reply { (icon("send")) (scene.say(if page.inquiry.owner.is_none() && page.inquiry.state != State::Closed { "composer-take-and-send" } else { "composer-send" })) kbd.kbd aria-hidden="true" { "Ctrl ↵" } }
                button.btn.primary.for-note formaction={ "/inquiries/" (id) "/note" } { (icon("lock")) (scene.say("composer-save-note")) kbd.kbd aria-hidden="true" { "Ctrl ↵" } }
            }
        }
    }
}

fn recipient(scene: &Scene, recipient: Option<&Recipient>) -> Markup {
    html! {
        @match recipient {
            Some(to) if to.stranger => span.tag.warning title=(to.address) { (icon("triangle-alert")) (scene.with("composer-to-stranger", [("address", word(to.address.as_str()))])) },
            Some(to) => { (scene.say("composer-to")) " " b.medium { (to.name) } " " span.only-wide { (to.address) } },
            None => span.tag.warning { (icon("triangle-alert")) (scene.say("composer-to-nobody")) },
        }
    }
}

/// A key nobody else has: what matters is that two composers never share one.
fn new_key() -> String {
    use std::hash::{BuildHasher, Hasher, RandomState};
    let part = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", part(), part())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_found_in_a_form_whose_session_has_ended() {
        let form = b"seen=3&text=Hei+p%C3%A5+deg%0D%0A100%25&key=k";
        assert_eq!(text_of(form), "Hei på deg\r\n100%");
        assert_eq!(text_of(b"seen=3"), "");
        assert_eq!(text_of(b"text=%4"), "");
    }
}
