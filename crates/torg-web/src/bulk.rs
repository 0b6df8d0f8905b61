//! One act on many inquiries: asking what, how far it has come, what was not done and why.

mod asking;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use torg_core::{BulkId, InquiryId, StaffId};
use torg_desk::{Act, Begun, MOST_MERGED};
use torg_store::bulks::{self, Bulk, BulkState, NotDone};
use torg_store::folders::Folder;
use torg_store::{StoreError, staff};

use self::asking::ask;
use crate::drafts::Fields;
use crate::inquiries::snoozing;
use crate::page::{Frame, Place, empty, frame, icon};
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Back, Counted, Deed, Told, Untold};
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::Spot;

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
    if form.one("act") == "merge" && may_merge(&ids, all) {
        let anyway = form.one("anyway") == "1";
        let begun = web.desk.merge_many(&signed.viewer, ids, anyway).await?;
        return after(&web, &signed, begun, form.one("then")).await;
    }
    let Some(act) = act(&scene, &form) else {
        return ask(&web, &signed, &folder, &form, &ids, all).await;
    };
    // Looking at the one that is open would read it again.
    let then = match act {
        Act::Read { read: false } => Spot::from_path(form.one("then")).map(|spot| spot.list_path()),
        _ => None,
    };
    let begun = if all {
        web.desk.bulk_folder(&signed.viewer, act, folder).await?
    } else {
        web.desk.bulk(&signed.viewer, act, ids).await?
    };
    after(&web, &signed, begun, then.as_deref().unwrap_or(form.one("then"))).await
}

/// Whether what is chosen may become one inquiry: several, and no more than she can have looked at.
fn may_merge(ids: &[InquiryId], all: bool) -> bool {
    !all && (2..=MOST_MERGED).contains(&ids.len())
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
        "read" => Act::Read { read: true },
        "unread" => Act::Read { read: false },
        "follow" => Act::Follow { on: true },
        "unfollow" => Act::Follow { on: false },
        "untag" => Act::Tag { tag: form.one("tag").parse().ok()?, on: false },
        "snooze" => {
            let until = snoozing::moment(scene, form.one("until"), form.one("at"))?;
            Act::Snooze { until: until.as_microsecond() }
        }
        _ => return None,
    })
}

/// Back to where she was with a word; what is not all done has a page that tells more.
pub(crate) async fn after(
    web: &Web,
    signed: &Signed,
    begun: Begun,
    then: &str,
) -> Result<Response, Refusal> {
    let bulk = own(web, signed, begun.id).await?;
    let deed = match (begun.finished, bulk.refused) {
        (false, _) => Deed::Begun,
        (true, 0) => deed(&bulk)?,
        (true, _) => Deed::PartlyDone,
    };
    // What was taken back is not offered to be taken back.
    let is_undone = begun.finished && bulk.undoes.is_none() && bulk.done > 0;
    let back = is_undone.then_some(Back::Bulk(bulk.id));
    let counted = Counted { id: bulk.id, done: bulk.done, refused: bulk.refused };
    Ok(Told { bulk: Some(counted), back, ..Told::of(deed) }.at(web, local(then)))
}

/// What was done to each of them.
fn deed(bulk: &Bulk) -> Result<Deed, StoreError> {
    let act = serde_json::from_str(&bulk.act)
        .map_err(|error| StoreError::Corrupt(format!("an act: {error}")))?;
    Ok(match act {
        Act::Claim => Deed::ManyClaimed,
        Act::Release => Deed::ManyReleased,
        Act::Assign { .. } => Deed::ManyAssigned,
        Act::Refer { .. } => Deed::ManyReferred,
        Act::Close => Deed::ManyClosed,
        Act::Reopen => Deed::ManyReopened,
        Act::Urgent { urgent: true } => Deed::ManyMarkedUrgent,
        Act::Urgent { urgent: false } => Deed::ManyUnmarkedUrgent,
        Act::Tag { on: true, .. } => Deed::ManyTagged,
        Act::Tag { on: false, .. } => Deed::ManyUntagged,
        Act::Snooze { .. } => Deed::ManySnoozed,
        Act::TakeOver { .. } => Deed::ManyTakenOver,
        Act::Spam { spam: true } => Deed::ManyMarkedSpam,
        Act::Spam { spam: false } => Deed::ManyMarkedNoSpam,
        Act::HandBack => Deed::ManyHandedBack,
        Act::Read { read: true } => Deed::ManyRead,
        Act::Read { read: false } => Deed::ManyUnread,
        Act::Follow { on: true } => Deed::ManyFollowed,
        Act::Follow { on: false } => Deed::ManyUnfollowed,
        Act::Merge { .. } => Deed::ManyMerged,
        Act::Undo => Deed::ManyBack,
    })
}

/// `POST /bulk/{id}/undo`
pub(crate) async fn undo(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<BulkId>,
    headers: axum::http::HeaderMap,
) -> Result<Response, Refusal> {
    let then = came_from(&headers);
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

/// The list she comes from, as her browser says; not the page of a bulk itself.
fn came_from(headers: &axum::http::HeaderMap) -> &str {
    let path = crate::signed::current_path(headers).map(local);
    path.filter(|path| !path.starts_with("/bulk/")).unwrap_or("/")
}

async fn own(web: &Web, signed: &Signed, id: BulkId) -> Result<Bulk, Refusal> {
    let staff = signed.viewer.staff;
    let found = web.read(move |read| bulks::one(read, id)).await?;
    found.filter(|bulk| bulk.staff == staff).ok_or(Refusal::NotFound)
}

/// `GET /bulk/{id}`
pub(crate) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<BulkId>,
    headers: axum::http::HeaderMap,
    untold: Untold,
) -> Result<Response, Refusal> {
    let content = progress(&web, &signed, id).await?;
    let scene = signed.scene(&web);
    let title = scene.say("bulk-title");
    let back = came_from(&headers);
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
        "walls" => scene.say("joining-walls"),
        "two-persons" => scene.say("bulk-two-persons"),
        "gone" => scene.say("bulk-gone"),
        _ => scene.say("bulk-other"),
    }
}
