//! What a letter of ours travels in: whom it is for, who signs, what goes along, and the draft it
//! was written in.

use torg_core::recipients::{self, Recipients, RecipientsRefused};
use torg_core::{AttachmentId, Inquiry, InquiryId, MessageId, Viewer};
use torg_mail::compose::OutgoingFile;
use torg_store::blobs::{self, Blob};
use torg_store::drafts::{self, Before, DraftKind, HeldMessage, Written};
use torg_store::messages::{self, NewAttachment};
use torg_store::recipients::Fields;
use torg_store::{Read, StoreError, Tx, departments};

use crate::drafts::{FileRefused, new_draft};
use crate::pen::Pen;
use crate::sending::{Mail, Signs};
use crate::{Desk, Refused};

/// How a letter is sent.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// As typed; `None` for whoever wrote last.
    pub to: Option<String>,
    pub cc: String,
    pub bcc: String,
    pub signs: Signs,
    /// Files of her draft that go along.
    pub files: Vec<AttachmentId>,
    /// The version of the draft she sends from.
    pub version: i64,
    /// How long it waits in the outbox to be taken back, in seconds.
    pub hold_seconds: i64,
}

impl Envelope {
    /// Whom it is for; `None` for whoever wrote last.
    pub(super) fn recipients(&self) -> Result<Option<Recipients>, RecipientsRefused> {
        match &self.to {
            Some(to) => Recipients::parse(to, &self.cc, &self.bcc).map(Some),
            None => Ok(None),
        }
    }

    /// What makes two letters different beside their text.
    pub(super) fn mark(&self) -> String {
        format!("{:?} {} {} {:?}", self.to, self.cc, self.bcc, self.files)
    }
}

/// A letter made ready outside of the transaction that sends it.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    pub(super) mail: Mail,
    pub(super) raw: Blob,
    pub(super) attachments: Vec<NewAttachment>,
    /// The inquiry it was made for, to see whether that is still the same.
    pub(super) inquiry: Inquiry,
}

impl Ready {
    pub(super) fn new(pen: &Pen, mail: Mail, inquiry: Inquiry, files: &[OutgoingFile]) -> Self {
        let raw = Blob::prepare(&mail.raw);
        let attachments = attached(pen, &mail.raw, files);
        let mail = Mail { raw: Vec::new(), ..mail };
        Self { mail, raw, attachments, inquiry }
    }

    /// Whether it still is what would be written now.
    pub(super) fn fits(&self, inquiry: &Inquiry) -> bool {
        let now = (inquiry.department, inquiry.wall, inquiry.messages);
        now == (self.inquiry.department, self.inquiry.wall, self.inquiry.messages)
    }
}

/// The files of a mail as rows. A picture keeps the id the text calls it by.
pub(crate) fn attached(pen: &Pen, raw: &[u8], files: &[OutgoingFile]) -> Vec<NewAttachment> {
    if files.is_empty() {
        return Vec::new();
    }
    let letter = torg_mail::parse(raw);
    let found = letter.map(|letter| letter.attachments).unwrap_or_default();
    let row = |file: torg_mail::Attachment| {
        let named = file.content_id.as_deref().and_then(|id| id.split('@').next()?.parse().ok());
        let to_read = file.has_text();
        NewAttachment {
            id: named.unwrap_or_else(|| pen.id()),
            part: file.part.into(),
            name: file.name,
            content_type: file.content_type,
            size: i64::try_from(file.size).unwrap_or(i64::MAX),
            is_inline: file.inline,
            content_id: file.content_id,
            sha256: file.sha256,
            to_read,
        }
    };
    found.into_iter().map(row).collect()
}

/// Nobody writes to an address of ours: the letter would only come back as a new one.
pub(super) fn not_ours(read: &Read<'_>, recipients: Option<&Recipients>) -> Result<(), Refused> {
    for one in recipients.into_iter().flat_map(Recipients::all) {
        if departments::of_recipient(read, one.address.as_str())?.is_some() {
            return Err(RecipientsRefused::OneOfOurs(one.address.to_string()).into());
        }
    }
    Ok(())
}

impl Desk {
    /// The bytes of her draft's files, those the text shows with a Content-ID.
    ///
    /// # Errors
    /// [`FileRefused`] if one is not there: a letter never leaves without what goes along with it.
    pub(super) fn files_to_send(
        &self,
        read: &Read<'_>,
        viewer: &Viewer,
        files: &[AttachmentId],
        text: &str,
    ) -> Result<Vec<OutgoingFile>, Refused> {
        let shown = torg_mail::html::pictures_of(text);
        let mut found = Vec::new();
        for id in files {
            let file = drafts::file_of(read, viewer, *id)?.ok_or(FileRefused::Gone)?;
            let Some(bytes) = blobs::sound(read, &file.raw)? else {
                return Err(FileRefused::Unreadable { name: file.name }.into());
            };
            let is_shown = shown.iter().any(|name| *name == id.to_string());
            let content_id = is_shown.then(|| format!("{id}@{}", self.0.mail_host));
            let (name, content_type) = (file.name, file.content_type);
            found.push(OutgoingFile { name, content_type, bytes, content_id });
        }
        Ok(found)
    }
}

