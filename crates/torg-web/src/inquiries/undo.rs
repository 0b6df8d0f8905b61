//! Takes back what somebody did a moment ago.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use torg_core::JournalId;

use super::{Then, refused};
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::{Signed, current_path};
use crate::told::{Deed, Told};
use crate::web::Web;

/// `POST /acts/{id}/undo`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(act): Path<JournalId>,
    headers: HeaderMap,
    Form(form): Form<Then>,
) -> Result<Response, Refusal> {
    // A toast does not know where it stands; the browser does.
    let then = match form.then.as_str() {
        "" => current_path(&headers).unwrap_or("/").to_owned(),
        then => then.to_owned(),
    };
    match web.desk.undo(&signed.viewer, act).await {
        Ok(id) => {
            let number = super::show::number_of(&web, &signed, id).await?;
            let told = Told { number, ..Told::of(Deed::Undone) };
            Ok(told.at(&web, local(&then)))
        }
        Err(why) => {
            let inquiry = web.read(move |read| torg_store::undo::act(read, act)).await?;
            let id = inquiry.ok_or(Refusal::NotFound)?.inquiry;
            refused::page(&web, &signed, id, &then, why).await
        }
    }
}
