//! What others say of a mail counts by itself, before anything was learnt of it: its own domain, and another filter.

use super::delta::{Delta, Weighed};
use super::gather::{Gathered, Place};
use super::signs::{DISOWNED, SUSPECTED};

/// What it weighs that a domain disowns its mail. The step from a letter that is sure to one that is not is some four.
const BY_ITS_DOMAIN: f32 = 2.0;
/// What another filter's suspicion weighs.
const BY_A_FILTER: f32 = 1.0;

/// Adds it to what was weighed, and to the shares of the signs. A mail that its own domain disowns is perhaps spam, however
/// honest it reads: director fraud reads so. Once somebody has taught that this domain's letters are letters, it counts no
/// more than was learnt.
pub(crate) fn heed(gathered: &Gathered, delta: &Delta, weighed: &mut Weighed, shares: &mut [f32]) {
    for (item, share) in gathered.items().iter().zip(shares) {
        if item.place != Place::Sign {
            continue;
        }
        match gathered.text_of(item).split(' ').next() {
            Some(DISOWNED) if !delta.is_of_letters(item.hash) => {
                *share += BY_ITS_DOMAIN;
                weighed.evidence += BY_ITS_DOMAIN;
                weighed.is_disowned = true;
            }
            Some(SUSPECTED) => {
                *share += BY_A_FILTER;
                weighed.evidence += BY_A_FILTER;
            }
            _ => {}
        }
    }
}
