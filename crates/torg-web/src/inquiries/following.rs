//! Follows an inquiry, or no longer.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use torg_core::InquiryId;

use super::finish;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Deed;
use crate::web::Web;

#[derive(Debug, Deserialize)]
pub(crate) struct Following {
    on: bool,
    #[serde(default)]
    then: String,
}

/// `POST /inquiries/{id}/following`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Following>,
) -> Result<Response, Refusal> {
    let deed = if form.on { Deed::Followed } else { Deed::Unfollowed };
    let outcome = web.desk.follow(&signed.viewer, id, form.on).await;
    finish(&web, &signed, id, &form.then, deed, outcome).await
}
