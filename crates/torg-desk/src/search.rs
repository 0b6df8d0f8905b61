//! What somebody searches for, as the index and the lists know it.

mod completing;
mod excerpts;
mod numbers;

pub(crate) use completing::has_beginning;
pub use completing::{Completion, completions, instead};
pub use excerpts::{Shown, excerpts};
pub use numbers::{numbered, whole_number};

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use torg_core::Viewer;
use torg_store::folders::{Folder, Look, Whose};
use torg_store::messages::MAIL;
use torg_store::{Read, StoreError, departments, tags};
use torg_text::{Filter, FilterOf, Misread, Query, Tongue, query_words};

/// `look` at what is found for `text`, if it is a search, and what of it was not understood. Names in filters are
/// those of departments and tags the viewer may know of, days those of `zone`; a filter that names nothing is
/// searched for as words.
///
/// # Errors
/// When the database does not answer.
pub fn searched(
    read: &Read<'_>,
    viewer: &Viewer,
    mut look: Look,
    text: &str,
    zone: &TimeZone,
) -> Result<(Look, Vec<Misread>), StoreError> {
    if look.folder != Folder::Search {
        return Ok((look, Vec::new()));
    }
    let query = Query::read(text, &Tongue::ALL);
    let mut misread = query.misread;
    look.words = query.words;
    for filter in query.filters {
        if !narrow(read, viewer, &mut look, &filter, zone)? {
            look.words.extend(query_words(&filter.value, &Tongue::ALL));
            let Filter { of, text, .. } = filter;
            misread.push(Misread { text, of: Some(of), value: String::new() });
        }
    }
    Ok((look, misread))
}

/// Narrows a look by one filter; `false` if it says nothing.
fn narrow(
    read: &Read<'_>,
    viewer: &Viewer,
    look: &mut Look,
    filter: &Filter,
    zone: &TimeZone,
) -> Result<bool, StoreError> {
    let (value, narrow) = (filter.value.as_str(), &mut look.narrow);
    let begins = |name: &str| name.to_lowercase().starts_with(value);
    match filter.of {
        FilterOf::From => {
            look.words.extend(query_words(value, &[]));
            look.from = Some(value.to_owned());
        }
        FilterOf::Department => {
            let all = departments::seen(read, viewer)?;
            let found = all.into_iter().find(|department| begins(&department.name));
            narrow.department = found.as_ref().map(|department| department.id);
            return Ok(found.is_some());
        }
        FilterOf::Tag => {
            let found =
                tags::of_viewer(read, viewer).get()?.into_iter().find(|tag| begins(&tag.name));
            narrow.tag = found.as_ref().map(|tag| tag.id);
            return Ok(found.is_some());
        }
        FilterOf::Channel => {
            let called = |(_, names, others): &&(_, [&str; 5], &[&str])| {
                names.contains(&value) || others.contains(&value)
            };
            let found = CHANNELS.iter().find(called);
            look.channel = found.map(|(channel, ..)| (*channel).to_owned());
            return Ok(found.is_some());
        }
        FilterOf::Before => narrow.until = beginning(value, zone),
        FilterOf::After => narrow.since = beginning(value, zone),
        FilterOf::Has => narrow.files = FILES.contains(&value),
        FilterOf::Is => match STATES.iter().find(|(_, names)| names.contains(&value)) {
            Some((State::Unread, _)) => narrow.unread = true,
            Some((State::Urgent, _)) => narrow.urgent = true,
            Some((State::Mine, _)) => narrow.whose = Some(Whose::Mine),
            Some((State::Unowned, _)) => narrow.whose = Some(Whose::Nobodys),
            None => return Ok(false),
        },
    }
    Ok(match filter.of {
        FilterOf::Before => look.narrow.until.is_some(),
        FilterOf::After => look.narrow.since.is_some(),
        FilterOf::Has => look.narrow.files,
        _ => true,
    })
}

/// What people call an attachment, in each of [`Tongue::ALL`] first.
const FILES: [&str; 10] =
    ["fil", "fil", "fil", "fil", "file", "files", "bilag", "vedlegg", "bilaga", "attachment"];

/// What an inquiry may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unread,
    Urgent,
    Mine,
    Unowned,
}

/// What people call that, in each of [`Tongue::ALL`] first.
const STATES: [(State, &[&str]); 4] = [
    (State::Unread, &["ulæst", "ulest", "ulesen", "oläst", "unread", "olest"]),
    (State::Urgent, &["haster", "haster", "hastar", "brådskande", "urgent"]),
    (State::Mine, &["min", "min", "min", "min", "mine", "mitt", "mina"]),
    (State::Unowned, &["ledig", "ledig", "ledig", "ledig", "unowned"]),
];

/// What people call the channels, in each of [`Tongue::ALL`] and in other words.
const CHANNELS: [(&str, [&str; 5], &[&str]); 1] = [(
    MAIL,
    ["mail", "e-post", "e-post", "e-post", "mail"],
    &["email", "e-mail", "epost", "mejl", "brev", "letter"],
)];

/// When a year (`2026`), a month (`2026-03`) or a day (`2026-03-14`, `14.3.2026`) begins;
/// microseconds UTC.
fn beginning(text: &str, zone: &TimeZone) -> Option<i64> {
    let by_dots = text.contains('.');
    let mut parts: Vec<i16> =
        text.split(['-', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    if by_dots {
        parts.reverse();
    }
    let small = |at: usize| parts.get(at).map_or(Some(1), |part| i8::try_from(*part).ok());
    let date = Date::new(*parts.first()?, small(1)?, small(2)?).ok().filter(|_| parts.len() < 4)?;
    let start: Zoned = date.to_zoned(zone.clone()).ok()?;
    Some(start.timestamp().as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_a_month_and_a_day_begin_at_midnight_there() {
        let oslo = TimeZone::get("Europe/Oslo").unwrap();
        let at = |text: &str| {
            let found = beginning(text, &oslo)?;
            Some(jiff::Timestamp::from_microsecond(found).unwrap().to_string())
        };
        assert_eq!(at("2026").as_deref(), Some("2025-12-31T23:00:00Z"));
        assert_eq!(at("2026-07").as_deref(), Some("2026-06-30T22:00:00Z"));
        assert_eq!(at("14.3.2026"), at("2026-03-14"));
        for nothing in ["", "soon", "2026-13", "2026-02-30", "1.2.3.2026", "99999"] {
            assert_eq!(at(nothing), None, "{nothing}");
        }
    }
}
