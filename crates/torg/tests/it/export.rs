//! What `torg export` says, as tests ask it.

use std::collections::BTreeMap;

use serde_json::Value;

/// All lines of an export.
#[derive(Debug, Default)]
pub(crate) struct Exported {
    pub(crate) messages: Vec<Value>,
    pub(crate) quarantined: Vec<Value>,
    /// How many arrivals wait to be filed.
    pub(crate) waiting: usize,
}

impl Exported {
    pub(crate) fn parse(text: &str) -> Self {
        let mut exported = Self::default();
        for line in text.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            match line["line"].as_str().unwrap() {
                "message" => exported.messages.push(line),
                "quarantined" => exported.quarantined.push(line),
                "waiting" => exported.waiting += 1,
                other => panic!("a line of an unknown kind: {other}"),
            }
        }
        exported
    }

    /// What citizens wrote.
    pub(crate) fn received(&self) -> impl Iterator<Item = &Value> {
        self.messages.iter().filter(|message| message["direction"] == "in")
    }

    /// How often each Message-ID is there, of what citizens wrote.
    pub(crate) fn copies(&self) -> BTreeMap<String, usize> {
        let mut copies = BTreeMap::new();
        for message in self.received() {
            let id = message["message_id"].as_str().unwrap_or_default();
            *copies.entry(id.trim_matches(['<', '>']).to_owned()).or_default() += 1;
        }
        copies
    }

    /// The message with this Message-ID.
    pub(crate) fn message(&self, id: &str) -> &Value {
        let is_it = |message: &&Value| {
            message["message_id"].as_str().is_some_and(|own| own.trim_matches(['<', '>']) == id)
        };
        self.messages.iter().find(is_it).unwrap_or_else(|| panic!("no message {id}"))
    }
}
