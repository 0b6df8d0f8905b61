//! The journal's tail: what other nodes committed and no notice told, because the node died between
//! the two, or its notice was lost.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use torg_core::wall::open_wall;
use torg_core::{DepartmentId, Fact, Id, InquiryId, Verb};
use torg_store::StoreError;
use torg_store::journal::{TailLine, tail, tail_end};

use crate::Desk;

/// More lines than this at once are told as "look at everything".
const MOST: i64 = 2000;
/// For so long it is remembered what was heard; microseconds.
const REMEMBERED: i64 = 60_000_000;

/// Where a node stands in the tail, and what it heard lately.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// 0 before the first look.
    upto: AtomicI64,
    facts: Mutex<HashMap<Fact, i64>>,
}

impl Heard {
    /// Notes at what time (microseconds UTC) facts were told to our own pages.
    pub(crate) fn note(&self, facts: &[Fact], now: i64) {
        let mut heard = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        heard.extend(facts.iter().map(|fact| (key(*fact), now)));
    }

    /// Whether a fact was heard since `at`.
    fn knows(&self, fact: Fact, at: i64) -> bool {
        let heard = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        let since = |fact| heard.get(&fact).is_some_and(|heard| *heard >= at);
        since(key(fact)) || since(Fact::Everything)
    }

    fn forget(&self, before: i64) {
        let mut heard = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        heard.retain(|_, at| *at >= before);
    }
}

impl Desk {
    /// Reads what was committed since the last look and tells our own pages what they did not hear.
    /// The number of facts told.
    ///
    /// # Errors
    /// When the database does not answer; the next look reads the same again.
    pub async fn read_tail(&self) -> Result<usize, StoreError> {
        let heard = &self.0.heard;
        let from = heard.upto.load(Ordering::Relaxed);
        let (end, lines) = self
            .0
            .reader
            .read(move |read| {
                let end = tail_end(read)?;
                let lines = if from == 0 { Vec::new() } else { tail(read, from, end, MOST)? };
                Ok::<_, StoreError>((end, lines))
            })
            .await?;
        let facts = self.unheard(&lines);
        self.0.bus.say(&facts);
        heard.upto.store(end, Ordering::Relaxed);
        heard.forget(self.now().as_microsecond() - REMEMBERED);
        Ok(facts.len())
    }

    fn unheard(&self, lines: &[TailLine]) -> Vec<Fact> {
        if i64::try_from(lines.len()).is_ok_and(|count| count >= MOST) {
            return vec![Fact::Everything];
        }
        let told = lines.iter().filter_map(|line| Some((told_by(line)?, line.at)));
        let missed = told.filter(|(fact, at)| !self.0.heard.knows(*fact, *at));
        missed.map(|(fact, _)| fact).collect()
    }
}

/// What a line changes on pages.
fn told_by(line: &TailLine) -> Option<Fact> {
    if let Some((inquiry, wall, department)) = line.inquiry {
        return Some(Fact::Inquiry { inquiry, wall, department });
    }
    match line.verb {
        Some(Verb::SignedIn | Verb::SignInRefused | Verb::SignedOut) => None,
        Some(
            Verb::Quarantined
            | Verb::Retried
            | Verb::Readdressed
            | Verb::Discarded
            | Verb::Restored,
        ) => Some(Fact::Quarantine),
        _ => Some(Fact::Everything),
    }
}

/// An inquiry is the same wherever it lies.
fn key(fact: Fact) -> Fact {
    match fact {
        Fact::Inquiry { inquiry, .. } => at_no_place(inquiry),
        other => other,
    }
}

fn at_no_place(inquiry: InquiryId) -> Fact {
    Fact::Inquiry { inquiry, wall: open_wall(), department: DepartmentId::from_i64(0) }
}
