//! Answers the citizen. Refused, with what is newer shown, if somebody wrote since she last looked.

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use torg_core::inquiry::{ForwardRefused, ReplyRefused};
use torg_core::{Direction, InquiryId, MessageId};
use torg_desk::{Refused, Reply, Then};
use torg_store::inquiries::{self, Entry, Extent, MessageView};
use torg_store::staff;

use super::refused;
use super::show::number_of;
use crate::drafts::{Fields, refused_file};
use crate::page::{Tone, notice};
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Back, Deed, Told, Untold, is_key};
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::{self, Draft, Extras, What, Writing};

/// `POST /inquiries/{id}/reply`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let form = Writing::read(&fields);
    // Without a style sheet all buttons are there; the choice above the text decides.
    match form.what {
        What::Note => return super::note::keep(&web, &signed, id, form).await,
        What::Forward => return super::forwarding::send(&web, &signed, id, form).await,
        What::Reply => {}
    }
    if !is_key(&form.key) {
        return Err(Refusal::BadForm);
    }
    if form.forgotten {
        return not_uploaded(&web, &signed, id, form).await;
    }
    let hold_seconds = held_for(&web, &signed).await?;
    let reply = Reply {
        text: form.text.clone(),
        seen: form.seen,
        anyway: form.anyway,
        then: if form.close { Then::Closed } else { Then::Answered },
        key: form.key.clone(),
        envelope: form.envelope(hold_seconds),
    };
    let deed = if form.close { Deed::RepliedAndClosed } else { Deed::Replied };
    match web.desk.reply(&signed.viewer, id, reply).await {
        Ok(message) => told(&web, &signed, id, &form, deed, (message, hold_seconds)).await,
        Err(why) => again(&web, &signed, id, form, why).await,
    }
}

/// For how many seconds her letters wait to be taken back.
pub(super) async fn held_for(web: &Web, signed: &Signed) -> Result<i64, Refusal> {
    let staff = signed.viewer.staff;
    Ok(web.read(move |read| staff::writing(read, staff)).await?.1)
}

/// After sending: told so, with a button to take it back while it waits.
pub(super) async fn told(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: &Writing,
    deed: Deed,
    (message, seconds): (MessageId, i64),
) -> Result<Response, Refusal> {
    let number = number_of(web, signed, id).await?;
    let back = (seconds > 0).then_some(Back::Letter { inquiry: id, message, seconds });
    let told = Told { number, composer: Some(form.key.clone()), back, ..Told::of(deed) };
    Ok(told.at(web, local(&form.then)))
}

/// A file was chosen, and the letter would have gone without it.
pub(super) async fn not_uploaded(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: Writing,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let notice = held_back(&scene, &scene.say("refusals-not-uploaded"), html! {}, false);
    with_notice(web, signed, id, form, notice).await
}

/// The composer once more with her text, and above it why it was not sent.
pub(crate) async fn again(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: Writing,
    why: Refused,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    // What she wrote goes on where the inquiry went.
    let id = match why {
        Refused::Merged(into) => into,
        _ => id,
    };
    let notice = match why {
        Refused::Merged(_) => held_back(&scene, &scene.say("refusals-merged"), html! {}, false),
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
        Refused::Blanks(open) => {
            let title = scene.with("answers-blanks-left", [("blanks", word(open.join(", ")))]);
            held_back(&scene, &title, html! {}, false)
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
        Refused::Recipients(why) => {
            held_back(&scene, &refused::recipients(&scene, &why), html! {}, false)
        }
        Refused::Forward(ForwardRefused::WouldOpen) => {
            held_back(&scene, &scene.say("refusals-forward-opens"), html! {}, false)
        }
        Refused::Forward(ForwardRefused::NoLetter) => {
            held_back(&scene, &scene.say("refusals-no-letter"), html! {}, false)
        }
        Refused::File(why) => held_back(&scene, &refused_file(&scene, why), html! {}, false),
        other => return Err(other.into()),
    };
    with_notice(web, signed, id, form, notice).await
}

/// The page with the composer filled in, nothing being wrong.
pub(crate) async fn shown(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: Writing,
) -> Result<Response, Refusal> {
    shown_with(web, signed, id, form, html! {}).await
}

/// As [`shown`], with something told above the text.
pub(crate) async fn shown_with(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: Writing,
    notice: Markup,
) -> Result<Response, Refusal> {
    let then = form.then.clone();
    let notice = Some(notice);
    let draft = Draft { key: Some(form.key.clone()), writing: form, notice, is_wish: false };
    let extras = Extras { draft, ..Extras::default() };
    workspace::render(web, signed, &refused::spot(&then, id), extras, &Untold::default()).await
}

/// The page with the composer as it was, and what stood in the way above it.
async fn with_notice(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: Writing,
    notice: Markup,
) -> Result<Response, Refusal> {
    let (key, then) = (Some(form.key.clone()), form.then.clone());
    let draft = Draft { writing: form, key, notice: Some(notice), is_wish: false };
    let extras = Extras { draft, ..Extras::default() };
    let page =
        workspace::render(web, signed, &refused::spot(&then, id), extras, &Untold::default())
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
    let page = web
        .read(move |read| inquiries::page(read, &viewer, id, Extent::Newest))
        .await?
        .ok_or(Refusal::NotFound)?;
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
