//! Takes a letter apart: what its writer wrote now, the history quoted under it, and the signature.
//!
//! Mail programs mark quoted history in four ways, and a letter may mix them: `>` before each line,
//! a line naming who wrote when ("Den 3. maj 2026 kl. 09.14 skrev …:"), a ruler with the word for
//! "original message", or a block of header lines ("Fra: … Sendt: …"). After the last two, and
//! after a naming line without `>`, everything to the end is history. A closing ("Med venlig
//! hilsen, Kari") belongs to the letter and is no signature.

mod marks;

use marks::Mark;

/// What a piece of a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Written now.
    New,
    /// Written earlier, by anyone, and repeated here.
    Quoted,
    /// Added by the writer's program under each letter.
    Signature,
}

/// A letter in pieces, in their order. Together the pieces are the letter, to the last character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split<'a> {
    /// The pieces; neighbours differ in kind and none is empty.
    pub pieces: Vec<(Part, &'a str)>,
}

/// Splits a plain-text letter. Never loses text: the pieces joined are `text`.
///
/// ```
/// let split = torg_text::letter::split("Tak!\n\nDen 3. maj 2026 kl. 09.14 skrev Bo <bo@x.example>:\n> Hej\n");
/// assert_eq!(split.new_text(), "Tak!\n\n");
/// ```
pub fn split(text: &str) -> Split<'_> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let parts = parts_of(&lines);
    Split { pieces: joined(text, &lines, &parts) }
}

impl Split<'_> {
    /// What the writer wrote now, with its line ends.
    pub fn new_text(&self) -> String {
        self.text_of(Part::New)
    }

    /// The history repeated in the letter.
    pub fn quoted(&self) -> String {
        self.text_of(Part::Quoted)
    }

    /// The writer's signature.
    pub fn signature(&self) -> String {
        self.text_of(Part::Signature)
    }

    fn text_of(&self, part: Part) -> String {
        self.pieces.iter().filter(|piece| piece.0 == part).map(|piece| piece.1).collect()
    }
}

fn parts_of(lines: &[&str]) -> Vec<Part> {
    let mut parts = Vec::with_capacity(lines.len());
    let mut now = Part::New;
    while parts.len() < lines.len() {
        let rest = lines.get(parts.len()..).unwrap_or_default();
        match marks::mark(rest) {
            Mark::HistoryToTheEnd => parts.resize(lines.len(), Part::Quoted),
            Mark::Quoted(count) => {
                parts.resize(parts.len() + count, Part::Quoted);
                // Text under a quote is an answer to it, unless we were inside a signature.
                now = if now == Part::Signature { now } else { Part::New };
            }
            Mark::SignatureBegins => {
                now = Part::Signature;
                parts.push(now);
            }
            Mark::SignatureLine => parts.push(Part::Signature),
            Mark::None => parts.push(now),
        }
    }
    blank_lines_inside_quotes(lines, &mut parts);
    parts
}

/// A blank line between two quoted lines was quoted too, by a program that puts no `>` there.
fn blank_lines_inside_quotes(lines: &[&str], parts: &mut [Part]) {
    let mut last_quoted = None;
    for at in 0..lines.len() {
        if parts.get(at) == Some(&Part::Quoted) {
            if let Some(gap) = last_quoted.and_then(|from: usize| parts.get_mut(from + 1..at)) {
                gap.fill(Part::Quoted);
            }
            last_quoted = Some(at);
        } else if lines.get(at).is_some_and(|line| !line.trim().is_empty()) {
            last_quoted = None;
        }
    }
}

fn joined<'a>(text: &'a str, lines: &[&str], parts: &[Part]) -> Vec<(Part, &'a str)> {
    let (mut pieces, mut rest, mut length) = (Vec::new(), text, 0);
    for (at, line) in lines.iter().enumerate() {
        length += line.len();
        let part = parts.get(at).copied().unwrap_or(Part::New);
        if parts.get(at + 1) != Some(&part) {
            let (piece, after) = rest.split_at(length);
            pieces.push((part, piece));
            (rest, length) = (after, 0);
        }
    }
    pieces
}

#[cfg(test)]
mod tests;
