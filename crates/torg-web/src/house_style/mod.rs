//! `/settings/style`: how letters are written, language by language; and hints while one is.

mod writing;

pub(crate) use writing::{check, greet, hints_of, place};

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_core::Language;
use torg_core::answers::blanks::{self, Blank};
use torg_core::house_style::{Address, HouseStyle, LONGEST_LIMIT, SHORTEST_LIMIT, StylePart};
use torg_desk::ChangeRefused;
use torg_store::changes::Change;

use crate::answers::blank_in;
use crate::page::{Tone, notice};
use crate::refusal::Refusal;
use crate::settings::fields::Fields;
use crate::settings::{history, page, recent};
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

const PATH: &str = "/settings/style";

/// What was typed and could not be kept: the language, the part, and all fields as they were.
struct Typed {
    language: Language,
    wrong: String,
    fields: Fields,
}

/// `GET /settings/style`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, None).await
}

/// `POST /settings/style`: one language.
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let language = fields.value::<Language>("language").ok_or(Refusal::BadForm)?;
    let parts = StylePart::ALL.map(|part| (part, value(&fields, part)));
    match web.desk.set_house_style(&signed.viewer, language, parts.into()).await {
        Ok(()) => Ok(Told::of(Deed::Saved).at(&web, PATH)),
        Err(ChangeRefused::BadValue { what }) => {
            let typed = Typed { language, wrong: what.to_owned(), fields };
            let page = with(&web, &signed, &Untold::default(), Some(&typed)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}

fn value(fields: &Fields, part: StylePart) -> String {
    match part {
        StylePart::Plain => if fields.has(part.word()) { "on" } else { "off" }.to_owned(),
        // English has no such choice, and so no such field.
        StylePart::Address if !fields.has(part.word()) => Address::Free.word().to_owned(),
        part => fields.text(part.word()).to_owned(),
    }
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    typed: Option<&Typed>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let mut styles = web.desk.house_styles().await?;
    let main = web.desk.about().language;
    styles.sort_by_key(|(language, _)| *language != main);
    let changes = web.read(|read| recent(read, "style")).await?;
    let content = html! {
        @if let Some(typed) = typed { (notice(Tone::Warning, html! { p { (wrong(&scene, typed)) } })) }
        @for (language, style) in &styles {
            @let typed = typed.filter(|typed| typed.language == *language);
            (form(&scene, *language, style, typed, typed.is_some() || *language == main))
        }
        (history(&scene, PATH, &changes, |change| changed(&scene, change), |_, value| value.replace('\n', " · ")))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

fn wrong(scene: &Scene, typed: &Typed) -> String {
    let of = |part: StylePart| typed.wrong == part.word();
    if of(StylePart::LongestSentence) {
        let least = ("least", word(i64::from(SHORTEST_LIMIT)));
        return scene.with("style-bad-number", [least, ("most", word(i64::from(LONGEST_LIMIT)))]);
    }
    if of(StylePart::Avoided) {
        return scene.say("style-too-many");
    }
    with_blanks(scene, "style-bad-greeting")
}

/// A sentence that names the placeholders of greeting and closing, as answers show them.
fn with_blanks(scene: &Scene, key: &str) -> String {
    let named = |blank: Blank| word(blank_in(scene, blank));
    scene.with(key, [("greeting", named(Blank::Greeting)), ("closing", named(Blank::Closing))])
}

fn form(
    scene: &Scene,
    language: Language,
    style: &HouseStyle,
    typed: Option<&Typed>,
    is_open: bool,
) -> Markup {
    let tag = language.tag();
    let shown = |part: StylePart| match typed {
        Some(typed) => value(&typed.fields, part),
        None => style.part(part),
    };
    let sentence = Some(shown(StylePart::LongestSentence)).filter(|limit| limit != "0");
    html! {
        section.panel {
            details open[is_open] {
                summary { (language.own_name()) }
                form.form method="post" action=(PATH) {
                    input type="hidden" name="language" value=(tag);
                    (line(scene, tag, StylePart::Greeting, "style-greeting", &blanks::shown(&shown(StylePart::Greeting), scene.texts.language)))
                    (line(scene, tag, StylePart::Closing, "style-closing", &blanks::shown(&shown(StylePart::Closing), scene.texts.language)))
                    p.subtle { (with_blanks(scene, "style-greeting-help")) " " code { (blank_in(scene, Blank::FirstName)) } " " code { (blank_in(scene, Blank::Name)) } }
                    @if language != Language::En { (address(scene, language, &shown(StylePart::Address))) }
                    div.ds-field {
                        label.ds-label for={ "avoided-" (tag) } { (scene.say("style-avoided")) }
                        textarea.ds-input id={ "avoided-" (tag) } name="avoided" rows="5" lang=(tag) maxlength="5000" aria-describedby={ "avoided-help-" (tag) } { "\n" (shown(StylePart::Avoided)) }
                        p.subtle id={ "avoided-help-" (tag) } { (scene.say("style-avoided-help")) }
                    }
                    div.ds-field {
                        label.ds-label for={ "sentence-" (tag) } { (scene.say("style-sentence")) }
                        input.ds-input.short id={ "sentence-" (tag) } name="sentence" inputmode="numeric" maxlength="3" value=(sentence.unwrap_or_default()) aria-describedby={ "sentence-help-" (tag) };
                        p.subtle id={ "sentence-help-" (tag) } { (scene.say("style-sentence-help")) }
                    }
                    label.choice { input.ds-input type="checkbox" name="plain" value="on" checked[shown(StylePart::Plain) == "on"]; (scene.say("style-plain")) }
                    div { button.btn.primary { (scene.say("settings-save")) } }
                }
            }
        }
    }
}

fn line(scene: &Scene, tag: &str, part: StylePart, key: &str, value: &str) -> Markup {
    let id = format!("{}-{tag}", part.word());
    html! {
        div.ds-field {
            label.ds-label for=(id) { (scene.say(key)) }
            input.ds-input id=(id) name=(part.word()) value=(value) lang=(tag) maxlength="200" autocomplete="off";
        }
    }
}

/// How the reader is spoken to, in words of the language it is about.
fn address(scene: &Scene, language: Language, chosen: &str) -> Markup {
    let (informal, formal) = match language {
        Language::Sv => ("du", "Ni"),
        _ => ("du", "De"),
    };
    let words = |address: Address| match address {
        Address::Free => scene.say("style-address-free"),
        Address::Informal => format!("«{informal}»"),
        Address::Formal => format!("«{formal}»"),
    };
    let tag = language.tag();
    html! {
        div.ds-field {
            label.ds-label for={ "address-" (tag) } { (scene.say("style-address")) }
            select.ds-input.short id={ "address-" (tag) } name="address" {
                @for address in Address::ALL {
                    option value=(address.word()) selected[address.word() == chosen] { (words(address)) }
                }
            }
        }
    }
}

fn changed(scene: &Scene, change: &Change) -> String {
    let mut names = change.what.split('.').skip(1);
    let language = names.next().and_then(|tag| tag.parse::<Language>().ok());
    let key = match names.next().unwrap_or_default() {
        "greeting" => "style-greeting",
        "closing" => "style-closing",
        "address" => "style-address",
        "avoided" => "style-avoided",
        "sentence" => "style-sentence",
        _ => "style-plain",
    };
    format!("{} · {}", language.map_or("", Language::own_name), scene.say(key))
}
