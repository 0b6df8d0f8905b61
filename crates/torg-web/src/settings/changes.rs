//! The history at the foot of a setting page, with Undo.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use torg_core::{JournalId, Role};
use torg_desk::ChangeRefused;
use torg_store::changes::{self, Change};
use torg_store::{Read, StoreError};

use super::{department, departments};
use crate::page::{hidden_then, icon};
use crate::refusal::Refusal;
use crate::sign_in::local;
use crate::signed::Signed;
use crate::told::{Deed, Told};
use crate::web::Web;
use crate::words::{Scene, word};

/// How many changes a page shows.
const SHOWN: i64 = 12;

#[derive(Debug, Deserialize)]
pub(crate) struct Undo {
    /// The page it was asked on.
    #[serde(default)]
    then: String,
    /// Whether letters may come out from behind a wall by it.
    opens: Option<String>,
}

/// `POST /settings/changes/{topic}/{line}/undo`
pub(crate) async fn undo(
    State(web): State<Web>,
    signed: Signed,
    Path((topic, line)): Path<(String, JournalId)>,
    Form(form): Form<Undo>,
) -> Result<Response, Refusal> {
    let then = local(&form.then).to_owned();
    let undone = match form.opens {
        Some(_) => web.desk.undo_change_openly(&signed.viewer, &topic, line).await,
        None => web.desk.undo_change(&signed.viewer, &topic, line).await,
    };
    match undone {
        Ok(()) => Ok(Told::of(Deed::Undone).at(&web, &then)),
        Err(ChangeRefused::ChangedSince | ChangeRefused::NoUndo) => {
            Ok(Told::of(Deed::NotUndone).at(&web, &then))
        }
        Err(ChangeRefused::WouldOpen) => asks_to_open(&web, &signed, &topic, line).await,
        Err(refused) => Err(refused.into()),
    }
}

/// A wall is opened on the page of its department, and what lies behind an heir's is taken out on
/// the page of all, where one says that it is meant.
async fn asks_to_open(
    web: &Web,
    signed: &Signed,
    topic: &str,
    line: JournalId,
) -> Result<Response, Refusal> {
    match topic.split_once(':').and_then(|(_, id)| id.parse().ok()) {
        Some(id) => department::would_open(web, signed, id).await,
        None => departments::would_open(web, signed, line).await,
    }
}

/// The latest changes of a topic, for [`history`].
pub(crate) fn recent(read: &Read<'_>, topic: &str) -> Result<Vec<Change>, StoreError> {
    changes::of(read, topic, SHOWN)
}

/// What was changed, by whom and when, newest first; `None` of nothing. `name` says in words what
/// of the topic a change was about, `value` how one of its values reads. What was taken back, and
/// what has been changed since, offers no Undo; nor does it to who is no administrator.
pub(crate) fn history(
    scene: &Scene,
    then: &str,
    changes: &[Change],
    name: impl Fn(&Change) -> String,
    value: impl Fn(&Change, &str) -> String,
) -> Markup {
    let viewer = scene.viewer.as_ref();
    let may = viewer.is_some_and(|viewer| viewer.role == Role::Administrator);
    html! {
        section.panel aria-labelledby="history" {
            h2 #history { (scene.say("settings-history")) }
            @if changes.is_empty() {
                p.subtle { (scene.say("settings-history-none")) }
            } @else {
                ul.lines.history {
                    @for (place, change) in changes.iter().enumerate() {
                        (line(scene, then, change, may && is_latest(changes, place), &name(change), (&value(change, &change.old), &value(change, &change.new))))
                    }
                }
            }
        }
    }
}

/// Only the latest change of a thing can be taken back, and not what itself took one back.
fn is_latest(changes: &[Change], place: usize) -> bool {
    let Some(change) = changes.get(place) else { return false };
    change.undoes.is_none() && !changes.iter().take(place).any(|other| is_same(other, change))
}

/// Whether two changes are about one thing: what came and what went are things of their own.
fn is_same(one: &Change, other: &Change) -> bool {
    let (this, that) = (one.came_or_went(), other.came_or_went());
    let is_another = this.is_some() && that.is_some() && this != that;
    one.what == other.what && one.topic == other.topic && !is_another
}

/// Where a change is taken back.
pub(super) fn undo_path(topic: &str, line: JournalId) -> String {
    format!("/settings/changes/{topic}/{line}/undo")
}

fn line(
    scene: &Scene,
    then: &str,
    change: &Change,
    undoable: bool,
    name: &str,
    (old, new): (&str, &str),
) -> Markup {
    let nothing = scene.say("settings-history-empty");
    let shown = |value: &str| if value.is_empty() { nothing.clone() } else { value.to_owned() };
    let by = change.by.clone().unwrap_or_else(|| scene.say("settings-history-command"));
    html! {
        li {
            span.grow {
                span.medium { (name) } " "
                span.cut-words { (scene.with("settings-history-from-to", [("old", word(shown(old))), ("new", word(shown(new)))])) }
                br;
                span.subtle.meta {
                    (by) " · " (scene.stamp(change.at))
                    @if change.undoes.is_some() { " · " (scene.say("settings-history-undo")) }
                }
            }
            @if undoable {
                form method="post" action=(undo_path(&change.topic, change.line)) {
                    (hidden_then(then))
                    button.btn.small { (icon("undo-2")) (scene.say("settings-undo")) }
                }
            }
        }
    }
}
