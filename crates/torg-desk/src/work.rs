//! The background work: filing, sending and tidying, each a loop that is woken by the bus and looks
//! by itself from time to time, so that a missed word costs seconds and never a letter.

use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use torg_core::Fact;
use torg_store::jobs::Job;
use torg_store::{
    StoreError, arrivals, drafts, filing, jobs, notices, outbox, passes, presence, sessions,
};
use tracing::error;

use crate::delegation::DELEGATING;
use crate::{Desk, KEPT_DISCARDED, answers, automatic, due, moving, notices as told, spam};

/// How often the loops look without being woken.
const LOOK: Duration = Duration::from_secs(2);
/// How long a loop rests after the database did not answer.
const REST: Duration = Duration::from_secs(5);

/// The running background work of one municipality.
#[derive(Debug)]
pub struct Workers {
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

impl Desk {
    /// Begins to file, send and tidy until stopped.
    pub fn start_working(&self) -> Workers {
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        tasks.spawn(self.clone().file_on(stop.clone()));
        tasks.spawn(self.clone().send_on(stop.clone()));
        tasks.spawn(self.clone().do_jobs_on(stop.clone()));
        tasks.spawn(self.clone().follow_on(stop.clone()));
        tasks.spawn(self.clone().heed_settings(stop.clone()));
        tasks.spawn(self.clone().bulks_on(stop.clone()));
        tasks.spawn(self.clone().read_files_on(stop.clone()));
        tasks.spawn(self.clone().consider_on(stop.clone()));
        Workers { stop, tasks }
    }

