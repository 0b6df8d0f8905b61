//! Nothing is changed from another site.
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site` (W3C Fetch Metadata) and `Origin`.
//! What is not a browser sends neither and has no cookies to abuse. `SameSite=Lax` is the second wall.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::refusal::Refusal;

/// Refuses what would change something and does not come from our own pages.
pub(crate) async fn same_origin(request: Request, next: Next) -> Response {
    if is_ours(request.method(), request.headers()) {
        next.run(request).await
    } else {
        Refusal::OtherSite.into_response()
    }
}

fn is_ours(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some("same-origin" | "none"), _) => true,
        (Some(_), _) => false,
        (None, None) => true,
        (None, Some(origin)) => is_host(origin, header("host")),
    }
}

/// Whether `origin` names the host the request was sent to. `null` names none.
fn is_host(origin: &str, host: Option<&str>) -> bool {
    let origin: Option<Uri> = origin.parse().ok();
    let authority =
        origin.as_ref().and_then(|uri| uri.authority()).map(|authority| authority.as_str());
    authority.is_some() && authority == host
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(lines: &[(&'static str, &str)]) -> bool {
        let headers =
            lines.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        is_ours(&Method::POST, &headers.collect())
    }

    #[test]
    fn our_own_forms_are_let_in() {
        assert!(posted(&[("sec-fetch-site", "same-origin"), ("origin", "http://torg.example")]));
        assert!(posted(&[("origin", "http://torg.example:8080"), ("host", "torg.example:8080")]));
        assert!(posted(&[]));
    }

    #[test]
    fn a_form_on_another_site_is_refused() {
        assert!(!posted(&[("sec-fetch-site", "cross-site")]));
        assert!(!posted(&[("sec-fetch-site", "same-site")]));
        assert!(!posted(&[("origin", "http://evil.example"), ("host", "torg.example")]));
        assert!(!posted(&[("origin", "null"), ("host", "torg.example")]));
    }

    #[test]
    fn reading_is_free() {
        let cross = HeaderMap::from_iter([(
            "sec-fetch-site".parse().unwrap(),
            "cross-site".parse().unwrap(),
        )]);
        assert!(is_ours(&Method::GET, &cross));
    }
}
