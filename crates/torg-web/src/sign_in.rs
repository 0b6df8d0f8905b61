//! Signing in and out. A text somebody was writing when her session ended is carried along.

use axum::Form;
use axum::body::to_bytes;
use axum::extract::{FromRequestParts, Query, Request, State};
use axum::http::header::{LOCATION, SET_COOKIE, USER_AGENT};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::{InquiryId, Language};
use torg_desk::{SignIn, SignInRefused};

use crate::drafts::Fields;
use crate::guard::FORM_LIMIT;
use crate::guard::address::caller;
use crate::guard::cookies::Cookie;
use crate::page::{Tone, alone, avatar, icon, notice};
use crate::refusal::Refusal;
use crate::signed::{Signed, Visitor, to_sign_in};
use crate::web::{DemoLogin, Web};
use crate::words::{Scene, word};
use crate::workspace::{self, What, Writing};

/// What the page is asked with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    /// The page to go to afterwards.
    #[serde(default)]
    next: String,
    language: Option<Language>,
}

/// What somebody was writing, for which inquiry.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Kept {
    #[serde(default)]
    kept: String,
    kept_for: Option<InquiryId>,
    #[serde(default)]
    kept_what: What,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    kept: String,
    #[serde(default)]
    kept_for: String,
    #[serde(default)]
    kept_what: What,
    /// What she chose on the page; empty for nothing.
    #[serde(default)]
    language: String,
}

/// What the sign-in page goes on with.
#[derive(Debug, Clone, Default)]
struct Going<'a> {
    /// The page to go to afterwards.
    next: &'a str,
    email: &'a str,
    kept: Kept,
    /// The language she chose here, which her pages are in afterwards.
    chosen: Option<Language>,
    /// Why she was not let in.
    trouble: Option<String>,
}

/// `GET /sign-in`
pub(crate) async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Response {
    let Some(language) = wanted.language else {
        return match visitor.signed {
            Some(_) => Redirect::to(local(&wanted.next)).into_response(),
            None => {
                let going = Going { next: &wanted.next, ..Going::default() };
                page(&visitor.scene(&web), &web.settings.demo_logins, &going).into_response()
            }
        };
    };
    let scene = Visitor { signed: None, language }.scene(&web);
    let cookie = Cookie::Language.set(&web.settings, language.tag(), Some(31_536_000));
    let going = Going { next: &wanted.next, chosen: Some(language), ..Going::default() };
    ([(SET_COOKIE, cookie)], page(&scene, &web.settings.demo_logins, &going)).into_response()
}

/// `POST /sign-in`
pub(crate) async fn create(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    extensions: Extensions,
    Form(form): Form<Credentials>,
) -> Result<Response, Refusal> {
    let device =
        headers.get(USER_AGENT).and_then(|device| device.to_str().ok()).unwrap_or_default();
    let sign_in = SignIn {
        email: form.email.trim().to_owned(),
        password: form.password,
        device: device.chars().take(300).collect(),
        address: caller(&web.settings.trusted_proxies, &headers, &extensions),
    };
    let chosen = form.language.parse().ok();
    let kept =
        Kept { kept: form.kept, kept_for: form.kept_for.parse().ok(), kept_what: form.kept_what };
    match web.desk.sign_in(sign_in).await {
        Ok(signed_in) => {
            let cookie = Cookie::Session.set(&web.settings, &signed_in.token, None);
            if let Some(language) = chosen {
                web.desk.suppose_language(&signed_in.viewer, language).await?;
            }
            let mut response = welcome(&web, &signed_in.token, &form.next, kept).await?;
            response.headers_mut().append(SET_COOKIE, cookie);
            Ok(response)
        }
        Err(refused) => {
            let scene = visitor.scene(&web);
            let (status, sentence) = told(&scene, refused)?;
            let (next, email, trouble) = (form.next.as_str(), form.email.as_str(), Some(sentence));
            let going = Going { next, email, kept, chosen, trouble };
            Ok((status, page(&scene, &web.settings.demo_logins, &going)).into_response())
        }
    }
}

