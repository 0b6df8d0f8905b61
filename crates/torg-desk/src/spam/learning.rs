//! Learning: what was learnt whole until some place of the log, and click by click since then.
//!
//! Every node that reads the log up to the same place has learnt the same. From time to time, and
//! when something is taken back that was learnt whole, a job learns everything anew; until it is
//! done, what was learnt before goes on.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;
use torg_core::spam::{Lesson, standing};
use torg_core::{JobId, MessageId, State};
use torg_store::spam::{self, Model};
use torg_store::{Read, StoreError, Tx, blobs, jobs};
use torg_text::spam::{Delta, Example, Judge, Seed};
use tracing::warn;

use super::judging::{House, Judging};
use super::telling::Budget;
use crate::Desk;
use crate::pen::Pen;

/// The job that learns everything anew.
pub(crate) const LEARN: &str = "spam.learn";
/// What makes the job learn although little was told since.
const ANEW: &str = "anew";
/// So many lines of the log are looked at.
const MOST_LINES: i64 = 20_000;
/// It learns from so many letters at most, and as much spam: the newest.
const MOST_OF_A_KIND: usize = 2_000;
/// So many answered letters, and as many of closed inquiries, stand beside the letters somebody marked.
const ANSWERED: i64 = 500;
/// So many lessons, or a tenth of what was learnt, and everything is learnt anew.
const EVERY: usize = 20;
/// So many are learnt click by click: what waits to be filed waits for that.
const MOST_SINCE: usize = 200;

type Line = (i64, MessageId, Lesson, Option<i64>);

/// What this node has learnt, and up to where.
#[derive(Default)]
pub(crate) struct Teacher(Mutex<Option<(Model, Arc<Delta>)>>, tokio::sync::Mutex<()>);

impl Teacher {
    fn kept(&self, model: Model) -> Option<Arc<Delta>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(known, _)| *known == model).map(|(_, delta)| Arc::clone(delta))
    }

    fn keep(&self, model: Model, delta: &Arc<Delta>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((model, Arc::clone(delta)));
    }
}

/// Has the judge learn what was told, soon; `anew` says that it must, however little it is.
pub(crate) fn learn_soon(tx: &mut Tx<'_>, pen: &Pen, anew: bool) -> Result<(), StoreError> {
    if anew {
        return jobs::begin_anew(tx, pen.id(), (LEARN, LEARN), ANEW, pen.at());
    }
    jobs::enqueue(tx, pen.id(), LEARN, "", Some(LEARN), pen.at())
}

impl Desk {
    /// What is needed to judge now; nothing if that cannot be had, for letters are filed all the same.
    pub(crate) async fn judging_if_it_can(&self) -> Option<Judging> {
        let judging = self.judging().await;
        judging.inspect_err(|why| warn!(error = %why, "Letters are not judged: {why}")).ok()
    }

