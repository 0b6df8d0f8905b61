//! Writes an internal note; it never leaves the house.

use axum::extract::{Path, State};
use axum::response::Response;
use torg_core::InquiryId;

use super::reply::again;
use super::show::number_of;
use crate::drafts::Fields;
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Deed, Told, is_key};
use crate::web::Web;
use crate::workspace::{What, Writing};

/// `POST /inquiries/{id}/note`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    keep(&web, &signed, id, Writing::read(&fields)).await
}

/// Keeps what was written as a note, whichever button sent it.
pub(super) async fn keep(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: Writing,
) -> Result<Response, Refusal> {
    if !is_key(&form.key) {
        return Err(Refusal::BadForm);
    }
    let (text, key) = (form.text.clone(), form.key.clone());
    match web.desk.note(&signed.viewer, id, text, key, form.version).await {
        Ok(_) => {
            let number = number_of(web, signed, id).await?;
            let told = Told { number, composer: Some(form.key), ..Told::of(Deed::Noted) };
            Ok(told.at(web, local(&form.then)))
        }
        Err(why) => again(web, signed, id, Writing { what: What::Note, ..form }, why).await,
    }
}
