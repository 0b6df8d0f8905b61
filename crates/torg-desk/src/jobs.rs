//! Jobs: work that is a row until it is done, so that any node can do it and none is forgotten.

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;
use torg_core::JobId;
use torg_store::jobs::{self, Job};
use torg_store::{StoreError, arrivals, drafts, filing, notices, passes, presence, sessions};
use tracing::error;

use crate::accounts::IDLE;
use crate::{
    Desk, KEPT_DISCARDED, answers, automatic, delegation, due, moving, notices as told, spam,
};

const TIDY: &str = "tidy";
const ROOT: &str = "journal-root";

/// What is always waiting to be done again; each says itself when.
const PERIODIC: [&str; 9] = [
    TIDY,
    ROOT,
    answers::LEARN,
    answers::READ_LETTERS,
    delegation::LEARN_ARCHIVE,
    due::TELL,
    automatic::CLOSE_QUIET,
    spam::NEAR,
    told::DIGESTS,
];

/// Another node takes a job up that was not kept for so long.
const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// When a job that failed is tried again.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// For how many hours notices are kept: half a year.
const NOTICES_KEPT: i64 = 183 * 24;

impl Desk {
    /// Does every job that is due, and returns how many those were.
    ///
    /// # Errors
    /// When the database does not answer; a job that fails by itself is tried again later.
    pub async fn do_due_jobs(&self) -> Result<usize, StoreError> {
        self.do_jobs_until(&CancellationToken::new()).await
    }

    /// The same, beginning none after `stop`.
    pub(crate) async fn do_jobs_until(
        &self,
        stop: &CancellationToken,
    ) -> Result<usize, StoreError> {
        self.wake_due().await?;
        self.put_periodic_jobs().await?;
        let mut done = 0;
        while !stop.is_cancelled()
            && let Some(job) = self.lease_a_job().await?
        {
            self.do_job(job).await?;
            done += 1;
        }
        Ok(done)
    }

    async fn put_periodic_jobs(&self) -> Result<(), StoreError> {
        let pen = self.pen();
        let put = move |tx: &mut torg_store::Tx<'_>| {
            PERIODIC
                .iter()
                .try_for_each(|kind| jobs::enqueue(tx, pen.id(), kind, "", Some(kind), pen.at()))
        };
        self.0.store.write_bulk(put).await
    }

    async fn lease_a_job(&self) -> Result<Option<Job>, StoreError> {
        let (now, until) = (self.now().as_microsecond(), self.lease_end());
        self.0.store.write_bulk(move |tx| jobs::lease(tx, now, until)).await
    }

    /// Until when a job is leased that is begun or kept now.
    pub(crate) fn lease_end(&self) -> i64 {
        (self.now() + LEASE).as_microsecond()
    }

    /// A failure of one job is kept with it, and the others go on.
    async fn do_job(&self, job: Job) -> Result<(), StoreError> {
        let (id, kind) = (job.id, job.kind.clone());
        let Err(failure) = self.job_by_kind(job).await else {
            return Ok(());
        };
        error!(job.kind = kind, error = %failure, "A job rests: {failure}");
        let (again, text) = ((self.now() + AGAIN).as_microsecond(), failure.to_string());
        self.0.store.write_bulk(move |tx| jobs::postpone(tx, id, again, Some(&text))).await
    }

    async fn job_by_kind(&self, job: Job) -> Result<(), StoreError> {
        match job.kind.as_str() {
            TIDY => self.tidy(job.id).await,
            ROOT => self.keep_daily_root(job.id).await,
            due::TELL => self.tell_due(job.id).await,
            automatic::CLOSE_QUIET => self.close_quiet(job.id).await,
            told::DIGESTS => self.send_digests(job.id).await,
            spam::NEAR => self.tell_near_border(job.id).await,
            spam::LEARN => self.learn_anew(job.id, &job.payload).await,
            answers::LEARN => self.learn_choices(job.id).await,
            answers::READ_LETTERS => self.read_letters(job.id, &job.payload).await,
            delegation::LEARN_ARCHIVE => self.learn_archive(job.id, &job.payload).await,
            due::COUNT_ANEW => self.count_due_anew(job.id, &job.payload).await,
            kind if moving::KINDS.contains(&kind) => self.move_many(job).await,
            unknown => Err(StoreError::Bug(format!("no job is called {unknown}"))),
        }
    }

    /// Forgets what has lapsed: idle sessions, old sign-in failures, old receipts, and what was
    /// discarded long ago. Comes back in an hour.
    async fn tidy(&self, job: JobId) -> Result<(), StoreError> {
        let now = self.now();
        let ago = |hours: i64| (now - SignedDuration::from_hours(hours)).as_microsecond();
        let (day, hour, next) = (ago(25), ago(1), ago(-1));
        let idle = (now - IDLE).as_microsecond();
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
                drafts::uploads::forget(tx, day)?;
                presence::forget(tx, hour)?;
                passes::forget_lapsed(tx, day)?;
                notices::forget(tx, notice)?;
                jobs::postpone(tx, job, next, None)
            })
            .await
    }
}
