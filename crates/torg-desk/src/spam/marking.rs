//! Marking as spam, or as a letter after all: where an inquiry lies, and what the judge learns.

use torg_core::spam::{Lesson, SaidAlready};
use torg_core::{Id, Inquiry, InquiryId, MessageId, StaffId, State, Verb, Viewer, Was};
use torg_store::journal::Details;
use torg_store::spam::{self, NewLesson};
use torg_store::{StoreError, Tx, delegation, inquiries};

use super::learning::learn_soon;
use crate::absences::redirect;
use crate::inquiry::locked;
use crate::notices::tell_of_letter;
use crate::pen::Pen;
use crate::{Desk, Refused, due};

/// What was marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marked {
    /// The inquiry, which went into the spam folder or came out of it.
    Inquiry,
    /// Its newest letter alone; the inquiry lies where it lay.
    Letter,
}

impl Desk {
    /// Says that an inquiry's newest letter is spam, which puts the inquiry into the spam folder
    /// unless it is a conversation with somebody else,
    /// or that it is none, which takes it out as if it came now. The judge learns it.
    pub async fn mark_spam(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        is_spam: bool,
    ) -> Result<Marked, Refused> {
        let late = if is_spam { None } else { self.late_receipt(Some(viewer), id).await? };
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let (marked, inquiry) = mark(tx, &pen, &viewer, id, is_spam)?;
                if let Some(late) = &late {
                    late.send(tx, &pen, &inquiry)?;
                }
                Ok(marked)
            })
            .await
    }
}

/// Gives the inquiry as it was before.
fn mark(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    id: InquiryId,
    is_spam: bool,
) -> Result<(Marked, Inquiry), Refused> {
    let inquiry = locked(tx, viewer, id)?;
    let lies_there = inquiry.state == State::Spam;
    let mail = spam::newest_mail(tx, id)?;
    let told = mail.map_or(Ok(None), |mail| spam::stands(tx, mail))?;
    if lies_there == is_spam && (mail.is_none() || told == Some(is_spam)) {
        return Err(SaidAlready.into());
    }
    // What a stranger writes into our conversation with a citizen does not put that away.
    let stays = is_spam && !lies_there && spam::is_conversation(tx, id)?;
    if stays && told == Some(true) {
        return Err(SaidAlready.into());
    }
    let suspect = spam::is_suspect(tx, id)?;
    let mut before = Vec::new();
    if lies_there != is_spam && !stays {
        before.push(inquiries::was_state(tx, &inquiry)?);
        inquiries::set_state(tx, id, if is_spam { State::Spam } else { State::Open })?;
    }
    spam::suspect(tx, id, false)?;
    let lesson = mail.map(|mail| teach(tx, pen, viewer.staff, mail, is_spam)).transpose()?;
    before.push(Was::Spam { suspect, lesson });
    if lies_there && !is_spam {
        come_back(tx, pen, &inquiry)?;
    }
    let verb = if is_spam { Verb::MarkedSpam } else { Verb::MarkedLetter };
    let details = Details { message: mail, before, ..Details::default() };
    pen.did(tx, viewer, &inquiry, verb, details)?;
    let came_back = lies_there && !is_spam;
    if let Some(mail) = mail.filter(|_| came_back) {
        tell_of_letter(tx, pen, &inquiry, mail)?;
    }
    let moved = lies_there != is_spam && !stays;
    Ok((if moved { Marked::Inquiry } else { Marked::Letter }, inquiry))
}

/// An inquiry that leaves the spam folder is work as if it came now.
pub(super) fn come_back(tx: &mut Tx<'_>, pen: &Pen, inquiry: &Inquiry) -> Result<(), StoreError> {
    due::restart(tx, pen, inquiry.id)?;
    delegation::wait(tx, inquiry.id, inquiry.department)?;
    redirect(tx, pen, inquiry)
}

/// Adds a lesson to the log; its place.
fn teach(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    mail: MessageId,
    is_spam: bool,
) -> Result<i64, StoreError> {
    let lesson = if is_spam { Lesson::Spam } else { Lesson::Letter };
    let new = NewLesson { message: Some(mail), lesson, takes_back: None, staff, at: pen.at() };
    let place = spam::tell(tx, &new)?;
    learn_soon(tx, pen, false)?;
    Ok(place)
}

/// Takes a lesson back, unless somebody did; `false` then.
pub(crate) fn take_back(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    place: i64,
) -> Result<bool, StoreError> {
    let Some((message, false)) = spam::lesson(tx, place)? else { return Ok(false) };
    let message = Some(message).filter(|message| message.as_i64() != 0);
    let lesson = Lesson::TakenBack;
    spam::tell(tx, &NewLesson { message, lesson, takes_back: Some(place), staff, at: pen.at() })?;
    learn_soon(tx, pen, message.is_none())?;
    Ok(true)
}
