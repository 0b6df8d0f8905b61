//! `/settings/delegation`: what Torg does with new letters, and the rules.

mod form;
mod list;

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::RuleId;
use torg_core::delegation::{Mode, Rule};
use torg_desk::{ChangeRefused, Delegating, RuleNotKept, Tried};
use torg_store::changes::Change;
use torg_store::delegation;
use torg_store::departments::{self, DepartmentName, Mailbox};
use torg_store::staff::StaffRow;
use torg_store::tags::{self, Tag};
use torg_store::{Read, StoreError, staff};

use crate::page::{Tone, notice};
use crate::refusal::Refusal;
use crate::settings::fields::Fields;
use crate::settings::{history, page, recent};
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

const PATH: &str = "/settings/delegation";

/// What rules name, by what it is called today.
struct Names {
    departments: Vec<DepartmentName>,
    mailboxes: Vec<Mailbox>,
    staff: Vec<StaffRow>,
    tags: Vec<Tag>,
}

/// The rule in the form, as it was sent or as it is changed.
#[derive(Default)]
struct Writing {
    id: Option<RuleId>,
    rule: Rule,
    trouble: Option<&'static str>,
    tried: Option<Tried>,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// The rule to change.
    rule: Option<RuleId>,
}

/// `GET /settings/delegation`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Query(asked): Query<Asked>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let kept = match asked.rule {
        Some(id) => web.read(move |read| delegation::rule(read, id)).await?,
        None => None,
    };
    let writing =
        kept.map(|row| Writing { id: Some(row.id), rule: row.rule, ..Writing::default() });
    with(&web, &signed, &untold, &writing.unwrap_or_default()).await
}

/// `POST /settings/delegation`: whether letters are moved.
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let mode = Mode::from_word(fields.text("mode"));
    let (Some(mode), Some(precision)) = (mode, fields.value("precision")) else {
        return wrong(&web, &signed, Writing { trouble: Some(PRECISION), ..Writing::default() })
            .await;
    };
    match web.desk.set_delegating(&signed.viewer, mode, precision).await {
        Ok(()) => Ok(Told::of(Deed::Saved).at(&web, PATH)),
        Err(ChangeRefused::BadValue { .. }) => {
            wrong(&web, &signed, Writing { trouble: Some(PRECISION), ..Writing::default() }).await
        }
        Err(refused) => Err(refused.into()),
    }
}

const PRECISION: &str = "delegation-precision-wrong";

/// `POST /settings/delegation/rules`: tries a rule, or keeps it.
pub(crate) async fn save_rule(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let (id, rule) = (fields.value("id"), form::rule(&fields));
    let is_trial = fields.has("try");
    let outcome = match is_trial {
        true => web.desk.try_rule(&signed.viewer, rule.clone()).await.map(Some),
        false => web.desk.save_rule(&signed.viewer, id, rule.clone()).await.map(|_| None),
    };
    let writing = Writing { id, rule, ..Writing::default() };
    match outcome {
        Ok(None) => Ok(Told::of(Deed::Saved).at(&web, PATH)),
        Ok(tried) => with(&web, &signed, &Untold::default(), &Writing { tried, ..writing }).await,
        Err(refused) => {
            let trouble = Some(sentence(refused)?);
            wrong(&web, &signed, Writing { trouble, ..writing }).await
        }
    }
}

/// `POST /settings/delegation/rules/raising`
pub(crate) async fn raise_rule(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    match fields.value("id") {
        Some(id) => done(&web, web.desk.raise_rule(&signed.viewer, id).await),
        None => done(&web, Err(RuleNotKept::NotFound)),
    }
}

/// `POST /settings/delegation/rules/removal`
pub(crate) async fn remove_rule(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    match fields.value("id") {
        Some(id) => done(&web, web.desk.remove_rule(&signed.viewer, id).await),
        None => done(&web, Err(RuleNotKept::NotFound)),
    }
}

/// What somebody took away meanwhile is gone, as was wanted or as the list says.
fn done(web: &Web, outcome: Result<(), RuleNotKept>) -> Result<Response, Refusal> {
    match outcome {
        Ok(()) => Ok(Told::of(Deed::Saved).at(web, PATH)),
        Err(RuleNotKept::NotFound) => Ok(Told::of(Deed::NotUndone).at(web, PATH)),
        Err(RuleNotKept::Store(error)) => Err(error.into()),
        Err(_) => Err(Refusal::ForAdministrators),
    }
}

