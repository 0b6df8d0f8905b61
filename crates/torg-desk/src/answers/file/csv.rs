//! Answers as CSV (RFC 4180): a line for each answer and language. Semicolons part the columns, as
//! spreadsheets of the Nordic countries have it; commas are read too.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use torg_core::answers::{StandardAnswer, Text};
use torg_store::StoreError;

use super::{Fault, Told, Wrong};

const COLUMNS: [&str; 11] = [
    "id",
    "dept",
    "state",
    "owner",
    "review",
    "tags",
    "links",
    "language",
    "title",
    "body",
    "questions",
];

pub(super) fn write(told: &[Told]) -> Result<String, StoreError> {
    let bug = |error: &dyn std::fmt::Display| StoreError::Bug(format!("answers as CSV: {error}"));
    let mut file =
        WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(Vec::new());
    file.write_record(COLUMNS).map_err(|error| bug(&error))?;
    for one in told {
        for text in &one.answer.texts {
            let cells = [
                &one.id,
                &one.department,
                &one.state,
                &one.owner,
                &one.review,
                &one.answer.tags.join("; "),
                &one.answer.links.join("\n"),
                text.language.tag(),
                &text.title,
                &text.body,
                &text.questions.join("\n"),
            ];
            file.write_record(cells.map(harmless)).map_err(|error| bug(&error))?;
        }
    }
    let bytes = file.into_inner().map_err(|error| bug(&error))?;
    String::from_utf8(bytes).map_err(|error| bug(&error))
}

/// A cell that a spreadsheet would calculate begins with an apostrophe, which is taken away again.
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '＝', '\t', '\r', '\'']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// # Errors
/// The first thing that cannot be read, with its line.
pub(super) fn read(text: &str) -> Result<Vec<Told>, Fault> {
    // The reader counts lines by line feeds, and one that follows a carriage return too late.
    let text = text.replace("\r\n", "\n");
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains(';') { b';' } else { b',' };
    let mut file = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = file.records();
    let Some(first) = rows.next() else { return Ok(Vec::new()) };
    let header = first.map_err(|error| unreadable(&error))?;
    let place = |name: &str| header.iter().position(|column| column.trim() == name);
    for needed in ["id", "language", "title", "body"] {
        if place(needed).is_none() {
            return Err(fault(line_of(&header), needed, Wrong::Missing));
        }
    }
    let mut told: Vec<Told> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut last = 1;
    for row in rows {
        let row = row.map_err(|error| unreadable(&error))?;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        last = line_of(&row);
        let cell = |name: &str| place(name).and_then(|place| row.get(place)).map(plain);
        let cell = |name: &str| cell(name).unwrap_or_default();
        let text = text_of(last, &cell)?;
        let id = cell("id");
        match places.get(&id).filter(|_| !id.is_empty()).and_then(|place| told.get_mut(*place)) {
            Some(one) => one.answer.texts.push(text),
            None => {
                places.insert(id, told.len());
                told.push(first_of(last, &cell, text));
            }
        }
    }
    // A quotation mark that nobody closed would swallow the rest of the file.
    match text.matches('"').count() % 2 {
        0 => Ok(told),
        _ => Err(fault(last, "", Wrong::OpenQuote)),
    }
}

fn text_of(line: usize, cell: &impl Fn(&str) -> String) -> Result<Text, Fault> {
    let tag = cell("language");
    let unknown = |_| fault(line, "language", Wrong::Unknown(tag.clone()));
    Ok(Text {
        language: tag.parse().map_err(unknown)?,
        title: cell("title"),
        body: cell("body"),
        questions: cell("questions").lines().map(str::to_owned).collect(),
    })
}

/// What the first line of an answer says of all of it.
fn first_of(line: usize, cell: &impl Fn(&str) -> String, text: Text) -> Told {
    Told {
        line,
        id: cell("id"),
        department: cell("dept"),
        state: cell("state"),
        owner: cell("owner"),
        review: cell("review"),
        // No cell holds a file: an answer keeps those it has.
        files: None,
        answer: StandardAnswer {
            tags: cell("tags").split(';').map(str::to_owned).collect(),
            links: cell("links").lines().map(str::to_owned).collect(),
            texts: vec![text],
            ..StandardAnswer::default()
        },
    }
}

fn line_of(row: &StringRecord) -> usize {
    let line = row.position().map_or(1, csv::Position::line);
    usize::try_from(line).unwrap_or(usize::MAX)
}

fn unreadable(error: &csv::Error) -> Fault {
    let line = error.position().map_or(1, csv::Position::line);
    fault(usize::try_from(line).unwrap_or(usize::MAX), "", Wrong::Unreadable)
}

fn fault(line: usize, field: &str, what: Wrong) -> Fault {
    Fault { line, field: field.to_owned(), what }
}

fn plain(cell: &str) -> String {
    cell.strip_prefix('\'').unwrap_or(cell).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use torg_core::Language;

    #[test]
    fn a_file_of_a_spreadsheet_is_read_with_its_lines() {
        let file = "id;language;title;body\r\nsnow;nb;\"Brøyting\";\"Hver\r\nmorgen; alltid\"\r\nsnow;en;Ploughing;Daily\r\nbin;xx;a;b\r\n";
        let fault = read(file).unwrap_err();
        assert_eq!((fault.line, fault.field.as_str()), (5, "language"));
        let told = read(file.split("bin").next().unwrap()).unwrap();
        assert_eq!((told.len(), told[0].answer.texts.len(), told[0].line), (1, 2, 2));
        assert_eq!(told[0].answer.texts[0].body, "Hver\nmorgen; alltid");
        assert_eq!(read("id,title\r\n").unwrap_err().field, "language");
        assert_eq!(read("id,language,title,body\r\na,nb,\"x").unwrap_err().line, 2);
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(title in "[ab=+',;\"\\n-]{1,12}", body in "[x\",;'@\\n]{0,12}") {
            let text = Text { language: Language::Nb, title, body, questions: Vec::new() };
            let answer = StandardAnswer { texts: vec![text], ..StandardAnswer::default() };
            let told = Told { id: "a".into(), answer, ..Told::default() };
            let read = read(&write(std::slice::from_ref(&told)).unwrap()).unwrap();
            prop_assert_eq!(&read[0].answer.texts, &told.answer.texts);
        }
    }
}
