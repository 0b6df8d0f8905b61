//! `/settings/departments/{id}`: name, place, wall, signatures, and removing it.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_core::delegation::Staffing;
use torg_core::{DepartmentId, Id, Language};
use torg_desk::DepartmentRefused;
use torg_store::changes::Change;
use torg_store::delegation;
use torg_store::departments::{self, Branch};

use super::departments::{PATH, parent_select, sentence};
use super::fields::Fields;
use super::{history, page, recent};
use crate::page::{Tone, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

/// `GET /settings/departments/{id}`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<DepartmentId>,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, id, None).await
}

/// The page as it asks whether a wall is really to be opened.
pub(super) async fn would_open(
    web: &Web,
    signed: &Signed,
    id: DepartmentId,
) -> Result<Response, Refusal> {
    answered(web, signed, id, Err(DepartmentRefused::WouldOpen)).await
}

/// `POST /settings/departments/{id}`: name and place.
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<DepartmentId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let (name, parent) = (fields.text("name"), fields.value("parent"));
    let done = web.desk.arrange_department(&signed.viewer, id, name, parent).await;
    answered(&web, &signed, id, done).await
}

/// `POST /settings/departments/{id}/wall`: restricted or open.
pub(crate) async fn wall(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<DepartmentId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let restricted = match fields.text("restricted") {
        "yes" => true,
        "no" => false,
        _ => return with(&web, &signed, &Untold::default(), id, None).await,
    };
    let opens = fields.has("opens");
    let done = web.desk.restrict_department(&signed.viewer, id, restricted, opens).await;
    answered(&web, &signed, id, done).await
}

/// `POST /settings/departments/{id}/signature`: all of them at once.
pub(crate) async fn signature(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<DepartmentId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let languages = [None].into_iter().chain(Language::ALL.into_iter().map(Some));
    let mut done = Ok(());
    for language in languages {
        let name = format!("signature-{}", language.map_or("all", Language::tag));
        if let (Ok(()), Some(text)) = (&done, fields.find(&name)) {
            done = web.desk.set_signature(&signed.viewer, id, language, text).await;
        }
    }
    answered(&web, &signed, id, done).await
}

/// `POST /settings/departments/{id}/telling`: what the judge is told, and who gets what comes.
pub(crate) async fn tell(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<DepartmentId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let told = delegation::Told {
        description: fields.text("description").to_owned(),
        examples: fields.text("examples").to_owned(),
        staffing: Staffing::from_word(fields.text("staffing")).unwrap_or_default(),
    };
    let done = web.desk.describe_department(&signed.viewer, id, told).await;
    answered(&web, &signed, id, done).await
}

/// `POST /settings/departments/{id}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<DepartmentId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let Some(heir) = fields.value("heir") else {
        let trouble = signed.scene(&web).say("settings-choose-heir");
        let page = with(&web, &signed, &Untold::default(), id, Some(&trouble)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let opens = fields.has("opens");
    match web.desk.remove_department(&signed.viewer, id, heir, opens).await {
        Ok(()) => Ok(Told::of(Deed::Saved).at(&web, PATH)),
        done => answered(&web, &signed, id, done).await,
    }
}

