//! The ranker that suggestions come from: made in the background when it is first needed, and made
//! anew when something it knows has changed; until then the old one serves.

mod making;

use std::sync::{Arc, Mutex, PoisonError};

use torg_store::answers::lessons::{self, Learnt};
use torg_store::answers::{self, Stamp};
use torg_store::{Read, StoreError};
use torg_text::answers::Ranker;
use tracing::error;

use crate::Desk;
use crate::delegation::Taught;

/// Keeps the ranker.
#[derive(Default)]
pub(crate) struct Suggester {
    kept: Mutex<Option<(Known, Arc<Ranker>)>>,
    /// Held by whoever makes one.
    making: tokio::sync::Mutex<()>,
}

/// What a ranker was made of. While it is the same, so is the ranker.
#[derive(Debug, Clone)]
struct Known {
    answers: Stamp,
    taught: Taught,
    learnt: Learnt,
    /// By the sentence model too.
    understands: bool,
}

impl Known {
    fn will_do(&self, now: &Self) -> bool {
        (self.answers, self.learnt, self.understands) == (now.answers, now.learnt, now.understands)
            && self.taught.will_do(&now.taught)
    }
}

impl Suggester {
    fn kept(&self) -> Option<(Known, Arc<Ranker>)> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, known: Known, ranker: &Arc<Ranker>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((known, Arc::clone(ranker)));
    }
}

impl Desk {
    /// The ranker there is, and whether it knows everything; without waiting. If it does not, a new
    /// one is being made from now on.
    pub(super) async fn ranker_at_hand(&self) -> Result<Option<(Arc<Ranker>, bool)>, StoreError> {
        let known = self.known().await?;
        let kept = self.0.suggester.kept();
        let is_newest = kept.as_ref().is_some_and(|(of, _)| of.will_do(&known));
        if !is_newest && self.0.suggester.making.try_lock().is_ok() {
            let desk = self.clone();
            tokio::spawn(async move {
                if let Err(failure) = desk.newest_ranker().await {
                    error!(error = %failure, "No ranker of answers was made: {failure}");
                }
            });
        }
        Ok(kept.map(|(_, ranker)| (ranker, is_newest)))
    }

    /// A ranker that knows everything there is, when it is made. One by words alone is there first,
    /// if there was none.
    pub(crate) async fn newest_ranker(&self) -> Result<Arc<Ranker>, StoreError> {
        // Whoever comes meanwhile waits for this one.
        let _making = self.0.suggester.making.lock().await;
        if self.0.thinker.is_installed() {
            // The model is opened by the first thought.
            self.0.thinker.think(|_| ()).await;
        }
        let known = self.known().await?;
        let kept = self.0.suggester.kept();
        if let Some((_, ranker)) = kept.as_ref().filter(|(of, _)| of.will_do(&known)) {
            return Ok(Arc::clone(ranker));
        }
        if known.understands && kept.is_none() {
            let by_words = Known { understands: false, ..known.clone() };
            let ranker = self.made_ranker(&by_words).await?;
            self.0.suggester.keep(by_words, &ranker);
        }
        let ranker = self.made_ranker(&known).await?;
        self.0.suggester.keep(known, &ranker);
        Ok(ranker)
    }

    async fn known(&self) -> Result<Known, StoreError> {
        let (now, understands) = (self.now(), self.0.thinker.reads());
        let read = move |read: &Read<'_>| {
            let (answers, taught) = (answers::stamp(read)?, Taught::now(read, now)?);
            Ok(Known { answers, taught, learnt: lessons::learnt(read)?, understands })
        };
        self.0.reader.read(read).await
    }
}
