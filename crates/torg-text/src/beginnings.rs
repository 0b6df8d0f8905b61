//! What words have in common with their other forms: how they begin.

use crate::Tongue;
use crate::query_words::{ENOUGH_TO_GO_ON, QUOTATION, is_another, query_words};
use crate::words::STEM_MARK;

/// The words of `text`, each only as far as all its forms in any of our languages begin alike:
/// `barnehag` for `barnehagen`. For searching texts in which parts of words are met, too; quotation
/// marks mean nothing there.
pub fn beginnings(text: &str) -> String {
    let plain = text.replace(QUOTATION, " ");
    let beginning = |offered: &Vec<String>| {
        let typed = offered.first().cloned().unwrap_or_default();
        let stems = offered.iter().filter_map(|word| word.strip_prefix(STEM_MARK));
        let stems = stems.filter(|stem| typed.starts_with(stem) && !is_another(&typed, stem));
        let enough = stems.filter(|stem| stem.chars().count() >= ENOUGH_TO_GO_ON);
        enough.min_by_key(|stem| stem.len()).map_or(typed.clone(), str::to_owned)
    };
    query_words(&plain, &Tongue::ALL).iter().map(beginning).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_forms_begin_alike_and_other_words_are_left_alone() {
        assert_eq!(beginnings("Barnehagen brøytes"), "barnehag brøyt");
        assert_eq!(beginnings("\"hullene\""), "hull");
        assert_eq!(beginnings("farlig is 14.30"), "farlig is 14.30");
    }
}