fn sentence(refused: RuleNotKept) -> Result<&'static str, Refusal> {
    match refused {
        RuleNotKept::NothingAsked => Ok("delegation-nothing-asked"),
        RuleNotKept::NoSender => Ok("delegation-no-sender"),
        RuleNotKept::NothingDone => Ok("delegation-nothing-done"),
        RuleNotKept::OwnerNotMember => Ok("delegation-owner-not-member"),
        RuleNotKept::LeavesWall => Ok("delegation-leaves-wall"),
        RuleNotKept::TooMuch => Ok("delegation-too-much"),
        RuleNotKept::NotFound => Ok("delegation-rule-gone"),
        RuleNotKept::NotAllowed => Err(Refusal::ForAdministrators),
        RuleNotKept::Store(error) => Err(error.into()),
    }
}

async fn wrong(web: &Web, signed: &Signed, writing: Writing) -> Result<Response, Refusal> {
    let page = with(web, signed, &Untold::default(), &writing).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

struct Kept {
    names: Names,
    changes: Vec<Change>,
}

/// Settings and rules have one history, newest first.
fn kept(read: &Read<'_>, viewer: &torg_core::Viewer) -> Result<Kept, StoreError> {
    let mut changes = recent(read, "delegation")?;
    changes.extend(recent(read, "rules")?);
    changes.sort_by_key(|change| std::cmp::Reverse(change.line));
    let names = Names {
        departments: departments::all(read)?,
        mailboxes: departments::mailboxes(read)?,
        staff: staff::all(read)?.into_iter().filter(|one| one.active).collect(),
        tags: tags::of_viewer(read, viewer).get()?,
    };
    Ok(Kept { names, changes })
}

async fn with(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    writing: &Writing,
) -> Result<Response, Refusal> {
    let scene = signed.scene(web);
    let viewer = signed.viewer.clone();
    let kept = web.read(move |read| kept(read, &viewer)).await?;
    let (delegating, rules) = (web.desk.delegating().await?, web.desk.rules().await?);
    let content = html! {
        @if let Some(trouble) = writing.trouble.filter(|trouble| *trouble == PRECISION) { (notice(Tone::Warning, html! { p { (scene.say(trouble)) } })) }
        (judge(&scene, &delegating))
        (list::rules(&scene, &rules, &kept.names))
        (form::form(&scene, writing, &kept.names))
        @if let Some(tried) = &writing.tried { (list::tried(&scene, tried)) }
        (history(&scene, PATH, &kept.changes, |change| list::changed(&scene, change), |change, value| list::read_out(&scene, &kept.names, change, value)))
    };
    Ok(page(web, &scene, untold, Some(PATH), &content))
}

fn judge(scene: &Scene, delegating: &Delegating) -> Markup {
    let modes = [
        (Mode::Off, "delegation-mode-off"),
        (Mode::Propose, "delegation-mode-propose"),
        (Mode::Move, "delegation-mode-move"),
    ];
    html! {
        section.panel aria-labelledby="judge" {
            h2 #judge { (scene.say("delegation-judge")) }
            form.form method="post" action=(PATH) {
                fieldset {
                    legend.hidden { (scene.say("delegation-judge")) }
                    @for (mode, key) in modes {
                        label.choice { input.ds-input type="radio" name="mode" value=(mode.word()) checked[mode == delegating.mode]; (scene.say(key)) }
                    }
                }
                div.ds-field {
                    label.ds-label for="precision" { (scene.say("delegation-precision")) }
                    input.ds-input #precision name="precision" type="number" min="50" max="99" required value=(delegating.precision) aria-describedby="precision-help";
                    span #precision-help .subtle.meta { (scene.say("delegation-precision-help")) }
                }
                (standing(scene, delegating))
                div { button.btn.primary { (scene.say("settings-save")) } }
            }
        }
    }
}

/// How good it has been, and what comes of that.
fn standing(scene: &Scene, delegating: &Delegating) -> Markup {
    let Delegating { letters, right, from, least, has_reception, .. } = *delegating;
    let number = |count: usize| word(i64::try_from(count).unwrap_or(i64::MAX));
    html! {
        @if letters == 0 { p { (scene.say("delegation-no-history")) } } @else {
            p { (scene.with("delegation-history", [("letters", number(letters)), ("right", number(right))])) }
        }
        @if !has_reception { p { (scene.say("delegation-no-reception")) } }
        @match from {
            Some(from) => p { (scene.with("delegation-good-enough", [("percent", word(i64::from(from / 100)))])) },
            None => p { (scene.with("delegation-too-few", [("least", word(i64::from(least)))])) },
        }
    }
}
