//! One voice: how the municipality's letters are written, and hints for whoever writes one.

use torg_core::answers::blanks::{self, Blank};
use torg_core::house_style::{Address, HouseStyle, StylePart};
use torg_core::{InquiryId, Language, StaffId, Verb, Viewer};
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, inquiries, messages, settings};
use torg_text::style::{self, Hint, Rules};

use crate::answers::Values;
use crate::changes::{ChangeRefused, Changed, administers};
use crate::filing::{language_of, tongue_of};
use crate::pen::Pen;
use crate::{Desk, Refused};

/// The topic of these changes.
pub(crate) const TOPIC: &str = "style";
/// Where most readers lose the thread, in words: a round number, as plain-language guides give it.
const USUAL_SENTENCE: u16 = 25;

/// Hints for a text, and the language they are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hints {
    pub language: Language,
    pub hints: Vec<Hint>,
}

fn name(language: Language, part: StylePart) -> String {
    format!("{TOPIC}.{}.{}", language.tag(), part.word())
}

/// Language and part of a setting's name.
fn named(what: &str) -> Option<(Language, StylePart)> {
    let (tag, word) = what.strip_prefix(TOPIC)?.strip_prefix('.')?.split_once('.')?;
    let part = StylePart::ALL.into_iter().find(|part| part.word() == word)?;
    Some((tag.parse().ok()?, part))
}

/// The style of a language: as it is kept, else as Torg brings it along.
pub(crate) fn of(read: &Read<'_>, language: Language) -> Result<HouseStyle, StoreError> {
    let mut style = shipped(language);
    for part in StylePart::ALL {
        if let Some(kept) = settings::get(read, &name(language, part))? {
            let fits = style.set(part, &kept);
            fits.map_err(|why| StoreError::Bug(format!("{}: {why}", name(language, part))))?;
        }
    }
    Ok(style)
}

fn shipped(language: Language) -> HouseStyle {
    let (greeting, closing) = match language {
        Language::Da => ("Hej {{first_name}}", "Venlig hilsen"),
        Language::Nb => ("Hei, {{first_name}}", "Vennlig hilsen"),
        Language::Nn => ("Hei, {{first_name}}", "Venleg helsing"),
        Language::Sv => ("Hej {{first_name}}!", "Vänliga hälsningar"),
        Language::En => ("Dear {{first_name}},", "Kind regards"),
    };
    HouseStyle {
        greeting: greeting.into(),
        closing: closing.into(),
        longest_sentence: USUAL_SENTENCE,
        plain: true,
        ..HouseStyle::default()
    }
}

impl Desk {
    /// The styles of all languages.
    pub async fn house_styles(&self) -> Result<Vec<(Language, HouseStyle)>, StoreError> {
        let all = |read: &Read<'_>| {
            Language::ALL.into_iter().map(|language| Ok((language, of(read, language)?))).collect()
        };
        self.0.reader.read(all).await
    }

    /// Sets parts of a language's style. All are checked before one is set.
    ///
    /// # Errors
    /// [`ChangeRefused::BadValue`] names the part by its word.
    pub async fn set_house_style(
        &self,
        viewer: &Viewer,
        language: Language,
        parts: Vec<(StylePart, String)>,
    ) -> Result<(), ChangeRefused> {
        administers(viewer)?;
        let (by, pen) = (viewer.staff, self.pen());
        self.0
            .store
            .write(move |tx| {
                let before = of(tx, language)?;
                let mut after = before.clone();
                for (part, value) in &parts {
                    let refused = |_| ChangeRefused::BadValue { what: part.word() };
                    after.set(*part, value).map_err(refused)?;
                }
                for part in StylePart::ALL {
                    let set = (language, part, before.part(part), after.part(part));
                    keep(tx, &pen, by, set, Details::default())?;
                }
                Ok(())
            })
            .await
    }

    /// What may be changed in a text, by the style of the language it is written in; `usual` is
    /// meant where the text does not tell.
    pub async fn style_hints(&self, text: String, usual: Language) -> Result<Hints, StoreError> {
        let language = language_of(&text).unwrap_or(usual);
        let style = self.0.reader.read(move |read| of(read, language)).await?;
        let hints = tokio::task::spawn_blocking(move || hints(&text, language, &style)).await;
        let hints = hints.map_err(|_| StoreError::Bug("hints that did not end".into()))?;
        Ok(Hints { language, hints })
    }

    /// A text with the greeting and closing of the house around it, where it has none, in its own
    /// language or else the letter's.
    pub async fn greeted(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        text: String,
    ) -> Result<String, Refused> {
        let (viewer, home) = (viewer.clone(), self.about().language);
        self.0
            .reader
            .read(move |read| {
                let inquiry = inquiries::seen_for(read, &viewer, id)?.ok_or(Refused::NotFound)?;
                let letter = messages::addressee(read, id)?;
                let of_letter = letter.as_ref().and_then(|letter| language_of(&letter.body));
                let language = language_of(&text).or(of_letter).unwrap_or(home);
                let name = letter.map(|letter| letter.name);
                let values = Values::of(read, Some(&viewer), &inquiry, name, language)?;
                let style = of(read, language)?;
                Ok(around(&text, language, &style, &values))
            })
            .await
    }
}

fn around(text: &str, language: Language, style: &HouseStyle, values: &Values) -> String {
    let missing = match text.trim().is_empty() {
        true => vec![Hint::NoGreeting, Hint::NoClosing],
        false => hints(text, language, style),
    };
    let fill = |part: &str| blanks::fill(part, |word| values.of_word(word));
    let wanted =
        |hint: Hint, part: &str| if missing.contains(&hint) { fill(part) } else { String::new() };
    let greeting = wanted(Hint::NoGreeting, &style.greeting);
    let closing = wanted(Hint::NoClosing, &style.closing);
    // A blank line to write on, where nothing is written yet.
    let parts = [greeting.as_str(), text.trim(), closing.as_str()];
    parts.join("\n\n").trim().to_owned()
}

fn keep(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    (language, part, old, new): (Language, StylePart, String, String),
    details: Details,
) -> Result<(), StoreError> {
    if old == new {
        return Ok(());
    }
    let what = name(language, part);
    settings::set(tx, &what, &new)?;
    let change = Changed { topic: TOPIC, what: &what, old: &old, new: &new };
    pen.changed(tx, Some(by), Verb::SettingChanged, &change, details)
}

/// Sets a part as it was.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    let (language, part) = named(&change.what).ok_or(ChangeRefused::NoUndo)?;
    let now = of(tx, language)?.part(part);
    if now != change.new {
        return Err(ChangeRefused::ChangedSince);
    }
    Ok(keep(tx, pen, by, (language, part, now, change.old.clone()), details)?)
}

fn hints(text: &str, language: Language, style: &HouseStyle) -> Vec<Hint> {
    let avoided: Vec<(&str, &str)> =
        style.avoided.iter().map(|one| (one.word.as_str(), one.instead.as_str())).collect();
    let rules = Rules {
        tongue: tongue_of(language),
        greeting: !style.greeting.is_empty(),
        closing: !style.closing.is_empty(),
        formal: match style.address {
            Address::Free => None,
            Address::Informal => Some(false),
            Address::Formal => Some(true),
        },
        avoided: &avoided,
        longest_sentence: style.longest_sentence.into(),
        plain: style.plain,
    };
    // In a standard answer they stand as placeholders.
    let text = blanks::fill(text, |word| match Blank::from_word(word)? {
        Blank::Greeting => Some(style.greeting.clone()),
        Blank::Closing => Some(style.closing.clone()),
        _ => None,
    });
    style::hints(&text, &rules)
}
