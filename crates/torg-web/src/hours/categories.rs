//! `/settings/categories`: what kinds of matters there are.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use torg_core::{CategoryId, DepartmentId};
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
    let typed = Typed {
        id,
        name: fields.get("name").to_owned(),
        department: fields.id("department")?,
        sort: fields.get("sort").to_owned(),
        active: id.is_none() || fields.has("active"),
    };
    let trouble = match typed.category() {
        None => scene.say("hours-sort-number"),
        Some(wanted) => match web.desk.save_category(&signed.viewer, id, wanted).await {
            Ok(_) => return Ok(Told::of(Deed::Saved).at(&web, PATH)),
            Err(refused) => sentence(&scene, refused)?,
        },
    };
    let again = Again { trouble, typed };
    Ok(not_saved(with(&web, &signed, &Untold::default(), Some(&again)).await?))
}

/// A category as somebody fills it in.
struct Typed {
    id: Option<CategoryId>,
    name: String,
    department: Option<DepartmentId>,
    sort: String,
    active: bool,
}

impl Typed {
    fn of(category: &Category) -> Self {
        Self {
            id: Some(category.id),
            name: category.name.clone(),
            department: category.department,
            sort: category.sort.to_string(),
            active: category.active,
        }
    }

    fn new() -> Self {
        let (name, sort) = (String::new(), "0".to_owned());
        Self { id: None, name, department: None, sort, active: true }
    }

    /// `None` if its place is no number; left empty, it is the first.
    fn category(&self) -> Option<NewCategory> {
        let sort = if self.sort.is_empty() { 0 } else { self.sort.parse().ok()? };
        let (name, department, active) = (self.name.clone(), self.department, self.active);
        Some(NewCategory { name, department, sort, active })
    }
}

/// What was not saved, and why.
struct Again {
    trouble: String,
    typed: Typed,
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    again: Option<&Again>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let found = web.read(|read| {
        Ok((categories::all(read)?, departments::all(read)?, recent(read, "categories")?))
    });
    let (kept, departments, changes) = found.await?;
    let typed = |id| again.map(|again| &again.typed).filter(|typed| typed.id == id);
    let content = html! {
        section.panel {
            @if let Some(again) = again { (notice(Tone::Warning, html! { p { (again.trouble) } })) }
            @if kept.is_empty() { p.subtle { (scene.say("hours-no-categories")) } }
            ul.lines { @for category in &kept { li { (form(&scene, &departments, typed(Some(category.id)).unwrap_or(&Typed::of(category)))) } } }
        }
        section.panel aria-labelledby="new-category" {
            h2 #new-category { (scene.say("hours-new-category")) }
            (form(&scene, &departments, typed(None).unwrap_or(&Typed::new())))
        }
        (history(&scene, PATH, &changes, |change| changed(&scene, &change.old, &change.new), |_, text| value(&scene, text)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

fn form(scene: &Scene, departments: &[DepartmentName], typed: &Typed) -> Markup {
    let id = typed.id.map_or("new".to_owned(), |id| id.to_string());
    html! {
        form.category method="post" action=(PATH) {
            @if let Some(id) = typed.id { input type="hidden" name="id" value=(id); }
            label { span { (scene.say("hours-name")) } input.ds-input #{ "name-" (id) } name="name" value=(typed.name) required maxlength="80" autocomplete="off"; }
            label { span { (scene.say("hours-department")) }
                select.ds-input name="department" {
                    option value="" { (scene.say("hours-all-departments")) }
                    @for one in departments { option value=(one.id) selected[typed.department == Some(one.id)] { (one.name) } }
                } }
            label.short { span { (scene.say("hours-sort")) } input.ds-input name="sort" inputmode="numeric" value=(typed.sort) maxlength="4"; }
            @if typed.id.is_some() {
                label.choice { input.ds-input type="checkbox" name="active" checked[typed.active]; (scene.say("hours-used")) }
            }
            button.btn { (scene.say(if typed.id.is_some() { "settings-save" } else { "hours-add" })) }
        }
    }
}
