//! Standard answers: what is kept of one, when it is due for review, who may change it, and its
//! text in the language of a letter.
//!
//! `blanks` fills the placeholders, `differ` tells two texts apart, `near` finds texts that say the
//! same.

pub mod blanks;
pub mod differ;
mod extras;
pub mod near;

pub use extras::{AnswerFile, MOST_FILE_BYTES, MOST_FILES};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{DepartmentId, StaffId};
use crate::language::Language;
use crate::staff::Role;

/// All of an answer that people write; each version keeps it whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StandardAnswer {
    /// Whose it is; `None` for the whole municipality's.
    pub department: Option<DepartmentId>,
    pub stage: Stage,
    /// Who keeps it right.
    pub owner: Option<StaffId>,
    /// From this day on it is due for review.
    pub review: Option<Date>,
    pub tags: Vec<String>,
    /// One for each language it is written in.
    pub texts: Vec<Text>,
    /// Addresses of pages about it, the most important first.
    pub links: Vec<String>,
    /// What goes along with it.
    pub files: Vec<AnswerFile>,
}

/// How far an answer has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Proposed; not offered while writing.
    #[default]
    Draft,
    InUse,
    Retired,
}

/// An answer in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub language: Language,
    pub title: String,
    pub body: String,
    /// How citizens ask for it, one phrase each.
    #[serde(default)]
    pub questions: Vec<String>,
}

/// What an answer is on a given day: its stage, and whether it is due for review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    Draft,
    InUse,
    /// In use, and its review date has come.
    Due,
    Retired,
}

/// Why an answer cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerRefused {
    /// Every language that has a body has a title too, and there is at least one of them.
    #[error("no title or no text")]
    NoText,
    #[error("a title of more than {most} characters")]
    TitleTooLong { most: usize },
    #[error("a text of more than {most} characters")]
    TextTooLong { most: usize },
    #[error("more than {most} tags or questions")]
    TooMany { most: usize },
    /// A link is no address of a page.
    #[error("not a link: {0}")]
    NotALink(String),
    /// More files than this, or more bytes of them together.
    #[error("more than {files} files or {bytes} bytes")]
    TooManyFiles { files: usize, bytes: i64 },
}

/// The most characters of a title, a body, a tag and a question.
pub const LONGEST_TITLE: usize = 120;
pub const LONGEST_BODY: usize = 20_000;
const LONGEST_TAG: usize = 40;
const LONGEST_QUESTION: usize = 400;
/// The most tags of an answer, and questions of a text.
const MOST_TAGS: usize = 12;
const MOST_QUESTIONS: usize = 40;

impl Stage {
    pub const ALL: [Self; 3] = [Self::Draft, Self::InUse, Self::Retired];

    /// The number kept in the store.
    pub fn code(self) -> i64 {
        match self {
            Self::Draft => 0,
            Self::InUse => 1,
            Self::Retired => 2,
        }
    }

    /// The word of it in addresses and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InUse => "in-use",
            Self::Retired => "retired",
        }
    }

    /// `None` for a word that is none of them.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == word)
    }
}

impl StandardAnswer {
    /// The answer as it may be kept: trimmed, each language once, without what is empty.
    ///
    /// # Errors
    /// [`AnswerRefused`] names the first thing that is missing or too long.
    pub fn checked(mut self) -> Result<Self, AnswerRefused> {
        self.tags = tidy(self.tags, LONGEST_TAG, |tag| tag.replace([',', ';'], " "));
        if self.tags.len() > MOST_TAGS {
            return Err(AnswerRefused::TooMany { most: MOST_TAGS });
        }
        let mut texts: Vec<Text> = Vec::new();
        for text in self.texts {
            if let Some(text) = text.checked()?
                && !texts.iter().any(|other| other.language == text.language)
            {
                texts.push(text);
            }
        }
        if texts.is_empty() {
            return Err(AnswerRefused::NoText);
        }
        extras::fit(&self.files)?;
        let links = extras::links(self.links)?;
        Ok(Self { texts, links, ..self })
    }

    pub fn standing(&self, today: Date) -> Standing {
        match self.stage {
            Stage::Draft => Standing::Draft,
            Stage::Retired => Standing::Retired,
            Stage::InUse if self.review.is_some_and(|review| review <= today) => Standing::Due,
            Stage::InUse => Standing::InUse,
        }
    }

    /// The text for a reader of `language`: in it, else in the nearest that it has. `None` only for
    /// an answer without any text.
    pub fn text_for(&self, language: Language) -> Option<&Text> {
        let in_one = |language| self.texts.iter().find(|text| text.language == language);
        nearest(language).into_iter().find_map(in_one)
    }
}

impl Text {
    /// Nothing of a language that has neither title nor body.
    fn checked(self) -> Result<Option<Self>, AnswerRefused> {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let body = blanks::kept(self.body.replace("\r\n", "\n").trim());
        if title.is_empty() && body.is_empty() {
            return Ok(None);
        }
        if title.is_empty() || body.is_empty() {
            return Err(AnswerRefused::NoText);
        }
        if title.chars().count() > LONGEST_TITLE {
            return Err(AnswerRefused::TitleTooLong { most: LONGEST_TITLE });
        }
        if body.chars().count() > LONGEST_BODY {
            return Err(AnswerRefused::TextTooLong { most: LONGEST_BODY });
        }
        let questions = tidy(self.questions, LONGEST_QUESTION, |question| question);
        if questions.len() > MOST_QUESTIONS {
            return Err(AnswerRefused::TooMany { most: MOST_QUESTIONS });
        }
        Ok(Some(Self { title, body, questions, ..self }))
    }
}

