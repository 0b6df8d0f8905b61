//! An answer that a computer chose, as a mail: marked so that no machine answers in turn
//! (RFC 3834), signed by the department, with the letter it answers below.

use jiff::Timestamp;
use torg_core::recipients::{Recipient, Recipients};
use torg_core::{EmailAddress, Inquiry, Language, MessageId};
use torg_mail::compose::{Outgoing, OutgoingFile, compose};
use torg_mail::thread_key::{bare_subject, subject_with_token};
use torg_store::{Read, StoreError, departments, inquiries, messages};

use super::answer::{Letterhead, Mail, from_name, named, quoted, sender};

/// An automatic answer to be written as a mail.
pub(crate) struct AutomaticAnswer<'a> {
    pub(crate) id: MessageId,
    pub(crate) inquiry: &'a Inquiry,
    pub(crate) text: &'a str,
    pub(crate) language: Language,
    pub(crate) files: &'a [OutgoingFile],
    pub(crate) at: Timestamp,
}

/// Writes it to whoever wrote the letter, and to nobody else; `None` if there is nobody, or no
/// address of ours to write from.
pub(crate) fn automatic_answer(
    read: &Read<'_>,
    letterhead: &Letterhead,
    answer: &AutomaticAnswer<'_>,
) -> Result<Option<Mail>, StoreError> {
    let inquiry = answer.inquiry;
    let Some(letter) = messages::addressee(read, inquiry.id)? else { return Ok(None) };
    let Ok(address) = EmailAddress::parse(&letter.address) else { return Ok(None) };
    let Some(from) = sender(read, inquiry)? else { return Ok(None) };
    let department = departments::name_of(read, inquiry.department)?;
    let signature = departments::signature(read, inquiry.department, answer.language.tag())?;
    let about = bare_subject(&inquiries::subject(read, inquiry.id)?.unwrap_or_default());
    let outgoing = Outgoing {
        from: named(&from_name(letterhead, department), &from.address),
        to: vec![named(&letter.name, address.as_str())],
        reply_to: letterhead.reply_to(inquiry, &from),
        subject: subject_with_token(&format!("Re: {about}"), &inquiry.number.to_string()),
        date: answer.at,
        utc_offset_seconds: letterhead.time_zone.to_offset(answer.at).seconds(),
        message_id: letterhead.message_id(inquiry, answer.id),
        in_reply_to: letter.mail_id.clone(),
        references: messages::mail_ids(read, inquiry.id)?,
        text: format!("{}\n\n{}", answer.text.trim_end(), signature.trim()).trim_end().to_owned(),
        marked: true,
        quoted: quoted(letterhead, &letter),
        automatic: true,
        loop_mark: Some(from.address.clone()),
        attachments: answer.files.to_vec(),
        ..Outgoing::default()
    };
    let to = vec![Recipient { name: letter.name, address }];
    Ok(Some(Mail {
        id: answer.id,
        raw: compose(&outgoing),
        sender: from.address,
        recipients: Recipients { to, ..Recipients::default() },
        subject: outgoing.subject,
        mail_id: outgoing.message_id,
    }))
}
