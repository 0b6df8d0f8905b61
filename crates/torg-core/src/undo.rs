//! What an act keeps of how things were before it, so that it can be set back.
//!
//! There is one rule for all verbs: an act is set back as long as nobody has changed the same
//! thing since. Acts that were undone themselves do not count.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::ids::{
    CategoryId, DepartmentId, InquiryId, JournalId, MessageId, StaffId, TagId, WallId,
};
use crate::journal::Verb;
use crate::message::Position;

/// One thing of an inquiry as it was before an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Was {
    Owner(Option<StaffId>),
    /// The state's code, and when it would have woken (microseconds UTC).
    State {
        state: i64,
        wake_at: Option<i64>,
    },
    /// The department and the wall it stood behind; `put_behind` is the wall the act put it behind,
    /// and `shown_to` the department it was shown to beside and is no longer, because it went there.
    Place {
        department: DepartmentId,
        wall: WallId,
        put_behind: Option<WallId>,
        shown_to: Option<DepartmentId>,
    },
    Urgent(bool),
    Tag {
        tag: TagId,
        on: bool,
    },
    /// The state of a link, and why it was suggested; nothing if there was none.
    Link {
        other: InquiryId,
        link: Option<(i64, String)>,
    },
    MergedInto(Option<InquiryId>),
    /// What was not merged into it, or split off from it, yet. That is kept with the other one.
    Apart(InquiryId),
    /// Messages that lay in `inquiry` at these positions.
    Messages {
        inquiry: InquiryId,
        moved: Vec<(MessageId, Position)>,
    },
    Category(Option<CategoryId>),
    /// Whose it was before she went away.
    LentBy(Option<StaffId>),
    Followed {
        staff: StaffId,
        on: bool,
    },
    /// Whether it bore the badge "perhaps spam"; `lesson` is the place of what the act taught the judge.
    Spam {
        suspect: bool,
        lesson: Option<i64>,
    },
}

impl Was {
    fn thing(&self) -> Thing {
        match self {
            Self::Owner(_) => Thing::Owner,
            Self::State { .. } => Thing::State,
            Self::Place { .. } => Thing::Place,
            Self::Urgent(_) => Thing::Urgent,
            Self::Tag { tag, .. } => Thing::Tag(*tag),
            Self::Link { other, .. } => Thing::Link(*other),
            Self::MergedInto(_) => Thing::MergedInto,
            Self::Apart(other) => Thing::Apart(*other),
            Self::Messages { .. } => Thing::Messages,
            Self::Category(_) => Thing::Category,
            Self::LentBy(_) => Thing::LentBy,
            Self::Followed { staff, .. } => Thing::Followed(*staff),
            Self::Spam { .. } => Thing::Spam,
        }
    }
}

/// What an act may change, by which acts are told to be about the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    Owner,
    State,
    Place,
    Urgent,
    Tag(TagId),
    Link(InquiryId),
    MergedInto,
    Apart(InquiryId),
    /// Whatever was kept apart.
    EverythingApart,
    Messages,
    Category,
    LentBy,
    Followed(StaffId),
    Spam,
}

/// A line of an inquiry's journal, as far as undoing asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub id: JournalId,
    pub verb: Verb,
    pub before: Vec<Was>,
    /// The line it undid, if it is an undoing.
    pub undoes: Option<JournalId>,
}

impl Step {
    /// Whether it changed what `was` tells of.
    fn touches(&self, was: &Was) -> bool {
        let thing = was.thing();
        let is_apart = matches!(thing, Thing::Apart(_));
        self.things().any(|other| other == thing || (is_apart && other == Thing::EverythingApart))
    }

    /// What it changed. Letters and answers do so without saying.
    fn things(&self) -> impl Iterator<Item = Thing> {
        use Thing::{EverythingApart, MergedInto, Messages, Owner, State};
        let by_itself: &[Thing] = match self.verb {
            Verb::Received | Verb::Bounced | Verb::NotSent => &[State, Messages, MergedInto],
            Verb::Replied => &[State, Owner, Messages],
            Verb::Noted | Verb::NoteTakenBack | Verb::Receipt | Verb::Merged => &[Messages],
            Verb::Claimed => &[Owner],
            Verb::Reopened | Verb::Closed => &[State],
            // What was merged since may be what the messages would go back to.
            Verb::MergedInto => &[Messages, EverythingApart],
            _ => &[],
        };
        by_itself.iter().copied().chain(self.before.iter().map(Was::thing))
    }
}

