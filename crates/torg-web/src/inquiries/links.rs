//! Says that two inquiries are the same matter, or are not.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use torg_core::InquiryId;
use torg_desk::Refused;

use super::merging::{self, Joining};
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

/// `POST /inquiries/{id}/links`, by number
pub(crate) async fn by_number(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Joining>,
) -> Result<Response, Refusal> {
    let Some(other) = merging::found(&web, &signed, &form).await? else {
        return merging::again(&web, &signed, id, form, None).await;
    };
    match web.desk.link(&signed.viewer, id, other, &form.why).await {
        Err(Refused::Merge(why)) => merging::again(&web, &signed, id, form, Some(why)).await,
        outcome => finish(&web, &signed, id, &form.then, Deed::Linked, outcome).await,
    }
}

/// `POST /inquiries/{id}/links/{other}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    signed: Signed,
    Path((id, other)): Path<(InquiryId, InquiryId)>,
    Form(form): Form<Then>,
) -> Result<Response, Refusal> {
    let outcome = web.desk.unlink(&signed.viewer, id, other).await;
    finish(&web, &signed, id, &form.then, Deed::Unlinked, outcome).await
}
