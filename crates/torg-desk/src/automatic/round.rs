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
        for (letter, since) in self.0.reader.read(|read| automatic::letters(read, ROUND)).await? {
            // It may belong to a restricted one.
            let waits = move |read: &Read<'_>| automatic::waits_for_department(read, letter);
            if self.0.reader.read(waits).await? {
                continue;
            }
            let waited = i128::from(self.now().as_microsecond() - since);
            match self.judge_letter(letter).await? {
                Some(judged) => self.consider_letter(letter, judged).await?,
                None if waited > FOR_THE_MODEL.as_micros() => {
                    self.consider_letter(letter, Judged::default()).await?
                }
                None => continue,
            };
        }
        Ok(())
    }

    /// What a letter suggests; nothing without the sentence model, without which nothing is sure.
    async fn judge_letter(&self, letter: MessageId) -> Result<Option<Judged>, StoreError> {
        if !self.0.thinker.is_installed() {
            return Ok(None);
        }
        let suggestions = self.suggestions_for(letter).await?.unwrap_or_default();
        // The file may have been refused when it was opened.
        let reads = self.0.thinker.reads();
        Ok(reads.then(|| Judged { suggestions, model: Some(SHA256.to_owned()) }))
    }
}
