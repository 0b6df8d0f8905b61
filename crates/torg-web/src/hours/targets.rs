//! `/settings/targets`: what is promised, what the law gives, and a box to try it in.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::civil::DateTime;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::due::{Aim, Due, Measure, Target};
use torg_core::hours::Deadline;
use torg_core::{CategoryId, DepartmentId, TargetId};
use torg_desk::Trial;
use torg_store::calendars::{self, Calendar};
use torg_store::categories::{self, Category};
use torg_store::changes::Change;
use torg_store::departments::{self, DepartmentName};
use torg_store::targets;

use super::words::{changed, measure, value, whom};
use super::{Fields, not_saved, sentence};
use crate::page::{Tone, aim, icon, notice};
use crate::refusal::Refusal;
use crate::settings::{history, page, recent};
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

const PATH: &str = "/settings/targets";

/// What the box asks.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// A local time such as `2026-11-20T14:30`.
    #[serde(default)]
    at: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    category: String,
}

/// What the page is made of.
struct Rules {
    targets: Vec<(TargetId, Target)>,
    calendars: Vec<Calendar>,
    departments: Vec<DepartmentName>,
    categories: Vec<Category>,
    changes: Vec<Change>,
}

/// `GET /settings/targets`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, &asked, None).await
}

/// `POST /settings/targets`
pub(crate) async fn save(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (scene, fields) = (signed.scene(&web), Fields(fields));
    let trouble = match target(&fields)? {
        None => scene.say("hours-no-time"),
        Some(target) => match web.desk.save_target(&signed.viewer, None, target).await {
            Ok(_) => return Ok(Told::of(Deed::Saved).at(&web, PATH)),
            Err(refused) => sentence(&scene, refused)?,
        },
    };
    let page = with(&web, &signed, &Untold::default(), &Asked::default(), Some(&trouble)).await?;
    Ok(not_saved(page))
}

/// `POST /settings/targets/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (scene, fields) = (signed.scene(&web), Fields(fields));
    let id: TargetId = fields.id("id")?.ok_or(Refusal::BadForm)?;
    match web.desk.remove_target(&signed.viewer, id).await {
        Ok(()) => Ok(Told::of(Deed::Saved).at(&web, PATH)),
        Err(refused) => {
            let trouble = sentence(&scene, refused)?;
            let (untold, asked) = (Untold::default(), Asked::default());
            Ok(not_saved(with(&web, &signed, &untold, &asked, Some(&trouble)).await?))
        }
    }
}

/// The target that was written; `None` if its time is none.
fn target(fields: &Fields) -> Result<Option<Target>, Refusal> {
    let amount = fields.get("amount").replace(',', ".");
    let minutes = |text: &str| minutes(text);
    let days = amount.parse::<u16>().ok();
    let (aim, measure) = match fields.get("what") {
        "first-answer" => (Aim::FirstAnswer, minutes(&amount).map(Measure::Working)),
        "done" => (Aim::Done, minutes(&amount).map(Measure::Working)),
        "calendar-days" => {
            (Aim::Legal, days.map(|days| Measure::Days(Deadline::CalendarDays(days))))
        }
        _ => (Aim::Legal, days.map(|days| Measure::Days(Deadline::WorkingDays(days)))),
    };
    let (Some(measure), Some(calendar)) = (measure, fields.id("calendar")?) else {
        return Ok(None);
    };
    let remind = minutes(&fields.get("remind").replace(',', ".")).unwrap_or(0);
    let (department, category) = (fields.id("department")?, fields.id("category")?);
    Ok(Some(Target { aim, measure, department, category, calendar, remind }))
}

