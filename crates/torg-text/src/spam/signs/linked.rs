//! Signs of where links lead.

use super::letterhead::Letterhead;
use super::likeness::{look_alike, mixes};
use crate::spam::gather::Gathered;
use crate::spam::links::{self, domain, host};
use crate::spam::names::{SHORTENERS, THROWN_AWAY};

/// Signs of one link.
pub(crate) fn link(gathered: &mut Gathered, letterhead: &Letterhead<'_>, target: &str) {
    let host = host(target);
    if host.is_empty() {
        return;
    }
    let lower = host.to_lowercase();
    whereto(gathered, letterhead, target, &lower);
    if THROWN_AWAY.contains(&links::top_level(&lower)) {
        gathered.sign("throw-away-link", host);
    }
    if links::is_number(&lower) {
        gathered.sign("link-to-number", host);
    }
    if links::has_user(target) {
        gathered.sign("link-with-user", target);
    }
    if SHORTENERS.contains(&lower.as_str()) {
        gathered.sign("shortened-link", host);
    }
    if lower.split('.').any(|label| label.starts_with("xn--")) || !lower.is_ascii() && mixes(&lower)
    {
        gathered.sign("link-in-foreign-letters", host);
    }
    if let Some(brand) = look_alike(&lower) {
        gathered.sign("look-alike-link", &format!("{lower} {brand}"));
    }
}

/// To the sender's own pages, to ours, or away; `host` is that of `target` in lower case.
fn whereto(gathered: &mut Gathered, letterhead: &Letterhead<'_>, target: &str, host: &str) {
    let house = letterhead.house.as_str();
    let is_ours = !house.is_empty() && domain(house) == domain(host);
    if domain(&letterhead.sender) == domain(host) {
        let root = links::path(target).is_empty();
        gathered.sign(if root { "link-to-senders-page" } else { "link-home" }, host);
    } else if is_ours {
        gathered.sign("link-to-own-house", host);
    } else {
        gathered.sign("link-away", host);
    }
    if !house.is_empty() && !is_ours && target.to_lowercase().contains(house) {
        gathered.sign("link-names-recipient", host);
    }
}

/// A link whose text shows one address while it leads to another.
pub(crate) fn shown_link(
    gathered: &mut Gathered,
    letterhead: &Letterhead<'_>,
    target: &str,
    shown: &str,
) {
    let (shown, leads) = (links::shown_host(shown), host(target));
    if shown.is_empty() || leads.is_empty() {
        return;
    }
    let (shown, leads) = (shown.to_lowercase(), leads.to_lowercase());
    if domain(&shown) == domain(&leads) || links::in_dns(domain(&shown)) == domain(&leads) {
        return;
    }
    // Newsletters lead readers through a counter of their own.
    let own = domain(&letterhead.sender) == domain(&shown);
    let key = if own { "own-link-leads-elsewhere" } else { "link-leads-elsewhere" };
    gathered.sign(key, &format!("{shown} {leads}"));
}
