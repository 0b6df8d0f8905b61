//! An answer to a citizen as a mail: threading headers, subject number, signature, history.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use torg_core::recipients::{Recipient, Recipients};
use torg_core::{EmailAddress, Id, Inquiry, Language, MessageId, Viewer};
use torg_mail::Mailbox;
use torg_mail::compose::{Outgoing, OutgoingFile, Quoted, compose};
use torg_mail::thread_key::{Signer, bare_subject, subject_with_token, with_plus_tag};
use torg_store::departments::{self, Mailbox as Receiving};
use torg_store::messages::Passed;
use torg_store::{Read, StoreError, inquiries, messages, staff};

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

/// Who signs a letter of ours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Signs {
    /// The writer by name, and the department.
    #[default]
    Department,
    /// The writer with her own signature.
    Own,
    /// Her own signature, then the department's.
    Both,
    Nobody,
}

impl Signs {
    pub const ALL: [Self; 4] = [Self::Department, Self::Own, Self::Both, Self::Nobody];

    /// The word it is kept by and chosen with.
    pub fn word(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::Own => "own",
            Self::Both => "both",
            Self::Nobody => "none",
        }
    }

    /// `None` for a word that is none of them.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|signs| signs.word() == word)
    }
}

/// A letter to be written as a mail.
pub(crate) struct Answer<'a> {
    pub(crate) id: MessageId,
    pub(crate) viewer: &'a Viewer,
    pub(crate) inquiry: &'a Inquiry,
    pub(crate) text: &'a str,
    pub(crate) at: Timestamp,
    /// `None` for whoever wrote last.
    pub(crate) recipients: Option<&'a Recipients>,
    pub(crate) signs: Signs,
    pub(crate) files: &'a [OutgoingFile],
}

/// A mail ready for the outbox.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) id: MessageId,
    pub(crate) raw: Vec<u8>,
    pub(crate) sender: String,
    pub(crate) recipients: Recipients,
    pub(crate) subject: String,
    pub(crate) mail_id: String,
}

impl Mail {
    /// The addresses of everybody who gets it.
    pub(crate) fn everybody(&self) -> Vec<String> {
        self.recipients.all().map(|one| one.address.to_string()).collect()
    }
}

