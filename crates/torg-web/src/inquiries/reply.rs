//! Answers the citizen. Refused, with what is newer shown, if somebody wrote since she last looked.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use torg_core::inquiry::ReplyRefused;
use torg_core::{Direction, InquiryId};
use torg_desk::{Refused, Reply};
use torg_store::inquiries::{self, Entry, MessageView};

use super::refused;
use super::show::number_of;
use crate::page::{Tone, notice};
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold, is_key};
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::{self, Draft, Extras, What, Writing};

/// `POST /inquiries/{id}/reply`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Writing>,
) -> Result<Response, Refusal> {
    // Without a style sheet both buttons are there; the choice above the text decides.
    if form.what == What::Note {
        return super::note::keep(&web, &signed, id, form).await;
    }
    if !is_key(&form.key) {
        return Err(Refusal::BadForm);
    }
    let close = form.close.is_some();
    let reply = Reply {
        text: form.text.clone(),
        seen: form.seen,
        anyway: form.anyway.is_some(),
        close,
        key: form.key.clone(),
    };
    match web.desk.reply(&signed.viewer, id, reply).await {
        Ok(_) => {
            let deed = if close { Deed::RepliedAndClosed } else { Deed::Replied };
            let number = number_of(&web, &signed, id).await?;
            Ok(Told { deed, number, composer: Some(form.key) }.at(&web, local(&form.then)))
        }
        Err(why) => again(&web, &signed, id, form, why).await,
    }
}

/// The composer once more with her text, and above it why it was not sent.
pub(super) async fn again(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: Writing,
    why: Refused,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let notice = match why {
        Refused::Reply(ReplyRefused::SomethingNewer { after }) => {
            newer(web, signed, &scene, id, after).await?
        }
        Refused::Reply(ReplyRefused::OwnedBy(owner)) => {
            let name = refused::name_of(web, owner).await?;
            held_back(
                &scene,
                &scene.with("refusals-owned-by", [("name", word(name))]),
                html! {},
                true,
            )
        }
        Refused::Reply(ReplyRefused::NobodyToWriteTo) => {
            held_back(&scene, &scene.say("refusals-nobody-to-write-to"), html! {}, false)
        }
        Refused::Reply(ReplyRefused::Empty) | Refused::Empty => {
            held_back(&scene, &scene.say("refusals-empty"), html! {}, false)
        }
        Refused::TooLong { most } => {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            held_back(
                &scene,
                &scene.with("refusals-too-long", [("most", word(most))]),
                html! {},
                false,
            )
        }
        other => return Err(other.into()),
    };
    let draft =
        Draft { text: form.text, what: form.what, key: Some(form.key), notice: Some(notice) };
    let extras = Extras { draft, ..Extras::default() };
    let page =
        workspace::render(web, signed, &refused::spot(&form.then, id), extras, &Untold::default())
            .await?;
    Ok(workspace::refused(page))
}

/// What was written after she last looked.
async fn newer(
    web: &Web,
    signed: &Signed,
    scene: &Scene,
    id: InquiryId,
    after: i64,
) -> Result<Markup, Refusal> {
    let viewer = signed.viewer.clone();
    let page =
        web.read(move |read| inquiries::page(read, &viewer, id)).await?.ok_or(Refusal::NotFound)?;
    let messages = page.entries.iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message),
        Entry::Event(_) => None,
    });
    let newer: Vec<&MessageView> = messages.filter(|message| message.position > after).collect();
    let author = newer.last().map_or("–", |message| message.author.as_str());
    let title = scene.with("refusals-something-newer", [("name", word(author))]);
    let words = html! {
        @for message in &newer {
            blockquote {
                @if message.direction == Direction::Note { span.meta { (scene.say("messages-note")) } br; }
                (message.text.trim())
            }
        }
    };
    Ok(held_back(scene, &title, words, true))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "a piece of a page is made to be put into another"
)]
fn held_back(scene: &Scene, title: &str, words: Markup, may_send: bool) -> Markup {
    notice(
        Tone::Warning,
        html! {
            b { (title) }
            (words)
            p { (scene.say("refusals-not-sent")) }
            @if may_send {
                div.row { button.btn.small name="anyway" value="1" { (scene.say("refusals-send-anyway")) } }
            }
        },
    )
}
