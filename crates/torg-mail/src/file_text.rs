//! What people would read in a file of a letter.

use crate::attachment::Attachment;
use crate::body::{decoded, with_plain_lines};
use crate::html;
use crate::letter::readable;
use crate::parts::{Part, parts};

/// HTML beyond this is not looked at: the first megabytes hold more words than anybody looks for.
const MOST_HTML: usize = 4 << 20;

/// What a file holds, as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileText {
    /// With plain line feeds and without NUL.
    Text(String),
    /// A PDF file, which is not read here.
    Pdf(Vec<u8>),
}

/// What files can be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Html,
    Pdf,
}

impl Attachment {
    /// Whether [`file_text`] can give something of it, as far as its type and its name tell.
    pub fn has_text(&self) -> bool {
        kind(&self.content_type, &self.name).is_some()
    }
}

/// What people would read in the part numbered `part` (as in [`Attachment::part`]) whose file is
/// called `name`. `None` if there is no such part, or if it is of another kind.
pub fn file_text(raw: &[u8], part: u32, name: &str) -> Option<FileText> {
    let raw = readable(raw);
    let parts = parts(&raw);
    let part: &Part<'_> = parts.get(usize::try_from(part).ok()?)?;
    if part.is_container {
        return None;
    }
    Some(match kind(&part.content_type.value, name)? {
        Kind::Plain => FileText::Text(with_plain_lines(decoded(part))),
        Kind::Html => {
            let text = decoded(part);
            let cut = text.floor_char_boundary(MOST_HTML);
            let text = html::to_text(text.get(..cut).unwrap_or_default());
            FileText::Text(with_plain_lines(text))
        }
        Kind::Pdf => FileText::Pdf(part.transfer.decode(part.body).into_owned()),
    })
}

/// By the type; where a sender did not know it, by the ending of the name.
fn kind(content_type: &str, name: &str) -> Option<Kind> {
    match content_type {
        "text/plain" | "text/csv" | "text/markdown" => Some(Kind::Plain),
        "text/html" | "application/xhtml+xml" => Some(Kind::Html),
        "application/pdf" | "application/x-pdf" => Some(Kind::Pdf),
        "application/octet-stream" | "application/download" => {
            let (_, ending) = name.rsplit_once('.')?;
            match ending.to_ascii_lowercase().as_str() {
                "txt" | "csv" | "md" => Some(Kind::Plain),
                "html" | "htm" => Some(Kind::Html),
                "pdf" => Some(Kind::Pdf),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: &str, name: &str, bytes: &[u8]) -> Option<FileText> {
        let mut raw = format!(
            "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHei\r\n--b\r\n\
             Content-Type: {kind}\r\nContent-Disposition: attachment; filename={name}\r\n\r\n"
        )
        .into_bytes();
        raw.extend_from_slice(bytes);
        raw.extend_from_slice(b"\r\n--b--\r\n");
        let letter = crate::parse(&raw).unwrap();
        let file = letter.attachments.first()?;
        let found = file_text(&raw, file.part, &file.name);
        assert_eq!(found.is_some(), file.has_text(), "{kind} {name}");
        found
    }

    fn text(text: &str) -> Option<FileText> {
        Some(FileText::Text(text.to_owned()))
    }

    #[test]
    fn plain_text_and_html_are_read_in_their_own_charset() {
        assert_eq!(
            read("text/plain; charset=iso-8859-1", "a.txt", b"bl\xe5b\xe6r"),
            text("blåbær")
        );
        let page = b"<style>p{}</style><p>S\xc3\xb8knad<script>alert(1)</script></p>";
        assert_eq!(read("text/html", "a.html", page), text("Søknad"));
        assert_eq!(read("application/octet-stream", "A.TXT", b"hei"), text("hei"));
    }

    #[test]
    fn a_pdf_is_handed_on_and_other_kinds_are_left() {
        let pdf = Some(FileText::Pdf(b"%PDF-1.4".to_vec()));
        assert_eq!(read("application/pdf", "a", b"%PDF-1.4"), pdf);
        assert_eq!(read("application/octet-stream", "a.pdf", b"%PDF-1.4"), pdf);
        for (kind, name) in [("image/png", "a.txt"), ("application/zip", "a.zip")] {
            assert_eq!(read(kind, name, b"x"), None);
        }
    }
}
