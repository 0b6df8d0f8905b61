//! One act on many inquiries: asking what, how far it has come, what was not done and why.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use torg_core::{BulkId, InquiryId, StaffId};
use torg_desk::{Act, Begun};
use torg_store::bulks::{self, Bulk, BulkState, NotDone};
use torg_store::departments::{self, DepartmentName};
use torg_store::folders::Folder;
use torg_store::staff::{self, StaffName};
use torg_store::tags::{self, Tag};

use crate::drafts::Fields;
use crate::inquiries::snoozing;
use crate::page::{Frame, Place, Tone, empty, frame, hidden_then, icon, notice};
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};

/// How many that were not done are listed.
const LISTED: i64 = 200;

/// `POST /folders/{folder}/bulk`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(slug): Path<String>,
    form: Bytes,
) -> Result<Response, Refusal> {
    let folder = Folder::from_slug(&slug).ok_or(Refusal::NotFound)?;
    let form = Fields::read(&form);
    let scene = signed.scene(&web);
    let ids: Vec<InquiryId> = form.all("id");
    let all = form.one("all") == "1";
    if ids.is_empty() && !all {
        return Ok(Told::of(Deed::NothingChosen).at(&web, local(form.one("then"))));
    }
    let Some(act) = act(&scene, &form) else {
        return ask(&web, &signed, &folder, &form, &ids, all).await;
    };
    let begun = if all {
        web.desk.bulk_folder(&signed.viewer, act, folder).await?
    } else {
        web.desk.bulk(&signed.viewer, act, ids).await?
    };
    after(&web, &signed, begun, form.one("then")).await
}

/// What a form asks for; nothing if it has to say more first.
fn act(scene: &Scene, form: &Fields) -> Option<Act> {
    let to = || form.one("to").parse::<i64>().ok();
    Some(match form.one("act") {
        "claim" => Act::Claim,
        "release" => Act::Release,
        "close" => Act::Close,
        "reopen" => Act::Reopen,
        "urgent" => Act::Urgent { urgent: true },
        "not-urgent" => Act::Urgent { urgent: false },
        "assign" => Act::Assign { to: torg_core::Id::from_i64(to()?) },
        "refer" if !form.one("why").trim().is_empty() => {
            Act::Refer { to: torg_core::Id::from_i64(to()?), why: form.one("why").to_owned() }
        }
        "tag" => Act::Tag { tag: form.one("tag").parse().ok()?, on: true },
        "spam" => Act::Spam { spam: true },
        "not-spam" => Act::Spam { spam: false },
        "untag" => Act::Tag { tag: form.one("tag").parse().ok()?, on: false },
        "snooze" => {
            let until = snoozing::moment(scene, form.one("until"), form.one("at"))?;
            Act::Snooze { until: until.as_microsecond() }
        }
        _ => return None,
    })
}

/// Back to the list with a word if all is done; else to the page that tells.
pub(crate) async fn after(
    web: &Web,
    signed: &Signed,
    begun: Begun,
    then: &str,
) -> Result<Response, Refusal> {
    let bulk = own(web, signed, begun.id).await?;
    if begun.finished && bulk.refused == 0 {
        let deed = if bulk.undoes.is_some() { Deed::ManyBack } else { Deed::Many };
        let bulk = Some((begun.id, bulk.done));
        return Ok(Told { bulk, ..Told::of(deed) }.at(web, local(then)));
    }
    Ok(Told::of(Deed::Begun)
        .at(web, &format!("/bulk/{}?then={}", begun.id, crate::signed::encode(local(then)))))
}

/// `POST /bulk/{id}/undo`
pub(crate) async fn undo(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<BulkId>,
    headers: axum::http::HeaderMap,
) -> Result<Response, Refusal> {
    let then = crate::signed::current_path(&headers).unwrap_or("/").to_owned();
    let then = if then.starts_with("/bulk/") { "/" } else { then.as_str() };
    let begun = match web.desk.undo_bulk(&signed.viewer, id).await {
        Err(torg_desk::Refused::Undo(_)) => {
            return Ok(Told::of(Deed::NothingChosen).at(&web, &format!("/bulk/{id}")));
        }
        begun => begun?,
    };
    after(&web, &signed, begun, then).await
}

