//! What suggestions learn from in the background: letters are read for their meaning as they come,
//! and what colleagues chose is learnt when enough of it is new, or once a day.

use jiff::SignedDuration;
use torg_core::{Id, InquiryId, JobId, MessageId, Viewer};
use torg_store::answers::lessons::{self, Learnt, NewLesson};
use torg_store::answers::vectors;
use torg_store::{Read, StoreError, inquiries, jobs, messages};
use torg_text::answers::{Letter, Ranker};
use torg_text::e5::{Vector, read_vector, written_vector};

use super::suggesting::letter_of;
use crate::{Desk, Refused};

/// The jobs.
pub(crate) const LEARN: &str = "answers-learn";
pub(crate) const READ_LETTERS: &str = "answers-read-letters";

/// So many new choices, and they are learnt.
const ENOUGH: i64 = 25;
/// How often is looked.
const LOOK: SignedDuration = SignedDuration::from_mins(10);
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How many letters are read at a time, and how soon the next are.
const LETTERS: i64 = 16;
const NEXT: SignedDuration = SignedDuration::from_secs(5);
/// How soon is looked for new ones.
const NEW_ONES: SignedDuration = SignedDuration::from_secs(30);

impl Desk {
    /// She says that no standard answer fits the newest letter: a person must write. The same again
    /// takes it back. What lies behind a wall teaches nothing.
    pub async fn say_none_fits(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        none_fits: bool,
    ) -> Result<(), Refused> {
        let passed = self.suggested_now(viewer, id).await?;
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                inquiries::seen_for(tx, &viewer, id)?.ok_or(Refused::NotFound)?;
                // Without a letter there is nothing to say.
                let Some(letter) = messages::addressee(tx, id)? else { return Ok(()) };
                let letter = letter.letter;
                lessons::forget_none_fits(tx, letter, viewer.staff)?;
                if none_fits {
                    let (id, staff, at, passed) =
                        (pen.id(), viewer.staff, pen.at(), passed.clone());
                    let lesson =
                        NewLesson { id, letter, answer: None, passed, sent: None, staff, at };
                    lessons::insert(tx, &lesson)?;
                }
                Ok(())
            })
            .await
    }

    /// The vector of what a letter asks: the one that is kept, else made now and kept. Nothing
    /// without the sentence model.
    pub(super) async fn vector_of(
        &self,
        id: MessageId,
        letter: &Letter,
    ) -> Result<Option<Vector>, StoreError> {
        let kept = self.0.reader.read(move |read| vectors::of_letter(read, id)).await?;
        if let Some(vector) = kept.as_deref().and_then(read_vector) {
            return Ok(Some(vector));
        }
        let Some(vector) = self.0.thinker.vector(Ranker::asked(letter)).await else {
            return Ok(None);
        };
        let bytes = written_vector(&vector);
        let vector = read_vector(&bytes);
        self.0.store.write_bulk(move |tx| vectors::keep_of_letter(tx, id, &bytes)).await?;
        Ok(vector)
    }

    /// Has what is new learnt, if it is enough or a day has passed.
    pub(crate) async fn learn_choices(&self, job: JobId) -> Result<(), StoreError> {
        let now = self.now();
        let (at, next) = (now.as_microsecond(), (now + LOOK).as_microsecond());
        let day_ago = (now - DAY).as_microsecond();
        self.0
            .store
            .write_bulk(move |tx| {
                let Learnt { until, at: last } = lessons::learnt(tx)?;
                let new = lessons::since(tx, until, ENOUGH)?;
                // Once a day also to forget what was deleted or went behind a wall.
                if new >= ENOUGH || last <= day_ago && (new > 0 || until > 0) {
                    lessons::learn_all(tx, at)?;
                }
                jobs::postpone(tx, job, next, None)
            })
            .await
    }

    /// Reads the letters that came since it last looked; `from` is the last it has read.
    pub(crate) async fn read_letters(&self, job: JobId, from: &str) -> Result<(), StoreError> {
        // Without the model nothing is read, and what comes meanwhile is read when it is opened.
        let is_installed = self.0.thinker.is_installed();
        let from: Option<MessageId> = from.parse().ok().filter(|_| is_installed);
        let (found, mut last) = self.0.reader.read(move |read| new_letters(read, from)).await?;
        let is_all = i64::try_from(found.len()).is_ok_and(|count| count < LETTERS);
        for id in found {
            if let Some(letter) = self.0.reader.read(move |read| letter_of(read, id)).await? {
                self.vector_of(id, &letter).await?;
            }
            last = last.max(id);
        }
        let pause = match (is_installed, is_all) {
            (false, _) => LOOK,
            (true, true) => NEW_ONES,
            (true, false) => NEXT,
        };
        let due = (self.now() + pause).as_microsecond();
        self.0.store.write_bulk(move |tx| jobs::go_on(tx, job, &last.to_string(), due)).await?;
        Ok(())
    }
}

/// The letters after `from` that nobody has read; those that were there before it first looked are
/// left to whoever opens them.
fn new_letters(
    read: &Read<'_>,
    from: Option<MessageId>,
) -> Result<(Vec<MessageId>, MessageId), StoreError> {
    match from {
        Some(from) => Ok((vectors::letters_without(read, from, LETTERS)?, from)),
        None => Ok((Vec::new(), messages::newest(read)?.unwrap_or(Id::from_i64(0)))),
    }
}
