//! Signs of how a mail is addressed and what is put into it.

use super::letterhead::Letterhead;
use crate::spam::gather::Gathered;
use crate::spam::mail::Part;
use crate::spam::names::EXECUTABLE;

/// What a mail's own `Authentication-Results` say when a check did not pass, and the sign of it (RFC 8601 §2.7).
const CHECKS: [(&str, &str, &str); 9] = [
    ("spf=fail", "authentication-spf=fail", "spf"),
    ("spf=softfail", "authentication-spf=fail", "spf"),
    ("spf=none", "authentication-spf=none", "spf"),
    ("dkim=fail", "authentication-dkim=fail", "dkim"),
    ("dkim=softfail", "authentication-dkim=fail", "dkim"),
    ("dkim=none", "authentication-dkim=none", "dkim"),
    ("dmarc=fail", "authentication-dmarc=fail", "dmarc"),
    ("dmarc=softfail", "authentication-dmarc=fail", "dmarc"),
    ("dmarc=none", "authentication-dmarc=none", "dmarc"),
];

/// Signs of the fields around the text.
pub(super) fn envelope(gathered: &mut Gathered, letterhead: &Letterhead<'_>) {
    let is_there = |field: &str| !letterhead.field(field).is_empty();
    let subject = letterhead.field("Subject").to_lowercase();
    let answers = ["re:", "sv:", "vs:", "aw:", "svar:"].iter().any(|it| subject.starts_with(it));
    let threaded = is_there("In-Reply-To") || is_there("References");
    let to = letterhead.field("To").to_lowercase();
    let mut sign = |key: &str, is_seen: bool| {
        if is_seen {
            gathered.sign(key, "");
        }
    };
    sign("answer-to-nothing", answers && !threaded);
    sign("in-a-thread", threaded);
    sign("nobody-addressed", to.is_empty() || to.contains("undisclosed"));
    sign("no-message-id", !is_there("Message-ID"));
    sign("no-date", !is_there("Date"));
    sign("can-be-unsubscribed", is_there("List-Unsubscribe"));
    authentication(gathered, letterhead);
}

fn authentication(gathered: &mut Gathered, letterhead: &Letterhead<'_>) {
    let results = letterhead.field("Authentication-Results").to_lowercase();
    if results.is_empty() {
        return;
    }
    for (said, key, check) in CHECKS {
        if results.contains(said) {
            gathered.sign(key, check);
        }
    }
}

/// Signs of the names of attached files.
pub(super) fn files(gathered: &mut Gathered, parts: &[Part<'_>]) {
    for name in parts.iter().filter_map(|part| part.file_name) {
        let lower = name.trim().to_lowercase();
        let mut endings = lower.rsplit('.');
        let ending = endings.next().unwrap_or_default();
        if matches!(ending, "zip" | "rar" | "7z" | "ace" | "gz") {
            gathered.sign("archive", name);
        }
        if lower.contains('.') && EXECUTABLE.contains(&ending) {
            gathered.sign("executable-file", name);
        }
        if lower.contains('.') && matches!(ending, "html" | "htm" | "shtml" | "svg") {
            gathered.sign("page-attached", name);
        }
        let disguise = ["pdf", "doc", "docx", "xls", "xlsx", "jpg", "png", "txt"];
        if endings.next().is_some_and(|before| disguise.contains(&before)) && ending.len() <= 4 {
            gathered.sign("two-endings", name);
        }
    }
}
