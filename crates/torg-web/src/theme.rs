//! The municipality's own look: the sheet of its colour and its logo, which everybody's pages
//! fetch, and the page that sets them.

mod sheet;

pub(crate) use sheet::address as sheet_address;

use axum::Form;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_desk::{ChangeRefused, Colour, LARGEST_LOGO, Meeting, Pair};
use torg_store::changes::Change;

use crate::page::{Tone, icon, notice};
use crate::refusal::Refusal;
use crate::settings::fields::Fields;
use crate::settings::{history, page, recent};
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

const PATH: &str = "/settings/theme";
/// What lies under a name that tells its content never changes.
const KEEP: &str = "public, max-age=31536000, immutable";
/// A logo is a picture even when somebody opens it by itself: it runs and fetches nothing.
const ALONE: &str =
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// Where a logo lies.
pub(crate) fn logo_address(name: &str) -> String {
    format!("/logo/{name}")
}

/// `GET /theme/{sheet}`
pub(crate) async fn sheet(Path(file): Path<String>) -> Result<Response, Refusal> {
    let text = sheet::named(&file).ok_or(Refusal::NotFound)?;
    Ok(([(CONTENT_TYPE, "text/css"), (CACHE_CONTROL, KEEP)], text).into_response())
}

/// `GET /logo/{name}`
pub(crate) async fn logo(
    State(web): State<Web>,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let bytes = web.desk.logo(&name).await?.ok_or(Refusal::NotFound)?;
    let kind = match name.rsplit('.').next() {
        Some("svg") => "image/svg+xml",
        Some("jpg") => "image/jpeg",
        Some("webp") => "image/webp",
        _ => "image/png",
    };
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, KEEP), (CONTENT_SECURITY_POLICY, ALONE)];
    Ok((headers, bytes).into_response())
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Tried {
    /// A colour to look at before it is set.
    accent: Option<String>,
}

/// `GET /settings/theme`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Query(tried): Query<Tried>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let tried = tried.accent.and_then(|text| text.parse().ok());
    with(&web, &signed, &untold, tried, None).await
}

/// `POST /settings/theme`: the colour; Torg's own with `own`.
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let accent = match (fields.has("own"), fields.value::<Colour>("accent")) {
        (true, _) => None,
        (false, Some(colour)) => Some(colour),
        (false, None) => return refused(&web, &signed, None, "theme-no-colour").await,
    };
    match web.desk.set_accent(&signed.viewer, accent).await {
        Ok(()) => Ok(Told::of(Deed::Saved).at(&web, PATH)),
        Err(ChangeRefused::BadValue { .. }) => {
            refused(&web, &signed, accent, "theme-not-legible").await
        }
        Err(why) => Err(why.into()),
    }
}

/// `POST /settings/theme/logo`: the picture in the form's only field.
pub(crate) async fn set_logo(
    State(web): State<Web>,
    signed: Signed,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Refusal> {
    let mut form = form.map_err(|_| Refusal::BadForm)?;
    let field = form.next_field().await.map_err(|_| Refusal::BadForm)?;
    let Some(field) = field else { return Err(Refusal::BadForm) };
    let Ok(bytes) = field.bytes().await else {
        return refused(&web, &signed, None, "theme-logo-large").await;
    };
    if bytes.is_empty() {
        return refused(&web, &signed, None, "theme-logo-none").await;
    }
    match web.desk.set_logo(&signed.viewer, Some(bytes.to_vec())).await {
        Ok(()) => Ok(Told::of(Deed::Saved).at(&web, PATH)),
        Err(ChangeRefused::BadValue { what }) => {
            let sentence = match what {
                "logo-size" => "theme-logo-large",
                "logo-harm" => "theme-logo-harmful",
                _ => "theme-logo-unknown",
            };
            refused(&web, &signed, None, sentence).await
        }
        Err(why) => Err(why.into()),
    }
}

/// `POST /settings/theme/logo/removal`
pub(crate) async fn remove_logo(
    State(web): State<Web>,
    signed: Signed,
) -> Result<Response, Refusal> {
    web.desk.set_logo(&signed.viewer, None).await?;
    Ok(Told::of(Deed::Saved).at(&web, PATH))
}

async fn refused(
    web: &Web,
    signed: &Signed,
    tried: Option<Colour>,
    sentence: &str,
) -> Result<Response, Refusal> {
    let page = with(web, signed, &Untold::default(), tried, Some(sentence)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    tried: Option<Colour>,
    trouble: Option<&str>,
) -> Result<Response, Refusal> {
    let (scene, about) = (signed.scene(web), web.desk.about());
    let changes = web.read(|read| recent(read, "theme")).await?;
    let kept = about.theme.accent;
    let shown = tried.or(kept).or_else(|| sheet::BASE.parse().ok());
    let content = html! {
        @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (said(&scene, trouble)) } })) }
        @if let Some(colour) = shown { (colour_panel(&scene, colour, kept)) }
        (logo_panel(&scene, about.theme.logo.as_deref()))
        (history(&scene, PATH, &changes, |change| changed(&scene, change), |change, value| read_out(&scene, change, value)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

fn said(scene: &Scene, sentence: &str) -> String {
    let most = i64::try_from(LARGEST_LOGO / 1024).unwrap_or(0);
    scene.with(sentence, [("most", word(most))])
}

/// The sheet stands in the head of every page, so what changes it loads the page anew.
fn colour_panel(scene: &Scene, colour: Colour, kept: Option<Colour>) -> Markup {
    html! {
        section.panel aria-labelledby="colour-title" {
            h2 #colour-title { (scene.say("theme-colour")) }
            p.subtle { (scene.say("theme-colour-text")) }
            form.form #colour-form method="post" action=(PATH) hx-boost="false" {
                div.ds-field {
                    label.ds-label for="accent" { (scene.say("theme-colour-field")) }
                    div.row.wrap {
                        input.swatch #accent type="color" name="accent" value=(colour) aria-describedby="trial-verdict"
                            hx-get=(PATH) hx-trigger="input changed delay:120ms" hx-target="#trial" hx-select="#trial" hx-swap="outerMorph";
                        button.btn formmethod="get" formaction=(PATH) formnovalidate { (scene.say("theme-colour-look")) }
                    }
                }
            }
            (trial(scene, colour))
            div.row.wrap {
                button.btn.primary form="colour-form" { (scene.say("settings-save")) }
                @if kept.is_some() { button.btn.quiet form="colour-form" name="own" value="1" { (icon("undo-2")) (scene.say("theme-colour-own")) } }
            }
        }
    }
}

/// How a colour looks and whether it can be read, on light and on dark pages.
fn trial(scene: &Scene, colour: Colour) -> Markup {
    let nearest = colour.nearest();
    html! {
        div #trial {
            link rel="stylesheet" href=(sheet::trial_address(colour));
            div.trials aria-hidden="true" { (sample(scene, "light", "theme-on-light")) (sample(scene, "dark", "theme-on-dark")) }
            div #trial-verdict role="status" {
                ul.verdict { @for pair in colour.pairs() { (verdict(scene, &pair)) } }
            }
            @if nearest != colour {
                (notice(Tone::Warning, html! {
                    p { (scene.with("theme-nearest-text", [("colour", word(nearest.to_string()))])) }
                    form.inline method="post" action=(PATH) hx-boost="false" {
                        input type="hidden" name="accent" value=(nearest);
                        button.btn { (scene.with("theme-nearest", [("colour", word(nearest.to_string()))])) }
                    }
                }))
            }
        }
    }
}

