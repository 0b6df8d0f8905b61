//! `/settings/hours`: the week, the holidays, and the days that differ. One form without a script.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::CalendarId;
use torg_core::hours::{Country, Holiday, Hours, OneOff, OpeningHours, Rest};
use torg_store::calendars::{self, Calendar};

use super::words::{changed, country, day, holiday, value, week};
use super::{Fields, not_saved, sentence};
use crate::page::{Tone, icon, notice};
use crate::refusal::Refusal;
use crate::settings::{history, page, recent};
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

const PATH: &str = "/settings/hours";
/// Empty lines for days that differ.
const SPARE: usize = 3;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// Which hours stand in the form; new ones if none.
    id: Option<CalendarId>,
    /// Whose holidays are filled in.
    country: Option<Country>,
}

/// What stands in the form.
struct Filled {
    id: Option<CalendarId>,
    name: String,
    days: [String; 7],
    holidays: std::collections::BTreeMap<Holiday, Rest>,
    /// From, to, hours and name, as written.
    one_offs: Vec<[String; 4]>,
}

/// `GET /settings/hours`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let kept = web.read(calendars::all).await?;
    let chosen = match asked.id {
        Some(id) => Some(kept.into_iter().find(|one| one.id == id).ok_or(Refusal::NotFound)?),
        None => kept.into_iter().next(),
    };
    let mut filled = chosen.map_or_else(fresh, |calendar| Filled::of(&calendar));
    if let Some(country) = asked.country {
        let usual = country.holidays().iter();
        filled.holidays = usual.filter_map(|(day, rest)| Some((*day, (*rest)?))).collect();
    }
    with(&web, &signed, &untold, &filled, None).await
}

/// `GET /settings/hours/new`
pub(crate) async fn new(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    with(&web, &signed, &untold, &fresh(), None).await
}

/// `POST /settings/hours`
pub(crate) async fn save(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (scene, fields) = (signed.scene(&web), Fields(fields));
    let filled = Filled::from(&fields)?;
    let trouble = match filled.hours(&scene) {
        Err(trouble) => trouble,
        Ok(hours) => {
            match web.desk.save_hours(&signed.viewer, filled.id, &filled.name, hours).await {
                Ok(id) => return Ok(Told::of(Deed::Saved).at(&web, &format!("{PATH}?id={id}"))),
                Err(refused) => sentence(&scene, refused)?,
            }
        }
    };
    Ok(not_saved(with(&web, &signed, &Untold::default(), &filled, Some(&trouble)).await?))
}

/// `POST /settings/hours/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (scene, fields) = (signed.scene(&web), Fields(fields));
    let id: CalendarId = fields.id("id")?.ok_or(Refusal::BadForm)?;
    match web.desk.remove_hours(&signed.viewer, id).await {
        Ok(()) => Ok(Told::of(Deed::Saved).at(&web, PATH)),
        Err(refused) => {
            let trouble = sentence(&scene, refused)?;
            let kept = web.read(move |read| calendars::one(read, id)).await?;
            let filled = kept.map_or_else(fresh, |calendar| Filled::of(&calendar));
            Ok(not_saved(with(&web, &signed, &Untold::default(), &filled, Some(&trouble)).await?))
        }
    }
}

/// A week that many offices have, to begin with.
fn fresh() -> Filled {
    let days =
        std::array::from_fn(|day| if day < 5 { "08:00–15:30".into() } else { String::new() });
    let holidays = std::collections::BTreeMap::new();
    Filled { id: None, name: String::new(), days, holidays, one_offs: Vec::new() }
}

impl Filled {
    fn of(calendar: &Calendar) -> Self {
        let Calendar { id, name, hours } = calendar;
        let one_off = |one: &OneOff| {
            [one.from.to_string(), one.to.to_string(), one.hours.to_string(), one.name.clone()]
        };
        Self {
            id: Some(*id),
            name: name.clone(),
            days: std::array::from_fn(|day| hours.week.days[day].to_string()),
            holidays: hours.holidays.clone(),
            one_offs: hours.one_offs.iter().map(one_off).collect(),
        }
    }

