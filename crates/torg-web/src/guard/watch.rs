//! A reference for every request, and one line in the log: never names, addresses or text.

use std::any::Any;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{MatchedPath, Request};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::{Instrument, error, info, info_span};

use crate::refusal::Refusal;

/// What a person quotes so that we find the line in the log, such as `F-7K2QMD`.
#[derive(Debug, Clone)]
pub(crate) struct Reference(pub(crate) String);

impl Reference {
    /// Unguessable enough not to be confused with another; it opens nothing.
    fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        let mut hasher = SEED.build_hasher();
        hasher.write_u64(NEXT.fetch_add(1, Ordering::Relaxed));
        let text = data_encoding::BASE32_NOPAD.encode(&hasher.finish().to_be_bytes());
        Self(format!("F-{}", text.chars().take(6).collect::<String>()))
    }
}

/// Gives the request its reference and writes how it went.
pub(crate) async fn watch(mut request: Request, next: Next) -> Response {
    let reference = Reference::new();
    let method = request.method().clone();
    // The pattern, not the path: a path of the demo holds an address.
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    request.extensions_mut().insert(reference.clone());
    let span = info_span!("request", reference = %reference.0);
    let mut response = next.run(request).instrument(span).await;
    let (status, path) = (response.status().as_u16(), path.unwrap_or_default());
    metrics::counter!("torg_http_requests_total", "status" => status.to_string()).increment(1);
    info!(reference = %reference.0, %method, path, status, "{method} {path} was answered with {status}");
    if let Ok(value) = HeaderValue::from_str(&reference.0) {
        response.headers_mut().insert("x-torg-reference", value);
    }
    response
}

/// Answers for a handler that panicked. What it said goes to the log by the panic hook.
pub(crate) fn fallen(_: Box<dyn Any + Send + 'static>) -> Response {
    error!("A page could not be made: its handler panicked");
    Refusal::OurFault.into_response()
}
