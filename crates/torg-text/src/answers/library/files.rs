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
    let file: TopicFile = parsed(text)?;
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

/// `human.toml`: a list of `[[letter]]`, read one by one, as the whole takes thirty times its size.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HumanEntry {
    lang: String,
    department: String,
    why: String,
    text: String,
}

pub(super) fn human(text: &str) -> Result<Vec<HumanLetter>, String> {
    let mut letters = text.split("[[letter]]");
    let before: toml::Table = parsed(letters.next().unwrap_or_default())?;
    if !before.is_empty() {
        return Err("only letters are wanted".to_owned());
    }
    letters.map(letter).collect()
}

fn letter(text: &str) -> Result<HumanLetter, String> {
    let HumanEntry { lang, department, why, text } = parsed(text)?;
    let tongue = Tongue::from_code(&lang);
    let tongue = tongue.ok_or_else(|| format!("no such language: {lang}, at {text:?}"))?;
    Ok(HumanLetter { tongue, text, department, why })
}

fn parsed<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| error.to_string())
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
    let mut notes: BTreeMap<String, Vec<DepartmentText>> = BTreeMap::new();
    for table in tables(text) {
        let read: BTreeMap<String, ByTongue<DepartmentEntry>> = parsed(&table)?;
        for (name, entries) in read {
            let texts = entries.each().map(|(tongue, entry)| {
                let DepartmentEntry { names, description, examples } = entry;
                DepartmentText { tongue, names, description, examples }
            });
            notes.entry(name).or_default().extend(texts);
        }
    }
    notes.values_mut().for_each(|texts| texts.sort_by_key(|text| text.tongue));
    Ok(notes.into_iter().map(|(name, texts)| DepartmentNote { name, texts }).collect())
}

/// The tables of a file, to be read one by one.
fn tables(text: &str) -> Vec<String> {
    let mut tables = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            tables.push(String::new());
        }
        tables.last_mut().into_iter().for_each(|table| table.push_str(line));
    }
    tables
}
