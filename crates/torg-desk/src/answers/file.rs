//! Files of answers: all that a viewer may know of as JSON or CSV, and the same brought back in.
//!
//! JSON: a list of `{"id", "dept", "state", "owner", "review", "tags", "text": {"nb": {"title",
//! "body", "questions"}}}`; all but `id` and `text` may be left out. CSV (RFC 4180): one line for
//! each answer and language, columns by name, `;` or `,` between them. Bringing in what is there
//! already changes nothing.

mod csv;
mod json;

use std::collections::HashMap;

use torg_core::answers::{AnswerRefused, Stage, StandardAnswer};
use torg_core::{DepartmentId, StaffId, Viewer};
use torg_store::answers::{self, AnswerRow, Look, MOST_ANSWERS};
use torg_store::{Read, StoreError, Tx, departments, staff};

use super::{AnswerNotKept, begin, handle_of, keep};
use crate::Desk;
use crate::pen::Pen;

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
    /// It cannot be read, with what its reader says.
    Unreadable(String),
    /// There is no such department, colleague, state or language.
    Unknown(String),
    Missing,
    Text(AnswerRefused),
    /// She may not keep this one.
    NotAllowed,
    TooMany,
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
    answer: StandardAnswer,
}

/// More faults than this help nobody.
const MOST_FAULTS: usize = 20;

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
            Ok::<_, StoreError>((rows, owners))
        };
        let (rows, owners) = self.0.reader.read(read).await?;
        let told: Vec<Told> = rows.into_iter().map(|row| tell(row, &owners)).collect();
        match format {
            AnswerFormat::Json => json::write(&told),
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
        self.0.store.write(move |tx| bring_in(tx, &pen, &viewer, &told)).await
    }
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
        answer: row.answer,
    }
}

fn bring_in(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    told: &[Told],
) -> Result<BroughtIn, FileNotTaken> {
    let (mut done, mut faults) = (BroughtIn::default(), Vec::new());
    if usize::try_from(MOST_ANSWERS).is_ok_and(|most| told.len() > most) {
        let too_many = Fault { line: 1, field: String::new(), what: Wrong::TooMany };
        return Err(FileNotTaken::Faults(vec![too_many]));
    }
    for one in told {
        match bring(tx, pen, viewer, one) {
            Ok(Came::New) => done.new += 1,
            Ok(Came::Changed) => done.changed += 1,
            Ok(Came::Same) => done.same += 1,
            Err(Stopped::Fault(fault)) => faults.push(fault),
            Err(Stopped::Store(error)) => return Err(error.into()),
        }
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    if faults.is_empty() { Ok(done) } else { Err(FileNotTaken::Faults(faults)) }
}

enum Came {
    New,
    Changed,
    Same,
}

enum Stopped {
    Fault(Fault),
    Store(StoreError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

fn bring(tx: &mut Tx<'_>, pen: &Pen, viewer: &Viewer, told: &Told) -> Result<Came, Stopped> {
    let fault = |field: &str, what: Wrong| {
        Stopped::Fault(Fault { line: told.line, field: field.to_owned(), what })
    };
    if told.id.trim().is_empty() {
        return Err(fault("id", Wrong::Missing));
    }
    let handle = handle_of(&told.id);
    let old = answers::by_handle(tx, viewer, &handle)?;
    if old.is_none() && answers::handles(tx, &handle)?.contains(&handle) {
        return Err(fault("id", Wrong::NotAllowed));
    }
    let answer = StandardAnswer {
        department: department(tx, viewer, &told.department)?
            .ok_or_else(|| fault("dept", Wrong::Unknown(told.department.clone())))?,
        stage: match told.state.as_str() {
            "" => old.as_ref().map_or(Stage::Draft, |old| old.answer.stage),
            word => Stage::from_word(word)
                .ok_or_else(|| fault("state", Wrong::Unknown(word.to_owned())))?,
        },
        owner: match told.owner.as_str() {
            "" => None,
            email => Some(
                staff::account(tx, email)?
                    .map(|account| account.viewer.staff)
                    .ok_or_else(|| fault("owner", Wrong::Unknown(email.to_owned())))?,
            ),
        },
        review: match told.review.as_str() {
            "" => None,
            day => Some(day.parse().map_err(|_| fault("review", Wrong::Unknown(day.to_owned())))?),
        },
        ..told.answer.clone()
    };
    let mut answer = answer.checked().map_err(|why| fault("text", Wrong::Text(why)))?;
    // A file knows no order of languages: what was first stays first.
    let texts = old.as_ref().map_or(&[][..], |old| &old.answer.texts);
    let before = |language| texts.iter().position(|text| text.language == language);
    answer.texts.sort_by_key(|text| before(text.language).unwrap_or(usize::MAX));
    let outcome = match &old {
        Some(old) if old.answer == answer => return Ok(Came::Same),
        Some(old) => keep(tx, pen, viewer, old, &answer, None).map(|()| Came::Changed),
        None => begin(tx, pen, viewer, Some(&told.id), &answer).map(|_| Came::New),
    };
    outcome.map_err(|why| match why {
        AnswerNotKept::Store(error) => Stopped::Store(error),
        AnswerNotKept::TooMany { .. } => fault("", Wrong::TooMany),
        _ => fault("dept", Wrong::NotAllowed),
    })
}

/// The department of a name, `None` inside for the whole municipality; one she may not know of is
/// none.
fn department(
    read: &Read<'_>,
    viewer: &Viewer,
    name: &str,
) -> Result<Option<Option<DepartmentId>>, StoreError> {
    if name.trim().is_empty() {
        return Ok(Some(None));
    }
    let Some(found) = departments::by_name(read, name.trim())? else { return Ok(None) };
    let seen = staff::may_see(read, viewer.staff, found.wall)?;
    Ok(seen.then_some(Some(found.id)))
}