/// All lines of an inquiry's journal, oldest first, asked of each whether it may be set back. It
/// says the same as [`undo`] with all that came later, and its cost grows with the lines only.
#[derive(Debug)]
pub struct History<'s> {
    steps: &'s [Step],
    undone: HashSet<JournalId>,
    /// The last line by which a thing was changed that still is.
    last: HashMap<Thing, usize>,
}

impl<'s> History<'s> {
    pub fn of(steps: &'s [Step]) -> Self {
        let undone: HashSet<JournalId> = steps.iter().filter_map(|step| step.undoes).collect();
        let mut last = HashMap::new();
        for (place, step) in steps.iter().enumerate() {
            if step.undoes.is_none() && !undone.contains(&step.id) {
                last.extend(step.things().map(|thing| (thing, place)));
            }
        }
        Self { steps, undone, last }
    }

    /// Whether the line at `place` was set back.
    pub fn is_undone(&self, place: usize) -> bool {
        self.steps.get(place).is_some_and(|step| self.undone.contains(&step.id))
    }

    /// Whether the line at `place` may be set back.
    pub fn may_be_undone(&self, place: usize) -> bool {
        let Some(step) = self.steps.get(place) else { return false };
        let is_last = |was: &Was| {
            let thing = was.thing();
            let apart = matches!(thing, Thing::Apart(_)).then_some(Thing::EverythingApart);
            let mut things = [Some(thing), apart].into_iter().flatten();
            things.all(|thing| self.last.get(&thing).is_none_or(|last| *last <= place))
        };
        let may_be = !step.before.is_empty() && step.undoes.is_none() && !self.is_undone(place);
        may_be && step.before.iter().all(is_last)
    }
}

/// Why an act is not set back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UndoRefused {
    /// It changed nothing that could be set back, or was somebody else's.
    #[error("cannot be undone")]
    Never,
    #[error("undone already")]
    Already,
    /// A later act changed the same thing.
    #[error("{0} came after it")]
    Since(JournalId),
}

/// Whether `act` may be set back, after whom the lines of `later` were written, oldest first.
pub fn undo(act: &Step, later: &[Step]) -> Result<(), UndoRefused> {
    if act.before.is_empty() || act.undoes.is_some() {
        return Err(UndoRefused::Never);
    }
    if is_undone(act.id, later) {
        return Err(UndoRefused::Already);
    }
    let mut since = standing(later);
    let since = since.find(|step| act.before.iter().any(|was| step.touches(was)));
    since.map_or(Ok(()), |step| Err(UndoRefused::Since(step.id)))
}

/// Whether a line of `later` that was not undone itself changed what `was` tells of.
pub fn is_changed(was: &Was, later: &[Step]) -> bool {
    standing(later).any(|step| step.touches(was))
}

fn standing(later: &[Step]) -> impl Iterator<Item = &Step> {
    later.iter().filter(|step| step.undoes.is_none() && !is_undone(step.id, later))
}

