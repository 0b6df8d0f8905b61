//! Bytes to text, whatever the sender called their charset.

use std::borrow::Cow;

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, WINDOWS_1252, X_USER_DEFINED};

/// Decodes `bytes` as the charset called `label` would have it, and never fails.
///
/// Undeclared, unknown and western one-byte labels are often wrong, so bytes that are valid UTF-8 are read as that
/// and everything else as windows-1252, of which ISO 8859-1 is a part (WHATWG Encoding Standard §4.2).
pub(crate) fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Cow<'a, str> {
    let declared = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match declared {
        Some(other) if !is_guess(other) => other.decode_without_bom_handling(bytes).0,
        guess => decode_guessing(bytes, guess),
    }
}

/// Labels that people set without meaning them.
fn is_guess(encoding: &'static Encoding) -> bool {
    let western = ["windows-1252", "ISO-8859-15"].contains(&encoding.name());
    encoding == UTF_8 || western || encoding == X_USER_DEFINED || encoding == REPLACEMENT
}

fn decode_guessing<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Cow<'a, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    if declared.is_none_or(|encoding| encoding == UTF_8) && is_mostly_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    let western =
        declared.filter(|encoding| encoding.name() == "ISO-8859-15").unwrap_or(WINDOWS_1252);
    western.decode_without_bom_handling(bytes).0
}

/// A text cut in the middle of a letter, or with one bad byte, is still UTF-8.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn nordic_letters_come_right_under_every_wrong_label() {
        for label in [
            None,
            Some("us-ascii"),
            Some("x-user-defined"),
            Some("klingon"),
            Some("iso-8859-1"),
            Some("utf-8"),
        ] {
            assert_eq!(decode("blåbær på Ærø".as_bytes(), label), "blåbær på Ærø", "{label:?}");
            assert_eq!(
                decode(b"bl\xe5b\xe6r p\xe5 \xc6r\xf8", label),
                "blåbær på Ærø",
                "{label:?}"
            );
        }
    }

    #[test]
    fn a_text_cut_inside_a_letter_stays_utf8() {
        assert_eq!(decode(b"bl\xc3\xa5b\xc3\xa6r p\xc3", Some("utf-8")), "blåbær p\u{fffd}");
    }

    #[test]
    fn the_euro_sign_of_latin_9_and_greek_are_believed() {
        assert_eq!(decode(b"5 \xa4", Some("iso-8859-15")), "5 €");
        assert_eq!(decode(b"\xe1\xe2", Some("iso-8859-7")), "αβ");
    }
}
