//! Standard answers: proposed, kept, set back, put into a letter, and made of one.

mod attaching;
mod file;
mod inserting;
mod keeping;
mod learning;
mod library;
mod ranking;
mod suggesting;
mod thinking;
mod values;

use torg_core::answers::{AnswerRefused, Stage, StandardAnswer, fold, may_write};
use torg_core::{AnswerId, DepartmentId, StaffId, Verb, Viewer};
use torg_store::answers::{self, AnswerRow, MOST_ANSWERS};
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, departments, staff};

pub(crate) use attaching::files_to_send;
pub use file::{AnswerFormat, BroughtIn, Fault, FileNotTaken, JsonFault, Wrong};
pub use inserting::Inserted;
pub(crate) use inserting::{filled_in, note_sent};
pub use keeping::{OfferedFile, Proposal};
pub(crate) use learning::{LEARN, READ_LETTERS};
pub use library::LibraryTopic;
pub(crate) use ranking::Suggester;
pub use suggesting::{Suggested, SuggestedAnswer};
pub use thinking::SentenceModel;
pub(crate) use thinking::Thinker;
pub(crate) use values::{Values, filled_by_torg};

use crate::changes::{ChangeRefused, Changed};
use crate::pen::Pen;
use crate::{Desk, automatic};

/// The noun of its topics, `answer:7`.
pub(crate) const NOUN: &str = "answer";

/// Why an answer was not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerNotKept {
    /// There is none, for her.
    #[error("not found")]
    NotFound,
    /// It is not hers to write.
    #[error("not allowed")]
    NotAllowed,
    /// A colleague has kept another version since she opened it.
    #[error("changed since")]
    ChangedSince,
    #[error("more than {most} answers")]
    TooMany { most: i64 },
    #[error("{0}")]
    Text(#[from] AnswerRefused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Desk {
    /// Keeps a new answer, or a new version of one. `version` is the one she had before her.
    pub async fn keep_answer(
        &self,
        viewer: &Viewer,
        id: Option<AnswerId>,
        version: i64,
        answer: StandardAnswer,
    ) -> Result<AnswerId, AnswerNotKept> {
        let answer = answer.checked()?;
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| match id {
                None => Ok(begin(tx, &pen, &viewer, None, &answer)?.id),
                Some(id) => {
                    let old = locked(tx, &viewer, id)?;
                    if old.version != version {
                        return Err(AnswerNotKept::ChangedSince);
                    }
                    keep(tx, &pen, &viewer, &old, &answer, None)?;
                    Ok(id)
                }
            })
            .await
    }

    /// Puts an answer in use, retires it, or makes it a draft again.
    pub async fn set_answer_stage(
        &self,
        viewer: &Viewer,
        id: AnswerId,
        stage: Stage,
    ) -> Result<(), AnswerNotKept> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let old = locked(tx, &viewer, id)?;
                let answer = StandardAnswer { stage, ..old.answer.clone() };
                keep(tx, &pen, &viewer, &old, &answer, None)
            })
            .await
    }

    /// Sets an answer as it was in an older version, as a version of its own.
    pub async fn set_answer_back(
        &self,
        viewer: &Viewer,
        id: AnswerId,
        version: i64,
    ) -> Result<(), AnswerNotKept> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let old = locked(tx, &viewer, id)?;
                let then = answers::version_of(tx, &viewer, id, version)?
                    .ok_or(AnswerNotKept::NotFound)?;
                keep(tx, &pen, &viewer, &old, &then.answer, None)
            })
            .await
    }
}

/// Whether she may keep `answer`, and inside which department.
fn may_keep(
    read: &Read<'_>,
    viewer: &Viewer,
    department: Option<DepartmentId>,
    stage: Stage,
) -> Result<(), AnswerNotKept> {
    let is_member = match department {
        Some(id) => {
            let of = departments::one(read, id)?.ok_or(AnswerNotKept::NotFound)?;
            if !staff::may_see(read, viewer.staff, of.wall)? {
                return Err(AnswerNotKept::NotFound);
            }
            staff::is_member(read, viewer.staff, id)?
        }
        None => false,
    };
    match may_write(viewer.role, department, is_member, stage) {
        true => Ok(()),
        false => Err(AnswerNotKept::NotAllowed),
    }
}

/// The answer, its row locked, as nobody can change it until the transaction ends.
fn locked(tx: &mut Tx<'_>, viewer: &Viewer, id: AnswerId) -> Result<AnswerRow, AnswerNotKept> {
    answers::lock(tx, id)?.ok_or(AnswerNotKept::NotFound)?;
    answers::one(tx, viewer, id)?.ok_or(AnswerNotKept::NotFound)
}

