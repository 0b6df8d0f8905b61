//! The municipality's switch: off, writing down, answering; and falling back by itself.

use jiff::SignedDuration;
use torg_core::automatic::{Evidence, Mode};
use torg_core::{JobId, Role, StaffId, State, Verb, Viewer};
use torg_store::automatic::{self, Figures, PermitRow};
use torg_store::changes::Change;
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, inquiries, jobs, settings};

use super::{AutomaticRefused, CLOSES, FELL, Fall, MODE, MODEL, mode, model};
use crate::Desk;
use crate::changes::ChangeRefused;
use crate::pen::{Pen, announce};

/// The topic of these changes.
pub(crate) const TOPIC: &str = "automatic";

/// How automatic answers stand, for whoever may switch them.
#[derive(Debug, Clone)]
pub struct Automatic {
    pub mode: Mode,
    /// Why letters are not answered any more, if it was not a colleague who said so.
    pub fell: Option<Fall>,
    /// The hash of the sentence model; empty without one.
    pub model: String,
    /// What was answered is closed after a while.
    pub closes: bool,
    /// Of all answers that are allowed.
    pub evidence: Evidence,
    /// Of those the viewer may know of.
    pub permits: Vec<PermitRow>,
    pub figures: Vec<Figures>,
}

impl Automatic {
    /// Whether letters may be answered.
    pub fn may_go_live(&self) -> bool {
        !self.model.is_empty() && self.evidence.allows_live()
    }
}

impl Desk {
    /// How automatic answers stand. Leads and administrators see it.
    pub async fn automatic(&self, viewer: &Viewer) -> Result<Automatic, AutomaticRefused> {
        leads(viewer)?;
        let (viewer, pen) = (viewer.clone(), self.pen());
        let read = move |read: &Read<'_>| {
            let (model, today) = (model(read)?, today(&pen));
            Ok::<_, StoreError>(Automatic {
                mode: mode(read)?,
                fell: settings::get(read, FELL)?.and_then(|word| Fall::from_word(&word)),
                closes: settings::get(read, CLOSES)?.as_deref() == Some("1"),
                evidence: automatic::evidence(read, &model, today)?,
                permits: automatic::permits(read, &viewer)?,
                figures: automatic::figures(read, &viewer, &model, today)?,
                model,
            })
        };
        Ok(self.0.reader.read(read).await?)
    }

    /// Switches automatic answers off, to writing down, or to answering, which is done only while
    /// it is sure enough that the answers are right.
    pub async fn set_automatic_mode(
        &self,
        viewer: &Viewer,
        wanted: Mode,
    ) -> Result<(), AutomaticRefused> {
        leads(viewer)?;
        let (staff, pen) = (viewer.staff, self.pen());
        self.0
            .store
            .write(move |tx| {
                if wanted == Mode::Live && !is_sure(tx, &pen)? {
                    return Err(AutomaticRefused::NotYet);
                }
                settings::set(tx, FELL, "")?;
                Ok(pen.set(tx, Some(staff), TOPIC, (MODE, wanted.word()), Details::default())?)
            })
            .await
    }

    /// Whether what was answered automatically is closed when nobody wrote for a week.
    pub async fn set_automatic_closing(
        &self,
        viewer: &Viewer,
        closes: bool,
    ) -> Result<(), AutomaticRefused> {
        leads(viewer)?;
        let (staff, pen) = (viewer.staff, self.pen());
        let value = if closes { "1" } else { "" };
        let set = move |tx: &mut Tx<'_>| {
            pen.set(tx, Some(staff), TOPIC, (CLOSES, value), Details::default())
        };
        Ok(self.0.store.write(set).await?)
    }
}

/// The job that closes what nobody wrote in any more.
pub(crate) const CLOSE_QUIET: &str = "automatic.close-quiet";
/// An answer that nobody wrote after for so long was enough; older ones are left alone.
const QUIET: SignedDuration = SignedDuration::from_hours(7 * 24);
const LEFT_ALONE: SignedDuration = SignedDuration::from_hours(37 * 24);
/// How many inquiries a step closes, and how long it rests after it.
const STEP: i64 = 50;
const REST: SignedDuration = SignedDuration::from_mins(10);

