//! Says what kind of matter an inquiry is.

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
pub(crate) struct Choice {
    /// Empty for none.
    #[serde(default)]
    category: String,
    #[serde(default)]
    then: String,
}

/// `POST /inquiries/{id}/category`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Choice>,
) -> Result<Response, Refusal> {
    let category = match form.category.as_str() {
        "" => None,
        chosen => Some(chosen.parse().map_err(|_| Refusal::BadForm)?),
    };
    let outcome = web.desk.categorise(&signed.viewer, id, category).await.map(drop);
    finish(&web, &signed, id, &form.then, Deed::Categorised, outcome).await
}
