//! Staff: everyone who logs in, and the viewer without whom nothing is read.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::StaffId;

/// What a colleague may do beyond the daily work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads and answers inquiries.
    Staff,
    /// Also looks after a department's work.
    Lead,
    /// Also looks after the installation. Does not see behind walls.
    Administrator,
}

impl Role {
    /// The word kept in the store and used by `torg user --role`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Lead => "lead",
            Self::Administrator => "administrator",
        }
    }
}

/// There is no such role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown role {0:?}; known are staff, lead, administrator")]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;
    fn from_str(word: &str) -> Result<Self, UnknownRole> {
        [Self::Staff, Self::Lead, Self::Administrator]
            .into_iter()
            .find(|role| role.word() == word)
            .ok_or_else(|| UnknownRole(word.to_owned()))
    }
}

/// Who looks. Every function that reaches inquiries, messages or persons takes one; which walls
/// she is inside of is asked inside the query, so that a right taken away is gone at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    pub staff: StaffId,
    pub name: String,
    pub role: Role,
}
