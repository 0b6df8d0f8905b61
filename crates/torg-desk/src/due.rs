//! Keeping right what is due: derived anew from the facts whenever they change, told when the time
//! comes, and counted anew for everything open when hours or targets change.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use torg_core::due::{Due, Facts, Target, due};
use torg_core::hours::OpeningClock;
use torg_core::{CalendarId, Fact, InquiryId, JobId, NoticeKind, State, Verb};
use torg_store::due::{self as kept, Kept};
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, calendars, inquiries, jobs, targets};

use crate::Desk;
use crate::notices::News;
use crate::pen::{Pen, announce};

/// The job that counts everything open anew.
pub(crate) const COUNT_ANEW: &str = "due.count-anew";
/// The job that tells what is due soon, and what is overdue.
pub(crate) const TELL: &str = "due.tell";
/// How many inquiries a step of either takes.
const STEP: i64 = 100;

/// All targets and the hours they count by.
pub(crate) struct Book {
    targets: Vec<Target>,
    clocks: HashMap<CalendarId, OpeningClock>,
}

impl Book {
    pub(crate) fn read(read: &Read<'_>, zone: &TimeZone) -> Result<Self, StoreError> {
        let targets: Vec<Target> =
            targets::all(read)?.into_iter().map(|(_, target)| target).collect();
        let mut clocks = HashMap::new();
        for target in &targets {
            if !clocks.contains_key(&target.calendar)
                && let Some(calendar) = calendars::one(read, target.calendar)?
            {
                clocks.insert(target.calendar, calendar.hours.in_zone(zone.clone()));
            }
        }
        Ok(Self { targets, clocks })
    }

    /// What of an inquiry is due next.
    pub(crate) fn due(&self, facts: &Facts) -> Option<Due> {
        due(facts, &self.targets, |id| self.clocks.get(&id))
    }

    /// What would be due for a fresh letter, by each aim there is a target for.
    pub(crate) fn each(&self, facts: &Facts) -> Vec<Due> {
        let aims = [
            torg_core::due::Aim::FirstAnswer,
            torg_core::due::Aim::Done,
            torg_core::due::Aim::Legal,
        ];
        let of = |aim| {
            let only: Vec<Target> =
                self.targets.iter().filter(|target| target.aim == aim).cloned().collect();
            due(facts, &only, |id| self.clocks.get(&id))
        };
        aims.into_iter().filter_map(of).collect()
    }
}

/// What of an inquiry's time may have changed by an act, so that it is derived anew. Acts that say
/// nothing about whose turn it is are passed over; a verb of tomorrow is not.
pub(crate) fn may_change(verb: Verb) -> bool {
    !matches!(
        verb,
        Verb::Received
            | Verb::Shown
            | Verb::Suggested
            | Verb::Linked
            | Verb::Dismissed
            | Verb::Receipt
            | Verb::Noted
            | Verb::Sent
            | Verb::Bounced
            | Verb::NotSent
            | Verb::Overdue
    )
}

/// Derives anew what is due for an inquiry whose row this transaction holds.
pub(crate) fn settle(tx: &mut Tx<'_>, pen: &Pen, id: InquiryId) -> Result<(), StoreError> {
    let Some(before) = keep_facts(tx, pen, id)? else { return Ok(()) };
    let book = Book::read(tx, &pen.zone)?;
    write(tx, pen, id, &before, book.due(&before.facts))
}

/// A letter came after it was closed: what it asks is asked now.
pub(crate) fn restart(tx: &mut Tx<'_>, pen: &Pen, id: InquiryId) -> Result<(), StoreError> {
    kept::restart(tx, id, pen.at())
}

/// Notes an answer, and when a pause begins or ends, as the state says it. Closing is no answer: who
/// opens it again finds what was promised to somebody who has none.
fn keep_facts(tx: &mut Tx<'_>, pen: &Pen, id: InquiryId) -> Result<Option<Kept>, StoreError> {
    let Some(mut kept) = kept::kept(tx, id)? else { return Ok(None) };
    let (now, facts) = (pen.at(), &mut kept.facts);
    if facts.state == State::Answered && !facts.answered {
        kept::answered(tx, id, now)?;
        facts.answered = true;
    }
    let pauses = facts.state != State::Open;
    let is_paused = facts.pauses.last().is_some_and(|(_, ended)| ended.is_none());
    match (pauses, is_paused) {
        (true, false) => {
            kept::pause(tx, id, now)?;
            facts.pauses.push((pen.now, None));
        }
        (false, true) => {
            kept::go_on(tx, id, now)?;
            if let Some((_, ended)) = facts.pauses.last_mut() {
                *ended = Some(pen.now);
            }
        }
        _ => {}
    }
    Ok(Some(kept))
}

