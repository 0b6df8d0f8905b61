//! What counts by itself, before anything was learnt of it: what others say of a mail, its own domain and another filter;
//! and how it is made, where that is how nobody makes a letter, however many good words stand around it.

use super::delta::{Delta, Weighed};
use super::gather::{Gathered, Item, Place};
use super::signs::{DISOWNED, SUSPECTED};

/// What it weighs that a domain disowns its mail. The step from a letter that is sure to one that is not is some four.
const BY_ITS_DOMAIN: f32 = 2.0;
/// What another filter's suspicion weighs.
const BY_A_FILTER: f32 = 1.0;

/// What makes a mail perhaps spam by itself is named among the reasons as if it weighed so much at least.
const NAMED: f32 = 0.5;
/// How hardly any letter is made. Of 653 letters of our own and 2,056 of a public corpus, eleven have one of these.
const PLAIN: [&str; 10] = [
    "leader-from-outside",
    "look-alike-of-ours",
    "look-alike-sender",
    "look-alike-link",
    "link-leads-elsewhere",
    "link-with-user",
    "hidden-text",
    "two-alphabets",
    "invisible-letters",
    "executable-file",
];

/// A mail that is made as hardly any letter is, is perhaps spam at least, unless somebody taught that its sender's letters
/// are letters. Its evidence is lifted to where "perhaps" begins, as far as it is unlike what was taught: among mail that
/// it knows, a judge orders better by what it learnt. The first such sign weighs what was lacking.
pub(crate) fn lift(gathered: &Gathered, delta: &Delta, weighed: &mut Weighed, shares: &mut [f32]) {
    let is_plain = |item: &Item| {
        let key = || gathered.text_of(item).split(' ').next().unwrap_or_default();
        item.place == Place::Sign && PLAIN.contains(&key())
    };
    let Some(sign) = gathered.items().iter().position(is_plain) else { return };
    let is_known = |item: &Item| is_address(gathered, item) && delta.is_of_letters(item.hash);
    if gathered.items().iter().any(is_known) {
        return;
    }
    weighed.is_oddly_made = true;
    let lacking = (weighed.perhaps - weighed.evidence).max(0.0) * weighed.strange;
    shares[sign] = (shares[sign].max(0.0) + lacking).max(NAMED);
    weighed.evidence += lacking;
}

/// The sender's whole address.
fn is_address(gathered: &Gathered, item: &Item) -> bool {
    item.place == Place::Sender
        && gathered.text_of(item).strip_prefix("from:").is_some_and(|from| from.contains('@'))
}

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
