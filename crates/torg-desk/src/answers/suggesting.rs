//! Which answers and departments a letter suggests, and why.

use std::collections::HashSet;
use std::sync::Arc;

use torg_core::answers::Stage;
use torg_core::wall::open_wall;
use torg_core::{AnswerId, InquiryId, MessageId, Viewer};
use torg_store::answers::lessons::{self, EarlierCase};
use torg_store::answers::{self, AnswerRow, vectors};
use torg_store::{Read, StoreError, inquiries, messages};
use torg_text::answers::{Letter, Ranker, Reason, Suggestion, Suggestions};
use torg_text::e5::{Vector, read_vector};
use tracing::error;

use crate::{Desk, Refused};

/// What may be told to a colleague about a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggested {
    /// The best first.
    pub answers: Vec<SuggestedAnswer>,
    /// Something is still being made ready, and more will be known in a moment.
    pub more_soon: bool,
    /// What she says of it is learnt: the letter lies behind no wall.
    pub teaches: bool,
    /// She has said that none fits.
    pub none_fits: bool,
}

/// An answer that may fit, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestedAnswer {
    pub row: AnswerRow,
    /// The words of the letter that speak for it.
    pub words: Vec<String>,
    /// The nearest earlier letters that got it, of those she may see.
    pub earlier: Vec<EarlierCase>,
}

/// How many answers are suggested, and words and earlier letters told of each.
const SUGGESTED: usize = 3;
const WORDS: usize = 3;
const EARLIER: usize = 2;
/// What is a hundred times less likely than the best is not worth her look. Of 341 letters of
/// development that hid half of what was suggested, and the right answer once.
const LEAST_OF_BEST: f32 = 0.01;
/// How much of a letter is read, in characters.
const READ: usize = 20_000;

/// A letter that answers are suggested for.
struct Asked {
    id: MessageId,
    letter: Letter,
    /// What it asks, if that was worked out.
    vector: Option<Vector>,
    /// The answers that whoever looks may know of.
    seen: HashSet<AnswerId>,
    teaches: bool,
    none_fits: bool,
}

impl Desk {
    /// The answers in use that fit the newest letter of an inquiry best, of those she may know of.
    /// Waits for nothing: what is not ready yet comes when she asks again.
    pub async fn suggest_answers(
        &self,
        viewer: &Viewer,
        id: InquiryId,
    ) -> Result<Suggested, Refused> {
        let of = viewer.clone();
        let asked = self.0.reader.read(move |read| asked(read, &of, id)).await?;
        self.log_reading(viewer, id).await?;
        let Some(asked) = asked else { return Ok(Suggested::default()) };
        let (teaches, none_fits) = (asked.teaches, asked.none_fits);
        let is_read = asked.vector.is_some() || !self.0.thinker.reads();
        if !is_read {
            self.read_soon(asked.id, asked.letter.clone());
        }
        let Some((ranker, is_newest)) = self.ranker_at_hand().await? else {
            return Ok(Suggested { more_soon: true, ..Suggested::default() });
        };
        let ranked = ranked(ranker, asked).await?;
        let viewer = viewer.clone();
        let answers = self.0.reader.read(move |read| seen_of(read, &viewer, id, &ranked)).await?;
        Ok(Suggested { answers, more_soon: !is_newest || !is_read, teaches, none_fits })
    }

    /// The answers in use that mean the same as one of them, most alike first, by the sentence model;
    /// none without it, or while nothing is ready. Whoever shows them leaves out those that the viewer
    /// may not know of.
    pub async fn answers_alike(&self, id: AnswerId) -> Result<Vec<AnswerId>, StoreError> {
        let Some((ranker, _)) = self.ranker_at_hand().await? else { return Ok(Vec::new()) };
        let alike = ranker.alike(&id.to_string());
        Ok(alike.iter().filter_map(|id| id.parse().ok()).collect())
    }

    /// All that a letter suggests, for Torg itself: behind every wall, so nothing of it may be shown
    /// to anybody as it is. Answers and departments are told by their ids as text. Waits until the
    /// ranking knows everything there is to know, and the letter is understood if the sentence model
    /// is there; nothing if there is no such letter.
    pub async fn suggestions_for(
        &self,
        letter: MessageId,
    ) -> Result<Option<Suggestions>, StoreError> {
        let id = letter;
        let Some(letter) = self.0.reader.read(move |read| letter_of(read, id)).await? else {
            return Ok(None);
        };
        let ranker = self.newest_ranker().await?;
        let vector = self.vector_of(id, &letter).await?;
        let ranking = move || ranker.suggest_with(&letter, vector.as_ref());
        let ranked = tokio::task::spawn_blocking(ranking).await;
        Ok(Some(ranked.map_err(|_| StoreError::Bug("a ranking that did not end".into()))?))
    }

