//! What was found out about a letter beside itself: where it comes from, and what another filter makes of it.

use serde::{Deserialize, Serialize};

/// What one of SPF, DKIM and DMARC found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Finding {
    Pass,
    Fail,
    /// The domain would rather not say no.
    Weak,
    /// The domain says nothing of it, or the letter bears no signature.
    None,
    /// It could not be found out.
    #[default]
    Unknown,
}

/// Where a letter comes from, as far as that could be found out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Origin {
    pub spf: Finding,
    pub dkim: Finding,
    pub dmarc: Finding,
    /// The domain of the sender's address.
    pub domain: String,
    /// That domain says that the letter is not its own.
    pub is_disowned: bool,
}

/// Another filter's opinion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    pub is_suspicious: bool,
    /// Rising with spam, without bounds.
    pub score: f64,
    /// What spoke for spam, the strongest first.
    pub symbols: Vec<String>,
}

/// All that was found out.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Findings {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Rspamd's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Opinion>,
}

impl Findings {
    /// The sender's domain says that the letter is not its own: then nobody we write with is known by it.
    pub fn disowned_by(&self) -> Option<&str> {
        let origin = self.origin.as_ref().filter(|origin| origin.is_disowned);
        origin.map(|origin| origin.domain.as_str())
    }
}