/// Keeps a new answer, under a handle of its own if `handle` gives none.
pub(crate) fn begin(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    handle: Option<&str>,
    answer: &StandardAnswer,
) -> Result<AnswerRow, AnswerNotKept> {
    may_keep(tx, viewer, answer.department, answer.stage)?;
    if answers::count(tx)? >= MOST_ANSWERS {
        return Err(AnswerNotKept::TooMany { most: MOST_ANSWERS });
    }
    let title = answer.texts.first().map_or("", |text| text.title.as_str());
    let handle = free_handle(tx, handle.unwrap_or(title))?;
    let row = AnswerRow {
        id: pen.id(),
        handle,
        answer: answer.clone(),
        department: None,
        version: 1,
        changed: pen.at(),
    };
    write(tx, pen, Some(viewer.staff), &row, 0, Details::default())?;
    Ok(row)
}

/// Keeps what an answer is now as a version of its own; what stays as it was is none.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    old: &AnswerRow,
    answer: &StandardAnswer,
    undoes: Option<torg_core::JournalId>,
) -> Result<(), AnswerNotKept> {
    may_keep(tx, viewer, old.answer.department, old.answer.stage)?;
    may_keep(tx, viewer, answer.department, answer.stage)?;
    if old.answer == *answer {
        return Ok(());
    }
    let details = Details { undoes, ..Details::default() };
    Ok(next(tx, pen, Some(viewer.staff), old, answer, details)?)
}

fn next(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    old: &AnswerRow,
    answer: &StandardAnswer,
    details: Details,
) -> Result<(), StoreError> {
    let new = AnswerRow {
        answer: answer.clone(),
        version: old.version + 1,
        changed: pen.at(),
        ..old.clone()
    };
    write(tx, pen, by, &new, old.version, details)?;
    automatic::answer_changed(tx, pen, by, old, &new)
}

fn write(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    row: &AnswerRow,
    before: i64,
    details: Details,
) -> Result<(), StoreError> {
    answers::keep(tx, row, by)?;
    let (topic, old, new) =
        (format!("{NOUN}:{}", row.id), before.to_string(), row.version.to_string());
    let details = Details { department: row.answer.department, ..details };
    let change = Changed { topic: &topic, what: &row.handle, old: &old, new: &new };
    pen.changed(tx, by, Verb::AnswerChanged, &change, details)
}

/// Answers of a department that is removed go to its heir, unless they would come out from behind
/// its wall: then they stay with it, and out of use.
pub(crate) fn move_to_heir(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    gone: &torg_core::Department,
    heir: &torg_core::Department,
) -> Result<(), StoreError> {
    let comes_out = gone.is_restricted() && gone.wall != heir.wall;
    for old in answers::of_department(tx, gone.id)? {
        let answer = match comes_out {
            true => StandardAnswer { stage: Stage::Retired, ..old.answer.clone() },
            false => StandardAnswer { department: Some(heir.id), ..old.answer.clone() },
        };
        next(tx, pen, Some(by), &old, &answer, Details::default())?;
    }
    Ok(())
}

/// Takes a change back from the history of settings: the version before it is kept once more.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    change: &Change,
    undoes: &Details,
) -> Result<(), ChangeRefused> {
    let viewer = staff::viewer(tx, staff)?.ok_or(ChangeRefused::NotAllowed)?;
    let now = match change.topic_id() {
        Some(id) => locked(tx, &viewer, id).map_err(|_| ChangeRefused::NotFound)?,
        None => return Err(ChangeRefused::NotFound),
    };
    if now.version.to_string() != change.new {
        return Err(ChangeRefused::ChangedSince);
    }
    let before = change.old.parse().unwrap_or(0);
    let then = answers::version_of(tx, &viewer, now.id, before)?.ok_or(ChangeRefused::NoUndo)?;
    match keep(tx, pen, &viewer, &now, &then.answer, undoes.undoes) {
        Ok(()) => Ok(()),
        Err(AnswerNotKept::Store(error)) => Err(error.into()),
        Err(_) => Err(ChangeRefused::NotAllowed),
    }
}

/// A short word for files made of a title, and a number behind it if it is taken.
fn free_handle(read: &Read<'_>, title: &str) -> Result<String, StoreError> {
    let handle = handle_of(title);
    let taken = answers::handles(read, &handle)?;
    let numbered = (2..).map(|number| format!("{handle}-{number}"));
    let mut free = std::iter::once(handle.clone()).chain(numbered);
    Ok(free.find(|one| !taken.contains(one)).unwrap_or_default())
}

/// A title or a file's own name for an answer as a handle: small letters, digits, `_` and `-`.
pub(crate) fn handle_of(title: &str) -> String {
    let mut handle = String::new();
    for letter in fold(title).chars().take(60) {
        match letter {
            'a'..='z' | '0'..='9' | '_' => handle.push(letter),
            'å' | 'ä' => handle.push('a'),
            'ö' => handle.push('o'),
            _ if handle.ends_with('-') || handle.is_empty() => {}
            _ => handle.push('-'),
        }
    }
    let handle = handle.trim_matches('-');
    if handle.is_empty() { "answer".to_owned() } else { handle.to_owned() }
}
