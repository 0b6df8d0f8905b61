//! The plan as those see it who carry it out.

mod files;
mod life;
mod texts;

use jiff::Timestamp;
use std::sync::LazyLock;
use torg_demo::{Letter, Plan, What, plan};

static PLAN: LazyLock<Plan> = LazyLock::new(|| plan(1, until()));

/// 2026-03-10T14:00:00Z, a Tuesday afternoon.
fn until() -> Timestamp {
    Timestamp::constant(1_773_151_200, 0)
}

fn letters() -> impl Iterator<Item = &'static Letter> {
    PLAN.events.iter().filter_map(|event| match &event.what {
        What::Letter(letter) => Some(letter),
        _ => None,
    })
}
