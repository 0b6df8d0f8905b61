//! Where a letter goes by what the judge of spam said of it.

use torg_core::spam::{Judged, Verdict};
use torg_core::{Inquiry, MessageId, State, Verb};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, inquiries, spam};

use crate::pen::Pen;

/// Keeps what the judge said, with a badge on the inquiry if it may be spam. Whether the letter
/// lies in the spam folder: what it opened goes there, and what lay there stays until something
/// comes that looks like a letter.
pub(super) fn sorted(
    tx: &mut Tx<'_>,
    pen: &Pen,
    message: MessageId,
    (inquiry, is_new): (&Inquiry, bool),
    judged: Option<&Judged>,
) -> Result<bool, StoreError> {
    let Some(judged) = judged else { return Ok(false) };
    spam::keep(tx, message, judged)?;
    let is_spam = judged.verdict == Verdict::Spam && is_new
        || judged.verdict >= Verdict::Perhaps && inquiry.state == State::Spam;
    spam::suspect(tx, inquiry.id, judged.verdict >= Verdict::Perhaps && !is_spam)?;
    if is_spam && is_new {
        inquiries::set_state(tx, inquiry.id, State::Spam)?;
        let details = Details { message: Some(message), ..Details::default() };
        pen.write(tx, None, inquiry.id, Verb::JudgedSpam, details)?;
    }
    Ok(is_spam)
}
