//! Header fields for sending: encoded words (RFC 2047), folding (RFC 5322 §2.2.3), nothing smuggled in.

use data_encoding::BASE64;

use crate::addresses::Mailbox;
use crate::header::one_line;

/// Lines shall not pass 78 characters (RFC 5322 §2.1.1).
const LINE: usize = 76;
/// Text bytes in one encoded word, which then has 72 characters (RFC 2047 §2 allows 75).
const WORD_BYTES: usize = 45;

/// A header being written.
#[derive(Default)]
pub(super) struct Fields {
    header: String,
}

impl Fields {
    /// A field whose value needs no encoding, one line by construction.
    pub(super) fn plain(&mut self, name: &str, value: &str) {
        self.folded(name, value.split(' '));
    }

    /// A field with free text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        let value = one_line(value);
        if needs_words(&value) {
            let words = words(&value);
            self.folded(name, words.iter().map(String::as_str));
        } else {
            self.folded(name, value.split(' '));
        }
    }

    /// A field with addresses; left out without any.
    pub(super) fn mailboxes(&mut self, name: &str, mailboxes: &[Mailbox]) {
        let written: Vec<String> = mailboxes.iter().filter_map(mailbox).collect();
        if !written.is_empty() {
            let all = written.join(", ");
            self.folded(name, all.split(' '));
        }
    }

    /// A field with message ids; left out without any.
    pub(super) fn ids<'a>(&mut self, name: &str, ids: impl IntoIterator<Item = &'a str>) {
        let ids: Vec<String> = ids
            .into_iter()
            .map(tight)
            .filter(|id| !id.is_empty())
            .map(|id| format!("<{id}>"))
            .collect();
        if !ids.is_empty() {
            self.folded(name, ids.iter().map(String::as_str));
        }
    }

    /// The header so far; the body's own fields and the empty line follow.
    pub(super) fn finish(self) -> String {
        self.header
    }

    fn folded<'a>(&mut self, name: &str, pieces: impl IntoIterator<Item = &'a str>) {
        self.header.push_str(name);
        self.header.push(':');
        let mut column = name.len() + 1;
        for (index, piece) in pieces.into_iter().enumerate() {
            if index > 0 && column + 1 + piece.len() > LINE {
                self.header.push_str("\r\n");
                column = 0;
            }
            self.header.push(' ');
            self.header.push_str(piece);
            column += 1 + piece.len();
        }
        self.header.push_str("\r\n");
    }
}

/// Not ASCII, looking encoded already, or with a word too long for a line.
fn needs_words(text: &str) -> bool {
    !text.is_ascii() || text.contains("=?") || text.split(' ').any(|word| word.len() > LINE - 12)
}

fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.floor_char_boundary(WORD_BYTES.min(rest.len())));
        words.push(format!("=?utf-8?B?{}?=", BASE64.encode(word.as_bytes())));
        rest = after;
    }
    words
}

fn mailbox(mailbox: &Mailbox) -> Option<String> {
    let address = tight(&mailbox.address);
    if address.is_empty() {
        return None;
    }
    let name = one_line(mailbox.name.as_deref().unwrap_or_default());
    if name.is_empty() {
        return Some(address);
    }
    let plain = name
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || " !#$%&'*+-/^_`{|}~".contains(letter));
    let phrase = if needs_words(&name) {
        words(&name).join(" ")
    } else if plain {
        name
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    };
    Some(format!("{phrase} <{address}>"))
}

/// An address or id without anything that would end it or begin another.
fn tight(value: &str) -> String {
    value
        .chars()
        .filter(|letter| {
            !letter.is_control() && !letter.is_whitespace() && !"<>,;()".contains(*letter)
        })
        .collect()
}
