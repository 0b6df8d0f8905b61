//! Marks an inquiry as urgent, or no longer.

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
pub(crate) struct Urgency {
    urgent: bool,
    #[serde(default)]
    then: String,
}

/// `POST /inquiries/{id}/urgency`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Urgency>,
) -> Result<Response, Refusal> {
    let deed = if form.urgent { Deed::MarkedUrgent } else { Deed::UnmarkedUrgent };
    let outcome = web.desk.mark_urgent(&signed.viewer, id, form.urgent).await;
    finish(&web, &signed, id, &form.then, deed, outcome).await
}
