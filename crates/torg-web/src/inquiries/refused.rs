//! When a verb is refused: the page as it is now, and a sentence that says who, why and what to do.

use axum::response::Response;
use maud::{Markup, html};
use torg_core::inquiry::{
    AssignRefused, ClaimRefused, CloseRefused, ReleaseRefused, ReopenRefused, SnoozeRefused,
};
use torg_core::recipients::RecipientsRefused;
use torg_core::{InquiryId, StaffId};
use torg_desk::{Refused, UndoRefused};
use torg_store::folders::Folder;
use torg_store::staff;

use crate::page::{Tone, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::{self, Draft, Extras, Spot};

/// The workspace with a notice below the subject.
pub(super) async fn page(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    then: &str,
    why: Refused,
) -> Result<Response, Refusal> {
    page_with(web, signed, id, then, why, Draft::default()).await
}

/// The same, with what she had written in the composer.
pub(super) async fn page_with(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    then: &str,
    why: Refused,
    draft: Draft,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let id = match why {
        Refused::Merged(into) => into,
        _ => id,
    };
    let Some(content) = sentence(web, &scene, why).await? else { return Err(Refusal::NotFound) };
    let extras = Extras { draft, notice: Some(notice(Tone::Info, content)), ..Extras::default() };
    let page = workspace::render(web, signed, &spot(then, id), extras, &Untold::default()).await?;
    Ok(workspace::refused(page))
}

/// Where she was, with the inquiry open.
pub(super) fn spot(then: &str, id: InquiryId) -> Spot {
    let spot = Spot::from_path(then).unwrap_or_else(|| Spot::at(Folder::All));
    Spot { open: Some(id), ..spot }
}

async fn sentence(web: &Web, scene: &Scene, why: Refused) -> Result<Option<Markup>, Refusal> {
    let said = |title: &str, text: &str| {
        Ok(Some(html! { b { (scene.say(title)) } p { (scene.say(text)) } }))
    };
    match why {
        Refused::NotFound => Ok(None),
        Refused::Claim(ClaimRefused::OwnedBy(owner))
        | Refused::Release(ReleaseRefused::OwnedBy(owner)) => {
            let name = name_of(web, owner).await?;
            Ok(Some(html! {
                b { (scene.with("refusals-owned-by", [("name", word(name))])) }
                p { (scene.say("refusals-owned-by-text")) }
            }))
        }
        Refused::Claim(ClaimRefused::Closed) | Refused::Assign(AssignRefused::Closed) => {
            said("refusals-closed", "refusals-closed-text")
        }
        Refused::Release(ReleaseRefused::NobodyOwnsIt) => {
            said("refusals-nobody-owns", "refusals-nothing-to-do")
        }
        Refused::Assign(AssignRefused::MayNotSeeIt) => {
            said("refusals-may-not-see", "refusals-may-not-see-text")
        }
        Refused::Close(CloseRefused::Already) => {
            said("refusals-closed-already", "refusals-nothing-to-do")
        }
        Refused::Reopen(ReopenRefused::Already) => {
            said("refusals-open-already", "refusals-nothing-to-do")
        }
        Refused::Untold(_) => said("refusals-untold", "refusals-untold-text"),
        Refused::Spam(_) => said("spam-said-already", "refusals-nothing-to-do"),
        Refused::TooLate => said("refusals-too-late", "refusals-too-late-text"),
        Refused::Snooze(SnoozeRefused::Closed) => said("refusals-closed", "refusals-closed-text"),
        Refused::Merged(_) => said("refusals-merged", "refusals-merged-text"),
        Refused::Undo(UndoRefused::Never) => said("refusals-undo-never", "refusals-undo-by-hand"),
        Refused::Undo(UndoRefused::Already) => {
            said("refusals-undo-already", "refusals-nothing-to-do")
        }
        Refused::Undo(UndoRefused::OutOfSight) => {
            said("refusals-undo-out-of-sight", "refusals-undo-out-of-sight-text")
        }
        Refused::Undo(UndoRefused::NoWayBack) => {
            said("refusals-undo-no-way-back", "refusals-undo-no-way-back-text")
        }
        Refused::Undo(UndoRefused::Since { by: None, .. }) => {
            said("refusals-undo-letter", "refusals-undo-by-hand")
        }
        Refused::Undo(UndoRefused::Since { by: Some(by), .. }) => {
            let name = name_of(web, by).await?;
            Ok(Some(html! {
                b { (scene.with("refusals-undo-since", [("name", word(name))])) }
                p { (scene.say("refusals-undo-by-hand")) }
            }))
        }
        other => Err(other.into()),
    }
}

/// Why a letter cannot go to whom was named.
pub(super) fn recipients(scene: &Scene, why: &RecipientsRefused) -> String {
    match why {
        RecipientsRefused::NotAnAddress(text) => {
            scene.with("refusals-not-an-address", [("text", word(text.as_str()))])
        }
        RecipientsRefused::OneOfOurs(address) => {
            scene.with("refusals-one-of-ours", [("address", word(address.as_str()))])
        }
        RecipientsRefused::TooMany { most } => {
            let most = i64::try_from(*most).unwrap_or(i64::MAX);
            scene.with("refusals-too-many-recipients", [("most", word(most))])
        }
        RecipientsRefused::Nobody => scene.say("refusals-nobody-named"),
    }
}

/// What a colleague is called.
pub(super) async fn name_of(web: &Web, staff: StaffId) -> Result<String, Refusal> {
    let name = web.read(move |read| staff::name_of(read, staff)).await?;
    Ok(name.unwrap_or_else(|| "–".to_owned()))
}
