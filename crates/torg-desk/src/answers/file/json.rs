//! Answers as JSON.

use std::collections::{BTreeMap, HashMap};

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use torg_core::answers::{AnswerFile, StandardAnswer, Text};
use torg_store::StoreError;
use torg_store::blobs::Blob;

use super::{Fault, JsonFault, Packed, Told, Wrong};

/// So many characters before a fault are told.
const NEAR: usize = 24;

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
    links: Vec<String>,
    /// Left out, an answer keeps those it has.
    files: Option<Vec<Attached>>,
    #[serde(default)]
    text: BTreeMap<String, Words>,
}

#[derive(Serialize, Deserialize)]
struct Attached {
    name: String,
    #[serde(rename = "type")]
    content_type: String,
    #[serde(default)]
    size: i64,
    #[serde(default)]
    hash: String,
    /// The bytes in Base64 (RFC 4648); left out for a file that the answer has.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<String>,
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

/// `bytes` are those of files, by their hash.
pub(super) fn write(told: &[Told], bytes: &HashMap<String, Vec<u8>>) -> Result<String, StoreError> {
    let entries: Vec<Entry> = told.iter().map(|told| entry(told, bytes)).collect();
    serde_json::to_string_pretty(&entries)
        .map_err(|error| StoreError::Bug(format!("answers as JSON: {error}")))
}

fn entry(told: &Told, bytes: &HashMap<String, Vec<u8>>) -> Entry {
    let words = |text: &Text| {
        let Text { title, body, questions, .. } = text.clone();
        (text.language.tag().to_owned(), Words { title, body, questions })
    };
    let attached = |file: &AnswerFile| {
        let AnswerFile { name, content_type, size, hash } = file.clone();
        let data = bytes.get(&hash).map(|bytes| BASE64.encode(bytes));
        Attached { name, content_type, size, hash, data }
    };
    Entry {
        id: told.id.clone(),
        dept: told.department.clone(),
        state: told.state.clone(),
        owner: told.owner.clone(),
        review: told.review.clone(),
        tags: told.answer.tags.clone(),
        links: told.answer.links.clone(),
        files: Some(told.answer.files.iter().map(attached).collect()),
        text: told.answer.texts.iter().map(words).collect(),
    }
}

/// # Errors
/// The first thing that cannot be read, with its line.
pub(super) fn read(text: &str) -> Result<Vec<Told>, Fault> {
    let entries: Vec<Entry> =
        serde_json::from_str(text).map_err(|error| no_answers(text, &error))?;
    let lines = lines_of_entries(text);
    let line = |place: usize| lines.get(place).copied().unwrap_or(1);
    entries.into_iter().enumerate().map(|(place, entry)| told(entry, line(place))).collect()
}

/// What is wrong where the reader stopped.
fn no_answers(text: &str, error: &serde_json::Error) -> Fault {
    let why = match error.classify() {
        Category::Eof => JsonFault::CutOff,
        Category::Data => JsonFault::OtherKind,
        Category::Syntax | Category::Io => JsonFault::NoJson,
    };
    // The reader counts bytes.
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let read = line.get(..line.floor_char_boundary(error.column())).unwrap_or_default();
    let column = read.chars().count().max(1);
    let near = read.chars().skip(column.saturating_sub(NEAR)).collect();
    Fault { line: error.line(), field: String::new(), what: Wrong::Json { why, column, near } }
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
    let Entry { id, dept: department, state, owner, review, tags, links, files, .. } = entry;
    let files = files.map(|files| files.into_iter().map(|file| packed(file, line)).collect());
    let answer = StandardAnswer { tags, texts, links, ..StandardAnswer::default() };
    Ok(Told { line, id, department, state, owner, review, files: files.transpose()?, answer })
}

fn packed(file: Attached, line: usize) -> Result<Packed, Fault> {
    let Attached { name, content_type, hash, data, .. } = file;
    let unreadable = |_| Fault { line, field: "files".to_owned(), what: Wrong::NotBase64 };
    let bytes = data.map(|data| BASE64.decode(data.as_bytes()).map_err(unreadable)).transpose()?;
    Ok(Packed { name, content_type, hash, blob: bytes.map(|bytes| Blob::prepare(&bytes)) })
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
    }

    #[test]
    fn what_is_no_json_of_answers_is_told_with_its_column() {
        let fault = |text: &str| {
            let fault = read(text).unwrap_err();
            let Wrong::Json { why, column, near } = fault.what else { panic!("{fault:?}") };
            (fault.line, column, why, near)
        };
        assert_eq!(fault("[\n{\"id\": 7}]"), (2, 8, JsonFault::OtherKind, "{\"id\": 7".into()));
        assert_eq!(
            fault("[{\"id\": \"ø\",}]"),
            (1, 13, JsonFault::NoJson, "[{\"id\": \"ø\",}".into())
        );
        assert_eq!(fault("[{\"id\": \"a\"").2, JsonFault::CutOff);
    }
}
