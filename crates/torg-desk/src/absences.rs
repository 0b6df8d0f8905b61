//! Being away, and what becomes of one's inquiries meanwhile.

use torg_core::{
    AbsenceId, Fact, Inquiry, InquiryId, JournalId, Role, StaffId, State, Verb, Viewer, Was,
};
use torg_store::absences::{self, Absence, NewAbsence};
use torg_store::journal::Details;
use torg_store::{Read, StoreError, Tx, inquiries, staff, undo};

use crate::bulk::{Act, Begun};
use crate::inquiry::{locked, wake};
use crate::pen::Pen;
use crate::{Desk, Refused, Reply, Then};

/// A time away, as a form asks for it.
#[derive(Debug, Clone)]
pub struct Away {
    pub staff: StaffId,
    /// Microseconds UTC; `ends` is the first moment at which she is back.
    pub begins: i64,
    pub ends: i64,
    pub word: String,
    pub deputy: Option<StaffId>,
}

/// Why an absence was not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AwayRefused {
    /// Only she herself, a lead of hers or an administrator says that she is away.
    #[error("not hers to say")]
    NotAllowed,
    #[error("it ends before it begins, or has ended")]
    EndsTooEarly,
    /// Nobody of that name works here.
    #[error("no such colleague")]
    NoSuchColleague,
    #[error("she cannot stand in for herself")]
    OwnDeputy,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The most characters of the word for it.
const MOST_CHARACTERS: usize = 100;

impl Desk {
    /// Keeps that a colleague is away; what was said of her before is taken back.
    pub async fn go_away(&self, viewer: &Viewer, away: Away) -> Result<AbsenceId, AwayRefused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                may_say(tx, &viewer, &away)?;
                if away.ends <= away.begins.max(pen.at()) {
                    return Err(AwayRefused::EndsTooEarly);
                }
                absences::end(tx, away.staff, pen.at())?;
                let id = pen.id();
                let word = away.word.trim().chars().take(MOST_CHARACTERS).collect();
                let Away { staff, begins, ends, deputy, .. } = away;
                let set_by = viewer.staff;
                let new = NewAbsence { id, staff, begins, ends, word, deputy, set_by };
                absences::insert(tx, &new)?;
                let details =
                    Details { staff: Some(staff), until: Some(ends), ..Details::default() };
                pen.write_of_day(tx, Some(viewer.staff), Verb::WentAway, details)?;
                tx.announce(Fact::Everything);
                Ok(id)
            })
            .await
    }

    /// She is back, or will not be away after all.
    pub async fn come_back(&self, viewer: &Viewer, staff: StaffId) -> Result<(), AwayRefused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let away = Away { staff, begins: 0, ends: 0, word: String::new(), deputy: None };
                may_say(tx, &viewer, &away)?;
                if absences::end(tx, staff, pen.at())? {
                    let details = Details { staff: Some(staff), ..Details::default() };
                    pen.write_of_day(tx, Some(viewer.staff), Verb::CameBack, details)?;
                    tx.announce(Fact::Everything);
                }
                Ok(())
            })
            .await
    }

    /// Takes a colleague's inquiry over, with a word to the citizen if `word` has one. If she is
    /// away, it is offered back to her when she returns.
    pub async fn take_over(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        word: &str,
    ) -> Result<(), Refused> {
        let (who, pen) = (viewer.clone(), self.pen());
        let taken = self.0.store.write(move |tx| take_over(tx, &pen, &who, id)).await?;
        if word.trim().is_empty() {
            return Ok(());
        }
        match self.tell_citizen(viewer, id, word, taken).await {
            Ok(()) => Ok(()),
            Err(Refused::Store(error)) => Err(error.into()),
            Err(why) => Err(Refused::Untold(Box::new(why))),
        }
    }

    /// An answer that leaves the turn where it was.
    async fn tell_citizen(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        word: &str,
        taken: JournalId,
    ) -> Result<(), Refused> {
        let who = viewer.clone();
        let reading = self.0.reader.read(move |read| inquiries::reading(read, &who, id)).await?;
        let seen = reading.map_or(0, |reading| reading.messages);
        let reply = Reply {
            text: word.to_owned(),
            seen,
            anyway: true,
            then: Then::Unchanged,
            key: format!("take-over-{taken}"),
            envelope: crate::Envelope::default(),
        };
        self.reply(viewer, id, reply).await.map(drop)
    }

    /// Begins to take over everything that waits for a colleague.
    pub async fn take_over_all(
        &self,
        viewer: &Viewer,
        from: StaffId,
        word: &str,
    ) -> Result<Begun, Refused> {
        let folder = torg_store::folders::Folder::Colleague(from);
        self.bulk_folder(viewer, Act::TakeOver { word: word.to_owned() }, folder).await
    }

    /// Begins to give the viewer back what was hers before she went away.
    pub async fn hand_back(&self, viewer: &Viewer) -> Result<Begun, Refused> {
        const MOST: i64 = 10_000;
        let who = viewer.clone();
        let lent = self.0.reader.read(move |read| inquiries::lent(read, &who, MOST)).await?;
        self.bulk(viewer, Act::HandBack, lent).await
    }

    /// Gives the viewer back one that was hers.
    pub(crate) async fn hand_back_one(
        &self,
        viewer: &Viewer,
        id: InquiryId,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                let lent_by = inquiries::lent_by(tx, id)?;
                if lent_by != Some(viewer.staff) {
                    return Err(Refused::NotFound);
                }
                let before = vec![Was::Owner(inquiry.owner), Was::LentBy(lent_by)];
                inquiries::set_owner(tx, id, Some(viewer.staff))?;
                inquiries::set_lent_by(tx, id, None)?;
                let (staff, whose) = (Some(viewer.staff), inquiry.owner);
                let details = Details { staff, whose, before, ..Details::default() };
                Ok(pen.did(tx, &viewer, &inquiry, Verb::HandedBack, details)?)
            })
            .await
    }
}

