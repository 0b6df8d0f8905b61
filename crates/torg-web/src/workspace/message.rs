//! One message: the citizen's words first, everything else quiet.

use maud::{Markup, PreEscaped, html};
use torg_core::{Direction, InquiryId, Kind, MessageId, SendState};
use torg_desk::{NO_RELAY, markup_to_html};
use torg_store::inquiries::{AttachmentRow, InquiryPage, MessageView};

use super::thread::and;
use crate::page::{Tone, avatar, hidden_then, icon, notice};
use crate::spam::why;
use crate::words::{Scene, size, word};

pub(super) fn message(scene: &Scene, here: &str, page: &InquiryPage, view: &MessageView) -> Markup {
    let (is_note, is_ours) = (view.direction == Direction::Note, view.direction == Direction::Out);
    let is_machine = view.direction == Direction::In && view.kind != Kind::Human;
    html! {
        article #{ "message-" (view.id) } .message .note[is_note] .ours[is_ours] .machine[is_machine] aria-label=(label(scene, view)) {
            (avatar(&view.author, view.staff.is_some(), false))
            div.body {
                header {
                    span.strong dir="auto" title=[view.address.as_deref()] { (view.author) }
                    (kind_tag(scene, view))
                    @if view.unread { span.tag.accent { (scene.say("messages-new")) } }
                    // The time ends the line, whatever else can be done with the message.
                    span.when {
                        @if is_ours && view.kind == Kind::Human {
                            a.btn.quiet.square.small.send-on href={ "/messages/" (view.id) "/answer" } aria-label=(scene.say("answers-keep-this")) title=(scene.say("answers-keep-this")) { (icon("bookmark")) }
                        }
                        @if view.direction != Direction::Note {
                            a.btn.quiet.square.small.send-on href=(and(here, &format!("write=forward&letter={}", view.id))) aria-label=(scene.say("messages-send-on")) title=(scene.say("messages-send-on")) { (icon("forward")) }
                        }
                        (scene.stamp(view.at))
                    }
                }
                (why(scene, here, page, view))
                @if !view.text.trim().is_empty() { @if is_ours && view.kind == Kind::Forward { (sent_to(scene, view)) }
                    div.text dir="auto" .marked[view.direction != Direction::In] { (written(view)) } }
                @else if view.kind == Kind::Forward { (sent_to(scene, view)) }
                @else { p.subtle { (scene.say("messages-no-text")) } }
                @if !view.quoted.trim().is_empty() { (quoted(scene, view)) }
                @if view.has_html { (formatted(scene, view)) }
                @if !view.attachments.is_empty() { (files(scene, &view.attachments)) }
                (sending(scene, here, page, view))
            }
        }
    }
}

/// Whom a letter was sent on to.
fn sent_to(scene: &Scene, view: &MessageView) -> Markup {
    let to = view.address.as_deref().unwrap_or("–");
    html! { p.meta.subtle { (scene.with("messages-sent-on-to", [("address", word(to))])) } }
}

/// The text: a citizen's as it came, ours with its marks.
pub(crate) fn written(view: &MessageView) -> Markup {
    if view.direction == Direction::In {
        return html! { (view.text.trim()) };
    }
    let picture = |name: &str| {
        let file = view.attachments.iter().find(|file| file.id.to_string() == name)?;
        is_picture(&file.content_type).then(|| format!("/attachments/{name}?inline=1"))
    };
    html! { (PreEscaped(markup_to_html(view.text.trim(), picture))) }
}

fn label(scene: &Scene, view: &MessageView) -> String {
    let key = match view.direction {
        Direction::In => "messages-from",
        Direction::Out if view.kind == Kind::Forward => "messages-forward-from",
        Direction::Out => "messages-answer-from",
        Direction::Note => "messages-note-from",
    };
    scene.with(key, [("name", word(view.author.as_str()))])
}

fn kind_tag(scene: &Scene, view: &MessageView) -> Markup {
    let (class, icon_name, key) = match (view.direction, view.kind) {
        (Direction::Note, _) => ("tag warning", "lock", "messages-note"),
        (Direction::Out, Kind::Automatic) => ("tag accent", "bot", "messages-automatic-answer"),
        (Direction::Out, Kind::Forward) => ("tag", "forward", "messages-forward"),
        (Direction::Out, _) => ("tag accent", "reply", "messages-answer"),
        (Direction::In, Kind::Human) => ("tag", "mail", "messages-mail"),
        (Direction::In, Kind::Vacation) => ("tag", "clock", "messages-vacation"),
        (Direction::In, Kind::Bounce) => ("tag warning", "triangle-alert", "messages-bounce"),
        (Direction::In, Kind::List) => ("tag", "mails", "messages-list"),
        (Direction::In, Kind::Automatic | Kind::Forward) => {
            ("tag", "settings", "messages-automatic")
        }
    };
    html! { span class=(class) { (icon(icon_name)) (scene.say(key)) } }
}

