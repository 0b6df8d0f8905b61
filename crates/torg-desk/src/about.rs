//! What a municipality says about itself on every page.

use jiff::tz::TimeZone;
use torg_core::Language;

/// Facts for pages and letters, read once at start-up.
#[derive(Debug, Clone)]
pub struct About {
    /// "Fjordby".
    pub name: String,
    /// Its main language, for those who have not chosen one.
    pub language: Language,
    pub time_zone: TimeZone,
    /// Where browsers reach it, without a slash at the end.
    pub public_url: String,
    /// Outgoing mail goes nowhere, and citizens' mailboxes are pages.
    pub demo: bool,
    pub version: &'static str,
}
