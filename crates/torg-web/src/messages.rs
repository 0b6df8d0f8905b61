//! What letters hold: their HTML, their raw bytes, their attachments. None of it may run here.

use axum::extract::{Path, Query, State};
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, PreEscaped, html};
use serde::Deserialize;
use torg_core::{AttachmentId, MessageId};
use torg_desk::{AttachmentFile, Images};

use crate::guard::letter_policy;
use crate::refusal::Refusal;
use crate::signed::{Signed, encode};
use crate::web::Web;
use crate::words::word;
use crate::workspace::is_picture;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    /// `shown` fetches the pictures that lie elsewhere.
    #[serde(default)]
    images: String,
    /// Shown on the page instead of saved.
    #[serde(default)]
    inline: Option<String>,
}

/// `GET /messages/{id}/html`: the letter as its sender formatted it, for the sandboxed frame.
pub(crate) async fn html(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<MessageId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let images = if wanted.images == "shown" { Images::Shown } else { Images::Blocked };
    let letter =
        web.desk.letter_html(&signed.viewer, id, images).await?.ok_or(Refusal::NotFound)?;
    let scene = signed.scene(&web);
    let blocked = i64::try_from(letter.blocked_images).unwrap_or(i64::MAX);
    let page = html! {
        (DOCTYPE)
        html {
            head {
                meta charset="utf-8";
                meta name="referrer" content="no-referrer";
                base target="_blank";
                style { (PreEscaped("body{font:14px/1.5 system-ui,sans-serif;margin:12px;color:#242321;overflow-wrap:anywhere}img{max-width:100%;height:auto}.torg-images{margin:0 0 12px;padding:6px 10px;background:#f6f4f1;border-radius:6px;font-size:12px}")) }
            }
            body {
                @if blocked > 0 { p.torg-images { (scene.with("messages-images-blocked", [("count", word(blocked))])) } }
                // Cleaned by the desk to harmless elements; the policy and the sandbox stand behind that.
                (PreEscaped(with_pictures(&web, &signed, id, letter.html).await?))
            }
        }
    };
    let policy = HeaderValue::from_static(letter_policy(images == Images::Shown));
    Ok(([(CONTENT_SECURITY_POLICY, policy)], page).into_response())
}

/// How many of a letter's own pictures are shown in it, and how large together.
const MOST_PICTURES: usize = 30;
const MOST_PICTURE_BYTES: usize = 8_000_000;

/// The letter with its own pictures put into it. The sandboxed frame has no origin, so browsers
/// send no cookie for what it asks for: a picture behind `/attachments/` would be refused.
async fn with_pictures(
    web: &Web,
    signed: &Signed,
    letter: MessageId,
    mut html: String,
) -> Result<String, Refusal> {
    let wanted = pictures(&html);
    if wanted.is_empty() {
        return Ok(html);
    }
    let mut left = MOST_PICTURE_BYTES;
    for (id, file) in web.desk.letter_files(&signed.viewer, letter, wanted).await? {
        if !is_picture(&file.content_type) || file.bytes.len() > left {
            continue;
        }
        left -= file.bytes.len();
        let data = data_encoding::BASE64.encode(&file.bytes);
        html = html.replace(
            &format!("\"/attachments/{id}\""),
            &format!("\"data:{};base64,{data}\"", file.content_type),
        );
    }
    Ok(html)
}

/// The attachments a letter shows in its text.
fn pictures(html: &str) -> Vec<AttachmentId> {
    let parts = html.split("\"/attachments/").skip(1);
    let ids = parts.filter_map(|rest| rest.split('"').next()?.parse().ok());
    let mut ids: Vec<AttachmentId> = ids.take(MOST_PICTURES).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// `GET /messages/{id}/raw`: the letter as it came, as plain text.
pub(crate) async fn raw(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<MessageId>,
) -> Result<Response, Refusal> {
    let bytes = web.desk.raw_message(&signed.viewer, id).await?.ok_or(Refusal::NotFound)?;
    Ok(plain(&bytes))
}

/// Bytes as plain text that no browser takes for anything else.
pub(crate) fn plain(bytes: &[u8]) -> Response {
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    let policy = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");
    let headers = [(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, policy)];
    (headers, String::from_utf8_lossy(bytes).into_owned()).into_response()
}

/// `GET /attachments/{id}`: to be saved; only plain pictures are also shown.
pub(crate) async fn attachment(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<AttachmentId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let file = web.desk.attachment(&signed.viewer, id).await?.ok_or(Refusal::NotFound)?;
    download(file, wanted.inline.is_some())
}

/// A file to be saved; a plain picture is shown if that is `wanted`.
pub(crate) fn download(file: AttachmentFile, wanted: bool) -> Result<Response, Refusal> {
    let shown = is_picture(&file.content_type);
    let kind = if shown { file.content_type.as_str() } else { "application/octet-stream" };
    // In a letter a picture is asked for without `inline`; it is shown because it is one.
    let how = if shown && wanted { "inline" } else { "attachment" };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_str(kind)),
        (CONTENT_DISPOSITION, HeaderValue::from_str(&disposition(how, &file.name))),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_str("default-src 'none'; sandbox")),
        (HeaderName::from_static("x-content-type-options"), HeaderValue::from_str("nosniff")),
        (CACHE_CONTROL, HeaderValue::from_str("private, max-age=3600")),
    ];
    let mut response = file.bytes.into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, value.map_err(|_| Refusal::OurFault)?);
    }
    Ok(response)
}

/// `Content-Disposition` with the name twice (RFC 6266, 4.3): plain for old readers, and RFC 5987.
fn disposition(how: &str, name: &str) -> String {
    let keep =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | ' ');
    let plain: String =
        name.chars().map(|letter| if keep(letter) { letter } else { '_' }).collect();
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", encode(name).replace('/', "%2F"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_break_out_of_its_header() {
        assert_eq!(
            disposition("attachment", "kart \"åø\"\r\n.pdf"),
            "attachment; filename=\"kart ______.pdf\"; filename*=UTF-8''kart%20%22%C3%A5%C3%B8%22%0D%0A.pdf"
        );
    }

    #[test]
    fn the_pictures_of_a_letter_are_found_once_each() {
        use torg_core::Id;
        let html =
            r#"<img src="/attachments/7"><img src="/attachments/x"><img src="/attachments/7">"#;
        assert_eq!(pictures(html), [AttachmentId::from_i64(7)]);
    }

    #[test]
    fn a_drawing_that_can_hold_a_script_is_no_picture() {
        assert!(is_picture("image/png"));
        assert!(!is_picture("image/svg+xml"));
        assert!(!is_picture("text/html"));
    }
}