    /// What would be suggested to her at this moment; nothing if it is not ready.
    pub(super) async fn suggested_now(
        &self,
        viewer: &Viewer,
        id: InquiryId,
    ) -> Result<Vec<AnswerId>, Refused> {
        let of = viewer.clone();
        let asked = self.0.reader.read(move |read| asked(read, &of, id)).await?;
        let Some((asked, (ranker, _))) = asked.zip(self.ranker_at_hand().await?) else {
            return Ok(Vec::new());
        };
        let best = ranked(ranker, asked).await?;
        Ok(best.iter().take(SUGGESTED).filter_map(|one| one.answer.parse().ok()).collect())
    }

    /// Works out what a letter asks, and nobody waits for it.
    fn read_soon(&self, id: MessageId, letter: Letter) {
        let desk = self.clone();
        tokio::spawn(async move {
            if let Err(failure) = desk.vector_of(id, &letter).await {
                error!(error = %failure, "What a letter asks was not kept: {failure}");
            }
        });
    }
}

/// What may fit, of all she may know of, the best first.
async fn ranked(ranker: Arc<Ranker>, asked: Asked) -> Result<Vec<Suggestion>, StoreError> {
    let ranking = move || {
        let may = |id: &str| id.parse().is_ok_and(|id: AnswerId| asked.seen.contains(&id));
        let mut all = ranker.suggest_among(&asked.letter, asked.vector.as_ref(), &may).answers;
        let best = all.iter().map(|one| one.score).fold(0.0, f32::max);
        all.retain(|one| one.score >= best * LEAST_OF_BEST);
        all
    };
    let ranked = tokio::task::spawn_blocking(ranking).await;
    ranked.map_err(|_| StoreError::Bug("a ranking that did not end".into()))
}

/// The newest letter of an inquiry she sees; nothing without one, without answers, or once it is
/// answered, closed or spam: nobody is to answer that.
fn asked(read: &Read<'_>, viewer: &Viewer, id: InquiryId) -> Result<Option<Asked>, Refused> {
    let inquiry = inquiries::seen_for(read, viewer, id)?.ok_or(Refused::NotFound)?;
    if !inquiry.state.is_to_be_answered() {
        return Ok(None);
    }
    let seen: HashSet<AnswerId> = answers::seen_in_use(read, viewer)?.into_iter().collect();
    let Some(newest) = messages::addressee(read, id)?.filter(|_| !seen.is_empty()) else {
        return Ok(None);
    };
    let id = newest.letter;
    let Some(letter) = letter_of(read, id)? else { return Ok(None) };
    let vector = vectors::of_letter(read, id)?.as_deref().and_then(read_vector);
    let none_fits = lessons::none_fits(read, id, viewer.staff)?;
    Ok(Some(Asked { id, letter, vector, seen, teaches: inquiry.wall == open_wall(), none_fits }))
}

pub(super) fn letter_of(read: &Read<'_>, letter: MessageId) -> Result<Option<Letter>, StoreError> {
    let asked = messages::asked(read, letter)?;
    Ok(asked.map(|(subject, body)| Letter { subject, text: body.chars().take(READ).collect() }))
}

/// Those she may know of, with what speaks for each.
fn seen_of(
    read: &Read<'_>,
    viewer: &Viewer,
    inquiry: InquiryId,
    ranked: &[Suggestion],
) -> Result<Vec<SuggestedAnswer>, StoreError> {
    let mut found = Vec::new();
    for suggestion in ranked {
        let Ok(id) = suggestion.answer.parse() else { continue };
        if let Some(row) =
            answers::one(read, viewer, id)?.filter(|row| row.answer.stage == Stage::InUse)
        {
            let (mut words, mut earlier) = (Vec::new(), Vec::new());
            for reason in &suggestion.reasons {
                match reason {
                    Reason::Words(all) => words = all.iter().take(WORDS).cloned().collect(),
                    Reason::Earlier(letters) => {
                        earlier = cases(read, viewer, inquiry, letters)?;
                    }
                }
            }
            found.push(SuggestedAnswer { row, words, earlier });
        }
        if found.len() == SUGGESTED {
            break;
        }
    }
    Ok(found)
}

/// The inquiries of earlier letters, the nearest first: those she may see, each once.
fn cases(
    read: &Read<'_>,
    viewer: &Viewer,
    inquiry: InquiryId,
    letters: &[String],
) -> Result<Vec<EarlierCase>, StoreError> {
    let mut found: Vec<EarlierCase> = Vec::new();
    for letter in letters.iter().filter_map(|id| id.parse().ok()) {
        let case = lessons::case(read, viewer, letter, inquiry)?;
        let is_new = |case: &EarlierCase| found.iter().all(|one| one.inquiry != case.inquiry);
        found.extend(case.filter(is_new));
        if found.len() == EARLIER {
            break;
        }
    }
    Ok(found)
}
