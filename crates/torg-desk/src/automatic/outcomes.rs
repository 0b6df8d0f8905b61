//! How automatic answers turn out: what a colleague sent instead, and whether the citizen wrote
//! again. Each is noted in the transaction in which it happens.

use jiff::SignedDuration;
use torg_core::answers::differ;
use torg_core::automatic::{CHANGED, MOST_UNHELPFUL, Outcome};
use torg_core::{AnswerId, Id, Inquiry, InquiryId, MessageId, NoticeId, NoticeKind, Verb};
use torg_store::answers::AnswerRow;
use torg_store::automatic::{self, Automatic};
use torg_store::journal::{Act, Details};
use torg_store::{StoreError, Tx, inquiries};

use super::considering::is_restricted;
use super::{permits, switch};
use crate::notices::News;
use crate::pen::Pen;

/// Looks whether a line of an inquiry's journal says how an automatic answer turned out.
pub(crate) fn heed(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: InquiryId,
    act: &Act,
) -> Result<(), StoreError> {
    match (act.verb, act.details.message) {
        (Verb::Sent, Some(message)) => compare(tx, pen, inquiry, message),
        (Verb::Closed | Verb::MarkedSpam, _) => closed(tx, pen, inquiry),
        _ => Ok(()),
    }
}

/// A colleague's letter has left: is it what would have been sent?
fn compare(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: InquiryId,
    message: MessageId,
) -> Result<(), StoreError> {
    let Some(noted) = still_unknown(tx, inquiry)? else { return Ok(()) };
    let Some(text) = automatic::written_by_hand(tx, message)? else { return Ok(()) };
    let same = differ::edited(&noted.body, &text) < CHANGED;
    let outcome = if same { Outcome::Agreed } else { Outcome::Disagreed };
    note(tx, pen, inquiry, &noted, outcome)
}

/// It was closed without an answer, or is spam: none was wanted.
fn closed(tx: &mut Tx<'_>, pen: &Pen, inquiry: InquiryId) -> Result<(), StoreError> {
    match still_unknown(tx, inquiry)? {
        Some(noted) if !automatic::is_answered_by_hand(tx, inquiry)? => {
            note(tx, pen, inquiry, &noted, Outcome::Disagreed)
        }
        _ => Ok(()),
    }
}

/// What was only written down in an inquiry, and of which it is not known how it turned out.
fn still_unknown(tx: &Tx<'_>, inquiry: InquiryId) -> Result<Option<Automatic>, StoreError> {
    let found = automatic::of_inquiry(tx, inquiry)?;
    Ok(found.filter(|noted| noted.sent.is_none() && noted.outcome.is_none()))
}

/// Notes how it turned out. What lies behind a wall by now should never have been chosen.
fn note(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: InquiryId,
    noted: &Automatic,
    outcome: Outcome,
) -> Result<(), StoreError> {
    let behind = match inquiries::locked_for_torg(tx, inquiry)? {
        Some(inquiry) => is_restricted(tx, &inquiry)?,
        None => false,
    };
    let outcome = if behind { Outcome::Broken } else { outcome };
    automatic::turned_out(tx, noted.id, outcome, None, pen.at())?;
    switch::look_again(tx, pen)
}

/// A citizen wrote again in `inquiry`, and more than thanks. After an automatic answer that nobody
/// has followed up, it did not help: her letter is urgent, and the answer may be paused.
pub(crate) fn citizen_wrote(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: &Inquiry,
    letter: MessageId,
) -> Result<(), StoreError> {
    let sent = automatic::of_inquiry(tx, inquiry.id)?.filter(|one| one.sent.is_some());
    let Some(sent) = sent else { return Ok(()) };
    if automatic::is_answered_by_hand(tx, inquiry.id)?
        || !automatic::turned_out(tx, sent.id, Outcome::Complaint, None, pen.at())?
    {
        return Ok(());
    }
    if !inquiry.urgent {
        inquiries::set_urgent(tx, inquiry.id, true)?;
        pen.write(tx, None, inquiry.id, Verb::MarkedUrgent, Details::default())?;
    }
    did_not_help(tx, pen, sent.answer, inquiry.id, letter)?;
    switch::look_again(tx, pen)
}

/// Pauses an answer that did not help twice in a day, and tells its owner.
pub(super) fn did_not_help(
    tx: &mut Tx<'_>,
    pen: &Pen,
    answer: AnswerId,
    inquiry: InquiryId,
    message: MessageId,
) -> Result<(), StoreError> {
    let since = (pen.now - SignedDuration::from_hours(24)).as_microsecond();
    if automatic::unhelpful_since(tx, answer, since)? < MOST_UNHELPFUL {
        return Ok(());
    }
    let Some(permitted) = automatic::permitted(tx, answer)? else { return Ok(()) };
    if permitted.permit.paused.is_some() {
        return Ok(());
    }
    let owner = permitted.answer.owner;
    let row = AnswerRow {
        id: permitted.id,
        handle: permitted.handle,
        answer: permitted.answer,
        department: None,
        version: permitted.version,
        changed: pen.at(),
    };
    permits::set_paused(tx, pen, None, &row, true)?;
    let Some(owner) = owner else { return Ok(()) };
    let cause = pen.id::<NoticeId>().as_i64();
    let news = News { cause, ..News::of_message(inquiry, Verb::AnswerPaused, None, message) };
    news.tell(tx, pen, owner, NoticeKind::AnswerPaused)
}
