//! The style sheet, scripts, fonts and icons, embedded under names that hold their content's hash.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
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

/// `GET /assets/{file}`. A name never gets other content, so browsers may keep it for good. Whoever
/// reads brotli gets what the build made small; for others it is done on the way.
pub(crate) async fn show(
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let found = Files::get(&file).ok_or(Refusal::NotFound)?;
    let kind = found.metadata.mimetype().to_owned();
    let lasting = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (VARY, "Accept-Encoding".to_owned()),
    ];
    match Files::get(&format!("{file}.br")).filter(|_| reads_brotli(&headers)) {
        Some(small) => Ok((lasting, [(CONTENT_ENCODING, "br")], small.data).into_response()),
        None => Ok((lasting, found.data).into_response()),
    }
}

/// Whether `br` stands among the accepted encodings, and not as refused (RFC 9110, 12.5.3).
fn reads_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, "q=1"));
        name.trim().eq_ignore_ascii_case("br") && !matches!(weight.trim(), "q=0" | "q=0.0")
    })
}

/// Whether an icon stands in the file of all of them.
#[cfg(test)]
pub(crate) fn has_icon(name: &str) -> bool {
    let file = MANIFEST.get("icons.svg").and_then(|file| Files::get(file)).unwrap();
    std::str::from_utf8(&file.data).unwrap().contains(&format!("id=\"{name}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_icon_of_the_tab_is_kept_for_good() {
        let name = address("mark.svg").trim_start_matches("/assets/").to_owned();
        assert!(name.len() > "mark-.svg".len(), "{name} holds what its content is");
        let given = show(Path(name), HeaderMap::new()).await.unwrap();
        let kept = given.headers().get(CACHE_CONTROL).and_then(|value| value.to_str().ok());
        assert_eq!(kept, Some("public, max-age=31536000, immutable"));
    }

    #[tokio::test]
    async fn whoever_reads_brotli_gets_the_small_file_and_others_the_plain_one() {
        let name = address("app.css").trim_start_matches("/assets/").to_owned();
        let asked = async |accepted: &'static str| {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, accepted.parse().unwrap())]);
            let given = show(Path(name.clone()), headers).await.unwrap();
            let encoding = given.headers().get(CONTENT_ENCODING).cloned();
            let body = axum::body::to_bytes(given.into_body(), usize::MAX).await.unwrap();
            (encoding.is_some(), body.len())
        };
        let (is_small, small) = asked("gzip, deflate, br, zstd").await;
        let (is_plain, plain) = asked("gzip, br;q=0").await;
        assert!(is_small && !is_plain && small * 3 < plain, "{small} of {plain} bytes");
    }
}
