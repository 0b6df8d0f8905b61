//! Takes a colleague's inquiry over, with a word to the citizen if there is one.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use torg_core::InquiryId;
use torg_desk::Refused;

use super::{finish, refused};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Deed;
use crate::web::Web;
use crate::workspace::{Draft, Writing};

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
    match web.desk.take_over(&signed.viewer, id, &form.word).await {
        // It is hers now, and the word stands in the composer to be sent otherwise.
        Err(why @ Refused::Untold(_)) => {
            let writing = Writing { text: form.word, ..Writing::default() };
            let draft = Draft { writing, ..Draft::default() };
            refused::page_with(&web, &signed, id, &form.then, why, draft).await
        }
        outcome => finish(&web, &signed, id, &form.then, Deed::TakenOver, outcome).await,
    }
}
