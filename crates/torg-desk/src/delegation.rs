//! Delegation: every new inquiry gets a department and, where that wants one, an owner.
//!
//! Filing only notes that an inquiry is new. What waits is delegated right after, each in one
//! transaction that takes it off the waiting ones, so that neither a restart nor another node does
//! it twice. Rules come first, then the judge; whoever took it in hand before either is left alone.

mod archive;
mod judging;
mod learning;
mod rules;
mod setting;
mod staffing;
mod trial;

pub(crate) use archive::LEARN_ARCHIVE;
pub(crate) use learning::{Lessons, Taught, answered, closed, learn_referral, learn_undoing};
pub(crate) use setting::{RULES, TOPIC, set_again, set_rule_again};
pub(crate) use staffing::give_next;

pub use rules::RuleFault;
pub use setting::{Delegating, RuleNotKept};
pub use trial::Tried;

use jiff::SignedDuration;
use torg_core::delegation::{Guess, Mode, Rule, threshold};
use torg_core::wall::open_wall;
use torg_core::{Department, DepartmentId, Inquiry, MailboxId, Verb, Was};
use torg_store::delegation::{self, FirstLetter, Waiting};
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, departments, inquiries, jobs, settings, tags};
use tracing::error;

use crate::Desk;
use crate::pen::{Pen, announce};

/// How many are delegated before the loop looks whether it is to stop.
const AT_ONCE: i64 = 32;
/// Delegating is one node's work; another takes over when this lapses.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How many of the newest letters that ended tell how good the judge is.
const HISTORY: i64 = 500;

/// The lease by which one node delegates.
pub(crate) const DELEGATING: &str = "delegating";

const MODE: &str = "delegation.mode";
const PRECISION: &str = "delegation.precision";

/// What the municipality wants of the judge.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    pub(crate) mode: Mode,
    /// How often it must be right to move letters, in percent.
    pub(crate) precision: u8,
    /// Where the general address's mail goes: only from there letters are moved.
    pub(crate) reception: Option<DepartmentId>,
    /// How sure it was of letters that ended, and whether it was right.
    pub(crate) history: Vec<(u16, bool)>,
}

/// A new inquiry, and what the rules and the judge say of it.
#[derive(Debug, Clone)]
struct Case {
    waiting: Waiting,
    /// `None` if somebody has taken it in hand.
    letter: Option<FirstLetter>,
    /// Whether it lies behind no wall; behind one, it stays there.
    is_open: bool,
    /// The addresses of ours that it came to.
    came_to: Vec<MailboxId>,
    rule: Option<Rule>,
    guesses: Vec<Guess>,
}

/// Where it goes, and why.
struct Target {
    department: DepartmentId,
    why: String,
}

impl Policy {
    pub(crate) fn now(read: &Read<'_>) -> Result<Self, StoreError> {
        let mode = settings::get(read, MODE)?.and_then(|word| Mode::from_word(&word));
        let precision = settings::get(read, PRECISION)?.and_then(|percent| percent.parse().ok());
        let reception = delegation::reception(read).get()?.map(|department| department.id);
        let history = reception.map(|home| delegation::history(read, home, HISTORY)).transpose()?;
        Ok(Self {
            mode: mode.unwrap_or_default(),
            precision: precision.unwrap_or(95),
            reception,
            history: history.unwrap_or_default(),
        })
    }

    /// The least sureness with which a letter is moved; `None` while none is.
    fn moves_from(&self) -> Option<u16> {
        let threshold = || threshold(&self.history, self.precision);
        (self.mode == Mode::Move).then(threshold).flatten()
    }
}

impl Desk {
    /// Delegates some of what was filed and waits for it, if no other node does; how many.
    ///
    /// # Errors
    /// When the database does not answer; what waits goes on waiting.
    pub async fn delegate_waiting(&self) -> Result<usize, StoreError> {
        let waiting = self.0.reader.read(|read| delegation::waiting(read, AT_ONCE)).await?;
        if waiting.is_empty() || !self.hold_delegating().await? {
            return Ok(0);
        }
        let count = waiting.len();
        let policy = self.0.reader.read(Policy::now).await?;
        let cases = self.judge_all(waiting, policy.mode).await?;
        let least = policy.moves_from().filter(|_| policy.reception.is_some());
        for case in cases {
            let judge = least.filter(|_| policy.reception == Some(case.waiting.home));
            self.delegate_one(case, judge).await?;
        }
        Ok(count)
    }

    async fn hold_delegating(&self) -> Result<bool, StoreError> {
        let (now, until) = (self.now().as_microsecond(), (self.now() + LEASE).as_microsecond());
        let holder = self.0.holder.clone();
        let held =
            self.0.store.write_bulk(move |tx| jobs::hold(tx, DELEGATING, &holder, now, until));
        held.await
    }

    /// One that cannot be delegated is left where it is, and nobody waits for it.
    async fn delegate_one(&self, case: Case, least: Option<u16>) -> Result<(), StoreError> {
        let (pen, id) = (self.pen(), case.waiting.inquiry);
        let done = self.0.store.write_bulk(move |tx| delegate(tx, &pen, &case, least)).await;
        match done {
            Err(failure @ (StoreError::Unavailable(_) | StoreError::Full)) => Err(failure),
            Err(failure) => {
                error!(inquiry.id = %id, error = %failure, "Inquiry {id} was not delegated: {failure}");
                let given_up = move |tx: &mut Tx<'_>| delegation::judged(tx, id, &[], None);
                self.0.store.write_bulk(given_up).await.map(drop)
            }
            Ok(()) => Ok(()),
        }
    }
}

