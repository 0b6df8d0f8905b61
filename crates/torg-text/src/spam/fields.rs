//! Words of the header: what the writer, her program and the servers on the way put there.

use super::gather::{Gathered, Place};
use super::links;
use super::mail::Mail;
use super::words;

/// So many words of one field count.
const MOST_WORDS: usize = 200;
/// So many fields count.
const MOST_FIELDS: usize = 120;

/// Fields in which filters write what they think, and mail programs what they did; nothing of the sender's.
const FILTERS: [&str; 34] = [
    "x-spam",
    "x-bogosity",
    "x-mailscanner",
    "x-virus",
    "x-status",
    "x-uid",
    "x-keywords",
    "x-ham",
    "x-rspamd",
    "x-dspam",
    "x-crm114",
    "x-sa-",
    "x-amavis",
    "x-greylist",
    "x-proofpoint",
    "x-barracuda",
    "x-forefront",
    "x-microsoft-antispam",
    "x-ms-exchange",
    "x-canit",
    "x-scanned",
    "x-antivirus",
    "x-mozilla",
    "x-gmail-labels",
    "x-pyzor",
    "x-razor",
    "x-pmx",
    "x-ironport",
    "x-cloudmark",
    "x-exchange-antispam",
    "status",
    "x-spf",
    "x-evolution",
    "x-folder",
];

/// Whether a filter or the reader's own program put this field there.
pub(crate) fn is_filters(name: &str) -> bool {
    // They all begin with one of these.
    if !name.starts_with(['x', 'X', 's', 'S']) {
        return false;
    }
    let starts = |start: &str| {
        name.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    FILTERS.iter().any(|filter| starts(filter))
}

/// Adds what the fields say.
pub(crate) fn fields(gathered: &mut Gathered, mail: &Mail<'_>) {
    let mut prefix = String::new();
    let mut routes = 0;
    for (name, value) in mail.fields.iter().take(MOST_FIELDS) {
        if is_filters(name) {
            continue;
        }
        gathered.add_exact(Place::FieldName, name);
        prefix.clear();
        prefix.push_str(name);
        prefix.push(':');
        match name.to_ascii_lowercase().as_str() {
            "subject" => {
                words::words(gathered, Place::Subject, value, MOST_WORDS);
            }
            "received" => {
                routes += 1;
                route(gathered, value);
            }
            "from" | "reply-to" | "return-path" | "sender" => sender(gathered, &prefix, value),
            "message-id" => message_id(gathered, &prefix, value),
            "date" => date(gathered, value),
            "to" | "cc" => {
                let count = value.matches('@').count();
                gathered.add(Place::Field, &prefix, bucket(count));
                tagged(gathered, &prefix, value);
            }
            "authentication-results"
            | "arc-authentication-results"
            | "received-spf"
            | "dkim-signature"
            | "arc-seal"
            | "arc-message-signature"
            | "domainkey-signature" => {}
            _ => tagged(gathered, &prefix, value),
        }
    }
    gathered.add(Place::Route, "hops:", bucket(routes));
}

/// A count as one of a few words.
pub(crate) fn bucket(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=4 => "3-4",
        5..=8 => "5-8",
        9..=16 => "9-16",
        17..=64 => "17-64",
        _ => "65-",
    }
}

/// Every word of the field, and hosts and addresses as a whole.
fn tagged(gathered: &mut Gathered, prefix: &str, value: &str) {
    for chunk in chunks(value).take(MOST_WORDS) {
        if chunk.len() <= 60 {
            gathered.add(Place::Field, prefix, chunk);
        }
        if chunk.bytes().any(|byte| !byte.is_ascii_alphanumeric()) {
            pieces(gathered, Place::Field, prefix, chunk);
        }
    }
}

fn chunks(value: &str) -> impl Iterator<Item = &str> {
    let ends = |letter: char| {
        letter.is_ascii_whitespace()
            || matches!(
                letter,
                '<' | '>' | '(' | ')' | '[' | ']' | '"' | ',' | ';' | '=' | ':' | '\''
            )
    };
    value.split(ends).filter(|chunk| !chunk.is_empty())
}

fn pieces(gathered: &mut Gathered, place: Place, prefix: &str, chunk: &str) {
    let pieces = chunk.split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric());
    for piece in pieces.filter(|piece| (2..=30).contains(&piece.len())).take(12) {
        gathered.add(place, prefix, piece);
    }
}

/// Hosts, their domains and networks; not what differs from mail to mail.
fn route(gathered: &mut Gathered, value: &str) {
    let (hops, date) = value.rsplit_once(';').unwrap_or((value, ""));
    if let Some(zone) = date.split_ascii_whitespace().find(|word| word.starts_with(['+', '-'])) {
        gathered.add(Place::Route, "zone:", zone);
    }
    for chunk in chunks(hops).take(MOST_WORDS) {
        if links::is_number(chunk) {
            for (at, _) in chunk.match_indices('.').skip(1) {
                gathered.add(Place::Route, "", chunk.get(..at).unwrap_or_default());
            }
        } else if chunk.contains('.') && chunk.len() <= 60 {
            gathered.add(Place::Route, "", chunk);
            gathered.add(Place::Route, "", links::domain(chunk));
        } else if chunk.len() <= 12 && !chunk.bytes().any(|byte| byte.is_ascii_digit()) {
            gathered.add(Place::Route, "word:", chunk);
        }
    }
}

/// An address, its domain, its names and how it is built.
fn sender(gathered: &mut Gathered, prefix: &str, value: &str) {
    let (name, address) = links::mailbox(value);
    let host = links::host_of_address(address);
    gathered.add(Place::Sender, prefix, address);
    gathered.add(Place::Sender, prefix, host);
    gathered.add(Place::Sender, prefix, links::domain(host));
    gathered.add(Place::Sender, prefix, links::top_level(host));
    let local = address.split('@').next().unwrap_or_default();
    pieces(gathered, Place::Name, prefix, local);
    gathered.add(Place::Name, prefix, &shape(local));
    for word in words::runs(name).filter(|word| word.len() <= 30).take(20) {
        if word.is_ascii() {
            gathered.add(Place::Name, prefix, word);
        } else {
            gathered.add(Place::Name, prefix, &words::fold(word));
        }
    }
}

fn message_id(gathered: &mut Gathered, prefix: &str, value: &str) {
    let id = value.trim_matches(['<', '>', ' ']);
    let (local, host) = id.rsplit_once('@').unwrap_or((id, ""));
    gathered.add_exact(Place::Field, &format!("{prefix}{}", shape(local)));
    gathered.add(Place::Field, prefix, host);
    gathered.add(Place::Field, prefix, links::domain(host));
}

fn date(gathered: &mut Gathered, value: &str) {
    gathered.add_exact(Place::Field, &format!("date:{}", shape(value)));
    if let Some(zone) = value.split_ascii_whitespace().nth(5) {
        gathered.add(Place::Field, "date:", zone);
    }
}

/// How a string is built: runs of small letters, capitals and digits become one sign each.
pub(crate) fn shape(text: &str) -> String {
    let mut shape = String::new();
    for letter in text.chars().take(80) {
        let kind = match letter {
            'a'..='z' => 'a',
            'A'..='Z' => 'A',
            '0'..='9' => '9',
            ' ' => '_',
            other if other.is_ascii() => other,
            _ => 'x',
        };
        if !shape.ends_with(kind) {
            shape.push(kind);
        }
    }
    shape
}
