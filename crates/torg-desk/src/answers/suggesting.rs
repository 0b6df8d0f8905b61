//! Which answers fit a letter: ranked by words, with the words that speak for each.

use std::sync::{Arc, Mutex, PoisonError};

use torg_core::answers::{Stage, StandardAnswer};
use torg_core::{InquiryId, Language, Viewer};
use torg_store::answers::{self, AnswerRow, Stamp};
use torg_store::{Read, StoreError, inquiries, messages};
use torg_text::Tongue;
use torg_text::answers::{AnswerText, Letter, Ranker, Reason, Suggestion};

use crate::{Desk, Refused};

/// An answer that may fit, and the words of the letter that speak for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    pub row: AnswerRow,
    pub words: Vec<String>,
}

/// How many answers are suggested, and words told of each.
const SUGGESTED: usize = 3;
const WORDS: usize = 3;
/// How much of a letter is read, in characters.
const READ: usize = 20_000;

/// Ranks by the answers as they are now. Making a ranker takes a part of a second, so the last one
/// is kept until an answer changes.
#[derive(Default)]
pub(crate) struct Suggester(Mutex<Option<(Stamp, Arc<Ranker>)>>, tokio::sync::Mutex<()>);

impl Suggester {
    fn kept(&self, stamp: &Stamp) -> Option<Arc<Ranker>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(known, _)| known == stamp).map(|(_, ranker)| Arc::clone(ranker))
    }

    fn keep(&self, stamp: Stamp, ranker: &Arc<Ranker>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((stamp, Arc::clone(ranker)));
    }
}

impl Desk {
    /// The answers in use that fit the newest letter of an inquiry best, of those she may know of.
    pub async fn suggest_answers(
        &self,
        viewer: &Viewer,
        id: InquiryId,
    ) -> Result<Vec<Suggested>, Refused> {
        let of = viewer.clone();
        let read = move |read: &Read<'_>| {
            inquiries::seen_for(read, &of, id)?.ok_or(Refused::NotFound)?;
            let subject = inquiries::subject(read, id)?.unwrap_or_default();
            let letter = messages::addressee(read, id)?;
            let text = letter.map(|letter| letter.body.chars().take(READ).collect());
            let letter = Letter { subject, text: text.unwrap_or_default() };
            Ok::<_, Refused>((letter, answers::stamp(read)?))
        };
        let (letter, stamp) = self.0.reader.read(read).await?;
        self.log_reading(viewer, id).await?;
        if stamp.0 == 0 {
            return Ok(Vec::new());
        }
        let ranker = self.ranker(stamp).await?;
        let ranked = tokio::task::spawn_blocking(move || ranker.suggest(&letter).answers).await;
        let ranked = ranked.map_err(|_| StoreError::Bug("a ranking that did not end".into()))?;
        let viewer = viewer.clone();
        Ok(self.0.reader.read(move |read| seen(read, &viewer, &ranked)).await?)
    }

    async fn ranker(&self, stamp: Stamp) -> Result<Arc<Ranker>, StoreError> {
        if let Some(kept) = self.0.suggester.kept(&stamp) {
            return Ok(kept);
        }
        // Whoever comes meanwhile waits for this one.
        let _making = self.0.suggester.1.lock().await;
        if let Some(kept) = self.0.suggester.kept(&stamp) {
            return Ok(kept);
        }
        let all = self.0.reader.read(answers::all_in_use).await?;
        let made = tokio::task::spawn_blocking(move || {
            let told: Vec<_> =
                all.iter().map(|(id, answer)| told(&id.to_string(), answer)).collect();
            Arc::new(Ranker::shipped(&told, &[]))
        });
        let made = made.await.map_err(|_| StoreError::Bug("a ranker that was not made".into()))?;
        self.0.suggester.keep(stamp, &made);
        Ok(made)
    }
}

/// Those she may know of, with what speaks for each.
fn seen(
    read: &Read<'_>,
    viewer: &Viewer,
    ranked: &[Suggestion],
) -> Result<Vec<Suggested>, StoreError> {
    let mut found = Vec::new();
    for suggestion in ranked {
        let Ok(id) = suggestion.answer.parse() else { continue };
        if let Some(row) =
            answers::one(read, viewer, id)?.filter(|row| row.answer.stage == Stage::InUse)
        {
            let words = suggestion.reasons.iter().find_map(|reason| match reason {
                Reason::Words(words) => Some(words.iter().take(WORDS).cloned().collect()),
                Reason::Earlier(_) => None,
            });
            found.push(Suggested { row, words: words.unwrap_or_default() });
        }
        if found.len() == SUGGESTED {
            break;
        }
    }
    Ok(found)
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
