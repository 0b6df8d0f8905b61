//! `/settings/relay`: who carries our mail away, and whether that works.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_desk::{ChangeRefused, RelayChoice, RelayState};

use super::fields::Fields;
use super::{history, page, recent};
use crate::page::{Tone, hidden_then, icon, notice};
use crate::refusal::Refusal;
use crate::setup;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

const PATH: &str = "/settings/relay";

/// The step of the set-up that shows the same form.
pub(crate) const SETUP: &str = "/setup/relay";

/// What a trial came to.
pub(crate) struct Outcome(Tone, String);

/// What a page of the form shows.
struct Shown<'a> {
    state: &'a RelayState,
    outcome: Option<Outcome>,
    /// What was posted, if it was.
    fields: &'a Fields,
}

/// `GET /settings/relay`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let state = web.desk.relay_state().await?;
    let shown = Shown { state: &state, outcome: None, fields: &Fields::default() };
    with(&web, &signed, &untold, shown).await
}

/// `POST /settings/relay`
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    match web.desk.set_relay(&signed.viewer, choice(&fields)).await {
        Ok(()) => Ok(Told::of(Deed::Saved).at(&web, fields.then(PATH))),
        Err(refused) => refused_page(&web, &signed, &fields, refused).await,
    }
}

/// `POST /settings/relay/trial`: connects as the form says, sends nothing, keeps nothing.
pub(crate) async fn try_it(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(&web);
    let answer = match web.desk.try_relay(&signed.viewer, choice(&fields)).await {
        Ok(answer) => answer,
        Err(refused) => return refused_page(&web, &signed, &fields, refused).await,
    };
    let outcome = match answer {
        Ok(said) => {
            Outcome(Tone::Success, scene.with("settings-relay-works", [("said", word(said))]))
        }
        Err(said) => {
            let next = scene.say(next_step(&said));
            let text =
                scene.with("settings-relay-fails", [("said", word(said)), ("next", word(next))]);
            Outcome(Tone::Warning, text)
        }
    };
    tried(&web, &signed, &fields, outcome).await
}

/// What to do about a failure, as far as its words tell.
fn next_step(said: &str) -> &'static str {
    let said = said.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if has(&["535", "authentication", "credentials"]) {
        "settings-relay-next-password"
    } else if has(&["certificate", "tls", "starttls", "handshake", "encrypt"]) {
        "settings-relay-next-tls"
    } else if has(&["lookup", "resolve", "name or service", "dns"]) {
        "settings-relay-next-name"
    } else {
        "settings-relay-next-reach"
    }
}

fn choice(fields: &Fields) -> RelayChoice {
    let password = fields.find("password").filter(|password| !password.is_empty());
    RelayChoice {
        host: fields.text("host").to_owned(),
        port: fields.value("port").unwrap_or(0),
        tls: fields.text("tls").to_owned(),
        user: fields.text("user").to_owned(),
        password: password.map(str::to_owned),
    }
}

/// The page she tried it on, with all she typed and what came of it.
async fn tried(
    web: &Web,
    signed: &Signed,
    fields: &Fields,
    outcome: Outcome,
) -> Result<Response, Refusal> {
    let state = typed(web, fields).await?;
    let shown = Shown { state: &state, outcome: Some(outcome), fields };
    with(web, signed, &Untold::default(), shown).await
}

/// The state with what was typed in its place.
async fn typed(web: &Web, fields: &Fields) -> Result<RelayState, Refusal> {
    let (kept, typed) = (web.desk.relay_state().await?, choice(fields));
    Ok(RelayState { host: typed.host, port: typed.port, tls: typed.tls, user: typed.user, ..kept })
}