/// `POST /bulk/{id}/stop`
pub(crate) async fn stop(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<BulkId>,
) -> Result<Response, Refusal> {
    web.desk.stop_bulk(&signed.viewer, id).await?;
    Ok(Told::of(Deed::Stopped).at(&web, &format!("/bulk/{id}")))
}

async fn own(web: &Web, signed: &Signed, id: BulkId) -> Result<Bulk, Refusal> {
    let staff = signed.viewer.staff;
    let found = web.read(move |read| bulks::one(read, id)).await?;
    found.filter(|bulk| bulk.staff == staff).ok_or(Refusal::NotFound)
}

#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    then: String,
}

/// `GET /bulk/{id}`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<BulkId>,
    axum::extract::Query(back): axum::extract::Query<Back>,
    untold: Untold,
) -> Result<Response, Refusal> {
    let content = progress(&web, &signed, id).await?;
    let scene = signed.scene(&web);
    let title = scene.say("bulk-title");
    let back = if back.then.is_empty() { "/" } else { local(&back.then) };
    let main = html! {
        main #main .page tabindex="-1" {
            header { div { p { a href=(back) { (scene.say("bulk-back")) } } h1 { (title) } } }
            (content)
        }
    };
    let told = untold.0.clone();
    let place = Place::Inbox { mine: false };
    let page = frame(&scene, &Frame { title, place, main, told });
    Ok(untold.once(&web, page))
}

/// `GET /bulk/{id}/progress`: how far it has come, for the page to fetch again.
pub(crate) async fn fragment(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<BulkId>,
) -> Result<Markup, Refusal> {
    progress(&web, &signed, id).await
}

async fn progress(web: &Web, signed: &Signed, id: BulkId) -> Result<Markup, Refusal> {
    let bulk = own(web, signed, id).await?;
    let (viewer, scene) = (signed.viewer.clone(), signed.scene(web));
    let found = web.read(move |read| {
        let not_done = bulks::not_done(read, &viewer, id, LISTED)?;
        let mut lines = Vec::new();
        for one in not_done {
            let who = one.why.split_once(':').and_then(|(_, id)| id.parse::<StaffId>().ok());
            let name = who.map_or(Ok(None), |who| staff::name_of(read, who))?;
            lines.push((one, name));
        }
        Ok((lines, bulks::undone_by(read, &viewer, id)?))
    });
    let (lines, undone) = found.await?;
    Ok(told(&scene, &bulk, &lines, undone))
}

fn told(scene: &Scene, bulk: &Bulk, lines: &[(NotDone, Option<String>)], undone: bool) -> Markup {
    let running = bulk.state == BulkState::Running;
    let path = format!("/bulk/{}/progress", bulk.id);
    let counts =
        [("done", word(bulk.done)), ("total", word(bulk.total)), ("refused", word(bulk.refused))];
    html! {
        section #bulk .panel aria-live="polite" hx-get=[running.then_some(path)] hx-trigger=[running.then_some("every 1s")] hx-target=[running.then_some("#bulk")] hx-select=[running.then_some("#bulk")] hx-swap=[running.then_some("outerHTML")] {
            p.strong { (scene.with(match bulk.state {
                BulkState::Running => "bulk-running",
                BulkState::Finished => "bulk-finished",
                BulkState::Stopped => "bulk-stopped",
            }, counts)) }
            progress.bulk-progress max=(bulk.total.max(1)) value=(bulk.done + bulk.refused) aria-label=(scene.say("bulk-title")) {}
            div.row {
                @if running {
                    form.inline method="post" action={ "/bulk/" (bulk.id) "/stop" } { button.btn { (icon("x")) (scene.say("bulk-stop")) } }
                } @else if bulk.undoes.is_none() && bulk.done > 0 && !undone {
                    form.inline method="post" action={ "/bulk/" (bulk.id) "/undo" } { button.btn data-key="z" { (icon("undo-2")) (scene.say("bulk-undo")) kbd.kbd aria-hidden="true" { "Z" } } }
                }
                @if undone { span.subtle { (scene.say("bulk-undone")) } }
            }
            @if !lines.is_empty() {
                h2 { (scene.with("bulk-not-done", [("count", word(bulk.refused))])) }
                ul.lines {
                    @for (one, name) in lines {
                        li.row {
                            @match one.number {
                                Some(number) => a.tnum href={ "/inquiries/" (one.inquiry) } { (number) },
                                None => span.subtle { "–" },
                            }
                            span.grow { (reason(scene, &one.why, name.as_deref())) }
                        }
                    }
                }
            } @else if !running && bulk.total == 0 {
                (empty("check", true, &scene.say("bulk-nothing"), html! {}))
            }
        }
    }
}

