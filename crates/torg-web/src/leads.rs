//! The leads' page: what has no owner, what is overdue, what waits longest, and with whom it lies.
//! Every figure leads to the list behind it.

use axum::extract::{Query, State};
use axum::response::Response;
use jiff::ToSpan;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::{DepartmentId, StaffId};
use torg_store::departments::DepartmentName;
use torg_store::due::{self, DuePage, DueRow, Scope};
use torg_store::leads::{self, Figures, Load, Today};
use torg_store::staff::StaffName;

use crate::page::{Frame, Place, avatar, due_tag, empty, frame, icon, nobody};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::count;

/// How many rows the page shows of each list, and how many a list has to a page.
const FEW: usize = 5;
const ROWS: usize = 50;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// `overdue`, `today` or `longest`.
    #[serde(default)]
    show: String,
    department: Option<DepartmentId>,
    owner: Option<StaffId>,
    after: Option<String>,
}

/// `GET /leads`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let (scene, viewer) = (signed.scene(&web), signed.viewer.clone());
    let today = today(&scene);
    let found = web.read(move |read| {
        let departments = leads::departments(read, &viewer, today.now)?;
        let own = departments.iter().find(|(own, _)| *own).map(|(_, load)| load.of.id);
        let chosen = asked.department.or(own);
        Ok(Morning {
            figures: leads::figures(read, &viewer, today)?,
            colleagues: match chosen {
                Some(id) => leads::colleagues(read, &viewer, id, today.now)?,
                None => Vec::new(),
            },
            chosen,
            departments,
            overdue: due::list(read, &viewer, Scope::All, (i64::MIN, today.now), None, FEW)?,
            longest: due::longest(read, &viewer, None, FEW)?,
        })
    });
    let main = morning(&scene, &found.await?);
    Ok(page(&web, &scene, &untold, scene.say("leads-title"), main))
}

/// `GET /leads/inquiries`: the list behind a figure, the oldest first.
pub(crate) async fn inquiries(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let (scene, viewer) = (signed.scene(&web), signed.viewer.clone());
    let today = today(&scene);
    let scope = match (asked.department, asked.owner) {
        (_, Some(owner)) => Scope::Owner(owner),
        (Some(department), _) => Scope::Department(department),
        _ => Scope::All,
    };
    // A place in an older list begins at the top again.
    let after = asked.after.as_deref().and_then(|after| after.parse().ok());
    let (title, between) = match asked.show.as_str() {
        "longest" => ("leads-longest", None),
        "today" => ("leads-today", Some((today.now, today.end))),
        _ => ("leads-overdue", Some((i64::MIN, today.now))),
    };
    let rows = web.read(move |read| match between {
        None => due::longest(read, &viewer, after.as_ref(), ROWS),
        Some(between) => due::list(read, &viewer, scope, between, after.as_ref(), ROWS),
    });
    let rows = rows.await?;
    let title = scene.say(title);
    let main = html! {
        main #main .page tabindex="-1" {
            header { div { p { a href="/leads" { (icon("chevron-left")) (scene.say("leads-back")) } } h1 { (title) } } }
            section.panel { (list(&scene, &rows, between.is_none())) (older(&scene, &asked, &rows)) }
        }
    };
    Ok(page(&web, &scene, &untold, title, main))
}

struct Morning {
    figures: Figures,
    departments: Vec<(bool, Load<DepartmentName>)>,
    chosen: Option<DepartmentId>,
    colleagues: Vec<Load<StaffName>>,
    overdue: DuePage,
    longest: DuePage,
}

/// Now, and the next midnight in Fjordby.
fn today(scene: &Scene) -> Today {
    let now = scene.times.now.to_zoned(scene.times.zone.clone());
    let tomorrow = now.checked_add(1.day()).and_then(|then| then.start_of_day());
    let end = tomorrow.map_or(i64::MAX, |then| then.timestamp().as_microsecond());
    Today { now: now.timestamp().as_microsecond(), end }
}

fn page(web: &Web, scene: &Scene, untold: &Untold, title: String, main: Markup) -> Response {
    let told = untold.0.clone();
    let frame = frame(scene, &Frame { title, place: Place::Leads, main, told });
    untold.once(web, frame)
}

fn morning(scene: &Scene, morning: &Morning) -> Markup {
    let figures = &morning.figures;
    html! {
        main #main .page.leads tabindex="-1" {
            header { div { h1 { (scene.say("leads-title")) } p.lead { (scene.say("leads-text")) } } }
            ul.figures {
                (figure(scene, "leads-unowned", figures.unowned, "/folders/unowned", figures.unowned > 0))
                (figure(scene, "leads-overdue", figures.overdue, "/leads/inquiries?show=overdue", figures.overdue > 0))
                (figure(scene, "leads-today", figures.today, "/leads/inquiries?show=today", false))
                (figure(scene, "leads-open", figures.open, "/folders/all", false))
                li { a href="/leads/inquiries?show=longest" {
                    b { @if let Some(oldest) = figures.oldest { (scene.times.age(oldest)) } @else { "–" } }
                    span { (scene.say("leads-oldest")) }
                } }
            }
            div.halves {
                (short_list(scene, "overdue", "leads-overdue", &morning.overdue))
                (short_list(scene, "longest", "leads-longest", &morning.longest))
            }
            (departments(scene, morning))
            (colleagues(scene, morning))
        }
    }
}

