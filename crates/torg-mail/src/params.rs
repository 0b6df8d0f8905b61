//! Content-Type and Content-Disposition: a value with parameters (RFC 2045 §5.1, RFC 2183), and the ways people write
//! file names in them (RFC 2231 with continuations, RFC 2047 words, bare bytes).

use crate::charset;
use crate::header::unstructured;
use crate::transfer::hex;

/// More parameters than this are ignored.
const MOST_PARAMS: usize = 200;

/// `value; name=…; name=…`, the value and the names in lower case.
#[derive(Debug, Default)]
pub(crate) struct Structured {
    pub(crate) value: String,
    params: Vec<(String, String)>,
}

impl Structured {
    pub(crate) fn read(field: &[u8]) -> Structured {
        let (value, mut rest) = split_at_semicolon(field);
        let mut plain = Vec::new();
        let mut pieces = Vec::new();
        while !rest.is_empty() && plain.len() + pieces.len() < MOST_PARAMS {
            let (param, after) = split_at_semicolon(rest);
            rest = after;
            let Some(equals) = memchr::memchr(b'=', param) else {
                continue;
            };
            let name = String::from_utf8_lossy(param[..equals].trim_ascii()).to_lowercase();
            let bytes = unquoted(param[equals + 1..].trim_ascii());
            match Piece::read(&name, bytes) {
                Ok(piece) => pieces.push(piece),
                Err(bytes) => plain.push((name, unstructured(&bytes))),
            }
        }
        let mut params = joined(pieces);
        params.extend(plain);
        Structured { value: main_value(value), params }
    }

    /// The parameter called `name` (lower case). An RFC 2231 form wins over a plain one.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The value itself, without a comment or a stray word after it.
fn main_value(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value).to_lowercase();
    text.trim().split(['(', ' ', '\t', '\r', '\n', ',']).next().unwrap_or_default().to_owned()
}

/// Splits at the first semicolon outside quotes.
fn split_at_semicolon(field: &[u8]) -> (&[u8], &[u8]) {
    let mut quoted = false;
    let mut escaped = false;
    for (at, &byte) in field.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b';' if !quoted => return (&field[..at], &field[at + 1..]),
            _ => {}
        }
    }
    (field, &[])
}

/// The inside of a quoted string. A backslash counts only before a quote or itself, so `C:\temp` keeps its own.
fn unquoted(value: &[u8]) -> Vec<u8> {
    let Some(inside) = value.strip_prefix(b"\"") else {
        return value.to_vec();
    };
    let mut bytes = Vec::with_capacity(inside.len());
    let mut rest = inside;
    loop {
        rest = match rest {
            [b'\\', escaped @ (b'"' | b'\\'), after @ ..] => {
                bytes.push(*escaped);
                after
            }
            [b'"', ..] | [] => return bytes,
            [byte, after @ ..] => {
                bytes.push(*byte);
                after
            }
        };
    }
}

/// One `name*`, `name*0` or `name*0*` parameter of RFC 2231.
struct Piece {
    name: String,
    position: u32,
    percent_encoded: bool,
    bytes: Vec<u8>,
}

impl Piece {
    /// Gives the bytes back if the name carries no star.
    fn read(name: &str, bytes: Vec<u8>) -> Result<Piece, Vec<u8>> {
        let Some((base, star)) = name.split_once('*') else {
            return Err(bytes);
        };
        let percent_encoded = star.is_empty() || star.ends_with('*');
        let position = star.trim_end_matches('*').parse().unwrap_or(0);
        Ok(Piece { name: base.to_owned(), position, percent_encoded, bytes })
    }
}

/// Puts the pieces of each name together as bytes, then decodes: a letter may be cut between two pieces.
fn joined(mut pieces: Vec<Piece>) -> Vec<(String, String)> {
    pieces.sort_by(|a, b| (&a.name, a.position).cmp(&(&b.name, b.position)));
    pieces
        .chunk_by(|a, b| a.name == b.name)
        .map(|group| (group[0].name.clone(), value_of(group)))
        .collect()
}

fn value_of(group: &[Piece]) -> String {
    let mut charset = None;
    let mut value = Vec::new();
    for (index, piece) in group.iter().enumerate() {
        let mut bytes = piece.bytes.as_slice();
        if index == 0 && piece.percent_encoded {
            let mut fields = bytes.splitn(3, |&byte| byte == b'\'');
            if let (Some(label), Some(_), Some(rest)) =
                (fields.next(), fields.next(), fields.next())
            {
                charset = Some(String::from_utf8_lossy(label).into_owned());
                bytes = rest;
            }
        }
        if piece.percent_encoded {
            value.extend(percent_decoded(bytes));
        } else {
            value.extend_from_slice(bytes);
        }
    }
    charset::decode(&value, charset.as_deref()).into_owned()
}

fn percent_decoded(mut bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    while let [first, rest @ ..] = bytes {
        bytes = match (first, rest) {
            (b'%', [high, low, after @ ..])
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                decoded.push(hex(*high) << 4 | hex(*low));
                after
            }
            _ => {
                decoded.push(*first);
                rest
            }
        };
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::Structured;

    fn file_name(field: &str) -> String {
        Structured::read(field.as_bytes()).param("filename").unwrap_or_default().to_owned()
    }

    #[test]
    fn a_file_name_is_read_in_every_way_people_write_it() {
        for field in [
            "attachment; filename=\"Søknad 1.pdf\"",
            "attachment; filename*=UTF-8''S%C3%B8knad%201.pdf",
            "attachment;\r\n filename*1*=%B8knad%20;\r\n filename*0*=UTF-8''S%C3;\r\n filename*2=1.pdf",
            "attachment; filename=\"=?utf-8?B?U8O4a25hZCAxLnBkZg==?=\"",
            "attachment; filename=S.pdf; filename*=iso-8859-1'nb'S%F8knad%201.pdf",
        ] {
            assert_eq!(file_name(field), "Søknad 1.pdf", "{field}");
        }
    }

    #[test]
    fn semicolons_and_backslashes_inside_quotes_belong_to_the_name() {
        assert_eq!(
            file_name(r#"attachment; filename="a; \"b\" C:\temp.txt"; size=3"#),
            r#"a; "b" C:\temp.txt"#
        );
    }

    #[test]
    fn the_type_is_lower_case_and_without_comment() {
        assert_eq!(Structured::read(b" Text/PLAIN (plain); charset=x").value, "text/plain");
    }
}
