//! Signs: what in a mail's making gives a sender away, whatever language it is written in.
//!
//! Each has a key, which reasons are worded from; `reasons.rs` knows them all.

mod envelope;
mod letterhead;
mod likeness;
mod linked;
mod sender;
mod text;

use super::extract::Met;
use super::gather::Gathered;
use super::mail::{Circumstances, Mail};

pub(crate) use letterhead::Letterhead;
pub(crate) use linked::{link, shown_link};
pub(crate) use text::{own_text, page};

/// The sender's domain says that a mail is not its own. Of another domain it is another sign: whoever is taught that one
/// domain's letters are letters all the same learns nothing about others.
pub(crate) const DISOWNED: &str = "disowned";
/// Another filter finds a mail suspicious.
pub(crate) const SUSPECTED: &str = "suspected";

/// Signs of the mail as a whole, and which of all its signs stand together.
pub(crate) fn signs(
    gathered: &mut Gathered,
    mail: &Mail<'_>,
    letterhead: &Letterhead<'_>,
    circumstances: &Circumstances<'_>,
    met: &Met,
) {
    sender::sender(gathered, letterhead, circumstances);
    envelope::envelope(gathered, letterhead);
    envelope::files(gathered, mail.parts);
    if met.images > 0 && met.words < 12 {
        gathered.sign("image-only", "");
    }
    if met.words == 0 {
        gathered.sign("no-text", "");
    }
    gathered.pair_signs();
    from_elsewhere(gathered, circumstances);
}

/// What is known of a mail without reading it. It counts by itself, beside nothing.
fn from_elsewhere(gathered: &mut Gathered, circumstances: &Circumstances<'_>) {
    if circumstances.known_conversation {
        gathered.sign("known-conversation", "");
    }
    if circumstances.answered_sender {
        gathered.sign("answered-sender", "");
    }
    for result in circumstances.authentication {
        gathered.sign(&format!("authentication-{result}"), result);
    }
    if let Some(domain) = circumstances.disowned_by {
        gathered.sign_of(DISOWNED, domain);
    }
    if let Some(why) = circumstances.suspected_for {
        gathered.sign(SUSPECTED, why);
    }
}
