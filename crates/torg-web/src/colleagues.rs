//! Colleagues: who is here, who is away, and taking over for them.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::{Role, StaffId};
use torg_desk::{Away, AwayRefused};
use torg_store::absences::{self, Absence};
use torg_store::folders::{self, ColleagueCount, Folder, FolderCounts};
use torg_store::staff::StaffName;

use crate::bulk;
use crate::page::{Frame, Place, Tone, avatar, empty, frame, hidden_then, icon, notice};
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

/// Who was seen within five minutes is here.
const HERE: i64 = 5 * 60 * 1_000_000;

/// Whether a colleague is at her desk.
pub(crate) fn is_here(scene: &Scene, colleague: &ColleagueCount) -> bool {
    colleague.last_seen.is_some_and(|seen| scene.times.now.as_microsecond() - seen < HERE)
}

/// Her absence, if she is away now.
pub(crate) fn away<'a>(scene: &Scene, colleague: &'a ColleagueCount) -> Option<&'a Absence> {
    let now = scene.times.now.as_microsecond();
    colleague.absences.iter().find(|absence| absence.is_now(now))
}

/// The last day of an absence, in short.
fn last_day(scene: &Scene, absence: &Absence) -> String {
    scene.times.on(absence.ends - 1)
}

/// "Away until 7 May: ill."
pub(crate) fn away_until(scene: &Scene, absence: &Absence) -> String {
    let until = scene.with("colleagues-away-until", [("day", word(last_day(scene, absence)))]);
    if absence.word.is_empty() { until } else { format!("{until}: {}", absence.word) }
}

/// What stands above the list of somebody's folder: that she is away, and that it can be taken
/// over; above one's own, that some of it is still with others.
pub(crate) fn banner(scene: &Scene, counts: &FolderCounts, folder: &Folder, here: &str) -> Markup {
    match folder {
        Folder::Mine if counts.lent > 0 => notice(
            Tone::Plain,
            html! {
                (scene.with("colleagues-lent-count", [("count", word(counts.lent))]))
                form.row method="post" action="/colleagues/handback" {
                    (hidden_then(here)) button.btn.small { (icon("undo-2")) (scene.say("colleagues-hand-back")) }
                }
            },
        ),
        Folder::Colleague(id) => {
            let found = counts.colleagues.iter().find(|colleague| colleague.id == *id);
            let absence = found.and_then(|colleague| away(scene, colleague));
            html! { @if let Some(absence) = absence { (notice(Tone::Plain, html! {
                b { (away_until(scene, absence)) } " "
                @if let Some(deputy) = &absence.deputy { (scene.with("colleagues-deputy-is", [("name", word(deputy.name.as_str()))])) }
                @else { (scene.say("colleagues-for-all")) }
                div.row { a.btn.small href={ "/colleagues#c-" (id) } { (icon("hand")) (scene.say("colleagues-take-over-all")) } }
            })) } }
        }
        _ => html! {},
    }
}

/// `GET /colleagues`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    Ok(untold.once(&web, page(&web, &signed, &untold, None).await?))
}

async fn page(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    trouble: Option<String>,
) -> Result<Markup, Refusal> {
    let (viewer, now) = (signed.viewer.clone(), web.desk.now().as_microsecond());
    let found = web.read(move |read| {
        Ok((folders::counts(read, &viewer, now)?, absences::to_come(read, now)?))
    });
    let (counts, absences) = found.await?;
    let scene = signed.scene(web);
    let title = scene.say("colleagues-title");
    let mine = absences.into_iter().find(|absence| absence.staff.id == signed.viewer.staff);
    let may_say = signed.viewer.role != Role::Staff;
    let names: Vec<StaffName> = counts
        .colleagues
        .iter()
        .map(|one| StaffName { id: one.id, name: one.name.clone() })
        .collect();
    let main = html! {
        main #main .page tabindex="-1" {
            header { div { h1 { (title) } p.lead { (scene.say("colleagues-text")) } } }
            @if let Some(trouble) = &trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
            section.panel {
                h2 { (scene.say("colleagues-me")) }
                (absence(&scene, signed.viewer.staff, mine.as_ref(), &names))
            }
            section.panel {
                h2 { (scene.say("folders-colleagues")) }
                @if counts.colleagues.is_empty() { (empty("users", false, &scene.say("colleagues-none"), html! { (scene.say("colleagues-none-text")) })) }
                ul.lines.colleagues { @for one in &counts.colleagues { (colleague(&scene, one, may_say, &names)) } }
            }
        }
    };
    let place = Place::Elsewhere;
    Ok(frame(&scene, &Frame { title, place, main, told: untold.0.clone() }))
}

fn colleague(scene: &Scene, one: &ColleagueCount, may_say: bool, names: &[StaffName]) -> Markup {
    let absence = away(scene, one);
    let to_come =
        one.absences.iter().rfind(|absence| absence.begins > scene.times.now.as_microsecond());
    html! {
        li #{ "c-" (one.id) } {
            div.row {
                (avatar(&one.name, true, false))
                span.grow {
                    a href={ "/folders/c-" (one.id) } { (one.name) } br;
                    span.subtle.meta {
                        @if let Some(absence) = absence { (icon("plane")) " " (away_until(scene, absence)) }
                        @else if is_here(scene, one) { span.at-desk {} (scene.say("colleagues-here")) }
                        @else { (scene.say("colleagues-not-here")) }
                    }
                }
                span.subtle.tnum { (scene.with("colleagues-open", [("count", word(one.open))])) }
            }
            @if one.open > 0 { details.fold {
                summary { (icon("hand")) (scene.say("colleagues-take-over-all")) }
                form.form method="post" action={ "/colleagues/" (one.id) "/takeover" } {
                    div.ds-field {
                        label.ds-label for={ "word-" (one.id) } { (scene.say("colleagues-word-to-citizens")) }
                        textarea.ds-input #{ "word-" (one.id) } name="word" rows="3" maxlength="2000" {}
                        span.subtle.meta { (scene.say("colleagues-word-help")) }
                    }
                    div.row { button.btn.primary { (scene.with("colleagues-take-over-count", [("count", word(one.open))])) } }
                }
            } }
            @if may_say { details.fold {
                summary { (icon("plane")) (scene.say("colleagues-away")) }
                (self::absence(scene, one.id, absence.or(to_come), names))
            } }
        }
    }
}

