//! The library of common topics that a new municipality starts from: standard answers with the ways
//! people ask for them, what departments do, and letters that only a person can answer.
//!
//! It lies in `library/` of this crate, one file a topic, all words our own.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::AnswerText;
use super::automatic::RedFlags;
use super::synonyms::Synonyms;
use crate::Tongue;
use rust_embed::RustEmbed;

/// The library.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Common topics, by the name of their files.
    pub topics: Vec<Topic>,
    /// What departments do.
    pub departments: Vec<DepartmentNote>,
    /// Letters that no standard answer fits.
    pub human: Vec<HumanLetter>,
    /// Words that mean the same.
    pub synonyms: Synonyms,
    /// Words that bring a letter to a person.
    pub red_flags: RedFlags,
}

/// A topic with its answer.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The name of its file, such as `waste_sorting`.
    pub name: String,
    /// The department of the library that it belongs to.
    pub department: String,
    /// Words to sort it by.
    pub tags: Vec<String>,
    /// Its answer and the ways people ask, in each language. Nynorsk may have questions only.
    pub texts: Vec<AnswerText>,
}

/// What a department of the library does.
#[derive(Debug, Clone)]
pub struct DepartmentNote {
    /// The name topics call it by, such as `waste`.
    pub name: String,
    /// Its name and what it does, and letters it gets.
    pub texts: Vec<DepartmentText>,
}

/// A department's note in one language.
#[derive(Debug, Clone)]
pub struct DepartmentText {
    /// The language.
    pub tongue: Tongue,
    /// What people call the department, the commonest first.
    pub names: Vec<String>,
    /// What it does, in a sentence or two.
    pub description: String,
    /// Letters it gets.
    pub examples: Vec<String>,
}

/// A letter that needs a person.
#[derive(Debug, Clone)]
pub struct HumanLetter {
    /// Its language.
    pub tongue: Tongue,
    /// What it says.
    pub text: String,
    /// The department of the library it belongs to.
    pub department: String,
    /// Why no standard answer will do, such as `complaint`.
    pub why: String,
}

/// Why the library cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LibraryUnreadable {
    /// A file is not as it should be; the message names the line.
    #[error("{file}: {message}")]
    File {
        /// Which file.
        file: String,
        /// What is wrong, and where.
        message: String,
    },
}

impl Library {
    /// Letters that only a person can answer, those that departments are known by among them; each
    /// with its department of the library.
    pub(super) fn unanswerable(&self) -> impl Iterator<Item = (Tongue, &str, &str)> {
        let letters = self.human.iter();
        let letters =
            letters.map(|letter| (letter.tongue, letter.text.as_str(), letter.department.as_str()));
        let texts = self.departments.iter();
        let texts = texts.flat_map(|note| note.texts.iter().map(|text| (note.name.as_str(), text)));
        let examples = texts.flat_map(|(name, text)| {
            text.examples.iter().map(move |example| (text.tongue, example.as_str(), name))
        });
        letters.chain(examples)
    }
}

/// The library as shipped; read once.
///
/// # Errors
/// If a file is not as it should be. The tests read all of them, so that none is shipped.
pub fn shipped() -> Result<&'static Library, &'static LibraryUnreadable> {
    static LIBRARY: LazyLock<Result<Library, LibraryUnreadable>> = LazyLock::new(read);
    LIBRARY.as_ref()
}

/// The files themselves, inside the program.
#[derive(RustEmbed)]
#[folder = "library"]
struct Files;

mod files;

/// Vectors of the library's texts, which only the sentence model needs.
pub(super) const VECTORS: &str = "vectors.bin";

/// One of the library's files as it is.
pub(super) fn file(name: &str) -> Option<Cow<'static, [u8]>> {
    Files::get(name).map(|file| file.data)
}

fn read() -> Result<Library, LibraryUnreadable> {
    let mut library = Library::default();
    // A file that was opened once stays unpacked for good.
    let names = Files::iter().filter(|name| name != VECTORS);
    let mut names: Vec<String> = names.map(Cow::into_owned).collect();
    names.sort();
    for name in names {
        let file = file(&name).unwrap_or_default();
        let text = String::from_utf8_lossy(&file);
        let wrong = |message: String| LibraryUnreadable::File { file: name.clone(), message };
        match name.as_str() {
            "departments.toml" => library.departments = files::departments(&text).map_err(wrong)?,
            "human.toml" => library.human = files::human(&text).map_err(wrong)?,
            "red_flags.txt" => {
                let flags = RedFlags::parse(&text).map_err(|error| wrong(error.to_string()))?;
                library.red_flags = flags;
            }
            "synonyms.txt" => {
                let synonyms = Synonyms::parse(&text).map_err(|error| wrong(error.to_string()))?;
                library.synonyms = synonyms;
            }
            topic => {
                let plain =
                    topic.strip_prefix("topics/").and_then(|name| name.strip_suffix(".toml"));
                if let Some(plain) = plain {
                    library.topics.push(files::topic(plain, &text).map_err(wrong)?);
                }
            }
        }
    }
    Ok(library)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_library_can_be_read() {
        let library = shipped().unwrap_or_else(|error| panic!("{error}"));
        assert!(library.topics.len() >= 10, "{} topics", library.topics.len());
        assert!(library.synonyms.len() >= 100, "{} concepts", library.synonyms.len());
    }

    #[test]
    fn every_topic_has_an_answer_and_questions_in_four_languages() {
        for topic in &shipped().unwrap().topics {
            for tongue in [Tongue::Da, Tongue::Nb, Tongue::Sv, Tongue::En] {
                let text = topic.texts.iter().find(|text| text.tongue == tongue);
                let text = text.unwrap_or_else(|| panic!("{}: no {tongue:?}", topic.name));
                let is_whole = !text.title.is_empty() && text.body.len() > 100;
                assert!(is_whole, "{}: {tongue:?} is not whole", topic.name);
                assert!(text.questions.len() >= 10, "{}: {tongue:?} has few questions", topic.name);
            }
        }
    }
}
