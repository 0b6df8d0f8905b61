//! Refers an inquiry to another department, with a word why.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use torg_core::inquiry::ReferRefused;
use torg_core::{DepartmentId, InquiryId};
use torg_desk::Refused;
use torg_store::departments;

use super::refused;
use super::show::number_of;
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Back, Deed, Told, Untold};
use crate::web::Web;
use crate::workspace::{self, Card, Extras, Spot};

#[derive(Debug, Deserialize)]
pub(crate) struct Referral {
    to: DepartmentId,
    #[serde(default)]
    why: String,
    /// She knows that everybody will see it.
    #[serde(default)]
    opens: Option<String>,
    #[serde(default)]
    then: String,
}

/// `POST /inquiries/{id}/referral`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Referral>,
) -> Result<Response, Refusal> {
    // Asked before, because afterwards it may lie behind a wall.
    let number = number_of(&web, &signed, id).await?;
    let outcome =
        web.desk.refer(&signed.viewer, id, form.to, form.why.clone(), form.opens.is_some()).await;
    match outcome {
        Ok(()) => {
            let still_hers = number_of(&web, &signed, id).await?.is_some();
            let list = Spot::from_path(&form.then).map(|spot| spot.list_path());
            let then = list.filter(|_| !still_hers).unwrap_or_else(|| local(&form.then).to_owned());
            let back = web.desk.newest_act(&signed.viewer, id).await?.map(Back::Act);
            Ok(Told { number, back, ..Told::of(Deed::Referred) }.at(&web, &then))
        }
        Err(Refused::Refer(why)) => again(&web, &signed, id, form, why).await,
        Err(why) => refused::page(&web, &signed, id, &form.then, why).await,
    }
}

/// The form once more, with what she wrote and what is missing.
async fn again(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: Referral,
    why: ReferRefused,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let trouble = scene.say(match why {
        ReferRefused::AlreadyThere => "refusals-already-there",
        ReferRefused::NoReason => "refusals-no-reason",
        ReferRefused::WouldOpen => "refusals-would-open",
    });
    let departments = web.read(departments::all).await?;
    let would_open = why == ReferRefused::WouldOpen;
    let card = Card::Referral {
        departments,
        to: Some(form.to),
        why: form.why,
        would_open,
        trouble: Some(trouble),
    };
    let spot = refused::spot(&form.then, id);
    let extras = Extras { card: Some(card), ..Extras::default() };
    let page = workspace::render(web, signed, &spot, extras, &Untold::default()).await?;
    Ok(workspace::refused(page))
}
