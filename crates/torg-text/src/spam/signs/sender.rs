//! Signs of who a mail says it is from.

use super::letterhead::Letterhead;
use super::likeness::{borrowed_name, look_alike, plain_letters, resembles};
use super::text::odd_letters;
use crate::spam::gather::Gathered;
use crate::spam::links::{self, domain};
use crate::spam::mail::Circumstances;
use crate::spam::names::{FREE, THROWN_AWAY};
use crate::spam::words::fold;

/// Signs of the sender's name and address.
pub(super) fn sender(
    gathered: &mut Gathered,
    letterhead: &Letterhead<'_>,
    circumstances: &Circumstances<'_>,
) {
    let sender = letterhead.sender.as_str();
    let name = fold(letterhead.name);
    posing(gathered, letterhead, circumstances, &name);
    for text in [letterhead.name, letterhead.field("Subject")] {
        odd_letters(gathered, text);
    }
    names_compared(gathered, letterhead, &name);
    if THROWN_AWAY.contains(&links::top_level(sender)) {
        gathered.sign("throw-away-sender", sender);
    }
    if FREE.contains(&sender) {
        gathered.sign("free-mailbox", sender);
    }
    answers_elsewhere(gathered, letterhead);
}

/// Names that are somebody else's: a leader's, an address's, a well-known one's, ours.
fn posing(
    gathered: &mut Gathered,
    letterhead: &Letterhead<'_>,
    circumstances: &Circumstances<'_>,
    name: &str,
) {
    let sender = letterhead.sender.as_str();
    let is_ours = circumstances.own_domains.contains(&domain(sender));
    if !is_ours && circumstances.leaders.iter().any(|leader| name == fold(leader)) {
        gathered.sign("leader-from-outside", letterhead.address);
    }
    if let Some(named) = name.split(' ').find(|word| word.contains('@')) {
        let named = links::host_of_address(named);
        if domain(named) != domain(sender) {
            gathered.sign("name-shows-other-address", named);
        }
    }
    if let Some(brand) = borrowed_name(name, sender) {
        gathered.sign("borrowed-name", &format!("{brand} {sender}"));
    }
    if let Some(brand) = look_alike(sender) {
        gathered.sign("look-alike-sender", &format!("{sender} {brand}"));
    }
    if circumstances.own_domains.iter().any(|own| resembles(domain(sender), own)) {
        gathered.sign("look-alike-of-ours", sender);
    }
}

/// Display name, address and the house's own name, each against the others.
fn names_compared(gathered: &mut Gathered, letterhead: &Letterhead<'_>, name: &str) {
    let (sender, house) = (letterhead.sender.as_str(), letterhead.house.as_str());
    if !house.is_empty() && domain(sender) == domain(house) {
        return gathered.sign("from-own-house", sender);
    }
    let ours = plain_letters(house.split('.').next().unwrap_or_default());
    let theirs = plain_letters(letterhead.address);
    let called = plain_letters(name);
    if ours.len() >= 4 && (theirs.contains(&ours) || called.contains(&ours)) {
        gathered.sign("bears-our-name", letterhead.address);
    }
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 3);
    let beginning = |word: &str| plain_letters(word).chars().take(4).collect::<String>();
    let named: Vec<String> = words.map(beginning).collect();
    if !named.is_empty() && !named.iter().any(|word| theirs.contains(word.as_str())) {
        gathered.sign("name-not-in-address", name);
    }
    if domain(sender).contains('-') {
        gathered.sign("hyphen-in-sender", sender);
    }
}

fn answers_elsewhere(gathered: &mut Gathered, letterhead: &Letterhead<'_>) {
    let sender = letterhead.sender.as_str();
    let (reply, bounce) = (letterhead.host_in("Reply-To"), letterhead.host_in("Return-Path"));
    if !reply.is_empty() && domain(&reply) != domain(sender) {
        let to_free = FREE.contains(&reply.as_str()) && !FREE.contains(&sender);
        let key = if to_free { "answers-to-free-mailbox" } else { "answers-elsewhere" };
        gathered.sign(key, &reply);
    }
    if !bounce.is_empty() && domain(&bounce) != domain(sender) {
        gathered.sign("bounces-elsewhere", &bounce);
    }
    let id = letterhead.field("Message-ID").trim_matches(['<', '>', ' ']);
    let made = links::host_of_address(id).to_lowercase();
    if !made.is_empty() && domain(&made) != domain(sender) {
        gathered.sign("made-elsewhere", &made);
    }
}
