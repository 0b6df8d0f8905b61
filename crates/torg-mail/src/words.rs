//! Encoded words in header fields (RFC 2047).

use std::borrow::Cow;

use crate::charset;
use crate::transfer;

/// A word may be 75 characters; some writers put a whole subject in one. Beyond this it is taken as plain text.
const LONGEST_WORD: usize = 8_000;
/// After so many beginnings that lead to no word, the rest is taken as plain text.
const MOST_FAILURES: usize = 500;
const LONGEST_LABEL: usize = 60;

/// Decodes every encoded word of `text`.
pub(crate) fn decode_words(text: &str) -> Cow<'_, str> {
    rewrite_words(text, "=?", |text, row| text.push_str(row))
}

/// Replaces every row of encoded words by what `write` makes of its decoded text.
///
/// Neighbours of the same charset are joined as bytes before decoding, since some writers cut in the middle of a letter.
/// What only looks like the beginning of a word is written as `no_word`.
pub(crate) fn rewrite_words<'a>(
    text: &'a str,
    no_word: &str,
    write: fn(&mut String, &str),
) -> Cow<'a, str> {
    if !text.contains("=?") {
        return Cow::Borrowed(text);
    }
    let mut decoded = Decoded { text: String::with_capacity(text.len()), open: None, write };
    let mut rest = text;
    let mut failures = 0;
    while let Some((before, from)) = rest.split_once("=?").filter(|_| failures < MOST_FAILURES) {
        if let Some((word, after)) = Word::read(from) {
            decoded.add(before, word);
            rest = after;
        } else {
            decoded.add_plain(before);
            decoded.add_plain(no_word);
            rest = from;
            failures += 1;
        }
    }
    decoded.add_plain(&rest.replace("=?", no_word));
    Cow::Owned(decoded.text)
}

struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
}

impl<'a> Word<'a> {
    /// Reads `charset?encoding?text?=` and returns what follows it.
    fn read(from: &'a str) -> Option<(Word<'a>, &'a str)> {
        let (charset, from) = split_within(from, "?", LONGEST_LABEL)?;
        let (encoding, from) = split_within(from, "?", 2)?;
        let (text, after) = split_within(from, "?=", LONGEST_WORD)?;
        let bytes = match encoding {
            "B" | "b" => transfer::base64(text.as_bytes()),
            "Q" | "q" => transfer::quoted_printable(text.replace('_', " ").as_bytes()),
            _ => return None,
        };
        // RFC 2231 §5 lets a language follow the charset.
        let charset = charset.split('*').next().unwrap_or(charset);
        Some((Word { charset, bytes }, after))
    }
}

/// `split_once`, but looks no further than `within` bytes: keeps hostile headers from costing quadratic time.
fn split_within<'a>(text: &'a str, mark: &str, within: usize) -> Option<(&'a str, &'a str)> {
    let window = text.as_bytes().get(..within.min(text.len()))?;
    let at = memchr::memmem::find(window, mark.as_bytes())?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

struct Decoded {
    text: String,
    open: Option<(String, Vec<u8>)>,
    write: fn(&mut String, &str),
}

impl Decoded {
    fn add(&mut self, before: &str, word: Word<'_>) {
        let neighbours = self.open.is_some() && before.trim().is_empty();
        if !neighbours {
            self.add_plain(before);
        }
        match &mut self.open {
            Some((charset, bytes)) if charset.eq_ignore_ascii_case(word.charset) => {
                bytes.extend(word.bytes);
            }
            _ => {
                self.close();
                self.open = Some((word.charset.to_owned(), word.bytes));
            }
        }
    }

    fn add_plain(&mut self, plain: &str) {
        self.close();
        self.text.push_str(plain);
    }

    fn close(&mut self) {
        if let Some((charset, bytes)) = self.open.take() {
            (self.write)(&mut self.text, &charset::decode(&bytes, Some(&charset)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decode_words;

    #[test]
    fn words_are_decoded_and_the_space_between_two_is_dropped() {
        assert_eq!(
            decode_words("Re: =?utf-8?Q?S=C3=B8knad?= =?UTF-8?B?IHDDpSBwbGFzcw==?= i dag"),
            "Re: Søknad på plass i dag"
        );
    }

    #[test]
    fn a_letter_cut_in_two_words_is_whole_again() {
        assert_eq!(decode_words("=?utf-8?Q?p=C3?=\r\n =?utf-8?Q?=A5?="), "på");
    }

    #[test]
    fn what_only_looks_like_a_word_stays_as_it_is() {
        assert_eq!(decode_words("a =?b c =?utf-8?X?d?= e"), "a =?b c =?utf-8?X?d?= e");
    }
}
