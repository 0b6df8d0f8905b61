//! What filters are called, in each of our languages.

use crate::Tongue;
use crate::answers::is_one_error;

/// What a filter looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterOf {
    /// Who wrote: a part of the name or the address.
    From,
    /// The beginning of a department's name.
    Department,
    /// The beginning of a tag.
    Tag,
    /// A year, a month or a day; nothing of it or later.
    Before,
    /// A year, a month or a day; nothing before it.
    After,
    /// `file`.
    Has,
    /// `unread`, `urgent`, `mine`, `unowned`.
    Is,
    /// How it came or goes: `mail`.
    Channel,
}

/// What people call a filter: in each of [`Tongue::ALL`], and in other words.
type Names = (FilterOf, [&'static str; 5], &'static [&'static str]);

const NAMES: [Names; 8] = [
    (FilterOf::From, ["fra", "fra", "frå", "från", "from"], &["avsender", "afsender", "avsändare"]),
    (
        FilterOf::Department,
        ["afdeling", "avdeling", "avdeling", "avdelning", "department"],
        &["dept"],
    ),
    (
        FilterOf::Tag,
        ["etiket", "etikett", "etikett", "etikett", "tag"],
        &["merke", "mærke", "märke", "label"],
    ),
    (FilterOf::Before, ["før", "før", "før", "före", "before"], &["innan", "until"]),
    (
        FilterOf::After,
        ["efter", "etter", "etter", "efter", "after"],
        &["since", "siden", "sidan", "sedan"],
    ),
    (FilterOf::Has, ["har", "har", "har", "har", "has"], &[]),
    (FilterOf::Is, ["er", "er", "er", "är", "is"], &[]),
    (FilterOf::Channel, ["kanal", "kanal", "kanal", "kanal", "channel"], &[]),
];

impl FilterOf {
    /// All of them, in the order they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.into_iter().map(|(of, ..)| of)
    }

    /// What it is called in a language.
    pub fn name(self, tongue: Tongue) -> &'static str {
        let place = Tongue::ALL.iter().position(|one| *one == tongue);
        let of_all = NAMES.into_iter().find(|(of, ..)| *of == self).map(|(_, names, _)| names);
        of_all.zip(place).and_then(|(names, place)| names.get(place).copied()).unwrap_or_default()
    }

    /// The filter that is called so, in whatever language.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let is_it = |(_, names, others): &Names| {
            names.contains(&name.as_str()) || others.contains(&name.as_str())
        };
        NAMES.into_iter().find(is_it).map(|(of, ..)| of)
    }

    /// The filter that was meant by a name with one typing error.
    pub(super) fn meant(name: &str) -> Option<Self> {
        const ENOUGH_TO_TELL: usize = 4;
        let name: Vec<char> = name.to_lowercase().chars().collect();
        let is_near = |known: &str| is_one_error(&name, &known.chars().collect::<Vec<_>>());
        let all = NAMES.into_iter().filter(|_| name.len() >= ENOUGH_TO_TELL);
        all.into_iter()
            .find(|(_, names, others)| names.iter().chain(others.iter()).any(|one| is_near(one)))
            .map(|(of, ..)| of)
    }

    /// Whether one of its names begins so.
    pub fn begins(self, beginning: &str) -> bool {
        let beginning = beginning.to_lowercase();
        let own = NAMES.into_iter().filter(|(of, ..)| *of == self);
        own.flat_map(|(_, names, others)| names.into_iter().chain(others.iter().copied()))
            .any(|name| name.starts_with(&beginning))
    }
}
