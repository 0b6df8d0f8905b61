//! What citizens and staff are told about how long letters are kept, and why, language by language.

use torg_core::{Language, Viewer};
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, settings};

use crate::Desk;
use crate::changes::{ChangeRefused, administers};

/// The topic of these changes.
pub(crate) const TOPIC: &str = "privacy";
/// The most letters of a note.
const LONGEST: usize = 5000;

/// The note of one language; without a text none was written in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivacyNote {
    pub language: Language,
    pub text: String,
}

fn name(language: Language) -> String {
    format!("{TOPIC}.{}", language.tag())
}

/// The notes of all languages.
fn all(read: &Read<'_>) -> Result<Vec<PrivacyNote>, StoreError> {
    let note = |language| {
        let text = settings::get(read, &name(language))?.unwrap_or_default();
        Ok(PrivacyNote { language, text })
    };
    Language::ALL.into_iter().map(note).collect()
}

/// Whether a note was written, in whatever language.
pub(crate) fn is_written(read: &Read<'_>) -> Result<bool, StoreError> {
    Ok(all(read)?.iter().any(|note| !note.text.is_empty()))
}

impl Desk {
    /// The notes of all languages, those without a text too.
    pub async fn privacy_notes(&self) -> Result<Vec<PrivacyNote>, StoreError> {
        self.0.reader.read(all).await
    }

    /// The note for somebody who reads `language`: hers, else the main language's, else any.
    pub async fn privacy_note(
        &self,
        language: Language,
    ) -> Result<Option<PrivacyNote>, StoreError> {
        let main = self.about().language;
        let mut notes = self.privacy_notes().await?;
        notes.retain(|note| !note.text.is_empty());
        notes.sort_by_key(|note| (note.language != language, note.language != main));
        Ok(notes.into_iter().next())
    }

    /// Sets the note of a language; an empty one takes it away.
    pub async fn set_privacy_note(
        &self,
        viewer: &Viewer,
        language: Language,
        text: &str,
    ) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if text.chars().count() > LONGEST {
            return Err(ChangeRefused::BadValue { what: "privacy" });
        }
        let (by, pen) = (viewer.staff, self.pen());
        let what = name(language);
        let keep =
            move |tx: &mut Tx<'_>| pen.set(tx, Some(by), TOPIC, (&what, &text), Details::default());
        self.0.store.write(keep).await?;
        Ok(self.read_settings().await?)
    }
}
