//! The walls around every page, without a database behind them.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::middleware::from_fn;
use axum::routing::get;
use tower::ServiceExt;

use crate::assets;
use crate::guard::{FORM_LIMIT, letter_policy, same_origin, watch};

async fn status(router: Router, request: Request<Body>) -> StatusCode {
    router.oneshot(request).await.unwrap().status()
}

fn small() -> Router {
    Router::new()
        .route("/", get(async || "page").post(async |_: String| "done"))
        .layer(from_fn(same_origin))
        .layer(from_fn(watch))
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let post =
        |site: &str| Request::post("/").header("sec-fetch-site", site).body(Body::empty()).unwrap();
    assert_eq!(status(small(), post("same-origin")).await, StatusCode::OK);
    assert_eq!(status(small(), post("cross-site")).await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_answer_has_a_reference_of_its_own() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let response =
            small().oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
        seen.push(response.headers()["x-torg-reference"].to_str().unwrap().to_owned());
    }
    assert!(seen[0].starts_with("F-") && seen[0].len() == 8, "{seen:?}");
    assert_ne!(seen[0], seen[1]);
}

#[tokio::test]
async fn a_form_beyond_the_limit_is_refused() {
    let router = || small().layer(axum::extract::DefaultBodyLimit::max(FORM_LIMIT));
    let post = |size: usize| Request::post("/").body(Body::from("a".repeat(size))).unwrap();
    assert_eq!(status(router(), post(FORM_LIMIT)).await, StatusCode::OK);
    assert_eq!(status(router(), post(FORM_LIMIT + 1)).await, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn files_may_be_kept_for_good_because_their_names_change() {
    let router = Router::new().route("/assets/{file}", get(assets::show));
    for name in [
        "app.css",
        "app.js",
        "stream.worker.js",
        "icons.svg",
        "mark.svg",
        "inter-latin-wght-normal.woff2",
    ] {
        let address = assets::address(name);
        assert_ne!(address, format!("/assets/{name}"), "{name} has a hash in its name");
        let response = router
            .clone()
            .oneshot(Request::get(&address).body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{address}");
        assert!(response.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    }
    assert_eq!(
        status(router, Request::get("/assets/..%2fbuild.mjs").body(Body::empty()).unwrap()).await,
        StatusCode::NOT_FOUND
    );
}

#[test]
fn a_letter_asks_nobody_for_pictures_until_told_to() {
    assert!(!letter_policy(false).contains("https:"));
    assert!(letter_policy(true).contains("https:"));
    for policy in [letter_policy(false), letter_policy(true)] {
        assert!(
            policy.contains("default-src 'none'")
                && policy.contains("sandbox")
                && !policy.contains("script-src")
        );
    }
}
