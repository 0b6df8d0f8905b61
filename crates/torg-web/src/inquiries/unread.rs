//! Marks an inquiry as not read, for the viewer alone.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use torg_core::InquiryId;

use super::{Then, finish};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Deed;
use crate::web::Web;

/// `POST /inquiries/{id}/unread`; it leads to the list, because looking would read it again.
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Then>,
) -> Result<Response, Refusal> {
    let outcome = web.desk.mark_unread(&signed.viewer, id).await;
    finish(&web, &signed, id, &form.then, Deed::MarkedUnread, outcome.map(drop)).await
}
