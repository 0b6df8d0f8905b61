//! Suggests standard answers and departments for a letter, with reasons, offline.
//!
//! ```
//! use torg_text::Tongue;
//! use torg_text::answers::{AnswerText, Letter, Ranker, StandardAnswer};
//!
//! let text = |title: &str, body: &str| AnswerText {
//!     tongue: Tongue::Nb,
//!     title: title.to_owned(),
//!     body: body.to_owned(),
//!     questions: Vec::new(),
//! };
//! let answer = |id: &str, text: AnswerText| StandardAnswer {
//!     id: id.to_owned(),
//!     department: None,
//!     texts: vec![text],
//! };
//! let ranker = Ranker::shipped(&[
//!     answer("snow", text("Brøyting", "Vi brøyter hovedveiene først.")),
//!     answer("light", text("Gatelys", "Meld fra om lys som ikke virker.")),
//! ], &[]);
//! let letter = Letter { subject: String::new(), text: "Når kommer brøytebilen?".to_owned() };
//! assert_eq!(ranker.suggest(&letter).answers[0].answer, "snow");
//! ```
//!
//! A [`Ranker`] is made of a municipality's answers, the [library](Library) and its
//! [`Synonyms`], then shown what colleagues chose before ([`Ranker::learn`], oldest first); making
//! one takes a part of a second, so it is kept and made anew when answers change. It is the same on
//! every machine for the same input. [`Ranker::suggest`] takes milliseconds and changes nothing.
//!
//! How it ranks: the letter is cleaned and each sentence weighed ([`request`]); BM25 over title,
//! seed questions and body, on stems, on pieces of words and on concepts ([`index`]); the nearest
//! earlier letters ([`cases`]); a learner that saw both
//! ([`learner`]). Each of these is scaled for the letter (z-scores) and they are summed. A
//! municipality's answer takes over the seed questions of the library's topics it resembles
//! ([`kinship`]), by their texts.

mod automatic;
mod cases;
mod departments;
mod index;
mod kinship;
mod learner;
mod library;
mod meaning;
mod ranker;
mod reasons;
mod request;
mod spelling;
mod synonyms;
mod terms;

pub use automatic::{RedFlags, SURE, Veto};
pub use library::{
    DepartmentNote, DepartmentText, HumanLetter, Library, LibraryUnreadable, Topic, shipped,
};
pub use meaning::{Embed, shipped_texts, written_vectors};
pub use ranker::Ranker;
pub use request::is_only_thanks;
pub(crate) use request::{closes, closing_words, end_of_letter};
pub(crate) use spelling::is_one_error;
pub use synonyms::{Synonyms, SynonymsUnreadable};
pub use terms::text_key;

use crate::Tongue;

/// A municipality's answer to a common question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StandardAnswer {
    /// What it is known by.
    pub id: String,
    /// The department it belongs to, if any.
    pub department: Option<String>,
    /// What it says, in each language it is there in.
    pub texts: Vec<AnswerText>,
}

/// What an answer says in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerText {
    /// The language.
    pub tongue: Tongue,
    /// Its title.
    pub title: String,
    /// The answer itself; `{{…}}` is filled when it is sent.
    pub body: String,
    /// Ways in which people ask for it.
    pub questions: Vec<String>,
}

/// A department of the municipality.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Department {
    /// What it is known by.
    pub id: String,
    /// What people call it; a department of the library that is called the same helps to know it.
    pub names: Vec<String>,
    /// What it does, in any language; may be empty.
    pub description: String,
    /// Letters it gets, in any language.
    pub examples: Vec<String>,
}

/// What somebody wrote, as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    /// The subject; may be empty.
    pub subject: String,
    /// Plain text, with whatever is quoted and signed.
    pub text: String,
}

/// What a colleague chose for a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the letter is known by; it comes back among the reasons.
    pub id: String,
    /// The letter.
    pub letter: Letter,
    /// The answer that was sent; none if a person had to write.
    pub answer: Option<String>,
    /// Answers that were suggested and passed over for it.
    pub passed_over: Vec<String>,
    /// The department it ended in, if that is known.
    pub department: Option<String>,
}

/// What a letter suggests.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestions {
    /// Standard answers, the best first.
    pub answers: Vec<Suggestion>,
    /// Departments, the best first; their scores sum to at most 1.
    pub departments: Vec<DepartmentSuggestion>,
    /// How sure it is that the first answer is right and needs no person, from 0 to 1; 0 without
    /// the sentence model. It orders letters; what it promises is found out by shadow mode.
    pub sureness: f32,
    /// What forbids an automatic answer, however sure it is.
    pub vetoes: Vec<Veto>,
    /// The answer that could be sent without a person: sure enough, and no veto.
    pub automatic: Option<String>,
}

/// A standard answer that may fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Which.
    pub answer: String,
    /// How likely it is right, from 0 to 1: of all answers together less than 1 where a person may
    /// have to answer, or where little of the letter speaks for any.
    pub score: f32,
    /// Why; only for the first three.
    pub reasons: Vec<Reason>,
}

/// Why an answer is suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// These words of the letter, as they stand there, the most telling first.
    Words(Vec<String>),
    /// These earlier letters ([`Choice::id`]) were alike and got this answer, the nearest first.
    /// Whoever shows them leaves out those that the viewer may not see.
    Earlier(Vec<String>),
}

/// A department a letter may belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct DepartmentSuggestion {
    /// Which.
    pub department: String,
    /// How likely, from 0 to 1; 0 where no word of the letter is known.
    pub score: f32,
}

#[cfg(test)]
mod tests;