/// Why one was not done.
fn reason(scene: &Scene, why: &str, name: Option<&str>) -> String {
    let name = word(name.unwrap_or("–").to_owned());
    match why.split(':').next().unwrap_or_default() {
        "owned-by" => scene.with("refusals-owned-by", [("name", name)]),
        "since" => scene.with("refusals-undo-since", [("name", name)]),
        "letter-since" => scene.say("refusals-undo-letter"),
        "closed" => scene.say("refusals-closed"),
        "untold" => scene.say("refusals-untold"),
        "closed-already" => scene.say("refusals-closed-already"),
        "open-already" => scene.say("refusals-open-already"),
        "may-not-see" => scene.say("refusals-may-not-see"),
        "already-there" => scene.say("refusals-already-there"),
        "would-open" => scene.say("bulk-would-open"),
        "nobody-owns" => scene.say("refusals-nobody-owns"),
        "said-already" => scene.say("spam-said-already"),
        "gone" => scene.say("bulk-gone"),
        _ => scene.say("bulk-other"),
    }
}

/// What can be chosen on the page that asks.
struct Choices {
    colleagues: Vec<StaffName>,
    departments: Vec<DepartmentName>,
    tags: Vec<Tag>,
}

/// The page that asks what should be done to them.
async fn ask(
    web: &Web,
    signed: &Signed,
    folder: &Folder,
    form: &Fields,
    ids: &[InquiryId],
    all: bool,
) -> Result<Response, Refusal> {
    let viewer = signed.viewer.clone();
    let choices = web
        .read(move |read| {
            Ok(Choices {
                colleagues: staff::near(read, &viewer)?,
                departments: departments::all(read)?,
                tags: tags::of_viewer(read, &viewer)?,
            })
        })
        .await?;
    let scene = signed.scene(web);
    let title = match all {
        true => scene.say("bulk-ask-all"),
        false => scene.with("bulk-ask", [("count", word(ids.len()))]),
    };
    let then = local(form.one("then"));
    let kept = html! {
        (hidden_then(then))
        @if all { input type="hidden" name="all" value="1"; }
        @else { @for id in ids { input type="hidden" name="id" value=(id); } }
    };
    let action = format!("/folders/{}/bulk", folder.to_slug());
    let missing = !form.one("act").is_empty() && form.one("act") != "more";
    let main = html! {
        main #main .page tabindex="-1" {
            header { div { p { a href=(then) { (scene.say("bulk-back")) } } h1 { (title) } } }
            @if missing { (notice(Tone::Warning, html! { p { (scene.say("bulk-missing")) } })) }
            section.panel { (simple(&scene, &action, &kept)) }
            (assigning(&scene, &action, &kept, &choices.colleagues))
            (referring(&scene, &action, &kept, &choices.departments))
            @if !choices.tags.is_empty() { (tagging(&scene, &action, &kept, &choices.tags)) }
            (putting_off(&scene, &action, &kept))
        }
    };
    let place = Place::Inbox { mine: false };
    let page = frame(&scene, &Frame { title, place, main, told: None });
    Ok(axum::response::IntoResponse::into_response(page))
}

