//! Cuts HTML into tags and text, by the rules of the WHATWG HTML Standard §13.2.5 as far as mail needs them.
//!
//! No tree, no recursion, one pass: time grows with the length alone.

use memchr::{memchr, memmem};

/// A piece of HTML. Attributes and text are still escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Open { name: &'a str, attributes: &'a str },
    Close { name: &'a str },
}

/// Elements whose content is no HTML and never shown as text.
const RAW: [&str; 11] = [
    "script",
    "style",
    "title",
    "textarea",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "template",
];

/// The tokens of `html`; comments, declarations and the content of scripts and styles are left out.
pub(super) fn tokens(html: &str) -> Tokens<'_> {
    Tokens { rest: html, raw: None }
}

pub(super) struct Tokens<'a> {
    rest: &'a str,
    raw: Option<&'a str>,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            self.rest = after_raw(self.rest, name);
        }
        while !self.rest.is_empty() {
            let bytes = self.rest.as_bytes();
            match (bytes.first(), bytes.get(1), bytes.get(2)) {
                (Some(b'<'), Some(b'!' | b'?'), _) => self.rest = after_comment(self.rest),
                (Some(b'<'), Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                    return self.tag(2);
                }
                (Some(b'<'), Some(b'/'), Some(_)) => self.rest = after_comment(self.rest),
                (Some(b'<'), Some(letter), _) if letter.is_ascii_alphabetic() => {
                    return self.tag(1);
                }
                _ => return Some(self.text()),
            }
        }
        None
    }
}

impl<'a> Tokens<'a> {
    /// Everything up to the next `<` that could begin a tag.
    fn text(&mut self) -> Token<'a> {
        let from_second = self.rest.as_bytes().get(1..).unwrap_or_default();
        let end = memchr(b'<', from_second).map_or(self.rest.len(), |at| at + 1);
        let end = self.rest.ceil_char_boundary(end);
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        Token::Text(text)
    }

    /// A tag whose name begins at `name_at`. An unfinished one at the end is no tag and no text.
    fn tag(&mut self, name_at: usize) -> Option<Token<'a>> {
        let inside = self.rest.get(name_at..)?;
        let Some(end) = tag_end(inside) else {
            self.rest = "";
            return None;
        };
        let tag = inside.get(..end)?;
        self.rest = inside.get(end + 1..)?;
        let name_end = tag
            .find(|letter: char| letter.is_ascii_whitespace() || letter == '/')
            .unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        if name_at == 2 {
            return Some(Token::Close { name });
        }
        self.raw = RAW.contains(&name.to_ascii_lowercase().as_str()).then_some(name);
        Some(Token::Open { name, attributes })
    }
}

/// Where the `>` of a tag is: quotes count only where a value may begin.
fn tag_end(inside: &str) -> Option<usize> {
    let mut quote = None;
    let mut before_value = false;
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if before_value => quote = Some(byte),
            (None, _) => {}
        }
        before_value =
            quote.is_none() && (byte == b'=' || before_value && byte.is_ascii_whitespace());
    }
    None
}

/// What follows a comment, doctype or processing instruction (§13.2.5.43 and on: `<!-->` and `--!>` end one too).
fn after_comment(rest: &str) -> &str {
    let bytes = rest.as_bytes();
    let end = if !bytes.starts_with(b"<!--") {
        memchr(b'>', bytes).map(|at| at + 1)
    } else if bytes.starts_with(b"<!-->") {
        Some(5)
    } else if bytes.starts_with(b"<!--->") {
        Some(6)
    } else {
        let plain = memmem::find(bytes, b"-->").map(|at| at + 3);
        let within = plain.unwrap_or(bytes.len());
        memmem::find(&bytes[..within], b"--!>").map(|at| at + 4).or(plain)
    };
    end.and_then(|end| rest.get(end..)).unwrap_or_default()
}

/// What follows the end of a raw element, from its closing tag on.
fn after_raw<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(found) = rest.as_bytes().get(from..).and_then(|bytes| memmem::find(bytes, b"</"))
    {
        let at = from + found;
        let follows = rest.as_bytes().get(at + 2..).unwrap_or_default();
        if follows
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
        {
            return rest.get(at..).unwrap_or_default();
        }
        from = at + 2;
    }
    ""
}

/// The attributes of an open tag as (name, value), still escaped, at most `most` of them.
pub(super) fn attributes(mut text: &str, most: usize) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    while found.len() < most {
        text =
            text.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == '/');
        if text.is_empty() {
            break;
        }
        let first = text.chars().next().map_or(0, char::len_utf8);
        let after_first = text.get(first..).unwrap_or_default();
        let end = after_first
            .find(|letter: char| letter.is_ascii_whitespace() || letter == '/' || letter == '=');
        let (name, rest) = text.split_at(end.map_or(text.len(), |end| end + first));
        let (value, rest) = match rest.trim_start().strip_prefix('=') {
            Some(rest) => attribute_value(rest.trim_start()),
            None => ("", rest),
        };
        found.push((name, value));
        text = rest;
    }
    found
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    let end = text.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::{Token, attributes, tokens};

    #[test]
    fn tags_text_and_nothing_else() {
        let html =
            "a<!-- <b> --><P class=\"x>y\">b < c</p><script>if (a</b) </script ><br/>d<!-->e";
        let expected = [
            Token::Text("a"),
            Token::Open { name: "P", attributes: " class=\"x>y\"" },
            Token::Text("b "),
            Token::Text("< c"),
            Token::Close { name: "p" },
            Token::Open { name: "script", attributes: "" },
            Token::Close { name: "script" },
            Token::Open { name: "br", attributes: "/" },
            Token::Text("d"),
            Token::Text("e"),
        ];
        assert_eq!(tokens(html).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        let expected = [("a", "1"), ("b", "2 3"), ("c", ""), ("d", "x/y")];
        assert_eq!(attributes(" a=1 b = \"2 3\" c d='x/y'/", 10), expected);
    }
}
