//! The verbs: who may do what to an inquiry, and what it becomes.

use super::{Inquiry, State};
use crate::department::Department;
use crate::ids::{DepartmentId, InquiryId, StaffId, WallId};
use crate::message::Position;
use crate::wall::open_wall;

/// A colleague has become the owner by her own hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub inquiry: InquiryId,
    pub by: StaffId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimRefused {
    #[error("owned by {0}")]
    OwnedBy(StaffId),
    #[error("closed")]
    Closed,
}

/// The owner has put the inquiry back for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    pub inquiry: InquiryId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseRefused {
    #[error("owned by {0}")]
    OwnedBy(StaffId),
    #[error("nobody owns it")]
    NobodyOwnsIt,
}

/// Somebody made a colleague the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    pub inquiry: InquiryId,
    pub to: StaffId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssignRefused {
    /// She is not inside the wall, or no longer works here.
    #[error("the colleague may not see it")]
    MayNotSeeIt,
    #[error("closed")]
    Closed,
}

/// The inquiry belongs to another department now, and to nobody there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referred {
    pub inquiry: InquiryId,
    pub from: DepartmentId,
    pub to: DepartmentId,
    pub wall: WallId,
    pub why: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReferRefused {
    #[error("it is there already")]
    AlreadyThere,
    #[error("a word why is missing")]
    NoReason,
    /// It would come out from behind its wall; whoever wants that says so expressly.
    #[error("everybody would see it")]
    WouldOpen,
}

/// An answer may go out; the inquiry is hers, and it is the citizen's turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replied {
    pub inquiry: InquiryId,
    pub by: StaffId,
    /// Whether nobody owned it before: sending claims.
    pub claims: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplyRefused {
    /// Somebody wrote after the writer last looked; from this position on it is new to her.
    #[error("something newer is there")]
    SomethingNewer { after: Position },
    #[error("owned by {0}")]
    OwnedBy(StaffId),
    #[error("nobody to write to")]
    NobodyToWriteTo,
    #[error("empty")]
    Empty,
}

/// A letter may be sent on; whose turn it is stays as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forwarded {
    pub inquiry: InquiryId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForwardRefused {
    /// It would come out from behind its wall; whoever wants that says so expressly.
    #[error("it leaves its wall")]
    WouldOpen,
    #[error("there is no letter to send on")]
    NoLetter,
}

/// The inquiry is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    pub inquiry: InquiryId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseRefused {
    #[error("closed already")]
    Already,
}

