//! Address lists (RFC 5322 §3.4).

use std::borrow::Cow;

use data_encoding::BASE64;
use mail_parser::parsers::MessageStream;
use mail_parser::{Address, HeaderValue};

use crate::charset;
use crate::header::{one_line, straight_line};
use crate::words::rewrite_words;

/// More addresses than this in one field are not kept.
const MOST_ADDRESSES: usize = 10_000;

/// A person or role with an address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mailbox {
    /// The display name, decoded, one line.
    pub name: Option<String>,
    /// The address as written, without angle brackets. May lack the `@`, as in `MAILER-DAEMON`.
    pub address: String,
}

/// Every mailbox of the field; groups are flattened, entries without an address dropped.
pub(crate) fn mailboxes(field: &[u8]) -> Vec<Mailbox> {
    let text = charset::decode(field, None);
    let mut bytes = rejoined(&text).into_owned().into_bytes();
    bytes.push(b'\n');
    let HeaderValue::Address(address) = MessageStream::new(&bytes).parse_address() else {
        return Vec::new();
    };
    match &address {
        Address::List(list) => list.iter().filter_map(mailbox).take(MOST_ADDRESSES).collect(),
        Address::Group(groups) => groups
            .iter()
            .flat_map(|group| &group.addresses)
            .filter_map(mailbox)
            .take(MOST_ADDRESSES)
            .collect(),
    }
}

fn mailbox(found: &mail_parser::Addr<'_>) -> Option<Mailbox> {
    let name = found.name.as_deref().map(straight_line).filter(|name| !name.is_empty());
    let address = one_line(found.address.as_deref().unwrap_or_default());
    let address = address.trim_matches(['<', '>', ' ', '\'']).to_owned();
    (!address.is_empty()).then_some(Mailbox { name, address })
}

/// Unfolds, and writes encoded words anew as whole UTF-8 words: the address parser decodes them one by one, and would
/// lose a letter that is cut between two. What only looks like a word is broken up, for it would look for its end anew
/// at each.
fn rejoined(text: &str) -> Cow<'_, str> {
    let unfolded: Cow<'_, str> = if text.contains(['\r', '\n']) {
        Cow::Owned(text.replace(['\r', '\n'], " "))
    } else {
        Cow::Borrowed(text)
    };
    Cow::Owned(rewrite_words(&unfolded, "= ?", write_whole_word).into_owned())
}

fn write_whole_word(text: &mut String, row: &str) {
    if text.ends_with("?=") {
        text.push(' ');
    }
    text.push_str("=?utf-8?B?");
    text.push_str(&BASE64.encode(row.as_bytes()));
    text.push_str("?=");
}

#[cfg(test)]
mod tests {
    use super::{Mailbox, mailboxes};

    fn mailbox(name: &str, address: &str) -> Mailbox {
        Mailbox { name: (!name.is_empty()).then(|| name.to_owned()), address: address.to_owned() }
    }

    #[test]
    fn a_name_does_not_turn_what_stands_after_it() {
        let name = mailbox("Aino neila", "a@x.example");
        let field = "\"Aino \u{202e}neila\u{2066}\" <a@x.example>";
        assert_eq!(mailboxes(field.as_bytes()), [name]);
    }

    #[test]
    fn names_come_right_in_every_writing() {
        let field = "=?utf-8?Q?S=C3=B8ren_Kj=C3?=\r\n =?utf-8?Q?=A6r?= <s@x.example>, \"Berg, Åse\" <a@x.example>,\r\n plain@x.example";
        let expected = [
            mailbox("Søren Kjær", "s@x.example"),
            mailbox("Berg, Åse", "a@x.example"),
            mailbox("", "plain@x.example"),
        ];
        assert_eq!(mailboxes(field.as_bytes()), expected);
    }

    #[test]
    fn a_group_gives_its_members_and_an_empty_one_none() {
        assert_eq!(
            mailboxes(b"Byen: a@x.example, B <b@x.example>;"),
            [mailbox("", "a@x.example"), mailbox("B", "b@x.example")]
        );
        assert_eq!(mailboxes(b"undisclosed-recipients:;"), []);
    }

    #[test]
    fn a_name_in_latin_1_bytes_is_read() {
        assert_eq!(mailboxes(b"S\xf8ren <s@x.example>"), [mailbox("Søren", "s@x.example")]);
    }
}
