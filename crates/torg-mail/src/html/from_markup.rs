//! The few marks a colleague may write with, as simple HTML and as plain text.
//!
//! `**bold**`, lines that begin with `- ` or `1. `, `[words](https://…)`, `![name](file:7)` for a
//! picture that lies beside the letter, and `> ` for what is quoted. Everything else is text as it
//! stands; nothing can go wrong, because what is no mark is shown as it was written. The marks are
//! those of `CommonMark` (<https://spec.commonmark.org>), of which this is a small part.

use super::from_text::{push_escaped, push_linked};

/// Marks reach no further than this many bytes, so that a line of brackets costs no time.
const REACH: usize = 2_000;

/// The text as HTML. `picture` gives the address of the picture named after `file:`; one it does
/// not know is left as its name.
pub fn markup_to_html(text: &str, picture: impl Fn(&str) -> Option<String>) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 4);
    let mut open = Block::None;
    for line in text.lines() {
        let (block, rest) = block_of(line);
        let goes_on = block == open && block != Block::None;
        if block != open {
            html.push_str(open.end());
            html.push_str(block.start());
            open = block;
        }
        match block {
            Block::None => html.push_str("<div><br></div>\n"),
            Block::Bullets | Block::Numbers => {
                html.push_str("<li>");
                push_marked(&mut html, rest, &picture);
                html.push_str("</li>\n");
            }
            Block::Quote | Block::Lines => {
                if goes_on {
                    html.push_str("<br>\n");
                }
                push_marked(&mut html, rest, &picture);
            }
        }
    }
    html.push_str(open.end());
    html
}

/// The text as it is read without HTML: bold without its stars, a link followed by its address.
pub fn markup_to_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            plain.push('\n');
        }
        for piece in pieces(line) {
            match piece {
                Piece::Text(words) | Piece::Bold(words) => plain.push_str(words),
                Piece::Link { words, address } if words == address => plain.push_str(address),
                Piece::Link { words, address } => {
                    plain.push_str(&format!("{words} ({address})"));
                }
                Piece::Picture { name, .. } => plain.push_str(&format!("[{name}]")),
            }
        }
    }
    plain
}

/// What stands after `file:` in the pictures of a text, in order.
pub fn pictures_of(text: &str) -> Vec<String> {
    let all = text.lines().flat_map(pieces);
    all.filter_map(|piece| match piece {
        Piece::Picture { file, .. } => Some(file.to_owned()),
        _ => None,
    })
    .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    None,
    Lines,
    Bullets,
    Numbers,
    Quote,
}

impl Block {
    fn start(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Lines => "<div>",
            Self::Bullets => "<ul>\n",
            Self::Numbers => "<ol>\n",
            Self::Quote => "<blockquote>",
        }
    }

    fn end(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Lines => "</div>\n",
            Self::Bullets => "</ul>\n",
            Self::Numbers => "</ol>\n",
            Self::Quote => "</blockquote>\n",
        }
    }
}

/// What a line belongs to, and what of it is shown.
fn block_of(line: &str) -> (Block, &str) {
    let inside = line.trim_start();
    if inside.is_empty() {
        return (Block::None, "");
    }
    let bullet = ["- ", "* ", "• "].iter().find_map(|mark| inside.strip_prefix(mark));
    if let Some(rest) = bullet {
        return (Block::Bullets, rest);
    }
    if let Some(rest) = inside.strip_prefix('>') {
        return (Block::Quote, rest.strip_prefix(' ').unwrap_or(rest));
    }
    let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = inside.get(digits..).filter(|_| (1..=3).contains(&digits));
    match numbered.and_then(|rest| rest.strip_prefix(". ")) {
        Some(rest) => (Block::Numbers, rest),
        None => (Block::Lines, line.trim_end()),
    }
}

