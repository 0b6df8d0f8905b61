//! HTML as readable plain text.

use std::borrow::Cow;

use mail_parser::decoders::html::add_html_token;

use super::tokens::{Token, tokens};

/// Deeper quotes are marked as if they were this deep.
const DEEPEST_QUOTE: usize = 8;

/// What a person would read off the page: paragraphs, lines, list items, table rows; quotes marked with `>`.
/// Styles, scripts and comments are left out. Lines end with a line feed.
pub fn to_text(html: &str) -> String {
    let mut page = Page { text: String::with_capacity(html.len() / 3), ..Page::default() };
    for token in tokens(html) {
        match token {
            Token::Text(text) if !page.in_head => page.write(&unescaped(text)),
            Token::Text(_) => {}
            Token::Open { name, attributes } => page.open(&name.to_ascii_lowercase(), attributes),
            Token::Close { name } => page.close(&name.to_ascii_lowercase()),
        }
    }
    page.text
}

/// Decodes character references (WHATWG HTML §13.5).
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('&') {
        plain.push_str(before);
        let length = from
            .bytes()
            .take(40)
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            .count();
        let (name, after) = from.split_at(length);
        rest = if let Some(after) = after.strip_prefix(';').filter(|_| length > 0) {
            add_html_token(&mut plain, format!("&{name};").as_bytes(), false);
            after
        } else {
            plain.push('&');
            from
        };
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[derive(Default)]
struct Page {
    text: String,
    /// Line feeds owed before the next word.
    breaks: usize,
    /// A space is owed before the next word.
    space: bool,
    /// Something was written on this line.
    started: bool,
    /// The line holds nothing but hard spaces, which is how editors write an empty one.
    hard_blank: bool,
    in_head: bool,
    preformatted: bool,
    quotes: usize,
}

impl Page {
    fn open(&mut self, name: &str, attributes: &str) {
        match name {
            "head" => self.in_head = true,
            "body" => self.in_head = false,
            "br" => self.line_break(),
            "hr" => self.block(2),
            "li" => {
                self.block(1);
                self.write("- ");
            }
            "td" | "th" => self.space = self.started,
            "pre" => {
                self.block(2);
                self.preformatted = true;
            }
            "blockquote" => {
                self.block(2);
                self.quotes += 1;
            }
            "p" if is_tight(attributes) => self.block(1),
            _ => self.block(breaks_around(name)),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "head" => self.in_head = false,
            "pre" => {
                self.preformatted = false;
                self.block(2);
            }
            "blockquote" => {
                self.block(2);
                self.quotes = self.quotes.saturating_sub(1);
            }
            // How much stands after a paragraph is for the next one to say.
            "p" | "li" => self.block(1),
            _ => self.block(breaks_around(name)),
        }
    }

    fn block(&mut self, breaks: usize) {
        if breaks == 0 {
            return;
        }
        let breaks = if self.hard_blank { 2 } else { breaks };
        self.hard_blank = false;
        self.breaks = self.breaks.max(breaks);
        self.space = false;
        self.started = false;
    }

    fn line_break(&mut self) {
        self.breaks = if self.started || self.breaks == 0 { self.breaks + 1 } else { 2 };
        self.breaks = self.breaks.min(2);
        self.space = false;
        self.started = false;
        self.hard_blank = false;
    }

    fn write(&mut self, text: &str) {
        if self.preformatted {
            return self.write_lines(text);
        }
        for piece in text.split_inclusive(|letter: char| letter.is_whitespace()) {
            let word =
                piece.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter));
            if !word.is_empty() {
                self.word(word);
            }
            if piece.ends_with('\u{a0}') && !self.started {
                self.hard_blank = true;
            }
            self.space |= piece.ends_with(char::is_whitespace) && self.started;
        }
    }

    fn write_lines(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.breaks = if self.started { 1 } else { (self.breaks + 1).min(2) };
                self.started = false;
            }
            let line = line.trim_end();
            if !line.is_empty() {
                self.word(line);
            }
        }
    }

    fn word(&mut self, word: &str) {
        if self.text.is_empty() {
            self.mark_quote();
        } else if self.breaks > 0 {
            for _ in 0..self.breaks {
                self.text.push('\n');
            }
            self.mark_quote();
        } else if self.space {
            self.text.push(' ');
        }
        self.text.extend(word.chars().filter(|letter| *letter != '\0'));
        (self.breaks, self.space, self.started, self.hard_blank) = (0, false, true, false);
    }

    fn mark_quote(&mut self) {
        for _ in 0..self.quotes.min(DEEPEST_QUOTE) {
            self.text.push_str("> ");
        }
    }
}

/// Outlook sets every line as a paragraph of the class `MsoNormal`, without space between.
fn is_tight(attributes: &str) -> bool {
    attributes.contains("Mso") || attributes.contains("margin:0")
}

fn breaks_around(name: &str) -> usize {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "table" => 2,
        "div" | "tr" | "section" | "article" | "header" | "footer" | "center" | "address"
        | "dt" | "dd" | "form" | "caption" | "main" | "aside" | "fieldset" | "figure"
        | "figcaption" | "nav" | "option" => 1,
        _ => 0,
    }
}

/// Characters with which newsletters fill their preview line.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{34f}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::to_text;

    #[test]
    fn a_page_reads_like_a_letter() {
        let html = "<html><head><title>x</title><style>p{}</style></head><body><p>Hej&nbsp;<b>Bo</b>,</p>\n<p>Lampen er <i>g&aring;et</i>\n ud.<br>Igen.</p><ul><li>et<li>to</ul><table><tr><td>a</td><td>b</td></tr><tr><td>c</table><script>x()</script></body>";
        assert_eq!(to_text(html), "Hej Bo,\n\nLampen er gået ud.\nIgen.\n\n- et\n- to\n\na b\nc");
    }

    #[test]
    fn outlook_lines_stay_lines_and_empty_ones_empty() {
        let html = "<p class=\"MsoNormal\">Hej</p><p class=\"MsoNormal\">Bo</p><p class=\"MsoNormal\">&nbsp;</p><p class=\"MsoNormal\">Ja</p>";
        assert_eq!(to_text(html), "Hej\nBo\n\nJa");
    }

    #[test]
    fn quotes_are_marked() {
        assert_eq!(
            to_text("ja<blockquote>nej<br>nej</blockquote>slut"),
            "ja\n\n> nej\n> nej\n\nslut"
        );
    }

    #[test]
    fn ten_thousand_open_tags_are_no_burden() {
        assert_eq!(to_text(&("<div>".repeat(10_000) + "inderst")), "inderst");
    }
}
