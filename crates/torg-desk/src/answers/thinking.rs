//! One thread that gives way to others: it has the sentence model, which it opens when it is first
//! needed, and makes the rankers that understand. Whatever it cannot do, suggestions go on by words.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use torg_text::e5::{Model, OpenError, Vector};
use tracing::{debug, info, warn};

/// What is known of the sentence model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SentenceModel {
    /// No file is there.
    #[default]
    NotInstalled,
    /// A file is there and was not needed yet.
    Waiting,
    Ready,
    /// It reads, but letters take longer than [`SLOW`].
    Slow,
    /// The file is damaged, or another one; in the words of who refused it.
    Refused(String),
}

impl SentenceModel {
    /// Whether the model is there, though it may not have been needed yet.
    pub fn is_installed(&self) -> bool {
        matches!(self, Self::Waiting | Self::Ready | Self::Slow)
    }
}

/// A letter that takes longer to read says that the machine is too busy for the model.
const SLOW: Duration = Duration::from_millis(1_500);
/// A tenth of what a page gets: with less, a busy machine would never come to it.
const NICE: i32 = 10;

/// Hands work to the thread.
pub(crate) struct Thinker {
    place: Option<PathBuf>,
    state: Arc<Mutex<SentenceModel>>,
    thoughts: Mutex<Option<mpsc::Sender<Thought>>>,
}

type Thought = Box<dyn FnOnce(Option<&Model>) + Send>;

impl Thinker {
    /// With the model that lies at `place`, if one does. Nothing is begun yet.
    pub(crate) fn new(place: Option<PathBuf>) -> Self {
        let is_there = place.as_ref().is_some_and(|place| place.exists());
        let state = if is_there { SentenceModel::Waiting } else { SentenceModel::NotInstalled };
        let place = place.filter(|_| is_there);
        Self { place, state: Arc::new(Mutex::new(state)), thoughts: Mutex::default() }
    }

    pub(crate) fn state(&self) -> SentenceModel {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the model is there, though it may not have been needed yet.
    pub(crate) fn is_installed(&self) -> bool {
        self.state().is_installed()
    }

    /// Whether the model reads letters now.
    pub(crate) fn reads(&self) -> bool {
        matches!(self.state(), SentenceModel::Ready | SentenceModel::Slow)
    }

    /// What came of some work, after all that was handed in before; nothing if it failed.
    pub(crate) async fn think<T: Send + 'static>(
        &self,
        work: impl FnOnce(Option<&Model>) -> T + Send + 'static,
    ) -> Option<T> {
        let (say, said) = tokio::sync::oneshot::channel();
        self.hand_in(Box::new(move |model| drop(say.send(work(model)))));
        said.await.ok()
    }

    /// The vector of a text, if there is a model and it can read it.
    pub(crate) async fn vector(&self, text: String) -> Option<Vector> {
        let state = Arc::clone(&self.state);
        let read = move |model: Option<&Model>| {
            let begin = Instant::now();
            let vector = model?.embed(&text).ok();
            note_pace(&state, begin.elapsed());
            vector
        };
        self.think(read).await.flatten()
    }

    fn hand_in(&self, thought: Thought) {
        let mut thoughts = self.thoughts.lock().unwrap_or_else(PoisonError::into_inner);
        let left = match thoughts.as_ref() {
            Some(thread) => thread.send(thought).err().map(|unsent| unsent.0),
            None => Some(thought),
        };
        // Not begun yet, or ended by a thought that failed: it is begun anew.
        if let Some(thought) = left {
            *thoughts = self.begin();
            if let Some(thread) = thoughts.as_ref() {
                drop(thread.send(thought));
            }
        }
    }

    fn begin(&self) -> Option<mpsc::Sender<Thought>> {
        let (hand_in, thoughts) = mpsc::channel::<Thought>();
        let (place, state) = (self.place.clone(), Arc::clone(&self.state));
        let work = move || {
            if let Err(refused) = rustix::process::setpriority_process(None, NICE) {
                debug!(%refused, "Ranking takes its turn like all others: {refused}");
            }
            let model = place.and_then(|place| opened(&place, &state));
            while let Ok(thought) = thoughts.recv() {
                thought(model.as_ref());
            }
        };
        let begun = std::thread::Builder::new().name("thinking".to_owned()).spawn(work);
        begun.map_err(|error| warn!(%error, "No thread to rank answers: {error}")).ok()?;
        Some(hand_in)
    }
}

fn opened(place: &std::path::Path, state: &Mutex<SentenceModel>) -> Option<Model> {
    let (now, model) = match Model::open(place) {
        Ok(model) => {
            info!("The sentence model is read from {}", place.display());
            (SentenceModel::Ready, Some(model))
        }
        Err(refused) => {
            warn!(error = %refused, "The sentence model is not used, suggestions go on by words: {refused}");
            (SentenceModel::Refused(told(&refused)), None)
        }
    };
    *state.lock().unwrap_or_else(PoisonError::into_inner) = now;
    model
}

fn told(refused: &OpenError) -> String {
    refused.to_string()
}

fn note_pace(state: &Mutex<SentenceModel>, took: Duration) {
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    if matches!(*state, SentenceModel::Ready | SentenceModel::Slow) {
        *state = if took > SLOW { SentenceModel::Slow } else { SentenceModel::Ready };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_foreign_file_is_refused_and_thinking_goes_on_without_it() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), b"not a model").unwrap();
        let thinker = Thinker::new(Some(file.path().to_owned()));
        assert_eq!(thinker.state(), SentenceModel::Waiting);
        assert_eq!(thinker.think(|model| model.is_some()).await, Some(false));
        assert!(matches!(thinker.state(), SentenceModel::Refused(why) if why.contains("SHA-256")));
        assert_eq!(thinker.vector("query: lamp".to_owned()).await, None);
    }

    #[tokio::test]
    async fn a_thought_that_fails_does_not_end_thinking() {
        let thinker = Thinker::new(None);
        assert_eq!(thinker.state(), SentenceModel::NotInstalled);
        let failed: Option<()> = thinker.think(|_| panic!("a thought that fails")).await;
        assert_eq!(failed, None);
        let mut again = None;
        for _ in 0..100 {
            again = again.or(thinker.think(|_| 7).await);
        }
        assert_eq!(again, Some(7));
    }
}
