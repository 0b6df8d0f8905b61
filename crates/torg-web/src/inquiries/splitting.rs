//! Makes chosen messages an inquiry of their own.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use torg_core::InquiryId;
use torg_desk::{Refused, SplitRefused};

use super::{refused, told};
use crate::drafts::Fields;
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Untold};
use crate::web::Web;
use crate::workspace::{self, Card, Extras};

/// `POST /inquiries/{id}/split`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    form: Bytes,
) -> Result<Response, Refusal> {
    let form = Fields::read(&form);
    let (chosen, subject, then) = (form.all("message"), form.one("subject"), form.one("then"));
    let trouble = match web.desk.split(&signed.viewer, id, chosen, subject).await {
        Ok(new) => {
            let spot = refused::spot(then, new);
            let told = told(&web, &signed, new, Deed::Split).await?;
            return Ok(told.at(&web, &spot.path()));
        }
        Err(Refused::Split(SplitRefused::Nothing)) => "joining-split-nothing",
        Err(Refused::Split(SplitRefused::Everything)) => "joining-split-everything",
        Err(why) => return refused::page(&web, &signed, id, then, why).await,
    };
    let card = Card::Split { trouble: Some(signed.scene(&web).say(trouble)) };
    let extras = Extras { card: Some(card), ..Extras::default() };
    let spot = refused::spot(then, id);
    let page = workspace::render(&web, &signed, &spot, extras, &Untold::default()).await?;
    Ok(workspace::refused(page))
}
