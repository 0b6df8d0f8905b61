//! The last things that went wrong, kept in memory for administrators: never names, addresses or
//! text, because the log has none either.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many are kept.
const KEPT: usize = 50;

/// One thing that went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Microseconds UTC.
    pub at: i64,
    /// What the log says.
    pub text: String,
    /// What a person quotes, if it happened on her page.
    pub reference: Option<String>,
}

/// The last of them. Clones are the same list.
#[derive(Debug, Clone, Default)]
pub struct Troubles(Arc<Mutex<VecDeque<Trouble>>>);

impl Troubles {
    /// Keeps one, in place of the oldest if there are too many.
    pub fn keep(&self, trouble: Trouble) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(trouble);
    }

    /// All of them, newest first.
    pub fn latest(&self) -> Vec<Trouble> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().rev().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_trouble_makes_room_for_the_newest() {
        let troubles = Troubles::default();
        for at in 0..60 {
            troubles.keep(Trouble { at, text: "The disk is full".into(), reference: None });
        }
        let latest = troubles.latest();
        assert_eq!((latest.len(), latest[0].at, latest[49].at), (50, 59, 10));
    }
}