fn figure(scene: &Scene, key: &str, number: i64, path: &str, presses: bool) -> Markup {
    html! { li { a href=(path) .presses[presses] { b.tnum { (count(number)) } span { (scene.say(key)) } } } }
}

fn short_list(scene: &Scene, show: &str, key: &str, rows: &DuePage) -> Markup {
    html! {
        section.panel aria-labelledby=(show) {
            h2 #(show) { (scene.say(key)) }
            (list(scene, rows, show == "longest"))
            @if rows.next.is_some() { p { a href={ "/leads/inquiries?show=" (show) } { (scene.say("leads-all")) } } }
        }
    }
}

fn list(scene: &Scene, page: &DuePage, by_age: bool) -> Markup {
    html! {
        @if page.rows.is_empty() {
            (empty("check", true, &scene.say("leads-nothing"), html! { (scene.say("leads-nothing-text")) }))
        }
        ul.lines { @for row in &page.rows { li { (line(scene, row, by_age)) } } }
    }
}

fn line(scene: &Scene, row: &DueRow, by_age: bool) -> Markup {
    html! {
        a.whole href={ "/inquiries/" (row.id) } {
            @match &row.owner {
                Some(owner) => { span title=(owner.name) { (avatar(&owner.name, true, false)) span.hidden { (scene.with("inquiries-owner-is", [("name", word(owner.name.as_str()))])) } } }
                None => { (nobody()) span.hidden { (scene.say("inquiries-unowned")) } }
            }
            span.grow.cut {
                span.medium { (crate::workspace::subject(scene, &row.subject)) }
                br; span.subtle.meta { (row.number) " · " (row.department.name) " · " (row.sender) }
            }
            @if row.urgent { span.tag.danger { (icon("flag")) (scene.say("inquiries-urgent")) } }
            @match row.due.as_ref().filter(|_| !by_age) { Some(due) => (due_tag(scene, due)), None => (scene.age(row.last_at)) }
        }
    }
}

fn older(scene: &Scene, asked: &Asked, page: &DuePage) -> Markup {
    let mut path = format!(
        "/leads/inquiries?show={}",
        if asked.show.is_empty() { "overdue" } else { &asked.show }
    );
    if let Some(department) = asked.department {
        path = format!("{path}&department={department}");
    }
    if let Some(owner) = asked.owner {
        path = format!("{path}&owner={owner}");
    }
    html! {
        @if let Some(next) = &page.next {
            p.row { a.btn href={ (path) "&after=" (next) } { (scene.say("leads-more")) (icon("arrow-down")) } }
        }
    }
}

fn departments(scene: &Scene, morning: &Morning) -> Markup {
    html! {
        section.panel aria-labelledby="departments" {
            h2 #departments { (scene.say("leads-departments")) }
            div.scroll { table.load {
                (heads(scene, "leads-department"))
                tbody { @for (_, load) in &morning.departments {
                    tr aria-current=[(morning.chosen == Some(load.of.id)).then_some("true")] {
                        th scope="row" { a href={ "/leads?department=" (load.of.id) "#colleagues" } { (load.of.name) } @if load.of.restricted { " " (icon("lock")) span.hidden { (scene.say("folders-restricted")) } } }
                        (cells(scene, load, &format!("/folders/d-{}", load.of.id), &format!("/leads/inquiries?show=overdue&department={}", load.of.id)))
                    }
                } }
            } }
        }
    }
}

fn colleagues(scene: &Scene, morning: &Morning) -> Markup {
    let chosen = morning.departments.iter().find(|(_, load)| morning.chosen == Some(load.of.id));
    html! {
        section.panel aria-labelledby="colleagues" {
            h2 #colleagues {
                @match chosen {
                    Some((_, load)) => (scene.with("leads-colleagues-of", [("department", word(load.of.name.as_str()))])),
                    None => (scene.say("leads-colleagues")),
                }
            }
            @if morning.colleagues.is_empty() {
                p.subtle { (scene.say(if chosen.is_some() { "leads-colleagues-none" } else { "leads-choose" })) }
            } @else {
                div.scroll { table.load {
                    (heads(scene, "leads-colleague"))
                    tbody { @for load in &morning.colleagues {
                        tr {
                            th scope="row" { span.row { (avatar(&load.of.name, true, false)) (load.of.name) } }
                            (cells(scene, load, &format!("/folders/c-{}", load.of.id), &format!("/leads/inquiries?show=overdue&owner={}", load.of.id)))
                        }
                    } }
                } }
            }
        }
    }
}

fn heads(scene: &Scene, first: &str) -> Markup {
    html! {
        thead { tr {
            th scope="col" { (scene.say(first)) }
            th scope="col" { (scene.say("leads-open")) }
            th scope="col" { (scene.say("leads-overdue")) }
            th scope="col" { (scene.say("leads-oldest")) }
        } }
    }
}

fn cells<T>(scene: &Scene, load: &Load<T>, open: &str, overdue: &str) -> Markup {
    html! {
        td.tnum { a href=(open) { (count(load.open)) } }
        td.tnum { @if load.overdue > 0 { a.presses href=(overdue) { (count(load.overdue)) } } @else { span.subtle { "0" } } }
        td { @if let Some(oldest) = load.oldest { (scene.age(oldest)) } @else { span.subtle { "–" } } }
    }
}