    fn from(fields: &Fields) -> Result<Self, Refusal> {
        let days = std::array::from_fn(|day| fields.get(&format!("day-{day}")).to_owned());
        let kept = Holiday::ALL.into_iter().filter_map(|holiday| {
            let name = key(holiday);
            let rest = match fields.get(&name) {
                "closed" => Rest::Closed,
                "half" => Rest::AT_NOON,
                _ => return None,
            };
            Some((holiday, rest))
        });
        let lines = (0..).take_while(|line| fields.has(&format!("from-{line}")));
        let one_offs = lines.map(|line| {
            ["from", "to", "hours", "what"]
                .map(|part| fields.get(&format!("{part}-{line}")).to_owned())
        });
        Ok(Self {
            id: fields.id("id")?,
            name: fields.get("name").to_owned(),
            days,
            holidays: kept.collect(),
            one_offs: one_offs.filter(|line| line.iter().any(|part| !part.is_empty())).collect(),
        })
    }

    /// The hours that were written, or what cannot be read of them.
    fn hours(&self, scene: &Scene) -> Result<OpeningHours, String> {
        let not_hours =
            |text: &str| scene.with("hours-not-hours", [("text", word(text.to_owned()))]);
        let read = |text: &String| text.parse::<Hours>().map_err(|_| not_hours(text));
        let mut hours = OpeningHours { holidays: self.holidays.clone(), ..OpeningHours::default() };
        for (day, text) in hours.week.days.iter_mut().zip(&self.days) {
            *day = read(text)?;
        }
        for [from, to, open, name] in &self.one_offs {
            let day = |text: &String| text.parse().map_err(|_| scene.say("hours-no-date"));
            let from = day(from)?;
            let to = if to.is_empty() { from } else { day(to)? };
            hours.one_offs.push(OneOff { from, to, hours: read(open)?, name: name.clone() });
        }
        Ok(hours)
    }
}

