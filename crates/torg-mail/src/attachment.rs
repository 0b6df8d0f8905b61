//! What hangs on a letter: names made safe, sizes and hashes of the decoded bytes.

use crate::header::one_line;
use crate::parts::Part;

/// File systems take 255 bytes; a little is left for a number put behind.
const LONGEST_NAME: usize = 200;

/// One file of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The part's number, for [`crate::part_bytes`]. The same bytes always give the same number.
    pub part: u32,
    /// Decoded and safe to show and save: no path, no control characters, never empty.
    pub name: String,
    /// Such as `application/pdf`, in lower case, without parameters.
    pub content_type: String,
    /// Decoded bytes.
    pub size: u64,
    /// Without angle brackets; what `cid:` addresses in the HTML name.
    pub content_id: Option<String>,
    /// Meant to be shown in the text rather than beside it.
    pub inline: bool,
    /// Over the decoded bytes.
    pub sha256: [u8; 32],
}

impl Attachment {
    pub(crate) fn of(part: &Part<'_>, number: u32) -> Attachment {
        let (size, sha256) = part.transfer.measure(part.body);
        let content_id =
            part.header.text("Content-ID").map(|id| id.trim_matches(['<', '>', ' ']).to_owned());
        let content_id = content_id.filter(|id| !id.is_empty());
        let inline = part.disposition.value == "inline"
            || content_id.is_some() && part.disposition.value != "attachment";
        let content_type = part.content_type.value.clone();
        Attachment {
            part: number,
            name: name_of(part),
            content_type,
            size,
            content_id,
            inline,
            sha256,
        }
    }
}

/// The name the sender gave, from the disposition first (RFC 2183) and the type second, or one made up from the type.
fn name_of(part: &Part<'_>) -> String {
    let given = part.disposition.param("filename").or_else(|| part.content_type.param("name"));
    let safe = given.map(safe_name).filter(|name| !name.is_empty());
    safe.unwrap_or_else(|| invented_name(&part.content_type.value))
}

/// The last step of a path, without what a file system or a terminal would trip over.
pub(crate) fn safe_name(given: &str) -> String {
    let visible: String = given.chars().filter(|&letter| !is_invisible(letter)).collect();
    let last = visible.rsplit(['/', '\\']).find(|step| !step.trim().is_empty()).unwrap_or_default();
    let name = one_line(last);
    shortened(name.trim_matches(['.', ' ']).to_owned(), &name)
}

/// Keeps the ending when the name is too long. Leading dots would hide the file; a trailing one belongs to no name.
fn shortened(name: String, original: &str) -> String {
    if name.len() <= LONGEST_NAME {
        return name;
    }
    let ending =
        original.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| ending.len() <= 10);
    let ending = ending.map(|ending| format!(".{ending}")).unwrap_or_default();
    let cut = name.floor_char_boundary(LONGEST_NAME - ending.len());
    format!("{}{ending}", name.get(..cut).unwrap_or_default())
}

/// Control characters, and the marks that turn text around to disguise an ending (Unicode Technical Report 36 §2.7).
fn is_invisible(letter: char) -> bool {
    letter.is_control() && letter != '\t' && letter != '\n' && letter != '\r'
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn invented_name(content_type: &str) -> String {
    let known = match content_type {
        "message/rfc822" | "message/global" => "message.eml",
        "message/delivery-status" | "message/global-delivery-status" => "delivery-status.txt",
        "message/disposition-notification" => "receipt.txt",
        "message/feedback-report" => "feedback-report.txt",
        "text/rfc822-headers" | "message/rfc822-headers" => "headers.txt",
        "text/calendar" => "invite.ics",
        "text/plain" => "unnamed.txt",
        "text/vcard" | "text/x-vcard" => "unnamed.vcf",
        "image/jpeg" => "unnamed.jpg",
        "image/svg+xml" => "unnamed.svg",
        "application/ms-tnef" => "winmail.dat",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "smime.p7s",
        "application/pgp-signature" => "signature.asc",
        "application/msword" => "unnamed.doc",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let subtype = content_type.rsplit('/').next().unwrap_or_default();
    let plain = !subtype.is_empty()
        && subtype.len() <= 5
        && subtype.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { format!("unnamed.{subtype}") } else { "unnamed.bin".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{invented_name, safe_name};

    #[test]
    fn a_path_never_survives_in_a_name() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name(r"C:\Users\me\Søknad.pdf"), "Søknad.pdf");
        assert_eq!(safe_name("..."), "");
        assert_eq!(safe_name("a\0b\r\n\tc\u{202e}fdp.exe"), "ab cfdp.exe");
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = safe_name(&format!("{}.pdf", "ø".repeat(300)));
        assert!(name.len() <= 200 && name.ends_with("ø.pdf"), "{name}");
    }

    #[test]
    fn a_nameless_part_gets_a_fitting_name() {
        assert_eq!(invented_name("application/pdf"), "unnamed.pdf");
        assert_eq!(invented_name("message/rfc822"), "message.eml");
        assert_eq!(invented_name("application/vnd.x-odd"), "unnamed.bin");
    }
}
