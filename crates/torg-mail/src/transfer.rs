//! Content transfer encodings (RFC 2045 §6), read as forgivingly as possible.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

/// How a part's bytes are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transfer {
    Plain,
    QuotedPrintable,
    Base64,
}

impl Transfer {
    /// From the value of Content-Transfer-Encoding, in lower case. What is unknown is taken as plain.
    pub(crate) fn named(value: &str) -> Transfer {
        match value.split([';', ' ']).next() {
            Some("base64") => Transfer::Base64,
            Some("quoted-printable") => Transfer::QuotedPrintable,
            _ => Transfer::Plain,
        }
    }

    /// The decoded bytes.
    pub(crate) fn decode(self, body: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Transfer::Plain => Cow::Borrowed(body),
            Transfer::QuotedPrintable => Cow::Owned(quoted_printable(body)),
            Transfer::Base64 => Cow::Owned(base64(body)),
        }
    }

    /// Size and SHA-256 of the decoded bytes, without holding a large attachment in memory.
    pub(crate) fn measure(self, body: &[u8]) -> (u64, [u8; 32]) {
        let mut hash = Sha256::new();
        let mut size = 0;
        let mut add = |bytes: &[u8]| {
            size += bytes.len() as u64;
            hash.update(bytes);
        };
        if self == Transfer::Base64 {
            let mut state = Base64::default();
            let mut decoded = Vec::with_capacity(CHUNK);
            for chunk in body.chunks(CHUNK) {
                decoded.clear();
                state.push(chunk, &mut decoded);
                add(&decoded);
            }
            decoded.clear();
            state.finish(&mut decoded);
            add(&decoded);
        } else {
            add(&self.decode(body));
        }
        (size, hash.finalize().into())
    }
}

/// Small enough to stay in the processor's cache between decoding and hashing.
const CHUNK: usize = 32 * 1024;

/// Decodes base64: skips what is not of the alphabet, keeps what a cut-off ending still holds.
pub(crate) fn base64(body: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(body.len() / 4 * 3 + 3);
    let mut state = Base64::default();
    state.push(body, &mut decoded);
    state.finish(&mut decoded);
    decoded
}

const SKIP: u8 = 0xFF;
const PADDING: u8 = 0xFE;

static ALPHABET: [u8; 256] = alphabet();

const fn alphabet() -> [u8; 256] {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [SKIP; 256];
    let mut value = 0u8;
    while value < 64 {
        table[letters[value as usize] as usize] = value;
        value += 1;
    }
    table[b'=' as usize] = PADDING;
    table
}

/// The bits of letters not yet written out; survives from one chunk to the next.
#[derive(Default)]
struct Base64 {
    bits: u32,
    letters: u8,
}

impl Base64 {
    fn push(&mut self, mut input: &[u8], output: &mut Vec<u8>) {
        while !input.is_empty() {
            if self.letters == 0 {
                input = self.push_whole(input, output);
            }
            // One letter the slow way: a line end, padding, or junk stands in the next four.
            let Some((&letter, rest)) = input.split_first() else {
                return;
            };
            self.push_letter(letter, output);
            input = rest;
        }
    }

    /// Groups of four letters that need no second look. Returns what is left.
    fn push_whole<'a>(&mut self, input: &'a [u8], output: &mut Vec<u8>) -> &'a [u8] {
        let (groups, _) = input.as_chunks::<4>();
        let mut taken = 0;
        for [a, b, c, d] in groups {
            let [a, b, c, d] = [a, b, c, d].map(|&letter| ALPHABET[letter as usize]);
            if (a | b | c | d) >= 64 {
                break;
            }
            let bits = u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d);
            let [_, first, second, third] = bits.to_be_bytes();
            output.extend_from_slice(&[first, second, third]);
            taken += 4;
        }
        &input[taken..]
    }

    fn push_letter(&mut self, letter: u8, output: &mut Vec<u8>) {
        match ALPHABET[letter as usize] {
            SKIP => {}
            PADDING => self.finish(output),
            value => {
                self.bits = self.bits << 6 | u32::from(value);
                self.letters += 1;
                if self.letters == 4 {
                    let [_, first, second, third] = self.bits.to_be_bytes();
                    output.extend_from_slice(&[first, second, third]);
                    *self = Base64::default();
                }
            }
        }
    }

    fn finish(&mut self, output: &mut Vec<u8>) {
        let bits = self.bits << (6 * (4 - u32::from(self.letters.min(4))));
        let [_, first, second, _] = bits.to_be_bytes();
        match self.letters {
            3 => output.extend_from_slice(&[first, second]),
            2 => output.push(first),
            _ => {}
        }
        *self = Base64::default();
    }
}

/// Decodes quoted-printable; an equals sign that begins no code stays as it is.
pub(crate) fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr::memchr(b'=', rest) {
        decoded.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        rest = match rest {
            [high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                decoded.push(hex(*high) << 4 | hex(*low));
                after
            }
            _ => after_soft_break(rest).unwrap_or_else(|| {
                decoded.push(b'=');
                rest
            }),
        };
    }
    decoded.extend_from_slice(rest);
    decoded
}

/// What follows a soft line break, white space before it allowed.
fn after_soft_break(rest: &[u8]) -> Option<&[u8]> {
    let blanks = rest.iter().take(80).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match &rest[blanks..] {
        [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] => Some(after),
        [] => Some(&[]),
        _ => None,
    }
}

/// The value of a hexadecimal digit; anything else counts as nought.
pub(crate) fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Transfer, base64, quoted_printable};
    use sha2::{Digest, Sha256};

    #[test]
    fn base64_survives_folding_junk_and_a_cut_ending() {
        assert_eq!(base64(b"aGVq\r\nIG1l!ZCBkaWc="), b"hej med dig");
        assert_eq!(base64(b"aGVqIG1lZA"), b"hej med");
        assert_eq!(base64(b"aGVqIG1l=ZA=="), b"hej med");
    }

    #[test]
    fn quoted_printable_survives_bad_codes() {
        assert_eq!(quoted_printable(b"bl=C3=a5 =\r\nb=zz=E6r="), b"bl\xc3\xa5 b=zz\xe6r");
    }

    #[test]
    fn measuring_gives_what_decoding_gives() {
        let body: Vec<u8> = (0..200_000u32).map(|n| b"ABCDEFGH\r\n"[(n % 10) as usize]).collect();
        let decoded = Transfer::Base64.decode(&body).into_owned();
        let hash: [u8; 32] = Sha256::digest(&decoded).into();
        assert_eq!(Transfer::Base64.measure(&body), (decoded.len() as u64, hash));
    }
}
