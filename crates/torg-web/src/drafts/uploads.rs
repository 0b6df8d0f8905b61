//! Files in pieces, sent by a script: what is cut off goes on where it was. Without a script a form
//! sends them whole.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use torg_core::{InquiryId, UploadId};
use torg_desk::{Announced, Refused};

use super::{Fields, parts_for, refused_file};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::web::Web;
use crate::workspace::{Writing, is_picture};

/// How far a file has come.
#[derive(Debug, Serialize)]
struct Come {
    upload: UploadId,
    /// Bytes that are here; the next piece begins there.
    received: i64,
}

/// `POST /inquiries/{id}/drafts/uploads`: begins a file, or finds what was cut off.
pub(crate) async fn begin(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let tidy = |name: &str, most: usize| -> String {
        fields.text(name).chars().filter(|letter| !letter.is_control()).take(most).collect()
    };
    let file = Announced {
        name: tidy("name", 200),
        content_type: tidy("type", 200),
        size: fields.text("size").parse().map_err(|_| Refusal::BadForm)?,
        key: tidy("key", 400),
    };
    match web.desk.begin_upload(&signed.viewer, id, file).await {
        Ok(coming) => {
            let come = Come { upload: coming.id, received: coming.received };
            Ok(Json(come).into_response())
        }
        Err(why) => refused(&web, &signed, why),
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Piece {
    begins: i64,
}

/// `POST /inquiries/{id}/drafts/uploads/{upload}?begins=`: the next bytes, and how many are here.
pub(crate) async fn append(
    State(web): State<Web>,
    signed: Signed,
    Path((_, upload)): Path<(InquiryId, UploadId)>,
    Query(Piece { begins }): Query<Piece>,
    data: Bytes,
) -> Result<Response, Refusal> {
    let received = web.desk.continue_upload(&signed.viewer, upload, begins, data.to_vec()).await?;
    Ok(Json(Come { upload, received }).into_response())
}

/// `POST /inquiries/{id}/drafts/uploads/{upload}/end`: all is here, and goes along with the letter.
pub(crate) async fn end(
    State(web): State<Web>,
    signed: Signed,
    Path((id, upload)): Path<(InquiryId, UploadId)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let Writing { what, key, .. } = Writing::read(&fields);
    let is_inline = if fields.get("inline").is_some() { is_picture } else { |_: &str| false };
    match web.desk.finish_upload(&signed.viewer, upload, what.kind(), is_inline).await {
        Ok(_) => Ok(parts_for(&web, &signed, (id, what), Some(&key)).await?.into_response()),
        Err(why) => refused(&web, &signed, why),
    }
}

/// Too large or too many, in words for the composer.
fn refused(web: &Web, signed: &Signed, why: Refused) -> Result<Response, Refusal> {
    match why {
        Refused::File(why) => {
            let words = refused_file(&signed.scene(web), why);
            Ok((StatusCode::PAYLOAD_TOO_LARGE, words).into_response())
        }
        other => Err(other.into()),
    }
}
