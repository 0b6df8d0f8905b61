//! The background work, each kind a loop that looks by itself from time to time. Filing, delegating,
//! sending and reading files are woken by the bus too; a missed word costs seconds and never a letter.

use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use torg_core::Fact;
use torg_store::{StoreError, arrivals, jobs, outbox};
use tracing::{error, warn};

use crate::Desk;
use crate::delegation::DELEGATING;
use crate::files::READING;

/// How often the loops look without being woken.
pub(crate) const LOOK: Duration = Duration::from_secs(2);
/// How long a loop rests after the database did not answer.
pub(crate) const REST: Duration = Duration::from_secs(5);

/// So many jobs are done side by side: what moves thousands of inquiries holds up nothing else.
const HANDS: usize = 2;

/// The running background work of one municipality.
#[derive(Debug)]
pub struct Workers {
    desk: Desk,
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

impl Desk {
    /// Begins to file, send and tidy until stopped.
    pub fn start_working(&self) -> Workers {
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        tasks.spawn(self.clone().file_on(stop.clone()));
        tasks.spawn(self.clone().delegate_on(stop.clone()));
        tasks.spawn(self.clone().send_on(stop.clone()));
        for _ in 0..HANDS {
            tasks.spawn(self.clone().do_jobs_on(stop.clone()));
        }
        tasks.spawn(self.clone().follow_on(stop.clone()));
        tasks.spawn(self.clone().heed_settings(stop.clone()));
        tasks.spawn(self.clone().bulks_on(stop.clone()));
        tasks.spawn(self.clone().read_files_on(stop.clone()));
        tasks.spawn(self.clone().consider_on(stop.clone()));
        tasks.spawn(self.clone().ask_on(stop.clone()));
        Workers { desk: self.clone(), stop, tasks }
    }

    async fn file_on(self, stop: CancellationToken) {
        loop {
            match self.file_waiting().await {
                Ok(report) if report.filed > 0 => self.0.bus.has_filed(),
                Ok(_) => {}
                Err(failure) => {
                    error!(error = %failure, "Filing rests: {failure}");
                    pause(&stop, REST).await;
                }
            }
            tokio::select! {
                () = stop.cancelled() => return self.let_go(jobs::FILING).await,
                () = self.0.bus.arrival() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Delegates what was filed. It lies there for everybody, delegated or not, and the next letter does
    /// not wait for it: the judge of the one before may have to be made first.
    async fn delegate_on(self, stop: CancellationToken) {
        loop {
            match self.delegate_waiting().await {
                Ok(done) if done > 0 && !stop.is_cancelled() => continue,
                Ok(_) => {}
                Err(failure) => error!(error = %failure, "Delegating rests: {failure}"),
            }
            tokio::select! {
                () = stop.cancelled() => return self.let_go(DELEGATING).await,
                () = self.0.bus.filed() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    pub(crate) async fn let_go(&self, work: &'static str) {
        let holder = self.0.holder.clone();
        let let_go = self.0.store.write(move |tx| jobs::let_go(tx, work, &holder));
        if let Err(failure) = let_go.await {
            error!(error = %failure, "The lease of {work} was not let go and will lapse: {failure}");
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
        while !stop.is_cancelled() {
            if let Err(failure) = self.do_jobs_until(&stop).await {
                error!(error = %failure, "Background jobs rest: {failure}");
            }
            pause(&stop, LOOK).await;
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

    /// Asks others about letters that were filed.
    async fn ask_on(self, stop: CancellationToken) {
        while self.0.asking.asks() && !stop.is_cancelled() {
            // Whoever stops does not wait for an answer: it is asked again after the next start.
            let asked = tokio::select! {
                () = stop.cancelled() => return,
                asked = self.ask_waiting() => asked,
            };
            if let Err(failure) = asked {
                error!(error = %failure, "Nobody is asked where letters come from: {failure}");
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

async fn pause(stop: &CancellationToken, length: Duration) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(length) => {}
    }
}

impl Workers {
    /// Lets what runs finish for so long, and ends. What takes longer is cut off between two
    /// transactions, as if the power failed, and taken up at the next start.
    pub async fn stop(mut self, grace: Duration) {
        self.stop.cancel();
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(grace, all).await.is_err() {
            warn!("What is under way is taken up at the next start");
            self.tasks.shutdown().await;
            for work in [jobs::FILING, DELEGATING, READING] {
                self.desk.let_go(work).await;
            }
        }
    }
}