    /// What is needed to judge now.
    async fn judging(&self) -> Result<Judging, StoreError> {
        let read = |read: &Read<'_>| {
            Ok::<_, StoreError>((spam::model(read)?, House::read(read)?, Budget::kept(read)?))
        };
        let (model, house, budget) = self.0.reader.read(read).await?;
        let house = Arc::new(house);
        let delta = self.learnt(model, &house).await?;
        Ok(Judging { delta, house, budget, asking: Arc::clone(&self.0.asking) })
    }

    /// What was learnt up to the end of the log.
    pub(super) async fn learnt(
        &self,
        model: Model,
        house: &Arc<House>,
    ) -> Result<Arc<Delta>, StoreError> {
        if let Some(kept) = self.0.teacher.kept(model) {
            return Ok(kept);
        }
        // Whoever comes meanwhile waits for this one.
        let _learning = self.0.teacher.1.lock().await;
        if let Some(kept) = self.0.teacher.kept(model) {
            return Ok(kept);
        }
        let read = |read: &Read<'_>| {
            let model = spam::model(read)?;
            Ok::<_, StoreError>((
                model,
                spam::learnt(read)?,
                spam::lessons_after(read, model.upto)?,
            ))
        };
        let (model, whole, since) = self.0.reader.read(read).await?;
        let mut delta = self.whole(whole.as_deref()).await?;
        let told = standing(&since);
        // Of many at once, the job learns the others soon.
        let newest = told.get(told.len().saturating_sub(MOST_SINCE)..).unwrap_or_default();
        let told = newest.iter().map(|(_, mail, spam)| (*mail, *spam)).collect();
        for example in self.examples(told, house).await? {
            delta.learn(Seed::shipped(), &example);
        }
        let delta = Arc::new(delta);
        self.0.teacher.keep(model, &delta);
        Ok(delta)
    }

    /// What was learnt whole. What another version learnt is learnt anew.
    async fn whole(&self, bytes: Option<&[u8]>) -> Result<Delta, StoreError> {
        let seed = Seed::shipped();
        let Some(bytes) = bytes else { return Ok(Delta::new(seed)) };
        match Delta::from_bytes(seed, bytes) {
            Ok(delta) => Ok(delta),
            Err(why) => {
                warn!(error = %why, "What the judge of spam had learnt is learnt anew: {why}");
                let pen = self.pen();
                self.0.store.write_bulk(move |tx| learn_soon(tx, &pen, true)).await?;
                Ok(Delta::new(seed))
            }
        }
    }

    /// What there is to learn from mails; those that are deleted or cannot be read teach nothing.
    async fn examples(
        &self,
        told: Vec<(MessageId, bool)>,
        house: &Arc<House>,
    ) -> Result<Vec<Example>, StoreError> {
        let mut examples = Vec::with_capacity(told.len());
        let mut judge = Judge::default();
        for (message, is_spam) in told {
            let raw = self.0.reader.read(move |read| match spam::raw_of(read, message)? {
                Some(hash) => Ok((blobs::sound(read, &hash)?, spam::found(read, message)?)),
                None => Ok::<_, StoreError>((None, None)),
            });
            let (Some(raw), found) = raw.await? else { continue };
            let house = Arc::clone(house);
            let read = tokio::task::spawn_blocking(move || {
                (house.example(&mut judge, &raw, found.as_ref(), is_spam), judge)
            });
            judge = match read.await {
                Ok((example, judge)) => {
                    examples.push(example);
                    judge
                }
                Err(_) => Judge::default(),
            };
        }
        Ok(examples)
    }

    /// Learns everything anew at once; for the demo, whose year has no time for jobs.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn learn_spam(&self) -> Result<(), StoreError> {
        self.learn_anew(self.pen().id(), ANEW).await
    }

    /// Learns everything anew, if enough was told since or something was taken back.
    pub(crate) async fn learn_anew(&self, job: JobId, payload: &str) -> Result<(), StoreError> {
        let read = |read: &Read<'_>| {
            let (model, house) = (spam::model(read)?, House::read(read)?);
            let answered = answered(read)?;
            let log = spam::newest_lessons(read, MOST_LINES)?;
            Ok::<_, StoreError>((model, house, answered, log, Budget::kept(read)?))
        };
        let (model, house, answered, log, budget) = self.0.reader.read(read).await?;
        if payload != ANEW && !is_worth_it(&log, model.upto) {
            return self.end_learning(job, model.last, None).await;
        }
        let told = chosen(&log, answered);
        let learnt = if told.is_empty() {
            None
        } else {
            let examples = self.examples(told, &Arc::new(house)).await?;
            let most_lost = budget.of_ten_thousand();
            let train = move || Delta::train(Seed::shipped(), &examples, most_lost).to_bytes();
            let bytes = tokio::task::spawn_blocking(train).await;
            Some(bytes.map_err(|_| StoreError::Bug("learning did not end".into()))?)
        };
        self.end_learning(job, model.last, Some((model, learnt))).await
    }

    /// Keeps what was learnt, and ends the job unless more was told meanwhile.
    async fn end_learning(
        &self,
        job: JobId,
        upto: i64,
        learnt: Option<(Model, Option<Vec<u8>>)>,
    ) -> Result<(), StoreError> {
        let pen = self.pen();
        self.0
            .store
            .write_bulk(move |tx| {
                let last = match &learnt {
                    Some((before, bytes)) => {
                        spam::keep_learnt(tx, *before, upto, bytes.as_deref())?
                    }
                    None => Some(spam::locked_end(tx)?),
                };
                if last == Some(upto) {
                    return jobs::done(tx, job);
                }
                let soon = pen.now + SignedDuration::from_secs(2);
                jobs::postpone(tx, job, soon.as_microsecond(), None)
            })
            .await
    }
}

/// Letters that were answered, of inquiries that wait for the citizen and of closed ones.
fn answered(read: &Read<'_>) -> Result<Vec<MessageId>, StoreError> {
    let mut letters = spam::answered_letters(read, State::Answered, ANSWERED)?;
    letters.extend(spam::answered_letters(read, State::Closed, ANSWERED)?);
    Ok(letters)
}

/// Whether enough was told since `upto`, or something that was told until then is no longer so.
fn is_worth_it(log: &[Line], upto: i64) -> bool {
    let (before, since): (Vec<Line>, Vec<Line>) = log.iter().partition(|line| line.0 <= upto);
    let looks_back = since.iter().any(|(_, about, lesson, takes_back)| {
        *lesson == Lesson::Forgotten
            || takes_back.is_some_and(|place| place <= upto)
            || before.iter().any(|line| line.1 == *about)
    });
    looks_back || since.len() >= EVERY.max(before.len() / 10)
}

/// What is learnt from: the newest that was told, and beside the marked letters those that were answered.
fn chosen(log: &[Line], answered: Vec<MessageId>) -> Vec<(MessageId, bool)> {
    let told = standing(log);
    if told.is_empty() {
        return Vec::new();
    }
    let newest = |wanted: bool| {
        let of_kind = told.iter().rev().filter(move |(_, _, spam)| *spam == wanted);
        of_kind.map(|(_, mail, spam)| (*mail, *spam)).take(MOST_OF_A_KIND)
    };
    let mut chosen: Vec<(MessageId, bool)> = newest(true).chain(newest(false)).collect();
    let is_told = |mail: &MessageId| log.iter().any(|line| line.1 == *mail);
    chosen.extend(answered.into_iter().filter(|mail| !is_told(mail)).map(|mail| (mail, false)));
    chosen.sort_unstable();
    chosen
}
