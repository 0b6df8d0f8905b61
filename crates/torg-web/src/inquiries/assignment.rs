//! Gives an inquiry to a colleague.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use torg_core::{InquiryId, StaffId};

use super::finish;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Deed;
use crate::web::Web;

#[derive(Debug, Deserialize)]
pub(crate) struct Assignment {
    to: StaffId,
    #[serde(default)]
    then: String,
}

/// `POST /inquiries/{id}/assignment`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Assignment>,
) -> Result<Response, Refusal> {
    let outcome = web.desk.assign(&signed.viewer, id, form.to).await;
    finish(&web, &signed, id, &form.then, Deed::Assigned, outcome).await
}
