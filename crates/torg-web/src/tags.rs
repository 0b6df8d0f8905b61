//! The page of tags: leads and administrators make them, everybody sees them.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::{DepartmentId, Role, TagId};
use torg_desk::{Refused, TagChange, TagRefused, tag_history};
use torg_store::changes::Change;
use torg_store::folders::{self, DepartmentCount};
use torg_store::tags::{self, COLOURS, Tag};

use crate::page::{Frame, Place, Tone, empty, frame, icon, notice, tag_chip};
use crate::refusal::Refusal;
use crate::settings::{self, history};
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

const PATH: &str = "/settings/tags";
/// How many changes the page shows.
const SHOWN_CHANGES: usize = 12;

/// `GET /settings/tags`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    untold: Untold,
) -> Result<Response, Refusal> {
    page(&web, &signed, &untold, None).await
}

async fn page(
    web: &Web,
    signed: &Signed,
    untold: &Untold,
    trouble: Option<String>,
) -> Result<Response, Refusal> {
    let (viewer, now) = (signed.viewer.clone(), web.desk.now().as_microsecond());
    let found = web.read(move |read| {
        Ok((
            tags::of_viewer(read, &viewer).get()?,
            folders::counts(read, &viewer, now)?.departments,
            tag_history(read, &viewer, SHOWN_CHANGES)?,
        ))
    });
    let (tags, departments, changes) = found.await?;
    let scene = signed.scene(web);
    let may = signed.viewer.role != Role::Staff;
    let content = html! {
        @if let Some(trouble) = &trouble { (notice(Tone::Warning, html! { p { (trouble) } })) }
        @if may { (adding(&scene, signed.viewer.role, &departments)) }
        section.panel {
            @if tags.is_empty() { (empty("tags", false, &scene.say("tags-none"), html! { (scene.say("tags-none-text")) })) }
            ul.lines { @for tag in &tags { (line(&scene, tag, may, &departments)) } }
        }
        @if may { (history(&scene, PATH, &changes, changed, |_, text| value(&scene, text))) }
    };
    if signed.viewer.role == Role::Administrator {
        return Ok(settings::page(web, &scene, untold, Some(PATH), &content));
    }
    Ok(untold.once(web, by_itself(&scene, untold, &content)))
}

/// Which tag a change was about.
fn changed(change: &Change) -> String {
    let known = TagChange::from_text(&change.new).or_else(|| TagChange::from_text(&change.old));
    known.map(|tag| tag.name).unwrap_or_default()
}

/// One value of a change in short.
fn value(scene: &Scene, text: &str) -> String {
    let Some(tag) = TagChange::from_text(text) else { return String::new() };
    let name = word(tag.name);
    match tag.active {
        true => {
            let colour = word(scene.say(name_of(&tag.colour)));
            scene.with("tags-in-short", [("name", name), ("colour", colour)])
        }
        false => scene.with("tags-given-up", [("name", name)]),
    }
}

/// For those who set nothing else.
fn by_itself(scene: &Scene, untold: &Untold, content: &Markup) -> Markup {
    let title = scene.say("tags-title");
    let main = html! {
        main #main .page tabindex="-1" {
            header { div { h1 { (title) } p.lead { (scene.say("tags-text")) } } }
            (content)
        }
    };
    let place = Place::Elsewhere;
    frame(scene, &Frame { title, place, main, told: untold.0.clone() })
}

fn adding(scene: &Scene, role: Role, departments: &[DepartmentCount]) -> Markup {
    let hers = |one: &&DepartmentCount| one.member || role == Role::Administrator;
    html! {
        section.panel { h2 { (scene.say("tags-new")) }
            form.form.two method="post" action="/settings/tags" {
                div.ds-field { label.ds-label for="tag-name" { (scene.say("tags-name")) } input.ds-input #tag-name name="name" maxlength="40" required autocomplete="off"; }
                div.ds-field { label.ds-label for="tag-of" { (scene.say("tags-of")) }
                    select.ds-input #tag-of name="department" {
                        option value="" { (scene.say("tags-of-all")) }
                        @for one in departments.iter().filter(hers) { option value=(one.id) { (one.name) } }
                    } }
                (colours(scene, "new", "grey"))
                div.row { button.btn.primary { (icon("plus")) (scene.say("tags-make")) } }
            }
        }
    }
}

