//! `/settings/spam`: what the judge of spam has learnt and from whom, and how careful it is.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use torg_core::spam::Lesson;
use torg_desk::{Budget, ChangeRefused, SpamState};
use torg_store::changes::Change;
use torg_store::spam::LessonRow;

use super::fields::Fields;
use super::{history, page, recent};
use crate::page::{Tone, icon, notice};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, size, word};
use crate::workspace::subject;

const PATH: &str = "/settings/spam";
/// Before so many letters and so much spam, nothing goes to the spam folder by itself.
const ENOUGH: u32 = 20;

/// `GET /settings/spam`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    let scene = signed.scene(&web);
    let state = web.desk.spam_state(&signed.viewer).await?;
    let changes = web.read(|read| recent(read, "spam")).await?;
    let content = html! {
        (learnt(&scene, &state))
        (budget(&scene, state.budget))
        (lessons(&scene, &state.lessons))
        (forgetting(&scene))
        (history(&scene, PATH, &changes, |change| changed(&scene, change), |change, kept| value(&scene, change, kept)))
    };
    Ok(page(&web, &scene, &untold, Some(PATH), &content))
}

/// `POST /settings/spam`: how many letters may be lost.
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let budget = Budget::from_text(fields.text("budget")).ok_or(Refusal::BadForm)?;
    web.desk.set_spam_budget(&signed.viewer, budget).await?;
    Ok(Told::of(Deed::Saved).at(&web, PATH))
}

/// `POST /settings/spam/lessons/{place}/return`
pub(crate) async fn take_back(
    State(web): State<Web>,
    signed: Signed,
    Path(place): Path<i64>,
) -> Result<Response, Refusal> {
    let deed = match web.desk.take_lesson_back(&signed.viewer, place).await {
        Ok(()) => Deed::LessonTakenBack,
        Err(ChangeRefused::ChangedSince) => Deed::NotUndone,
        Err(refused) => return Err(refused.into()),
    };
    Ok(Told::of(deed).at(&web, PATH))
}

/// `POST /settings/spam/forgetting`
pub(crate) async fn forget(State(web): State<Web>, signed: Signed) -> Result<Response, Refusal> {
    web.desk.forget_spam(&signed.viewer).await?;
    Ok(Told::of(Deed::Forgotten).at(&web, PATH))
}

fn learnt(scene: &Scene, state: &SpamState) -> Markup {
    let bytes = i64::try_from(state.bytes).unwrap_or(i64::MAX);
    let fact = |key: &str, value: String| html! { dt { (scene.say(key)) } dd.tnum { (value) } };
    html! {
        section.panel aria-labelledby="learnt" {
            h2 #learnt { (scene.say("spam-learnt")) }
            dl.facts {
                (fact("spam-learnt-letters", state.letters.to_string()))
                (fact("spam-learnt-spam", state.spam.to_string()))
                (fact("spam-learnt-size", size(scene.texts, bytes)))
                (fact("spam-learnt-hash", state.hash.clone()))
            }
            @if state.letters < ENOUGH || state.spam < ENOUGH { (notice(Tone::Plain, html! { p { (scene.say("spam-learnt-little")) } })) }
        }
    }
}

fn budget(scene: &Scene, chosen: Budget) -> Markup {
    html! {
        section.panel aria-labelledby="budget-title" {
            h2 #budget-title { (scene.say("spam-budget")) }
            form.form method="post" action=(PATH) {
                fieldset.ds-fieldset aria-labelledby="budget-title" {
                    @for budget in Budget::ALL {
                        label.choice { input.ds-input type="radio" name="budget" value=(budget.of_ten_thousand()) checked[budget == chosen]; (scene.say(budget_words(budget))) }
                    }
                }
                p.subtle { (scene.say("spam-budget-help")) }
                div { button.btn.primary { (scene.say("settings-save")) } }
            }
        }
    }
}

fn budget_words(budget: Budget) -> &'static str {
    match budget {
        Budget::Nothing => "spam-budget-nothing",
        Budget::Least => "spam-budget-least",
        Budget::Usual => "spam-budget-usual",
        Budget::More => "spam-budget-more",
        Budget::Most => "spam-budget-most",
    }
}

fn lessons(scene: &Scene, lessons: &[LessonRow]) -> Markup {
    html! {
        section.panel aria-labelledby="lessons" {
            h2 #lessons { (scene.say("spam-lessons")) }
            @if lessons.is_empty() { p.subtle { (scene.say("spam-lessons-none")) } }
            @else {
                p.subtle { (scene.say("spam-lessons-help")) }
                ul.lines { @for lesson in lessons { (line(scene, lesson)) } }
            }
        }
    }
}

fn line(scene: &Scene, row: &LessonRow) -> Markup {
    let by = row.by.as_deref().unwrap_or("–");
    html! {
        li {
            span.grow {
                @match (row.lesson, &row.inquiry) {
                    (Lesson::Forgotten, _) => { (scene.say("spam-lesson-forgotten")) }
                    (_, Some((id, number, title))) => { a href={ "/inquiries/" (id) } { span.tnum { (number) } " " (subject(scene, title)) } }
                    (_, None) => { (scene.say("spam-lesson-hidden")) }
                }
                " "
                @match row.lesson {
                    Lesson::Spam => span.tag.warning { (scene.say("spam-lesson-spam")) },
                    Lesson::Letter => span.tag.success { (scene.say("spam-lesson-letter")) },
                    Lesson::Forgotten | Lesson::TakenBack => {}
                }
                @if row.taken_back { " " span.tag { (scene.say("spam-lesson-taken-back")) } }
                br; span.subtle.meta { (by) " · " (scene.stamp(row.at)) }
            }
            @if !row.taken_back {
                form method="post" action={ (PATH) "/lessons/" (row.n) "/return" } {
                    button.btn.small { (icon("undo-2")) (scene.say("spam-take-back")) }
                }
            }
        }
    }
}

fn forgetting(scene: &Scene) -> Markup {
    html! {
        section.panel {
            details {
                summary { (scene.say("spam-forget")) }
                p { (scene.say("spam-forget-help")) }
                form method="post" action={ (PATH) "/forgetting" } { button.btn { (icon("rotate-cw")) (scene.say("spam-forget")) } }
            }
        }
    }
}

fn changed(scene: &Scene, change: &Change) -> String {
    let is_budget = change.what == "spam.budget";
    scene.say(if is_budget { "spam-changed-budget" } else { "spam-changed-learnt" })
}

fn value(scene: &Scene, change: &Change, kept: &str) -> String {
    if change.what == "spam.budget" {
        return Budget::from_text(kept)
            .map_or_else(String::new, |budget| scene.say(budget_words(budget)));
    }
    if kept.is_empty() {
        return String::new();
    }
    scene.with("spam-changed-lesson", [("place", word(kept.to_owned()))])
}
