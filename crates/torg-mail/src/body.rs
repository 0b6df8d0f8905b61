//! Which parts are the letter itself, and which hang on it.

use crate::charset;
use crate::html;
use crate::parts::Part;

/// The numbers of the parts people read, and of the parts they download.
#[derive(Debug, Default)]
pub(crate) struct Body {
    plain: Vec<usize>,
    html: Vec<usize>,
    attached: Vec<usize>,
}

impl Body {
    pub(crate) fn of(parts: &[Part<'_>]) -> Body {
        let mut body = Body::default();
        for (number, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_container) {
            match part.content_type.value.as_str() {
                "text/plain" if is_text(part) => body.plain.push(number),
                "text/html" | "application/xhtml+xml" if is_text(part) => body.html.push(number),
                // A multipart in which no part was found: its lines are all there is.
                kind if kind.starts_with("multipart/") => body.plain.push(number),
                // The whole mail is one text of another kind.
                kind if kind.starts_with("text/") && parts.len() == 1 && is_text(part) => {
                    body.plain.push(number);
                }
                _ => body.attached.push(number),
            }
        }
        body
    }

    pub(crate) fn has_html(&self) -> bool {
        !self.html.is_empty()
    }

    pub(crate) fn attached(&self) -> impl Iterator<Item = usize> {
        self.attached.iter().copied()
    }

    /// The letter as plain text: of alternatives the plain one, unless only the HTML says anything.
    pub(crate) fn text(&self, parts: &[Part<'_>]) -> String {
        let mut numbers: Vec<usize> = self.plain.clone();
        numbers.extend(self.html.iter().filter(|&&html| !self.has_plain_twin(parts, html)));
        numbers.sort_unstable();
        let mut text = String::new();
        for number in numbers {
            let Some(part) = parts.get(number) else {
                continue;
            };
            let piece = plain_text(part);
            let piece = piece.trim_end();
            if !text.is_empty() && !piece.trim().is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(piece);
        }
        text
    }

    /// The HTML of the letter, several parts one after the other.
    pub(crate) fn html(&self, parts: &[Part<'_>]) -> Option<String> {
        if self.html.is_empty() {
            return None;
        }
        let mut numbers = self.html.clone();
        numbers.extend(self.plain.iter().filter(|&&plain| !self.has_html_twin(parts, plain)));
        numbers.sort_unstable();
        let pieces = numbers.iter().filter_map(|&number| parts.get(number)).map(|part| {
            if is_html(part) { decoded(part) } else { html::text_to_html(&plain_text(part)) }
        });
        Some(pieces.collect::<Vec<_>>().join("\n"))
    }

    fn has_plain_twin(&self, parts: &[Part<'_>], html: usize) -> bool {
        let alternative = alternative_of(parts, html);
        alternative.is_some()
            && self.plain.iter().any(|&plain| {
                alternative_of(parts, plain) == alternative && !is_empty(&parts[plain])
            })
    }

    fn has_html_twin(&self, parts: &[Part<'_>], plain: usize) -> bool {
        let alternative = alternative_of(parts, plain);
        alternative.is_some()
            && self.html.iter().any(|&html| alternative_of(parts, html) == alternative)
    }
}

/// Shown with the letter: neither sent as a file nor named like one.
fn is_text(part: &Part<'_>) -> bool {
    let named =
        part.disposition.param("filename").is_some() || part.content_type.param("name").is_some();
    part.disposition.value != "attachment" && !named
}

fn is_html(part: &Part<'_>) -> bool {
    part.content_type.value != "text/plain" && part.content_type.value.ends_with("html")
}

fn is_empty(part: &Part<'_>) -> bool {
    part.transfer.decode(part.body).iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0)
}

/// The outermost multipart/alternative around the part (RFC 2046 §5.1.4).
fn alternative_of(parts: &[Part<'_>], number: usize) -> Option<usize> {
    let mut found = None;
    let mut above = parts.get(number)?.parent;
    while let Some(container) = above {
        let part = parts.get(container)?;
        if part.content_type.value == "multipart/alternative" {
            found = Some(container);
        }
        above = part.parent;
    }
    found
}

/// A readable part as text with plain line feeds and without NUL.
fn plain_text(part: &Part<'_>) -> String {
    let text = decoded(part);
    if is_html(part) { html::to_text(&text) } else { with_plain_lines(text) }
}

pub(crate) fn decoded(part: &Part<'_>) -> String {
    charset::decode(&part.transfer.decode(part.body), part.content_type.param("charset"))
        .into_owned()
}

pub(crate) fn with_plain_lines(text: String) -> String {
    let text =
        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    if text.contains('\0') { text.replace('\0', "") } else { text }
}