fn quoted(scene: &Scene, view: &MessageView) -> Markup {
    let lines = view.quoted.trim().lines().count();
    let lines = i64::try_from(lines).unwrap_or(i64::MAX);
    html! {
        details #{ "quoted-" (view.id) } .fold {
            summary { (icon("ellipsis")) (scene.with("messages-quoted", [("lines", word(lines))])) }
            div.quoted dir="auto" { (view.quoted.trim()) }
        }
    }
}

/// The letter as its sender formatted it, in a frame of its own that runs nothing and asks nobody.
fn formatted(scene: &Scene, view: &MessageView) -> Markup {
    html! {
        details #{ "formatted-" (view.id) } .fold.formatted {
            summary { (scene.say("messages-formatted")) }
            iframe name={ "letter-" (view.id) } src={ "/messages/" (view.id) "/html" } title=(label(scene, view)) loading="lazy"
                sandbox="allow-popups allow-popups-to-escape-sandbox" {}
            p.meta.row {
                // Asked for from outside: what lies in the frame has no cookie to ask with.
                a href={ "/messages/" (view.id) "/html?images=shown" } target={ "letter-" (view.id) } hx-boost="false" { (icon("image")) " " (scene.say("messages-images-show")) }
                a href={ "/messages/" (view.id) "/raw" } hx-boost="false" { (icon("code")) " " (scene.say("messages-raw")) }
            }
        }
    }
}

fn files(scene: &Scene, attachments: &[AttachmentRow]) -> Markup {
    html! {
        div.files {
            @for file in attachments {
                a.file href={ "/attachments/" (file.id) } download=(file.name) hx-boost="false" {
                    @if is_picture(&file.content_type) {
                        img.thumb src={ "/attachments/" (file.id) "?inline=1" } alt="" loading="lazy";
                    } @else {
                        span.thumb { (icon("file-text")) }
                    }
                    span.cut { span.name.cut { (file.name) } span.subtle { (size(scene.texts, file.size)) } }
                }
            }
        }
    }
}

/// The pictures a browser shows without being able to run anything in them; SVG is none of these.
pub(crate) fn is_picture(content_type: &str) -> bool {
    matches!(content_type, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

/// While it waits it can be taken back.
pub(crate) fn taking_back(
    scene: &Scene,
    inquiry: InquiryId,
    message: MessageId,
    left: i64,
) -> Markup {
    html! {
        form.taking-back method="post" action={ "/inquiries/" (inquiry) "/withdrawal" } data-left=(left) {
            input type="hidden" name="message" value=(message);
            span.subtle.meta { (icon("clock")) " " (scene.say("messages-held")) " " span.left.tnum { (left) " s" } }
            button.btn.small data-key="z" { (icon("undo-2")) (scene.say("messages-undo")) }
        }
    }
}

/// How far an answer has come, if it has not simply been sent.
fn sending(scene: &Scene, here: &str, page: &InquiryPage, view: &MessageView) -> Markup {
    let held = page.writing.held.iter().find(|held| held.message == view.id);
    let told = |tone, title: &str, text: &str| {
        notice(
            tone,
            html! { b { (scene.say(title)) } " " (scene.say(text))
            @if let Some(error) = &view.send_error { br; span.meta { (error) } } },
        )
    };
    match view.send_state {
        SendState::None | SendState::Sent | SendState::Withdrawn => html! {},
        SendState::Waiting
            if held.is_some_and(|held| held.until > scene.times.now.as_microsecond()) =>
        {
            let left = held
                .map_or(0, |held| (held.until - scene.times.now.as_microsecond()) / 1_000_000 + 1);
            taking_back(scene, page.inquiry.id, view.id, left)
        }
        SendState::Waiting if view.send_error.as_deref() == Some(NO_RELAY) => notice(
            Tone::Plain,
            html! { b { (scene.say("messages-delayed")) } " " (scene.say("messages-no-relay")) },
        ),
        SendState::Waiting if view.send_error.is_some() => {
            told(Tone::Plain, "messages-delayed", "messages-delayed-text")
        }
        SendState::Waiting => {
            html! { p.subtle.meta { (icon("clock")) " " (scene.say("messages-waiting")) } }
        }
        SendState::Failed => html! {
            (told(Tone::Danger, "messages-failed", "messages-failed-text"))
            form method="post" action={ "/inquiries/" (page.inquiry.id) "/sending" } {
                (hidden_then(here))
                input type="hidden" name="message" value=(view.id);
                button.btn.small { (icon("rotate-cw")) (scene.say("messages-send-again")) }
            }
        },
        SendState::Bounced => told(Tone::Danger, "messages-bounced", "messages-bounced-text"),
    }
}
