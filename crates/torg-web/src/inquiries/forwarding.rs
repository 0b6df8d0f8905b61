//! Sends a letter on to somebody else.

use axum::extract::{Path, State};
use axum::response::Response;
use torg_core::InquiryId;
use torg_desk::Forward;

use super::reply::{again, held_for, not_uploaded, told};
use crate::drafts::Fields;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, is_key};
use crate::web::Web;
use crate::workspace::{What, Writing};

/// `POST /inquiries/{id}/forwarding`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let writing = Writing { what: What::Forward, ..Writing::read(&fields) };
    send(&web, &signed, id, writing).await
}

/// Sends it on, whichever button was pressed.
pub(super) async fn send(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: Writing,
) -> Result<Response, Refusal> {
    if !is_key(&form.key) {
        return Err(Refusal::BadForm);
    }
    if form.forgotten {
        return not_uploaded(web, signed, id, form).await;
    }
    let hold_seconds = held_for(web, signed).await?;
    let forward = Forward {
        text: form.text.clone(),
        letter: form.letter,
        left_out: form.left_out.clone(),
        opens: form.opens,
        key: form.key.clone(),
        envelope: form.envelope(hold_seconds),
    };
    match web.desk.forward(&signed.viewer, id, forward).await {
        Ok(message) => told(web, signed, id, &form, Deed::Forwarded, (message, hold_seconds)).await,
        Err(why) => again(web, signed, id, form, why).await,
    }
}
