//! What a page of HTML shows, what it hides, and how it is made. One pass, no tree: time grows with the length alone.

use memchr::{memchr, memmem};

/// So much text is taken from a page, in bytes.
const MOST_TEXT: usize = 20_000;
const MOST_LINKS: usize = 200;
const MOST_TAGS: usize = 3_000;

/// A page taken apart. Made once and used again for the next one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    /// What a reader sees.
    pub(crate) shown: String,
    /// What is there for machines only.
    pub(crate) hidden: String,
    /// Targets of links and what a reader sees of them, in `shown`.
    pub(crate) links: Vec<(String, std::ops::Range<usize>)>,
    /// Elements and the attributes that dress them, such as `font color=#ffffff`, a line each.
    pub(crate) tags: String,
    pub(crate) images: usize,
    pub(crate) forms: usize,
    pub(crate) password_fields: usize,
    /// How deep in quotes.
    quotes: usize,
    /// The element that hides, and how deep in elements of its name.
    hidden_by: Option<(String, usize)>,
    open_link: Option<(String, usize)>,
}

impl Page {
    /// Takes `html` apart.
    pub(crate) fn read(&mut self, html: &str) {
        self.clear();
        let mut rest = html;
        let mut tags = 0;
        while !rest.is_empty() && self.shown.len() < MOST_TEXT && tags < MOST_TAGS {
            let Some(at) = memchr(b'<', rest.as_bytes()) else {
                self.text(rest);
                break;
            };
            let (before, from) = rest.split_at(at);
            self.text(before);
            rest = self.markup(from);
            tags += 1;
        }
        self.close_link();
    }

    fn clear(&mut self) {
        self.shown.clear();
        self.hidden.clear();
        self.links.clear();
        self.tags.clear();
        (self.images, self.forms, self.password_fields) = (0, 0, 0);
        (self.hidden_by, self.open_link, self.quotes) = (None, None, 0);
    }

    fn text(&mut self, text: &str) {
        let room = MOST_TEXT.saturating_sub(self.shown.len());
        let text = text.get(..text.floor_char_boundary(room)).unwrap_or_default();
        let into = if self.hidden_by.is_some() { &mut self.hidden } else { &mut self.shown };
        unescape(into, text);
    }

    /// Reads what begins with `<`. Returns what follows it.
    fn markup<'a>(&mut self, from: &'a str) -> &'a str {
        let inside = from.get(1..).unwrap_or_default();
        if inside.starts_with("!--") {
            let end = memmem::find(inside.as_bytes(), b"-->").map_or(inside.len(), |at| at + 3);
            return inside.get(end..).unwrap_or_default();
        }
        if !inside.starts_with(|first: char| first.is_ascii_alphabetic() || "/!?".contains(first)) {
            self.text("<");
            return inside;
        }
        let end = tag_end(inside);
        let tag = inside.get(..end).unwrap_or_default();
        let rest = inside.get(end + 1..).unwrap_or_default();
        let name_end = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        let name = name.trim_end_matches('/').to_ascii_lowercase();
        if let Some(name) = name.strip_prefix('/') {
            self.close(name);
            return rest;
        }
        self.open(&name, attributes);
        if matches!(name.as_str(), "script" | "style" | "title") {
            after(rest, &name)
        } else {
            rest
        }
    }

    fn open(&mut self, name: &str, attributes: &str) {
        if let Some((hiding, depth)) = &mut self.hidden_by {
            *depth += usize::from(hiding == name);
        }
        self.quotes += usize::from(name == "blockquote");
        self.part_words(name);
        for (key, value) in Attributes(attributes).take(40) {
            let value = value.trim();
            match key.to_ascii_lowercase().as_str() {
                "href" if name == "a" || name == "area" => self.open_link(value),
                "style" if hides(value) => self.hide(name),
                "color" if is_white(value) && name == "font" => self.hide(name),
                "type" if value.eq_ignore_ascii_case("password") => self.password_fields += 1,
                "color" | "bgcolor" | "face" | "size" | "width" | "height" | "align" | "border"
                | "method" | "type" | "http-equiv" => self.dress(&[name, " ", key, "=", value]),
                key if key.starts_with("on") => self.dress(&[name, " ", key]),
                _ => {}
            }
        }
        self.images += usize::from(name == "img");
        self.forms += usize::from(name == "form");
        self.dress(&[name]);
    }

    fn dress(&mut self, pieces: &[&str]) {
        if self.tags.len() < MOST_TEXT {
            self.tags.extend(pieces.iter().copied());
            self.tags.push('\n');
        }
    }

    fn close(&mut self, name: &str) {
        self.quotes -= usize::from(name == "blockquote" && self.quotes > 0);
        self.part_words(name);
        if name == "a" {
            self.close_link();
        }
        if let Some((hiding, depth)) = &mut self.hidden_by
            && hiding == name
        {
            *depth -= 1;
            if *depth == 0 {
                self.hidden_by = None;
            }
        }
    }

    fn hide(&mut self, name: &str) {
        let is_empty =
            matches!(name, "img" | "br" | "hr" | "input" | "meta" | "link" | "body" | "html");
        if self.hidden_by.is_none() && !is_empty {
            self.hidden_by = Some((name.to_owned(), 1));
        }
    }

    /// Only elements that set words apart; `b<b>an</b>k` stays one word.
    fn part_words(&mut self, name: &str) {
        let runs_on =
            matches!(name, "b" | "i" | "u" | "em" | "strong" | "span" | "font" | "a" | "s");
        if runs_on {
            return;
        }
        let cell = matches!(name, "td" | "th" | "img" | "wbr");
        let part = if cell {
            " "
        } else if self.quotes > 0 {
            "\n> "
        } else {
            "\n"
        };
        if !self.shown.ends_with(part) {
            self.shown.push_str(part);
        }
    }

    fn open_link(&mut self, target: &str) {
        self.close_link();
        let mut plain = String::new();
        unescape(&mut plain, target);
        self.open_link = Some((plain, self.shown.len()));
    }

    fn close_link(&mut self) {
        if let Some((target, from)) = self.open_link.take()
            && self.links.len() < MOST_LINKS
        {
            self.links.push((target, from..self.shown.len()));
        }
    }
}

