//! Rounds of looking at new letters, beside filing, so that nothing is filed later for it.

use jiff::SignedDuration;
use torg_core::MessageId;
use torg_store::{Read, StoreError, automatic};
use torg_text::e5::asset::SHA256;

use super::Judged;
use crate::Desk;

/// How many letters a round looks at.
const ROUND: i64 = 16;
/// For so long a letter waits for a node that has the sentence model; then there is none.
const FOR_THE_MODEL: SignedDuration = SignedDuration::from_mins(10);

impl Desk {
    /// Looks at the letters that wait, a few at a time.
    ///
    /// # Errors
    /// When the database does not answer; what waits goes on waiting.
    pub async fn consider_waiting(&self) -> Result<(), StoreError> {
        for (letter, since) in self.waiting_letters().await? {
            // It may belong to a restricted one.
            let waits = move |read: &Read<'_>| automatic::waits_for_department(read, letter);
            if self.0.reader.read(waits).await? {
                continue;
            }
            let judged = self.judge_letter(letter).await?;
            let waited = self.now().as_microsecond() - since;
            if judged.model.is_some() || i128::from(waited) > FOR_THE_MODEL.as_micros() {
                self.consider_letter(letter, judged).await?;
            }
        }
        Ok(())
    }

    /// The letters that wait to be looked at, oldest first.
    pub async fn letters_to_consider(&self) -> Result<Vec<MessageId>, StoreError> {
        Ok(self.waiting_letters().await?.into_iter().map(|(letter, _)| letter).collect())
    }

    async fn waiting_letters(&self) -> Result<Vec<(MessageId, i64)>, StoreError> {
        self.0.reader.read(|read| automatic::letters(read, ROUND)).await
    }

    /// What a letter suggests.
    async fn judge_letter(&self, letter: MessageId) -> Result<Judged, StoreError> {
        let suggestions = self.suggestions_for(letter).await?.unwrap_or_default();
        // Without the model nothing is sure at all.
        let model = (suggestions.sureness > 0.0).then(|| SHA256.to_owned());
        Ok(Judged { suggestions, model })
    }
}
