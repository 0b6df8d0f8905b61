//! The ranker that suggestions come from: made in the background when it is first needed, and made
//! anew when something it knows has changed; until then the old one serves.

use std::sync::{Arc, Mutex, PoisonError};

use torg_core::Language;
use torg_core::answers::StandardAnswer;
use torg_store::answers::{self, Stamp};
use torg_store::{Read, StoreError};
use torg_text::Tongue;
use torg_text::answers::{AnswerText, Ranker};
use tracing::error;

use crate::Desk;
use crate::delegation::{Lessons, Taught};

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
}

impl Known {
    fn will_do(&self, now: &Self) -> bool {
        self.answers == now.answers && self.taught.will_do(&now.taught)
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

    /// A ranker that knows everything there is, when it is made.
    pub(crate) async fn newest_ranker(&self) -> Result<Arc<Ranker>, StoreError> {
        // Whoever comes meanwhile waits for this one.
        let _making = self.0.suggester.making.lock().await;
        let known = self.known().await?;
        if let Some((_, ranker)) = self.0.suggester.kept().filter(|(of, _)| of.will_do(&known)) {
            return Ok(ranker);
        }
        let read = |read: &Read<'_>| {
            Ok::<_, StoreError>((answers::all_in_use(read)?, Lessons::all(read)?))
        };
        let (answers, lessons) = self.0.reader.read(read).await?;
        let made = tokio::task::spawn_blocking(move || {
            let told: Vec<_> =
                answers.iter().map(|(id, answer)| told(&id.to_string(), answer)).collect();
            let mut ranker = Ranker::shipped(&told, &lessons.departments());
            lessons.teach(&mut ranker);
            Arc::new(ranker)
        });
        let made = made.await.map_err(|_| StoreError::Bug("a ranker that was not made".into()))?;
        self.0.suggester.keep(known, &made);
        Ok(made)
    }

    async fn known(&self) -> Result<Known, StoreError> {
        let now = self.now();
        let read = move |read: &Read<'_>| {
            Ok(Known { answers: answers::stamp(read)?, taught: Taught::now(read, now)? })
        };
        self.0.reader.read(read).await
    }
}

fn told(id: &str, answer: &StandardAnswer) -> torg_text::answers::StandardAnswer {
    let text = |text: &torg_core::answers::Text| AnswerText {
        tongue: tongue_of(text.language),
        title: text.title.clone(),
        body: text.body.clone(),
        questions: text.questions.clone(),
    };
    torg_text::answers::StandardAnswer {
        id: id.to_owned(),
        department: answer.department.map(|department| department.to_string()),
        texts: answer.texts.iter().map(text).collect(),
    }
}

fn tongue_of(language: Language) -> Tongue {
    match language {
        Language::Da => Tongue::Da,
        Language::Nb => Tongue::Nb,
        Language::Nn => Tongue::Nn,
        Language::Sv => Tongue::Sv,
        Language::En => Tongue::En,
    }
}