/// Returns the line that tells of it. What she has taken over before and still owns is not taken over twice: a post that is repeated
/// tells the citizen once.
fn take_over(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<JournalId, Refused> {
    let inquiry = locked(tx, viewer, id)?;
    inquiry.assign(viewer.staff, true)?;
    if inquiry.owner == Some(viewer.staff)
        && inquiry.state != State::Snoozed
        && let Some(line) = undo::newest_of(tx, viewer, id, Verb::TakenOver, 0)?
    {
        return Ok(line);
    }
    let mut before = vec![Was::Owner(inquiry.owner), Was::LentBy(inquiries::lent_by(tx, id)?)];
    wake(tx, &inquiry, &mut before)?;
    if let Some(owner) = inquiry.owner.filter(|owner| *owner != viewer.staff) {
        let is_away = absences::now_of(tx, owner, pen.at())?.is_some();
        if is_away {
            inquiries::set_lent_by(tx, id, Some(owner))?;
        }
    }
    inquiries::set_owner(tx, id, Some(viewer.staff))?;
    let details = Details { whose: inquiry.owner, before, ..Details::default() };
    Ok(pen.did_line(tx, viewer, &inquiry, Verb::TakenOver, details)?)
}

fn may_say(read: &Read<'_>, viewer: &Viewer, away: &Away) -> Result<(), AwayRefused> {
    let may = match viewer.role {
        _ if away.staff == viewer.staff => true,
        Role::Administrator => true,
        Role::Lead => staff::share_a_department(read, viewer.staff, away.staff)?,
        Role::Staff => false,
    };
    if !may {
        return Err(AwayRefused::NotAllowed);
    }
    if staff::viewer(read, away.staff)?.is_none() {
        return Err(AwayRefused::NoSuchColleague);
    }
    match away.deputy {
        Some(deputy) if deputy == away.staff => Err(AwayRefused::OwnDeputy),
        Some(deputy) if staff::viewer(read, deputy)?.is_none() => Err(AwayRefused::NoSuchColleague),
        _ => Ok(()),
    }
}

/// A letter came for somebody who is away: it goes to her deputy, or to nobody yet.
pub(crate) fn redirect(tx: &mut Tx<'_>, pen: &Pen, inquiry: &Inquiry) -> Result<(), StoreError> {
    let Some(owner) = inquiry.owner else {
        return Ok(());
    };
    let Some(absence) = absences::now_of(tx, owner, pen.at())? else {
        return Ok(());
    };
    let deputy = deputy(tx, pen, inquiry, &absence)?;
    let before = vec![Was::Owner(inquiry.owner), Was::LentBy(inquiries::lent_by(tx, inquiry.id)?)];
    inquiries::set_owner(tx, inquiry.id, deputy)?;
    inquiries::set_lent_by(tx, inquiry.id, Some(owner))?;
    let (whose, until) = (Some(owner), Some(absence.ends));
    let details = Details { staff: deputy, whose, until, before, ..Details::default() };
    pen.write(tx, None, inquiry.id, Verb::Redirected, details)
}

/// Who stands in, if she may see it and is not away herself.
fn deputy(
    read: &Read<'_>,
    pen: &Pen,
    inquiry: &Inquiry,
    absence: &Absence,
) -> Result<Option<StaffId>, StoreError> {
    let Some(deputy) = &absence.deputy else {
        return Ok(None);
    };
    let sees_it = staff::may_see(read, deputy.id, inquiry.wall)?;
    let is_away = absences::now_of(read, deputy.id, pen.at())?.is_some();
    Ok((sees_it && !is_away).then_some(deputy.id))
}