fn colours(scene: &Scene, of: &str, chosen: &str) -> Markup {
    html! {
        fieldset.colours {
            legend.ds-label { (scene.say("tags-colour")) }
            @for colour in COLOURS {
                label.choice { input.ds-input type="radio" name="colour" value=(colour) checked[colour == chosen] id={ "colour-" (of) "-" (colour) };
                    span class={ "tag chip " (colour) } { (scene.say(name_of(colour))) } }
            }
        }
    }
}

fn name_of(colour: &str) -> &'static str {
    match colour {
        "blue" => "tags-blue",
        "green" => "tags-green",
        "yellow" => "tags-yellow",
        "red" => "tags-red",
        "violet" => "tags-violet",
        _ => "tags-grey",
    }
}

fn line(scene: &Scene, tag: &Tag, may: bool, departments: &[DepartmentCount]) -> Markup {
    let of = departments.iter().find(|one| Some(one.id) == tag.department);
    html! {
        li {
            div.row {
                (tag_chip(tag))
                span.subtle.meta.grow { @match of { Some(of) => (of.name), None => (scene.say("tags-of-all")) } }
            }
            @if may { details.fold {
                summary { (icon("pencil")) (scene.with("tags-change", [("name", word(tag.name.as_str()))])) }
                form.form method="post" action={ "/settings/tags/" (tag.id) } {
                    div.ds-field { label.ds-label for={ "name-" (tag.id) } { (scene.say("tags-name")) } input.ds-input #{ "name-" (tag.id) } name="name" value=(tag.name) maxlength="40" required; }
                    (colours(scene, &tag.id.to_string(), &tag.colour))
                    div.row {
                        button.btn.primary { (scene.say("account-save")) }
                        button.btn.quiet name="give_up" value="1" { (icon("x")) (scene.say("tags-give-up")) }
                    }
                    p.subtle.meta { (scene.say("tags-give-up-help")) }
                }
            } }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct TagForm {
    name: String,
    #[serde(default)]
    colour: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    give_up: Option<String>,
}

/// `POST /settings/tags`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Form(form): Form<TagForm>,
) -> Result<Response, Refusal> {
    let department = match form.department.as_str() {
        "" => None,
        id => Some(id.parse::<DepartmentId>().map_err(|_| Refusal::BadForm)?),
    };
    let outcome = web.desk.add_tag(&signed.viewer, &form.name, &form.colour, department).await;
    done(&web, &signed, outcome.map(drop)).await
}

/// `POST /settings/tags/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<TagId>,
    Form(form): Form<TagForm>,
) -> Result<Response, Refusal> {
    let keep = form.give_up.is_none();
    let outcome = web.desk.change_tag(&signed.viewer, id, &form.name, &form.colour, keep).await;
    done(&web, &signed, outcome).await
}

async fn done(
    web: &Web,
    signed: &Signed,
    outcome: Result<(), Refused>,
) -> Result<Response, Refusal> {
    let key = match outcome {
        Ok(()) => return Ok(Told::of(Deed::Saved).at(web, PATH)),
        Err(Refused::Tag(TagRefused::There)) => "tags-there",
        Err(Refused::Tag(TagRefused::NoName)) => "tags-no-name",
        Err(Refused::Tag(TagRefused::TooLong)) => "tags-too-long",
        Err(why) => return Err(why.into()),
    };
    let trouble = Some(signed.scene(web).say(key));
    let page = page(web, signed, &Untold::default(), trouble).await?;
    Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
