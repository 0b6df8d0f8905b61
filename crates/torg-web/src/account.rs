//! One's own account: language and theme, password, and the browsers one is signed in with.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::{Language, SessionId};
use torg_desk::PasswordRefused;
use torg_store::sessions::{self, SessionRow};
use torg_store::staff;

use crate::page::{Frame, Place, Tone, frame, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

#[derive(Debug, Deserialize)]
pub(crate) struct Preferences {
    language: Language,
    theme: Theme,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Theme {
    Auto,
    Light,
    Dark,
}

impl Theme {
    const ALL: [(Self, &str); 3] = [
        (Self::Auto, "account-theme-auto"),
        (Self::Light, "account-theme-light"),
        (Self::Dark, "account-theme-dark"),
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Passwords {
    old: String,
    new: String,
}

/// `GET /account`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    page(&web, &signed, &untold, None).await
}

/// `POST /account/preferences`
pub(crate) async fn preferences(
    State(web): State<Web>,
    signed: Signed,
    Form(form): Form<Preferences>,
) -> Result<Response, Refusal> {
    web.desk.set_preferences(&signed.viewer, form.language, form.theme.word()).await?;
    Ok(Told::of(Deed::Saved).at(&web, "/account"))
}

#[derive(Debug, Deserialize)]
pub(crate) struct HowSheWrites {
    #[serde(default)]
    signature: String,
    #[serde(default)]
    undo_seconds: i64,
}

/// `POST /account/writing`
pub(crate) async fn writing(
    State(web): State<Web>,
    signed: Signed,
    Form(form): Form<HowSheWrites>,
) -> Result<Response, Refusal> {
    web.desk.set_writing(&signed.viewer, &form.signature, form.undo_seconds).await?;
    Ok(Told::of(Deed::Saved).at(&web, "/account"))
}

/// `POST /account/password`
pub(crate) async fn password(
    State(web): State<Web>,
    signed: Signed,
    Form(form): Form<Passwords>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(&web);
    let trouble = match web
        .desk
        .change_password(&signed.viewer, Some(signed.session), &form.old, &form.new)
        .await
    {
        Ok(()) => return Ok(Told::of(Deed::PasswordChanged).at(&web, "/account")),
        Err(PasswordRefused::Wrong) => scene.say("account-password-wrong"),
        Err(PasswordRefused::TooShort { least }) => scene.with(
            "account-password-short",
            [("least", word(i64::try_from(least).unwrap_or(i64::MAX)))],
        ),
        Err(PasswordRefused::Store(error)) => return Err(error.into()),
        Err(_) => scene.say("account-password-wait"),
    };
    let page = page(&web, &signed, &Untold::default(), Some(&trouble)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /account/sessions/{id}/end`
pub(crate) async fn end_session(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<SessionId>,
) -> Result<Response, Refusal> {
    web.desk.end_session(&signed.viewer, id).await?;
    Ok(Told::of(Deed::SessionEnded).at(&web, "/account"))
}

async fn page(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    trouble: Option<&str>,
) -> Result<Response, Refusal> {
    let viewer = signed.viewer.clone();
    let (sessions, (signature, undo_seconds)) = web
        .read(move |read| Ok((sessions::of(read, &viewer)?, staff::writing(read, viewer.staff)?)))
        .await?;
    let scene = signed.scene(web);
    let main = html! {
        main #main .page tabindex="-1" {
            header { div { h1 { (scene.say("account-title")) } p.lead { (signed.viewer.name) } } }
            (preference_form(&scene, signed))
            (writing_form(&scene, &signature, undo_seconds))
            section.panel.narrow aria-labelledby="notices-title" {
                h2 #notices-title { (scene.say("notices-title")) }
                p.subtle { (scene.say("notices-settings-lead")) }
                div.row { a.btn href="/account/notices" { (icon("bell")) (scene.say("notices-settings")) } }
            }
            (password_form(&scene, trouble))
            (session_list(&scene, signed, &sessions))
            p { a href="/guide" { (icon("info")) " " (scene.say("guide-title")) } }
            section.panel.narrow { form method="post" action="/sign-out" hx-boost="false" { button.btn { (icon("log-out")) (scene.say("account-sign-out")) } } }
        }
    };
    let frame = frame(
        &scene,
        &Frame {
            title: scene.say("account-title"),
            place: Place::Account,
            main,
            told: untold.0.clone(),
        },
    );
    Ok(untold.once(web, frame))
}

/// Language and theme stand on the root of the page, so this form loads it anew.
fn preference_form(scene: &Scene, signed: &Signed) -> Markup {
    html! {
        section.panel.narrow aria-labelledby="preferences" {
            h2 #preferences { (scene.say("account-preferences")) }
            form.form method="post" action="/account/preferences" hx-boost="false" {
                div.ds-field {
                    label.ds-label for="language" { (scene.say("account-language")) }
                    select.ds-input #language name="language" {
                        @for language in Language::ALL {
                            option value=(language.tag()) lang=(language.tag()) selected[language == signed.language] { (language.own_name()) }
                        }
                    }
                }
                fieldset {
                    legend.ds-label { (scene.say("account-theme")) }
                    div.row.wrap {
                        @for (theme, words) in Theme::ALL {
                            label.choice { input.ds-input type="radio" name="theme" value=(theme.word()) checked[signed.theme == theme.word()]; (scene.say(words)) }
                        }
                    }
                }
                div { button.btn.primary { (scene.say("account-save")) } }
            }
        }
    }
}

fn writing_form(scene: &Scene, signature: &str, undo_seconds: i64) -> Markup {
    html! {
        section.panel.narrow aria-labelledby="writing" {
            h2 #writing { (scene.say("account-writing")) }
            form.form method="post" action="/account/writing" {
                div.ds-field {
                    label.ds-label for="signature" { (scene.say("account-signature")) }
                    p.subtle.meta #signature-help { (scene.say("account-signature-help")) }
                    textarea.ds-input #signature name="signature" rows="3" maxlength="2000" dir="auto" aria-describedby="signature-help" { "\n" (signature) }
                }
                fieldset {
                    legend.ds-label { (scene.say("account-undo")) }
                    div.row.wrap {
                        @for seconds in [0, 5, 10, 30] {
                            label.choice { input.ds-input type="radio" name="undo_seconds" value=(seconds) checked[undo_seconds == seconds];
                                (scene.with("account-undo-seconds", [("seconds", word(seconds))])) }
                        }
                    }
                }
                div { button.btn.primary { (scene.say("account-save")) } }
            }
        }
    }
}

fn password_form(scene: &Scene, trouble: Option<&str>) -> Markup {
    html! {
        section.panel.narrow aria-labelledby="password-title" {
            h2 #password-title { (scene.say("account-password")) }
            form.form method="post" action="/account/password" {
                @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
                div.ds-field {
                    label.ds-label for="old" { (scene.say("account-password-old")) }
                    input.ds-input #old type="password" name="old" required autocomplete="current-password";
                }
                div.ds-field {
                    label.ds-label for="new" { (scene.say("account-password-new")) }
                    input.ds-input #new type="password" name="new" required autocomplete="new-password";
                }
                div { button.btn { (scene.say("account-password-change")) } }
            }
        }
    }
}

fn session_list(scene: &Scene, signed: &Signed, sessions: &[SessionRow]) -> Markup {
    html! {
        section.panel aria-labelledby="sessions" {
            h2 #sessions { (scene.say("account-sessions")) }
            ul.lines {
                @for session in sessions {
                    li {
                        span.grow {
                            span.medium { (device(&session.device)) }
                            @if session.id == signed.session { " " span.tag.accent { (scene.say("account-session-this")) } }
                            br; span.subtle.meta { (scene.with("account-session-seen", [
                                ("since", word(scene.times.stamp(session.created))), ("seen", word(scene.times.stamp(session.last_seen))),
                            ])) }
                        }
                        @if session.id != signed.session {
                            form method="post" action={ "/account/sessions/" (session.id) "/end" } { button.btn.small { (scene.say("account-session-end")) } }
                        }
                    }
                }
            }
        }
    }
}

/// Browser and system, as far as the user agent gives them away.
fn device(agent: &str) -> String {
    let first = |names: &[(&str, &str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| (*name).to_owned())
    };
    let browser = first(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (one, other) => one.or(other).unwrap_or_else(|| agent.chars().take(60).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_browser_is_called_by_its_everyday_name() {
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1";
        assert_eq!(device(phone), "Safari, iPhone");
        assert_eq!(device("curl/8.1"), "curl/8.1");
    }
}
