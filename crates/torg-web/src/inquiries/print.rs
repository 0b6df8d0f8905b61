//! An inquiry on paper: the whole thread, with or without the notes.

use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::{Direction, InquiryId};
use torg_store::inquiries::{self, Entry, Extent, MessageView};

use crate::page::{icon, paper};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::web::Web;
use crate::words::{Scene, size, word};
use crate::workspace::written;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    notes: Option<String>,
}

/// `GET /inquiries/{id}/print`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Refusal> {
    let viewer = signed.viewer.clone();
    let page = web.read(move |read| inquiries::page(read, &viewer, id, Extent::Whole)).await?;
    let page = page.ok_or(Refusal::NotFound)?;
    if !web.desk.look(&signed.viewer, id, page.inquiry.messages).await? {
        return Err(Refusal::NotFound);
    }
    let scene = signed.scene(&web);
    let notes = asked.notes.is_some();
    let messages = page.entries.iter().filter_map(|entry| match entry {
        Entry::Message(message) if notes || message.direction != Direction::Note => Some(message),
        _ => None,
    });
    let subject = if page.subject.trim().is_empty() {
        scene.say("print-no-subject")
    } else {
        page.subject.clone()
    };
    let content = html! {
        form.print-tools method="get" {
            a.btn href={ "/inquiries/" (id) } { (icon("chevron-left")) (scene.say("inquiries-back")) }
            label.choice { input.ds-input type="checkbox" name="notes" value="1" checked[notes]; (scene.say("print-notes")) }
            button.btn { (scene.say("print-show")) }
            button.btn.primary type="button" data-print hidden { (icon("printer")) (scene.say("print-print")) }
        }
        header {
            h1 dir="auto" { (subject) }
            p { (page.inquiry.number) " · " (page.department.name)
                @if let Some(owner) = &page.owner { " · " (owner.name) } }
        }
        @for message in messages { (one(&scene, message)) }
        footer { (scene.with("print-printed", [("by", word(signed.viewer.name.as_str())), ("when", word(scene.times.stamp(web.desk.now().as_microsecond())))])) }
    };
    Ok(paper(&scene, &format!("{} {subject}", page.inquiry.number), content))
}

fn one(scene: &Scene, message: &MessageView) -> Markup {
    let is_note = message.direction == Direction::Note;
    html! {
        article .note[is_note] {
            header {
                b dir="auto" { (message.author) }
                @if let Some(address) = &message.address {
                    " " @if message.direction == Direction::Out { "→ " } (address)
                }
                @if is_note { " · " (scene.say("messages-note")) }
                " · " (scene.times.stamp(message.at))
            }
            div.text dir="auto" { (written(message)) }
            @if !message.attachments.is_empty() {
                ul { @for file in &message.attachments { li { (file.name) " (" (size(scene.texts, file.size)) ")" } } }
            }
        }
    }
}
