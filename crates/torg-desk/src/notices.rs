//! Telling colleagues what concerns them, in the transaction of what happened. Nobody is told of
//! her own acts, and whoever acts on an inquiry has seen what there was of it.

mod digests;

pub(crate) use digests::DIGESTS;

use jiff::Timestamp;
use torg_core::notice::Quiet;
use torg_core::{Fact, Id, InquiryId, MessageId, NoticeId, NoticeKind, StaffId, Verb, Viewer, Was};
use torg_store::journal::{Act, Details};
use torg_store::notices::{self, NewNotice, NoticeRow, Wishes};
use torg_store::{Read, StoreError, Tx, follows, inquiries, messages};

use crate::Desk;
use crate::pen::Pen;

/// How many notices are told one by one or counted at once.
const MOST_TOLD: i64 = 100;

/// What happened to an inquiry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct News {
    pub(crate) inquiry: InquiryId,
    pub(crate) verb: Verb,
    pub(crate) by: Option<StaffId>,
    pub(crate) message: Option<MessageId>,
    /// What is told once, whoever says it again.
    pub(crate) cause: i64,
    /// The same is done to many inquiries, and told of once.
    pub(crate) of_many: bool,
}

impl News {
    /// Of a message that was written.
    pub(crate) fn of_message(
        inquiry: InquiryId,
        verb: Verb,
        by: Option<StaffId>,
        message: MessageId,
    ) -> Self {
        Self { inquiry, verb, by, message: Some(message), cause: message.as_i64(), of_many: false }
    }

    fn of_line(pen: &Pen, inquiry: InquiryId, act: &Act) -> Self {
        let message = act.details.message;
        // Who makes herself the owner has taken it over, whichever way she did it.
        let is_taken = act.verb == Verb::Assigned && act.details.staff == act.staff;
        let verb = if is_taken { Verb::TakenOver } else { act.verb };
        let cause = pen.cause.unwrap_or(message.map_or(act.id.as_i64(), Id::as_i64));
        Self { inquiry, verb, by: act.staff, message, cause, of_many: pen.cause.is_some() }
    }

    /// Tells `staff`, once the transaction is committed.
    pub(crate) fn tell(
        &self,
        tx: &mut Tx<'_>,
        pen: &Pen,
        staff: StaffId,
        kind: NoticeKind,
    ) -> Result<(), StoreError> {
        let Self { inquiry, verb, by, message, cause, of_many } = *self;
        if by == Some(staff) {
            return Ok(());
        }
        let (id, at) = (pen.id(), pen.at());
        let new = NewNotice { id, staff, kind, inquiry, at, verb, by, message, cause };
        if (of_many && notices::tell_again(tx, &new)?) || notices::tell(tx, &new)? {
            tx.announce(Fact::Notice(staff));
        }
        Ok(())
    }

    /// Tells everybody who follows the inquiry.
    fn tell_followers(&self, tx: &mut Tx<'_>, pen: &Pen) -> Result<(), StoreError> {
        for staff in follows::followers(tx, self.inquiry)? {
            self.tell(tx, pen, staff, NoticeKind::Followed)?;
        }
        Ok(())
    }
}

/// Tells whom a line of an inquiry's journal concerns.
pub(crate) fn tell_of(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: InquiryId,
    act: &Act,
) -> Result<(), StoreError> {
    if let Some(staff) = act.staff {
        seen(tx, pen, staff, inquiry)?;
    }
    if let Some(undone) = act.details.undoes {
        notices::take_back(tx, inquiry, undone.as_i64())?;
    }
    let news = News::of_line(pen, inquiry, act);
    for (staff, kind) in concerned(tx, inquiry, act)? {
        news.tell(tx, pen, staff, kind)?;
    }
    if moves_followers(act.verb) { news.tell_followers(tx, pen) } else { Ok(()) }
}

/// A citizen's letter came in: the owner is told, and who follows. Who stands in for the owner of
/// `before` was told of the inquiry already.
pub(crate) fn tell_of_letter(
    tx: &mut Tx<'_>,
    pen: &Pen,
    before: &torg_core::Inquiry,
    message: MessageId,
) -> Result<(), StoreError> {
    let news = News::of_message(before.id, Verb::Received, None, message);
    let owner = inquiries::owner(tx, before.id)?;
    if let Some(owner) = owner.filter(|owner| before.owner == Some(*owner)) {
        news.tell(tx, pen, owner, NoticeKind::Letter)?;
    }
    news.tell_followers(tx, pen)
}

/// An answer did not arrive: who wrote it is told, and whose the inquiry is.
pub(crate) fn tell_of_trouble(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: InquiryId,
    message: MessageId,
) -> Result<(), StoreError> {
    // The message itself may have been told of before, when it was written.
    let news = News {
        cause: pen.id::<NoticeId>().as_i64(),
        ..News::of_message(inquiry, Verb::NotSent, None, message)
    };
    let whom = [messages::author(tx, message)?, inquiries::owner(tx, inquiry)?];
    for staff in whom.into_iter().flatten() {
        news.tell(tx, pen, staff, NoticeKind::Undelivered)?;
    }
    Ok(())
}

