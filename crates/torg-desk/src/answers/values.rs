//! What the placeholders of an answer are filled from.

use torg_core::answers::blanks::{self, Blank};
use torg_core::answers::{StandardAnswer, Text};
use torg_core::house_style::HouseStyle;
use torg_core::{Inquiry, Language, Viewer};
use torg_store::{Read, StoreError, departments, inquiries, staff};

use crate::house_style;

/// What the placeholders are filled from.
pub(crate) struct Values {
    name: Option<String>,
    number: String,
    subject: String,
    department: Option<String>,
    /// Nobody, where Torg itself writes.
    staff: Option<String>,
    phone: Option<String>,
    link: Option<String>,
    style: HouseStyle,
}

impl Values {
    /// `name` is the citizen's as the letter gives it, `language` the answer's.
    pub(crate) fn of(
        read: &Read<'_>,
        viewer: Option<&Viewer>,
        inquiry: &Inquiry,
        name: Option<String>,
        language: Language,
    ) -> Result<Self, StoreError> {
        let own = match viewer {
            Some(viewer) => staff::signature(read, viewer.staff)?,
            None => String::new(),
        };
        let of_department = departments::signature(read, inquiry.department, language.tag())?;
        let phone = blanks::phone_in(&own).or_else(|| blanks::phone_in(&of_department));
        Ok(Self {
            // A stranger's name is often only her address.
            name: name.filter(|name| !name.contains('@')),
            number: inquiry.number.to_string(),
            subject: inquiries::subject(read, inquiry.id)?.unwrap_or_default(),
            department: departments::one(read, inquiry.department)?.map(|one| one.name),
            staff: viewer.map(|viewer| viewer.name.clone()),
            phone,
            link: None,
            style: house_style::of(read, language)?,
        })
    }

    /// With the links of the answer that is filled.
    pub(super) fn with_links(self, links: &[String]) -> Self {
        Self { link: links.first().cloned(), ..self }
    }

    /// What a placeholder stands for.
    pub(crate) fn of_word(&self, word: &str) -> Option<String> {
        match Blank::from_word(word)? {
            Blank::Name => self.name.clone(),
            Blank::FirstName => self.name.as_deref().map(first_name),
            Blank::Number => Some(self.number.clone()),
            Blank::Subject => Some(self.subject.clone()),
            Blank::Department => self.department.clone(),
            Blank::Staff => self.staff.clone(),
            Blank::Phone => self.phone.clone(),
            Blank::Link => self.link.clone(),
            Blank::Greeting => self.written(&self.style.greeting),
            Blank::Closing => self.written(&self.style.closing),
            // Of these only who writes knows.
            Blank::Town
            | Blank::Date
            | Blank::Email
            | Blank::Telephone
            | Blank::CaseNumber
            | Blank::IdentityNumber => None,
        }
    }

    /// A part of the house style, which never holds itself.
    fn written(&self, part: &str) -> Option<String> {
        (!part.is_empty()).then(|| blanks::fill(part, |word| self.of_word(word)))
    }
}

/// An answer filled for the letter of `name` that an inquiry began with, where nobody inserts it.
/// What has no value stays as it is.
pub(crate) fn filled_by_torg(
    read: &Read<'_>,
    inquiry: &Inquiry,
    name: &str,
    (answer, text): (&StandardAnswer, &Text),
) -> Result<String, StoreError> {
    let values = Values::of(read, None, inquiry, Some(name.to_owned()), text.language)?;
    let values = values.with_links(&answer.links);
    Ok(blanks::fill(&text.body, |word| values.of_word(word)))
}

/// "Aino" of "Aino Virtanen" and of "Virtanen, Aino"; empty where no word is a name.
pub(super) fn first_name(name: &str) -> String {
    let given = name.split_once(',').map_or("", |(_, given)| given);
    let mut words = given.split_whitespace().chain(name.split_whitespace());
    // People put a picture or a number before their name.
    let is_name = |word: &&str| word.starts_with(char::is_alphabetic);
    words.find(is_name).map_or_else(String::new, |word| word.trim_end_matches(',').to_owned())
}

#[cfg(test)]
mod tests {
    use super::first_name;

    #[test]
    fn the_first_name_is_found_however_the_name_is_written() {
        assert_eq!(first_name("Aino Virtanen"), "Aino");
        assert_eq!(first_name("Virtanen, Aino Maria"), "Aino");
        assert_eq!(first_name("Aino"), "Aino");
        assert_eq!(first_name("Virtanen,"), "Virtanen");
    }

    #[test]
    fn nobody_is_greeted_by_a_picture_or_a_number() {
        assert_eq!(first_name("🎉 Aino Virtanen"), "Aino");
        assert_eq!(first_name("(1) Virtanen, ★ Aino"), "Aino");
        assert_eq!(first_name("🎉 4711"), "", "it is asked for");
    }
}
