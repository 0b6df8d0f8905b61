//! Beginning from the library: common topics that come with Torg, in our own words.

use torg_core::answers::{Stage, StandardAnswer, Text, nearest};
use torg_core::{DepartmentId, Language, Viewer};
use torg_store::answers;
use torg_text::Tongue;
use torg_text::answers::{AnswerText, Topic, shipped};

use super::file::BroughtIn;
use super::{AnswerNotKept, begin};
use crate::Desk;

/// A topic of the library, in a reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryTopic {
    /// What it and the answer made of it are called in files.
    pub name: String,
    /// What departments that answer it are mostly called.
    pub group: String,
    pub title: String,
    pub body: String,
    pub language: Language,
}

impl Desk {
    /// All topics, by group and title; none if the library cannot be read.
    pub fn library_topics(&self, language: Language) -> Vec<LibraryTopic> {
        let Ok(library) = shipped() else { return Vec::new() };
        let group = |topic: &Topic| {
            let note = library.departments.iter().find(|note| note.name == topic.department);
            let texts = note.map(|note| note.texts.as_slice()).unwrap_or_default();
            let in_one = |wanted| texts.iter().find(|text| language_of(text.tongue) == wanted);
            let text = nearest(language).into_iter().find_map(in_one);
            text.and_then(|text| text.names.first()).cloned().unwrap_or_default()
        };
        let topic = |topic: &Topic| {
            let answer = answer_of(topic);
            let text = answer.text_for(language)?;
            Some(LibraryTopic {
                name: topic.name.clone(),
                group: group(topic),
                title: text.title.clone(),
                body: text.body.clone(),
                language: text.language,
            })
        };
        let mut topics: Vec<LibraryTopic> = library.topics.iter().filter_map(topic).collect();
        topics.sort_by(|one, other| (&one.group, &one.title).cmp(&(&other.group, &other.title)));
        topics
    }

    /// Makes answers of topics; those that were made before stay as they are.
    pub async fn begin_from_library(
        &self,
        viewer: &Viewer,
        names: Vec<String>,
        department: Option<DepartmentId>,
        stage: Stage,
    ) -> Result<BroughtIn, AnswerNotKept> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let mut done = BroughtIn::default();
                let topics = shipped().map(|library| library.topics.as_slice()).unwrap_or_default();
                for topic in topics.iter().filter(|topic| names.contains(&topic.name)) {
                    if answers::handles(tx, &topic.name)?.contains(&topic.name) {
                        done.same += 1;
                        continue;
                    }
                    let answer = StandardAnswer { department, stage, ..answer_of(topic) };
                    begin(tx, &pen, &viewer, Some(&topic.name), &answer.checked()?)?;
                    done.new += 1;
                }
                Ok(done)
            })
            .await
    }
}

/// A topic as an answer, in the languages it is answered in.
fn answer_of(topic: &Topic) -> StandardAnswer {
    let is_whole = |text: &&AnswerText| !text.title.is_empty() && !text.body.is_empty();
    let text = |text: &AnswerText| Text {
        language: language_of(text.tongue),
        title: text.title.clone(),
        body: text.body.trim().to_owned(),
        questions: text.questions.clone(),
    };
    StandardAnswer {
        tags: topic.tags.clone(),
        texts: topic.texts.iter().filter(is_whole).map(text).collect(),
        ..StandardAnswer::default()
    }
}

pub(super) fn language_of(tongue: Tongue) -> Language {
    match tongue {
        Tongue::Da => Language::Da,
        Tongue::Nb => Language::Nb,
        Tongue::Nn => Language::Nn,
        Tongue::Sv => Language::Sv,
        Tongue::En => Language::En,
    }
}
