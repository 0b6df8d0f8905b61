//! Which inquiry a letter joins, or the new one it opens.

use jiff::Timestamp;
use torg_core::threading::{By, Threading};
use torg_core::wall::open_wall;
use torg_core::{Inquiry, Kind, Verb};
use torg_store::departments::Mailbox;
use torg_store::inquiries::{self, NewInquiry};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, links, merging};

use super::bounce::Bounced;
use super::delivery::Delivery;
use super::sender::Sender;
use super::threads::place;
use crate::pen::random;

impl Delivery<'_> {
    /// Where the letter belongs. A bounce belongs to the message that bounced.
    pub(super) fn threading(
        &self,
        tx: &Tx<'_>,
        sender: &Sender,
        bounced: Option<Bounced>,
    ) -> Result<Threading, StoreError> {
        if let Some(bounced) = bounced
            && inquiries::whereabouts(tx, bounced.inquiry)?.is_some()
        {
            let now = merging::root(tx, bounced.lies_in(tx)?)?;
            return Ok(Threading::Join(now, By::OwnMessageId));
        }
        let home = &self.group.home;
        let found = place(tx, &self.filing.letterhead.signer, self.prepared, home, sender)?;
        behind_its_wall(tx, where_it_went(tx, found)?, home)
    }

    /// The inquiry it joins, locked, or a new one; and whether it is new.
    pub(super) fn inquiry(
        &self,
        tx: &mut Tx<'_>,
        sender: &Sender,
        threading: Threading,
    ) -> Result<(Inquiry, bool), StoreError> {
        if let Threading::Join(id, _) = threading
            && let Some(inquiry) = inquiries::locked_for_torg(tx, id)?
        {
            let kind = self.prepared.kind;
            if let (None, Some(known), Kind::Human) = (inquiry.person, sender.known, kind) {
                inquiries::set_person(tx, id, known.person)?;
            }
            return Ok((inquiry, false));
        }
        let inquiry = self.open(tx, sender)?;
        if let Threading::Suggest(other, by) = threading {
            let pen = &self.filing.pen;
            links::suggest(tx, inquiry.id, other, why(by), pen.at())?;
            let details = Details { inquiry: Some(other), ..Details::default() };
            pen.write(tx, None, inquiry.id, Verb::Suggested, details)?;
        }
        Ok((inquiry, true))
    }

    fn open(&self, tx: &mut Tx<'_>, sender: &Sender) -> Result<Inquiry, StoreError> {
        let Self { filing, prepared, group } = self;
        let moment = prepared.moment();
        let at = Timestamp::from_microsecond(moment).unwrap_or(filing.pen.now);
        let year = at.to_zoned(filing.letterhead.time_zone.clone()).year();
        let number = inquiries::next_number(tx, i64::from(year))?;
        inquiries::insert(
            tx,
            &NewInquiry {
                id: filing.pen.id(),
                number,
                public_key: data_encoding::BASE64URL_NOPAD.encode(&random::<16>()?),
                subject: prepared.letter.subject.chars().take(500).collect(),
                person: sender.known.map(|known| known.person),
                department: group.home.department,
                wall: group.home.wall,
                created: moment,
            },
        )
    }
}

/// What was merged goes on where it was merged into.
fn where_it_went(tx: &Tx<'_>, found: Threading) -> Result<Threading, StoreError> {
    Ok(match found {
        Threading::Join(inquiry, by) => Threading::Join(merging::root(tx, inquiry)?, by),
        Threading::Suggest(inquiry, by) => Threading::Suggest(merging::root(tx, inquiry)?, by),
        Threading::New => Threading::New,
    })
}

/// What was sent to a walled address stays behind that wall, whatever it answers.
fn behind_its_wall(tx: &Tx<'_>, found: Threading, home: &Mailbox) -> Result<Threading, StoreError> {
    let Threading::Join(inquiry, _) = found else {
        return Ok(found);
    };
    if home.wall == open_wall() {
        return Ok(found);
    }
    let wall = inquiries::whereabouts(tx, inquiry)?.map(|(wall, _)| wall);
    if wall == Some(home.wall) {
        return Ok(found);
    }
    Ok(Threading::Suggest(inquiry, By::LooseReference))
}

fn why(by: By) -> &'static str {
    match by {
        By::SubjectNumber => "subject-number",
        By::LooseReference => "loose-reference",
        By::SameSubject => "same-subject",
        By::OwnMessageId | By::PlusAddress | By::Letter => "by-hand",
    }
}
