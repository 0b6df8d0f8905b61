//! The page that asks what should be done to many inquiries.

use axum::response::Response;
use maud::{Markup, html};
use torg_core::InquiryId;
use torg_store::departments::{self, DepartmentName};
use torg_store::folders::Folder;
use torg_store::inquiries::{self, Numbered};
use torg_store::staff::{self, StaffName};
use torg_store::tags::{self, Tag};

use super::may_merge;
use crate::drafts::Fields;
use crate::inquiries::snoozing;
use crate::page::{Frame, Place, Tone, frame, hidden_then, icon, notice};
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::web::Web;
use crate::words::{Scene, word};
use crate::workspace::subject;

/// What can be chosen on the page that asks.
struct Choices {
    colleagues: Vec<StaffName>,
    departments: Vec<DepartmentName>,
    tags: Vec<Tag>,
    /// What the others may be merged into.
    oldest: Option<Numbered>,
}

/// The page that asks what should be done to them.
pub(super) async fn ask(
    web: &Web,
    signed: &Signed,
    folder: &Folder,
    form: &Fields,
    ids: &[InquiryId],
    all: bool,
) -> Result<Response, Refusal> {
    let viewer = signed.viewer.clone();
    let merged = if may_merge(ids, all) { ids.to_vec() } else { Vec::new() };
    let choices = web
        .read(move |read| {
            Ok(Choices {
                colleagues: staff::near(read, &viewer)?,
                departments: departments::all(read)?,
                tags: tags::of_viewer(read, &viewer).get()?,
                oldest: inquiries::oldest(read, &viewer, &merged)?,
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
            @if let Some(oldest) = &choices.oldest { (merging(&scene, &action, &kept, oldest)) }
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
            (button("read", "mail-open", "bulk-mark-read")) (button("unread", "mail", "inquiries-mark-unread"))
            (button("follow", "eye", "inquiries-follow")) (button("unfollow", "eye-off", "inquiries-unfollow"))
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

fn merging(scene: &Scene, action: &str, kept: &Markup, oldest: &Numbered) -> Markup {
    let number = word(oldest.number.to_string());
    html! {
        section.panel { h2 { (scene.say("bulk-merge")) }
            form.form method="post" action=(action) {
                (kept)
                input type="hidden" name="act" value="merge";
                p { (scene.with("bulk-merge-into", [("number", number), ("subject", word(subject(scene, &oldest.subject)))])) }
                label.choice { input.ds-input type="checkbox" name="anyway" value="1"; (scene.say("bulk-merge-anyway")) }
                div.row { button.btn.primary { (icon("merge")) (scene.say("bulk-merge-send")) } }
            }
        }
    }
}
