//! Tags and their attributes.

use memchr::{memchr, memmem};

/// Where the tag ends that begins before `inside`: at its bracket, which no quotes enclose.
pub(super) fn tag_end(inside: &str) -> usize {
    let mut quote = None;
    let mut before_value = false;
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return at,
            (None, b'"' | b'\'') if before_value => quote = Some(byte),
            (None, _) => {}
        }
        let waits = byte == b'=' || before_value && byte.is_ascii_whitespace();
        before_value = quote.is_none() && waits;
    }
    // A quote that never closes: the tag ends at the first bracket after all.
    memchr(b'>', inside.as_bytes()).unwrap_or(inside.len())
}

/// What follows the text of an element that is no text to read, such as a script.
pub(super) fn after<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(found) = rest.as_bytes().get(from..).and_then(|it| memmem::find(it, b"</")) {
        let at = from + found;
        let follows = rest.as_bytes().get(at + 2..at + 2 + name.len()).unwrap_or_default();
        if follows.eq_ignore_ascii_case(name.as_bytes()) {
            return rest.get(at..).unwrap_or_default();
        }
        from = at + 2;
    }
    ""
}

/// Whether an element has a bar at its left and no other border: `border:none;border-left:solid …`.
pub(super) fn has_bar(attributes: &str) -> bool {
    let style = Attributes(attributes).find(|(key, _)| key.eq_ignore_ascii_case("style"));
    let style = style.map_or("", |(_, style)| style);
    let Some((before, bar)) = style.split_once("border-left:") else { return false };
    before.trim_end().ends_with("border:none;") && bar.trim_start().starts_with("solid")
}

/// Styles under which nobody sees a text.
pub(super) fn hides(style: &str) -> bool {
    let plain: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_ascii_lowercase() + ";";
    let small = ["font-size:0", "font-size:1px", "max-height:0", "opacity:0;", "line-height:0;"];
    let gone = ["display:none", "visibility:hidden", "mso-hide:all", "text-indent:-9"];
    let white = ["#fff;", "#ffffff;", "white;"].iter().any(|white| {
        plain.starts_with(&format!("color:{white}")) || plain.contains(&format!(";color:{white}"))
    }) && !plain.contains("background");
    gone.iter().chain(&small).any(|it| plain.contains(it)) && !plain.contains("font-size:0.")
        || white
}

/// Colours that nobody sees on a white page.
pub(super) fn is_white(color: &str) -> bool {
    ["#ffffff", "#fffffe", "#fefefe", "white", "#fff"]
        .iter()
        .any(|it| color.eq_ignore_ascii_case(it))
}

/// Name and value of attributes, quotes taken off.
pub(super) struct Attributes<'a>(pub(super) &'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.0.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if text.is_empty() {
            return None;
        }
        let end = text.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(text.len());
        // An equals sign at the beginning belongs to no name.
        let (name, rest) = text.split_at(end.max(text.chars().next().map_or(1, char::len_utf8)));
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            self.0 = rest;
            return Some((name, ""));
        };
        let value = value.trim_start();
        for quote in ['"', '\''] {
            if let Some(inside) = value.strip_prefix(quote) {
                let (value, rest) = inside.split_once(quote).unwrap_or((inside, ""));
                self.0 = rest;
                return Some((name, value));
            }
        }
        let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
        let (value, rest) = value.split_at(end);
        self.0 = rest;
        Some((name, value))
    }
}
