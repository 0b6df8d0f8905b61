//! Answers as CSV (RFC 4180): a line for each answer and language.

use torg_core::answers::{StandardAnswer, Text};

use super::{Fault, Told, Wrong};

const COLUMNS: [&str; 10] =
    ["id", "dept", "state", "owner", "review", "tags", "language", "title", "body", "questions"];

pub(super) fn write(told: &[Told]) -> String {
    let mut file = line(COLUMNS.map(str::to_owned));
    for one in told {
        for text in &one.answer.texts {
            file.push_str(&line([
                one.id.clone(),
                one.department.clone(),
                one.state.clone(),
                one.owner.clone(),
                one.review.clone(),
                one.answer.tags.join("; "),
                text.language.tag().to_owned(),
                text.title.clone(),
                text.body.clone(),
                text.questions.join("\n"),
            ]));
        }
    }
    file
}

fn line<const N: usize>(cells: [String; N]) -> String {
    cells.map(|cell| quoted(&cell)).join(",") + "\r\n"
}

/// A cell that a spreadsheet would calculate begins with an apostrophe, which is taken away again.
fn quoted(cell: &str) -> String {
    let harmful = cell.starts_with(['=', '+', '-', '@', '\t', '\'']);
    let cell = if harmful { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', ';', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

/// # Errors
/// The first thing that cannot be read, with its line.
pub(super) fn read(text: &str) -> Result<Vec<Told>, Fault> {
    let rows = rows(text)?;
    let mut rows = rows.into_iter();
    let Some((first, header)) = rows.next() else { return Ok(Vec::new()) };
    let place = |name: &str| header.iter().position(|column| column.trim() == name);
    for needed in ["id", "language", "title", "body"] {
        if place(needed).is_none() {
            return Err(fault(first, needed, Wrong::Missing));
        }
    }
    let mut told: Vec<Told> = Vec::new();
    for (line, cells) in rows {
        let cell = |name: &str| {
            let found = place(name).and_then(|place| cells.get(place)).cloned();
            found.map(plain).unwrap_or_default()
        };
        let tag = cell("language");
        let unknown = |_| fault(line, "language", Wrong::Unknown(tag.clone()));
        let text = Text {
            language: tag.parse().map_err(unknown)?,
            title: cell("title"),
            body: cell("body"),
            questions: cell("questions").lines().map(str::to_owned).collect(),
        };
        let id = cell("id");
        match told.iter_mut().find(|one| one.id == id && !id.is_empty()) {
            Some(one) => one.answer.texts.push(text),
            None => told.push(Told {
                line,
                id,
                department: cell("dept"),
                state: cell("state"),
                owner: cell("owner"),
                review: cell("review"),
                answer: StandardAnswer {
                    tags: cell("tags").split(';').map(str::to_owned).collect(),
                    texts: vec![text],
                    ..StandardAnswer::default()
                },
            }),
        }
    }
    Ok(told)
}

fn fault(line: usize, field: &str, what: Wrong) -> Fault {
    Fault { line, field: field.to_owned(), what }
}

fn plain(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) => rest.to_owned(),
        None => cell,
    }
}

/// The rows with the line each begins on; empty ones are left out.
fn rows(text: &str) -> Result<Vec<(usize, Vec<String>)>, Fault> {
    // Spreadsheets of the Nordic countries put a semicolon between columns.
    let header = text.lines().next().unwrap_or_default();
    let between = if header.contains(';') && !header.contains(',') { ';' } else { ',' };
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut begun, mut in_quotes, mut was_quoted) = (1, 1, false, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if in_quotes && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if in_quotes => in_quotes = false,
            '"' if cell.is_empty() && !was_quoted => (in_quotes, was_quoted) = (true, true),
            _ if letter == between && !in_quotes => {
                row.push(std::mem::take(&mut cell));
                was_quoted = false;
            }
            '\r' if !in_quotes => {}
            '\n' if !in_quotes => {
                line += 1;
                row.push(std::mem::take(&mut cell));
                let whole = std::mem::take(&mut row);
                if whole.iter().any(|cell| !cell.trim().is_empty()) {
                    rows.push((begun, whole));
                }
                (begun, was_quoted) = (line, false);
            }
            '\r' => {}
            letter => {
                line += usize::from(letter == '\n');
                cell.push(letter);
            }
        }
    }
    if in_quotes {
        return Err(fault(begun, "", Wrong::Unreadable("\"".into())));
    }
    row.push(cell);
    if row.iter().any(|cell| !cell.trim().is_empty()) {
        rows.push((begun, row));
    }
    Ok(rows)
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
            let read = read(&write(std::slice::from_ref(&told))).unwrap();
            prop_assert_eq!(&read[0].answer.texts, &told.answer.texts);
        }
    }
}
