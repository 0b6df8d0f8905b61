//! Sends a letter once more that could not be sent.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use torg_core::{InquiryId, MessageId};

use super::refused;
use super::show::number_of;
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Deed, Told};
use crate::web::Web;

#[derive(Debug, Deserialize)]
pub(crate) struct Unsent {
    message: Option<MessageId>,
    #[serde(default)]
    then: String,
}

/// `POST /inquiries/{id}/sending`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Unsent>,
) -> Result<Response, Refusal> {
    let number = number_of(&web, &signed, id).await?.ok_or(Refusal::NotFound)?;
    let message = form.message.ok_or(Refusal::BadForm)?;
    match web.desk.send_again(&signed.viewer, message).await {
        Ok(()) => {
            let told = Told { number: Some(number), ..Told::of(Deed::Retried) };
            Ok(told.at(&web, local(&form.then)))
        }
        Err(why) => refused::page(&web, &signed, id, &form.then, why).await,
    }
}
