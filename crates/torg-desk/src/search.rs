//! What somebody searches for, as the index and the lists know it.

mod completing;
mod days;
mod excerpts;
mod numbers;

pub(crate) use completing::has_beginning;
pub use completing::{Completion, completions, instead};
pub use excerpts::{Shown, excerpts};
pub use numbers::{numbered, whole_number};

use jiff::Zoned;
use torg_core::Viewer;
use torg_store::folders::{Folder, Look, Stands, Whose};
use torg_store::messages::MAIL;
use torg_store::{Read, StoreError, departments, tags};
use torg_text::{Filter, FilterOf, Misread, Query, Tongue, name_words, query_words, spellings};

use days::beginning;

/// `look` at what is found for `text`, if it is a search, and what of it was not understood. Names in filters are
/// those of departments and tags the viewer may know of, days those where it is `now`; a filter that names
/// nothing is taken for words.
///
/// # Errors
/// When the database does not answer.
pub fn searched(
    read: &Read<'_>,
    viewer: &Viewer,
    mut look: Look,
    text: &str,
    now: &Zoned,
) -> Result<(Look, Vec<Misread>), StoreError> {
    if look.folder != Folder::Search {
        return Ok((look, Vec::new()));
    }
    let query = Query::read(text, &Tongue::ALL);
    let mut misread = query.misread;
    (look.words, look.without) = (query.words, query.without);
    for filter in query.filters {
        let mut unwanted = Look::at(Folder::Search);
        let narrowed = if filter.is_not { &mut unwanted } else { &mut look };
        match (narrow(read, viewer, narrowed, &filter, now)?, filter.is_not) {
            (true, true) => look.but_not.push(unwanted),
            (true, false) => {}
            (false, is_not) => {
                let words = query_words(&filter.value, &Tongue::ALL);
                match is_not {
                    true => look.without.push(words),
                    false => look.words.extend(words),
                }
                let Filter { of, text, .. } = filter;
                misread.push(Misread { text, of: Some(of), value: String::new() });
            }
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
    now: &Zoned,
) -> Result<bool, StoreError> {
    let (value, narrow) = (filter.value.as_str(), &mut look.narrow);
    let begins = |name: &str| name.to_lowercase().starts_with(value);
    match filter.of {
        FilterOf::From => {
            look.words.extend(name_words(&query_words(value, &[])));
            look.from = std::iter::once(value.to_owned()).chain(spellings(value)).collect();
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
        FilterOf::Before => narrow.until = beginning(value, now),
        FilterOf::After => narrow.since = beginning(value, now),
        FilterOf::Has => narrow.files = FILES.contains(&value),
        FilterOf::Is => match STATES.iter().find(|(_, names)| names.contains(&value)) {
            Some((State::Unread, _)) => narrow.unread = true,
            Some((State::Urgent, _)) => narrow.urgent = true,
            Some((State::Mine, _)) => narrow.whose = Some(Whose::Mine),
            Some((State::Unowned, _)) => narrow.whose = Some(Whose::Nobodys),
            Some((State::Stands(stands), _)) => narrow.stands = Some(*stands),
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
    Stands(Stands),
}

/// What people call that, in each of [`Tongue::ALL`] first.
const STATES: [(State, &[&str]); 7] = [
    (State::Unread, &["ulæst", "ulest", "ulesen", "oläst", "unread", "olest"]),
    (State::Urgent, &["haster", "haster", "hastar", "brådskande", "urgent"]),
    (State::Mine, &["min", "min", "min", "min", "mine", "mitt", "mina"]),
    (State::Unowned, &["ledig", "ledig", "ledig", "ledig", "unowned"]),
    (State::Stands(Stands::Open), &["åben", "åpen", "open", "öppen", "open", "opna", "öppet"]),
    (
        State::Stands(Stands::Closed),
        &["lukket", "lukket", "lukka", "avslutad", "closed", "afsluttet", "avsluttet", "stängd"],
    ),
    (State::Stands(Stands::Spam), &["spam", "spam", "spam", "skräppost", "spam", "søppelpost"]),
];

/// What people call the channels, in each of [`Tongue::ALL`] and in other words.
const CHANNELS: [(&str, [&str; 5], &[&str]); 1] = [(
    MAIL,
    ["mail", "e-post", "e-post", "e-post", "mail"],
    &["email", "e-mail", "epost", "mejl", "brev", "letter"],
)];
