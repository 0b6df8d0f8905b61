//! What a department says of itself: under its answers, and to the judge who delegates.

use torg_core::delegation::Staffing;
use torg_core::{DepartmentId, Language, StaffId, Viewer};
use torg_store::changes::Change;
use torg_store::delegation::{self, Told};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, departments};

use super::{DepartmentRefused, note, of, one, topic};
use crate::Desk;
use crate::changes::ChangeRefused;
use crate::pen::Pen;

/// What of a department delegation asks for.
pub(super) const DESCRIPTION: &str = "description";
pub(super) const EXAMPLES: &str = "examples";
pub(super) const STAFFING: &str = "staffing";
/// The most characters of a description, and of all examples.
const MOST_TOLD: usize = 4_000;
/// The most characters of a signature.
const MOST_SIGNED: usize = 2_000;

impl Desk {
    /// Sets what stands under a department's answers: in a language, or in all that have none.
    pub async fn set_signature(
        &self,
        viewer: &Viewer,
        id: DepartmentId,
        language: Option<Language>,
        text: &str,
    ) -> Result<(), DepartmentRefused> {
        let text = good_signature(text);
        self.arranging(viewer, move |tx, pen, by| {
            one(tx, id)?;
            sign(tx, pen, by, id, language.map_or("", Language::tag), &text, of(id))
        })
        .await
    }

    /// Sets what the judge is told of a department, and who of it gets what comes.
    pub async fn describe_department(
        &self,
        viewer: &Viewer,
        id: DepartmentId,
        told: Told,
    ) -> Result<(), DepartmentRefused> {
        let tidy = |text: &str| -> String {
            text.replace("\r\n", "\n").trim().chars().take(MOST_TOLD).collect()
        };
        let (description, examples) = (tidy(&told.description), tidy(&told.examples));
        let told = Told { description, examples, ..told };
        self.arranging(viewer, move |tx, pen, by| {
            one(tx, id)?;
            Ok(tell(tx, pen, by, id, &told, &of(id))?)
        })
        .await
    }
}

pub(super) fn good_signature(text: &str) -> String {
    text.replace("\r\n", "\n").trim().chars().take(MOST_SIGNED).collect()
}

pub(super) fn sign(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    id: DepartmentId,
    language: &str,
    text: &str,
    details: Details,
) -> Result<(), DepartmentRefused> {
    let before = departments::signatures(tx, id)?;
    let old = before.into_iter().find(|(tag, _)| tag == language).map(|(_, text)| text);
    departments::set_signature(tx, id, language, text)?;
    let what = format!("signature {language}");
    let old = old.unwrap_or_default();
    Ok(note(tx, pen, Some(by), &topic(id), what.trim(), (&old, text), details)?)
}

/// Sets all three, and notes what of them changed.
fn tell(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    id: DepartmentId,
    told: &Told,
    details: &Details,
) -> Result<(), StoreError> {
    let before = delegation::told(tx, id)?;
    delegation::set_told(tx, id, told)?;
    let values = [
        (DESCRIPTION, &before.description, &told.description),
        (EXAMPLES, &before.examples, &told.examples),
        (STAFFING, &before.staffing.word().to_owned(), &told.staffing.word().to_owned()),
    ];
    for (what, old, new) in values {
        note(tx, pen, Some(by), &topic(id), what, (old, new), details.clone())?;
    }
    Ok(())
}

/// Sets one of them as it was before a change, if it is still what the change made it.
pub(super) fn tell_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    id: DepartmentId,
    change: &Change,
    details: &Details,
) -> Result<(), ChangeRefused> {
    let mut told = delegation::told(tx, id)?;
    let now = match change.what.as_str() {
        DESCRIPTION => told.description.as_str(),
        EXAMPLES => told.examples.as_str(),
        _ => told.staffing.word(),
    };
    if now != change.new {
        return Err(ChangeRefused::ChangedSince);
    }
    match change.what.as_str() {
        DESCRIPTION => told.description.clone_from(&change.old),
        EXAMPLES => told.examples.clone_from(&change.old),
        _ => told.staffing = Staffing::from_word(&change.old).unwrap_or_default(),
    }
    Ok(tell(tx, pen, by, id, &told, details)?)
}