impl Desk {
    pub(crate) fn letterhead(&self) -> Letterhead {
        let about = self.about();
        Letterhead {
            town: about.name.clone(),
            time_zone: about.time_zone.clone(),
            language: about.language,
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
    let Some(letter) = messages::addressee(read, inquiry.id)? else { return Ok(None) };
    let recipients = match answer.recipients {
        Some(recipients) => recipients.clone(),
        None => {
            let Ok(address) = EmailAddress::parse(&letter.address) else { return Ok(None) };
            let name = letter.name.clone();
            Recipients { to: vec![Recipient { name, address }], ..Recipients::default() }
        }
    };
    let subject = inquiries::subject(read, inquiry.id)?.unwrap_or_default();
    let outgoing = Outgoing {
        subject: subject_with_token(
            &format!("Re: {}", bare_subject(&subject)),
            &inquiry.number.to_string(),
        ),
        in_reply_to: letter.mail_id.clone(),
        references: messages::mail_ids(read, inquiry.id)?,
        quoted: quoted(letterhead, &letter),
        ..Outgoing::default()
    };
    written(read, letterhead, answer, recipients, outgoing)
}

/// Writes a letter that is sent on as a mail; `None` if there is no address of ours to write from.
/// It begins a thread of its own: whom it goes to has not seen the others.
pub(crate) fn forward(
    read: &Read<'_>,
    letterhead: &Letterhead,
    answer: &Answer<'_>,
    letter: &Passed,
) -> Result<Option<Mail>, StoreError> {
    let inquiry = answer.inquiry;
    let recipients = answer.recipients.cloned().unwrap_or_default();
    let bare = bare_subject(&letter.subject);
    let subject = if bare.is_empty() {
        inquiries::subject(read, inquiry.id)?.unwrap_or_default()
    } else {
        bare
    };
    let text = if letter.quoted.trim().is_empty() {
        letter.body.clone()
    } else {
        format!("{}\n\n{}", letter.body.trim_end(), letter.quoted)
    };
    let at = Timestamp::from_microsecond(letter.at).unwrap_or(answer.at);
    let who = match &letter.address {
        Some(address) if *address != letter.author => format!("{} <{address}>", letter.author),
        _ => letter.author.clone(),
    };
    let attribution = words::forwarded(letterhead.language, &who, at, &letterhead.time_zone);
    let number = inquiry.number.to_string();
    let outgoing = Outgoing {
        subject: format!("Fwd: {}", subject_with_token(&subject, &number)),
        quoted: Some(Quoted { attribution, text: text.chars().take(MOST_QUOTED * 10).collect() }),
        ..Outgoing::default()
    };
    written(read, letterhead, answer, recipients, outgoing)
}

/// What all letters of colleagues have in common.
fn written(
    read: &Read<'_>,
    letterhead: &Letterhead,
    answer: &Answer<'_>,
    recipients: Recipients,
    outgoing: Outgoing,
) -> Result<Option<Mail>, StoreError> {
    let inquiry = answer.inquiry;
    let Some(from) = sender(read, inquiry)? else { return Ok(None) };
    let department = departments::one(read, inquiry.department)?.map(|one| one.name);
    let mail_id = letterhead.message_id(inquiry, answer.id);
    let mailboxes = |all: &[Recipient]| -> Vec<Mailbox> {
        all.iter().map(|one| named(&one.name, one.address.as_str())).collect()
    };
    let outgoing = Outgoing {
        from: named(&from_name(letterhead, department), &from.address),
        to: mailboxes(&recipients.to),
        cc: mailboxes(&recipients.cc),
        reply_to: letterhead.reply_to(inquiry, &from),
        date: answer.at,
        utc_offset_seconds: letterhead.time_zone.to_offset(answer.at).seconds(),
        message_id: mail_id.clone(),
        text: signed_by(read, letterhead, answer)?,
        marked: true,
        attachments: answer.files.to_vec(),
        ..outgoing
    };
    let (subject, raw) = (outgoing.subject.clone(), compose(&outgoing));
    Ok(Some(Mail { id: answer.id, raw, sender: from.address, recipients, subject, mail_id }))
}

/// The department signs in the language of the answer.
fn signed_by(
    read: &Read<'_>,
    letterhead: &Letterhead,
    answer: &Answer<'_>,
) -> Result<String, StoreError> {
    let language = language_of(answer.text).unwrap_or(letterhead.language);
    let of = answer.inquiry.department;
    let department = departments::signature(read, of, language.tag())?;
    let own = staff::signature(read, answer.viewer.staff)?;
    Ok(match answer.signs {
        Signs::Department => signed(answer.text, &answer.viewer.name, &department),
        Signs::Own => closed(answer.text, &[&own]),
        Signs::Both => closed(answer.text, &[&own, &department]),
        Signs::Nobody => answer.text.to_owned(),
    })
}

/// The text with what stands below it, each once: nothing is added that it ends with already.
fn closed(text: &str, below: &[&str]) -> String {
    let mut closed = text.trim_end().to_owned();
    for part in below.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
        if !closed.ends_with(part) {
            closed.push_str(if closed.is_empty() { "" } else { "\n\n" });
            closed.push_str(part);
        }
    }
    closed
}

/// The department answers from its own address, or from the general one if it has none.
pub(super) fn sender(read: &Read<'_>, inquiry: &Inquiry) -> Result<Option<Receiving>, StoreError> {
    match departments::answers_from(read, inquiry.department)? {
        Some(own) => Ok(Some(own)),
        None => Ok(departments::mailboxes(read)?.into_iter().next()),
    }
}

pub(super) fn from_name(letterhead: &Letterhead, department: Option<String>) -> String {
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
pub(super) fn quoted(letterhead: &Letterhead, letter: &messages::Addressee) -> Option<Quoted> {
    if letter.body.trim().is_empty() {
        return None;
    }
    let at = Timestamp::from_microsecond(letter.at).ok()?;
    let language = language_of(&letter.body).unwrap_or(letterhead.language);
    let attribution = words::attribution(language, &letter.name, at, &letterhead.time_zone);
    Some(Quoted { attribution, text: letter.body.chars().take(MOST_QUOTED).collect() })
}
