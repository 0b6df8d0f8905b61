//! A mail as Torg's people read it: one walk over the bytes, nothing trusted, nothing fatal.

use std::borrow::Cow;

use jiff::Timestamp;
use mail_parser::DateTime;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::addresses::{Mailbox, mailboxes};
use crate::attachment::Attachment;
use crate::body::Body;
use crate::header::{Header, unstructured};
use crate::kind::{Clues, Kind};
use crate::parts::{Part, parts};

/// Long threads name hundreds of mails; the newest are the ones that help.
const MOST_REFERENCES: usize = 100;
/// More attachments than this are not listed. All stay in the raw mail.
const MOST_ATTACHMENTS: usize = 500;

/// A mail that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// Without angle brackets.
    pub message_id: Option<String>,
    /// The mails this one says it answers, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// The thread, oldest first as in the header, at most the newest hundred.
    pub references: Vec<String>,
    /// The first author. Missing if the header names none.
    pub from: Option<Mailbox>,
    /// Where answers shall go, if not to `from`.
    pub reply_to: Vec<Mailbox>,
    /// The recipients the letter names; the envelope may differ.
    pub to: Vec<Mailbox>,
    /// Those who get a copy.
    pub cc: Vec<Mailbox>,
    /// Addresses that servers on the way noted as the true recipient (Delivered-To, X-Original-To, Envelope-To).
    pub delivered_to: Vec<String>,
    /// Decoded, one line, may be empty.
    pub subject: String,
    /// When the sender says it was written. `None` if missing or unreadable.
    pub date: Option<Timestamp>,
    /// What people read: plain text, or the HTML as text. Line feeds only, no NUL, no white space at the end.
    pub text: String,
    /// Whether [`html_of`] has something.
    pub has_html: bool,
    /// In the order they stand.
    pub attachments: Vec<Attachment>,
    /// Who or what wrote it.
    pub kind: Kind,
    /// The rule that decided `kind`, as a stable key such as `auto-submitted`.
    pub kind_reason: &'static str,
    /// What an automatic answer must know before it is sent.
    pub auto: Automation,
    /// SHA-256 over the body, whose line ends are made alike: the same mail fetched twice gives the same value.
    pub body_hash: [u8; 32],
}

/// What the header says about automatic answers to this mail (RFC 3834 §2).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Automation {
    /// The sender asks for none: an empty return path, or X-Auto-Response-Suppress.
    pub unwanted: bool,
    /// The values of X-Loop: our own among them means that we hear our own echo.
    pub loops: Vec<String>,
}

/// Why bytes could not be read as a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unparsable {
    /// Nothing but white space.
    #[error("the mail is empty")]
    Empty,
    /// No line reads `Name: value`.
    #[error("the mail has no header")]
    NoHeader,
}

/// Reads a mail. Never panics, whatever the bytes; time grows with their number alone.
///
/// # Errors
/// [`Unparsable`] if the bytes hold no header field at all.
pub fn parse(raw: &[u8]) -> Result<Letter, Unparsable> {
    parse_with(raw, None)
}

/// Like [`parse`], knowing also whom the SMTP envelope named as sender (`""` for the empty return path of bounces).
///
/// # Errors
/// As [`parse`].
pub fn parse_with(raw: &[u8], envelope_from: Option<&str>) -> Result<Letter, Unparsable> {
    if raw.trim_ascii().is_empty() {
        return Err(Unparsable::Empty);
    }
    let raw = &*readable(raw);
    let parts = parts(raw);
    let Some(root) = parts.first().filter(|root| !root.header.is_empty()) else {
        return Err(Unparsable::NoHeader);
    };
    let header = &root.header;
    let body = Body::of(&parts);
    let text = body.text(&parts);
    let subject = header.text("Subject").unwrap_or_default();
    let from = header.all("From").flat_map(mailboxes).next();
    let clues = Clues {
        header,
        parts: &parts,
        subject: &subject,
        text: &text,
        from: from.as_ref(),
        envelope_from,
    };
    let (kind, kind_reason) = clues.judge();
    let automation = Automation {
        unwanted: clues.wants_no_answer(),
        loops: header.all("X-Loop").map(unstructured).collect(),
    };
    Ok(Letter {
        message_id: header.raw("Message-ID").and_then(|field| ids(field).into_iter().next_back()),
        in_reply_to: header.all("In-Reply-To").flat_map(ids).take(MOST_REFERENCES).collect(),
        references: references(header),
        from,
        reply_to: all_mailboxes(header, "Reply-To"),
        to: all_mailboxes(header, "To"),
        cc: all_mailboxes(header, "Cc"),
        delivered_to: delivered_to(header),
        subject,
        date: header.raw("Date").and_then(date),
        text,
        has_html: body.has_html(),
        attachments: attachments(&parts, &body),
        kind,
        kind_reason,
        auto: automation,
        body_hash: body_hash(raw),
    })
}

