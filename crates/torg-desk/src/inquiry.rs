//! What colleagues do to inquiries. Whoever calls (page, job, command) gets the same consequences,
//! all in one transaction.

mod claim;
mod close;
mod link;
mod look;
mod note;
mod refer;
mod reply;

pub use reply::Reply;

use torg_core::{Inquiry, InquiryId, Viewer};
use torg_store::{Tx, inquiries};

use crate::refused::Refused;

/// The most characters of an answer or a note.
const MOST_CHARACTERS: usize = 200_000;

/// The inquiry as the viewer may change it, its row locked until the transaction ends.
fn locked(tx: &mut Tx<'_>, viewer: &Viewer, id: InquiryId) -> Result<Inquiry, Refused> {
    inquiries::locked_for(tx, viewer, id)?.ok_or(Refused::NotFound)
}

fn fits(text: &str) -> Result<(), Refused> {
    let most = MOST_CHARACTERS;
    if text.chars().count() > most { Err(Refused::TooLong { most }) } else { Ok(()) }
}
