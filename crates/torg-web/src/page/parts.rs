//! Small parts: icons, initials, notices, empty states.

use maud::{Markup, html};
use torg_core::State;

use crate::assets;
use crate::words::Scene;

/// An icon beside a word. One that stands alone lies in an element with a label of its own.
pub(crate) fn icon(name: &str) -> Markup {
    html! { svg.icon aria-hidden="true" { use href={ (assets::address("icons.svg")) "#" (name) }; } }
}

/// The municipality's logo, or Torg's own mark; its name stands beside it.
pub(crate) fn logo(scene: &Scene) -> Markup {
    html! {
        @if let Some(logo) = &scene.logo { img src=(logo) alt=""; } @else { (mark()) }
    }
}

fn mark() -> Markup {
    html! {
        svg viewBox="0 0 24 24" aria-hidden="true" {
            rect x="1.5" y="1.5" width="21" height="21" rx="6" {}
            path d="M6.5 9h11M12 9v8.5" {}
            circle cx="7.75" cy="15.25" r="1.5" {}
            circle cx="16.25" cy="15.25" r="1.5" {}
        }
    }
}

/// The initials of a name; a colleague's have a colour, which is hers on every page.
pub(crate) fn avatar(name: &str, is_colleague: bool, big: bool) -> Markup {
    let hue =
        name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)))
            % 5
            + 1;
    let class = if is_colleague { format!("avatar hue{hue}") } else { "avatar".to_owned() };
    let class = if big { class + " big" } else { class };
    html! { span class=(class) aria-hidden="true" { (initials(name)) } }
}

/// The ring that stands for "nobody yet".
pub(crate) fn nobody() -> Markup {
    html! { span.avatar.nobody aria-hidden="true" { (icon("plus")) } }
}

/// First and last initial of a name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| word.starts_with(char::is_alphanumeric));
    let letter = |word: &str| word.chars().next().map(|letter| letter.to_uppercase().to_string());
    let first = words.next().and_then(letter);
    let last = words.next_back().and_then(letter);
    format!("{}{}", first.unwrap_or("?".into()), last.unwrap_or_default())
}

/// How a notice sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Info,
    Warning,
    Danger,
    Success,
}

/// A notice with an icon of its tone. What interrupts is announced at once by screen readers.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a piece of a page is made to be put into another"
)]
pub(crate) fn notice(tone: Tone, content: Markup) -> Markup {
    let (class, icon_name) = match tone {
        Tone::Plain => ("notice", "info"),
        Tone::Info => ("notice info", "hand"),
        Tone::Warning => ("notice warning", "triangle-alert"),
        Tone::Danger => ("notice danger", "triangle-alert"),
        Tone::Success => ("notice success", "circle-check"),
    };
    let role = if matches!(tone, Tone::Plain | Tone::Success) { "note" } else { "alert" };
    html! { div class=(class) role=(role) { (icon(icon_name)) div.grow { (content) } } }
}

/// What stands where nothing is: a picture, a heading, a sentence, and what to do.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a piece of a page is made to be put into another"
)]
pub(crate) fn empty(icon_name: &str, is_done: bool, title: &str, text: Markup) -> Markup {
    html! {
        div.empty {
            span.ring.done[is_done] { svg.icon.large aria-hidden="true" { use href={ (assets::address("icons.svg")) "#" (icon_name) }; } }
            h2 { (title) }
            p.subtle { (text) }
        }
    }
}

/// Whose turn it is, if it is not ours.
pub(crate) fn state_tag(scene: &Scene, state: State) -> Markup {
    match state {
        State::Open => html! {},
        State::Answered => {
            html! { span.tag { (icon("hourglass")) (scene.say("inquiries-answered")) } }
        }
        State::Snoozed => {
            html! { span.tag { (icon("alarm-clock")) (scene.say("inquiries-snoozed")) } }
        }
        State::Spam => {
            html! { span.tag.warning { (icon("shield-x")) (scene.say("spam-title")) } }
        }
        State::Closed => {
            html! { span.tag.success { (icon("check")) (scene.say("inquiries-closed")) } }
        }
    }
}

/// A tag in its colour.
pub(crate) fn tag_chip(tag: &torg_store::tags::Tag) -> Markup {
    html! { span class={ "tag chip " (tag.colour) } { span.cut { (tag.name) } } }
}

/// The field by which a form says where to go afterwards.
pub(crate) fn hidden_then(path: &str) -> Markup {
    html! { input type="hidden" name="then" value=(path); }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_first_and_last_name() {
        assert_eq!(initials("Åse Marie Øyen"), "ÅØ");
        assert_eq!(initials("Fjordby"), "F");
        assert_eq!(initials("«Anna» (privat) Berg"), "B");
        assert_eq!(initials(""), "?");
    }
}
