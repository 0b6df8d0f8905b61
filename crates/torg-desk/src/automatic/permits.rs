//! Allowing an answer to go out by itself, until a day; stopping it for a while; and what happens
//! when its text changes.

use jiff::civil::Date;
use torg_core::answers::{AnswerFile, Stage, StandardAnswer};
use torg_core::automatic::may_last;
use torg_core::{AnswerId, Language, Role, StaffId, Verb, Viewer};
use torg_store::answers::{self, AnswerRow};
use torg_store::automatic::{self, Permit};
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::{StoreError, Tx};

use super::{AutomaticRefused, Fall, switch};
use crate::Desk;
use crate::changes::{ChangeRefused, Changed};
use crate::pen::Pen;

/// The noun of its topics, `permit:7`.
pub(crate) const NOUN: &str = "permit";
/// What a paused one is kept as, behind its day.
const PAUSED: &str = " paused";

impl Desk {
    /// Allows an answer to go out by itself until a day, that day included; `None` forbids it. Its
    /// owner and administrators may.
    pub async fn permit_answer(
        &self,
        viewer: &Viewer,
        id: AnswerId,
        until: Option<Date>,
    ) -> Result<(), AutomaticRefused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let row = its_own(tx, &viewer, id)?;
                let wanted = match until {
                    Some(until) => Some(allowed(&pen, &row, until)?),
                    None => None,
                };
                Ok(keep(tx, &pen, Some(viewer.staff), &row, wanted.as_ref(), Details::default())?)
            })
            .await
    }

    /// Stops sending an answer, or goes on. Its owner may, and leads.
    pub async fn pause_answer(
        &self,
        viewer: &Viewer,
        id: AnswerId,
        pauses: bool,
    ) -> Result<(), AutomaticRefused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let row = answers::one(tx, &viewer, id)?.ok_or(AutomaticRefused::NotFound)?;
                if viewer.role == Role::Staff && row.answer.owner != Some(viewer.staff) {
                    return Err(AutomaticRefused::NotAllowed);
                }
                Ok(set_paused(tx, &pen, Some(viewer.staff), &row, pauses)?)
            })
            .await
    }

    /// Stops sending all answers she may know of, or goes on with all.
    pub async fn pause_all_answers(
        &self,
        viewer: &Viewer,
        pauses: bool,
    ) -> Result<(), AutomaticRefused> {
        if viewer.role == Role::Staff {
            return Err(AutomaticRefused::NotAllowed);
        }
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                for permitted in automatic::permits(tx, &viewer)? {
                    if let Some(row) = answers::one(tx, &viewer, permitted.id)? {
                        set_paused(tx, &pen, Some(viewer.staff), &row, pauses)?;
                    }
                }
                Ok(())
            })
            .await
    }
}

/// The answer, if she may say of it that it goes out by itself.
fn its_own(tx: &mut Tx<'_>, viewer: &Viewer, id: AnswerId) -> Result<AnswerRow, AutomaticRefused> {
    answers::lock(tx, id)?.ok_or(AutomaticRefused::NotFound)?;
    let row = answers::one(tx, viewer, id)?.ok_or(AutomaticRefused::NotFound)?;
    let is_hers = row.answer.owner == Some(viewer.staff);
    match is_hers || viewer.role == Role::Administrator {
        true => Ok(row),
        false => Err(AutomaticRefused::NotAllowed),
    }
}

fn allowed(pen: &Pen, row: &AnswerRow, until: Date) -> Result<Permit, AutomaticRefused> {
    let is_restricted = row.department.as_ref().is_some_and(|of| of.restricted);
    if row.answer.stage != Stage::InUse || is_restricted {
        return Err(AutomaticRefused::NotThisAnswer);
    }
    let today = pen.now.to_zoned(pen.zone.clone()).date();
    match may_last(today, until) {
        true => Ok(Permit { until, version: row.version, paused: None }),
        false => Err(AutomaticRefused::NotThatDay),
    }
}

/// Keeps a permit as it is wanted, with a line in its history.
fn keep(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    row: &AnswerRow,
    wanted: Option<&Permit>,
    details: Details,
) -> Result<(), StoreError> {
    let before = automatic::permit(tx, row.id)?;
    match wanted {
        Some(permit) => {
            automatic::allow(tx, row.id, permit.until, permit.version)?;
            automatic::set_paused(tx, row.id, permit.paused)?;
        }
        None => automatic::forbid(tx, row.id)?,
    }
    let (old, new) = (written(before.as_ref()), written(wanted));
    let topic = format!("{NOUN}:{}", row.id);
    let change = Changed { topic: &topic, what: &row.handle, old: &old, new: &new };
    let details = Details { department: row.answer.department, ..details };
    pen.changed(tx, by, Verb::SettingChanged, &change, details)
}

/// A permit as its history keeps it.
fn written(permit: Option<&Permit>) -> String {
    let paused = |permit: &Permit| if permit.paused.is_some() { PAUSED } else { "" };
    permit.map_or_else(String::new, |permit| format!("{}{}", permit.until, paused(permit)))
}

pub(super) fn set_paused(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    row: &AnswerRow,
    pauses: bool,
) -> Result<(), StoreError> {
    let Some(permit) = automatic::permit(tx, row.id)? else { return Ok(()) };
    if permit.paused.is_some() == pauses {
        return Ok(());
    }
    let wanted = Permit { paused: pauses.then(|| pen.at()), ..permit };
    keep(tx, pen, by, row, Some(&wanted), Details::default())
}

/// An answer is kept anew: another text begins to be counted anew and is not sent until somebody
/// says so, and what is not in use any more is not allowed any more.
pub(crate) fn answer_changed(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: Option<StaffId>,
    old: &AnswerRow,
    new: &AnswerRow,
) -> Result<(), StoreError> {
    if automatic::permit(tx, new.id)?.is_none() {
        return Ok(());
    }
    if new.answer.stage != Stage::InUse || new.answer.department != old.answer.department {
        return keep(tx, pen, by, new, None, Details::default());
    }
    if sends(&old.answer) == sends(&new.answer) {
        return Ok(());
    }
    automatic::restart(tx, new.id, new.version)?;
    switch::fall_back(tx, pen, Fall::Answer)
}

/// What of an answer reaches a citizen.
fn sends(answer: &StandardAnswer) -> (Vec<(Language, &str)>, &[String], &[AnswerFile]) {
    let texts = answer.texts.iter().map(|text| (text.language, text.body.as_str()));
    (texts.collect(), &answer.links, &answer.files)
}

/// Sets a permit as it was before a change.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    let viewer = torg_store::staff::viewer(tx, staff)?.ok_or(ChangeRefused::NotAllowed)?;
    let id = change.topic.split_once(':').and_then(|(_, id)| id.parse().ok());
    let row = match id {
        Some(id) => its_own(tx, &viewer, id).map_err(|_| ChangeRefused::NotFound)?,
        None => return Err(ChangeRefused::NotFound),
    };
    let now = automatic::permit(tx, row.id)?;
    if written(now.as_ref()) != change.new {
        return Err(ChangeRefused::ChangedSince);
    }
    let (day, paused) = match change.old.strip_suffix(PAUSED) {
        Some(day) => (day, Some(pen.at())),
        None => (change.old.as_str(), None),
    };
    let wanted = match day.parse() {
        Ok(until) => {
            let permit = allowed(pen, &row, until).map_err(|_| ChangeRefused::NoUndo)?;
            Some(Permit { paused, ..permit })
        }
        Err(_) => None,
    };
    Ok(keep(tx, pen, Some(staff), &row, wanted.as_ref(), details)?)
}
