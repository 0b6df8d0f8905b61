//! Takes a letter back that waits in the outbox, or a note that was written a moment ago.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use torg_core::{InquiryId, MessageId};
use torg_store::drafts::DraftKind;

use super::refused;
use super::show::number_of;
use crate::drafts::with_what;
use crate::refusal::Refusal;
use crate::signed::{Signed, current_path};
use crate::told::{Deed, Told};
use crate::web::Web;
use crate::workspace::What;

#[derive(Debug, Deserialize)]
pub(crate) struct Withdrawal {
    message: Option<MessageId>,
}

/// `POST /inquiries/{id}/withdrawal`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    headers: HeaderMap,
    Form(form): Form<Withdrawal>,
) -> Result<Response, Refusal> {
    let number = number_of(&web, &signed, id).await?.ok_or(Refusal::NotFound)?;
    let message = form.message.ok_or(Refusal::BadForm)?;
    // A toast does not know in which folder it stands; the browser does.
    let then = refused::spot(current_path(&headers).unwrap_or_default(), id).inquiry_path(id);
    match web.desk.withdraw(&signed.viewer, message).await {
        Ok(kind) => {
            let then = with_what(&then, What::of(kind));
            let deed = match kind {
                DraftKind::Note => Deed::NoteTakenBack,
                DraftKind::Reply | DraftKind::Forward => Deed::Withdrawn,
            };
            Ok(Told { number: Some(number), ..Told::of(deed) }.at(&web, &then))
        }
        Err(why) => refused::page(&web, &signed, id, &then, why).await,
    }
}
