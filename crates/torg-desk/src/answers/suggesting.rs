//! Which answers and departments a letter suggests, and why.

use std::collections::HashSet;

use torg_core::answers::Stage;
use torg_core::{AnswerId, InquiryId, MessageId, Viewer};
use torg_store::answers::{self, AnswerRow};
use torg_store::{Read, StoreError, inquiries, messages};
use torg_text::answers::{Letter, Reason, Suggestion, Suggestions};

use crate::{Desk, Refused};

/// What may be told to a colleague about a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggested {
    /// The best first.
    pub answers: Vec<SuggestedAnswer>,
    /// Something is still being made ready, and more will be known in a moment.
    pub more_soon: bool,
}

/// An answer that may fit, and the words of the letter that speak for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestedAnswer {
    pub row: AnswerRow,
    pub words: Vec<String>,
}

/// How many answers are suggested, and words told of each.
const SUGGESTED: usize = 3;
const WORDS: usize = 3;
/// How much of a letter is read, in characters.
const READ: usize = 20_000;

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
        let Some((letter, seen)) = asked else { return Ok(Suggested::default()) };
        let Some((ranker, is_newest)) = self.ranker_at_hand().await? else {
            return Ok(Suggested { more_soon: true, ..Suggested::default() });
        };
        let may = move |id: &str| id.parse().is_ok_and(|id: AnswerId| seen.contains(&id));
        let ranking = move || ranker.suggest_among(&letter, None, &may).answers;
        let ranked = tokio::task::spawn_blocking(ranking).await;
        let ranked = ranked.map_err(|_| StoreError::Bug("a ranking that did not end".into()))?;
        let viewer = viewer.clone();
        let answers = self.0.reader.read(move |read| seen_of(read, &viewer, &ranked)).await?;
        Ok(Suggested { answers, more_soon: !is_newest })
    }

    /// All that a letter suggests, for Torg itself: behind every wall, so nothing of it may be shown
    /// to anybody as it is. Answers and departments are told by their ids as text. Waits until the
    /// ranking knows everything there is to know; nothing if there is no such letter.
    pub async fn suggestions_for(
        &self,
        letter: MessageId,
    ) -> Result<Option<Suggestions>, StoreError> {
        let Some(letter) = self.0.reader.read(move |read| letter_of(read, letter)).await? else {
            return Ok(None);
        };
        let ranker = self.newest_ranker().await?;
        let ranked = tokio::task::spawn_blocking(move || ranker.suggest(&letter)).await;
        Ok(Some(ranked.map_err(|_| StoreError::Bug("a ranking that did not end".into()))?))
    }
}

/// The newest letter of an inquiry she sees, and the answers she may know of; nothing without either.
fn asked(
    read: &Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<(Letter, HashSet<AnswerId>)>, Refused> {
    inquiries::seen_for(read, viewer, id)?.ok_or(Refused::NotFound)?;
    let seen: HashSet<AnswerId> = answers::seen_in_use(read, viewer)?.into_iter().collect();
    let newest = messages::addressee(read, id)?.filter(|_| !seen.is_empty());
    let letter = newest.map(|newest| letter_of(read, newest.letter)).transpose()?.flatten();
    Ok(letter.map(|letter| (letter, seen)))
}

fn letter_of(read: &Read<'_>, letter: MessageId) -> Result<Option<Letter>, StoreError> {
    let asked = messages::asked(read, letter)?;
    Ok(asked.map(|(subject, body)| Letter { subject, text: body.chars().take(READ).collect() }))
}

/// Those she may know of, with what speaks for each.
fn seen_of(
    read: &Read<'_>,
    viewer: &Viewer,
    ranked: &[Suggestion],
) -> Result<Vec<SuggestedAnswer>, StoreError> {
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
            found.push(SuggestedAnswer { row, words: words.unwrap_or_default() });
        }
        if found.len() == SUGGESTED {
            break;
        }
    }
    Ok(found)
}
