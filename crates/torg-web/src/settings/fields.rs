//! The fields of a form in which one name may stand several times.

use std::str::FromStr;

use serde::Deserialize;

use crate::sign_in::local;

/// What a form was sent with, in its order.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first field of this name, trimmed; empty if there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default().trim()
    }

    /// As it was sent.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    pub(crate) fn value<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }

    /// All values of this name that can be read.
    pub(crate) fn all<T: FromStr>(&self, name: &str) -> Vec<T> {
        let named = self.0.iter().filter(|(found, _)| found == name);
        named.filter_map(|(_, value)| value.parse().ok()).collect()
    }

    /// Where the form wants to go afterwards, if it says so and that is ours.
    pub(crate) fn then<'a>(&'a self, usual: &'a str) -> &'a str {
        self.find("then").map_or(usual, local)
    }
}