async fn answered(
    web: &Web,
    signed: &Signed,
    id: DepartmentId,
    done: Result<(), DepartmentRefused>,
) -> Result<Response, Refusal> {
    let refused = match done {
        Ok(()) => return Ok(Told::of(Deed::Saved).at(web, &format!("{PATH}/{id}"))),
        Err(refused) => refused,
    };
    let trouble = sentence(&signed.scene(web), refused)?;
    let page = with(web, signed, &Untold::default(), id, Some(&trouble)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    id: DepartmentId,
    trouble: Option<&str>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let viewer = signed.viewer.staff;
    let read = web.read(move |read| {
        let changes = recent(read, &format!("department:{id}"))?;
        let told = delegation::told(read, id)?;
        let hers = departments::count_for(read, viewer, id)?;
        Ok((departments::tree(read)?, departments::signatures(read, id)?, told, changes, hers))
    });
    let (tree, signatures, told, changes, hers) = read.await?;
    let moving = web.desk.is_moving(id.as_i64()).await?;
    let Some(one) = tree.iter().find(|one| one.id == id) else {
        let content = notice(
            Tone::Plain,
            html! {
                p { (scene.say("settings-department-gone")) }
                p { a href=(PATH) { (scene.say("settings-departments")) } }
            },
        );
        let page = page(web, &scene, untold, Some(PATH), &content);
        return Ok((StatusCode::GONE, page).into_response());
    };
    let here = format!("{PATH}/{id}");
    let content = html! {
        p { a href=(PATH) { (icon("chevron-left")) (scene.say("settings-departments")) } }
        @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
        @if moving { (notice(Tone::Plain, html! { p { (scene.say("settings-department-moving")) } })) }
        section.panel aria-labelledby="one" {
            h2 #one { (one.name) }
            form.form method="post" action=(here) {
                div.ds-field {
                    label.ds-label for="name" { (scene.say("settings-name")) }
                    input.ds-input #name name="name" value=(one.name) required maxlength="80" autocomplete="off";
                }
                (parent_select(&scene, &tree, Some(id), one.parent))
                div { button.btn.primary { (scene.say("settings-save")) } }
            }
        }
        (telling(&scene, &here, &told, one.restricted))
        (signature_form(&scene, &here, &signatures))
        @if one.restricted { (opening_form(&scene, &here, hers)) } @else { (wall_form(&scene, &here)) }
        (removal(&scene, &here, &tree, one))
        (history(&scene, &here, &changes, |change| changed(&scene, change), |change, value| read_out(&scene, change, value)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

/// What the judge is told; of a restricted department only who gets what comes.
fn telling(scene: &Scene, here: &str, told: &delegation::Told, restricted: bool) -> Markup {
    let texts = [
        ("description", "delegation-description", &told.description),
        ("examples", "delegation-examples", &told.examples),
    ];
    html! {
        section.panel aria-labelledby="telling" {
            h2 #telling { (scene.say(if restricted { "delegation-staffing" } else { "delegation-known" })) }
            form.form method="post" action={ (here) "/telling" } {
                @if !restricted { p.subtle { (scene.say("delegation-known-text")) } }
                @for (name, label, text) in texts {
                    @if restricted { input type="hidden" name=(name) value=(text); } @else {
                        div.ds-field {
                            label.ds-label for=(name) { (scene.say(label)) }
                            textarea.ds-input id=(name) name=(name) rows="4" maxlength="4000" { "\n" (text) }
                            @if name == "examples" { span.subtle.meta { (scene.say("delegation-examples-help")) } }
                        }
                    }
                }
                div.ds-field {
                    label.ds-label for="staffing" { (scene.say("delegation-staffing")) }
                    select.ds-input #staffing name="staffing" aria-describedby="staffing-help" {
                        @for way in Staffing::ALL { option value=(way.word()) selected[way == told.staffing] { (scene.say(staffing_key(way))) } }
                    }
                    span #staffing-help .subtle.meta { (scene.say("delegation-staffing-help")) }
                }
                div { button.btn.primary { (scene.say("settings-save")) } }
            }
        }
    }
}

fn staffing_key(way: Staffing) -> &'static str {
    match way {
        Staffing::Nobody => "delegation-staffing-nobody",
        Staffing::Rota => "delegation-staffing-rota",
        Staffing::Fewest => "delegation-staffing-fewest",
    }
}

fn signature_form(scene: &Scene, here: &str, signatures: &[(String, String)]) -> Markup {
    let of = |tag: &str| {
        let found = signatures.iter().find(|(known, _)| known == tag);
        found.map_or("", |(_, text)| text.as_str())
    };
    let field = |tag: &str, label: &str, text: &str| {
        html! {
            div.ds-field {
                label.ds-label for={ "signature-" (tag) } { (label) }
                textarea.ds-input id={ "signature-" (tag) } name={ "signature-" (tag) } rows="3" maxlength="2000" { "\n" (text) }
            }
        }
    };
    html! {
        section.panel aria-labelledby="signatures" {
            h2 #signatures { (scene.say("settings-signatures")) }
            p.subtle { (scene.say("settings-signatures-text")) }
            form.form method="post" action={ (here) "/signature" } {
                (field("all", &scene.say("settings-signature-all"), of("")))
                @for language in Language::ALL { (field(language.tag(), language.own_name(), of(language.tag()))) }
                div { button.btn.primary { (scene.say("settings-save")) } }
            }
        }
    }
}

fn wall_form(scene: &Scene, here: &str) -> Markup {
    html! {
        section.panel aria-labelledby="wall" {
            h2 #wall { (scene.say("settings-is-open")) }
            p { (scene.say("settings-restrict-text")) }
            form method="post" action={ (here) "/wall" } {
                input type="hidden" name="restricted" value="yes";
                button.btn { (icon("lock")) (scene.say("settings-restrict")) }
            }
        }
    }
}

/// Asks before a wall falls. How many inquiries lie behind it is told only to who sees them.
fn opening_form(scene: &Scene, here: &str, hers: i64) -> Markup {
    html! {
        section.panel aria-labelledby="wall" {
            h2 #wall { (scene.say("settings-is-restricted")) }
            form.form method="post" action={ (here) "/wall" } {
                p { (scene.say("settings-open-text")) }
                @if hers > 0 { p { (scene.with("settings-open-count", [("count", word(hers))])) } }
                input type="hidden" name="restricted" value="no";
                label.choice { input.ds-input type="checkbox" name="opens" required; (scene.say("settings-open-sure")) }
                div { button.btn.danger { (scene.say("settings-open")) } }
            }
        }
    }
}

fn removal(scene: &Scene, here: &str, tree: &[Branch], one: &Branch) -> Markup {
    html! {
        section.panel aria-labelledby="removal" {
            h2 #removal { (scene.say("settings-remove-department")) }
            details {
                summary { (scene.say("settings-remove")) }
                form.form method="post" action={ (here) "/removal" } {
                    p { (scene.say("settings-remove-text")) }
                    div.ds-field {
                        label.ds-label for="heir" { (scene.say("settings-goes-to")) }
                        select.ds-input #heir name="heir" required {
                            option value="" { "–" }
                            @for other in tree.iter().filter(|other| other.id != one.id) {
                                option value=(other.id) { (other.name) }
                            }
                        }
                    }
                    @if one.restricted {
                        label.choice { input.ds-input type="checkbox" name="opens"; (scene.say("settings-opens")) }
                    }
                    div { button.btn.danger { (scene.say("settings-remove")) } }
                }
            }
        }
    }
}

fn changed(scene: &Scene, change: &Change) -> String {
    match change.what.as_str() {
        "name" => scene.say("settings-name"),
        "parent" => scene.say("settings-lies-in"),
        "restricted" => scene.say("settings-restricted"),
        "description" => scene.say("delegation-description"),
        "examples" => scene.say("delegation-examples"),
        "staffing" => scene.say("delegation-staffing"),
        other => {
            let language = other.split(' ').nth(1).and_then(|tag| tag.parse::<Language>().ok());
            let name = scene.say("settings-signatures");
            language.map_or(name.clone(), |language| format!("{name} ({})", language.own_name()))
        }
    }
}

fn read_out(scene: &Scene, change: &Change, value: &str) -> String {
    match (change.what.as_str(), value) {
        ("restricted", "1") => scene.say("settings-yes"),
        ("restricted", _) => scene.say("settings-no"),
        ("staffing", word) => {
            scene.say(staffing_key(Staffing::from_word(word).unwrap_or_default()))
        }
        _ => value.to_owned(),
    }
}