/// A letter that was just written, and the draft it came from.
pub(super) struct Sending<'a> {
    pub(super) viewer: &'a Viewer,
    pub(super) inquiry: InquiryId,
    pub(super) message: MessageId,
    pub(super) kind: DraftKind,
    pub(super) text: &'a str,
    pub(super) envelope: &'a Envelope,
    pub(super) letter: Option<MessageId>,
    pub(super) left_out: &'a [AttachmentId],
}

impl Sending<'_> {
    /// Keeps what belongs to the message beside its text: files and recipients.
    pub(super) fn keep_with(&self, tx: &mut Tx<'_>, ready: &Ready) -> Result<(), StoreError> {
        for attachment in &ready.attachments {
            messages::insert_attachment(tx, self.message, attachment)?;
        }
        let shown = &ready.mail.recipients;
        if shown.all().count() > 1 || self.kind == DraftKind::Forward {
            let fields = Fields {
                to: recipients::written(&shown.to),
                cc: recipients::written(&shown.cc),
                bcc: recipients::written(&shown.bcc),
            };
            torg_store::recipients::keep(tx, self.message, &fields)?;
        }
        Ok(())
    }

    /// Takes the draft away, or holds it while the message can be taken back. A text that another
    /// window saved, and that was not sent, stays a draft.
    pub(super) fn leave_draft(
        &self,
        tx: &mut Tx<'_>,
        pen: &Pen,
        mut before: Before,
    ) -> Result<(), StoreError> {
        let found = drafts::one(tx, self.viewer.staff, self.inquiry, self.kind)?;
        let sent = found.filter(|draft| {
            let version = self.envelope.version;
            draft.version == version
                || draft.written.body.trim() == self.text.trim()
                || draft.written.body.trim().is_empty()
        });
        let versions = match &sent {
            Some(draft) => drafts::versions(tx, draft.id)?,
            None => Vec::new(),
        };
        if self.envelope.hold_seconds > 0 {
            let draft = match sent {
                Some(draft) => {
                    drafts::save(tx, draft.id, self.kind, &self.written(), "", pen.at())?;
                    draft.id
                }
                None => self.begin_held(tx, pen)?,
            };
            let now = drafts::before(tx, self.inquiry)?;
            before.steps = now.map_or(0, |now| now.steps);
            before.at = Some(pen.at());
            let until = pen.at() + self.envelope.hold_seconds * 1_000_000;
            let held = HeldMessage { message: self.message, until };
            drafts::hold(tx, draft, held, &before)?;
        } else if let Some(draft) = sent {
            drafts::remove(tx, draft.id)?;
        } else {
            self.drop_files(tx)?;
        }
        self.keep_unsent(tx, pen, versions)
    }

    fn written(&self) -> Written {
        Written {
            body: self.text.to_owned(),
            to: self.envelope.to.clone().unwrap_or_default(),
            cc: self.envelope.cc.clone(),
            bcc: self.envelope.bcc.clone(),
            signature: self.envelope.signs.word().to_owned(),
            letter: self.letter,
            left_out: self.left_out.to_vec(),
        }
    }

    /// A held draft of its own, beside one with another text.
    fn begin_held(&self, tx: &mut Tx<'_>, pen: &Pen) -> Result<torg_core::DraftId, StoreError> {
        let new = new_draft(pen, self.inquiry, self.kind, self.written());
        drafts::insert(tx, self.viewer.staff, &new, Some(self.message))?;
        for file in &self.envelope.files {
            drafts::move_file(tx, self.viewer.staff, *file, new.id)?;
        }
        Ok(new.id)
    }

    fn drop_files(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let draft = drafts::one(tx, self.viewer.staff, self.inquiry, self.kind)?;
        for file in
            draft.iter().flat_map(|draft| self.envelope.files.iter().map(|file| (draft.id, *file)))
        {
            drafts::drop_file(tx, file.0, file.1)?;
        }
        Ok(())
    }

    fn keep_unsent(
        &self,
        tx: &mut Tx<'_>,
        pen: &Pen,
        versions: Vec<drafts::Version>,
    ) -> Result<(), StoreError> {
        let mut unsent = versions.into_iter().filter(|one| one.body.trim() != self.text.trim());
        let Some(newest) = unsent.next() else { return Ok(()) };
        let written = Written { body: newest.body, ..Written::default() };
        let draft = new_draft(pen, self.inquiry, self.kind, written);
        drafts::insert(tx, self.viewer.staff, &draft, None)?;
        for one in unsent {
            drafts::keep_version(tx, draft.id, &one.composer, &one.body, one.at)?;
        }
        Ok(())
    }
}

impl From<RecipientsRefused> for Refused {
    fn from(why: RecipientsRefused) -> Self {
        Self::Recipients(why)
    }
}
