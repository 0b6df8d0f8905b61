//! The text of the receipt in each language: our own, or as administrators wrote it.

use torg_core::answers::blanks::{self, Blank, Raw};
use torg_core::{Language, Viewer};
use torg_store::journal::Details;
use torg_store::{Read, StoreError, settings};

use crate::Desk;
use crate::changes::{ChangeRefused, administers};

/// The topic of these changes.
pub(crate) const TOPIC: &str = "receipts";
const LONGEST: usize = 5000;

/// A receipt's subject and text. The placeholders [`Blank::OF_A_RECEIPT`] are filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptText {
    pub language: Language,
    pub subject: String,
    pub text: String,
    /// It was written here, and is not the one Torg brings along.
    pub is_own: bool,
}

impl ReceiptText {
    /// Subject and text with the blanks filled.
    pub fn filled(
        &self,
        number: &str,
        subject: &str,
        department: &str,
        town: &str,
    ) -> (String, String) {
        let value = |word: &str| match Blank::from_word(word)? {
            Blank::Number => Some(number.to_owned()),
            Blank::Subject => Some(subject.to_owned()),
            Blank::Department => Some(department.to_owned()),
            Blank::Town => Some(town.to_owned()),
            _ => None,
        };
        let fill = |text: &str| blanks::fill(text, value);
        (fill(&self.subject).replace(['\r', '\n'], " "), fill(&self.text))
    }
}

/// Whether a word between braces is filled in a receipt: what is not would reach a citizen.
fn is_filled(raw: Raw<'_>) -> bool {
    let Raw::Closed(word) = raw else { return false };
    Blank::from_word(word).is_some_and(|blank| Blank::OF_A_RECEIPT.contains(&blank))
}

fn name(language: Language) -> String {
    format!("receipt.{}", language.tag())
}

/// The receipt of a language as it is kept, or as Torg brings it along.
pub(crate) fn of(read: &Read<'_>, language: Language) -> Result<ReceiptText, StoreError> {
    let kept = settings::get(read, &name(language))?.filter(|text| !text.is_empty());
    let is_own = kept.is_some();
    let whole = kept.unwrap_or_else(|| brought_along(language).to_owned());
    let (subject, text) = whole.split_once('\n').unwrap_or((whole.as_str(), ""));
    let (subject, text) = (doubled(subject.trim()), doubled(text.trim()));
    Ok(ReceiptText { language, subject, text, is_own })
}

/// Receipts were written with single braces once: `{number}`.
fn doubled(text: &str) -> String {
    let mut doubled = text.to_owned();
    for blank in Blank::OF_A_RECEIPT {
        let (single, double) = (format!("{{{}}}", blank.word()), blank.to_string());
        // What has two already gets them back.
        doubled = doubled.replace(&single, &double).replace(&format!("{{{double}}}"), &double);
    }
    doubled
}

fn brought_along(language: Language) -> &'static str {
    match language {
        Language::Da => include_str!("../texts/receipt.da.txt"),
        Language::Nb => include_str!("../texts/receipt.nb.txt"),
        Language::Nn => include_str!("../texts/receipt.nn.txt"),
        Language::Sv => include_str!("../texts/receipt.sv.txt"),
        Language::En => include_str!("../texts/receipt.en.txt"),
    }
}

impl Desk {
    /// The receipts of all languages.
    pub async fn receipt_texts(&self) -> Result<Vec<ReceiptText>, StoreError> {
        let all = |read: &Read<'_>| Language::ALL.into_iter().map(|one| of(read, one)).collect();
        self.0.reader.read(all).await
    }

    /// Sets the receipt of a language; without a text it is Torg's own again.
    pub async fn set_receipt(
        &self,
        viewer: &Viewer,
        language: Language,
        subject: &str,
        text: &str,
    ) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        let subject = blanks::kept(&doubled(subject.trim()));
        let text = blanks::kept(&doubled(text.replace("\r\n", "\n").trim()));
        if text.chars().count() > LONGEST || subject.chars().count() > 200 {
            return Err(ChangeRefused::BadValue { what: "receipt" });
        }
        let unknown = |text: &str| !blanks::raw(text).into_iter().all(is_filled);
        if unknown(&subject) || unknown(&text) {
            return Err(ChangeRefused::BadValue { what: "receipt" });
        }
        let whole = if text.is_empty() { String::new() } else { format!("{subject}\n{text}") };
        if !whole.is_empty() && subject.is_empty() {
            return Err(ChangeRefused::BadValue { what: "receipt" });
        }
        let (by, pen) = (viewer.staff, self.pen());
        self.0
            .store
            .write(move |tx| {
                let before = of(tx, language)?;
                let same = format!("{}\n{}", before.subject, before.text) == whole;
                if same {
                    return Ok(());
                }
                let value = (&*name(language), whole.as_str());
                Ok(pen.set(tx, Some(by), TOPIC, value, Details::default())?)
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_names_the_number_in_every_language() {
        for language in Language::ALL {
            let (subject, text) = brought_along(language).split_once('\n').unwrap();
            let own = ReceiptText {
                language,
                subject: subject.into(),
                text: text.trim().into(),
                is_own: false,
            };
            let (subject, text) = own.filled("26-7", "The {{number}}", "Roads", "Fjordby");
            assert!(
                subject.len() > 5 && text.contains("26-7") && text.contains("Fjordby"),
                "{text}"
            );
            assert!(!text.contains('{') && !subject.contains('{'), "{text}");
        }
    }

    #[test]
    fn what_was_written_with_single_braces_is_still_read() {
        let old = "{number} {{town}} {own}, {department}: «{subject}»";
        let new = "{{number}} {{town}} {own}, {{department}}: «{{subject}}»";
        assert_eq!(doubled(old), new);
        assert_eq!(doubled(new), new);
    }
}
