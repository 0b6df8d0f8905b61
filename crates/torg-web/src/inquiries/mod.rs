//! The verbs of an inquiry, one file each, and its addresses that do not say from which folder.

pub(crate) mod assignment;
pub(crate) mod category;
pub(crate) mod claim;
pub(crate) mod closing;
pub(crate) mod following;
pub(crate) mod forwarding;
pub(crate) mod links;
pub(crate) mod merging;
pub(crate) mod note;
pub(crate) mod print;
pub(crate) mod referral;
mod refused;
pub(crate) mod release;
pub(crate) mod reopening;
pub(crate) mod reply;
pub(crate) mod restoring;
pub(crate) mod sending;
mod show;
pub(crate) mod snoozing;
pub(crate) mod spam;
pub(crate) mod splitting;
pub(crate) mod tags;
pub(crate) mod takeover;
pub(crate) mod undo;
pub(crate) mod unread;
pub(crate) mod urgency;
pub(crate) mod withdrawal;

pub(crate) use show::{by_number, show};

use axum::response::Response;
use serde::Deserialize;
use torg_core::InquiryId;
use torg_desk::Refused;

use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Back, Deed, Told};
use crate::web::Web;

/// What every verb's form holds: where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Then {
    #[serde(default)]
    pub(crate) then: String,
}

/// What the next page says of an act, with the line by which it may be undone.
async fn told(web: &Web, signed: &Signed, id: InquiryId, deed: Deed) -> Result<Told, Refusal> {
    let number = show::number_of(web, signed, id).await?;
    let back = web.desk.newest_act(&signed.viewer, id).await?.map(Back::Act);
    Ok(Told { number, back, ..Told::of(deed) })
}

/// After a verb: back where she was, and told what happened; or the same page, and told why not.
async fn finish(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    then: &str,
    deed: Deed,
    outcome: Result<(), Refused>,
) -> Result<Response, Refusal> {
    match outcome {
        Ok(()) => {
            let told = told(web, signed, id, deed).await?;
            Ok(told.at(web, local(then)))
        }
        Err(why) => refused::page(web, signed, id, then, why).await,
    }
}
