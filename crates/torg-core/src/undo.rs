//! What an act keeps of how things were before it, so that it can be set back.
//!
//! There is one rule for all verbs: an act is set back as long as nobody has changed the same
//! thing since. Acts that were undone themselves do not count.

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
}

impl Was {
    /// Whether `other` is about the same thing.
    pub fn same_thing(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Tag { tag: one, .. }, Self::Tag { tag: two, .. }) => one == two,
            (Self::Link { other: one, .. }, Self::Link { other: two, .. }) => one == two,
            (Self::Followed { staff: one, .. }, Self::Followed { staff: two, .. }) => one == two,
            (Self::Apart(one), Self::Apart(two)) => one == two,
            (one, two) => std::mem::discriminant(one) == std::mem::discriminant(two),
        }
    }
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
    /// Whether it changed what `was` tells of. Letters and answers do so without saying.
    fn touches(&self, was: &Was) -> bool {
        let by_itself = match self.verb {
            Verb::Received | Verb::Bounced | Verb::NotSent => {
                matches!(was, Was::State { .. } | Was::Messages { .. } | Was::MergedInto(_))
            }
            Verb::Replied => {
                matches!(was, Was::State { .. } | Was::Owner(_) | Was::Messages { .. })
            }
            Verb::Noted | Verb::Receipt => matches!(was, Was::Messages { .. }),
            Verb::Claimed => matches!(was, Was::Owner(_)),
            Verb::Reopened | Verb::Closed => matches!(was, Was::State { .. }),
            // What was merged since may be what the messages would go back to.
            Verb::MergedInto => matches!(was, Was::Messages { .. } | Was::Apart(_)),
            Verb::Merged => matches!(was, Was::Messages { .. }),
            _ => false,
        };
        by_itself || self.before.iter().any(|other| other.same_thing(was))
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

    #[test]
    fn two_tags_are_two_things() {
        let tag = |id| Was::Tag { tag: TagId::from_i64(id), on: false };
        assert!(!tag(1).same_thing(&tag(2)) && tag(1).same_thing(&tag(1)));
    }
}