/// The minutes of "4" or "1.5" hours.
fn minutes(hours: &str) -> Option<u32> {
    let (whole, part) = hours.split_once('.').unwrap_or((hours, "0"));
    let (whole, tenths): (u32, u32) = (whole.parse().ok()?, part.get(..1)?.parse().ok()?);
    whole.checked_mul(60)?.checked_add(tenths * 6)
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    asked: &Asked,
    trouble: Option<&str>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let rules = web
        .read(|read| {
            Ok(Rules {
                targets: targets::all(read)?,
                calendars: calendars::all(read)?,
                departments: departments::all(read)?,
                categories: categories::all(read)?,
                changes: recent(read, "targets")?,
            })
        })
        .await?;
    let tried = tried(web, &scene, asked).await?;
    let content = html! {
        section.panel { (list(&scene, &rules)) }
        section.panel aria-labelledby="new-target" {
            h2 #new-target { (scene.say("hours-new-target")) }
            @if rules.calendars.is_empty() {
                p { (scene.say("hours-first")) " " a href="/settings/hours/new" { (scene.say("hours-new")) } }
            } @else { (new_form(&scene, &rules, trouble)) }
        }
        (trial(&scene, &rules, asked, tried.as_deref()))
        (history(&scene, PATH, &rules.changes, |change| changed(&scene, &change.old, &change.new), |_, text| value(&scene, text)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

fn list(scene: &Scene, rules: &Rules) -> Markup {
    let line = |target: &Target| {
        let department =
            target.department.and_then(|id| rules.departments.iter().find(|one| one.id == id));
        let category =
            target.category.and_then(|id| rules.categories.iter().find(|one| one.id == id));
        let calendar = rules.calendars.iter().find(|one| one.id == target.calendar);
        (
            whom(scene, department, category),
            calendar.map(|calendar| calendar.name.clone()).unwrap_or_default(),
        )
    };
    html! {
        @if rules.targets.is_empty() { p.subtle { (scene.say("hours-no-targets")) } }
        ul.lines {
            @for (id, target) in &rules.targets {
                @let (whom, calendar) = line(target);
                li {
                    span.grow { span.medium { (aim(scene, target.aim)) ": " (measure(scene, target.measure)) } br; span.subtle.meta { (whom) " · " (calendar) } }
                    form method="post" action={ (PATH) "/removal" } { input type="hidden" name="id" value=(id); button.btn.small { (icon("x")) (scene.say("hours-remove")) } }
                }
            }
        }
    }
}

fn new_form(scene: &Scene, rules: &Rules, trouble: Option<&str>) -> Markup {
    let whats = [
        ("first-answer", "hours-what-first-answer"),
        ("done", "hours-what-done"),
        ("working-days", "hours-what-working-days"),
        ("calendar-days", "hours-what-calendar-days"),
    ];
    html! {
        form.form method="post" action=(PATH) {
            @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
            div.ds-field { label.ds-label for="what" { (scene.say("hours-target-what")) }
                select.ds-input #what name="what" { @for (word, key) in whats { option value=(word) { (scene.say(key)) } } } }
            div.ds-field { label.ds-label for="amount" { (scene.say("hours-amount")) }
                input.ds-input #amount name="amount" inputmode="decimal" required maxlength="6" autocomplete="off"; }
            (department_field(scene, rules, "department", "", true))
            (category_field(scene, rules, "category", ""))
            div.ds-field { label.ds-label for="calendar" { (scene.say("hours-calendar")) }
                select.ds-input #calendar name="calendar" { @for one in &rules.calendars { option value=(one.id) { (one.name) } } } }
            div.ds-field { label.ds-label for="remind" { (scene.say("hours-remind")) }
                input.ds-input #remind name="remind" inputmode="decimal" value="1" maxlength="5" autocomplete="off" aria-describedby="remind-help";
                span #remind-help .subtle.meta { (scene.say("hours-remind-help")) } }
            div { button.btn.primary { (scene.say("hours-add")) } }
        }
    }
}

fn department_field(scene: &Scene, rules: &Rules, id: &str, chosen: &str, or_all: bool) -> Markup {
    html! {
        div.ds-field { label.ds-label for=(id) { (scene.say("hours-department")) }
            select.ds-input #(id) name="department" {
                @if or_all { option value="" { (scene.say("hours-all-departments")) } }
                @for one in &rules.departments { option value=(one.id) selected[one.id.to_string() == chosen] { (one.name) } }
            } }
    }
}

fn category_field(scene: &Scene, rules: &Rules, id: &str, chosen: &str) -> Markup {
    html! {
        div.ds-field { label.ds-label for=(id) { (scene.say("hours-category")) }
            select.ds-input #(id) name="category" {
                option value="" { (scene.say("hours-any-category")) }
                @for one in rules.categories.iter().filter(|one| one.active) { option value=(one.id) selected[one.id.to_string() == chosen] { (one.name) } }
            } }
    }
}

/// What the box answers; `None` if nothing was asked, or no time.
async fn tried(web: &Web, scene: &Scene, asked: &Asked) -> Result<Option<Vec<Due>>, Refusal> {
    let at = asked.at.parse::<DateTime>().ok();
    let at = at.and_then(|at| at.to_zoned(scene.times.zone.clone()).ok());
    let department: Option<DepartmentId> = asked.department.parse().ok();
    let category: Option<CategoryId> = asked.category.parse().ok();
    match (at, department) {
        (Some(at), Some(department)) => {
            let trial = Trial { at: at.timestamp(), department, category };
            Ok(Some(web.desk.try_due(trial).await?))
        }
        _ => Ok(None),
    }
}

fn trial(scene: &Scene, rules: &Rules, asked: &Asked, tried: Option<&[Due]>) -> Markup {
    let now = scene.times.now.to_zoned(scene.times.zone.clone());
    let now = now.strftime("%Y-%m-%dT%H:%M").to_string();
    let at = if asked.at.is_empty() { &now } else { &asked.at };
    html! {
        section.panel #trial aria-labelledby="trial-title" {
            h2 #trial-title { (scene.say("hours-trial")) }
            form.form method="get" action={ (PATH) "#trial" } {
                div.ds-field { label.ds-label for="trial-at" { (scene.say("hours-trial-at")) }
                    input.ds-input #trial-at type="datetime-local" name="at" value=(at) required; }
                (department_field(scene, rules, "trial-department", &asked.department, false))
                (category_field(scene, rules, "trial-category", &asked.category))
                div { button.btn { (scene.say("hours-trial-ask")) } }
            }
            @if let Some(tried) = tried {
                div role="status" {
                    @if tried.is_empty() { p { (scene.say("hours-trial-none")) } }
                    @for due in tried {
                        p { (scene.with("hours-trial-due", [("aim", word(aim(scene, due.aim))), ("when", word(scene.times.to_the_minute(due.at.as_microsecond())))])) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn hours_may_have_a_part() {
        assert_eq!(minutes("4"), Some(240));
        assert_eq!(minutes("1.5"), Some(90));
        assert_eq!(minutes("0.1"), Some(6));
        for wrong in ["", "x", "-1", "1.x", "99999999999", "1."] {
            assert_eq!(minutes(wrong), None, "{wrong}");
        }
    }
}
