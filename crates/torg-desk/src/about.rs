//! What a municipality says about itself on every page.

use jiff::tz::TimeZone;
use torg_core::Language;

use crate::theme::Theme;

/// What a municipality is called until somebody says so.
pub const UNNAMED: &str = "Torg";

/// Facts for pages and letters. Name, language, time zone and receipts and theme are set on pages; the
/// others are the machine's.
#[derive(Debug, Clone)]
pub struct About {
    /// "Fjordby".
    pub name: String,
    /// Its main language, for those who have not chosen one.
    pub language: Language,
    pub time_zone: TimeZone,
    /// Whether citizens get a receipt for a new inquiry.
    pub receipts: bool,
    /// Its colour and logo, which a page sets.
    pub theme: Theme,
    /// Whether it is written anywhere how long letters are kept.
    pub has_privacy_note: bool,
    /// Where browsers reach it, without a slash at the end.
    pub public_url: String,
    /// Outgoing mail goes nowhere, and citizens' mailboxes are pages.
    pub demo: bool,
    pub version: &'static str,
}
