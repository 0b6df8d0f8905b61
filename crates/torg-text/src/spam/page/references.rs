//! Character references, such as `&aring;`.

use memchr::memchr;

/// Adds `text` with its character references read (WHATWG HTML §13.5, those that mail uses).
pub(super) fn unescape(into: &mut String, text: &str) {
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
