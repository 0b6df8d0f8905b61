//! Bounces attach to the message that bounced.

use torg_core::{Id, InquiryId, MessageId, SendState, Verb};
use torg_mail::thread_key::Signer;
use torg_mail::{BounceReport, Kind, Letter};
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, inquiries, merging, messages};

use crate::pen::Pen;
use crate::sending::trouble;

/// Which of our messages a bounce is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounced {
    pub(super) inquiry: InquiryId,
    message: MessageId,
}

impl Bounced {
    /// Where the message lies now, if it was moved by a split.
    pub(super) fn lies_in(&self, read: &Read<'_>) -> Result<InquiryId, StoreError> {
        Ok(messages::inquiry_of(read, self.message)?.unwrap_or(self.inquiry))
    }
}

/// Reads our signed Message-ID out of what the bounce says of the mail it is about.
pub(super) fn bounced(signer: &Signer, letter: &Letter) -> Option<Bounced> {
    let Kind::Bounce(report) = &letter.kind else {
        return None;
    };
    let original = report.original_message_id.iter().chain(&report.original_references);
    let referred = letter.in_reply_to.iter().chain(letter.references.iter().rev());
    let ours = original.chain(referred).find_map(|id| signer.read_message_id(id));
    ours.map(|(inquiry, message)| Bounced {
        inquiry: InquiryId::from_i64(inquiry),
        message: MessageId::from_i64(message),
    })
}

/// Marks the message as bounced and makes the inquiry the municipality's turn again. A delay or a
/// complaint is shown but breaks nothing.
pub(super) fn mark(
    tx: &mut Tx<'_>,
    pen: &Pen,
    bounced: Bounced,
    letter: &Letter,
) -> Result<(), StoreError> {
    let Kind::Bounce(report) = &letter.kind else {
        return Ok(());
    };
    let lies_in = messages::inquiry_of(tx, bounced.message)?;
    let now = merging::root(tx, lies_in.unwrap_or(bounced.inquiry))?;
    let Some(inquiry) = inquiries::locked_for_torg(tx, now)? else {
        return Ok(());
    };
    let belongs = lies_in.is_some();
    let why = Some(reason(report));
    let message = belongs.then_some(bounced.message);
    let details = Details { message, why: why.clone(), ..Details::default() };
    pen.write(tx, None, inquiry.id, Verb::Bounced, details)?;
    if report.permanent && belongs {
        messages::set_send_state(tx, bounced.message, SendState::Bounced, why.as_deref())?;
        trouble(tx, pen, &inquiry, bounced.message)?;
    }
    Ok(())
}

/// The server's own words, or its code.
fn reason(report: &BounceReport) -> String {
    let failed = report.recipients.iter().find(|one| one.action == "failed");
    let one = failed.or(report.recipients.first());
    let words =
        one.map(|one| if one.diagnostic.is_empty() { &one.status } else { &one.diagnostic });
    words.cloned().unwrap_or_default().chars().take(300).collect()
}