async fn refused_page(
    web: &Web,
    signed: &Signed,
    fields: &Fields,
    refused: ChangeRefused,
) -> Result<Response, Refusal> {
    let key = match refused {
        ChangeRefused::BadValue { what: "port" } => "settings-relay-bad-port",
        ChangeRefused::BadValue { .. } => "settings-relay-bad-host",
        refused => return Err(refused.into()),
    };
    let outcome = Outcome(Tone::Warning, signed.scene(web).say(key));
    let page = tried(web, signed, fields, outcome).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    shown: Shown<'_>,
) -> Result<Response, Refusal> {
    let (scene, state) = (signed.scene(web), shown.state);
    let told = shown.outcome.map(|Outcome(tone, text)| notice(tone, html! { p { (text) } }));
    let password = shown.fields.text("password");
    if shown.fields.then(PATH) == SETUP {
        let form = form(&scene, state, SETUP, password);
        let form = html! { (told.unwrap_or_default()) (form) };
        return Ok(setup::relay_step(&scene, state, &form).into_response());
    }
    let changes = web.read(|read| recent(read, "relay")).await?;
    let content = html! {
        (told.unwrap_or_default())
        @if state.in_file { (notice(Tone::Plain, html! { p { (scene.say("settings-relay-in-file")) } })) }
        @else if !state.is_set { (notice(Tone::Warning, html! { p { (scene.say("settings-relay-none")) } })) }
        section.panel { (form(&scene, state, PATH, password)) }
        (history(&scene, PATH, &changes, |_| scene.say("settings-relay"), |_, value| read_out(&scene, value)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

const WAYS: [(&str, &str); 4] = [
    ("required", "settings-tls-required"),
    ("implicit", "settings-tls-implicit"),
    ("starttls", "settings-tls-offered"),
    ("none", "settings-tls-none"),
];

/// The form of the relay; the set-up shows it too. `password` is what she typed a moment ago, and
/// goes back to nobody but her: else she would test with it and save without it.
pub(crate) fn form(scene: &Scene, state: &RelayState, then: &str, password: &str) -> Markup {
    html! {
        form.form method="post" action=(PATH) {
            (hidden_then(then))
            div.ds-field {
                label.ds-label for="host" { (scene.say("settings-relay-host")) }
                input.ds-input #host name="host" value=(state.host) autocomplete="off" spellcheck="false" aria-describedby="host-help";
                p.subtle #host-help { (scene.say("settings-relay-host-help")) }
            }
            div.ds-field {
                label.ds-label for="port" { (scene.say("settings-relay-port")) }
                input.ds-input #port name="port" inputmode="numeric" value=(state.port) required;
            }
            div.ds-field {
                label.ds-label for="tls" { (scene.say("settings-relay-tls")) }
                select.ds-input #tls name="tls" {
                    @for (value, key) in WAYS { option value=(value) selected[value == state.tls] { (scene.say(key)) } }
                }
            }
            div.ds-field {
                label.ds-label for="user" { (scene.say("settings-relay-user")) }
                input.ds-input #user name="user" value=(state.user) autocomplete="off" spellcheck="false";
            }
            div.ds-field {
                label.ds-label for="password" { (scene.say("settings-relay-password")) }
                input.ds-input #password type="password" name="password" value=(password) autocomplete="new-password" aria-describedby="password-help";
                @if state.has_password { p.subtle #password-help { (scene.say("settings-relay-password-kept")) } }
            }
            div.row.wrap {
                button.btn.primary { (scene.say("settings-save")) }
                button.btn formaction={ (PATH) "/trial" } { (icon("rotate-cw")) (scene.say("settings-test")) }
            }
        }
    }
}

/// A relay as its history keeps it: address, way, user, and whether its password is new.
fn read_out(scene: &Scene, value: &str) -> String {
    let parts = value.split('\t').enumerate().filter(|(_, part)| !part.is_empty());
    let said = parts.map(|(place, part)| match place {
        1 => WAYS
            .iter()
            .find(|(way, _)| *way == part)
            .map_or(part.to_owned(), |(_, key)| scene.say(key)),
        3 => scene.say("settings-new-password"),
        _ => part.to_owned(),
    });
    said.collect::<Vec<_>>().join(" · ")
}