/// The field of a holiday.
fn key(holiday: Holiday) -> String {
    let place = Holiday::ALL.iter().position(|one| *one == holiday).unwrap_or(0);
    format!("holiday-{place}")
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    filled: &Filled,
    trouble: Option<&str>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let (kept, changes) =
        web.read(|read| Ok((calendars::all(read)?, recent(read, "hours")?))).await?;
    let content = html! {
        (chooser(&scene, &kept, filled.id))
        section.panel {
            form.form.wide method="post" action=(PATH) {
                @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
                @if let Some(id) = filled.id { input type="hidden" name="id" value=(id); }
                div.ds-field {
                    label.ds-label for="name" { (scene.say("hours-name")) }
                    input.ds-input #name name="name" value=(filled.name) required maxlength="80" autocomplete="off";
                }
                (week_fields(&scene, filled))
                (holiday_fields(&scene, filled))
                (one_off_fields(&scene, filled))
                div.row { button.btn.primary { (scene.say("settings-save")) } }
            }
            @if let Some(id) = filled.id {
                form method="post" action={ (PATH) "/removal" } { input type="hidden" name="id" value=(id); button.btn.quiet { (icon("x")) (scene.say("hours-remove")) } }
            }
        }
        (history(&scene, PATH, &changes, |change| changed(&scene, &change.old, &change.new), |_, text| value(&scene, text)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

fn chooser(scene: &Scene, kept: &[Calendar], here: Option<CalendarId>) -> Markup {
    html! {
        section.panel {
            ul.lines {
                @for calendar in kept {
                    li { a.whole href={ (PATH) "?id=" (calendar.id) } aria-current=[(here == Some(calendar.id)).then_some("true")] {
                        (icon("clock")) span.grow { span.medium { (calendar.name) } br; span.subtle.meta { (week(scene, &calendar.hours)) } }
                    } }
                }
                li { a.whole href={ (PATH) "/new" } aria-current=[here.is_none().then_some("true")] { (icon("plus")) span.grow { (scene.say("hours-new")) } } }
            }
        }
    }
}

fn week_fields(scene: &Scene, filled: &Filled) -> Markup {
    html! {
        fieldset.week {
            legend.ds-label { (scene.say("hours-week")) }
            p.subtle #week-help { (scene.say("hours-week-help")) }
            @for (place, text) in filled.days.iter().enumerate() {
                div {
                    label for={ "day-" (place) } { (day(scene, place)) }
                    input.ds-input #{ "day-" (place) } name={ "day-" (place) } value=(text) placeholder=(scene.say("hours-closed")) autocomplete="off" aria-describedby="week-help";
                }
            }
        }
    }
}

fn holiday_fields(scene: &Scene, filled: &Filled) -> Markup {
    let of = |holiday: Holiday| {
        let keeps = |country: &Country| country.holidays().iter().any(|(day, _)| *day == holiday);
        let countries = Country::ALL.into_iter().filter(keeps);
        countries.map(|one| country(scene, one)).collect::<Vec<_>>().join(", ")
    };
    let id = filled.id.map(|id| format!("id={id}&")).unwrap_or_default();
    html! {
        fieldset.holidays {
            legend.ds-label { (scene.say("hours-holidays")) }
            p.subtle { (scene.say("hours-holidays-help")) " "
                @for one in Country::ALL { a href={ (PATH) "?" (id) "country=" (format!("{one:?}").to_lowercase()) } { (country(scene, one)) } " " }
            }
            div.choices {
                @for one in Holiday::ALL {
                    (holiday_field(scene, one, filled.holidays.get(&one).copied(), &of(one)))
                }
            }
        }
    }
}

fn holiday_field(scene: &Scene, one: Holiday, rest: Option<Rest>, countries: &str) -> Markup {
    let (name, is_half) = (key(one), matches!(rest, Some(Rest::ClosesAt(_))));
    let today = scene.times.local_now().date();
    let years = [today.year(), today.year() + 1];
    let next = years.into_iter().find_map(|year| one.on(year).filter(|day| *day >= today));
    html! {
        div {
            label for=(name) { (holiday(scene, one)) span.subtle.meta { @if let Some(day) = next { time datetime=(day) { (day.day()) "." (day.month()) "." (day.year()) } } " · " (countries) } }
            select.ds-input #(name) name=(name) {
                option value="" selected[rest.is_none()] { (scene.say("hours-as-usual")) }
                option value="closed" selected[rest == Some(Rest::Closed)] { (scene.say("hours-closed")) }
                option value="half" selected[is_half] { (scene.say("hours-half")) }
            }
        }
    }
}

fn one_off_fields(scene: &Scene, filled: &Filled) -> Markup {
    let spare = std::iter::repeat_n([const { String::new() }; 4], SPARE);
    html! {
        fieldset.one-offs {
            legend.ds-label { (scene.say("hours-one-offs")) }
            p.subtle { (scene.say("hours-one-offs-help")) }
            @for (line, [from, to, open, name]) in filled.one_offs.iter().cloned().chain(spare).enumerate() {
                div {
                    label { span { (scene.say("hours-from")) } input.ds-input type="date" name={ "from-" (line) } value=(from); }
                    label { span { (scene.say("hours-to")) } input.ds-input type="date" name={ "to-" (line) } value=(to); }
                    label { span { (scene.say("hours-open")) } input.ds-input name={ "hours-" (line) } value=(open) placeholder=(scene.say("hours-closed")) autocomplete="off"; }
                    label { span { (scene.say("hours-what")) } input.ds-input name={ "what-" (line) } value=(name) maxlength="80" autocomplete="off"; }
                }
            }
        }
    }
}
