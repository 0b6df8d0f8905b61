//! Puts a tag on an inquiry, or takes it off.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use torg_core::{InquiryId, TagId};
use torg_desk::{Refused, TagRefused};
use torg_store::tags;

use super::{finish, refused};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Untold};
use crate::web::Web;
use crate::workspace::{self, Card, Extras};

#[derive(Debug, Deserialize)]
pub(crate) struct Tagging {
    /// By its id, or by its name.
    tag: Option<TagId>,
    #[serde(default)]
    name: String,
    on: Option<bool>,
    #[serde(default)]
    then: String,
}

/// `POST /inquiries/{id}/tags`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Tagging>,
) -> Result<Response, Refusal> {
    let on = form.on.unwrap_or(true);
    let outcome = match form.tag {
        Some(tag) => web.desk.tag(&signed.viewer, id, tag, on).await,
        None => web.desk.tag_by_name(&signed.viewer, id, &form.name).await,
    };
    let deed = if on { Deed::Tagged } else { Deed::Untagged };
    let trouble = match outcome {
        Err(Refused::Tag(TagRefused::TooMany)) => "tags-too-many",
        Err(Refused::Tag(_)) => "tags-no-such",
        outcome => return finish(&web, &signed, id, &form.then, deed, outcome).await,
    };
    let viewer = signed.viewer.clone();
    let known = web.read(move |read| tags::of_viewer(read, &viewer).get()).await?;
    let card = Card::Tags { known, trouble: Some(signed.scene(&web).say(trouble)) };
    let extras = Extras { card: Some(card), ..Extras::default() };
    let spot = refused::spot(&form.then, id);
    let page = workspace::render(&web, &signed, &spot, extras, &Untold::default()).await?;
    Ok(workspace::refused(page))
}
