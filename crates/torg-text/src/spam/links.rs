//! Addresses of pages and of people, taken apart.

use std::borrow::Cow;

/// The host of a link's target, without user, port and `www.`. Empty if the link leads to no host.
pub(crate) fn host(target: &str) -> &str {
    let rest = after_scheme(target);
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let authority = rest.get(..end).unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().trim_matches('.');
    if host.contains('.') { host.strip_prefix("www.").unwrap_or(host) } else { "" }
}

/// What stands before the host to mislead: `https://posten.no@203.0.113.9/`.
pub(crate) fn has_user(target: &str) -> bool {
    let rest = after_scheme(target);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !target.starts_with("mailto:") && authority.contains('@')
}

fn after_scheme(target: &str) -> &str {
    let target = target.trim();
    match target.split_once("://") {
        Some((scheme, rest)) if scheme.len() <= 6 => rest,
        _ => target.strip_prefix("//").unwrap_or(target),
    }
}

/// The path and query of a link's target.
pub(crate) fn path(target: &str) -> &str {
    let rest = after_scheme(target);
    rest.find('/').and_then(|at| rest.get(at + 1..)).unwrap_or_default()
}

/// Second levels under which names are given out to anybody.
const SHARED: [&str; 16] = [
    "co",
    "com",
    "org",
    "net",
    "gov",
    "ac",
    "edu",
    "priv",
    "kommune",
    "fylkeskommune",
    "suohkan",
    "tm",
    "pp",
    "asso",
    "ltd",
    "plc",
];

/// The part of a host that somebody registered: `a.b.example.co.uk` gives `example.co.uk`.
///
/// Two labels, or three where the second is one of a few under which names are given out and the first is a country's.
pub(crate) fn domain(host: &str) -> &str {
    let mut labels = host.rmatch_indices('.').map(|(at, _)| at);
    let (Some(last), Some(second)) = (labels.next(), labels.next()) else {
        return host;
    };
    let middle = host.get(second + 1..last).unwrap_or_default();
    let country = host.len() - last == 3;
    let shared = country && SHARED.contains(&middle) || middle == "kommune" || middle == "kommun";
    let start = if shared { labels.next() } else { Some(second) };
    start.map_or(host, |at| host.get(at + 1..).unwrap_or(host))
}

/// A host as DNS knows it: one outside ASCII in its `xn--` form (IDNA).
pub(crate) fn in_dns(host: &str) -> Cow<'_, str> {
    match host.is_ascii() {
        true => Cow::Borrowed(host),
        false => idna::domain_to_ascii(host).map_or(Cow::Borrowed(host), Cow::Owned),
    }
}

/// The last label of a host.
pub(crate) fn top_level(host: &str) -> &str {
    host.rsplit('.').next().unwrap_or_default()
}

/// Whether the host is numbers in place of a name.
pub(crate) fn is_number(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Where `text` shows an address of a page, the host that it shows.
pub(crate) fn shown_host(text: &str) -> &str {
    let text = text.trim();
    let first = text.split([' ', '\n', '\t', '\u{a0}']).next().unwrap_or_default();
    let is_address = first.starts_with("http") || first.starts_with("www.") || first == text;
    let host = host(first);
    let top = top_level(host);
    let is_name = (2..=12).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_alphabetic());
    if is_address && is_name && !first.contains('@') && !is_file_ending(top) { host } else { "" }
}

/// `form.pdf` is no host.
fn is_file_ending(top: &str) -> bool {
    matches!(
        top,
        "pdf"
            | "doc"
            | "docx"
            | "xls"
            | "xlsx"
            | "jpg"
            | "png"
            | "gif"
            | "zip"
            | "html"
            | "htm"
            | "txt"
            | "exe"
            | "php"
    )
}

/// The address and the display name of the first mailbox of a field.
pub(crate) fn mailbox(value: &str) -> (&str, &str) {
    if let Some((name, rest)) = value.split_once('<') {
        let address = rest.split('>').next().unwrap_or_default();
        return (name.trim().trim_matches(['"', '\'']), address.trim());
    }
    match value.split_once('(') {
        Some((address, name)) => (name.trim_end_matches([')', ' ']), address.trim()),
        None => ("", value.trim()),
    }
}

/// What follows the `@`, without what does not belong to a host.
pub(crate) fn host_of_address(address: &str) -> &str {
    let host = address.rsplit_once('@').map_or("", |(_, host)| host);
    host.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// The links that stand openly in a text, at most `most`.
pub(crate) fn in_text(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let ends = |letter: char| {
        letter.is_whitespace() || matches!(letter, '<' | '>' | '"' | '\'' | ')' | ']' | '|')
    };
    text.match_indices("://").take(most).filter_map(move |(at, _)| {
        let before = text.get(..at)?;
        let scheme = before.rfind(|letter: char| !letter.is_ascii_alphabetic());
        let start = scheme.map_or(0, |at| at + 1);
        let start = if before.is_char_boundary(start) { start } else { at };
        let link = text.get(start..)?;
        link.get(..link.find(ends).unwrap_or(link.len()))
    })
}
