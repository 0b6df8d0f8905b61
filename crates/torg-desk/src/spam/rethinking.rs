//! Thinking again about a letter that lies there already, with what others said of it. It moves as a
//! click would move it, but that nothing is taught; and it stays once anybody has touched it.

use std::sync::Arc;

use torg_core::spam::{Findings, Judged, Verdict};
use torg_core::{Inquiry, Kind, State, Verb};
use torg_store::journal::Details;
use torg_store::spam::{self, Question};
use torg_store::{StoreError, Tx, inquiries};
use torg_text::spam::Judge;

use super::judging::Acquaintance;
use super::late_receipt::LateReceipt;
use super::marking::come_back;
use crate::Desk;
use crate::notices::tell_of_letter;
use crate::pen::{Pen, announce};

impl Desk {
    /// Keeps what was found out about a letter, and judges it anew.
    pub(super) async fn think_again(
        &self,
        question: Question,
        raw: Arc<Vec<u8>>,
        found: Findings,
    ) -> Result<(), StoreError> {
        let Some(judging) = self.judging_if_it_can().await else { return Ok(()) };
        let about = found.clone();
        let judge = move || judging.judge(&mut Judge::default(), Kind::Human, &raw, Some(&about));
        let Ok(Some(judged)) = tokio::task::spawn_blocking(judge).await else { return Ok(()) };
        let late = self.late_receipt(None, question.inquiry).await?;
        let pen = self.pen();
        self.0
            .store
            .write_bulk(move |tx| {
                settle(tx, &pen, &question, &found, judged.clone(), late.as_ref())
            })
            .await
    }
}

fn settle(
    tx: &mut Tx<'_>,
    pen: &Pen,
    question: &Question,
    found: &Findings,
    judged: Judged,
    late: Option<&LateReceipt>,
) -> Result<(), StoreError> {
    let Question { message, person, is_proven, .. } = *question;
    let Some(inquiry) = inquiries::locked_for_torg(tx, question.inquiry)? else { return Ok(()) };
    if !spam::is_untouched(tx, inquiry.id, message)? {
        return Ok(());
    }
    // What is kept before anybody taught is learnt with the letter, by every node alike.
    spam::keep_found(tx, message, found)?;
    let Some(said) = spam::said(tx, message)? else { return Ok(()) };
    let judged = Acquaintance { person, is_proven }.settles(tx, judged, Some(found))?;
    spam::keep(tx, message, &judged)?;
    let Some(verb) = moved(&inquiry, said.verdict, judged.verdict) else { return Ok(()) };
    move_it(tx, pen, &inquiry, verb, judged.verdict)?;
    let strongest = judged.reasons.first().map(|reason| reason.key.clone());
    let details = Details { message: Some(message), what: strongest, ..Details::default() };
    pen.write(tx, None, inquiry.id, verb, details)?;
    if verb == Verb::JudgedLetter {
        tell_of_letter(tx, pen, &inquiry, message)?;
    }
    if let Some(late) = late.filter(|_| matches!(verb, Verb::JudgedLetter | Verb::JudgedHarmless)) {
        late.send(tx, pen, &inquiry)?;
    }
    announce(tx, &inquiry);
    Ok(())
}

/// What becomes of an inquiry by another verdict on its newest letter. The spam folder is for what
/// opens an inquiry: what joined one is marked at most.
fn moved(inquiry: &Inquiry, before: Verdict, now: Verdict) -> Option<Verb> {
    let is_only = inquiry.messages == 1;
    let lies_there = inquiry.state == State::Spam;
    match now {
        Verdict::Spam if lies_there => None,
        Verdict::Spam if is_only => Some(Verb::JudgedSpam),
        _ if lies_there => is_only.then_some(Verb::JudgedLetter),
        Verdict::Spam | Verdict::Perhaps => {
            (before < Verdict::Perhaps).then_some(Verb::JudgedPerhaps)
        }
        Verdict::Inbox | Verdict::Unsure => {
            (before >= Verdict::Perhaps).then_some(Verb::JudgedHarmless)
        }
    }
}

fn move_it(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: &Inquiry,
    verb: Verb,
    verdict: Verdict,
) -> Result<(), StoreError> {
    let is_spam = verb == Verb::JudgedSpam;
    if is_spam || verb == Verb::JudgedLetter {
        let state = if is_spam { State::Spam } else { State::Open };
        inquiries::set_state(tx, inquiry.id, state)?;
    }
    spam::suspect(tx, inquiry.id, !is_spam && verdict >= Verdict::Perhaps)?;
    if verb == Verb::JudgedLetter { come_back(tx, pen, inquiry) } else { Ok(()) }
}
