//! What a page knows about the moment it is made for: who looks, in which language, where and when.

use fluent_bundle::FluentValue;
use maud::{Markup, html};
use torg_core::{Language, StaffId, Viewer};
use torg_desk::Desk;

use super::{Texts, Times};
use crate::theme;

/// The scene a page is set in.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    /// What the municipality calls itself.
    pub(crate) town: String,
    pub(crate) demo: bool,
    pub(crate) texts: Texts,
    pub(crate) times: Times,
    /// `auto`, `light` or `dark`.
    pub(crate) theme: String,
    pub(crate) viewer: Option<Viewer>,
    /// How many notices she has not seen.
    pub(crate) unseen: i64,
    /// Where the sheet of the municipality's colour lies, if it has one of its own.
    pub(crate) sheet: Option<String>,
    /// Where its logo lies.
    pub(crate) logo: Option<String>,
    /// Whether it says anywhere how long letters are kept.
    pub(crate) has_privacy_note: bool,
    /// Who looks has not put the guide away yet.
    pub(crate) is_new: bool,
}

impl Scene {
    pub(crate) fn new(
        desk: &Desk,
        language: Language,
        theme: &str,
        viewer: Option<Viewer>,
    ) -> Self {
        let (about, texts) = (desk.about(), Texts { language });
        let times = Times { now: desk.now(), zone: about.time_zone.clone(), texts };
        Self {
            town: about.name.clone(),
            demo: about.demo,
            texts,
            times,
            theme: theme.to_owned(),
            viewer,
            unseen: 0,
            sheet: about.theme.accent.map(theme::sheet_address),
            logo: about.theme.logo.as_deref().map(theme::logo_address),
            has_privacy_note: about.has_privacy_note,
            is_new: false,
        }
    }

    pub(crate) fn say(&self, key: &str) -> String {
        self.texts.say(key)
    }

    pub(crate) fn with<'a, const N: usize>(
        &self,
        key: &str,
        words: [(&'static str, FluentValue<'a>); N],
    ) -> String {
        self.texts.with(key, words)
    }

    /// Whether `staff` is the one who looks.
    pub(crate) fn is_me(&self, staff: StaffId) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.staff == staff)
    }

    /// A moment in short, with the whole of it for machines and on hover.
    pub(crate) fn age(&self, at: i64) -> Markup {
        html! { time.age datetime=(self.times.machine(at)) title=(self.times.stamp(at)) { (self.times.age(at)) } }
    }

    /// A moment to the minute.
    pub(crate) fn stamp(&self, at: i64) -> Markup {
        html! { time.meta.subtle datetime=(self.times.machine(at)) { (self.times.stamp(at)) } }
    }
}
