//! Mail as citizens and machines write it, header by header.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use torg_mail::thread_key::bare_subject;

use super::people::{CITIZEN_SERVICE, Citizen};
use crate::relay::Taken;

/// A mail on its way to us. Begins as an ordinary letter to the general address.
#[derive(Debug, Clone)]
pub struct Mail {
    pub(super) envelope_from: Option<String>,
    pub(super) recipients: Vec<String>,
    fields: Vec<(&'static str, String)>,
    text: String,
    whole: Option<Vec<u8>>,
    pub(super) peer: Option<SocketAddr>,
}

impl Citizen {
    /// A letter with `subject`, whose text says the same.
    pub fn writes(&self, subject: &str) -> Mail {
        let (_, domain) = self.address.split_once('@').unwrap_or_default();
        Mail {
            envelope_from: Some(self.address.to_owned()),
            recipients: vec![CITIZEN_SERVICE.address.to_owned()],
            fields: Vec::new(),
            text: format!("Hello,\n\n{subject}.\n"),
            whole: None,
            peer: None,
        }
        .with("From", &format!("{} <{}>", encoded(self.name), self.address))
        .with("To", CITIZEN_SERVICE.address)
        .with("Subject", &encoded(subject))
        .with("Message-ID", &format!("<{}@{domain}>", unique()))
    }

    /// An answer to a letter of ours, as a mail program writes it.
    pub fn answers(&self, letter: &Taken, text: &str) -> Mail {
        let reply_to = letter.letter.reply_to.first().or(letter.letter.from.as_ref());
        let to = reply_to.map(|to| to.address.clone()).unwrap_or_default();
        let subject = format!("Re: {}", bare_subject(&letter.letter.subject));
        self.writes(&subject)
            .to(&to)
            .saying(text)
            .referring_to(&letter.id(), &letter.letter.references)
    }

    /// "I am away", sent by her mail program in answer to a letter of ours.
    pub fn is_away(&self, letter: &Taken) -> Mail {
        self.answers(letter, "I am away until Monday.")
            .with("Subject", "Automatic reply: away")
            .with("Auto-Submitted", "auto-replied")
            .with("Precedence", "bulk")
            .sent_by(None)
    }
}

impl Mail {
    /// Any bytes at all.
    pub fn raw(bytes: &[u8]) -> Self {
        Self {
            envelope_from: Some("somebody@elsewhere.example".into()),
            recipients: vec![CITIZEN_SERVICE.address.to_owned()],
            fields: Vec::new(),
            text: String::new(),
            whole: Some(bytes.to_vec()),
            peer: None,
        }
    }

    /// What a mail server says when it could not deliver a letter of ours (RFC 3464). `action` is
    /// `failed` or `delayed`.
    pub fn bounce_of(letter: &Taken, action: &str) -> Self {
        let to = letter.recipients.first().cloned().unwrap_or_default();
        let back_to = letter.envelope_from.clone();
        let status = if action == "failed" { "5.1.1" } else { "4.4.1" };
        let text = format!(
            "--parts\n\nYour mail could not be delivered.\n\
             --parts\nContent-Type: message/delivery-status\n\n\
             Reporting-MTA: dns; mx.elsewhere.example\n\n\
             Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\n\
             Diagnostic-Code: smtp; {status} no such mailbox\n\n\
             --parts\nContent-Type: text/rfc822-headers\n\n\
             Message-ID: <{}>\nSubject: whatever it was\n\n--parts--\n",
            letter.id()
        );
        Citizen { name: "Mail Delivery System", address: "mailer-daemon@elsewhere.example" }
            .writes("Undelivered mail")
            .to(&back_to.unwrap_or_else(|| CITIZEN_SERVICE.address.to_owned()))
            .sent_by(None)
            .with("Auto-Submitted", "auto-replied")
            .with("Content-Type", "multipart/report; report-type=delivery-status; boundary=parts")
            .saying(&text)
    }

    /// Sends it to this address of ours instead.
    pub fn to(mut self, address: &str) -> Self {
        self.recipients = vec![address.to_owned()];
        if self.whole.is_some() {
            return self;
        }
        self.with("To", address)
    }

    /// Sends it to this address of ours as well, in the same delivery.
    pub fn and_to(mut self, address: &str) -> Self {
        self.recipients.push(address.to_owned());
        self
    }

    pub fn saying(mut self, text: &str) -> Self {
        self.text = text.to_owned();
        self
    }

    /// Sets a header field, in place of what was there.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.fields.retain(|(other, _)| *other != name);
        self.fields.push((name, value.to_owned()));
        self
    }

    pub fn without(mut self, name: &'static str) -> Self {
        self.fields.retain(|(other, _)| *other != name);
        self
    }

    /// In-Reply-To and References, as mail programs write them.
    pub fn referring_to(self, id: &str, before: &[String]) -> Self {
        let thread: Vec<String> = before.iter().map(|id| format!("<{id}>")).collect();
        let references = format!("{} <{id}>", thread.join(" "));
        self.with("In-Reply-To", &format!("<{id}>")).with("References", references.trim())
    }

    /// The same letter in other bytes.
    pub fn as_bytes(mut self, whole: Vec<u8>) -> Self {
        self.whole = Some(whole);
        self
    }

    /// Brought by a stranger's server at this address, and not by a mail server of ours.
    ///
    /// # Panics
    /// If that is no address.
    pub fn from_server(mut self, address: &str) -> Self {
        self.peer = Some(SocketAddr::new(address.parse().expect("an address"), 25));
        self
    }

    /// The envelope's sender; `None` is the null sender of machines.
    pub fn sent_by(mut self, address: Option<&str>) -> Self {
        self.envelope_from = address.map(str::to_owned);
        self
    }

    /// The Message-ID, without angle brackets; empty if there is none.
    pub fn id(&self) -> String {
        let id = self.fields.iter().find(|(name, _)| *name == "Message-ID");
        id.map(|(_, id)| id.trim_matches(['<', '>']).to_owned()).unwrap_or_default()
    }

    /// The bytes, written at `now` unless it says otherwise.
    pub fn bytes(&self, now: Timestamp) -> Vec<u8> {
        if let Some(whole) = &self.whole {
            return whole.clone();
        }
        let has = |name: &str| self.fields.iter().any(|(other, _)| *other == name);
        let mut mail = String::new();
        for (name, value) in &self.fields {
            mail.push_str(&format!("{name}: {value}\n"));
        }
        if !has("Date") {
            let date = now.strftime("%a, %d %b %Y %H:%M:%S +0000");
            mail.push_str(&format!("Date: {date}\n"));
        }
        if !has("Content-Type") {
            mail.push_str("Content-Type: text/plain; charset=utf-8\n");
        }
        mail.push_str(&format!("MIME-Version: 1.0\n\n{}", self.text));
        mail.replace('\n', "\r\n").into_bytes()
    }
}

/// RFC 2047, where it is needed.
fn encoded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let bytes = text.bytes().map(|byte| match byte {
        b' ' => "_".to_owned(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("={byte:02X}"),
    });
    format!("=?utf-8?Q?{}?=", bytes.collect::<String>())
}

fn unique() -> u64 {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    NUMBER.fetch_add(1, Ordering::Relaxed)
}
