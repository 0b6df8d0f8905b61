//! Undoing: one way for all verbs. A line of the journal keeps how things were before it; they are
//! set back if nobody changed them since, and that is an act of its own.

use torg_core::undo::{Step, UndoRefused as Rule, is_changed, undo as may_undo};
use torg_core::wall::open_wall;
use torg_core::{
    Department, Inquiry, InquiryId, JournalId, StaffId, State, Verb, Viewer, WallId, Was,
};
use torg_store::journal::Details;
use torg_store::undo::{self, Done};
use torg_store::{
    StoreError, Tx, categories, departments, due, follows, inquiries, links, merging, spam, tags,
};

use crate::delegation::learn_undoing;
use crate::filing::index_inquiry;
use crate::inquiry::{Together, put_together};
use crate::pen::{Pen, announce};
use crate::spam::take_back;
use crate::{Desk, Refused};

/// Why an act was not undone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UndoRefused {
    /// It is nothing that is undone, or somebody else did it.
    #[error("cannot be undone")]
    Never,
    #[error("undone already")]
    Already,
    /// Somebody changed the same thing since; nobody if a letter came.
    #[error("{verb:?} came after it")]
    Since { verb: Verb, by: Option<StaffId> },
    /// It went behind a wall, and something has happened to it there.
    #[error("taken up elsewhere")]
    OutOfSight,
    /// The department it was in is gone, or it would come out from behind a wall built since.
    #[error("cannot go back to where it was")]
    NoWayBack,
}

impl Desk {
    /// Sets back what the viewer did, as the line `id` keeps it. Gives the inquiry.
    pub async fn undo(&self, viewer: &Viewer, id: JournalId) -> Result<InquiryId, Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0.store.write(move |tx| set_back(tx, &pen, &viewer, id)).await
    }

    /// The viewer's newest act on an inquiry within the last half minute, if it may be undone.
    pub async fn newest_act(
        &self,
        viewer: &Viewer,
        id: InquiryId,
    ) -> Result<Option<JournalId>, StoreError> {
        let (viewer, since) = (viewer.clone(), self.now().as_microsecond() - 30_000_000);
        self.0.reader.read(move |read| undo::newest(read, &viewer, id, since)).await
    }
}

/// Also the lines the same act wrote to other inquiries: all of them, or none.
pub(crate) fn set_back(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    id: JournalId,
) -> Result<InquiryId, Refused> {
    let act = undo::act(tx, id)?.ok_or(Refused::NotFound)?;
    // What Torg did by itself is anybody's to take back.
    let is_torgs = act.step.verb == Verb::Delegated && act.staff.is_none();
    if act.staff != Some(viewer.staff) && !is_torgs {
        return Err(UndoRefused::Never.into());
    }
    let mut acts = vec![act.clone()];
    for (_, twin) in &act.details.with {
        acts.extend(undo::act(tx, *twin)?);
    }
    // Rows are locked in the order of their ids.
    acts.sort_by_key(|act| act.inquiry);
    let mut locked = Vec::new();
    for act in &acts {
        locked.push(lock(tx, viewer, act)?);
    }
    for act in acts.iter().filter(|act| act.step.verb == Verb::Split) {
        waits_again(tx, act, &locked)?;
    }
    for (act, inquiry) in acts.iter().zip(&locked) {
        for was in act.details.before.iter().rev() {
            restore(tx, pen, viewer.staff, inquiry, act, was)?;
        }
        inquiries::release_from_outsider(tx, inquiry.id)?;
    }
    for (act, inquiry) in acts.iter().zip(&locked) {
        let details = Details { undoes: Some(act.step.id), ..Details::default() };
        let line = pen.did_line(tx, viewer, inquiry, Verb::Undone, details)?;
        learn_undoing(tx, pen, act, line)?;
        if let Some((wall, department)) = inquiries::whereabouts(tx, inquiry.id)? {
            announce(tx, &Inquiry { wall, department, ..inquiry.clone() });
        }
    }
    Ok(act.inquiry)
}

/// What waits for us in what was split off waits for us where it goes back to, unless that is as
/// it was before the split.
fn waits_again(tx: &mut Tx<'_>, split: &Done, locked: &[Inquiry]) -> Result<(), StoreError> {
    let off = |one: &Inquiry| split.details.inquiry == Some(one.id);
    if !locked.iter().any(|one| off(one) && one.state == State::Open) {
        return Ok(());
    }
    let later = undo::later(tx, split.inquiry, split.step.id)?;
    let steps: Vec<Step> = later.into_iter().map(|done| done.step).collect();
    let state = Was::State { state: State::Open.code(), wake_at: None };
    if is_changed(&state, &steps) {
        inquiries::set_state(tx, split.inquiry, State::Open)?;
    }
    Ok(())
}

