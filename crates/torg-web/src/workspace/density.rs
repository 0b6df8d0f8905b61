//! Choosing how dense the lists are.

use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;
use torg_store::density::Density;

use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::web::Web;

#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    density: String,
    #[serde(default)]
    then: String,
}

/// `POST /account/density`
pub(crate) async fn set_density(
    State(web): State<Web>,
    signed: Signed,
    Form(chosen): Form<Chosen>,
) -> Result<Redirect, Refusal> {
    let density = Density::from_word(&chosen.density).ok_or(Refusal::NotFound)?;
    web.desk.set_density(&signed.viewer, density).await?;
    Ok(Redirect::to(local(&chosen.then)))
}