enum Piece<'a> {
    Text(&'a str),
    Bold(&'a str),
    Link { words: &'a str, address: &'a str },
    Picture { name: &'a str, file: &'a str },
}

fn push_marked(html: &mut String, line: &str, picture: &impl Fn(&str) -> Option<String>) {
    for piece in pieces(line) {
        match piece {
            Piece::Text(words) => push_linked(html, words),
            Piece::Bold(words) => {
                html.push_str("<strong>");
                push_linked(html, words);
                html.push_str("</strong>");
            }
            Piece::Link { words, address } => {
                html.push_str("<a href=\"");
                push_escaped(html, address);
                html.push_str("\">");
                push_escaped(html, words);
                html.push_str("</a>");
            }
            Piece::Picture { name, file } => match picture(file) {
                Some(source) => {
                    html.push_str("<img src=\"");
                    push_escaped(html, &source);
                    html.push_str("\" alt=\"");
                    push_escaped(html, name);
                    html.push_str("\">");
                }
                None => push_escaped(html, name),
            },
        }
    }
}

/// The pieces of a line, in order.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut text, mut at) = (line, 0);
    while let Some(rest) = text.get(at..) {
        let Some(mark) = rest.find(['*', '[', '!']) else { break };
        let here = at + mark;
        let Some((piece, length)) = text.get(here..).and_then(marked) else {
            // Past the letter that was no mark; all three are one byte long.
            at = here + 1;
            continue;
        };
        found.extend(text.get(..here).filter(|before| !before.is_empty()).map(Piece::Text));
        found.push(piece);
        text = text.get(here + length..).unwrap_or_default();
        at = 0;
    }
    found.extend(Some(text).filter(|text| !text.is_empty()).map(Piece::Text));
    found
}

/// The mark that `text` begins with, and its length in bytes.
fn marked(text: &str) -> Option<(Piece<'_>, usize)> {
    let near = text.get(..text.floor_char_boundary(REACH.min(text.len())))?;
    if let Some(rest) = near.strip_prefix("**") {
        let (words, _) = rest.split_once("**")?;
        let is_bold = !words.trim().is_empty() && !words.starts_with(' ') && !words.ends_with(' ');
        return is_bold.then_some((Piece::Bold(words), words.len() + 4));
    }
    let (is_picture, rest) = match near.strip_prefix("![") {
        Some(rest) => (true, rest),
        None => (false, near.strip_prefix('[')?),
    };
    let (words, rest) = rest.split_once("](")?;
    let (address, _) = rest.split_once(')')?;
    if words.contains(['[', ']']) || address.contains(char::is_whitespace) {
        return None;
    }
    let length = words.len() + address.len() + 4;
    if is_picture {
        let file = address.strip_prefix("file:")?;
        return Some((Piece::Picture { name: words, file }, length + 1));
    }
    let is_safe = ["https://", "http://", "mailto:", "tel:"];
    let is_link = !words.is_empty() && is_safe.iter().any(|scheme| address.starts_with(scheme));
    is_link.then_some((Piece::Link { words, address }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        markup_to_html(text, |file| (file == "7").then(|| "cid:7@fjordby.example".to_owned()))
    }

    #[test]
    fn what_a_clerk_marks_is_shown_to_the_citizen() {
        let text = "Dear Aino,\nit is **free**.\n\n- the pool\n- the [library](https://fjordby.example/b)\n1. come\n2. swim\n> when?\n![map.png](file:7)";
        assert_eq!(
            html(text),
            "<div>Dear Aino,<br>\nit is <strong>free</strong>.</div>\n<div><br></div>\n\
             <ul>\n<li>the pool</li>\n<li>the <a href=\"https://fjordby.example/b\">library</a></li>\n</ul>\n\
             <ol>\n<li>come</li>\n<li>swim</li>\n</ol>\n<blockquote>when?</blockquote>\n\
             <div><img src=\"cid:7@fjordby.example\" alt=\"map.png\"></div>\n"
        );
        assert_eq!(
            markup_to_text("it is **free**: [library](https://a.example), ![map](file:7)"),
            "it is free: library (https://a.example), [map]"
        );
        assert_eq!(pictures_of(text), ["7"]);
    }

    #[test]
    fn what_is_no_mark_stays_as_it_was_written() {
        for text in
            ["2 * 3 ** 4", "**", "** a **", "[x](javascript:alert(1))", "[a] (b)", "![x](y)"]
        {
            let shown = html(text);
            assert!(!shown.contains("<strong") && !shown.contains("href"), "{shown}");
            assert_eq!(markup_to_text(text), text);
        }
        assert!(html("![gone](file:8)").contains("gone"));
    }

    #[test]
    fn nothing_in_a_mark_becomes_markup() {
        let hostile = "**<b>** [\"><script>](https://x\"onload=1) ![\"<img](file:7) <script>";
        let shown = html(hostile);
        assert!(!shown.contains("<script") && !shown.contains("<b>") && !shown.contains("x\"on"));
    }

    #[test]
    fn a_line_of_brackets_costs_no_time() {
        let line = "[".repeat(200_000);
        assert_eq!(markup_to_text(&line).len(), line.len());
        let stars = "*![".repeat(60_000);
        assert!(html(&stars).len() > stars.len());
    }
}
