//! `/settings/municipality`: name, main language, time zone, receipts.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::Language;
use torg_desk::{ChangeRefused, Municipal, UNNAMED};
use torg_store::changes::Change;

use super::{history, page, recent};
use crate::page::{Tone, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::Scene;

const PATH: &str = "/settings/municipality";

/// The time zones of the municipalities we know of; any other IANA name may be written.
pub(crate) const ZONES: [&str; 8] = [
    "Europe/Copenhagen",
    "Europe/Oslo",
    "Europe/Stockholm",
    "Atlantic/Faroe",
    "America/Nuuk",
    "Arctic/Longyearbyen",
    "Europe/Helsinki",
    "Europe/Mariehamn",
];

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Fields {
    #[serde(default)]
    name: String,
    language: Language,
    #[serde(default)]
    time_zone: String,
    receipts: Option<String>,
}

impl Fields {
    /// As they are kept. Nobody has said yet what a municipality that is being set up is called.
    pub(crate) fn kept(web: &Web) -> Self {
        let about = web.desk.about();
        let name = if about.name == UNNAMED { String::new() } else { about.name.clone() };
        Self {
            name,
            language: about.language,
            time_zone: about.time_zone.iana_name().unwrap_or("UTC").to_owned(),
            receipts: about.receipts.then(|| "on".to_owned()),
        }
    }

    /// What is offered while nothing is kept: the language of the page, and the time of its country.
    pub(crate) fn first(web: &Web, language: Language) -> Self {
        let kept = Self::kept(web);
        let time_zone = match language {
            _ if !kept.name.is_empty() => return kept,
            Language::Da => "Europe/Copenhagen",
            Language::Nb | Language::Nn => "Europe/Oslo",
            Language::Sv => "Europe/Stockholm",
            Language::En => return Self { language, ..kept },
        };
        Self { language, time_zone: time_zone.to_owned(), ..kept }
    }

    pub(crate) fn wanted(&self) -> Municipal {
        Municipal {
            name: self.name.clone(),
            language: self.language,
            time_zone: self.time_zone.trim().to_owned(),
            receipts: self.receipts.is_some(),
        }
    }
}

/// What is wrong with the fields, if it is that.
pub(crate) fn sentence_of(refused: &ChangeRefused) -> Option<&'static str> {
    match refused {
        ChangeRefused::BadValue { what: "time-zone" } => Some("settings-bad-time-zone"),
        ChangeRefused::BadValue { .. } => Some("settings-bad-name"),
        _ => None,
    }
}

/// `GET /settings/municipality`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, &Fields::kept(&web), None).await
}

/// `POST /settings/municipality`
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let sentence = match web.desk.set_municipal(&signed.viewer, fields.wanted()).await {
        Ok(()) => return Ok(Told::of(Deed::Saved).at(&web, PATH)),
        Err(refused) => sentence_of(&refused).ok_or(refused)?,
    };
    let page = with(&web, &signed, &Untold::default(), &fields, Some(sentence)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    fields: &Fields,
    trouble: Option<&str>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let changes = web.read(|read| recent(read, "municipality")).await?;
    let content = html! {
        section.panel {
            form.form method="post" action=(PATH) {
                @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (scene.say(trouble)) } })) }
                (inputs(&scene, fields))
                div { button.btn.primary { (scene.say("settings-save")) } }
            }
        }
        (history(&scene, PATH, &changes, |change| name(&scene, change), |change, value| read_out(&scene, change, value)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

/// The fields, which the set-up asks for too.
pub(crate) fn inputs(scene: &Scene, fields: &Fields) -> Markup {
    html! {
        div.ds-field {
            label.ds-label for="name" { (scene.say("settings-name")) }
            input.ds-input #name name="name" value=(fields.name) required maxlength="80" autocomplete="organization" aria-describedby="name-help";
            p.subtle #name-help { (scene.say("settings-name-help")) }
        }
        div.ds-field {
            label.ds-label for="language" { (scene.say("settings-language")) }
            select.ds-input #language name="language" aria-describedby="language-help" {
                @for language in Language::ALL {
                    option value=(language.tag()) lang=(language.tag()) selected[language == fields.language] { (language.own_name()) }
                }
            }
            p.subtle #language-help { (scene.say("settings-language-help")) }
        }
        div.ds-field {
            label.ds-label for="time-zone" { (scene.say("settings-time-zone")) }
            input.ds-input #time-zone name="time_zone" value=(fields.time_zone) list="zones" required autocomplete="off";
            datalist #zones { @for zone in ZONES { option value=(zone) {} } }
        }
        label.choice { input.ds-input type="checkbox" name="receipts" checked[fields.receipts.is_some()]; (scene.say("settings-receipts")) }
    }
}

fn name(scene: &Scene, change: &Change) -> String {
    scene.say(match change.what.as_str() {
        "municipality.language" => "settings-language",
        "municipality.time_zone" => "settings-time-zone",
        "mail.receipts" => "settings-receipts",
        _ => "settings-name",
    })
}

fn read_out(scene: &Scene, change: &Change, value: &str) -> String {
    match (change.what.as_str(), value) {
        ("municipality.language", tag) => {
            tag.parse::<Language>().map_or_else(|_| tag.to_owned(), |known| known.own_name().into())
        }
        ("mail.receipts", "0") => scene.say("settings-no"),
        ("mail.receipts", _) => scene.say("settings-yes"),
        _ => value.to_owned(),
    }
}
