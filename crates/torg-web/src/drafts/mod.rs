//! Drafts: saved while she writes and by a button, with their files, and who else is there.

mod form;
pub(crate) mod uploads;

pub(crate) use form::{Fields, Parcel};

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use serde::{Deserialize, Serialize};
use torg_core::{AttachmentId, InquiryId};
use torg_desk::{Choice, FileRefused, Refused, Saved, Saving};
use torg_store::inquiries::{self, Extent};

use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Back, Deed, Told, is_key};
use crate::web::Web;
use crate::words::{Scene, size, word};
use crate::workspace::{self, What, Writing};

/// What a script is told after it saved.
#[derive(Debug, Serialize)]
struct Kept {
    version: i64,
    /// Another window of hers has another text; both are kept.
    beside: bool,
}

/// `POST /inquiries/{id}/drafts`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    let writing = Writing::read(&fields);
    match save(&web, &signed, id, &writing).await {
        Ok(saved) if is_quiet(&headers) => Ok(Json(kept(saved)).into_response()),
        Ok(_) => Ok(back(&writing)),
        Err(Refused::TooLong { most }) if is_quiet(&headers) => {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let words = signed.scene(&web).with("refusals-too-long", [("most", word(most))]);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, words).into_response())
        }
        Err(why) => crate::inquiries::reply::again(&web, &signed, id, writing, why).await,
    }
}

/// Who asks for the parts of a draft.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Window {
    /// The key of its composer.
    key: Option<String>,
}

/// `GET /inquiries/{id}/drafts/{kind}`: files and other windows' texts of a draft, as they are now.
pub(crate) async fn parts(
    State(web): State<Web>,
    signed: Signed,
    Path((id, kind)): Path<(InquiryId, What)>,
    Query(window): Query<Window>,
) -> Result<Markup, Refusal> {
    parts_for(&web, &signed, (id, kind), window.key.as_deref()).await
}

/// The same, for the window whose composer has this key.
async fn parts_for(
    web: &Web,
    signed: &Signed,
    (id, kind): (InquiryId, What),
    key: Option<&str>,
) -> Result<Markup, Refusal> {
    web.desk.log_reading(&signed.viewer, id).await?;
    let viewer = signed.viewer.clone();
    let page = web.read(move |read| inquiries::page(read, &viewer, id, Extent::Newest)).await?;
    let page = page.ok_or(Refusal::NotFound)?;
    Ok(workspace::draft_parts(&signed.scene(web), &page, kind, None, key))
}

/// `POST /inquiries/{id}/drafts/files`: what is written, and files to go along.
pub(crate) async fn upload(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    headers: HeaderMap,
    parcel: Parcel,
) -> Result<Response, Refusal> {
    let writing = Writing::read(&parcel.fields);
    let quiet = is_quiet(&headers);
    let outcome = match quiet {
        // The script saves the text by itself.
        true => add(&web, &signed, id, &writing, parcel).await,
        false => match save(&web, &signed, id, &writing).await {
            Ok(_) => add(&web, &signed, id, &writing, parcel).await,
            Err(why) => Err(why),
        },
    };
    match outcome {
        Ok(()) if quiet => {
            let at = (id, writing.what);
            let parts = parts_for(&web, &signed, at, Some(&writing.key)).await?;
            Ok(parts.into_response())
        }
        Ok(()) => Ok(back(&writing)),
        Err(Refused::File(why)) if quiet => {
            let words = refused_file(&signed.scene(&web), why);
            Ok((StatusCode::PAYLOAD_TOO_LARGE, words).into_response())
        }
        Err(why) => crate::inquiries::reply::again(&web, &signed, id, writing, why).await,
    }
}

async fn add(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    writing: &Writing,
    parcel: Parcel,
) -> Result<(), Refused> {
    let inline = parcel.fields.get("inline").is_some();
    for mut upload in parcel.files {
        upload.inline = inline && workspace::is_picture(&upload.content_type);
        web.desk.add_draft_file(&signed.viewer, id, writing.what.kind(), upload).await?;
    }
    if parcel.too_large {
        return Err(FileRefused::TooLarge { most: web.desk.file_limits().bytes }.into());
    }
    Ok(())
}

/// `POST /inquiries/{id}/drafts/removal`: takes a file out, or the whole draft away.
pub(crate) async fn remove(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    let writing = Writing::read(&fields);
    let kind = writing.what.kind();
    match fields.get("remove").and_then(|file| file.parse::<AttachmentId>().ok()) {
        Some(file) => {
            if !is_quiet(&headers) {
                save(&web, &signed, id, &writing).await?;
            }
            web.desk.drop_draft_file(&signed.viewer, id, kind, file).await?;
        }
        None => return discard(&web, &signed, id, &writing).await,
    }
    if is_quiet(&headers) {
        let parts = parts_for(&web, &signed, (id, writing.what), Some(&writing.key)).await?;
        return Ok(parts.into_response());
    }
    Ok(back(&writing))
}