/// Each line once, trimmed and cut to `longest` characters.
fn tidy(lines: Vec<String>, longest: usize, change: impl Fn(String) -> String) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for line in lines.into_iter().map(change) {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let line: String = line.chars().take(longest).collect();
        let is_new = !kept.iter().any(|other| other.to_lowercase() == line.to_lowercase());
        if !line.is_empty() && is_new {
            kept.push(line);
        }
    }
    kept
}

/// Every language, the ones a reader of `language` understands best first.
pub fn nearest(language: Language) -> [Language; 5] {
    use Language::{Da, En, Nb, Nn, Sv};
    match language {
        Da => [Da, Nb, Nn, Sv, En],
        Nb => [Nb, Nn, Da, Sv, En],
        Nn => [Nn, Nb, Da, Sv, En],
        Sv => [Sv, Nb, Nn, Da, En],
        En => [En, Sv, Da, Nb, Nn],
    }
}

/// Whether a colleague may keep an answer as one of `department` in `stage`. She stands inside its
/// wall. Members write their department's answers; the whole municipality's are written by leads and
/// administrators, and anybody may propose one.
///
/// ```
/// use torg_core::answers::{Stage, may_write};
/// use torg_core::Role;
/// assert!(may_write(Role::Staff, None, false, Stage::Draft), "a proposal for everybody");
/// assert!(!may_write(Role::Staff, None, false, Stage::InUse));
/// ```
pub fn may_write(
    role: Role,
    department: Option<DepartmentId>,
    is_member: bool,
    stage: Stage,
) -> bool {
    match department {
        Some(_) => is_member || role == Role::Administrator,
        None => role != Role::Staff || stage == Stage::Draft,
    }
}

/// A text as it is searched in and for: lower case, and what the Nordic languages write differently
/// (æ and ä, ø and ö) alike.
pub fn fold(text: &str) -> String {
    let letter = |letter: char| match letter {
        'æ' => 'ä',
        'ø' => 'ö',
        'é' | 'è' => 'e',
        letter if letter.is_whitespace() => ' ',
        letter => letter,
    };
    text.chars().flat_map(char::to_lowercase).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn text(language: Language, title: &str, body: &str) -> Text {
        Text { language, title: title.into(), body: body.into(), questions: Vec::new() }
    }

    fn answer(texts: Vec<Text>) -> StandardAnswer {
        StandardAnswer { texts, ..StandardAnswer::default() }
    }

    #[test]
    fn an_answer_is_kept_tidy() {
        let mut kept = answer(vec![
            text(Language::Nb, " Tømming  av dunk ", "\r\nHver uke.\r\n"),
            text(Language::En, "", " "),
        ]);
        kept.tags = vec!["renovasjon".into(), " Renovasjon ".into(), "pris, gebyr".into()];
        let kept = kept.checked().unwrap();
        assert_eq!(kept.texts, [text(Language::Nb, "Tømming av dunk", "Hver uke.")]);
        assert_eq!(kept.tags, ["renovasjon", "pris gebyr"]);
    }

    #[test]
    fn an_answer_without_title_or_text_is_not_kept() {
        let nothing = answer(vec![text(Language::Nb, "", "")]);
        assert_eq!(nothing.checked(), Err(AnswerRefused::NoText));
        let half = answer(vec![text(Language::Nb, "Dunk", "Ja"), text(Language::Sv, "Kärl", "")]);
        assert_eq!(half.checked(), Err(AnswerRefused::NoText));
        let long = answer(vec![text(Language::Nb, &"x".repeat(LONGEST_TITLE + 1), "Ja")]);
        let refused = AnswerRefused::TitleTooLong { most: LONGEST_TITLE };
        assert_eq!(long.checked(), Err(refused));
    }

    #[test]
    fn an_answer_in_use_is_due_on_its_review_date() {
        let used = StandardAnswer {
            stage: Stage::InUse,
            review: Some(date(2026, 5, 4)),
            ..StandardAnswer::default()
        };
        assert_eq!(used.standing(date(2026, 5, 3)), Standing::InUse);
        assert_eq!(used.standing(date(2026, 5, 4)), Standing::Due);
        let draft = StandardAnswer { stage: Stage::Draft, ..used };
        assert_eq!(draft.standing(date(2026, 5, 4)), Standing::Draft);
    }

    #[test]
    fn a_letter_in_nynorsk_gets_the_answer_in_bokmal_before_english() {
        let two =
            answer(vec![text(Language::En, "Bin", "Weekly"), text(Language::Nb, "Dunk", "Uke")]);
        assert_eq!(two.text_for(Language::Nn).unwrap().language, Language::Nb);
        assert_eq!(two.text_for(Language::En).unwrap().language, Language::En);
        assert_eq!(answer(Vec::new()).text_for(Language::Da), None);
    }

    #[test]
    fn members_write_their_departments_answers_and_leads_everybodys() {
        let roads = Some(DepartmentId::try_from("7".to_owned()).unwrap());
        assert!(may_write(Role::Staff, roads, true, Stage::InUse));
        assert!(!may_write(Role::Lead, roads, false, Stage::Draft));
        assert!(may_write(Role::Administrator, roads, false, Stage::Retired));
        assert!(may_write(Role::Lead, None, false, Stage::InUse));
    }

    #[test]
    fn the_letters_of_the_neighbours_find_each_other() {
        assert_eq!(fold("Kjøre\tPÅ Ævelen"), fold("köre på ävelen").replace("köre", "kjöre"));
    }
}
