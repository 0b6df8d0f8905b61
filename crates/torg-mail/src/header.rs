//! The header of a mail or of one of its parts: named fields, still as bytes (RFC 5322 §2.2).

use memchr::memchr;

use crate::charset;
use crate::words::decode_words;

/// More fields than this are not kept: no honest mail has a tenth of them.
const MOST_FIELDS: usize = 2_000;

/// The fields in the order they stand.
#[derive(Debug, Default)]
pub(crate) struct Header<'a> {
    fields: Vec<Field<'a>>,
}

#[derive(Debug)]
struct Field<'a> {
    name: &'a [u8],
    start: usize,
    end: usize,
    value: &'a [u8],
}

impl<'a> Header<'a> {
    /// Splits `raw` at the empty line. Returns the header and where the body begins.
    ///
    /// A line that is no field is skipped when fields follow it (an mbox "From " line, a broken fold);
    /// otherwise the empty line was forgotten and the body begins there.
    pub(crate) fn split(raw: &'a [u8]) -> (Header<'a>, usize) {
        let mut header = Header::default();
        let mut at = 0;
        while at < raw.len() {
            let next = line_end(raw, at);
            let line = &raw[at..next];
            if is_blank(line) {
                return (header, next);
            }
            if !header.take(raw, line, at, next) && field_name(&raw[next..]).is_none() {
                return (header, at);
            }
            at = next;
        }
        (header, raw.len())
    }

    /// Adds the line as a new field or as the continuation of the last one. False if it is neither.
    fn take(&mut self, raw: &'a [u8], line: &'a [u8], at: usize, next: usize) -> bool {
        if matches!(line.first(), Some(b' ' | b'\t')) {
            let Some(last) = self.fields.last_mut() else {
                return false;
            };
            if last.end == at {
                last.end = next;
                last.value = &raw[last.start..next];
            }
            return true;
        }
        let Some(name) = field_name(line) else {
            return false;
        };
        let start = at + name.len() + 1;
        if self.fields.len() < MOST_FIELDS {
            self.fields.push(Field {
                name: name.trim_ascii_end(),
                start,
                end: next,
                value: &raw[start..next],
            });
        }
        true
    }

    /// No field at all: such bytes are no mail.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The bytes of the first field called `name`, folding included.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a [u8]> {
        self.all(name).next()
    }

    /// The bytes of every field called `name`.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.fields
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name.as_bytes()))
            .map(|field| field.value)
    }

    /// Name and bytes of every field in the order they stand.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        self.fields.iter().map(|field| (field.name, field.value))
    }

    /// Whether a field called `name` stands here.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }

    /// The first field called `name` as one line of decoded text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.raw(name).map(unstructured)
    }

    /// The first field called `name` as one line in lower case, or empty: for comparing keywords.
    pub(crate) fn keyword(&self, name: &str) -> String {
        self.text(name).unwrap_or_default().to_lowercase()
    }
}

/// The value of an unstructured field as one line: unfolded, encoded words decoded, control characters gone.
pub(crate) fn unstructured(value: &[u8]) -> String {
    straight_line(&decode_words(&charset::decode(value, None)))
}

/// As [`one_line`], without the marks that turn whatever stands after them the other way
/// (Unicode Standard Annex 9 §2.1–2.5): a subject or a name is shown among words of our own.
pub(crate) fn straight_line(text: &str) -> String {
    let turns = |letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    one_line(&text.replace(turns, ""))
}

/// Runs of white space and control characters become one space; the ends are trimmed.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_control() || c == ' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Where the line that begins at `at` ends, its line feed included.
pub(crate) fn line_end(raw: &[u8], at: usize) -> usize {
    memchr(b'\n', &raw[at..]).map_or(raw.len(), |found| at + found + 1)
}

fn is_blank(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n" | b"\r" | b"")
}

/// The name before the colon: printable ASCII, white space only right before the colon (RFC 5322 §4.5.8).
fn field_name(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().take(200).position(|&byte| byte == b':' || byte == b'\n')?;
    let name = &line[..colon];
    let named = line[colon] == b':' && name.trim_ascii_end().iter().all(u8::is_ascii_graphic);
    (named && !name.trim_ascii_end().is_empty()).then_some(name)
}
