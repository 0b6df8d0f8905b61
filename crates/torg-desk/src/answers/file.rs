//! Files of answers: all that a viewer may know of as JSON or CSV, and the same brought back in.
//!
//! JSON: a list of `{"id", "dept", "state", "owner", "review", "tags", "links", "files": [{"name",
//! "type", "size", "hash", "data"}], "text": {"nb": {"title", "body", "questions"}}}`; all but `id`
//! and `text` may be left out, and an answer whose `files` are keeps those it has. CSV (RFC 4180): one line for
//! each answer and language, columns by name, `;` or `,` between them. Bringing in what is there
//! already changes nothing.

mod bringing;
mod csv;
mod json;

use std::collections::HashMap;

use torg_core::answers::{AnswerRefused, StandardAnswer};
use torg_core::{StaffId, Viewer};
use torg_store::answers::{self, AnswerRow, Look, MOST_ANSWERS};
use torg_store::blobs::Blob;
use torg_store::{Read, StoreError, staff};

use super::attaching::bytes_of;
use crate::Desk;

/// How answers are written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerFormat {
    Json,
    Csv,
}

/// What bringing in a file came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BroughtIn {
    pub new: usize,
    pub changed: usize,
    /// Were there already, just so.
    pub same: usize,
}

/// What is wrong with a file, and where. Nothing of it was brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// From 1.
    pub line: usize,
    /// The field as the file calls it; empty for the line as a whole.
    pub field: String,
    pub what: Wrong,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It is no CSV.
    Unreadable,
    /// It is not the JSON of answers: why, in which column of the line, from 1, and what stands
    /// before that place.
    Json {
        why: JsonFault,
        column: usize,
        near: String,
    },
    /// A quotation mark that nobody closed.
    OpenQuote,
    /// The bytes of a file are not written in Base64.
    NotBase64,
    /// There is no such department, colleague, state or language.
    Unknown(String),
    Missing,
    Text(AnswerRefused),
    /// She may not keep this one.
    NotAllowed,
    TooMany,
}

/// Why a text is not the JSON of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonFault {
    /// It is no JSON from there on.
    NoJson,
    /// It ends before all that was begun is closed.
    CutOff,
    /// Something else belongs there, or a field is missing.
    OtherKind,
}

/// An answer as a file tells it, with its line.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    line: usize,
    id: String,
    department: String,
    state: String,
    owner: String,
    review: String,
    /// `None` if the file says nothing of them.
    files: Option<Vec<Packed>>,
    answer: StandardAnswer,
}

/// A file that goes along with an answer, as a file of answers tells it.
#[derive(Debug, Clone)]
struct Packed {
    name: String,
    content_type: String,
    hash: String,
    /// `None` if only its hash is told.
    blob: Option<Blob>,
}

/// So many bytes of files go into a file of answers; of more, the hashes.
const MOST_PACKED: usize = 24_000_000;

/// Why a file was not brought in.
#[derive(Debug, thiserror::Error)]
pub enum FileNotTaken {
    #[error("{} faults", .0.len())]
    Faults(Vec<Fault>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Desk {
    /// Every answer she may know of, as a file.
    pub async fn answers_file(
        &self,
        viewer: &Viewer,
        format: AnswerFormat,
    ) -> Result<String, StoreError> {
        let viewer = viewer.clone();
        let read = move |read: &Read<'_>| {
            let most = usize::try_from(MOST_ANSWERS).unwrap_or(usize::MAX);
            let rows = answers::list(read, &viewer, &Look::default(), most)?.0;
            let mut owners = HashMap::new();
            for owner in rows.iter().filter_map(|row| row.answer.owner) {
                if let Some(colleague) = staff::managed_one(read, owner)? {
                    owners.insert(owner, colleague.email);
                }
            }
            let bytes = match format {
                AnswerFormat::Json => bytes_of_all(read, &rows)?,
                AnswerFormat::Csv => HashMap::new(),
            };
            Ok::<_, StoreError>((rows, owners, bytes))
        };
        let (rows, owners, bytes) = self.0.reader.read(read).await?;
        let told: Vec<Told> = rows.into_iter().map(|row| tell(row, &owners)).collect();
        match format {
            AnswerFormat::Json => json::write(&told, &bytes),
            AnswerFormat::Csv => csv::write(&told),
        }
    }

    /// Brings a file of answers in, all of it or nothing.
    pub async fn bring_in_answers(
        &self,
        viewer: &Viewer,
        text: &str,
    ) -> Result<BroughtIn, FileNotTaken> {
        let text = text.trim_start_matches('\u{feff}');
        let read = match text.trim_start().starts_with(['[', '{']) {
            true => json::read(text),
            false => csv::read(text),
        };
        let told = read.map_err(|fault| FileNotTaken::Faults(vec![fault]))?;
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0.store.write(move |tx| bringing::bring_in(tx, &pen, &viewer, &told)).await
    }
}

/// The bytes of answers' files by their hash, as many as a file of answers takes.
fn bytes_of_all(
    read: &Read<'_>,
    rows: &[AnswerRow],
) -> Result<HashMap<String, Vec<u8>>, StoreError> {
    let (mut found, mut room) = (HashMap::new(), MOST_PACKED);
    for (row, file) in
        rows.iter().flat_map(|row| row.answer.files.iter().map(move |file| (row, file)))
    {
        let size = usize::try_from(file.size).unwrap_or(usize::MAX);
        if found.contains_key(&file.hash) || size > room {
            continue;
        }
        if let Some(bytes) = bytes_of(read, row.id, file)? {
            room = room.saturating_sub(bytes.len());
            found.insert(file.hash.clone(), bytes);
        }
    }
    Ok(found)
}

fn tell(row: AnswerRow, owners: &HashMap<StaffId, String>) -> Told {
    let owner = row.answer.owner.and_then(|owner| owners.get(&owner)).cloned();
    Told {
        line: 0,
        id: row.handle,
        department: row.department.map(|department| department.name).unwrap_or_default(),
        state: row.answer.stage.word().to_owned(),
        owner: owner.unwrap_or_default(),
        review: row.answer.review.map(|day| day.to_string()).unwrap_or_default(),
        files: None,
        answer: row.answer,
    }
}
