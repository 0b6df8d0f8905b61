//! The body of a mail: text, HTML, files, as the program it was written with puts them.

use data_encoding::BASE64;
use rand::Rng;
use rand::rngs::StdRng;

use super::{Answered, Letter, Program};

/// The headers of the body and the body.
pub(super) fn body(dice: &mut StdRng, letter: &Letter) -> String {
    let quoted = letter.answers.as_ref().filter(|_| dice.random_bool(0.8));
    let letter_itself = match letter.program {
        Program::Telephone => part("text/plain", &text(letter, quoted), Encoding::None),
        Program::Web => both(letter, quoted, Encoding::QuotedPrintable),
        Program::Office => both(letter, quoted, Encoding::Base64),
    };
    match &letter.file {
        None => letter_itself,
        Some(bytes) => several("mixed", letter, &[letter_itself, file(letter, bytes)]),
    }
}

/// As text and as HTML.
fn both(letter: &Letter, quoted: Option<&Answered>, encoding: Encoding) -> String {
    let plain = part("text/plain", &text(letter, quoted), encoding);
    let html = part("text/html", &html(letter, quoted), encoding);
    several("alternative", letter, &[plain, html])
}

fn several(kind: &str, letter: &Letter, parts: &[String]) -> String {
    let edge = format!("=_{kind}_{:08x}", letter.number);
    let mut text = format!("Content-Type: multipart/{kind}; boundary=\"{edge}\"\r\n\r\n");
    for part in parts {
        text += &format!("--{edge}\r\n{part}\r\n");
    }
    text + &format!("--{edge}--\r\n")
}

fn file(letter: &Letter, bytes: &[u8]) -> String {
    let name = format!("IMG_{:04}.jpg", letter.number);
    format!(
        "Content-Type: image/jpeg; name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{}",
        lines(&BASE64.encode(bytes))
    )
}

#[derive(Debug, Clone, Copy)]
enum Encoding {
    None,
    QuotedPrintable,
    Base64,
}

fn part(kind: &str, text: &str, encoding: Encoding) -> String {
    let (name, encoded) = match encoding {
        Encoding::None => ("8bit", text.to_owned()),
        Encoding::QuotedPrintable => ("quoted-printable", quoted_printable(text)),
        Encoding::Base64 => ("base64", lines(&BASE64.encode(text.as_bytes()))),
    };
    format!(
        "Content-Type: {kind}; charset=\"utf-8\"\r\nContent-Transfer-Encoding: {name}\r\n\r\n{encoded}\r\n"
    )
}

fn text(letter: &Letter, quoted: Option<&Answered>) -> String {
    let prose = letter.prose;
    let mut text = letter.text.clone();
    if letter.program == Program::Telephone {
        text += &format!("\r\n{}\r\n", prose.from_a_telephone);
    }
    let Some(earlier) = quoted.map(|answered| answered.text.as_str()) else { return text };
    if letter.program == Program::Office {
        let [from, sent, to, subject] = prose.labels;
        let Letter { name, address, subject: about, .. } = letter;
        return text
            + &format!(
                "\r\n________________________________\r\n{from}: {name} <{address}>\r\n\
                 {sent}: 2. mai 2026 09:14\r\n{to}: Fjordby kommune\r\n{subject}: {about}\r\n\r\n{earlier}"
            );
    }
    text += &format!("\r\n{}\r\n\r\n", prose.wrote.replace("{}", &letter.address));
    earlier.lines().for_each(|line| text += &format!("> {line}\r\n"));
    text
}

/// The styles an office program puts into every letter.
const STYLES: &str = "<style><!--\r\n/* Font Definitions */\r\n@font-face {font-family:\"Cambria Math\"; panose-1:2 4 5 3 5 4 6 3 2 4;}\r\n\
@font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;}\r\n@font-face {font-family:Aptos; panose-1:2 11 0 4 2 2 2 2 2 4;}\r\n\
/* Style Definitions */\r\np.letter, li.letter, div.letter {margin:0cm; font-size:11.0pt; font-family:\"Calibri\",sans-serif;}\r\n\
a:link, span.link {color:#0563C1; text-decoration:underline;}\r\nspan.style18 {font-family:\"Calibri\",sans-serif; color:windowtext;}\r\n\
.default {font-size:11.0pt;}\r\n@page Section1 {size:612.0pt 792.0pt; margin:70.85pt 70.85pt 70.85pt 70.85pt;}\r\ndiv.Section1 {page:Section1;}\r\n--></style>\r\n";

fn html(letter: &Letter, quoted: Option<&Answered>) -> String {
    let earlier = quoted.map(|answered| paragraphs(letter.program, &answered.text));
    let history = earlier.map_or_else(String::new, |earlier| {
        format!("<hr><blockquote style=\"margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex\">{earlier}</blockquote>")
    });
    let new = paragraphs(letter.program, &letter.text);
    let styles = if letter.program == Program::Office { STYLES } else { "" };
    format!(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\r\n{styles}</head>\r\n\
         <body lang=\"{}\">\r\n<div dir=\"ltr\">{new}{history}</div></body></html>\r\n",
        letter.prose.tag
    )
}

fn paragraphs(program: Program, text: &str) -> String {
    let (open, close) = match program {
        Program::Office => (
            "<p class=\"letter\"><span style=\"font-size:11.0pt;mso-fareast-language:EN-US\">",
            "<o:p></o:p></span></p>\r\n",
        ),
        Program::Web | Program::Telephone => ("<div>", "</div>\r\n"),
    };
    text.lines().map(|line| format!("{open}{line}{close}")).collect()
}

fn lines(text: &str) -> String {
    let lines = text.as_bytes().chunks(76).map(String::from_utf8_lossy);
    lines.collect::<Vec<_>>().join("\r\n")
}

/// RFC 2045, 6.7.
fn quoted_printable(text: &str) -> String {
    let (mut encoded, mut width) = (String::with_capacity(text.len() * 5 / 4), 0);
    for line in text.lines() {
        for byte in line.bytes() {
            if width >= 72 {
                encoded += "=\r\n";
                width = 0;
            }
            match byte {
                b'=' | 127.. => {
                    encoded += &format!("={byte:02X}");
                    width += 3;
                }
                _ => {
                    encoded.push(char::from(byte));
                    width += 1;
                }
            }
        }
        encoded += "\r\n";
        width = 0;
    }
    encoded
}