/// The inquiry of an act that may be undone, its row locked.
fn lock(tx: &mut Tx<'_>, viewer: &Viewer, act: &Done) -> Result<Inquiry, Refused> {
    let seen = inquiries::locked_merged_for(tx, viewer, act.inquiry)?;
    let later = undo::later(tx, act.inquiry, act.step.id)?;
    let steps: Vec<Step> = later.iter().map(|done| done.step.clone()).collect();
    match may_undo(&act.step, &steps) {
        Ok(()) => {}
        Err(Rule::Never) => return Err(UndoRefused::Never.into()),
        Err(Rule::Already) => return Err(UndoRefused::Already.into()),
        Err(Rule::Since(_)) if seen.is_none() => return Err(UndoRefused::OutOfSight.into()),
        Err(Rule::Since(line)) => return Err(since(&later, line).into()),
    }
    match seen {
        Some(inquiry) => Ok(inquiry),
        // She sent it behind a wall herself a moment ago; while nobody there has touched it, she
        // may fetch it back.
        None if act.step.verb == Verb::Referred && later.is_empty() => {
            inquiries::locked_for_torg(tx, act.inquiry)?.ok_or(Refused::NotFound)
        }
        None => Err(UndoRefused::OutOfSight.into()),
    }
}

fn since(later: &[Done], line: JournalId) -> UndoRefused {
    let found = later.iter().find(|done| done.step.id == line);
    found.map_or(UndoRefused::Never, |done| UndoRefused::Since {
        verb: done.step.verb,
        by: done.staff,
    })
}

/// It goes back behind the wall its department has today. It comes out from behind a wall only if
/// the act itself put it there, and only to where it was.
fn may_go_back(
    inquiry: &Inquiry,
    back: &Department,
    was: WallId,
    put_behind: Option<WallId>,
) -> bool {
    let comes_out = inquiry.wall != open_wall() && inquiry.wall != back.wall;
    !comes_out || (put_behind == Some(inquiry.wall) && back.wall == was)
}

/// Sets one thing back that `act` changed.
fn restore(
    tx: &mut Tx<'_>,
    pen: &Pen,
    by: StaffId,
    inquiry: &Inquiry,
    act: &Done,
    was: &Was,
) -> Result<(), Refused> {
    let id = inquiry.id;
    match was {
        Was::Owner(owner) => inquiries::set_owner(tx, id, *owner)?,
        Was::Category(category) => categories::set(tx, id, *category)?,
        Was::State { state, wake_at } => {
            inquiries::keep_state(tx, id, *state, *wake_at)?;
            // Nobody changed the state since, so that all that was noted of it since is this act's.
            due::forget_since(tx, id, act.at)?;
        }
        Was::Place { department, wall, put_behind, shown_to } => {
            let back = departments::locked(tx, *department)?.ok_or(UndoRefused::NoWayBack)?;
            if !may_go_back(inquiry, &back, *wall, *put_behind) {
                return Err(UndoRefused::NoWayBack.into());
            }
            inquiries::keep_place(tx, id, *department, back.wall)?;
            if back.wall != inquiry.wall {
                index_inquiry(tx, id, back.wall)?;
            }
            if let Some(shown_to) = shown_to {
                inquiries::show_to(tx, id, *shown_to)?;
            }
        }
        Was::Urgent(urgent) => inquiries::set_urgent(tx, id, *urgent)?,
        Was::Tag { tag, on } => drop(tags::set(tx, id, *tag, *on)?),
        Was::Link { other, link } => links::keep(tx, id, *other, link.clone(), pen.at())?,
        Was::MergedInto(into) => merging::set_merged(tx, id, *into)?,
        Was::Messages { inquiry: from, moved } => {
            // Letters may go behind a wall with what they came from, and never out from behind one.
            let there = inquiries::whereabouts(tx, *from)?.map(|(wall, _)| wall);
            if inquiry.wall != open_wall() && there != Some(inquiry.wall) {
                return Err(UndoRefused::NoWayBack.into());
            }
            put_together(tx, &Together { from: *from, into: id, moved })?;
        }
        Was::Spam { suspect, lesson } => {
            spam::suspect(tx, id, *suspect)?;
            if let Some(place) = lesson {
                take_back(tx, pen, by, *place)?;
            }
        }
        Was::Apart(_) => {}
        Was::LentBy(staff) => inquiries::set_lent_by(tx, id, *staff)?,
        Was::Followed { staff, on: true } => drop(follows::follow(tx, *staff, id)?),
        Was::Followed { staff, on: false } => drop(follows::unfollow(tx, *staff, id)?),
    }
    Ok(())
}