impl Case {
    /// The department the judge would move it to.
    fn guess(&self) -> Option<&Guess> {
        self.guesses.first().filter(|guess| guess.department != self.waiting.home)
    }

    /// What a rule says comes before what the judge says, who must be sure enough.
    fn target(&self, least: Option<u16>) -> Option<Target> {
        if let Some(rule) = &self.rule {
            let department = rule.department.filter(|id| *id != self.waiting.home)?;
            return Some(Target { department, why: String::new() });
        }
        let guess = self.guess().filter(|guess| least.is_some_and(|least| guess.sureness >= least));
        guess.map(|guess| Target { department: guess.department, why: guess.words.join(", ") })
    }
}

/// `least` is how sure the judge must be to move it; nothing if it may not.
fn delegate(tx: &mut Tx<'_>, pen: &Pen, case: &Case, least: Option<u16>) -> Result<(), StoreError> {
    let Waiting { inquiry: id, home } = case.waiting;
    let target = case.target(least);
    // Departments before the inquiry, as whatever moves a whole department does.
    let to =
        target.as_ref().map(|target| departments::locked(tx, target.department)).transpose()?;
    let to = to.flatten().filter(|department| !department.is_restricted());
    let stays = if to.is_none() { departments::locked(tx, home)? } else { None };
    let Some(inquiry) = inquiries::locked_for_torg(tx, id)? else {
        return Ok(());
    };
    let is_untouched = delegation::is_untouched(tx, &case.waiting)?;
    if !delegation::judged(tx, id, &case.guesses, case.guess())? || !is_untouched {
        return Ok(());
    }
    announce(tx, &inquiry);
    let is_open = inquiry.wall == open_wall();
    match (to.filter(|_| is_open), stays) {
        (Some(to), _) => {
            let why = target.map(|target| target.why).unwrap_or_default();
            move_to(tx, pen, &inquiry, &to, case.rule.as_ref(), why)?;
        }
        (None, Some(stays)) => stay(tx, pen, &inquiry, &stays, case.rule.as_ref())?,
        (None, None) => {}
    }
    match &case.rule {
        // What went behind a wall since is left alone; a rule for what lay there was asked for that.
        Some(rule) if is_open || !case.is_open => mark(tx, pen, &inquiry, rule),
        _ => Ok(()),
    }
}

fn move_to(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: &Inquiry,
    to: &Department,
    rule: Option<&Rule>,
    why: String,
) -> Result<(), StoreError> {
    let owner = staffing::owner(tx, pen, inquiry, to, rule)?;
    let shown = inquiries::is_shown_to(tx, inquiry.id, to.id)?;
    let before = vec![
        Was::Place {
            department: inquiry.department,
            wall: inquiry.wall,
            put_behind: Some(to.wall),
            shown_to: shown.then_some(to.id),
        },
        Was::Owner(None),
        inquiries::was_state(tx, inquiry)?,
        Was::LentBy(inquiries::lent_by(tx, inquiry.id)?),
    ];
    inquiries::refer(tx, inquiry.id, to.id, to.wall)?;
    inquiries::set_owner(tx, inquiry.id, owner)?;
    let details = Details {
        department: Some(to.id),
        from: Some(inquiry.department),
        staff: owner,
        what: rule.map(|_| "rule".to_owned()),
        why: Some(why).filter(|why| !why.is_empty()),
        before,
        ..Details::default()
    };
    pen.write(tx, None, inquiry.id, Verb::Delegated, details)?;
    announce(tx, inquiry);
    announce(tx, &Inquiry { department: to.id, wall: to.wall, ..inquiry.clone() });
    Ok(())
}

/// It is where it belongs, and may get an owner there.
fn stay(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: &Inquiry,
    department: &Department,
    rule: Option<&Rule>,
) -> Result<(), StoreError> {
    let Some(owner) = staffing::owner(tx, pen, inquiry, department, rule)? else {
        return Ok(());
    };
    inquiries::set_owner(tx, inquiry.id, Some(owner))?;
    let before = vec![Was::Owner(None)];
    let details = Details { staff: Some(owner), before, ..Details::default() };
    pen.write(tx, None, inquiry.id, Verb::Assigned, details)?;
    announce(tx, inquiry);
    Ok(())
}

/// The tag and the mark a rule gives.
fn mark(tx: &mut Tx<'_>, pen: &Pen, inquiry: &Inquiry, rule: &Rule) -> Result<(), StoreError> {
    let tag = rule.tag.map(|tag| tags::one(tx, tag)).transpose()?.flatten();
    if let Some(tag) = tag.filter(|tag| tag.active)
        && tags::set(tx, inquiry.id, tag.id, true)?
    {
        let before = vec![Was::Tag { tag: tag.id, on: false }];
        let details = Details { tag: Some(tag.id), before, ..Details::default() };
        pen.write(tx, None, inquiry.id, Verb::Tagged, details)?;
    }
    if rule.urgent && !inquiry.urgent {
        inquiries::set_urgent(tx, inquiry.id, true)?;
        let details = Details { before: vec![Was::Urgent(false)], ..Details::default() };
        pen.write(tx, None, inquiry.id, Verb::MarkedUrgent, details)?;
    }
    Ok(())
}
