//! Letters of the plan as mails, such as a citizen's own mail program would send them.

use anyhow::Context;
use jiff::tz::TimeZone;
use torg_core::InquiryId;
use torg_demo::{Kind, Letter};
use torg_desk::Desk;
use torg_mail::compose::{Outgoing, OutgoingFile, compose};
use torg_mail::{Mailbox, parse};

/// What a citizen's mail program remembers of a conversation.
#[derive(Debug)]
pub(super) struct Thread {
    pub(super) inquiry: InquiryId,
    /// How many messages it holds.
    pub(super) messages: i64,
    mail_ids: Vec<String>,
    /// Where our answer asked her to write to.
    reply_to: Option<String>,
    /// The headers of our last answer, for a bounce to quote.
    last_answer: Option<String>,
}

/// A mail as it comes over the wire.
pub(super) struct Mail {
    pub(super) envelope_from: Option<String>,
    pub(super) recipients: Vec<String>,
    pub(super) raw: Vec<u8>,
    pub(super) mail_id: String,
}

impl Thread {
    pub(super) fn of(inquiry: InquiryId) -> Self {
        Self { inquiry, messages: 0, mail_ids: Vec::new(), reply_to: None, last_answer: None }
    }

    pub(super) fn heard(&mut self, mail_id: String) {
        self.messages += 1;
        self.mail_ids.push(mail_id);
    }

    pub(super) fn answered(&mut self, raw: &[u8]) -> anyhow::Result<()> {
        self.messages += 1;
        let answer = parse(raw).context("reading our own answer")?;
        self.reply_to =
            answer.reply_to.first().or(answer.from.as_ref()).map(|to| to.address.clone());
        self.last_answer = answer.message_id.clone();
        self.mail_ids.extend(answer.message_id);
        Ok(())
    }
}

/// Writes a letter as a mail.
pub(super) fn raw(desk: &Desk, letter: &Letter, thread: Option<&Thread>) -> anyhow::Result<Mail> {
    let mail_id = format!("{}.{}@{}", desk.now().as_millisecond(), letter.thread, host(letter));
    if letter.kind == Kind::Bounce {
        return Ok(bounce(letter, thread, mail_id));
    }
    let answers = thread.filter(|_| letter.in_reply_to_previous);
    let to = answers.and_then(|thread| thread.reply_to.clone());
    let recipients = to.map_or_else(|| letter.to.clone(), |to| vec![to]);
    let zone = TimeZone::get("Europe/Oslo")?;
    let outgoing = Outgoing {
        from: mailbox(&letter.from_name, &letter.from_address),
        to: recipients.iter().map(|address| mailbox("", address)).collect(),
        subject: letter.subject.clone(),
        date: desk.now(),
        utc_offset_seconds: zone.to_offset(desk.now()).seconds(),
        message_id: mail_id.clone(),
        in_reply_to: answers.and_then(|thread| thread.mail_ids.last().cloned()),
        references: answers.map(|thread| thread.mail_ids.clone()).unwrap_or_default(),
        text: letter.text.clone(),
        attachments: letter.attachments.iter().map(file).collect(),
        automatic: letter.kind == Kind::Vacation,
        ..Outgoing::default()
    };
    let mut raw = compose(&outgoing);
    if letter.kind == Kind::List {
        let list = format!(
            "List-Id: <{}>\r\nList-Unsubscribe: <mailto:{}>\r\n",
            host(letter),
            letter.from_address
        );
        raw.splice(0..0, list.into_bytes());
    }
    let envelope_from = Some(letter.from_address.clone());
    Ok(Mail { envelope_from, recipients, raw, mail_id })
}

fn host(letter: &Letter) -> &str {
    letter.from_address.rsplit_once('@').map_or("localhost", |(_, host)| host)
}

fn mailbox(name: &str, address: &str) -> Mailbox {
    let name = Some(name.to_owned()).filter(|name| !name.is_empty());
    Mailbox { name, address: address.to_owned() }
}

fn file(file: &torg_demo::DemoFile) -> OutgoingFile {
    let (name, content_type) = (file.name.clone(), file.content_type.to_owned());
    OutgoingFile { name, content_type, bytes: file.bytes(), ..OutgoingFile::default() }
}

/// A delivery status notification (RFC 3464) about our last answer.
fn bounce(letter: &Letter, thread: Option<&Thread>, mail_id: String) -> Mail {
    let about = thread.and_then(|thread| thread.last_answer.clone()).unwrap_or_default();
    let recipients = letter.to.clone();
    let to = recipients.first().cloned().unwrap_or_default();
    let text = letter.text.replace('\n', "\r\n");
    let lines = [
        format!("From: Mail Delivery System <{}>", letter.from_address),
        format!("To: <{to}>"),
        format!("Subject: {}", letter.subject),
        format!("Message-ID: <{mail_id}>"),
        "Auto-Submitted: auto-replied".to_owned(),
        "MIME-Version: 1.0".to_owned(),
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_demo\""
            .to_owned(),
        String::new(),
        "--=_demo".to_owned(),
        "Content-Type: text/plain; charset=utf-8".to_owned(),
        String::new(),
        text,
        "--=_demo".to_owned(),
        "Content-Type: message/delivery-status".to_owned(),
        String::new(),
        "Reporting-MTA: dns; mx.post.example".to_owned(),
        String::new(),
        "Final-Recipient: rfc822; unknown@post.example".to_owned(),
        "Action: failed".to_owned(),
        "Status: 5.1.1".to_owned(),
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown".to_owned(),
        String::new(),
        "--=_demo".to_owned(),
        "Content-Type: text/rfc822-headers".to_owned(),
        String::new(),
        format!("Message-ID: <{about}>"),
        String::new(),
        "--=_demo--".to_owned(),
        String::new(),
    ];
    let raw = lines.join("\r\n").into_bytes();
    Mail { envelope_from: None, recipients, raw, mail_id }
}
