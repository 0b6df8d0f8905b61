//! Choosing a password: by the link of an invitation, or after it was forgotten.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use torg_desk::{LinkRefused, SignInRefused};
use torg_store::passes::Pass;

use crate::guard::address::caller;
use crate::guard::cookies::Cookie;
use crate::page::{Tone, alone, notice};
use crate::refusal::Refusal;
use crate::settings::fields::Fields;
use crate::setup::too_short;
use crate::signed::Visitor;
use crate::web::Web;
use crate::words::{Scene, word};

/// `GET /password`: says where the link is to be sent.
pub(crate) async fn forgotten(
    State(web): State<Web>,
    visitor: Visitor,
) -> Result<Response, Refusal> {
    let is_set = web.desk.relay_state().await?.is_set;
    Ok(ask_page(&visitor.scene(&web), is_set).into_response())
}

/// `POST /password`: the same answer for everybody, whoever works here.
pub(crate) async fn ask(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    extensions: Extensions,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let scene = visitor.scene(&web);
    let address = caller(&web.settings.trusted_proxies, &headers, &extensions);
    match web.desk.ask_for_link(fields.text("email"), address).await {
        Ok(()) => Ok(told(&scene, "welcome-asked", "welcome-asked-text").into_response()),
        Err(SignInRefused::Store(error)) => Err(error.into()),
        Err(_) => {
            let page = told(&scene, "welcome-too-often", "welcome-too-often-text");
            Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response())
        }
    }
}

/// `GET /welcome/{token}`
pub(crate) async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let Some(pass) = web.desk.pass_of(&token).await? else {
        return Ok(lapsed(&visitor.scene(&web)));
    };
    let scene = Visitor { signed: None, language: pass.language }.scene(&web);
    Ok(choose_page(&scene, &token, &pass, None).into_response())
}

/// `POST /welcome/{token}`: the password is chosen, and she is in.
pub(crate) async fn create(
    State(web): State<Web>,
    visitor: Visitor,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let Some(pass) = web.desk.pass_of(&token).await? else {
        return Ok(lapsed(&visitor.scene(&web)));
    };
    let scene = Visitor { signed: None, language: pass.language }.scene(&web);
    let device = headers.get(USER_AGENT).and_then(|device| device.to_str().ok());
    let password = fields.find("password").unwrap_or_default();
    let used = web.desk.use_link(&token, password, device.unwrap_or_default().to_owned()).await;
    match used {
        Ok(signed_in) => {
            let mut response = Redirect::to("/").into_response();
            let cookie = Cookie::Session.set(&web.settings, &signed_in.token, None);
            response.headers_mut().append(SET_COOKIE, cookie);
            Ok(response)
        }
        Err(LinkRefused::TooShort { least }) => {
            let page = choose_page(&scene, &token, &pass, Some(&too_short(&scene, least)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(LinkRefused::Lapsed) => Ok(lapsed(&scene)),
        Err(LinkRefused::Store(error)) => Err(error.into()),
    }
}

fn ask_page(scene: &Scene, can_send: bool) -> Markup {
    let title = scene.say("welcome-forgotten");
    alone(
        scene,
        &title,
        html! {
            section.panel {
                h1 { (title) }
                @if can_send {
                    form.form method="post" action="/password" {
                        p { (scene.say("welcome-forgotten-text")) }
                        div.ds-field {
                            label.ds-label for="email" { (scene.say("sign-in-email")) }
                            input.ds-input #email type="email" name="email" required autocomplete="username" autofocus;
                        }
                        button.btn.primary { (scene.say("welcome-send")) }
                    }
                } @else { p { (scene.say("welcome-no-relay")) } }
                p { a href="/sign-in" { (scene.say("sign-in-title")) } }
            }
        },
    )
}

fn choose_page(scene: &Scene, token: &str, pass: &Pass, trouble: Option<&str>) -> Markup {
    let key = if pass.invites { "welcome-title" } else { "welcome-new-password" };
    let title = scene.with(key, [("name", word(pass.name.as_str()))]);
    alone(
        scene,
        &title,
        html! {
            section.panel {
                h1 { (title) }
                form.form method="post" action={ "/welcome/" (token) } {
                    p { (scene.say("welcome-choose")) }
                    @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
                    div.ds-field {
                        label.ds-label for="email" { (scene.say("sign-in-email")) }
                        input.ds-input #email type="email" name="email" value=(pass.email) readonly autocomplete="username";
                    }
                    div.ds-field {
                        label.ds-label for="password" { (scene.say("account-password-new")) }
                        input.ds-input #password type="password" name="password" required minlength="10" autocomplete="new-password" autofocus aria-describedby="password-help";
                        p.subtle #password-help { (scene.say("welcome-password-help")) }
                    }
                    button.btn.primary { (scene.say("welcome-in")) }
                }
            }
        },
    )
}

fn lapsed(scene: &Scene) -> Response {
    let page = told(scene, "welcome-lapsed", "welcome-lapsed-text");
    (StatusCode::GONE, page).into_response()
}

/// A page that only tells something, with the way back to signing in.
fn told(scene: &Scene, title: &str, text: &str) -> Markup {
    let title = scene.say(title);
    alone(
        scene,
        &title,
        html! {
            section.panel {
                h1 { (title) }
                p { (scene.say(text)) }
                p.row.wrap { a.btn href="/sign-in" { (scene.say("sign-in-title")) } a href="/password" { (scene.say("welcome-forgotten")) } }
            }
        },
    )
}
