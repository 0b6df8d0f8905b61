//! Addresses one can send to a colleague: they lead to the inquiry among all.

use axum::extract::{Path, State};
use axum::response::Redirect;
use torg_core::{InquiryId, InquiryNumber};
use torg_store::inquiries;

use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::web::Web;

/// `GET /inquiries/{id}`
pub(crate) async fn show(Path(id): Path<InquiryId>) -> Redirect {
    Redirect::to(&format!("/folders/all/inquiries/{id}"))
}

/// `GET /number/{number}`, as in `/number/26-1187`
pub(crate) async fn by_number(
    State(web): State<Web>,
    signed: Signed,
    Path(number): Path<String>,
) -> Result<Redirect, Refusal> {
    let number: InquiryNumber = number.parse().map_err(|_| Refusal::NotFound)?;
    let found = web.read(move |read| inquiries::by_number(read, &signed.viewer, number)).await?;
    let id = found.ok_or(Refusal::NotFound)?;
    Ok(Redirect::to(&format!("/folders/all/inquiries/{id}")))
}

/// The number of an inquiry, or `None` once it has left her sight.
pub(super) async fn number_of(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
) -> Result<Option<InquiryNumber>, Refusal> {
    let viewer = signed.viewer.clone();
    Ok(web.read(move |read| inquiries::number_of(read, &viewer, id)).await?)
}