/// The inquiry is the municipality's turn again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopened {
    pub inquiry: InquiryId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReopenRefused {
    #[error("open already")]
    Already,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnoozeRefused {
    #[error("closed")]
    Closed,
    #[error("the time has passed")]
    Past,
    #[error("more than two years ahead")]
    TooFar,
}

impl Inquiry {
    /// Claiming makes a colleague the owner until she releases, refers or closes it.
    /// Claiming what is already hers succeeds again, so that a repeated click does no harm.
    pub fn claim(&self, by: StaffId) -> Result<Claimed, ClaimRefused> {
        match (self.state, self.owner) {
            (State::Closed, _) => Err(ClaimRefused::Closed),
            (_, Some(owner)) if owner != by => Err(ClaimRefused::OwnedBy(owner)),
            _ => Ok(Claimed { inquiry: self.id, by }),
        }
    }

    /// Only the owner puts an inquiry back; a colleague takes it over by assigning it to herself.
    pub fn release(&self, by: StaffId) -> Result<Released, ReleaseRefused> {
        match self.owner {
            None => Err(ReleaseRefused::NobodyOwnsIt),
            Some(owner) if owner != by => Err(ReleaseRefused::OwnedBy(owner)),
            Some(_) => Ok(Released { inquiry: self.id }),
        }
    }

    /// `sees_it` tells whether `to` works here and is inside the wall.
    pub fn assign(&self, to: StaffId, sees_it: bool) -> Result<Assigned, AssignRefused> {
        match self.state {
            _ if !sees_it => Err(AssignRefused::MayNotSeeIt),
            State::Closed => Err(AssignRefused::Closed),
            State::Open | State::Answered | State::Snoozed | State::Spam => {
                Ok(Assigned { inquiry: self.id, to })
            }
        }
    }

    /// Refers to `department` with a word why. Out from behind a wall only if `opens` says so.
    pub fn refer(
        &self,
        department: &Department,
        why: &str,
        opens: bool,
    ) -> Result<Referred, ReferRefused> {
        let why = why.trim();
        if department.id == self.department {
            return Err(ReferRefused::AlreadyThere);
        }
        if why.is_empty() {
            return Err(ReferRefused::NoReason);
        }
        if self.wall != department.wall && !department.is_restricted() && !opens {
            return Err(ReferRefused::WouldOpen);
        }
        Ok(Referred {
            inquiry: self.id,
            from: self.department,
            to: department.id,
            wall: department.wall,
            why: why.to_owned(),
        })
    }

    /// Replying needs a text and somebody to write to. `seen` is the position of the newest
    /// message the writer had before her; `anyway` overrides what is newer and whose it is.
    pub fn reply(
        &self,
        by: StaffId,
        text: &str,
        seen: Position,
        anyway: bool,
    ) -> Result<Replied, ReplyRefused> {
        if text.trim().is_empty() {
            return Err(ReplyRefused::Empty);
        }
        if self.person.is_none() {
            return Err(ReplyRefused::NobodyToWriteTo);
        }
        // Who has seen more than there is wrote before the inquiry was split.
        let seen = if seen > self.messages { 0 } else { seen };
        if self.newest_word > seen && !anyway {
            return Err(ReplyRefused::SomethingNewer { after: seen });
        }
        match self.owner {
            Some(owner) if owner != by && !anyway => Err(ReplyRefused::OwnedBy(owner)),
            owner => Ok(Replied { inquiry: self.id, by, claims: owner != Some(by) }),
        }
    }

    /// Anybody who sees it may send a letter of it on; out from behind a wall only expressly.
    pub fn forward(&self, opens: bool) -> Result<Forwarded, ForwardRefused> {
        if self.wall != open_wall() && !opens {
            return Err(ForwardRefused::WouldOpen);
        }
        Ok(Forwarded { inquiry: self.id })
    }

    /// Anybody who sees it may close it.
    pub fn close(&self) -> Result<Closed, CloseRefused> {
        match self.state {
            State::Closed => Err(CloseRefused::Already),
            State::Open | State::Answered | State::Snoozed | State::Spam => {
                Ok(Closed { inquiry: self.id })
            }
        }
    }

    /// Puts an inquiry aside from `now` until `until` (both microseconds UTC).
    pub fn snooze(&self, now: i64, until: i64) -> Result<(), SnoozeRefused> {
        const YEAR: i64 = 366 * 86_400 * 1_000_000;
        match self.state {
            State::Closed => Err(SnoozeRefused::Closed),
            _ if until <= now => Err(SnoozeRefused::Past),
            _ if until > now + 2 * YEAR => Err(SnoozeRefused::TooFar),
            State::Open | State::Answered | State::Snoozed | State::Spam => Ok(()),
        }
    }

    /// Opens what is closed, snoozed or waits for the citizen. The owner, if any, keeps it.
    pub fn reopen(&self) -> Result<Reopened, ReopenRefused> {
        match self.state {
            State::Open => Err(ReopenRefused::Already),
            State::Answered | State::Closed | State::Snoozed | State::Spam => {
                Ok(Reopened { inquiry: self.id })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Id, PersonId};
    use crate::inquiry::InquiryNumber;

    const BO: i64 = 11;
    const DAGNY: i64 = 12;

    fn staff(id: i64) -> StaffId {
        StaffId::from_i64(id)
    }

    fn lamp() -> Inquiry {
        Inquiry {
            id: InquiryId::from_i64(7),
            number: InquiryNumber::new(2026, 1),
            state: State::Open,
            owner: None,
            department: DepartmentId::from_i64(1),
            wall: open_wall(),
            person: Some(PersonId::from_i64(5)),
            urgent: false,
            messages: 1,
            newest_word: 1,
        }
    }

    fn owned_by(owner: i64) -> Inquiry {
        Inquiry { owner: Some(staff(owner)), ..lamp() }
    }

    fn department(id: i64, wall: WallId) -> Department {
        Department { id: DepartmentId::from_i64(id), name: "Roads".into(), wall }
    }

    #[test]
    fn the_second_to_claim_is_told_who_was_first() {
        assert!(lamp().claim(staff(DAGNY)).is_ok());
        assert_eq!(owned_by(BO).claim(staff(DAGNY)), Err(ClaimRefused::OwnedBy(staff(BO))));
        assert!(owned_by(BO).claim(staff(BO)).is_ok());
        let closed = Inquiry { state: State::Closed, ..lamp() };
        assert_eq!(closed.claim(staff(BO)), Err(ClaimRefused::Closed));
    }

    #[test]
    fn only_the_owner_releases() {
        assert!(owned_by(BO).release(staff(BO)).is_ok());
        assert_eq!(owned_by(BO).release(staff(DAGNY)), Err(ReleaseRefused::OwnedBy(staff(BO))));
        assert_eq!(lamp().release(staff(BO)), Err(ReleaseRefused::NobodyOwnsIt));
    }

    #[test]
    fn nothing_is_assigned_to_somebody_outside_the_wall() {
        assert!(lamp().assign(staff(BO), true).is_ok());
        assert_eq!(lamp().assign(staff(BO), false), Err(AssignRefused::MayNotSeeIt));
    }

    #[test]
    fn a_referral_says_why_and_does_not_open_a_wall_by_accident() {
        let roads = department(2, open_wall());
        let welfare = department(3, WallId::from_i64(30));
        assert_eq!(lamp().refer(&roads, " their lamp ", false).unwrap().why, "their lamp");
        assert_eq!(lamp().refer(&roads, "  ", false), Err(ReferRefused::NoReason));
        assert_eq!(
            lamp().refer(&department(1, open_wall()), "x", false),
            Err(ReferRefused::AlreadyThere)
        );
        assert_eq!(lamp().refer(&welfare, "a child", false).unwrap().wall, welfare.wall);

        let walled = Inquiry { wall: welfare.wall, department: welfare.id, ..lamp() };
        assert_eq!(walled.refer(&roads, "a lamp after all", false), Err(ReferRefused::WouldOpen));
        assert_eq!(walled.refer(&roads, "a lamp after all", true).unwrap().wall, open_wall());
    }

    #[test]
    fn a_reply_waits_for_eyes_on_what_is_newer_unless_she_insists() {
        let newer = Inquiry { messages: 3, newest_word: 3, ..owned_by(BO) };
        assert!(newer.reply(staff(BO), "Hello", 3, false).is_ok());
        assert_eq!(
            newer.reply(staff(BO), "Hello", 2, false),
            Err(ReplyRefused::SomethingNewer { after: 2 })
        );
        assert!(newer.reply(staff(BO), "Hello", 2, true).is_ok());
    }

    #[test]
    fn replying_claims_what_nobody_owns_and_asks_before_it_takes_a_colleagues() {
        assert!(lamp().reply(staff(BO), "Hello", 1, false).unwrap().claims);
        let dagnys = owned_by(DAGNY);
        assert_eq!(
            dagnys.reply(staff(BO), "Hello", 1, false),
            Err(ReplyRefused::OwnedBy(staff(DAGNY)))
        );
        assert!(dagnys.reply(staff(BO), "Hello", 1, true).unwrap().claims);
        assert!(!owned_by(BO).reply(staff(BO), "Hello", 1, false).unwrap().claims);
        assert_eq!(lamp().reply(staff(BO), " \n", 1, false), Err(ReplyRefused::Empty));
        let from_nobody = Inquiry { person: None, ..lamp() };
        assert_eq!(
            from_nobody.reply(staff(BO), "Hello", 1, false),
            Err(ReplyRefused::NobodyToWriteTo)
        );
    }

    #[test]
    fn closing_and_reopening_take_turns() {
        let closed = Inquiry { state: State::Closed, ..owned_by(BO) };
        assert!(lamp().close().is_ok());
        assert_eq!(closed.close(), Err(CloseRefused::Already));
        assert!(closed.reopen().is_ok());
        assert_eq!(lamp().reopen(), Err(ReopenRefused::Already));
    }

    #[test]
    fn an_inquiry_is_put_aside_until_a_time_to_come() {
        assert!(lamp().snooze(1_000, 2_000).is_ok());
        assert_eq!(lamp().snooze(2_000, 2_000), Err(SnoozeRefused::Past));
        assert_eq!(lamp().snooze(0, i64::MAX), Err(SnoozeRefused::TooFar));
        let closed = Inquiry { state: State::Closed, ..lamp() };
        assert_eq!(closed.snooze(1_000, 2_000), Err(SnoozeRefused::Closed));
        let snoozed = Inquiry { state: State::Snoozed, ..lamp() };
        assert!(snoozed.reopen().is_ok());
    }

    #[test]
    fn who_wrote_before_a_split_is_asked_to_look_again() {
        let shorter = Inquiry { messages: 2, newest_word: 2, ..owned_by(BO) };
        let again = Err(ReplyRefused::SomethingNewer { after: 0 });
        assert_eq!(shorter.reply(staff(BO), "Hello", 5, false), again);
    }
}
