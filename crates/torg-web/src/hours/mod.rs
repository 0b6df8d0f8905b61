//! Opening hours, targets and categories, under `/settings`.

pub(crate) mod calendars;
pub(crate) mod categories;
pub(crate) mod targets;
mod words;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use torg_core::hours::HoursRefused;
use torg_desk::RuleRefused;

use crate::refusal::Refusal;
use crate::words::Scene;

/// The fields of a form whose names are many.
pub(crate) struct Fields(pub(crate) Vec<(String, String)>);

impl Fields {
    /// The value of a field; nothing if it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// An id, or `None` where the field is empty.
    fn id<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Refusal> {
        match self.get(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Refusal::BadForm),
        }
    }
}

/// What to do about a refusal, as a sentence.
fn sentence(scene: &Scene, refused: RuleRefused) -> Result<String, Refusal> {
    Ok(scene.say(match refused {
        RuleRefused::NotAllowed => return Err(Refusal::ForAdministrators),
        RuleRefused::NotFound => return Err(Refusal::NotFound),
        RuleRefused::Store(error) => return Err(error.into()),
        RuleRefused::NoName => "hours-no-name",
        RuleRefused::NameThere => "hours-name-there",
        RuleRefused::Hours(HoursRefused::NeverOpen) => "hours-never-open",
        RuleRefused::Hours(HoursRefused::EndsBeforeItBegins) => "hours-wrong-order",
        RuleRefused::Hours(HoursRefused::TooLong) => "hours-too-long",
        RuleRefused::Hours(HoursRefused::TooMany) => "hours-too-many",
        RuleRefused::TargetThere => "hours-target-there",
        RuleRefused::NoTime => "hours-no-time",
        RuleRefused::InUse => "hours-in-use",
    }))
}

/// The page again, with the status of what was not saved.
fn not_saved(page: Response) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
