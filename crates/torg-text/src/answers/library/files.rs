//! How the library's files are written (TOML).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{DepartmentNote, DepartmentText, HumanLetter, Topic};
use crate::Tongue;
use crate::answers::AnswerText;

/// `topics/*.toml`: `department`, `tags`, and a table for each language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicFile {
    department: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(flatten)]
    texts: ByTongue<TopicText>,
}

#[derive(Debug, Deserialize)]
struct ByTongue<T> {
    da: Option<T>,
    nb: Option<T>,
    nn: Option<T>,
    sv: Option<T>,
    en: Option<T>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicText {
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    questions: Vec<String>,
}

impl<T> ByTongue<T> {
    fn each(self) -> impl Iterator<Item = (Tongue, T)> {
        let texts = [
            (Tongue::Da, self.da),
            (Tongue::Nb, self.nb),
            (Tongue::Nn, self.nn),
            (Tongue::Sv, self.sv),
            (Tongue::En, self.en),
        ];
        texts.into_iter().filter_map(|(tongue, text)| Some((tongue, text?)))
    }
}

pub(super) fn topic(name: &str, text: &str) -> Result<Topic, String> {
    let file: TopicFile = toml::from_str(text).map_err(|error| error.to_string())?;
    let texts = file.texts.each().map(|(tongue, text)| AnswerText {
        tongue,
        title: text.title,
        body: text.body.trim().to_owned(),
        questions: text.questions,
    });
    Ok(Topic {
        name: name.to_owned(),
        department: file.department,
        tags: file.tags,
        texts: texts.collect(),
    })
}

/// `human.toml`: a list of `[[letter]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HumanFile {
    letter: Vec<HumanEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HumanEntry {
    lang: String,
    department: String,
    why: String,
    text: String,
}

pub(super) fn human(text: &str) -> Result<Vec<HumanLetter>, String> {
    let file: HumanFile = toml::from_str(text).map_err(|error| error.to_string())?;
    let letters = file.letter.into_iter().map(|entry| {
        let HumanEntry { lang, department, why, text } = entry;
        let tongue = Tongue::from_code(&lang);
        let tongue = tongue.ok_or_else(|| format!("no such language: {lang}, at {text:?}"))?;
        Ok(HumanLetter { tongue, text, department, why })
    });
    letters.collect()
}

/// `departments.toml`: for each department a table for each language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DepartmentEntry {
    names: Vec<String>,
    description: String,
    examples: Vec<String>,
}

pub(super) fn departments(text: &str) -> Result<Vec<DepartmentNote>, String> {
    let file: BTreeMap<String, ByTongue<DepartmentEntry>> =
        toml::from_str(text).map_err(|error| error.to_string())?;
    let notes = file.into_iter().map(|(name, entries)| {
        let texts = entries.each().map(|(tongue, entry)| {
            let DepartmentEntry { names, description, examples } = entry;
            DepartmentText { tongue, names, description, examples }
        });
        DepartmentNote { name, texts: texts.collect() }
    });
    Ok(notes.collect())
}
