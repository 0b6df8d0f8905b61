//! Who is named in a note: `@Bo Lindqvist`, or `@Bo` where there is only one.

use crate::ids::StaffId;

/// The colleagues of `names` that `text` mentions, each once, in the order of the text. The
/// longest name that fits wins; a first name counts if only one colleague has it.
///
/// ```
/// use torg_core::{Id, StaffId, mention::mentioned};
/// let names = [(StaffId::from_i64(1), "Bo Lindqvist"), (StaffId::from_i64(2), "Dagny Moe")];
/// assert_eq!(mentioned("Ask @dagny moe, or @Bo!", &names), [names[1].0, names[0].0]);
/// assert_eq!(mentioned("mail bo@lindqvist.example", &names), []);
/// ```
pub fn mentioned(text: &str, names: &[(StaffId, &str)]) -> Vec<StaffId> {
    let text = text.to_lowercase();
    let mut found = Vec::new();
    let mut before = ' ';
    let mut rest = text.as_str();
    while let Some(letter) = rest.chars().next() {
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        if letter == '@' && !before.is_alphanumeric() {
            found.extend(named(rest, names).filter(|staff| !found.contains(staff)));
        }
        before = letter;
    }
    found
}

fn named(rest: &str, names: &[(StaffId, &str)]) -> Option<StaffId> {
    let whole = |name: &str| {
        let end = rest.strip_prefix(name)?.chars().next();
        (!end.is_some_and(char::is_alphanumeric)).then_some(name.len())
    };
    let by_name = names.iter().filter_map(|(id, name)| Some((whole(&name.to_lowercase())?, *id)));
    by_name.max_by_key(|(length, _)| *length).map(|(_, id)| id).or_else(|| {
        let first = |name: &str| name.split_whitespace().next().unwrap_or_default().to_lowercase();
        let mut by_first = names.iter().filter(|(_, name)| whole(&first(name)).is_some());
        match (by_first.next(), by_first.next()) {
            (Some((id, _)), None) => Some(*id),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    #[test]
    fn a_first_name_that_two_share_names_nobody() {
        let staff = StaffId::from_i64;
        let names = [(staff(1), "Bo Lind"), (staff(2), "Bo Lindqvist"), (staff(3), "Åse Øyen")];
        assert_eq!(mentioned("@Bo, look", &names), []);
        assert_eq!(mentioned("@Bo Lindqvist @BO LIND", &names), [staff(2), staff(1)]);
        assert_eq!(mentioned("(@åse) @Åse Øyen", &names), [staff(3)]);
        assert_eq!(mentioned("@", &names), []);
        assert_eq!(mentioned("@ Åse", &names), []);
    }
}
