//! Gives back a draft that was thrown away a moment ago.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use torg_core::InquiryId;
use torg_desk::Refused;

use super::refused;
use crate::drafts::{Fields, with_what};
use crate::refusal::Refusal;
use crate::signed::{Signed, current_path};
use crate::told::{Deed, Told};
use crate::web::Web;
use crate::workspace::Writing;

/// `POST /inquiries/{id}/drafts/restoration`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    let what = Writing::read(&fields).what;
    // A toast does not know in which folder it stands; the browser does.
    let then = refused::spot(current_path(&headers).unwrap_or_default(), id).inquiry_path(id);
    let then = with_what(&then, what);
    match web.desk.restore_draft(&signed.viewer, id, what.kind()).await {
        Ok(()) => Ok(Told::of(Deed::Undone).at(&web, &then)),
        Err(Refused::TooLate) => Ok(Told::of(Deed::NotUndone).at(&web, &then)),
        Err(why) => refused::page(&web, &signed, id, &then, why).await,
    }
}
