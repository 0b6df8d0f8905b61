//! Who calls: a visitor, or somebody signed in. No handler gets a viewer in any other way.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use torg_core::{Language, SessionId, Viewer};
use torg_desk::Session;
use torg_store::StoreError;

use crate::guard::cookies::Cookie;
use crate::refusal::Refusal;
use crate::routes::Access;
use crate::web::Web;
use crate::words::Scene;
use crate::workspace::shown_list;

/// Somebody signed in. Her handler's route stands in the table as for staff.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) session: SessionId,
    pub(crate) viewer: Viewer,
    pub(crate) language: Language,
    pub(crate) theme: String,
    /// How many notices she has not seen.
    pub(crate) unseen: i64,
    /// She has not put the guide away yet.
    pub(crate) is_new: bool,
    /// The list that her page shows already, as its script says (`workspace/part.rs`).
    pub(crate) list: Option<String>,
}

impl Signed {
    pub(crate) fn scene(&self, web: &Web) -> Scene {
        let viewer = Some(self.viewer.clone());
        let scene = Scene::new(&web.desk, self.language, &self.theme, viewer);
        Scene { is_new: self.is_new, unseen: self.unseen, ..scene }
    }
}

impl From<Session> for Signed {
    fn from(session: Session) -> Self {
        let Session { id, viewer, language, theme, is_new, unseen, .. } = session;
        Self { session: id, viewer, language, theme, is_new, unseen, list: None }
    }
}

/// Whoever calls, signed in or not.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) signed: Option<Signed>,
    pub(crate) language: Language,
}

impl Visitor {
    /// Finds the session of the cookie; without one, the language of cookie, browser or municipality.
    pub(crate) async fn recognise(web: &Web, headers: &HeaderMap) -> Result<Self, StoreError> {
        let session = match Cookie::Session.read(&web.settings, headers) {
            Some(token) => web.desk.viewer_of(&token).await?,
            None => None,
        };
        let signed = session.map(Signed::from);
        let language = signed.as_ref().map(|signed| signed.language);
        let language = language.unwrap_or_else(|| language_of(web, headers));
        Ok(Self { signed, language })
    }

    pub(crate) fn scene(&self, web: &Web) -> Scene {
        match &self.signed {
            Some(signed) => signed.scene(web),
            None => Scene::new(&web.desk, self.language, "auto", None),
        }
    }
}

fn language_of(web: &Web, headers: &HeaderMap) -> Language {
    let chosen = Cookie::Language.read(&web.settings, headers).and_then(|tag| tag.parse().ok());
    let accepted =
        headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(preferred);
    chosen.or(accepted).unwrap_or(web.desk.about().language)
}

/// The first language of `Accept-Language` that we speak, by the browser's own weights.
pub(crate) fn preferred(accepted: &str) -> Option<Language> {
    let mut ranges: Vec<(f32, &str)> = accepted.split(',').map(weighted).collect();
    ranges.sort_by(|one, other| other.0.total_cmp(&one.0));
    ranges.into_iter().filter(|(weight, _)| *weight > 0.0).find_map(|(_, tag)| tag.parse().ok())
}

fn weighted(range: &str) -> (f32, &str) {
    let (tag, rest) = range.split_once(';').unwrap_or((range, ""));
    let weight = rest.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok());
    (weight.unwrap_or(1.0), tag.trim())
}

/// Lets in whom the route table says. Everybody else signs in first, and comes back to the page she wanted.
pub(crate) async fn admit(
    State((web, access)): State<(Web, Access)>,
    mut request: Request,
    next: Next,
) -> Response {
    if access == Access::Everyone {
        return next.run(request).await;
    }
    if access == Access::Demo {
        return if web.desk.about().demo {
            next.run(request).await
        } else {
            Refusal::NotFound.into_response()
        };
    }
    let visitor = match Visitor::recognise(&web, request.headers()).await {
        Ok(visitor) => visitor,
        Err(error) => return Refusal::from(error).into_response(),
    };
    match visitor.signed {
        None => crate::sign_in::asked_for(&web, visitor.language, request).await,
        Some(signed) if access.least_role().is_some_and(|least| signed.viewer.role < least) => {
            match access {
                Access::Administrator => Refusal::ForAdministrators.into_response(),
                _ => Refusal::ForLeads.into_response(),
            }
        }
        Some(signed) => {
            let list = shown_list(request.headers());
            request.extensions_mut().insert(Signed { list, ..signed });
            next.run(request).await
        }
    }
}

/// Where somebody who is not signed in goes: by a redirect, or, for a script, by its header.
pub(crate) fn to_sign_in(method: &Method, path: &str, headers: &HeaderMap) -> Response {
    let is_script = headers.contains_key("hx-request");
    let current =
        headers.get("hx-current-url").and_then(|url| url.to_str().ok()).and_then(local_path);
    // A link that was followed names the page she wanted; a form or a fragment was sent from one.
    let is_link = *method == Method::GET && (!is_script || headers.contains_key("hx-boosted"));
    let wanted = if is_link { path } else { current.unwrap_or("/") };
    let address = format!("/sign-in?next={}", encode(wanted));
    let name = if is_script { "hx-redirect" } else { LOCATION.as_str() };
    let status = if is_script { StatusCode::UNAUTHORIZED } else { StatusCode::SEE_OTHER };
    let value = HeaderValue::from_str(&address).unwrap_or(HeaderValue::from_static("/sign-in"));
    (status, [(name, value)]).into_response()
}

/// The page a form was sent from, as the browser or its script says.
pub(crate) fn current_path(headers: &HeaderMap) -> Option<&str> {
    let said = headers.get("hx-current-url").or_else(|| headers.get("referer"));
    said.and_then(|url| url.to_str().ok()).and_then(local_path)
}

/// The path of an absolute address.
fn local_path(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.find('/').and_then(|slash| rest.get(slash..))
}

/// Percent-encodes what may not stand in a query (RFC 3986, 3.4).
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

impl FromRequestParts<Web> for Signed {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Refusal> {
        // Only `admit` puts it there; a route that is not for staff has none.
        parts.extensions.get::<Self>().cloned().ok_or(Refusal::NotAllowed)
    }
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        Ok(Self::recognise(web, &parts.headers).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_language_that_we_speak_wins() {
        assert_eq!(preferred("fi, nn;q=0.8, sv;q=0.9"), Some(Language::Sv));
        assert_eq!(preferred("de-DE,de;q=0.9"), None);
        assert_eq!(preferred("da;q=0, en"), Some(Language::En));
        assert_eq!(preferred(";;;,,=q"), None);
    }

    #[test]
    fn the_page_she_wanted_is_carried_to_the_sign_in() {
        let to = to_sign_in(&Method::GET, "/folders/mine?after=1&x=\"", &HeaderMap::new());
        assert_eq!(to.status(), StatusCode::SEE_OTHER);
        assert_eq!(to.headers()[LOCATION], "/sign-in?next=/folders/mine%3Fafter%3D1%26x%3D%22");
    }

    #[test]
    fn a_script_is_told_by_a_header_and_comes_back_to_its_page() {
        let headers = HeaderMap::from_iter([
            ("hx-request".parse().unwrap(), "true".parse().unwrap()),
            (
                "hx-current-url".parse().unwrap(),
                "https://torg.example/folders/all".parse().unwrap(),
            ),
        ]);
        let to = to_sign_in(&Method::POST, "/inquiries/7/claim", &headers);
        assert_eq!(
            (to.status(), &to.headers()["hx-redirect"]),
            (StatusCode::UNAUTHORIZED, &HeaderValue::from_static("/sign-in?next=/folders/all"))
        );
    }
}
