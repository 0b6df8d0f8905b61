//! Making a ranker: of the answers, of what colleagues chose, and of vectors that are made once.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use torg_core::answers::StandardAnswer;
use torg_store::answers::lessons::{self, Lesson};
use torg_store::answers::vectors;
use torg_store::{StoreError, answers};
use torg_text::answers::{AnswerText, Choice, Embed, Letter, Ranker, text_key};
use torg_text::e5::{Model, Vector, read_vector, written_vector};

use super::Known;
use crate::Desk;
use crate::delegation::Lessons;
use crate::filing::tongue_of;

/// How many lessons are read at a time, and how much of each letter, in characters.
const AT_ONCE: i64 = 250;
const READ: usize = 4_000;
/// How many vectors are kept in one transaction.
const KEPT_AT_ONCE: usize = 200;

impl Desk {
    /// A ranker of what is known.
    pub(super) async fn made_ranker(&self, known: &Known) -> Result<Arc<Ranker>, StoreError> {
        let answers = self.0.reader.read(answers::all_in_use).await?;
        let told: Vec<_> =
            answers.iter().map(|(id, answer)| told(&id.to_string(), answer)).collect();
        drop(answers);
        let delegation = self.0.reader.read(Lessons::all).await?;
        let vectors = match known.understands {
            true => Some(self.0.reader.read(vectors::of_answers).await?),
            false => None,
        };
        let make = move |model: Option<&Model>| {
            let mut ranker = Ranker::shipped(&told, &delegation.departments());
            let memory = vectors.map(|kept| Memory::of(kept, model));
            if let Some((memory, library)) = memory.as_ref().zip(torg_text::answers::shipped().ok())
            {
                ranker.understand(&told, library, memory);
            }
            delegation.teach(&mut ranker);
            (ranker, memory.map(Memory::changes).unwrap_or_default())
        };
        let (ranker, changes) = self.made(known, make).await?;
        self.keep_vectors(changes).await?;
        Ok(Arc::new(self.taught(ranker, known).await?))
    }

    /// A ranker by words that knows the answers and the departments, and no letter that ever came.
    pub(crate) async fn untaught_ranker(&self) -> Result<Ranker, StoreError> {
        let answers = self.0.reader.read(answers::all_in_use).await?;
        let delegation = self.0.reader.read(Lessons::none).await?;
        let make = move || {
            let told: Vec<_> =
                answers.iter().map(|(id, answer)| told(&id.to_string(), answer)).collect();
            Ranker::shipped(&told, &delegation.departments())
        };
        let made = tokio::task::spawn_blocking(make).await;
        made.map_err(|_| StoreError::Bug("a ranker that was not made".into()))
    }

    /// Shows it what colleagues chose, oldest first.
    async fn taught(&self, mut ranker: Ranker, known: &Known) -> Result<Ranker, StoreError> {
        let learnt = known.learnt;
        let mut after = self.0.reader.read(move |read| lessons::begin(read, learnt)).await?;
        loop {
            let some =
                move |read: &torg_store::Read<'_>| lessons::after(read, learnt, after, AT_ONCE);
            let (lessons, last) = self.0.reader.read(some).await?;
            let Some(last) = last else { return Ok(ranker) };
            let mut choices = Vec::new();
            for lesson in lessons {
                let vector = match known.understands {
                    true => self.vector_of_lesson(&lesson).await?,
                    false => None,
                };
                choices.push((choice(&lesson), vector));
            }
            let learn = move |_: Option<&Model>| {
                for (choice, vector) in &choices {
                    ranker.learn_with(choice, vector.as_ref());
                }
                ranker
            };
            ranker = self.made(known, learn).await?;
            after = last;
        }
    }

    /// What takes long is done beside: by words in a second or a few, by the sentence model on its
    /// own thread.
    async fn made<T: Send + 'static>(
        &self,
        known: &Known,
        work: impl FnOnce(Option<&Model>) -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        let done = match known.understands {
            true => self.0.thinker.think(work).await,
            false => tokio::task::spawn_blocking(move || work(None)).await.ok(),
        };
        done.ok_or_else(|| StoreError::Bug("a ranker that was not made".into()))
    }

    async fn vector_of_lesson(&self, lesson: &Lesson) -> Result<Option<Vector>, StoreError> {
        match lesson.vector.as_deref().and_then(read_vector) {
            Some(vector) => Ok(Some(vector)),
            None => self.vector_of(lesson.letter, &letter(lesson)).await,
        }
    }

    async fn keep_vectors(&self, changes: Changes) -> Result<(), StoreError> {
        for some in changes.made.chunks(KEPT_AT_ONCE) {
            let some = some.to_vec();
            let keep = move |tx: &mut torg_store::Tx<'_>| {
                some.iter().try_for_each(|(key, vector)| vectors::keep_of_answer(tx, *key, vector))
            };
            self.0.store.write_bulk(keep).await?;
        }
        for some in changes.idle.chunks(KEPT_AT_ONCE) {
            let some = some.to_vec();
            let forget = move |tx: &mut torg_store::Tx<'_>| {
                some.iter().try_for_each(|key| vectors::forget_of_answer(tx, *key))
            };
            self.0.store.write_bulk(forget).await?;
        }
        Ok(())
    }
}

/// The vectors of answers' texts that are kept, and those that are made because they are not.
struct Memory<'a> {
    kept: HashMap<i64, Vec<u8>>,
    model: Option<&'a Model>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    asked: HashSet<i64>,
    made: Vec<(i64, Vec<u8>)>,
}

/// What is to be kept and forgotten of vectors.
#[derive(Default)]
struct Changes {
    made: Vec<(i64, Vec<u8>)>,
    /// Of texts that no answer has any more.
    idle: Vec<i64>,
}

impl<'a> Memory<'a> {
    fn of(kept: Vec<(i64, Vec<u8>)>, model: Option<&'a Model>) -> Self {
        Self { kept: kept.into_iter().collect(), model, seen: Mutex::default() }
    }

    fn changes(self) -> Changes {
        let Seen { asked, made } = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let idle = self.kept.into_keys().filter(|key| !asked.contains(key)).collect();
        Changes { made, idle }
    }
}

impl Embed for Memory<'_> {
    fn embed(&self, text: &str) -> Option<Vector> {
        let key = text_key(text).cast_signed();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.asked.insert(key);
        if let Some(vector) = self.kept.get(&key).and_then(|bytes| read_vector(bytes)) {
            return Some(vector);
        }
        let vector = self.model?.embed(text).ok()?;
        let bytes = written_vector(&vector);
        // As it will be read from now on, here and on other nodes.
        let vector = read_vector(&bytes);
        seen.made.push((key, bytes));
        vector
    }
}

fn letter(lesson: &Lesson) -> Letter {
    Letter { subject: lesson.subject.clone(), text: lesson.body.chars().take(READ).collect() }
}

fn choice(lesson: &Lesson) -> Choice {
    Choice {
        id: lesson.letter.to_string(),
        letter: letter(lesson),
        answer: lesson.answer.map(|answer| answer.to_string()),
        passed_over: lesson.passed.iter().map(ToString::to_string).collect(),
        // Where letters belong is learnt by delegation.
        department: None,
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
