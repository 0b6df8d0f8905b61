//! Answers as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use torg_core::answers::{StandardAnswer, Text};
use torg_store::StoreError;

use super::{Fault, Told, Wrong};

#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(default)]
    id: String,
    #[serde(default)]
    dept: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    review: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    text: BTreeMap<String, Words>,
}

#[derive(Serialize, Deserialize)]
struct Words {
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    questions: Vec<String>,
}

pub(super) fn write(told: &[Told]) -> Result<String, StoreError> {
    let entries: Vec<Entry> = told.iter().map(entry).collect();
    serde_json::to_string_pretty(&entries)
        .map_err(|error| StoreError::Bug(format!("answers as JSON: {error}")))
}

fn entry(told: &Told) -> Entry {
    let words = |text: &Text| {
        let Text { title, body, questions, .. } = text.clone();
        (text.language.tag().to_owned(), Words { title, body, questions })
    };
    Entry {
        id: told.id.clone(),
        dept: told.department.clone(),
        state: told.state.clone(),
        owner: told.owner.clone(),
        review: told.review.clone(),
        tags: told.answer.tags.clone(),
        text: told.answer.texts.iter().map(words).collect(),
    }
}

/// # Errors
/// The first thing that cannot be read, with its line.
pub(super) fn read(text: &str) -> Result<Vec<Told>, Fault> {
    let entries: Vec<Entry> = serde_json::from_str(text).map_err(|error| Fault {
        line: error.line(),
        field: String::new(),
        what: Wrong::Unreadable(error.to_string()),
    })?;
    let lines = lines_of_entries(text);
    let line = |place: usize| lines.get(place).copied().unwrap_or(1);
    entries.into_iter().enumerate().map(|(place, entry)| told(entry, line(place))).collect()
}

fn told(entry: Entry, line: usize) -> Result<Told, Fault> {
    let mut texts = Vec::new();
    for (tag, words) in entry.text {
        let unknown =
            |_| Fault { line, field: format!("text.{tag}"), what: Wrong::Unknown(tag.clone()) };
        let language = tag.parse().map_err(unknown)?;
        let Words { title, body, questions } = words;
        texts.push(Text { language, title, body, questions });
    }
    let Entry { id, dept: department, state, owner, review, tags, .. } = entry;
    let answer = StandardAnswer { tags, texts, ..StandardAnswer::default() };
    Ok(Told { line, id, department, state, owner, review, answer })
}

/// On which line each entry of the list begins.
fn lines_of_entries(text: &str) -> Vec<usize> {
    let (mut lines, mut line, mut depth) = (Vec::new(), 1, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for letter in text.chars() {
        match letter {
            '\n' => line += 1,
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ if in_string => {}
            '[' => depth += 1,
            '{' => {
                if depth == 1 {
                    lines.push(line);
                }
                depth += 1;
            }
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_knows_its_line_also_behind_odd_strings() {
        let text =
            "[\n{\"id\": \"a]{\\\"\", \"tags\": [\"x\"]},\n\n{\"id\": \"b\",\n\"text\": {}}\n]";
        assert_eq!(lines_of_entries(text), [2, 4]);
        let told = read(text).unwrap();
        assert_eq!((told[1].id.as_str(), told[1].line), ("b", 4));
    }

    #[test]
    fn a_language_we_do_not_speak_is_named_with_its_line() {
        let fault = read("[\n{\"id\": \"a\", \"text\": {\"fi\": {}}}]").unwrap_err();
        assert_eq!((fault.line, fault.field.as_str()), (2, "text.fi"));
        assert_eq!(read("[\n{\"id\": 7}]").unwrap_err().line, 2);
    }
}
