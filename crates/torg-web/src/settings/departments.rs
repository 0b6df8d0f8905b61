//! `/settings/departments`: the tree of departments, and adding one.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use torg_core::person::readable;
use torg_core::{DepartmentId, JournalId};
use torg_desk::DepartmentRefused;
use torg_store::changes::Change;
use torg_store::departments::{self, Branch};

use super::changes::undo_path;
use super::fields::Fields;
use super::{history, page, recent};
use crate::page::{Tone, hidden_then, icon, notice};
use crate::refusal::Refusal;
use crate::setup;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

pub(super) const PATH: &str = "/settings/departments";

/// `GET /settings/departments`
pub(crate) async fn index(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, &Fields::default(), None, None).await
}

/// The page as it asks whether letters are really to come out from behind an heir's wall, by taking
/// back the removal that `line` tells of.
pub(super) async fn would_open(
    web: &Web,
    signed: &Signed,
    line: JournalId,
) -> Result<Response, Refusal> {
    let page = with(web, signed, &Untold::default(), &Fields::default(), None, Some(line)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /settings/departments`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let (name, parent) = (fields.text("name"), fields.value("parent"));
    let restricted = fields.has("restricted");
    match web.desk.create_department(&signed.viewer, name, restricted, parent).await {
        Ok(_) => Ok(Told::of(Deed::Saved).at(&web, fields.then(PATH))),
        Err(refused) => {
            let scene = signed.scene(&web);
            let trouble = sentence(&scene, refused)?;
            if fields.then(PATH) == setup::DEPARTMENTS {
                let tree = web.read(departments::tree).await?;
                let page = setup::departments_step(&scene, &tree, name, Some(&trouble));
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
            let page =
                with(&web, &signed, &Untold::default(), &fields, Some(&trouble), None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// The sentence of a refusal, on the page it belongs to.
pub(super) fn sentence(scene: &Scene, refused: DepartmentRefused) -> Result<String, Refusal> {
    Ok(match refused {
        DepartmentRefused::NotAllowed => return Err(Refusal::ForAdministrators),
        DepartmentRefused::NotFound => return Err(Refusal::NotFound),
        DepartmentRefused::Store(error) => return Err(error.into()),
        DepartmentRefused::TooDeep { most } => {
            let most = word(i64::try_from(most).unwrap_or(i64::MAX));
            scene.with("settings-too-deep", [("most", most)])
        }
        DepartmentRefused::NoName => scene.say("settings-bad-name"),
        DepartmentRefused::NameTaken => scene.say("settings-name-taken"),
        DepartmentRefused::InItself => scene.say("settings-in-itself"),
        DepartmentRefused::LastDepartment => scene.say("settings-last-department"),
        DepartmentRefused::WouldOpen => scene.say("settings-would-open"),
        DepartmentRefused::NotAnAddress => scene.say("settings-not-an-address"),
        DepartmentRefused::AddressThere => scene.say("settings-address-there"),
    })
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    fields: &Fields,
    trouble: Option<&str>,
    would_open: Option<JournalId>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let (tree, changes) =
        web.read(|read| Ok((departments::tree(read)?, recent(read, "departments")?))).await?;
    let content = html! {
        @if let Some(line) = would_open { (notice(Tone::Warning, putting_back(&scene, line))) }
        section.panel aria-labelledby="tree" {
            h2 #tree { (scene.say("settings-departments")) }
            @if tree.is_empty() { p.subtle { (scene.say("settings-no-departments")) } }
            ul.lines { @for one in &tree { (line(&scene, one)) } }
        }
        section.panel aria-labelledby="add" {
            h2 #add { (scene.say("settings-add-department")) }
            @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
            (form(&scene, &tree, fields.text("name"), fields.then(PATH)))
        }
        (history(&scene, PATH, &changes, |change| changed(&scene, change), |_, value| readable(value)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

/// Asks before what lies behind an heir's wall comes out.
fn putting_back(scene: &Scene, line: JournalId) -> Markup {
    html! {
        form.form method="post" action=(undo_path("departments", line)) {
            (hidden_then(PATH))
            p { (scene.say("settings-putting-back-opens")) }
            label.choice { input.ds-input type="checkbox" name="opens" required; (scene.say("settings-opens")) }
            div { button.btn.danger { (icon("undo-2")) (scene.say("settings-undo")) } }
        }
    }
}

fn line(scene: &Scene, one: &Branch) -> Markup {
    html! {
        li class={ "level-" (one.level) } { a.whole href={ (PATH) "/" (one.id) } {
            (icon("building-2"))
            span.grow.medium { (one.name) }
            @if one.restricted { span.tag { (icon("lock")) (scene.say("settings-restricted")) } }
            (icon("chevron-right"))
        } }
    }
}

/// The form that adds a department; the set-up shows it too.
pub(crate) fn form(scene: &Scene, tree: &[Branch], name: &str, then: &str) -> Markup {
    html! {
        form.form method="post" action=(PATH) {
            (hidden_then(then))
            div.ds-field {
                label.ds-label for="name" { (scene.say("settings-name")) }
                input.ds-input #name name="name" value=(name) required maxlength="80" autocomplete="off" autofocus[then == setup::DEPARTMENTS];
            }
            @if !tree.is_empty() { (parent_select(scene, tree, None, None)) }
            label.choice { input.ds-input type="checkbox" name="restricted"; (scene.say("settings-restricted-box")) }
            div { button.btn.primary { (icon("plus")) (scene.say("settings-add")) } }
        }
    }
}

/// Where a department lies.
pub(super) fn parent_select(
    scene: &Scene,
    tree: &[Branch],
    itself: Option<DepartmentId>,
    chosen: Option<DepartmentId>,
) -> Markup {
    html! {
        div.ds-field {
            label.ds-label for="parent" { (scene.say("settings-lies-in")) }
            select.ds-input #parent name="parent" {
                option value="" { (scene.say("settings-at-the-top")) }
                @for one in tree.iter().filter(|one| Some(one.id) != itself) {
                    option value=(one.id) selected[Some(one.id) == chosen] { @for _ in 0..one.level { "– " } (one.name) }
                }
            }
        }
    }
}

pub(super) fn changed(scene: &Scene, change: &Change) -> String {
    match change.what.as_str() {
        "department" => scene.say("settings-department"),
        "address" => scene.say("settings-address"),
        other => readable(other.strip_prefix("address ").unwrap_or(other)),
    }
}