/// She has seen what there is of an inquiry.
pub(crate) fn seen(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    inquiry: InquiryId,
) -> Result<(), StoreError> {
    if notices::see_inquiry(tx, staff, inquiry, pen.at())? > 0 {
        tx.announce(Fact::Notice(staff));
    }
    Ok(())
}

/// Whose inquiry it became, and whose it was.
fn concerned(
    read: &Read<'_>,
    inquiry: InquiryId,
    act: &Act,
) -> Result<Vec<(StaffId, NoticeKind)>, StoreError> {
    let details = &act.details;
    let gets = |to: Option<StaffId>| to.map(|to| (to, NoticeKind::Assigned));
    let loses = |from: Option<StaffId>| from.map(|from| (from, NoticeKind::Gone));
    let found = match act.verb {
        Verb::Assigned => [
            gets(details.staff),
            loses(owner_before(details).filter(|was| details.staff != Some(*was))),
        ],
        // Whose it was is away, and knows.
        Verb::Redirected => [gets(details.staff), None],
        Verb::TakenOver | Verb::HandedBack => [None, loses(details.whose)],
        Verb::Referred | Verb::Delegated => [gets(details.staff), loses(owner_before(details))],
        Verb::Woke => {
            let owner = inquiries::owner(read, inquiry)?;
            [owner.map(|owner| (owner, NoticeKind::Woke)), None]
        }
        _ => [None, None],
    };
    Ok(found.into_iter().flatten().collect())
}

fn owner_before(details: &Details) -> Option<StaffId> {
    details.before.iter().find_map(|was| match was {
        Was::Owner(owner) => *owner,
        _ => None,
    })
}

/// What is worth telling who only follows. A citizen's letter is told where it is filed.
fn moves_followers(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Replied
            | Verb::Noted
            | Verb::Forwarded
            | Verb::Referred
            | Verb::Closed
            | Verb::Reopened
            | Verb::Merged
    )
}

/// What a page tells now.
#[derive(Debug, Clone, Default)]
pub struct Telling {
    /// Newest first; nobody else is told of them again.
    pub notices: Vec<NoticeRow>,
    /// It is quiet until then; what came meanwhile is told afterwards. Microseconds UTC.
    pub quiet_until: Option<i64>,
}

impl Desk {
    /// What no page has told the viewer yet; nothing while it is quiet.
    pub async fn tell_notices(&self, viewer: &Viewer) -> Result<Telling, StoreError> {
        let (who, now, zone) = (viewer.clone(), self.now(), self.about().time_zone.clone());
        let (waits, quiet) = self
            .0
            .reader
            .read(move |read| {
                let quiet = notices::wishes(read, who.staff)?.quiet;
                Ok((notices::is_untold(read, &who)?, quiet))
            })
            .await?;
        if let Some(until) = until(quiet, now, &zone) {
            return Ok(Telling { quiet_until: Some(until), ..Telling::default() });
        }
        if !waits {
            return Ok(Telling::default());
        }
        let (viewer, at) = (viewer.clone(), now.as_microsecond());
        let taken = move |tx: &mut Tx<'_>| notices::take_untold(tx, &viewer, at, MOST_TOLD);
        Ok(Telling { notices: self.0.store.write(taken).await?, quiet_until: None })
    }

    /// The viewer has seen one of her notices, or all up to `upto`.
    pub async fn see_notices(&self, viewer: &Viewer, which: Which) -> Result<(), StoreError> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let seen = match which {
                    Which::One(id) => notices::see(tx, &viewer, id, pen.at())?,
                    Which::UpTo(id) => notices::see_all(tx, &viewer, id, pen.at())?,
                };
                if seen > 0 {
                    tx.announce(Fact::Notice(viewer.staff));
                }
                Ok(())
            })
            .await
    }

    /// Keeps what the viewer wants to be told, and when; a taste of her own, of which the journal
    /// says nothing.
    pub async fn set_wishes(&self, viewer: &Viewer, wishes: Wishes) -> Result<(), StoreError> {
        let (staff, pen) = (viewer.staff, self.pen());
        let next = wishes.digest.next(pen.now, &pen.zone).map(Timestamp::as_microsecond);
        self.0
            .store
            .write(move |tx| {
                notices::keep_wishes(tx, staff, &wishes, next)?;
                tx.announce(Fact::Notice(staff));
                Ok(())
            })
            .await
    }
}

/// Which notices somebody has seen.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    One(NoticeId),
    UpTo(NoticeId),
}

fn until(quiet: Option<Quiet>, now: Timestamp, zone: &jiff::tz::TimeZone) -> Option<i64> {
    quiet.and_then(|quiet| quiet.until(now, zone)).map(Timestamp::as_microsecond)
}