/// Keeps what is due, if it is not what was due before. What is overdue by now already was not
/// missed by anybody: it is shown, and nobody is told.
fn write(
    tx: &mut Tx<'_>,
    pen: &Pen,
    id: InquiryId,
    before: &Kept,
    due: Option<Due>,
) -> Result<(), StoreError> {
    if before.due == due.map(|due| (due.at.as_microsecond(), due.aim)) {
        return Ok(());
    }
    let (tell_at, told) = match &due {
        None => (None, 0),
        Some(due) if due.at <= pen.now => (None, 2),
        Some(Due { at, remind: Some(remind), .. }) if *remind > pen.now && remind < at => {
            (Some(remind.as_microsecond()), 0)
        }
        Some(due) => (Some(due.at.as_microsecond()), 1),
    };
    kept::set(tx, id, due.as_ref(), tell_at, told)
}

/// Has everything open counted anew, by a job: hours or targets are not what they were.
pub(crate) fn count_anew(tx: &mut Tx<'_>, pen: &Pen) -> Result<(), StoreError> {
    jobs::begin_anew(tx, pen.id(), (COUNT_ANEW, COUNT_ANEW), "0", pen.at())
}

impl Desk {
    /// Counts everything open anew, a step a transaction. What a process that died has left, the
    /// next one goes on with.
    pub(crate) async fn count_due_anew(&self, job: JobId, after: &str) -> Result<(), StoreError> {
        let mut after = after.parse().ok();
        while let Some(from) = after {
            after = self.count_step(job, from).await?;
        }
        Ok(())
    }

    /// One step; where the next one begins, if there is one.
    async fn count_step(
        &self,
        job: JobId,
        after: InquiryId,
    ) -> Result<Option<InquiryId>, StoreError> {
        let pen = self.pen();
        self.0
            .store
            .write_bulk(move |tx| {
                let book = Book::read(tx, &pen.zone)?;
                let step = kept::running(tx, after, STEP)?;
                for id in &step {
                    if inquiries::locked_for_torg(tx, *id)?.is_some()
                        && let Some(before) = keep_facts(tx, &pen, *id)?
                    {
                        write(tx, &pen, *id, &before, book.due(&before.facts))?;
                    }
                }
                let Some(last) = step.last() else {
                    tx.announce(Fact::Everything);
                    jobs::done(tx, job)?;
                    return Ok(None);
                };
                let later = pen.now + SignedDuration::from_mins(1);
                let goes_on = jobs::go_on(tx, job, &last.to_string(), later.as_microsecond())?;
                Ok(goes_on.then_some(*last))
            })
            .await
    }

    /// Reminds of what is due soon and tells of what is overdue, and comes back in half a minute.
    pub(crate) async fn tell_due(&self, job: JobId) -> Result<(), StoreError> {
        let pen = self.pen();
        self.0
            .store
            .write_bulk(move |tx| {
                let mut step = kept::to_tell(tx, pen.at(), STEP)?;
                let is_all = step.len() < usize::try_from(STEP).unwrap_or(0);
                step.sort_unstable();
                for id in step {
                    tell(tx, &pen, id)?;
                }
                let pause = SignedDuration::from_secs(if is_all { 30 } else { 0 });
                jobs::postpone(tx, job, (pen.now + pause).as_microsecond(), None)
            })
            .await
    }
}

/// Reminds the owner, or, once it is overdue, her and the department's leads. What belongs to
/// nobody is a lead's from the first.
fn tell(tx: &mut Tx<'_>, pen: &Pen, id: InquiryId) -> Result<(), StoreError> {
    let Some(inquiry) = inquiries::locked_for_torg(tx, id)? else { return Ok(()) };
    let Some(Kept { due: Some((at, aim)), tell_at: Some(tell_at), told, .. }) = kept::kept(tx, id)?
    else {
        return Ok(());
    };
    if tell_at > pen.at() {
        return Ok(());
    }
    let moment = Timestamp::from_microsecond(at).unwrap_or(pen.now);
    let due = Due { at: moment, aim, remind: None };
    let is_overdue = at <= pen.at();
    let kind = if is_overdue { NoticeKind::Overdue } else { NoticeKind::DueSoon };
    let mut whom: Vec<_> = inquiry.owner.into_iter().collect();
    if is_overdue || whom.is_empty() {
        whom.extend(kept::leads(tx, id)?.into_iter().filter(|lead| Some(*lead) != inquiry.owner));
    }
    // Reminded at one moment and overdue at another: two causes.
    let news = News {
        inquiry: id,
        verb: Verb::Overdue,
        by: None,
        message: None,
        cause: tell_at,
        of_many: false,
    };
    for staff in whom {
        news.tell(tx, pen, staff, kind)?;
    }
    if is_overdue && told < 2 {
        pen.write(tx, None, id, Verb::Overdue, Details::default())?;
        kept::set(tx, id, Some(&due), None, 2)?;
    } else {
        kept::set(tx, id, Some(&due), Some(at), 1)?;
    }
    announce(tx, &inquiry);
    Ok(())
}
