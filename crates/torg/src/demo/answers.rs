//! The standard answers of Fjordby.

use anyhow::{Context, anyhow};
use torg_core::answers::Stage;
use torg_core::{Language, Role, Viewer};
use torg_desk::Desk;

/// As a lead would bring them in from a file. Those about a topic of the library are called as it is,
/// so that the library does not add a second one.
const ANSWERS: &str = include_str!("answers.json");

/// Brings in what Fjordby usually answers, and takes the rest from the library.
pub(super) async fn set(desk: &Desk, staff: &[Viewer]) -> anyhow::Result<()> {
    let administrator = staff.iter().find(|one| one.role == Role::Administrator);
    let viewer = administrator.context("a municipality without an administrator")?;
    let own = desk.bring_in_answers(viewer, ANSWERS).await;
    own.map_err(|why| anyhow!("the demo's answers: {why:?}"))?;
    let topics = desk.library_topics(Language::Nb).into_iter().map(|topic| topic.name).collect();
    let rest = desk.begin_from_library(viewer, topics, None, Stage::InUse).await;
    rest.map(drop).map_err(|why| anyhow!("the library's answers: {why:?}"))
}
