//! Takes a colleague's inquiry over, with a word to the citizen if there is one.

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
pub(crate) struct Takeover {
    #[serde(default)]
    word: String,
    #[serde(default)]
    then: String,
}

/// `POST /inquiries/{id}/takeover`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Takeover>,
) -> Result<Response, Refusal> {
    let outcome = web.desk.take_over(&signed.viewer, id, &form.word).await;
    finish(&web, &signed, id, &form.then, Deed::TakenOver, outcome).await
}
