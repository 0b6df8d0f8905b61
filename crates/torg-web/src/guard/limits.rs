//! How much and how long: nobody may fill the memory or hold a worker for ever.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};

use crate::refusal::Refusal;
use crate::web::Web;

/// The most bytes a form may have.
pub(crate) const FORM_LIMIT: usize = 1_000_000;

/// How long a page may take to begin. A live stream begins at once and then lasts.
const PATIENCE: Duration = Duration::from_secs(30);

/// Puts the limits around `router`.
pub(crate) fn limit(router: Router<Web>) -> Router<Web> {
    router.layer(DefaultBodyLimit::max(FORM_LIMIT)).layer(from_fn(in_time))
}

async fn in_time(request: Request, next: Next) -> Response {
    // Files come as slowly as the line is.
    let path = request.uri().path();
    let is_upload = path.ends_with("/drafts/files") || path.contains("/drafts/uploads/");
    let patience = if is_upload { PATIENCE * 20 } else { PATIENCE };
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::TookTooLong.into_response(),
    }
}
