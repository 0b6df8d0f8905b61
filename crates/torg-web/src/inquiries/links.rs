//! Says that two inquiries are the same matter, or are not.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use torg_core::InquiryId;

use super::{Then, finish};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Deed;
use crate::web::Web;

/// `POST /inquiries/{id}/links/{other}`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path((id, other)): Path<(InquiryId, InquiryId)>,
    Form(form): Form<Then>,
) -> Result<Response, Refusal> {
    let outcome = web.desk.confirm_link(&signed.viewer, id, other).await;
    finish(&web, &signed, id, &form.then, Deed::Linked, outcome).await
}

/// `POST /inquiries/{id}/links/{other}/dismissal`
pub(crate) async fn dismiss(
    State(web): State<Web>,
    signed: Signed,
    Path((id, other)): Path<(InquiryId, InquiryId)>,
    Form(form): Form<Then>,
) -> Result<Response, Refusal> {
    let outcome = web.desk.dismiss_link(&signed.viewer, id, other).await;
    finish(&web, &signed, id, &form.then, Deed::Dismissed, outcome).await
}
