//! Puts an inquiry aside until a time.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::{DateTime, Weekday};
use jiff::{RoundMode, Span, Unit, Zoned, ZonedRound};
use serde::Deserialize;
use torg_core::InquiryId;
use torg_core::inquiry::SnoozeRefused;
use torg_desk::Refused;

use super::{finish, refused};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::told::{Deed, Untold};
use crate::web::Web;
use crate::words::Scene;
use crate::workspace::{self, Card, Extras};

/// A time that is offered by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    Later,
    Tomorrow,
    NextWeek,
}

impl Choice {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Later => "later",
            Self::Tomorrow => "tomorrow",
            Self::NextWeek => "next-week",
        }
    }

    /// The sentence that names it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Later => "snooze-later",
            Self::Tomorrow => "snooze-tomorrow",
            Self::NextWeek => "snooze-next-week",
        }
    }
}

/// What is offered at `now`, in the municipality's time: in three hours while it is still day,
/// tomorrow at eight, next Monday at eight.
pub(crate) fn choices(now: &Zoned) -> Vec<(Choice, Zoned)> {
    let mut offered = Vec::new();
    let half_hours = ZonedRound::new().smallest(Unit::Minute).increment(30).mode(RoundMode::Ceil);
    let later = now.checked_add(Span::new().hours(3)).and_then(|at| at.round(half_hours));
    offered.extend(
        later
            .ok()
            .filter(|at| at.date() == now.date() && at.hour() < 18)
            .map(|at| (Choice::Later, at)),
    );
    let morning = |date: jiff::civil::Date| date.at(8, 0, 0, 0).to_zoned(now.time_zone().clone());
    let tomorrow = now.date().tomorrow().and_then(morning);
    offered.extend(tomorrow.ok().map(|at| (Choice::Tomorrow, at)));
    let monday = now.date().nth_weekday(1, Weekday::Monday).and_then(morning);
    let is_another = |at: &Zoned| offered.iter().all(|(_, other)| other != at);
    let monday = monday.ok().filter(is_another);
    offered.extend(monday.map(|at| (Choice::NextWeek, at)));
    offered
}

#[derive(Debug, Deserialize)]
pub(crate) struct Snoozing {
    /// One of the choices, or `at`.
    until: String,
    #[serde(default)]
    at: String,
    #[serde(default)]
    then: String,
}

/// The moment a form asks for.
pub(crate) fn moment(scene: &Scene, until: &str, at: &str) -> Option<jiff::Timestamp> {
    let now = scene.times.local_now();
    let offered = choices(&now).into_iter().find(|(choice, _)| choice.word() == until);
    if let Some((_, at)) = offered {
        return Some(at.timestamp());
    }
    let at: DateTime = at.trim().parse().ok()?;
    at.to_zoned(now.time_zone().clone()).ok().map(|at| at.timestamp())
}

/// `POST /inquiries/{id}/snooze`
pub(crate) async fn create(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<InquiryId>,
    Form(form): Form<Snoozing>,
) -> Result<Response, Refusal> {
    let scene = signed.scene(&web);
    let outcome = match moment(&scene, &form.until, &form.at) {
        Some(until) => web.desk.snooze(&signed.viewer, id, until).await,
        None => Err(SnoozeRefused::Past.into()),
    };
    let trouble = match outcome {
        Err(Refused::Snooze(SnoozeRefused::Past)) => "snooze-past",
        Err(Refused::Snooze(SnoozeRefused::TooFar)) => "snooze-too-far",
        outcome => return finish(&web, &signed, id, &form.then, Deed::Snoozed, outcome).await,
    };
    let card = Card::Snooze { trouble: Some(scene.say(trouble)) };
    let extras = Extras { card: Some(card), ..Extras::default() };
    let spot = refused::spot(&form.then, id);
    let page = workspace::render(&web, &signed, &spot, extras, &Untold::default()).await?;
    Ok(workspace::refused(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Vec<(Choice, String)> {
        let now: Zoned = format!("{text}[Europe/Oslo]").parse().unwrap();
        let short = |at: Zoned| at.strftime("%a %d %H:%M").to_string();
        choices(&now).into_iter().map(|(choice, at)| (choice, short(at))).collect()
    }

    #[test]
    fn the_times_offered_are_later_tomorrow_and_monday() {
        let monday = at("2026-05-04T09:10");
        let names: Vec<_> = monday.iter().map(|(_, at)| at.as_str()).collect();
        assert_eq!(names, ["Mon 04 12:30", "Tue 05 08:00", "Mon 11 08:00"]);
    }

    #[test]
    fn what_is_no_choice_is_not_offered() {
        let late = at("2026-05-10T16:00");
        assert_eq!(late, [(Choice::Tomorrow, "Mon 11 08:00".to_owned())], "Sunday afternoon");
    }
}
