//! Bringing a file of answers in, all of it or nothing.

use torg_core::answers::{AnswerFile, Stage, StandardAnswer};
use torg_core::{DepartmentId, Viewer};
use torg_store::answers::{self, AnswerRow, MOST_ANSWERS};
use torg_store::{Read, StoreError, Tx, departments, staff};

use super::{BroughtIn, Fault, FileNotTaken, Packed, Told, Wrong};
use crate::answers::{AnswerNotKept, begin, handle_of, keep};
use crate::pen::Pen;

/// More faults than this help nobody.
const MOST_FAULTS: usize = 20;

pub(super) fn bring_in(
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
        files: files(told, old.as_ref()).ok_or_else(|| fault("files", Wrong::Missing))?,
        ..told.answer.clone()
    };
    let mut answer = answer.checked().map_err(|why| fault("text", Wrong::Text(why)))?;
    // A file knows no order of languages: what was first stays first.
    let texts = old.as_ref().map_or(&[][..], |old| &old.answer.texts);
    let before = |language| texts.iter().position(|text| text.language == language);
    answer.texts.sort_by_key(|text| before(text.language).unwrap_or(usize::MAX));
    let outcome = match &old {
        Some(old) if old.answer == answer => return Ok(Came::Same),
        Some(old) => keep(tx, pen, viewer, old, &answer, None).map(|()| (old.id, Came::Changed)),
        None => begin(tx, pen, viewer, Some(&told.id), &answer).map(|row| (row.id, Came::New)),
    };
    let (id, came) = outcome.map_err(|why| match why {
        AnswerNotKept::Store(error) => Stopped::Store(error),
        AnswerNotKept::TooMany { .. } => fault("", Wrong::TooMany),
        _ => fault("dept", Wrong::NotAllowed),
    })?;
    for blob in told.files.iter().flatten().filter_map(|file| file.blob.as_ref()) {
        answers::hold_file(tx, id, blob)?;
    }
    Ok(came)
}

/// The files an answer is to have; `None` if one is told by its hash alone and not there.
fn files(told: &Told, old: Option<&AnswerRow>) -> Option<Vec<AnswerFile>> {
    let there = old.map_or(&[][..], |old| &old.answer.files);
    let Some(packed) = &told.files else { return Some(there.to_vec()) };
    let file = |file: &Packed| match &file.blob {
        Some(blob) => Some(AnswerFile {
            name: file.name.clone(),
            content_type: file.content_type.clone(),
            size: blob.size(),
            hash: blob.hash().to_string(),
        }),
        None => there.iter().find(|one| one.hash == file.hash).cloned(),
    };
    packed.iter().map(file).collect()
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
