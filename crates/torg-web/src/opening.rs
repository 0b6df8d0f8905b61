//! The page that is there while Torg is opening: what happens, how far it has come, and back to the
//! real page by itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::State;
use axum::http::header::{ACCEPT_LANGUAGE, CONNECTION, HeaderName, REFRESH, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use torg_core::Language;

use crate::assets;
use crate::guard::forbid;
use crate::page::alone;
use crate::signed::preferred;
use crate::words::{Scene, Texts, Times, word};

/// How far the opening has come. Clones are the same one.
#[derive(Debug, Clone)]
pub struct Opening {
    town: String,
    language: Language,
    done: Arc<AtomicUsize>,
    total: usize,
}

impl Opening {
    /// The opening of the demo of `town` in `total` steps; `language` for those who ask for none of
    /// ours.
    pub fn new(town: String, language: Language, total: usize) -> Self {
        Self { town, language, done: Arc::default(), total }
    }

    /// One step more is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// How many of a hundred parts are done.
    fn percent(&self) -> usize {
        let done = self.done.load(Ordering::Relaxed).min(self.total);
        done * 100 / self.total.max(1)
    }
}

/// The page at every address, and what it needs; `/health` says that nothing is served yet.
pub fn opening_router(opening: Opening) -> Router {
    Router::new()
        .route("/assets/{file}", get(assets::show))
        .route("/health", get(async || (StatusCode::SERVICE_UNAVAILABLE, "opening\n")))
        .fallback(show)
        .layer(from_fn(forbid))
        .with_state(opening)
}

async fn show(State(opening): State<Opening>, headers: HeaderMap) -> Response {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = asked.and_then(preferred).unwrap_or(opening.language);
    let again = [
        (REFRESH, HeaderValue::from_static("1")),
        (RETRY_AFTER, HeaderValue::from_static("5")),
        (HeaderName::from_static("vary"), HeaderValue::from_static("accept-language")),
        // The next answer may be given by the house itself.
        (CONNECTION, HeaderValue::from_static("close")),
    ];
    (StatusCode::SERVICE_UNAVAILABLE, again, page(&opening, language)).into_response()
}

fn page(opening: &Opening, language: Language) -> Markup {
    let texts = Texts { language };
    let scene = Scene {
        town: opening.town.clone(),
        demo: true,
        texts,
        times: Times { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC, texts },
        theme: "auto".into(),
        viewer: None,
        unseen: 0,
        sheet: None,
        logo: None,
        has_privacy_note: false,
        is_new: false,
    };
    let percent = opening.percent();
    let shown = i64::try_from(percent).unwrap_or(100);
    alone(
        &scene,
        &scene.with("opening-title", [("town", word(opening.town.as_str()))]),
        html! {
            section.panel {
                h1 { (scene.with("opening-title", [("town", word(opening.town.as_str()))])) }
                p { (scene.say("opening-text")) }
                progress.opening max="100" value=(percent) aria-label=(scene.say("opening-progress")) {}
                p.subtle { (scene.with("opening-done", [("percent", word(shown))])) }
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_tells_in_each_language_how_far_it_is() {
        let opening = Opening::new("Fjordby".into(), Language::Nb, 200);
        (0..50).for_each(|_| opening.step());
        for language in Language::ALL {
            let page = page(&opening, language).into_string();
            assert!(page.contains("value=\"25\"") && page.contains("25"), "{page}");
            assert!(page.contains(&format!("lang=\"{}\"", language.tag())));
        }
        (0..500).for_each(|_| opening.step());
        assert_eq!(opening.percent(), 100);
    }
}
