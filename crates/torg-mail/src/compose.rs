//! Writes letters: MIME with plain text and HTML, attachments, and the header fields that keep a thread together.

mod fields;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use lettre::message::header::{
    ContentDisposition, ContentId, ContentTransferEncoding, ContentType,
};
use lettre::message::{MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use crate::addresses::Mailbox;
use crate::attachment::safe_name;
use crate::html::{markup_to_html, markup_to_text, text_to_html};
use fields::Fields;

/// References grow by one a letter; the first names the thread, the newest find it (RFC 5322 §3.6.4 sets no limit).
const NEWEST_REFERENCES: usize = 20;

/// A letter to be sent. Line ends and control characters in any one-line field become spaces.
#[derive(Debug, Clone, Default)]
pub struct Outgoing {
    /// Who writes.
    pub from: Mailbox,
    /// Recipients shown in the letter.
    pub to: Vec<Mailbox>,
    /// Recipients of a copy.
    pub cc: Vec<Mailbox>,
    /// Where answers shall go, such as an address with a plus tag.
    pub reply_to: Option<Mailbox>,
    /// Any length, any language.
    pub subject: String,
    /// When it was written.
    pub date: Timestamp,
    /// The writer's distance from UTC in seconds, east positive, as shown in the Date field.
    pub utc_offset_seconds: i32,
    /// Without angle brackets, and the same at every attempt to send.
    pub message_id: String,
    /// The letter this one answers, without angle brackets.
    pub in_reply_to: Option<String>,
    /// The thread, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// What the writer wrote, signature included.
    pub text: String,
    /// Whether `text` is written with the marks of [`markup_to_html`]; else it is shown as it stands.
    pub marked: bool,
    /// The letter that is answered, to stand below.
    pub quoted: Option<Quoted>,
    /// Files, in order.
    pub attachments: Vec<OutgoingFile>,
    /// Written by a machine in answer to a letter: marks it so that no machine answers in turn (RFC 3834 §3.1.7).
    pub automatic: bool,
    /// Our own loop mark, told to us again in [`crate::Automation::loops`] if the letter comes back.
    pub loop_mark: Option<String>,
}

/// What is quoted below an answer.
#[derive(Debug, Clone, Default)]
pub struct Quoted {
    /// The line above, such as "On 3 May Aino wrote:", in the reader's language.
    pub attribution: String,
    /// Plain text, not yet marked as quoted.
    pub text: String,
}

/// A file to send along.
#[derive(Debug, Clone, Default)]
pub struct OutgoingFile {
    /// As shown to the recipient.
    pub name: String,
    /// Such as `image/png`; what is no media type is sent as `application/octet-stream`.
    pub content_type: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// For a picture in the text: its Content-ID without angle brackets, of which the part before
    /// the `@` is what the text calls it.
    pub content_id: Option<String>,
}

impl OutgoingFile {
    /// What the text calls it after `file:`.
    fn in_text(&self) -> Option<&str> {
        self.content_id.as_deref()?.split('@').next()
    }
}

/// The letter as bytes, ready for SMTP: lines end with CR LF. The same letter always gives the same bytes.
pub fn compose(letter: &Outgoing) -> Vec<u8> {
    let mut mail = header(letter).into_bytes();
    let boundary = boundary(&letter.message_id);
    let alternative = MultiPart::alternative()
        .boundary(format!("{boundary}a"))
        .singlepart(plain_part(letter))
        .singlepart(html_part(letter));
    let (pictures, files): (Vec<_>, Vec<_>) =
        letter.attachments.iter().partition(|file| file.content_id.is_some());
    let shown = if pictures.is_empty() {
        alternative
    } else {
        let related = MultiPart::related().boundary(format!("{boundary}r")).multipart(alternative);
        pictures.into_iter().fold(related, |related, file| related.singlepart(file_part(file)))
    };
    let body = if files.is_empty() {
        shown
    } else {
        let mixed = MultiPart::mixed().boundary(format!("{boundary}m")).multipart(shown);
        files.into_iter().fold(mixed, |mixed, file| mixed.singlepart(file_part(file)))
    };
    mail.extend(body.formatted());
    mail
}

fn header(letter: &Outgoing) -> String {
    let offset = Offset::from_seconds(letter.utc_offset_seconds).unwrap_or(Offset::UTC);
    let date = letter
        .date
        .to_zoned(TimeZone::fixed(offset))
        .strftime("%a, %d %b %Y %H:%M:%S %z")
        .to_string();
    let mut fields = Fields::default();
    fields.mailboxes("From", std::slice::from_ref(&letter.from));
    fields.mailboxes("To", &letter.to);
    fields.mailboxes("Cc", &letter.cc);
    fields.mailboxes("Reply-To", letter.reply_to.as_slice());
    fields.text("Subject", &letter.subject);
    fields.plain("Date", &date);
    fields.ids("Message-ID", [letter.message_id.as_str()]);
    fields.ids("In-Reply-To", letter.in_reply_to.as_deref());
    fields.ids("References", capped(&letter.references));
    if letter.automatic {
        fields.plain("Auto-Submitted", "auto-replied");
        fields.plain("X-Auto-Response-Suppress", "All");
        // For responders older than RFC 3834, which its §3.1.8 allows for.
        fields.plain("Precedence", "bulk");
    }
    if let Some(mark) = &letter.loop_mark {
        fields.text("X-Loop", mark);
    }
    fields.plain("MIME-Version", "1.0");
    fields.finish()
}

/// The first and the newest references.
fn capped(references: &[String]) -> impl Iterator<Item = &str> {
    let newest = references.len().saturating_sub(NEWEST_REFERENCES).max(1);
    references.iter().take(1).chain(references.iter().skip(newest)).map(String::as_str)
}

/// No encoded body contains `=_`, so this never stands in one (RFC 2045 §6.7 note).
fn boundary(message_id: &str) -> String {
    let hash = Sha256::digest(message_id.as_bytes());
    format!("=_{}", data_encoding::HEXLOWER.encode(hash.get(..12).unwrap_or_default()))
}

fn plain_part(letter: &Outgoing) -> SinglePart {
    let text = letter.text.trim_end();
    let mut text = if letter.marked { markup_to_text(text) } else { text.to_owned() };
    if let Some(quoted) = &letter.quoted {
        text.push_str("\n\n");
        text.push_str(quoted.attribution.trim());
        for line in quoted.text.trim_end().lines() {
            text.push_str(if line.is_empty() || line.starts_with('>') { "\n>" } else { "\n> " });
            text.push_str(line);
        }
    }
    text.push('\n');
    text_part(ContentType::TEXT_PLAIN, &text)
}

fn html_part(letter: &Outgoing) -> SinglePart {
    let text = letter.text.trim_end();
    let picture = |name: &str| {
        let file = letter.attachments.iter().find(|file| file.in_text() == Some(name))?;
        file.content_id.as_ref().map(|id| format!("cid:{id}"))
    };
    let written = if letter.marked { markup_to_html(text, picture) } else { text_to_html(text) };
    let mut html = format!("<!doctype html>\n<html><body>\n<div>{written}</div>\n");
    if let Some(quoted) = &letter.quoted {
        html.push_str(&format!(
            "<br>\n<div>{}</div>\n<blockquote type=\"cite\" style=\"margin:0 0 0 0.8ex;border-left:1px solid #ccc;padding-left:1ex\">{}</blockquote>\n",
            text_to_html(quoted.attribution.trim()),
            text_to_html(quoted.text.trim_end()),
        ));
    }
    html.push_str("</body></html>\n");
    text_part(ContentType::TEXT_HTML, &html)
}

fn text_part(content_type: ContentType, text: &str) -> SinglePart {
    let text = text.replace("\r\n", "\n").replace(['\r', '\0'], "");
    SinglePart::builder()
        .header(content_type)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(text)
}

fn file_part(file: &OutgoingFile) -> SinglePart {
    let name = Some(safe_name(&file.name))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "unnamed.bin".to_owned());
    let content_type = ContentType::parse(&file.content_type)
        .or_else(|_| ContentType::parse("application/octet-stream"));
    let part = SinglePart::builder().header(content_type.unwrap_or(ContentType::TEXT_PLAIN));
    let part = match &file.content_id {
        Some(id) => part
            .header(ContentDisposition::inline_with_name(&name))
            .header(ContentId::from(format!("<{id}>"))),
        None => part.header(ContentDisposition::attachment(&name)),
    };
    part.header(ContentTransferEncoding::Base64).body(file.bytes.clone())
}
