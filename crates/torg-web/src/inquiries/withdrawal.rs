//! Takes a letter back that waits in the outbox.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use torg_core::{InquiryId, MessageId};

use super::refused;
use super::show::number_of;
use crate::drafts::with_what;
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Deed, Told};
use crate::web::Web;
use crate::workspace::What;

#[derive(Debug, Deserialize)]
pub(crate) struct Withdrawal {
    message: Option<MessageId>,
    #[serde(default)]
    then: String,
}

/// `POST /inquiries/{id}/withdrawal`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Withdrawal>,
) -> Result<Response, Refusal> {
    let number = number_of(&web, &signed, id).await?.ok_or(Refusal::NotFound)?;
    let message = form.message.ok_or(Refusal::BadForm)?;
    match web.desk.withdraw(&signed.viewer, message).await {
        Ok(kind) => {
            let then = with_what(local(&form.then), What::of(kind));
            let told =
                Told { deed: Deed::Withdrawn, number: Some(number), ..Told::of(Deed::Withdrawn) };
            Ok(told.at(&web, &then))
        }
        Err(why) => refused::page(&web, &signed, id, &form.then, why).await,
    }
}
