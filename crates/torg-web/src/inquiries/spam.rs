//! Says that an inquiry is spam, or a letter after all.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use torg_core::InquiryId;
use torg_desk::spam::Marked;

use super::finish;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Deed;
use crate::web::Web;

#[derive(Debug, Deserialize)]
pub(crate) struct Said {
    spam: bool,
    #[serde(default)]
    then: String,
}

/// `POST /inquiries/{id}/spam`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Said>,
) -> Result<Response, Refusal> {
    let outcome = web.desk.mark_spam(&signed.viewer, id, form.spam).await;
    let deed = match (&outcome, form.spam) {
        (Ok(Marked::Letter), true) => Deed::MarkedLetterSpam,
        (Ok(Marked::Letter), false) => Deed::MarkedLetterNoSpam,
        (_, true) => Deed::MarkedSpam,
        (_, false) => Deed::MarkedLetter,
    };
    finish(&web, &signed, id, &form.then, deed, outcome.map(drop)).await
}
