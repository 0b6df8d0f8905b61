//! Standard answers: reading and finding them, writing them, and putting them into a letter.

mod attached;
mod fields;
mod files;
mod form;
mod inserting;
mod library;
mod list;
mod one;
mod parts;
mod suggestions;
mod versions;

pub(crate) use attached::{add_files, drop_file, file};
pub(crate) use files::{bring_in, export_csv, export_json, files};
pub(crate) use form::{change, create, edit, from_message, keep_writing, new};
pub(crate) use inserting::{asking, button, choices, choose, insert, suggested};
pub(crate) use library::{begin, library};
pub(crate) use list::index;
pub(crate) use one::{set_back, set_stage, show};
pub(crate) use parts::{blank_in, title_of};
pub(crate) use suggestions::{none_fits, suggestions};
pub(crate) use versions::{beside, versions};

use axum::response::Response;
use maud::Markup;
use torg_core::AnswerId;
use torg_desk::AnswerNotKept;
use torg_store::answers::{self, AnswerRow};

use crate::page::{Frame, Place, frame};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::Scene;

/// A page of answers in the frame.
fn page(web: &Web, scene: &Scene, untold: &Untold, title: String, main: Markup) -> Response {
    let told = untold.0.clone();
    let place = Place::Answers;
    untold.once(web, frame(scene, &Frame { title, place, main, told }))
}

/// The answer, if it is there for her.
async fn found(web: &Web, signed: &Signed, id: AnswerId) -> Result<AnswerRow, Refusal> {
    let viewer = signed.viewer.clone();
    let row = web.read(move |read| answers::one(read, &viewer, id)).await?;
    row.ok_or(Refusal::NotFound)
}

/// For verbs whose page has no sentence of its own for it.
impl From<AnswerNotKept> for Refusal {
    fn from(refused: AnswerNotKept) -> Self {
        match refused {
            AnswerNotKept::NotFound => Self::NotFound,
            AnswerNotKept::NotAllowed => Self::NotAllowed,
            AnswerNotKept::Store(error) => error.into(),
            _ => Self::BadForm,
        }
    }
}