fn simple(scene: &Scene, action: &str, kept: &Markup) -> Markup {
    let button = |act: &str, icon_name: &str, key: &str| {
        html! { button.btn name="act" value=(act) { (icon(icon_name)) (scene.say(key)) } }
    };
    html! {
        form.row.wrap method="post" action=(action) {
            (kept)
            (button("claim", "hand", "inquiries-take-short")) (button("release", "undo-2", "inquiries-release"))
            (button("close", "check", "inquiries-close")) (button("reopen", "rotate-cw", "inquiries-reopen"))
            (button("spam", "mail-x", "spam-do-title")) (button("not-spam", "mail-check", "spam-do-not-title"))
            (button("urgent", "flag", "inquiries-mark-urgent")) (button("not-urgent", "flag", "inquiries-unmark-urgent"))
        }
    }
}

fn assigning(scene: &Scene, action: &str, kept: &Markup, colleagues: &[StaffName]) -> Markup {
    html! {
        section.panel { h2 { (scene.say("inquiries-assign-title")) }
            form.form method="post" action=(action) {
                (kept)
                div.ds-field {
                    label.ds-label for="bulk-colleague" { (scene.say("inquiries-assign-to")) }
                    select.ds-input #bulk-colleague name="to" required {
                        option value="" { (scene.say("inquiries-choose")) }
                        @for one in colleagues { option value=(one.id) { (one.name) @if scene.is_me(one.id) { " (" (scene.say("inquiries-me")) ")" } } }
                    }
                }
                div.row { button.btn.primary name="act" value="assign" { (scene.say("inquiries-assign-send")) } }
            }
        }
    }
}

fn referring(scene: &Scene, action: &str, kept: &Markup, all: &[DepartmentName]) -> Markup {
    html! {
        section.panel { h2 { (scene.say("inquiries-refer-title")) }
            form.form method="post" action=(action) {
                (kept)
                div.ds-field {
                    label.ds-label for="bulk-department" { (scene.say("inquiries-refer-to")) }
                    select.ds-input #bulk-department name="to" required {
                        option value="" { (scene.say("inquiries-choose")) }
                        @for one in all { option value=(one.id) { (one.name) @if one.restricted { " (" (scene.say("folders-restricted")) ")" } } }
                    }
                }
                div.ds-field {
                    label.ds-label for="bulk-why" { (scene.say("inquiries-refer-why")) }
                    input.ds-input #bulk-why name="why" required maxlength="300";
                }
                div.row { button.btn.primary name="act" value="refer" { (scene.say("inquiries-refer-send")) } }
            }
        }
    }
}

fn tagging(scene: &Scene, action: &str, kept: &Markup, tags: &[Tag]) -> Markup {
    html! {
        section.panel { h2 { (scene.say("tags-card-title")) }
            form.form method="post" action=(action) {
                (kept)
                div.ds-field {
                    label.ds-label for="bulk-tag" { (scene.say("tags-add")) }
                    select.ds-input #bulk-tag name="tag" required {
                        option value="" { (scene.say("inquiries-choose")) }
                        @for tag in tags { option value=(tag.id) { (tag.name) } }
                    }
                }
                div.row {
                    button.btn.primary name="act" value="tag" { (scene.say("tags-put-on")) }
                    button.btn name="act" value="untag" { (scene.say("bulk-untag")) }
                }
            }
        }
    }
}

fn putting_off(scene: &Scene, action: &str, kept: &Markup) -> Markup {
    let now = scene.times.local_now();
    html! {
        section.panel { h2 { (scene.say("snooze-title")) }
            form.form method="post" action=(action) {
                (kept)
                input type="hidden" name="act" value="snooze";
                div.row.wrap { @for (choice, _) in snoozing::choices(&now) {
                    button.btn name="until" value=(choice.word()) { (icon("alarm-clock")) (scene.say(choice.key())) }
                } }
                div.ds-field {
                    label.ds-label for="bulk-at" { (scene.say("snooze-at")) }
                    div.row { input.ds-input #bulk-at type="datetime-local" name="at"; button.btn name="until" value="at" { (scene.say("snooze-send")) } }
                }
            }
        }
    }
}
