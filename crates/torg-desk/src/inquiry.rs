//! What colleagues do to inquiries. Whoever calls (page, job, command) gets the same consequences,
//! all in one transaction.

mod claim;
mod close;
mod envelope;
mod follow;
mod forward;
mod link;
mod look;
mod merge;
mod naming;
mod note;
mod refer;
mod reply;
mod snooze;
mod split;
mod unread;
mod withdraw;

pub use envelope::Envelope;
pub(crate) use envelope::attached;
pub use forward::Forward;
pub use merge::MergeRefused;
pub use naming::{Nameable, nameable};
pub(crate) use note::keep as keep_message;
pub use reply::{Reply, Then};
pub use split::SplitRefused;
pub(crate) use split::{Together, put_together};
pub(crate) use unread::{Upto, set_read};

use torg_core::{Direction, Inquiry, InquiryId, State, Viewer, Was};
use torg_store::{StoreError, Tx, inquiries, merging};

use crate::refused::Refused;

/// The most characters of an answer or a note.
const MOST_CHARACTERS: usize = 200_000;

/// How often a letter is written anew because the inquiry changed meanwhile.
const TRIES: usize = 5;

/// The inquiry as the viewer may change it, its row locked until the transaction ends.
pub(crate) fn locked(tx: &mut Tx<'_>, viewer: &Viewer, id: InquiryId) -> Result<Inquiry, Refused> {
    if let Some(inquiry) = inquiries::locked_for(tx, viewer, id)? {
        return Ok(inquiry);
    }
    let into = merging::root(tx, id)?;
    let seen = into != id && inquiries::seen_by(tx, viewer, into)?.is_some();
    Err(if seen { Refused::Merged(into) } else { Refused::NotFound })
}

/// Whoever takes an inquiry in hand wakes it, if it is snoozed, and fetches it from the spam folder.
/// What it was before is added to `before`.
pub(crate) fn wake(
    tx: &mut Tx<'_>,
    inquiry: &Inquiry,
    before: &mut Vec<Was>,
) -> Result<(), StoreError> {
    if matches!(inquiry.state, State::Snoozed | State::Spam) {
        before.push(inquiries::was_state(tx, inquiry)?);
        inquiries::set_state(tx, inquiry.id, State::Open)?;
    }
    Ok(())
}

/// What makes a repeated post the same post: the composer's key, the inquiry and the text. A text
/// that was changed before it was posted again is a message of its own.
fn once(key: &str, id: InquiryId, direction: Direction, text: &str) -> String {
    let whole = format!("{key}\n{id}\n{}\n{text}", direction.word());
    blake3::hash(whole.as_bytes()).to_hex().to_string()
}

pub(crate) fn fits(text: &str) -> Result<(), Refused> {
    let most = MOST_CHARACTERS;
    if text.chars().count() > most { Err(Refused::TooLong { most }) } else { Ok(()) }
}
