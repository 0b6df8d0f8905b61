//! A letter is kept as a message of its inquiry, with its files, words and other recipients.

use torg_core::recipients::{MOST_RECIPIENTS, Recipient, written};
use torg_core::{Direction, EmailAddress, Inquiry, MessageId, SendState, Verb};
use torg_store::inquiries::{self, Appended};
use torg_store::journal::Details;
use torg_store::messages::{self, NewAttachment, NewMessage};
use torg_store::recipients::{self, Fields};
use torg_store::service::{self, Line};
use torg_store::{StoreError, Tx, search};

use super::delivery::Delivery;
use super::sender::Sender;

impl Delivery<'_> {
    /// Writes the message into `inquiry`.
    pub(super) fn keep(
        &self,
        tx: &mut Tx<'_>,
        inquiry: &Inquiry,
        sender: &Sender,
    ) -> Result<MessageId, StoreError> {
        let Self { filing, prepared, .. } = self;
        let message = self.message(inquiry, sender);
        messages::insert(tx, &message)?;
        for attachment in &prepared.letter.attachments {
            messages::insert_attachment(tx, message.id, &self.attached(attachment))?;
        }
        self.remember_others(tx, message.id, message.address.as_deref())?;
        inquiries::append(
            tx,
            &Appended {
                inquiry,
                direction: Direction::In,
                kind: prepared.kind,
                at: message.at,
                sender: &message.author,
                snippet: &prepared.snippet,
                has_files: prepared.letter.attachments.iter().any(|file| !file.inline),
                language: prepared.language,
            },
        )?;
        search::add(tx, message.id, inquiry.wall, &prepared.words)?;
        if !prepared.arrival.silent {
            service::count(tx, Line::Visible, prepared.arrival.received_at, filing.pen.at())?;
        }
        let details = Details { message: Some(message.id), ..Details::default() };
        filing.pen.write(tx, None, inquiry.id, Verb::Received, details)?;
        Ok(message.id)
    }

    fn message(&self, inquiry: &Inquiry, sender: &Sender) -> NewMessage {
        let Self { filing, prepared, .. } = self;
        NewMessage {
            id: filing.pen.id(),
            inquiry: inquiry.id,
            position: inquiry.messages + 1,
            direction: Direction::In,
            kind: prepared.kind,
            staff: None,
            contact_point: sender.known.map(|known| known.contact_point),
            author: sender.name.chars().take(200).collect(),
            address: sender.address.clone(),
            subject: prepared.letter.subject.clone(),
            body: prepared.body.clone(),
            quoted: prepared.quoted.clone(),
            language: prepared.language,
            has_html: prepared.letter.has_html,
            raw: Some(prepared.arrival.raw),
            mail_id: Some(prepared.mail_id.clone()),
            composer_key: None,
            at: prepared.moment(),
            send_state: SendState::None,
        }
    }

    fn attached(&self, attachment: &torg_mail::Attachment) -> NewAttachment {
        NewAttachment {
            id: self.filing.pen.id(),
            part: attachment.part.into(),
            name: attachment.name.clone(),
            content_type: attachment.content_type.clone(),
            size: i64::try_from(attachment.size).unwrap_or(i64::MAX),
            is_inline: attachment.inline,
            content_id: attachment.content_id.clone(),
            sha256: attachment.sha256,
            to_read: attachment.has_text(),
        }
    }

    /// Whom else the letter was for, so that an answer can go to all of them.
    fn remember_others(
        &self,
        tx: &mut Tx<'_>,
        message: MessageId,
        sender: Option<&str>,
    ) -> Result<(), StoreError> {
        let letter = &self.prepared.letter;
        let (to, cc) = (self.others(tx, &letter.to, sender)?, self.others(tx, &letter.cc, sender)?);
        if to.is_empty() && cc.is_empty() {
            return Ok(());
        }
        let fields = Fields { to: written(&to), cc: written(&cc), bcc: String::new() };
        recipients::keep(tx, message, &fields)
    }

    /// Those of `mailboxes` who are neither we nor the sender.
    fn others(
        &self,
        tx: &Tx<'_>,
        mailboxes: &[torg_mail::Mailbox],
        sender: Option<&str>,
    ) -> Result<Vec<Recipient>, StoreError> {
        let mut found: Vec<Recipient> = Vec::new();
        // One that names only us, as most do, costs nothing.
        for mailbox in mailboxes.iter().take(MOST_RECIPIENTS) {
            let Ok(address) = EmailAddress::parse(&mailbox.address) else { continue };
            let is_known =
                sender == Some(address.as_str()) || found.iter().any(|one| one.address == address);
            if is_known || self.filing.together.mailbox(tx, address.as_str())?.is_some() {
                continue;
            }
            let name = mailbox.name.clone().unwrap_or_default();
            found.push(Recipient { name, address });
        }
        Ok(found)
    }
}