/// A few parts of a page; they do nothing.
fn sample(scene: &Scene, theme: &str, words: &str) -> Markup {
    html! {
        div.tried data-color-scheme=(theme) {
            span.subtle.meta { (scene.say(words)) }
            span.btn.primary { (icon("send")) (scene.say("theme-sample-button")) }
            span.link { (scene.say("theme-sample-link")) }
            span.tag.accent { (scene.say("theme-sample-tag")) }
        }
    }
}

fn verdict(scene: &Scene, pair: &Pair) -> Markup {
    let key = match pair.meeting {
        Meeting::WordsOnLight => "theme-words-on-light",
        Meeting::LightOnPage => "theme-light-on-page",
        Meeting::WordsOnDark => "theme-words-on-dark",
        Meeting::DarkOnPage => "theme-dark-on-page",
    };
    let (name, word_of) =
        if pair.holds() { ("check", "theme-holds") } else { ("x", "theme-fails") };
    html! {
        li.fails[!pair.holds()] {
            (icon(name))
            span.grow { (scene.say(key)) }
            span.tnum { (ratio(scene, pair.contrast)) }
            span.subtle.meta { (scene.with(word_of, [("least", word(ratio(scene, pair.least)))])) }
        }
    }
}

/// "4.5:1", rounded down, so that what fails never looks as if it held.
fn ratio(scene: &Scene, contrast: f64) -> String {
    let text = format!("{:.1}:1", (contrast * 10.0).floor() / 10.0);
    if scene.texts.language == torg_core::Language::En { text } else { text.replace('.', ",") }
}

fn logo_panel(scene: &Scene, logo: Option<&str>) -> Markup {
    html! {
        section.panel aria-labelledby="logo-title" {
            h2 #logo-title { (scene.say("theme-logo")) }
            p.subtle { (said(scene, "theme-logo-text")) }
            @if let Some(name) = logo {
                div.trials { @for theme in ["light", "dark"] {
                    div.tried data-color-scheme=(theme) { span.logo { img src=(logo_address(name)) alt=(scene.say("theme-logo")); (scene.town) } }
                } }
            }
            form.form method="post" action={ (PATH) "/logo" } enctype="multipart/form-data" hx-boost="false" {
                div.ds-field {
                    label.ds-label for="file" { (scene.say("theme-logo-file")) }
                    input.ds-input #file type="file" name="file" required accept=".png,.jpg,.jpeg,.webp,.svg,image/png,image/jpeg,image/webp,image/svg+xml";
                }
                div { button.btn.primary { (scene.say("theme-logo-set")) } }
            }
            @if logo.is_some() {
                form method="post" action={ (PATH) "/logo/removal" } hx-boost="false" { button.btn.quiet { (icon("x")) (scene.say("theme-logo-remove")) } }
            }
        }
    }
}

fn changed(scene: &Scene, change: &Change) -> String {
    scene.say(if change.what == "theme.logo" { "theme-logo" } else { "theme-colour" })
}

fn read_out(scene: &Scene, change: &Change, value: &str) -> String {
    match value.rsplit_once('.') {
        _ if value.is_empty() => scene.say("theme-of-torg"),
        Some((name, kind)) if change.what == "theme.logo" => {
            let name: String = name.chars().take(6).collect();
            format!("{name} ({})", kind.to_uppercase())
        }
        _ => value.to_owned(),
    }
}