/// `POST /sign-out`
pub(crate) async fn destroy(
    State(web): State<Web>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if let Some(token) = Cookie::Session.read(&web.settings, &headers) {
        web.desk.sign_out(&token).await?;
    }
    let cookie = Cookie::Session.clear(&web.settings);
    let headers = [
        (LOCATION, HeaderValue::from_static("/sign-in")),
        (SET_COOKIE, cookie),
        // Half-written texts must not wait for the next person at this machine.
        (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"storage\"")),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// Asks somebody to sign in. If she was sending a text, the page carries it.
pub(crate) async fn asked_for(web: &Web, language: Language, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let is_text = parts.method == Method::POST
        && ["/reply", "/note", "/forwarding"].iter().any(|end| path.ends_with(end));
    if !is_text || parts.headers.contains_key("hx-request") {
        return to_sign_in(&parts.method, &path, &parts.headers);
    }
    let Ok(axum::extract::Path(id)) =
        axum::extract::Path::<InquiryId>::from_request_parts(&mut parts, web).await
    else {
        return to_sign_in(&parts.method, &path, &parts.headers);
    };
    let Ok(bytes) = to_bytes(body, FORM_LIMIT).await else {
        return Refusal::TooBig.into_response();
    };
    let writing = Writing::read(&Fields::read(&bytes));
    let (text, what) = match path.ends_with("/note") {
        true => (writing.text, What::Note),
        false => (writing.text, writing.what),
    };
    let kept = Kept { kept: text, kept_for: Some(id), kept_what: what };
    let scene = Visitor { signed: None, language }.scene(web);
    let next = format!("/folders/all/inquiries/{id}");
    let trouble = Some(scene.say("sign-in-ended"));
    let going = Going { next: &next, kept, trouble, ..Going::default() };
    (StatusCode::UNAUTHORIZED, page(&scene, &web.settings.demo_logins, &going)).into_response()
}

/// Where she goes now: the page she wanted, or straight to the text she was writing.
async fn welcome(web: &Web, token: &str, next: &str, kept: Kept) -> Result<Response, Refusal> {
    if let (Some(id), false) = (kept.kept_for, kept.kept.is_empty()) {
        let session = web.desk.viewer_of(token).await?.ok_or(Refusal::NotAllowed)?;
        let signed = Signed::from(session);
        return workspace::with_kept_text(web, &signed, id, kept.kept, kept.kept_what).await;
    }
    Ok(Redirect::to(local(next)).into_response())
}

fn told(scene: &Scene, refused: SignInRefused) -> Result<(StatusCode, String), Refusal> {
    Ok(match refused {
        SignInRefused::Wrong => (StatusCode::UNAUTHORIZED, scene.say("sign-in-wrong")),
        SignInRefused::TooMany { wait_seconds } => {
            let minutes = i64::try_from(wait_seconds.div_ceil(60)).unwrap_or(60);
            (
                StatusCode::TOO_MANY_REQUESTS,
                scene.with("sign-in-too-many", [("minutes", word(minutes))]),
            )
        }
        SignInRefused::Busy => (StatusCode::SERVICE_UNAVAILABLE, scene.say("sign-in-busy")),
        SignInRefused::Store(error) => return Err(error.into()),
    })
}

/// `next` if it is a path of ours, else the start. Browsers read `//x` and `/\x` as another site.
pub(crate) fn local(next: &str) -> &str {
    let is_ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next
            .contains(|letter: char| letter == '\\' || letter.is_control() || !letter.is_ascii());
    if is_ours { next } else { "/" }
}

fn page(scene: &Scene, logins: &[DemoLogin], going: &Going<'_>) -> Markup {
    let is_kept = !going.kept.kept.is_empty();
    alone(
        scene,
        &scene.say("sign-in-title"),
        html! {
            section.panel {
                h1 { (scene.say("sign-in-title")) }
                form.form method="post" action="/sign-in" {
                    @if let Some(trouble) = &going.trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
                    @if is_kept { (notice(Tone::Plain, html! { p { (scene.say("sign-in-kept")) } })) }
                    (carried(going))
                    div.ds-field {
                        label.ds-label for="email" { (scene.say("sign-in-email")) }
                        input.ds-input #email type="email" name="email" value=(going.email) required autocomplete="username" autofocus;
                    }
                    div.ds-field {
                        label.ds-label for="password" { (scene.say("sign-in-password")) }
                        input.ds-input #password type="password" name="password" required autocomplete="current-password";
                    }
                    button.btn.primary { (scene.say("sign-in-button")) }
                }
                p { a href="/password" { (scene.say("welcome-forgotten")) } }
            }
            @if scene.demo { (demo_logins(scene, logins, going)) }
        },
    )
}

/// What every form of the page carries along.
fn carried(going: &Going<'_>) -> Markup {
    let kept = &going.kept;
    html! {
        input type="hidden" name="next" value=(going.next);
        @if let Some(language) = going.chosen { input type="hidden" name="language" value=(language.tag()); }
        @if let (false, Some(id)) = (kept.kept.is_empty(), kept.kept_for) {
            textarea name="kept" hidden { "\n" (kept.kept) }
            input type="hidden" name="kept_for" value=(id);
            input type="hidden" name="kept_what" value=(kept.kept_what.word());
        }
    }
}

/// One click for each; they are told by whoever made the demo.
fn demo_logins(scene: &Scene, logins: &[DemoLogin], going: &Going<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="demo" {
            h2 #demo { (scene.say("sign-in-demo")) }
            p.subtle { (scene.say("sign-in-demo-text")) }
            div.demo-logins {
                @for login in logins {
                    form method="post" action="/sign-in" {
                        input type="hidden" name="email" value=(login.address);
                        input type="hidden" name="password" value=(login.password);
                        (carried(going))
                        button { (avatar(&login.name, true, false)) span.grow { span.medium { (login.name) } br; span.subtle.meta { (login.about) } } (icon("corner-up-right")) }
                    }
                }
            }
            p { a href="/demo" { (scene.say("sign-in-demo-mailboxes")) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        assert_eq!(local("/folders/mine?after=1"), "/folders/mine?after=1");
        for odd in
            ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/a\r\nb"]
        {
            assert_eq!(local(odd), "/", "{odd:?}");
        }
    }
}
