//! The languages Torg speaks, with staff and with citizens.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language with its BCP 47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Da,
    Nb,
    Nn,
    Sv,
    En,
}

impl Language {
    pub const ALL: [Self; 5] = [Self::Da, Self::Nb, Self::Nn, Self::Sv, Self::En];

    /// The BCP 47 tag, as in `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Da => "da",
            Self::Nb => "nb",
            Self::Nn => "nn",
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// What speakers call their own language.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Da => "Dansk",
            Self::Nb => "Norsk bokmål",
            Self::Nn => "Norsk nynorsk",
            Self::Sv => "Svenska",
            Self::En => "English",
        }
    }

    /// Whether what is written in `other` is no foreign language to who writes this one: Norwegian
    /// has two written forms.
    pub fn reads(self, other: Self) -> bool {
        let is_norwegian = |one| matches!(one, Self::Nb | Self::Nn);
        self == other || (is_norwegian(self) && is_norwegian(other))
    }
}

/// Torg does not speak this language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown language {0:?}; known are da, nb, nn, sv, en")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "da" => Ok(Self::Da),
            "nb" | "no" => Ok(Self::Nb),
            "nn" => Ok(Self::Nn),
            "sv" => Ok(Self::Sv),
            "en" => Ok(Self::En),
            _ => Err(UnknownLanguage(tag.to_owned())),
        }
    }
}
