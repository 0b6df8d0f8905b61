//! More small forms below the verbs: put aside, tag, join with another inquiry, split.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use torg_core::{Direction, InquiryId};
use torg_store::inquiries::{Entry, InquiryPage};
use torg_store::tags::{self as store_tags, Tag};

use super::card::{Card, buttons};
use super::folders::Spot;
use super::show::{Extras, render, spot};
use super::shown::Asked;
use crate::inquiries::snoozing::choices;
use crate::page::{Tone, hidden_then, icon, notice, tag_chip};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::Untold;
use crate::web::Web;
use crate::words::{Scene, word};

/// `GET /folders/{folder}/inquiries/{id}/snooze`
pub(crate) async fn snooze(
    State(web): State<Web>,
    signed: Signed,
    Path((slug, id)): Path<(String, InquiryId)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    open(&web, &signed, &spot(&slug, &asked, Some(id))?, Card::Snooze { trouble: None }).await
}

/// `GET /folders/{folder}/inquiries/{id}/tags`
pub(crate) async fn tags(
    State(web): State<Web>,
    signed: Signed,
    Path((slug, id)): Path<(String, InquiryId)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let viewer = signed.viewer.clone();
    let known = web.read(move |read| store_tags::of_viewer(read, &viewer).get()).await?;
    open(&web, &signed, &spot(&slug, &asked, Some(id))?, Card::Tags { known, trouble: None }).await
}

/// `GET /folders/{folder}/inquiries/{id}/join`
pub(crate) async fn join(
    State(web): State<Web>,
    signed: Signed,
    Path((slug, id)): Path<(String, InquiryId)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (number, why) = (String::new(), String::new());
    let card = Card::Join { number, why, two_persons: false, trouble: None };
    open(&web, &signed, &spot(&slug, &asked, Some(id))?, card).await
}

/// `GET /folders/{folder}/inquiries/{id}/split`
pub(crate) async fn split(
    State(web): State<Web>,
    signed: Signed,
    Path((slug, id)): Path<(String, InquiryId)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    open(&web, &signed, &spot(&slug, &asked, Some(id))?, Card::Split { trouble: None }).await
}

/// `GET /folders/{folder}/inquiries/{id}/takeover`
pub(crate) async fn takeover(
    State(web): State<Web>,
    signed: Signed,
    Path((slug, id)): Path<(String, InquiryId)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    open(&web, &signed, &spot(&slug, &asked, Some(id))?, Card::Takeover).await
}

async fn open(web: &Web, signed: &Signed, spot: &Spot, card: Card) -> Result<Response, Refusal> {
    let extras = Extras { card: Some(card), ..Extras::default() };
    render(web, signed, spot, extras, &Untold::default()).await
}

fn warning(trouble: Option<&str>) -> Markup {
    html! { @if let Some(trouble) = trouble { (notice(Tone::Warning, html! { p { (trouble) } })) } }
}

pub(super) fn snoozing(
    scene: &Scene,
    spot: &Spot,
    page: &InquiryPage,
    trouble: Option<&str>,
) -> Markup {
    let now = scene.times.local_now();
    html! {
        form.form method="post" action={ "/inquiries/" (page.inquiry.id) "/snooze" } {
            (hidden_then(&spot.inquiry_path(page.inquiry.id)))
            (warning(trouble))
            p.subtle { (scene.say("snooze-text")) }
            div.choices {
                @for (place, (choice, at)) in choices(&now).into_iter().enumerate() {
                    button.btn name="until" value=(choice.word()) autofocus[place == 0] {
                        (icon("alarm-clock")) span.grow { (scene.say(choice.key())) }
                        span.subtle.meta { (scene.times.stamp(at.timestamp().as_microsecond())) }
                    }
                }
            }
            div.ds-field {
                label.ds-label for="card-at" { (scene.say("snooze-at")) }
                div.row {
                    input.ds-input.grow #card-at type="datetime-local" name="at" min=(now.strftime("%Y-%m-%dT%H:%M").to_string());
                    button.btn name="until" value="at" { (scene.say("snooze-send")) }
                }
            }
            div.row { a.btn.quiet href=(spot.inquiry_path(page.inquiry.id)) data-key="back" { (icon("x")) (scene.say("inquiries-cancel")) } }
        }
    }
}

