//! What a page of HTML shows, what it hides, and how it is made. One pass, no tree: time grows with the length alone, and
//! how deep a text lies makes no difference.

mod references;
mod tags;

use memchr::{memchr, memmem};

use references::unescape;
use tags::{Attributes, after, hides, is_white, tag_end};

/// So much of a page is read, in bytes.
const MOST_PAGE: usize = 200_000;
/// So much text is taken from a page, in bytes; white space between words costs nothing.
const MOST_TEXT: usize = 20_000;
const MOST_LINKS: usize = 200;

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
    /// How much of `shown` is no white space.
    taken: usize,
    /// How deep in quotes.
    quotes: usize,
    /// How deep in elements of its name, of one that quotes by a bar at its left, as mail programs dress what they quote.
    barred: usize,
    /// The element that hides, and how deep in elements of its name.
    hidden_by: Option<(String, usize)>,
    open_link: Option<(String, usize)>,
}

impl Page {
    /// Takes `html` apart.
    pub(crate) fn read(&mut self, html: &str) {
        self.clear();
        let mut rest = html.get(..html.floor_char_boundary(MOST_PAGE)).unwrap_or_default();
        while !rest.is_empty() && self.taken < MOST_TEXT {
            let Some(at) = memchr(b'<', rest.as_bytes()) else {
                self.text(rest);
                break;
            };
            let (before, from) = rest.split_at(at);
            self.text(before);
            rest = self.markup(from);
        }
        self.close_link();
    }

    fn clear(&mut self) {
        self.shown.clear();
        self.hidden.clear();
        self.links.clear();
        self.tags.clear();
        (self.images, self.forms, self.password_fields) = (0, 0, 0);
        (self.hidden_by, self.open_link) = (None, None);
        (self.taken, self.quotes, self.barred) = (0, 0, 0);
    }

    fn text(&mut self, text: &str) {
        if self.hidden_by.is_some() {
            return unescape(&mut self.hidden, text);
        }
        let from = self.shown.len();
        let white = text.len() - text.trim_start().len();
        let text = text.get(..text.floor_char_boundary(white + MOST_TEXT)).unwrap_or_default();
        unescape(&mut self.shown, text);
        let words = self.shown.as_bytes().get(from..).unwrap_or_default();
        self.taken += words.iter().filter(|byte| !byte.is_ascii_whitespace()).count();
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
        let quotes_by_bar = name == "div" && (self.barred > 0 || tags::has_bar(attributes));
        self.barred += usize::from(quotes_by_bar);
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
        self.barred -= usize::from(name == "div" && self.barred > 0);
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
        } else if self.quotes + self.barred > 0 {
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