/// The form that says somebody is away, or the button that says she is back.
fn absence(scene: &Scene, staff: StaffId, now: Option<&Absence>, names: &[StaffName]) -> Markup {
    let today = scene.times.local_now().strftime("%Y-%m-%d").to_string();
    let field = |name: &str| format!("{name}-{staff}");
    html! {
        @if let Some(absence) = now {
            p { (icon("plane")) " " (away_until(scene, absence))
                @if let Some(deputy) = &absence.deputy { " · " (scene.with("colleagues-deputy-is", [("name", word(deputy.name.as_str()))])) } }
            form.row method="post" action={ "/colleagues/" (staff) "/return" } { button.btn { (icon("undo-2")) (scene.say("colleagues-back")) } }
        } @else {
            form.form.two method="post" action={ "/colleagues/" (staff) "/absence" } {
                div.ds-field { label.ds-label for=(field("from")) { (scene.say("colleagues-from")) } input.ds-input #(field("from")) type="date" name="from" value=(today) required; }
                div.ds-field { label.ds-label for=(field("to")) { (scene.say("colleagues-to")) } input.ds-input #(field("to")) type="date" name="to" value=(today) required; }
                div.ds-field { label.ds-label for=(field("why")) { (scene.say("colleagues-why")) } input.ds-input #(field("why")) name="word" maxlength="100" autocomplete="off"; }
                div.ds-field { label.ds-label for=(field("deputy")) { (scene.say("colleagues-deputy")) }
                    select.ds-input #(field("deputy")) name="deputy" {
                        option value="" { (scene.say("colleagues-no-deputy")) }
                        @for one in names.iter().filter(|one| one.id != staff) { option value=(one.id) { (one.name) } }
                    } }
                div.row { button.btn.primary { (icon("plane")) (scene.say("colleagues-go-away")) } }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct AwayForm {
    from: Date,
    /// The last day.
    to: Date,
    #[serde(default)]
    word: String,
    #[serde(default)]
    deputy: String,
}

/// `POST /colleagues/{id}/absence`
pub(crate) async fn go_away(
    State(web): State<Web>,
    signed: Signed,
    Path(staff): Path<StaffId>,
    Form(form): Form<AwayForm>,
) -> Result<Response, Refusal> {
    let zone = web.desk.about().time_zone.clone();
    let start = |date: Date| {
        let zoned = date.to_zoned(zone.clone()).map_err(|_| Refusal::BadForm)?;
        Ok::<i64, Refusal>(zoned.timestamp().as_microsecond())
    };
    let (begins, day_after) = (start(form.from)?, form.to.tomorrow());
    let ends = start(day_after.map_err(|_| Refusal::BadForm)?)?;
    let deputy = form.deputy.parse().ok();
    let away = Away { staff, begins, ends, word: form.word, deputy };
    let outcome = web.desk.go_away(&signed.viewer, away).await.map(drop);
    done(&web, &signed, Deed::WentAway, outcome).await
}

/// `POST /colleagues/{id}/return`
pub(crate) async fn come_back(
    State(web): State<Web>,
    signed: Signed,
    Path(staff): Path<StaffId>,
) -> Result<Response, Refusal> {
    let outcome = web.desk.come_back(&signed.viewer, staff).await;
    done(&web, &signed, Deed::CameBack, outcome).await
}

async fn done(
    web: &Web,
    signed: &Signed,
    deed: Deed,
    outcome: Result<(), AwayRefused>,
) -> Result<Response, Refusal> {
    let key = match outcome {
        Ok(()) => return Ok(Told::of(deed).at(web, "/colleagues")),
        Err(AwayRefused::NotAllowed) => return Err(Refusal::NotAllowed),
        Err(AwayRefused::Store(error)) => return Err(error.into()),
        Err(AwayRefused::EndsTooEarly) => "colleagues-ends-too-early",
        Err(AwayRefused::NoSuchColleague) => "colleagues-no-such",
        Err(AwayRefused::OwnDeputy) => "colleagues-own-deputy",
    };
    let trouble = Some(signed.scene(web).say(key));
    let page = page(web, signed, &Untold::default(), trouble).await?;
    Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Word {
    #[serde(default)]
    word: String,
    #[serde(default)]
    then: String,
}

/// `POST /colleagues/{id}/takeover`
pub(crate) async fn take_over_all(
    State(web): State<Web>,
    signed: Signed,
    Path(staff): Path<StaffId>,
    Form(form): Form<Word>,
) -> Result<Response, Refusal> {
    let begun = web.desk.take_over_all(&signed.viewer, staff, &form.word).await?;
    bulk::after(&web, &signed, begun, "/folders/mine").await
}

/// `POST /colleagues/handback`
pub(crate) async fn hand_back(
    State(web): State<Web>,
    signed: Signed,
    Form(form): Form<Word>,
) -> Result<Response, Refusal> {
    let begun = web.desk.hand_back(&signed.viewer).await?;
    bulk::after(&web, &signed, begun, local(&form.then)).await
}
