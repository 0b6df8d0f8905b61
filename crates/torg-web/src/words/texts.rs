//! The sentences of `locale/`, embedded and parsed once.

use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use torg_core::Language;
use unic_langid::LanguageIdentifier;

macro_rules! locale {
    ($($noun:literal),+ $(,)?) => {
        /// Every file of every language, in the order of [`Language::ALL`].
        pub(crate) const FILES: [&[(&str, &str)]; 5] = [
            &[$(($noun, include_str!(concat!("../../../../locale/da/", $noun, ".ftl")))),+],
            &[$(($noun, include_str!(concat!("../../../../locale/nb/", $noun, ".ftl")))),+],
            &[$(($noun, include_str!(concat!("../../../../locale/nn/", $noun, ".ftl")))),+],
            &[$(($noun, include_str!(concat!("../../../../locale/sv/", $noun, ".ftl")))),+],
            &[$(($noun, include_str!(concat!("../../../../locale/en/", $noun, ".ftl")))),+],
        ];
    };
}

locale!(
    "account",
    "answers",
    "automatic",
    "bulk",
    "colleagues",
    "composer",
    "delegation",
    "demo",
    "drafts",
    "due",
    "events",
    "folders",
    "guide",
    "hours",
    "inquiries",
    "joining",
    "keys",
    "leads",
    "look",
    "messages",
    "notices",
    "opening",
    "page",
    "persons",
    "print",
    "privacy",
    "quarantine",
    "refusals",
    "search",
    "settings",
    "setup",
    "sign-in",
    "snooze",
    "style",
    "spam",
    "tags",
    "theme",
    "times",
    "told",
    "views",
    "welcome",
);

static BUNDLES: LazyLock<HashMap<Language, FluentBundle<FluentResource>>> = LazyLock::new(|| {
    Language::ALL
        .into_iter()
        .zip(FILES)
        .map(|(language, files)| (language, bundle(language, files)))
        .collect()
});

fn bundle(language: Language, files: &[(&str, &str)]) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Our texts and names all run left to right; the marks would only hinder copying and searching.
    bundle.set_use_isolating(false);
    for (_, text) in files {
        // A file with a fault still gives its other sentences; a test keeps the files without fault.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, _)| rest);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The sentences of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Texts {
    pub(crate) language: Language,
}

/// A word or number put into a sentence.
pub(crate) fn word<'a>(value: impl Into<FluentValue<'a>>) -> FluentValue<'a> {
    value.into()
}

impl Texts {
    /// The sentence `key`, in English if this language lacks it.
    pub(crate) fn say(self, key: &str) -> String {
        self.with(key, [])
    }

    /// The sentence `key` with its blanks filled.
    pub(crate) fn with<'a, const N: usize>(
        self,
        key: &str,
        words: [(&'static str, FluentValue<'a>); N],
    ) -> String {
        let args: FluentArgs<'a> = words.into_iter().collect();
        [self.language, Language::En]
            .into_iter()
            .find_map(|language| format(language, key, &args))
            .unwrap_or_else(|| key.to_owned())
    }
}

fn format(language: Language, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundle = BUNDLES.get(&language)?;
    let pattern = bundle.get_message(key)?.value()?;
    Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
}
