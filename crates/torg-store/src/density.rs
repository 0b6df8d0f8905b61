//! How dense a colleague likes her lists.

use torg_core::StaffId;

use crate::{Pending, Read, StoreError, Tx, params, sql};

/// How much of an inquiry a row shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Density {
    /// Three lines.
    #[default]
    Comfortable,
    /// Two.
    Compact,
    /// One.
    Line,
}

impl Density {
    pub const ALL: [Self; 3] = [Self::Comfortable, Self::Compact, Self::Line];

    /// As it is kept, and as pages name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
            Self::Line => "line",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|density| density.word() == word)
    }
}

/// What a colleague chose.
pub fn of<'r>(read: &'r Read<'_>, staff: StaffId) -> Pending<'r, Density> {
    let text = sql!("select density from staff where id = $1");
    let word = read.ask_one(text, &params![staff], |row| row.get::<String>(0));
    word.then(|word| Ok(word.and_then(|word| Density::from_word(&word)).unwrap_or_default()))
}

/// Keeps what she chose.
pub fn set(tx: &mut Tx<'_>, staff: StaffId, density: Density) -> Result<(), StoreError> {
    tx.execute(
        sql!("update staff set density = $2 where id = $1"),
        &params![staff, density.word()],
    )?;
    Ok(())
}