/// The decoded bytes of the part numbered `part` (as in [`Attachment::part`]) of the mail. `None` if there is no such part.
pub fn part_bytes(raw: &[u8], part: u32) -> Option<Vec<u8>> {
    parts_bytes(raw, &[part]).pop().flatten()
}

/// As [`part_bytes`] for each of `wanted`; the mail is read once.
pub fn parts_bytes(raw: &[u8], wanted: &[u32]) -> Vec<Option<Vec<u8>>> {
    let raw = readable(raw);
    let parts = parts(&raw);
    let bytes = |part: &u32| {
        let part = parts.get(usize::try_from(*part).ok()?)?;
        (!part.is_container).then(|| part.transfer.decode(part.body).into_owned())
    };
    wanted.iter().map(bytes).collect()
}

/// The letter's HTML as it came: hostile until [`crate::html::clean`] has been over it. `None` if it came without.
pub fn html_of(raw: &[u8]) -> Option<String> {
    let raw = readable(raw);
    let parts = parts(&raw);
    Body::of(&parts).html(&parts)
}

/// Without empty lines before the header; files of the old Macintosh, whose lines end with a bare CR, get line feeds.
pub(crate) fn readable(raw: &[u8]) -> Cow<'_, [u8]> {
    let blank = raw.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let raw = &raw[blank..];
    if memchr::memchr(b'\n', raw).is_some() || memchr::memchr(b'\r', raw).is_none() {
        return Cow::Borrowed(raw);
    }
    let lines = raw.iter().map(|&byte| if byte == b'\r' { b'\n' } else { byte });
    Cow::Owned(lines.collect())
}

fn all_mailboxes(header: &Header<'_>, name: &str) -> Vec<Mailbox> {
    header.all(name).flat_map(mailboxes).collect()
}

fn delivered_to(header: &Header<'_>) -> Vec<String> {
    let mut addresses = Vec::new();
    for name in ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"] {
        for mailbox in header.all(name).flat_map(mailboxes) {
            if !addresses.contains(&mailbox.address) && addresses.len() < MOST_REFERENCES {
                addresses.push(mailbox.address);
            }
        }
    }
    addresses
}

fn references(header: &Header<'_>) -> Vec<String> {
    let mut all: Vec<String> = header.all("References").flat_map(ids).collect();
    all.drain(..all.len().saturating_sub(MOST_REFERENCES));
    all
}

/// The ids of a field, in order. What stands in angle brackets counts; without any, each word that holds an `@`.
pub(crate) fn ids(field: &[u8]) -> Vec<String> {
    let text = unstructured(field);
    let bracketed: Vec<String> = text
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .filter_map(|(id, _)| clean_id(id))
        .collect();
    if !bracketed.is_empty() {
        return bracketed;
    }
    text.split([' ', ',', '<', '>'])
        .filter(|word| word.contains('@'))
        .filter_map(clean_id)
        .collect()
}

/// The longest id that is kept as it is, in bytes: a database's index takes no key of any length.
const LONGEST_ID: usize = 500;

/// An id never holds a space; folding inside one is undone. One that is too long becomes its hash,
/// which still finds its thread.
fn clean_id(id: &str) -> Option<String> {
    let id: String = id.chars().filter(|letter| !letter.is_whitespace()).collect();
    if id.len() > LONGEST_ID {
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(id.as_bytes()));
        return Some(format!("{hash}@long-message-id.invalid"));
    }
    (!id.is_empty()).then_some(id)
}

fn date(field: &[u8]) -> Option<Timestamp> {
    let text = unstructured(field);
    let parsed = DateTime::parse_rfc822(&text).filter(DateTime::is_valid)?;
    Timestamp::from_second(parsed.to_timestamp()).ok()
}

fn attachments(parts: &[Part<'_>], body: &Body) -> Vec<Attachment> {
    let listed = body.attached().take(MOST_ATTACHMENTS);
    listed
        .filter_map(|number| Some(Attachment::of(parts.get(number)?, u32::try_from(number).ok()?)))
        .collect()
}

/// Blank lines at the end and carriage returns differ between SMTP, mbox and Maildir; neither counts.
fn body_hash(raw: &[u8]) -> [u8; 32] {
    let (_, body_at) = Header::split(raw);
    let mut hash = Sha256::new();
    for piece in raw[body_at..].trim_ascii_end().split(|&byte| byte == b'\r') {
        hash.update(piece);
    }
    hash.finalize().into()
}
