//! `/settings/categories`: what kinds of matters there are.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use torg_desk::NewCategory;
use torg_store::categories::{self, Category};
use torg_store::departments::{self, DepartmentName};

use super::words::{changed, value};
use super::{Fields, not_saved, sentence};
use crate::page::{Tone, notice};
use crate::refusal::Refusal;
use crate::settings::{history, page, recent};
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::Scene;

const PATH: &str = "/settings/categories";

/// `GET /settings/categories`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, None).await
}

/// `POST /settings/categories`: a new one, or one that is changed.
pub(crate) async fn save(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (scene, fields) = (signed.scene(&web), Fields(fields));
    let id = fields.id("id")?;
    let wanted = NewCategory {
        name: fields.get("name").to_owned(),
        department: fields.id("department")?,
        sort: fields.get("sort").parse().unwrap_or(0),
        active: id.is_none() || fields.has("active"),
    };
    match web.desk.save_category(&signed.viewer, id, wanted).await {
        Ok(_) => Ok(Told::of(Deed::Saved).at(&web, PATH)),
        Err(refused) => {
            let trouble = sentence(&scene, refused)?;
            Ok(not_saved(with(&web, &signed, &Untold::default(), Some(&trouble)).await?))
        }
    }
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    trouble: Option<&str>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let found = web.read(|read| {
        Ok((categories::all(read)?, departments::all(read)?, recent(read, "categories")?))
    });
    let (kept, departments, changes) = found.await?;
    let content = html! {
        section.panel {
            @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
            @if kept.is_empty() { p.subtle { (scene.say("hours-no-categories")) } }
            ul.lines { @for category in &kept { li { (form(&scene, &departments, Some(category))) } } }
        }
        section.panel aria-labelledby="new-category" {
            h2 #new-category { (scene.say("hours-new-category")) }
            (form(&scene, &departments, None))
        }
        (history(&scene, PATH, &changes, |change| changed(&scene, &change.old, &change.new), |_, text| value(&scene, text)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

fn form(scene: &Scene, departments: &[DepartmentName], category: Option<&Category>) -> Markup {
    let id = category.map_or("new".to_owned(), |category| category.id.to_string());
    let own = category.and_then(|category| category.department);
    html! {
        form.category method="post" action=(PATH) {
            @if let Some(category) = category { input type="hidden" name="id" value=(category.id); }
            label { span { (scene.say("hours-name")) } input.ds-input #{ "name-" (id) } name="name" value=(category.map_or("", |category| category.name.as_str())) required maxlength="80" autocomplete="off"; }
            label { span { (scene.say("hours-department")) }
                select.ds-input name="department" {
                    option value="" { (scene.say("hours-all-departments")) }
                    @for one in departments { option value=(one.id) selected[own == Some(one.id)] { (one.name) } }
                } }
            label.short { span { (scene.say("hours-sort")) } input.ds-input name="sort" inputmode="numeric" value=(category.map_or(0, |category| category.sort)) maxlength="4"; }
            @if let Some(category) = category {
                label.choice { input.ds-input type="checkbox" name="active" checked[category.active]; (scene.say("hours-used")) }
            }
            button.btn { (scene.say(if category.is_some() { "settings-save" } else { "hours-add" })) }
        }
    }
}