/// Throws away what the form holds, and says how that is taken back.
async fn discard(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    writing: &Writing,
) -> Result<Response, Refusal> {
    // What she typed since it was saved last comes back with the rest.
    save(web, signed, id, writing).await?;
    let what = writing.what;
    if !web.desk.discard_draft(&signed.viewer, id, what.kind()).await? {
        return Ok(back(writing));
    }
    let told = Told {
        composer: Some(writing.key.clone()).filter(|key| is_key(key)),
        back: Some(Back::Draft { inquiry: id, what }),
        ..Told::of(Deed::DraftDiscarded)
    };
    Ok(told.at(web, &with_what(local(&writing.then), what)))
}

/// `POST /inquiries/{id}/drafts/choice`: decides between two windows' texts.
pub(crate) async fn choose(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let writing = Writing::read(&fields);
    let (choice, composer) = match (fields.get("use"), fields.get("drop")) {
        (Some(composer), _) => (Choice::Use, composer),
        (None, dropped) => (Choice::Drop, dropped.unwrap_or_default()),
    };
    let kind = writing.what.kind();
    web.desk.choose_version(&signed.viewer, id, kind, composer.to_owned(), choice).await?;
    Ok(back(&writing))
}

/// `POST /inquiries/{id}/drafts/everybody`: the answer goes to everybody the letter was for.
pub(crate) async fn everybody(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    web.desk.log_reading(&signed.viewer, id).await?;
    let viewer = signed.viewer.clone();
    let page = web.read(move |read| inquiries::page(read, &viewer, id, Extent::Newest)).await?;
    let others = page.ok_or(Refusal::NotFound)?.writing.others;
    let mut writing = Writing::read(&fields);
    if !writing.cc.contains(&others) {
        let join = if writing.cc.trim().is_empty() { "" } else { ", " };
        writing.cc = format!("{}{join}{others}", writing.cc.trim_end_matches([' ', ',']));
    }
    if writing.text.trim().is_empty() {
        // Without a text there is no draft to keep it in; the page itself does.
        return crate::inquiries::reply::shown(&web, &signed, id, writing).await;
    }
    save(&web, &signed, id, &writing).await?;
    Ok(back(&writing))
}

/// `POST /inquiries/{id}/presence`: she is here; who else is.
pub(crate) async fn presence(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    fields: Fields,
) -> Result<Markup, Refusal> {
    let writing = fields.get("writing") == Some("1");
    web.desk.be_present(&signed.viewer, id, writing).await?;
    let others = web.desk.others_at(&signed.viewer, id).await?;
    Ok(workspace::presence(&signed.scene(&web), id, &others))
}

/// Keeps what the form holds.
pub(crate) async fn save(
    web: &Web,
    signed: &Signed,
    id: InquiryId,
    writing: &Writing,
) -> Result<Saved, Refused> {
    let saving = Saving {
        kind: writing.what.kind(),
        written: writing.written(),
        version: writing.version,
        composer: writing.key.clone(),
        moved_from: writing.moved.map(What::kind),
    };
    web.desk.save_draft(&signed.viewer, id, saving).await
}

fn kept(saved: Saved) -> Kept {
    match saved {
        Saved::Kept { version } => Kept { version, beside: false },
        Saved::Beside { version } => Kept { version, beside: true },
        Saved::Empty => Kept { version: 0, beside: false },
    }
}

/// Whether a script asks, which stays where it is.
pub(crate) fn is_quiet(headers: &HeaderMap) -> bool {
    headers.contains_key("torg-quiet")
}

/// To the page she was on, with what she writes.
pub(crate) fn back(writing: &Writing) -> Response {
    Redirect::to(&with_what(local(&writing.then), writing.what)).into_response()
}

/// `path` with the composer open on `what`.
pub(crate) fn with_what(path: &str, what: What) -> String {
    let join = if path.contains('?') { '&' } else { '?' };
    format!("{path}{join}write={}", what.word())
}

/// Why a file was not taken, with the number that is allowed, or why a letter did not leave.
pub(crate) fn refused_file(scene: &Scene, why: FileRefused) -> String {
    match why {
        FileRefused::TooMany { most } => {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            scene.with("drafts-too-many", [("most", word(most))])
        }
        FileRefused::TooLarge { most } => {
            let most = size(scene.texts, i64::try_from(most).unwrap_or(i64::MAX));
            scene.with("drafts-too-large", [("most", word(most))])
        }
        FileRefused::Gone => scene.say("drafts-file-gone"),
        FileRefused::Unreadable { name } => {
            scene.with("drafts-file-unreadable", [("name", word(name))])
        }
    }
}
