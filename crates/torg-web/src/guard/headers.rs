//! What every answer tells the browser it must not do.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;

use crate::web::Web;

/// Our pages run our own script and show our own files, and nothing else.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; frame-src 'self'; worker-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// A citizen's letter may colour itself and show pictures, and nothing else: no script, no form,
/// no request to anywhere unless its pictures were asked for. Only our own page may frame it.
pub(crate) fn letter_policy(remote_images: bool) -> &'static str {
    if remote_images {
        "default-src 'none'; img-src data: https:; style-src 'unsafe-inline'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
    } else {
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
    }
}

/// Sets the headers, except where the handler chose its own.
pub(crate) async fn protect(State(web): State<Web>, request: Request, next: Next) -> Response {
    let mut response = forbid(request, next).await;
    let headers = response.headers_mut();
    if web.settings.secure_cookies {
        set(headers, STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// What every page forbids.
pub(crate) async fn forbid(request: Request, next: Next) -> Response {
    let is_form = request.method() == Method::POST;
    let mut response = next.run(request).await;
    let is_refused = is_form && response.status().is_client_error();
    let headers = response.headers_mut();
    if is_refused {
        // The page stays at the address where the form stood, which can be loaded again.
        set(headers, HeaderName::from_static("hx-replace-url"), "false");
    }
    set(headers, CONTENT_SECURITY_POLICY, PAGE_POLICY);
    set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, REFERRER_POLICY, "same-origin");
    set(headers, CACHE_CONTROL, "no-store");
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
