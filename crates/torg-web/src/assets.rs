//! The style sheet, scripts, fonts and icons, embedded under names that hold their content's hash.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::refusal::Refusal;

#[derive(RustEmbed)]
#[folder = "assets/dist"]
struct Files;

/// The served name of each file by its plain name; `build.mjs` writes it.
static MANIFEST: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let file = Files::get("manifest.json");
    file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
});

/// The address of the file `name`, such as `app.css`.
pub(crate) fn address(name: &str) -> String {
    format!("/assets/{}", MANIFEST.get(name).map_or(name, String::as_str))
}

/// `GET /assets/{file}`. A name never gets other content, so browsers may keep it for good.
pub(crate) async fn show(Path(file): Path<String>) -> Result<Response, Refusal> {
    let found = Files::get(&file).ok_or(Refusal::NotFound)?;
    let kind = found.metadata.mimetype().to_owned();
    let headers =
        [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned())];
    Ok((headers, found.data).into_response())
}
