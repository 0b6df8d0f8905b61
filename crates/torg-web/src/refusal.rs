//! When a page cannot be given: status, sentence and page. The only place that chooses them.

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_desk::{ChangeRefused, Refused};
use torg_store::StoreError;
use tracing::error;

use crate::guard::Reference;
use crate::page::{alone, icon};
use crate::signed::Visitor;
use crate::web::Web;
use crate::words::{Scene, word};

/// Why there is no such page for this person now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    NotFound,
    NotAllowed,
    ForLeads,
    ForAdministrators,
    /// The form was not one of ours.
    BadForm,
    TooBig,
    OtherSite,
    TooManyStreams,
    TookTooLong,
    /// The database does not answer, or is full.
    Unavailable,
    OurFault,
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAllowed | Self::ForLeads | Self::ForAdministrators | Self::OtherSite => {
                StatusCode::FORBIDDEN
            }
            Self::BadForm => StatusCode::BAD_REQUEST,
            Self::TooBig => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooManyStreams | Self::Unavailable | Self::TookTooLong => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::OurFault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What an answer without a page of ours must have meant.
    fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Self::NotFound,
            StatusCode::FORBIDDEN => Self::NotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooBig,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            _ if status.is_server_error() => Self::OurFault,
            _ => Self::BadForm,
        }
    }

    /// Title and sentence.
    fn words(self, scene: &Scene) -> (String, String) {
        let (title, text) = match self {
            Self::NotFound => ("refusals-not-found", "refusals-not-found-text"),
            Self::NotAllowed => ("refusals-not-allowed", "refusals-not-allowed-text"),
            Self::ForLeads => ("refusals-not-allowed", "refusals-for-leads"),
            Self::ForAdministrators => ("refusals-not-allowed", "refusals-for-administrators"),
            Self::BadForm => ("refusals-bad-form", "refusals-bad-form-text"),
            Self::TooBig => ("refusals-too-big", "refusals-too-big-text"),
            Self::OtherSite => ("refusals-other-site", "refusals-other-site-text"),
            Self::TooManyStreams | Self::TookTooLong | Self::Unavailable => {
                ("refusals-unavailable", "refusals-unavailable-text")
            }
            Self::OurFault => ("refusals-our-fault", "refusals-our-fault-text"),
        };
        (scene.say(title), scene.say(text))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        error!("A page could not be made: {error}");
        match error {
            StoreError::Unavailable(_) | StoreError::Full => Self::Unavailable,
            _ => Self::OurFault,
        }
    }
}

/// For changes of settings whose page has no sentence of its own for it.
impl From<ChangeRefused> for Refusal {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::NotAllowed => Self::ForAdministrators,
            ChangeRefused::NotFound => Self::NotFound,
            ChangeRefused::Store(error) => error.into(),
            _ => Self::BadForm,
        }
    }
}

/// For verbs whose only refusals are that it is not there, or not theirs.
impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::NotFound,
            Refused::NotAllowed => Self::NotAllowed,
            Refused::TooLong { .. } => Self::TooBig,
            Refused::Store(error) => error.into(),
            _ => Self::BadForm,
        }
    }
}

/// Turns every refusal, and every bare error of the router, into a page in the caller's language.
pub(crate) async fn explain(State(web): State<Web>, request: Request, next: Next) -> Response {
    let reference = request.extensions().get::<Reference>().cloned();
    let headers = request.headers().clone();
    let response = next.run(request).await;
    if !response.status().is_client_error() && !response.status().is_server_error()
        || has_page(&response)
    {
        return response;
    }
    let refusal = response.extensions().get::<Refusal>().copied();
    let refusal = refusal.unwrap_or_else(|| Refusal::from_status(response.status()));
    let scene = scene_of(&web, &headers).await;
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_TYPE);
    parts.headers.remove("content-length");
    (parts.status, parts.headers, page(&scene, refusal, reference.as_ref())).into_response()
}

fn has_page(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    // A redirect to the sign-in for scripts has no body and needs none.
    kind.is_some_and(|kind| kind.starts_with("text/html"))
        || response.headers().contains_key("hx-redirect")
}

/// Even a refusal speaks the caller's language; if the database is the trouble, the municipality's.
async fn scene_of(web: &Web, headers: &HeaderMap) -> Scene {
    match Visitor::recognise(web, headers).await {
        Ok(visitor) => visitor.scene(web),
        Err(_) => Scene::new(&web.desk, web.desk.about().language, "auto", None),
    }
}

/// The page of a refusal.
pub(crate) fn page(scene: &Scene, refusal: Refusal, reference: Option<&Reference>) -> Markup {
    let (title, text) = refusal.words(scene);
    alone(
        scene,
        &title,
        html! {
            section.panel {
                h1 { (title) }
                p { (text) }
                @if let Some(Reference(reference)) = reference.filter(|_| refusal.status().is_server_error()) {
                    p.subtle { (scene.with("refusals-reference", [("reference", word(reference.as_str()))])) }
                }
                p.row { a.btn href="/" { (icon("inbox")) (scene.say("refusals-home")) } }
            }
        },
    )
}
