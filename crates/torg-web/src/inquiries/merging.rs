//! Merges another inquiry into this one, by its number.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use torg_core::{InquiryId, InquiryNumber};
use torg_desk::{MergeRefused, Refused};
use torg_store::{inquiries, merging};

use super::{finish, refused};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Untold};
use crate::web::Web;
use crate::workspace::{self, Card, Extras};

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Joining {
    number: String,
    #[serde(default)]
    pub(super) why: String,
    #[serde(default)]
    anyway: Option<String>,
    #[serde(default)]
    pub(super) then: String,
}

/// `POST /inquiries/{id}/merging`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Joining>,
) -> Result<Response, Refusal> {
    let outcome = match found(&web, &signed, &form).await? {
        Some(other) => web.desk.merge(&signed.viewer, id, other, form.anyway.is_some()).await,
        None => return again(&web, &signed, id, form, None).await,
    };
    match outcome {
        Err(Refused::Merge(why)) => again(&web, &signed, id, form, Some(why)).await,
        outcome => finish(&web, &signed, id, &form.then, Deed::Merged, outcome).await,
    }
}

/// The inquiry of the number she wrote, or where it is now.
pub(super) async fn found(
    web: &Web,
    signed: &Signed,
    form: &Joining,
) -> Result<Option<InquiryId>, Refusal> {
    let Ok(number) = form.number.parse::<InquiryNumber>() else {
        return Ok(None);
    };
    let viewer = signed.viewer.clone();
    let found = web.read(move |read| {
        let found = inquiries::by_number(read, &viewer, number)?;
        found.map(|id| merging::root(read, id)).transpose()
    });
    Ok(found.await?)
}

/// The form once more, with what was in the way.
pub(super) async fn again(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    form: Joining,
    why: Option<MergeRefused>,
) -> Result<Response, Refusal> {
    let trouble = signed.scene(web).say(match why {
        None => "joining-no-such-number",
        Some(MergeRefused::Itself) => "joining-itself",
        Some(MergeRefused::DifferentWalls) => "joining-walls",
        Some(MergeRefused::TwoPersons) => "joining-two-persons",
    });
    let two_persons = why == Some(MergeRefused::TwoPersons);
    let (number, why, trouble) = (form.number, form.why, Some(trouble));
    let card = Card::Join { number, why, two_persons, trouble };
    let extras = Extras { card: Some(card), ..Extras::default() };
    let spot = refused::spot(&form.then, id);
    let page = workspace::render(web, signed, &spot, extras, &Untold::default()).await?;
    Ok(workspace::refused(page))
}
