//! The standard answers of Fjordby.

use anyhow::{Context, anyhow};
use torg_core::{Role, Viewer};
use torg_desk::Desk;

/// As a lead would bring them in from a file.
const ANSWERS: &str = include_str!("answers.json");

/// Brings in what Fjordby usually answers.
pub(super) async fn set(desk: &Desk, staff: &[Viewer]) -> anyhow::Result<()> {
    let administrator = staff.iter().find(|one| one.role == Role::Administrator);
    let viewer = administrator.context("a municipality without an administrator")?;
    let done = desk.bring_in_answers(viewer, ANSWERS).await;
    done.map(drop).map_err(|why| anyhow!("the demo's answers: {why:?}"))
}