pub(super) fn tagging(
    scene: &Scene,
    spot: &Spot,
    page: &InquiryPage,
    known: &[Tag],
    trouble: Option<&str>,
) -> Markup {
    let action = format!("/inquiries/{}/tags", page.inquiry.id);
    let then = spot.card_path(page.inquiry.id, "tags");
    let is_on = |tag: &Tag| page.standing.tags.iter().any(|one| one.id == tag.id);
    html! {
        (warning(trouble))
        @if !page.standing.tags.is_empty() {
            ul.chosen-tags aria-label=(scene.say("tags-on-it")) {
                @for tag in &page.standing.tags {
                    li { form.inline method="post" action=(action) {
                        (hidden_then(&then)) input type="hidden" name="on" value="false"; input type="hidden" name="tag" value=(tag.id);
                        (tag_chip(tag))
                        button.btn.quiet.square.small aria-label=(scene.with("tags-take-off", [("name", word(tag.name.as_str()))])) { (icon("x")) }
                    } }
                }
            }
        }
        form.form method="post" action=(action) {
            (hidden_then(&then))
            @if known.is_empty() { p.subtle { (scene.say("tags-none-yet")) } }
            @else { div.ds-field {
                label.ds-label for="card-tag" { (scene.say("tags-add")) }
                div.row {
                    input.ds-input.grow #card-tag name="name" list="known-tags" autocomplete="off" required maxlength="40" autofocus;
                    button.btn.primary { (scene.say("tags-put-on")) }
                }
                datalist #known-tags { @for tag in known.iter().filter(|tag| !is_on(tag)) { option value=(tag.name) {} } }
            } }
            div.row {
                a.btn.quiet href=(spot.inquiry_path(page.inquiry.id)) data-key="back" { (icon("x")) (scene.say("tags-done")) }
                a.btn.quiet.end href="/settings/tags" { (icon("settings")) (scene.say("tags-manage")) }
            }
        }
    }
}

pub(super) fn joining(scene: &Scene, spot: &Spot, page: &InquiryPage, card: &Card) -> Markup {
    let Card::Join { number, why, two_persons, trouble } = card else {
        return html! {};
    };
    let id = page.inquiry.id;
    html! {
        form.form method="post" action={ "/inquiries/" (id) "/links" } {
            (hidden_then(&spot.inquiry_path(id)))
            (warning(trouble.as_deref()))
            div.ds-field {
                label.ds-label for="card-number" { (scene.say("joining-number")) }
                input.ds-input #card-number name="number" value=(number) placeholder="26-1187" required autofocus autocomplete="off" maxlength="20" inputmode="numeric";
            }
            div.ds-field {
                label.ds-label for="card-why" { (scene.say("joining-why")) }
                input.ds-input #card-why name="why" value=(why) maxlength="300" autocomplete="off";
            }
            @if *two_persons {
                label.choice { input.ds-input type="checkbox" name="anyway" value="1"; (scene.say("joining-anyway")) }
            }
            div.row {
                button.btn.primary { (icon("link")) (scene.say("joining-link")) }
                button.btn formaction={ "/inquiries/" (id) "/merging" } { (icon("merge")) (scene.say("joining-merge")) }
                a.btn.quiet href=(spot.inquiry_path(id)) data-key="back" { (icon("x")) (scene.say("inquiries-cancel")) }
            }
            p.subtle.meta { (scene.say("joining-help")) }
        }
    }
}

pub(super) fn splitting(
    scene: &Scene,
    spot: &Spot,
    page: &InquiryPage,
    trouble: Option<&str>,
) -> Markup {
    let id = page.inquiry.id;
    // What came with a merge goes by taking the merge apart.
    let messages = page.entries.iter().filter_map(|entry| match entry {
        Entry::Message(message) if message.inquiry == id => Some(message),
        _ => None,
    });
    html! {
        form.form method="post" action={ "/inquiries/" (id) "/split" } {
            (hidden_then(&spot.inquiry_path(id)))
            (warning(trouble))
            fieldset {
                legend.ds-label { (scene.say("joining-split-which")) }
                @for (place, message) in messages.enumerate() {
                    label.choice.split-choice {
                        input.ds-input type="checkbox" name="message" value=(message.id) autofocus[place == 0];
                        span.cut {
                            @if message.direction == Direction::Note { (icon("lock")) " " }
                            b.medium { (message.author) } " " span.subtle { (message.text.chars().take(80).collect::<String>()) }
                        }
                        span.subtle.meta { (scene.times.stamp(message.at)) }
                    }
                }
            }
            div.ds-field {
                label.ds-label for="card-subject" { (scene.say("joining-split-subject")) }
                input.ds-input #card-subject name="subject" value=(page.subject) maxlength="300";
            }
            (buttons(scene, spot, page, &scene.say("joining-split-send")))
        }
    }
}
