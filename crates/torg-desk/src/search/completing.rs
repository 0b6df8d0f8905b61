//! What a filter may go on with, while somebody types it.

use jiff::civil::Date;
use torg_core::{Language, Viewer};
use torg_store::{Read, StoreError, departments, search, tags};
use torg_text::{FilterOf, Misread, Tongue, name_words, query_words, spellings};

use super::{CHANNELS, FILES, STATES, State, days};
use crate::filing::tongue;

/// The most that are offered.
const MOST: usize = 8;

/// Something that may stand in place of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    pub of: FilterOf,
    /// What people read: a name, or for a filter without its value nothing.
    pub label: String,
    /// What is put in place: `fra:`, or a whole filter such as `avdeling:"Vei og park"`.
    pub text: String,
    /// It is whole, and something else may follow.
    pub is_whole: bool,
}

/// What `piece`, the last thing typed, may go on with: filters in the words of `language`, and
/// after a colon values the viewer may know of. `today` is the day there.
///
/// # Errors
/// When the database does not answer.
pub fn completions(
    read: &Read<'_>,
    viewer: &Viewer,
    piece: &str,
    language: Language,
    today: Date,
) -> Result<Vec<Completion>, StoreError> {
    let (tongue, bare) = (tongue(Some(language)), piece.trim_start_matches('-'));
    let minus = if bare.len() < piece.len() { "-" } else { "" };
    let Some((name, value)) = bare.split_once(':') else {
        let put = |one: Completion| Completion { text: format!("{minus}{}", one.text), ..one };
        return Ok(filters(bare, tongue).into_iter().map(put).collect());
    };
    let Some(of) = FilterOf::named(name) else { return Ok(Vec::new()) };
    let value = value.trim_matches('"').to_lowercase();
    let all = values(read, viewer, of, &value, (tongue, today))?;
    let written: Vec<String> = std::iter::once(value.clone()).chain(spellings(&value)).collect();
    let fits = |(put, label): &(String, String)| {
        written.iter().any(|value| has_beginning(label, value) || has_beginning(put, value))
    };
    let fitting = all.into_iter().filter(fits);
    let whole = |(put, label): (String, String)| {
        let quoted = if put.contains(char::is_whitespace) { format!("\"{put}\"") } else { put };
        Completion { of, label, text: format!("{minus}{name}:{quoted}"), is_whole: true }
    };
    Ok(fitting.map(whole).take(MOST).collect())
}

/// What may be written in place of a filter that was not understood, in the words of `language`.
///
/// # Errors
/// When the database does not answer.
pub fn instead(
    read: &Read<'_>,
    viewer: &Viewer,
    misread: &Misread,
    language: Language,
    today: Date,
) -> Result<Vec<String>, StoreError> {
    const FEW: usize = 4;
    let Some(of) = misread.of else { return Ok(Vec::new()) };
    let minus = if misread.is_not() { "-" } else { "" };
    let name = format!("{minus}{}", of.name(tongue(Some(language))));
    if !misread.value.is_empty() {
        let value = &misread.value;
        let has_spaces = value.contains(char::is_whitespace);
        let value = if has_spaces { format!("\"{value}\"") } else { value.clone() };
        return Ok(vec![format!("{name}:{value}")]);
    }
    let all = completions(read, viewer, &format!("{name}:"), language, today)?;
    // What an inquiry may be are few words, and one of them is meant.
    let most = if of == FilterOf::Is { MOST } else { FEW };
    Ok(all.into_iter().take(most).map(|one| one.text).collect())
}

fn filters(beginning: &str, tongue: Tongue) -> Vec<Completion> {
    if beginning.is_empty() {
        return Vec::new();
    }
    // A name in another language is meant only if enough of it is there to tell.
    let own = beginning.to_lowercase();
    let is_long = beginning.chars().count() > 2;
    let fitting = FilterOf::all()
        .filter(|of| of.name(tongue).starts_with(&own) || is_long && of.begins(beginning));
    let one = |of: FilterOf| Completion {
        of,
        label: String::new(),
        text: format!("{}:", of.name(tongue)),
        is_whole: false,
    };
    fitting.map(one).collect()
}

/// A word of the label, or all of it from a word on, begins so.
pub(crate) fn has_beginning(label: &str, beginning: &str) -> bool {
    let label = label.to_lowercase();
    let starts = label.char_indices().filter(|(at, _)| {
        label.get(..*at).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    });
    starts
        .into_iter()
        .any(|(at, _)| label.get(at..).is_some_and(|rest| rest.starts_with(beginning)))
}

/// Every value a filter may have: what is put, and what people read.
fn values(
    read: &Read<'_>,
    viewer: &Viewer,
    of: FilterOf,
    typed: &str,
    (tongue, today): (Tongue, Date),
) -> Result<Vec<(String, String)>, StoreError> {
    let both = |name: String| (name.clone(), name);
    Ok(match of {
        FilterOf::Department => {
            let all = departments::seen(read, viewer)?;
            all.into_iter().map(|department| both(department.name)).collect()
        }
        FilterOf::Tag => {
            tags::of_viewer(read, viewer).get()?.into_iter().map(|tag| both(tag.name)).collect()
        }
        FilterOf::From => {
            let met = search::persons(read, viewer, &name_words(&query_words(typed, &[])))?;
            met.into_iter()
                .map(|one| (one.address.clone(), format!("{} {}", one.name, one.address)))
                .collect()
        }
        FilterOf::Before | FilterOf::After => days::offered(today, tongue),
        FilterOf::Has => vec![both(FILES[place(tongue)].to_owned())],
        FilterOf::Is => {
            STATES.map(|(_, names): (State, _)| both(names[place(tongue)].to_owned())).to_vec()
        }
        FilterOf::Channel => {
            CHANNELS.iter().map(|(_, names, _)| both(names[place(tongue)].to_owned())).collect()
        }
    })
}

fn place(tongue: Tongue) -> usize {
    Tongue::ALL.iter().position(|one| *one == tongue).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_offered_in_her_language_by_any_of_their_names() {
        let offered = |text: &str| -> Vec<String> {
            filters(text, Tongue::Nn).into_iter().map(|one| one.text).collect()
        };
        assert_eq!(offered("fr"), ["frå:"]);
        assert_eq!(offered("depart"), ["avdeling:"]);
        assert_eq!(offered("e"), ["etikett:", "etter:", "er:"]);
        assert!(["", "lampe", "i"].iter().all(|text| offered(text).is_empty()));
    }

    #[test]
    fn a_value_is_met_by_the_beginning_of_any_of_its_words() {
        assert!(has_beginning("Vei og park", "pa") && has_beginning("Vei og park", "vei og"));
        assert!(!has_beginning("Vei og park", "ark") && has_beginning("Vei", ""));
    }
}
