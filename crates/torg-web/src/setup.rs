//! The first start: from nothing to the first answered letter. A code that is printed where Torg
//! was started opens it; after the first administrator it goes on signed in.

mod steps;

use axum::Form;
use axum::extract::{Query, Request, State};
use axum::http::header::{LOCATION, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;
use torg_core::Language;
use torg_core::person::readable;
use torg_desk::{BeginRefused, First};
use torg_store::departments;

pub(crate) use self::steps::{
    ADDRESSES, AddressesStep, DEPARTMENTS, addresses_step, departments_step, relay_step,
};
use self::steps::{administrator_page, code_page, municipality_page, step};
use crate::guard::cookies::Cookie;
use crate::page::icon;
use crate::refusal::Refusal;
use crate::settings::fields::Fields;
use crate::settings::{municipality, relay as relay_pages};
use crate::signed::{Signed, Visitor};
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};

/// While nobody works here, every page leads to the set-up.
pub(crate) async fn lead_there(State(web): State<Web>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_open =
        ["/setup", "/assets/", "/health", "/metrics"].iter().any(|open| path.starts_with(open));
    match web.desk.is_to_be_set_up().await {
        Ok(true) if !is_open => {}
        _ => return next.run(request).await,
    }
    let query = Query::<Choice>::try_from_uri(request.uri());
    let language = query.ok().and_then(|choice| choice.language);
    let mut response = Redirect::to("/setup").into_response();
    if let Some(language) = language {
        let cookie = Cookie::Language.set(&web.settings, language.tag(), Some(31_536_000));
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

#[derive(Debug, Deserialize)]
struct Choice {
    language: Option<Language>,
}

/// `GET /setup`: asks for the code.
pub(crate) async fn show(State(web): State<Web>, visitor: Visitor) -> Result<Response, Refusal> {
    if !web.desk.is_to_be_set_up().await? {
        return Ok(Redirect::to("/").into_response());
    }
    Ok(code_page(&visitor.scene(&web), false).into_response())
}

/// `POST /setup`
pub(crate) async fn open(
    State(web): State<Web>,
    visitor: Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let code = fields.text("code");
    if !web.desk.is_to_be_set_up().await? {
        return Ok(Redirect::to("/").into_response());
    }
    if !web.desk.opens_setup(code).await? {
        let page = code_page(&visitor.scene(&web), true);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let cookie = Cookie::Setup.set(&web.settings, &code, Some(86_400));
    let to = HeaderValue::from_static("/setup/municipality");
    Ok((StatusCode::SEE_OTHER, [(LOCATION, to), (SET_COOKIE, cookie)]).into_response())
}

/// The code that was given before; without a good one there is nothing to see but where to give it.
async fn code_of(web: &Web, headers: &HeaderMap) -> Result<Result<String, Response>, Refusal> {
    let code = Cookie::Setup.read(&web.settings, headers).unwrap_or_default();
    if web.desk.opens_setup(&code).await? {
        return Ok(Ok(code));
    }
    Ok(Err(Redirect::to("/setup").into_response()))
}

/// `GET /setup/municipality`
pub(crate) async fn municipality(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    match code_of(&web, &headers).await? {
        Ok(_) => {
            let scene = visitor.scene(&web);
            let fields = municipality::Fields::first(&web, scene.texts.language);
            Ok(municipality_page(&scene, &fields, None).into_response())
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// `POST /setup/municipality`
pub(crate) async fn set_municipality(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(fields): Form<municipality::Fields>,
) -> Result<Response, Refusal> {
    let code = match code_of(&web, &headers).await? {
        Ok(code) => code,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let sentence = match web.desk.begin_municipality(&code, fields.wanted()).await {
        Ok(()) => return Ok(Redirect::to("/setup/administrator").into_response()),
        Err(BeginRefused::Store(error)) => return Err(error.into()),
        Err(BeginRefused::Change(refused)) => municipality::sentence_of(&refused),
        Err(_) => None,
    };
    let trouble = sentence.unwrap_or("settings-bad-name");
    let page = municipality_page(&visitor.scene(&web), &fields, Some(trouble));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `GET /setup/administrator`
pub(crate) async fn administrator(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if visitor.signed.is_some() {
        return Ok(Redirect::to("/setup/departments").into_response());
    }
    match code_of(&web, &headers).await? {
        Ok(_) => {
            let page = administrator_page(&visitor.scene(&web), &Fields::default(), None);
            Ok(page.into_response())
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// `POST /setup/administrator`: makes the first one, and signs her in.
pub(crate) async fn begin(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let code = match code_of(&web, &headers).await? {
        Ok(code) => code,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let device = headers.get(USER_AGENT).and_then(|device| device.to_str().ok());
    let first = First {
        name: fields.text("name").to_owned(),
        email: fields.text("email").to_owned(),
        password: fields.find("password").unwrap_or_default().to_owned(),
        language: fields.value("language").unwrap_or(web.desk.about().language),
    };
    let scene = visitor.scene(&web);
    let trouble = match web.desk.begin(&code, first, device.unwrap_or_default().to_owned()).await {
        Ok(signed_in) => {
            let session = Cookie::Session.set(&web.settings, &signed_in.token, None);
            let mut response = Redirect::to("/setup/departments").into_response();
            response.headers_mut().append(SET_COOKIE, session);
            response.headers_mut().append(SET_COOKIE, Cookie::Setup.clear(&web.settings));
            return Ok(response);
        }
        Err(BeginRefused::WrongCode) => return Ok(Redirect::to("/setup").into_response()),
        Err(BeginRefused::Store(error)) => return Err(error.into()),
        Err(BeginRefused::TooShort { least }) => too_short(&scene, least),
        Err(BeginRefused::NotAnAddress) => scene.say("settings-not-an-address"),
        Err(_) => scene.say("settings-bad-name"),
    };
    let page = administrator_page(&scene, &fields, Some(&trouble));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What a password lacks.
pub(crate) fn too_short(scene: &Scene, least: usize) -> String {
    let least = word(i64::try_from(least).unwrap_or(i64::MAX));
    scene.with("account-password-short", [("least", least)])
}

/// `GET /setup/departments`
pub(crate) async fn departments(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let tree = web.read(departments::tree).await?;
    Ok(untold.once(&web, departments_step(&signed.scene(&web), &tree, "", None)))
}

/// `GET /setup/addresses`
pub(crate) async fn addresses(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let read = web.read(|read| Ok((departments::tree(read)?, departments::mailboxes(read)?)));
    let (tree, mailboxes) = read.await?;
    let can_try = web.settings.smtp_door.is_some();
    let shown = AddressesStep { tree: &tree, mailboxes: &mailboxes, can_try, address: "" };
    Ok(untold.once(&web, addresses_step(&signed.scene(&web), &shown, &html! {})))
}

/// `GET /setup/relay`
pub(crate) async fn relay(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let scene = signed.scene(&web);
    let state = web.desk.relay_state().await?;
    let form = relay_pages::form(&scene, &state, relay_pages::SETUP, "");
    Ok(untold.once(&web, relay_step(&scene, &state, &form)))
}

/// `GET /setup/done`
pub(crate) async fn done(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let scene = signed.scene(&web);
    let mailboxes = web.read(departments::mailboxes).await?;
    let general = mailboxes.into_iter().next().map(|mailbox| readable(&mailbox.address));
    let content = html! {
        @if let Some(address) = general { p { (scene.with("setup-write-to", [("address", word(address))])) } }
        p.row.wrap {
            a.btn.primary href="/folders/unowned" { (icon("inbox")) (scene.say("refusals-home")) }
            a.btn href="/settings/staff" { (icon("user-plus")) (scene.say("settings-invite")) }
        }
    };
    Ok(untold.once(&web, step(&scene, 5, &content)))
}
