//! A mail as a judge of spam wants it: every header field and every readable part, decoded but not made readable, and no
//! more of each than decides.

use std::borrow::Cow;

use crate::charset;
use crate::header::one_line;
use crate::parts::{Part, parts};
use crate::transfer::Transfer;
use crate::words::decode_words;

/// So many fields are given; honest mail has a quarter of them.
const MOST_FIELDS: usize = 200;
/// A field is cut after so many bytes.
const LONGEST_FIELD: usize = 4_000;
/// A mail is judged by so many parts.
const MOST_PARTS: usize = 100;
/// A part's readable text is cut after so many bytes, still encoded.
const LONGEST_ENCODED: usize = 96_000;

/// What a mail can be judged by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading<'a> {
    /// The fields of the mail's own header in the order they stand, at most 200: name as written, value as one decoded
    /// line, cut after 4,000 bytes.
    pub fields: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Containers and leaves in the order they stand, at most 100.
    pub parts: Vec<ReadPart<'a>>,
}

/// One part of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadPart<'a> {
    /// Such as `text/html`, in lower case.
    pub content_type: String,
    /// As declared.
    pub charset: Option<String>,
    /// `base64`, `quoted-printable` or `plain`.
    pub transfer: &'static str,
    /// As the sender named the file.
    pub file_name: Option<String>,
    /// Decoded text of text parts that are no named files, from at most 96,000 encoded bytes. Else empty.
    pub text: Cow<'a, str>,
    /// Encoded bytes.
    pub size: usize,
}

/// Reads a mail for judging. Never fails: what cannot be read as fields and parts gives none. Time grows with the number
/// of bytes alone.
pub fn for_judging(raw: &[u8]) -> Reading<'_> {
    let blank = raw.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let parts = parts(&raw[blank..]);
    let Some(root) = parts.first() else {
        return Reading::default();
    };
    let fields = root.header.fields().take(MOST_FIELDS);
    Reading {
        fields: fields.map(|(name, value)| (text_of(name), field(value))).collect(),
        parts: parts.iter().take(MOST_PARTS).map(read_part).collect(),
    }
}

fn text_of(name: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(name)
}

/// Most fields are one line of ASCII and need no copy.
fn field(value: &[u8]) -> Cow<'_, str> {
    let value = value[..value.len().min(LONGEST_FIELD)].trim_ascii();
    let text = charset::decode(value, None);
    let is_plain = !text.contains("=?") && !text.bytes().any(|byte| byte.is_ascii_control());
    if is_plain { text } else { Cow::Owned(one_line(&decode_words(&text))) }
}

fn read_part<'a>(part: &Part<'a>) -> ReadPart<'a> {
    let named = part.disposition.param("filename").or_else(|| part.content_type.param("name"));
    ReadPart {
        content_type: part.content_type.value.clone(),
        charset: part.content_type.param("charset").map(str::to_lowercase),
        transfer: match part.transfer {
            Transfer::Plain => "plain",
            Transfer::QuotedPrintable => "quoted-printable",
            Transfer::Base64 => "base64",
        },
        file_name: named.map(str::to_owned),
        text: if is_read(part, named) { text(part) } else { Cow::Borrowed("") },
        size: part.body.len(),
    }
}

/// Text that is shown, a multipart in which no part was found, and the text of attached mails.
fn is_read(part: &Part<'_>, named: Option<&str>) -> bool {
    let kind = part.content_type.value.as_str();
    let is_text = kind.starts_with("text/") || kind.starts_with("multipart/");
    let is_mail = kind == "message/rfc822";
    !part.is_container && (is_mail || is_text && (named.is_none() || is_inline(part)))
}

fn is_inline(part: &Part<'_>) -> bool {
    part.disposition.value == "inline"
}

fn text<'a>(part: &Part<'a>) -> Cow<'a, str> {
    let body: &'a [u8] = part.body;
    let body = &body[..body.len().min(LONGEST_ENCODED)];
    let charset = part.content_type.param("charset");
    match part.transfer.decode(body) {
        Cow::Borrowed(bytes) => charset::decode(bytes, charset),
        Cow::Owned(bytes) => Cow::Owned(charset::decode(&bytes, charset).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::for_judging;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{RngCore, SeedableRng};

    const MAIL: &str = "From: =?utf-8?Q?B=C3=A5l?= <a@b.example>\r\nReceived: from x\r\n by y\r\n\
        Content-Type: multipart/mixed; boundary=g\r\n\r\n--g\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\nbl=E5b=E6r=\r\nsyltet=F8j\r\n--g\r\n\
        Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+aGVq\r\nPC9iPg==\r\n--g\r\n\
        Content-Type: application/zip; name=\"a.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBA==\r\n--g--\r\n";

    #[test]
    fn fields_and_parts_come_decoded() {
        let reading = for_judging(MAIL.as_bytes());
        assert_eq!(reading.fields[0], ("From".into(), "Bål <a@b.example>".into()));
        assert_eq!(reading.fields[1].1, "from x by y");
        let texts: Vec<&str> = reading.parts.iter().map(|part| part.text.trim_end()).collect();
        assert_eq!(texts, ["", "blåbærsyltetøj", "<b>hej</b>", ""]);
        assert_eq!(reading.parts[3].file_name.as_deref(), Some("a.zip"));
        assert_eq!(reading.parts[1].charset.as_deref(), Some("iso-8859-1"));
    }

    #[test]
    fn damaged_mails_are_read_all_the_same() {
        let mut dice = ChaCha8Rng::seed_from_u64(26);
        for _ in 0..3_000 {
            let mut raw = MAIL.as_bytes().to_vec();
            for _ in 0..1 + dice.next_u32() % 8 {
                let at = dice.next_u32() as usize % raw.len();
                match dice.next_u32() % 3 {
                    0 => raw[at] = dice.next_u32().to_le_bytes()[0],
                    1 => raw.truncate(at.max(1)),
                    _ => raw.insert(at, b"\0\n-=<"[dice.next_u32() as usize % 5]),
                }
            }
            let reading = for_judging(&raw);
            assert!(reading.parts.len() <= 100 && reading.fields.len() <= 200);
        }
    }

    #[test]
    fn of_a_huge_mail_only_the_beginnings_are_decoded() {
        let mut raw = MAIL.replace("--g--\r\n", "").into_bytes();
        raw.extend(
            b"--g\r\nContent-Type: text/plain\r\n\r\n".iter().chain(&b"ord \n".repeat(5_000_000)),
        );
        let reading = for_judging(&raw);
        let decoded: usize = reading.parts.iter().map(|part| part.text.len()).sum();
        assert!(decoded < 200_000, "{decoded}");
    }
}
