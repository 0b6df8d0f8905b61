//! For those who run the house: is it alive, and how does it do.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Extensions, HeaderMap};
use axum::response::{IntoResponse, Response};

use crate::guard::address::peer;
use crate::refusal::Refusal;
use crate::web::Web;

/// `GET /health`: 200 as soon as pages are served.
pub(crate) async fn health() -> &'static str {
    "ok\n"
}

/// `GET /metrics` in Prometheus text. Only for callers on this machine itself, not through a proxy.
pub(crate) async fn metrics(
    State(web): State<Web>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Result<Response, Refusal> {
    let figures = web.settings.metrics.as_ref().ok_or(Refusal::NotFound)?;
    if !peer(&extensions).is_loopback() || headers.contains_key("x-forwarded-for") {
        return Err(Refusal::NotFound);
    }
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4")], figures()).into_response())
}
