//! Marks an inquiry as not read, for the viewer alone, and takes that back.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use torg_core::{InquiryId, Position};

use super::show::number_of;
use super::{Then, refused};
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::{Signed, current_path};
use crate::told::{Back, Deed, Told};
use crate::web::Web;

/// `POST /inquiries/{id}/unread`; it leads to the list, because looking would read it again.
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Then>,
) -> Result<Response, Refusal> {
    match web.desk.mark_unread(&signed.viewer, id).await {
        Ok(before) => {
            let number = number_of(&web, &signed, id).await?;
            let back = before.map(|upto| Back::Read { inquiry: id, upto });
            let told = Told { number, back, ..Told::of(Deed::MarkedUnread) };
            Ok(told.at(&web, local(&form.then)))
        }
        Err(why) => refused::page(&web, &signed, id, &form.then, why).await,
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Reading {
    upto: Position,
}

/// `POST /inquiries/{id}/reading`: she had read it up to there.
pub(crate) async fn take_back(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    headers: HeaderMap,
    Form(form): Form<Reading>,
) -> Result<Response, Refusal> {
    // A toast does not know where it stands; the browser does.
    let then = current_path(&headers).unwrap_or("/").to_owned();
    match web.desk.read_again(&signed.viewer, id, form.upto).await {
        Ok(()) => {
            let number = number_of(&web, &signed, id).await?;
            Ok(Told { number, ..Told::of(Deed::Undone) }.at(&web, local(&then)))
        }
        Err(why) => refused::page(&web, &signed, id, &then, why).await,
    }
}