fn is_undone(id: JournalId, later: &[Step]) -> bool {
    later.iter().any(|step| step.undoes == Some(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

    fn step(id: i64, verb: Verb, before: Vec<Was>) -> Step {
        Step { id: JournalId::from_i64(id), verb, before, undoes: None }
    }

    fn undoing(id: i64, of: i64) -> Step {
        Step { undoes: Some(JournalId::from_i64(of)), ..step(id, Verb::Undone, vec![]) }
    }

    fn claim(id: i64) -> Step {
        step(id, Verb::Claimed, vec![Was::Owner(None)])
    }

    fn urgent(id: i64) -> Step {
        step(id, Verb::MarkedUrgent, vec![Was::Urgent(false)])
    }

    #[test]
    fn an_act_is_set_back_while_nobody_changed_the_same_thing() {
        assert!(undo(&claim(1), &[urgent(2)]).is_ok());
        let since = Err(UndoRefused::Since(JournalId::from_i64(3)));
        assert_eq!(undo(&claim(1), &[urgent(2), claim(3)]), since);
        assert!(undo(&urgent(1), &[claim(2), step(3, Verb::Received, vec![])]).is_ok());
    }

    #[test]
    fn what_was_undone_itself_is_in_nobodys_way() {
        let release = step(2, Verb::Released, vec![Was::Owner(None)]);
        assert!(undo(&claim(1), &[release.clone(), undoing(3, 2)]).is_ok());
        assert!(undo(&claim(1), &[release, undoing(3, 9)]).is_err());
        assert_eq!(undo(&claim(1), &[undoing(2, 1)]), Err(UndoRefused::Already));
        assert_eq!(undo(&undoing(2, 1), &[]), Err(UndoRefused::Never));
    }

    #[test]
    fn a_letter_since_keeps_an_inquiry_open() {
        let open = Was::State { state: 0, wake_at: None };
        let close = step(1, Verb::Closed, vec![open]);
        let letter = step(2, Verb::Received, vec![]);
        assert_eq!(undo(&close, &[letter]), Err(UndoRefused::Since(JournalId::from_i64(2))));
    }

    #[test]
    fn messages_do_not_go_back_to_what_was_merged_since() {
        let messages = Was::Messages { inquiry: InquiryId::from_i64(1), moved: vec![] };
        let apart = Was::Apart(InquiryId::from_i64(2));
        let off = step(1, Verb::SplitOff, vec![messages]);
        let split = step(1, Verb::Split, vec![apart]);
        let merged = step(2, Verb::Merged, vec![Was::Apart(InquiryId::from_i64(1))]);
        let merged_into = step(2, Verb::MergedInto, vec![Was::MergedInto(None)]);
        for (act, later) in [(&off, &merged), (&off, &merged_into), (&split, &merged_into)] {
            assert!(undo(act, std::slice::from_ref(later)).is_err());
            assert!(undo(act, &[later.clone(), undoing(3, 2)]).is_ok());
        }
        assert!(undo(&split, &[merged]).is_ok(), "another one came to it");
    }

    fn some_was(number: u8) -> Was {
        let inquiry = InquiryId::from_i64(i64::from(number % 2));
        match number % 9 {
            0 => Was::Owner(None),
            1 => Was::State { state: 0, wake_at: None },
            2 => Was::Apart(inquiry),
            3 => Was::Messages { inquiry, moved: vec![] },
            4 => Was::MergedInto(None),
            5 => Was::Tag { tag: TagId::from_i64(i64::from(number / 9 % 2)), on: true },
            6 => Was::Link { other: inquiry, link: None },
            7 => Was::LentBy(None),
            _ => Was::Urgent(true),
        }
    }

    proptest! {
        #[test]
        fn all_lines_at_once_are_told_what_each_is_told_alone(
            acts in vec((0..Verb::ALL.len(), vec(any::<u8>(), 0..3), option::of(0_i64..8)), 0..24),
        ) {
            let step = |(place, (verb, before, undoes)): (usize, (usize, Vec<u8>, Option<i64>))| {
                let id = i64::try_from(place).unwrap();
                // An undoing comes after what it sets back.
                let undoes = undoes.filter(|of| *of < id).map(JournalId::from_i64);
                let before = before.into_iter().map(some_was).collect();
                Step { id: JournalId::from_i64(id), verb: Verb::ALL[verb], before, undoes }
            };
            let steps: Vec<Step> = acts.into_iter().enumerate().map(step).collect();
            let history = History::of(&steps);
            for (place, step) in steps.iter().enumerate() {
                let alone = undo(step, &steps[place + 1..]);
                prop_assert_eq!(history.may_be_undone(place), alone.is_ok());
                let is_undone = is_undone(step.id, &steps[place + 1..]);
                prop_assert_eq!(history.is_undone(place), is_undone);
            }
        }
    }

    #[test]
    fn two_tags_are_two_things() {
        let tag = |id| Was::Tag { tag: TagId::from_i64(id), on: false };
        assert!(tag(1).thing() != tag(2).thing() && tag(1).thing() == tag(1).thing());
    }
}
