//! An answer to a citizen as a mail: threading headers, subject number, signature, history.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use torg_core::{Id, Inquiry, Language, MessageId, Viewer};
use torg_mail::Mailbox;
use torg_mail::compose::{Outgoing, Quoted, compose};
use torg_mail::thread_key::{Signer, bare_subject, subject_with_token, with_plus_tag};
use torg_store::departments::{self, Mailbox as Receiving};
use torg_store::{Read, StoreError, inquiries, messages};

use super::words;
use crate::Desk;
use crate::filing::language_of;

/// What all letters of a municipality have in common.
#[derive(Clone)]
pub(crate) struct Letterhead {
    pub(crate) town: String,
    pub(crate) time_zone: TimeZone,
    pub(crate) language: Language,
    pub(crate) mail_host: String,
    pub(crate) plus_addresses: bool,
    pub(crate) signer: Signer,
}

/// An answer to be written as a mail.
pub(crate) struct Answer<'a> {
    pub(crate) id: MessageId,
    pub(crate) viewer: &'a Viewer,
    pub(crate) inquiry: &'a Inquiry,
    pub(crate) text: &'a str,
    pub(crate) at: Timestamp,
}

/// A mail ready for the outbox.
pub(crate) struct Mail {
    pub(crate) raw: Vec<u8>,
    pub(crate) sender: String,
    pub(crate) recipient: String,
    pub(crate) subject: String,
    pub(crate) mail_id: String,
}

impl Desk {
    pub(crate) fn letterhead(&self) -> Letterhead {
        Letterhead {
            town: self.0.about.name.clone(),
            time_zone: self.0.about.time_zone.clone(),
            language: self.0.about.language,
            mail_host: self.0.mail_host.clone(),
            plus_addresses: self.0.plus_addresses,
            signer: self.0.signer.clone(),
        }
    }
}

/// Writes an answer as a mail; `None` if there is nobody to write to, or no address of ours to
/// write from.
pub(crate) fn answer(
    read: &Read<'_>,
    letterhead: &Letterhead,
    answer: &Answer<'_>,
) -> Result<Option<Mail>, StoreError> {
    let inquiry = answer.inquiry;
    let (Some(from), Some(to)) = (sender(read, inquiry)?, messages::addressee(read, inquiry.id)?)
    else {
        return Ok(None);
    };
    let department = departments::one(read, inquiry.department)?.map(|one| one.name);
    let signature = departments::signature(read, inquiry.department)?;
    let subject = inquiries::subject(read, inquiry.id)?.unwrap_or_default();
    let (before, last) = (messages::mail_ids(read, inquiry.id)?, to.mail_id.clone());
    let mail_id = letterhead.message_id(inquiry, answer.id);
    let outgoing = Outgoing {
        from: named(&from_name(letterhead, department), &from.address),
        to: vec![named(&to.name, &to.address)],
        reply_to: letterhead.reply_to(inquiry, &from),
        subject: subject_with_token(
            &format!("Re: {}", bare_subject(&subject)),
            &inquiry.number.to_string(),
        ),
        date: answer.at,
        utc_offset_seconds: letterhead.time_zone.to_offset(answer.at).seconds(),
        message_id: mail_id.clone(),
        in_reply_to: last,
        references: before,
        text: signed(answer.text, &answer.viewer.name, &signature),
        quoted: quoted(letterhead, &to),
        ..Outgoing::default()
    };
    let (subject, raw) = (outgoing.subject.clone(), compose(&outgoing));
    Ok(Some(Mail { raw, sender: from.address, recipient: to.address, subject, mail_id }))
}

/// The department answers from its own address, or from the general one if it has none.
fn sender(read: &Read<'_>, inquiry: &Inquiry) -> Result<Option<Receiving>, StoreError> {
    match departments::answers_from(read, inquiry.department)? {
        Some(own) => Ok(Some(own)),
        None => Ok(departments::mailboxes(read)?.into_iter().next()),
    }
}

fn from_name(letterhead: &Letterhead, department: Option<String>) -> String {
    match department {
        Some(department) => format!("{department}, {}", letterhead.town),
        None => letterhead.town.clone(),
    }
}

pub(super) fn named(name: &str, address: &str) -> Mailbox {
    let name = Some(name.trim()).filter(|name| !name.is_empty() && !name.contains('@'));
    Mailbox { name: name.map(str::to_owned), address: address.to_owned() }
}

/// The answer with the writer's name, unless she has signed already, and the department's signature.
fn signed(text: &str, name: &str, signature: &str) -> String {
    let last_line = text.trim_end().lines().last().unwrap_or_default();
    let name = if last_line.trim() == name { "" } else { name };
    let parts = [text.trim_end(), name, signature.trim()];
    let mut signed = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let gap = if signed.is_empty() {
            ""
        } else if part == name {
            "\n\n"
        } else {
            "\n"
        };
        signed.push_str(gap);
        signed.push_str(part);
    }
    signed
}

impl Letterhead {
    /// A Message-ID that says, provably, which message it is: replies find their inquiry by it.
    pub(crate) fn message_id(&self, inquiry: &Inquiry, message: MessageId) -> String {
        self.signer.message_id(inquiry.id.as_i64(), message.as_i64(), &self.mail_host)
    }

    /// The plus address of an inquiry, for mail programs that lose the thread.
    pub(super) fn reply_to(&self, inquiry: &Inquiry, from: &Receiving) -> Option<Mailbox> {
        let tag = || self.signer.plus_tag(inquiry.id.as_i64());
        self.plus_addresses.then(|| named(&self.town, &with_plus_tag(&from.address, &tag())))
    }
}

/// Quoting has an end, or the tenth answer carries nine histories.
const MOST_QUOTED: usize = 20_000;

/// The letter that is answered, to stand below.
fn quoted(letterhead: &Letterhead, letter: &messages::Addressee) -> Option<Quoted> {
    if letter.body.trim().is_empty() {
        return None;
    }
    let at = Timestamp::from_microsecond(letter.at).ok()?;
    let language = language_of(&letter.body).unwrap_or(letterhead.language);
    let attribution = words::attribution(language, &letter.name, at, &letterhead.time_zone);
    Some(Quoted { attribution, text: letter.body.chars().take(MOST_QUOTED).collect() })
}
