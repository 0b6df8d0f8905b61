//! Rounds of asking: what is due is asked side by side, and again later if nobody answers.

use std::sync::Arc;

use futures::future::join_all;
use jiff::SignedDuration;
use torg_core::MessageId;
use torg_core::spam::Findings;
use torg_mail::origin::Connection;
use torg_mail::rspamd::NoOpinion;
use torg_store::spam::{self, Question};
use torg_store::{StoreError, blobs};
use tracing::info;

use super::{note, opinion_of, origin_of};
use crate::Desk;

/// So many letters are asked about side by side; all of each is in memory meanwhile.
const TOGETHER: i64 = 4;
/// Nobody else asks meanwhile, and whoever died is followed after this.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// How long to wait after each time nobody answered; after the last, nobody is asked any more.
const AGAIN: [SignedDuration; 3] =
    [SignedDuration::from_mins(1), SignedDuration::from_mins(15), SignedDuration::from_hours(2)];

/// What was found out about a letter so far.
struct Answers {
    found: Findings,
    /// Something of it is new.
    is_new: bool,
    /// Somebody did not answer.
    is_missing: bool,
}

impl Desk {
    /// Asks about every letter that is due; how many there were.
    ///
    /// # Errors
    /// When the database does not answer; what is due stays so.
    pub async fn ask_waiting(&self) -> Result<usize, StoreError> {
        let mut count = 0;
        loop {
            let now = self.now();
            let (at, until) = (now.as_microsecond(), (now + LEASE).as_microsecond());
            // Looking costs nothing; taking writes, and at rest nothing should.
            if !self.0.reader.read(move |read| spam::waits(read, at)).await? {
                return Ok(count);
            }
            let take = self.0.store.write_bulk(move |tx| spam::take(tx, at, until, TOGETHER));
            let taken = take.await?;
            count += taken.len();
            let asked = join_all(taken.into_iter().map(|message| self.ask_about(message)));
            asked.await.into_iter().collect::<Result<(), StoreError>>()?;
        }
    }

    async fn ask_about(&self, message: MessageId) -> Result<(), StoreError> {
        let read = self.0.reader.read(move |read| {
            let Some(question) = spam::question(read, message)? else { return Ok(None) };
            let raw = match &question.raw {
                Some(hash) => blobs::sound(read, hash)?,
                None => None,
            };
            Ok::<_, StoreError>(Some((question, raw, spam::found(read, message)?)))
        });
        let Some((question, raw, found)) = read.await? else { return Ok(()) };
        let Some(raw) = raw else { return self.end_asking(message).await };
        let raw = Arc::new(raw);
        let answers = self.answers(&question, &raw, found.unwrap_or_default()).await;
        let (attempts, is_missing) = (question.attempts, answers.is_missing);
        if answers.is_new {
            self.think_again(question, raw, answers.found).await?;
        }
        let tries = usize::try_from(attempts - 1).unwrap_or(usize::MAX);
        match AGAIN.get(tries).filter(|_| is_missing) {
            Some(wait) => {
                let at = (self.now() + *wait).as_microsecond();
                self.0.store.write_bulk(move |tx| spam::again(tx, message, at)).await
            }
            None => self.end_asking(message).await,
        }
    }

    async fn end_asking(&self, message: MessageId) -> Result<(), StoreError> {
        self.0.store.write_bulk(move |tx| spam::done(tx, message)).await
    }

    async fn answers(&self, question: &Question, raw: &Arc<Vec<u8>>, found: Findings) -> Answers {
        let connection = connection(question);
        let (asking, heard) = (&self.0.asking, &self.0.heard_of_letters);
        let asks_dns = asking.asks_dns(connection.is_none()) && found.origin.is_none();
        let asker = asking.asker().filter(|_| asks_dns);
        let rspamd = asking.rspamd.as_ref().filter(|_| found.opinion.is_none());
        let origin = async { Some(asker?.ask(Arc::clone(raw), connection.clone()).await) };
        let opinion =
            async { Some(rspamd?.ask(raw, connection.as_ref(), &question.recipients).await) };
        let (origin, opinion) = tokio::join!(origin, opinion);
        let mut answers = Answers { found, is_new: false, is_missing: false };
        let now = self.now().as_microsecond();
        if let Some(answer) = origin {
            note(&heard.dns, answer.is_ok(), now);
            answers.is_missing |= answer.is_err();
            answers.is_new |= answer.is_ok();
            answers.found.origin = answer.ok().map(origin_of);
        }
        if let Some(Err(why)) = &opinion {
            info!(message.id = %question.message, "{why}");
        }
        if let Some(answer) = opinion.filter(|one| !matches!(one, Err(NoOpinion::TooLarge))) {
            note(&heard.rspamd, answer.is_ok(), now);
            answers.is_missing |= answer.is_err();
            answers.is_new |= answer.is_ok();
            answers.found.opinion = answer.ok().map(opinion_of);
        }
        answers
    }
}

/// How a stranger brought it; `None` if a mail server of ours did.
fn connection(question: &Question) -> Option<Connection> {
    let peer = question.peer.as_ref()?.parse().ok()?;
    let helo = question.helo.clone().unwrap_or_default();
    Some(Connection { peer, helo, envelope_from: question.envelope_from.clone() })
}