fn tag_end(inside: &str) -> usize {
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

fn after<'a>(rest: &'a str, name: &str) -> &'a str {
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

/// Styles under which nobody sees a text.
fn hides(style: &str) -> bool {
    let plain: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_ascii_lowercase();
    let small = ["font-size:0", "font-size:1px", "max-height:0", "opacity:0;", "line-height:0;"];
    let gone = ["display:none", "visibility:hidden", "mso-hide:all", "text-indent:-9"];
    let white = ["#fff;", "#ffffff;", "white;"].iter().any(|white| {
        let plain = format!("{plain};");
        plain.starts_with(&format!("color:{white}")) || plain.contains(&format!(";color:{white}"))
    }) && !plain.contains("background");
    gone.iter().chain(&small).any(|it| plain.contains(it)) && !plain.contains("font-size:0.")
        || white
}

fn is_white(color: &str) -> bool {
    ["#ffffff", "#fffffe", "#fefefe", "white", "#fff"]
        .iter()
        .any(|it| color.eq_ignore_ascii_case(it))
}

/// Name and value of attributes, quotes taken off.
struct Attributes<'a>(&'a str);

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

/// Named letters of our languages and the marks that mail is full of; others stay as they are.
const NAMED: [(&str, &str); 30] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("oslash", "ø"),
    ("Oslash", "Ø"),
    ("aelig", "æ"),
    ("AElig", "Æ"),
    ("aring", "å"),
    ("Aring", "Å"),
    ("auml", "ä"),
    ("Auml", "Ä"),
    ("ouml", "ö"),
    ("Ouml", "Ö"),
    ("eacute", "é"),
    ("uuml", "ü"),
    ("copy", "©"),
    ("reg", "®"),
    ("euro", "€"),
    ("pound", "£"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("shy", ""),
    ("zwnj", ""),
    ("hellip", "…"),
    ("raquo", "»"),
    ("laquo", "«"),
    ("rsquo", "'"),
];

/// Adds `text` with its character references read (WHATWG HTML §13.5, those that mail uses).
fn unescape(into: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        into.push_str(before);
        let from = from.get(1..).unwrap_or_default();
        let window = from.as_bytes().get(..from.len().min(12)).unwrap_or_default();
        let length = memchr(b';', window);
        let known = length.and_then(|length| reference(from.get(..length)?));
        match (known, length) {
            (Some(letter), Some(length)) => {
                into.push_str(&letter);
                rest = from.get(length + 1..).unwrap_or_default();
            }
            _ => {
                into.push('&');
                rest = from;
            }
        }
    }
    into.push_str(rest);
}

fn reference(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, letter)| (*letter).to_owned())
}