impl Desk {
    /// Closes what was answered automatically a week ago and nobody wrote in since, if that is
    /// wished.
    pub(crate) async fn close_quiet(&self, job: JobId) -> Result<(), StoreError> {
        let pen = self.pen();
        self.0
            .store
            .write_bulk(move |tx| {
                if settings::get(tx, CLOSES)?.as_deref() == Some("1") {
                    close_all_quiet(tx, &pen)?;
                }
                jobs::postpone(tx, job, (pen.now + REST).as_microsecond(), None)
            })
            .await
    }
}

fn close_all_quiet(tx: &mut Tx<'_>, pen: &Pen) -> Result<(), StoreError> {
    let ago = |time: SignedDuration| (pen.now - time).as_microsecond();
    for id in automatic::quiet(tx, (ago(LEFT_ALONE), ago(QUIET)), STEP)? {
        let Some(inquiry) = inquiries::locked_for_torg(tx, id)? else { continue };
        if inquiry.close().is_err() {
            continue;
        }
        let before = vec![inquiries::was_state(tx, &inquiry)?];
        inquiries::set_state(tx, id, State::Closed)?;
        pen.write(tx, None, id, Verb::Closed, Details { before, ..Details::default() })?;
        announce(tx, &inquiry);
    }
    Ok(())
}

pub(super) fn leads(viewer: &Viewer) -> Result<(), AutomaticRefused> {
    match viewer.role {
        Role::Lead | Role::Administrator => Ok(()),
        Role::Staff => Err(AutomaticRefused::NotAllowed),
    }
}

pub(super) fn today(pen: &Pen) -> jiff::civil::Date {
    pen.now.to_zoned(pen.zone.clone()).date()
}

/// Whether letters may be answered: there is a model, and what is known of its choices is enough.
pub(super) fn is_sure(read: &Read<'_>, pen: &Pen) -> Result<bool, StoreError> {
    let model = model(read)?;
    Ok(!model.is_empty() && automatic::evidence(read, &model, today(pen))?.allows_live())
}

/// Goes back to writing down, if letters were answered, and keeps why.
pub(super) fn fall_back(tx: &mut Tx<'_>, pen: &Pen, why: Fall) -> Result<(), StoreError> {
    if mode(tx)? != Mode::Live {
        return Ok(());
    }
    settings::set(tx, FELL, why.word())?;
    let details = Details { why: Some(why.word().to_owned()), ..Details::default() };
    pen.set(tx, None, TOPIC, (MODE, Mode::Shadow.word()), details)
}

/// Goes back to writing down, if it is not sure any more that the answers are right.
pub(super) fn look_again(tx: &mut Tx<'_>, pen: &Pen) -> Result<(), StoreError> {
    if mode(tx)? != Mode::Live || is_sure(tx, pen)? {
        return Ok(());
    }
    let evidence = automatic::evidence(tx, &model(tx)?, today(pen))?;
    fall_back(tx, pen, if evidence.broken > 0 { Fall::Broken } else { Fall::Bound })
}

/// Keeps which model letters are looked at with. Another one is not known yet.
pub(super) fn note_model(tx: &mut Tx<'_>, pen: &Pen, hash: Option<&str>) -> Result<(), StoreError> {
    let hash = hash.unwrap_or_default();
    if model(tx)? == hash {
        return Ok(());
    }
    settings::set(tx, MODEL, hash)?;
    fall_back(tx, pen, Fall::Model)
}

/// Sets the switch as it was before a change; nothing is answered again without being sure.
pub(crate) fn set_again(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    change: &Change,
    details: Details,
) -> Result<(), ChangeRefused> {
    if change.what == MODE && change.old == Mode::Live.word() && !is_sure(tx, pen)? {
        return Err(ChangeRefused::NoUndo);
    }
    pen.set_again(tx, staff, change, details)
}