    async fn file_on(self, stop: CancellationToken) {
        loop {
            match self.file_waiting().await {
                Ok(report) if report.filed > 0 => self.0.bus.has_files(),
                Ok(_) => {}
                Err(failure) => {
                    error!(error = %failure, "Filing rests: {failure}");
                    pause(&stop, REST).await;
                }
            }
            // What is filed lies there for everybody, delegated or not.
            match self.delegate_waiting().await {
                Ok(done) if done > 0 && !stop.is_cancelled() => continue,
                Ok(_) => {}
                Err(failure) => error!(error = %failure, "Delegating rests: {failure}"),
            }
            tokio::select! {
                () = stop.cancelled() => return self.let_go_of_filing().await,
                () = self.0.bus.arrival() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    async fn let_go_of_filing(&self) {
        let holder = self.0.holder.clone();
        let let_go = self.0.store.write(move |tx| {
            jobs::let_go(tx, DELEGATING, &holder)?;
            jobs::let_go(tx, "filing", &holder)
        });
        if let Err(failure) = let_go.await {
            error!(error = %failure, "The filing lease was not let go and will lapse: {failure}");
        }
    }

    /// Reads the settings anew when another node changed them.
    async fn heed_settings(self, stop: CancellationToken) {
        let mut facts = self.0.bus.subscribe();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                fact = facts.recv() => match fact {
                    Ok(Fact::Settings | Fact::Everything) | Err(RecvError::Lagged(_)) => {}
                    Ok(_) => continue,
                    Err(RecvError::Closed) => return,
                }
            }
            if let Err(failure) = self.read_settings().await {
                error!(error = %failure, "The settings could not be read anew: {failure}");
            }
        }
    }

    async fn send_on(self, stop: CancellationToken) {
        if let Err(failure) = self.take_back_mails().await {
            error!(error = %failure, "Mails a killed process was sending wait for their lease: {failure}");
        }
        loop {
            if let Err(failure) = self.send_due().await {
                error!(error = %failure, "Sending rests: {failure}");
                pause(&stop, REST).await;
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.0.bus.outgoing() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    async fn do_jobs_on(self, stop: CancellationToken) {
        loop {
            if let Err(failure) = self.do_due_jobs().await {
                error!(error = %failure, "Background jobs rest: {failure}");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Looks at new letters that may be answered automatically.
    async fn consider_on(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(failure) = self.consider_waiting().await {
                error!(error = %failure, "New letters wait to be looked at: {failure}");
            }
            pause(&stop, LOOK).await;
        }
    }

    /// Tells our own pages what other nodes did and could not say.
    async fn follow_on(self, stop: CancellationToken) {
        while self.0.has_other_nodes && !stop.is_cancelled() {
            if let Err(failure) = self.read_tail().await {
                error!(error = %failure, "The journal's tail was not read: {failure}");
            }
            pause(&stop, LOOK).await;
        }
    }

    /// Does every job that is due.
    ///
    /// # Errors
    /// When the database does not answer; a job that fails by itself is tried again later.
    pub async fn do_due_jobs(&self) -> Result<usize, StoreError> {
        self.wake_due().await?;
        let (pen, lease) = (self.pen(), SignedDuration::from_mins(10));
        let due = self
            .0
            .store
            .write_bulk(move |tx| {
                let (now, until) = (pen.at(), (pen.now + lease).as_microsecond());
                jobs::enqueue(tx, pen.id(), TIDY, "", Some(TIDY), now)?;
                jobs::enqueue(tx, pen.id(), ROOT, "", Some(ROOT), now)?;
                for kind in [answers::LEARN, answers::READ_LETTERS] {
                    jobs::enqueue(tx, pen.id(), kind, "", Some(kind), now)?;
                }
                jobs::enqueue(tx, pen.id(), due::TELL, "", Some(due::TELL), now)?;
                let quiet = automatic::CLOSE_QUIET;
                jobs::enqueue(tx, pen.id(), quiet, "", Some(quiet), now)?;
                jobs::enqueue(tx, pen.id(), spam::NEAR, "", Some(spam::NEAR), now)?;
                jobs::enqueue(tx, pen.id(), told::DIGESTS, "", Some(told::DIGESTS), now)?;
                jobs::lease(tx, now, until, 16)
            })
            .await?;
        let count = due.len();
        for job in due {
            match job.kind.as_str() {
                TIDY => self.tidy(job.id).await?,
                ROOT => self.keep_daily_root(job.id).await?,
                due::TELL => self.tell_due(job.id).await?,
                automatic::CLOSE_QUIET => self.close_quiet(job.id).await?,
                told::DIGESTS => self.send_digests(job.id).await?,
                spam::NEAR => self.tell_near_border(job.id).await?,
                spam::LEARN => self.learn_anew(job.id, &job.payload).await?,
                answers::LEARN => self.learn_choices(job.id).await?,
                answers::READ_LETTERS => self.read_letters(job.id, &job.payload).await?,
                due::COUNT_ANEW => self.count_due_anew(job.id, &job.payload).await?,
                moving::HAND_OVER | moving::REFER_ALL | moving::REWALL => self.move_on(job).await?,
                unknown => error!(job.kind = unknown, "A job of an unknown kind waits: {unknown}"),
            }
        }
        Ok(count)
    }

    async fn move_on(&self, job: Job) -> Result<(), StoreError> {
        let (id, again) = (job.id, (self.now() + moving::AGAIN).as_microsecond());
        let Err(failure) = self.move_many(job).await else {
            return Ok(());
        };
        error!(error = %failure, "A job rests before it has moved everything: {failure}");
        let text = failure.to_string();
        self.0.store.write_bulk(move |tx| jobs::postpone(tx, id, again, Some(&text))).await
    }

    /// Forgets what has lapsed: idle sessions, old sign-in failures, old receipts, and what was
    /// discarded long ago. Comes back in an hour.
    async fn tidy(&self, job: torg_core::JobId) -> Result<(), StoreError> {
        let now = self.now();
        let ago = |hours: i64| (now - SignedDuration::from_hours(hours)).as_microsecond();
        let (idle, day, hour, next) = (ago(14 * 24), ago(25), ago(1), ago(-1));
        let notice = ago(NOTICES_KEPT);
        let discarded = (now - KEPT_DISCARDED).as_microsecond();
        self.0
            .store
            .write_bulk(move |tx| {
                sessions::forget_idle(tx, idle)?;
                sessions::forget_failures(tx, day)?;
                filing::forget_receipts(tx, day)?;
                arrivals::forget_discarded(tx, discarded)?;
                drafts::forget_held(tx, hour)?;
                presence::forget(tx, hour)?;
                passes::forget_lapsed(tx, day)?;
                notices::forget(tx, notice)?;
                jobs::postpone(tx, job, next, None)
            })
            .await
    }

    /// How long the oldest arrival has waited to be filed, and the oldest mail to be sent, in
    /// seconds; for `/health` and `/metrics`.
    pub async fn waiting_seconds(&self) -> Result<(i64, i64), StoreError> {
        let now = self.now().as_microsecond();
        self.0
            .reader
            .read(move |read| {
                let age = |since: Option<i64>| since.map_or(0, |since| (now - since) / 1_000_000);
                Ok((age(arrivals::oldest_waiting(read)?), age(outbox::oldest_waiting(read)?)))
            })
            .await
    }
}

/// For how many hours notices are kept: half a year.
const NOTICES_KEPT: i64 = 183 * 24;
const TIDY: &str = "tidy";
const ROOT: &str = "journal-root";

async fn pause(stop: &CancellationToken, length: Duration) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(length) => {}
    }
}

impl Workers {
    /// Lets what runs finish, and ends.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
    }
}
