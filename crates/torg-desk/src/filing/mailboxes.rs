//! What mailboxes remember of a letter: that it was delivered, and which ids lead to its inquiry.

use torg_core::wall::open_wall;
use torg_core::{DepartmentId, Fact, InquiryId, Kind, Verb, WallId};
use torg_store::filing::{self, Delivered, SeenReference};
use torg_store::journal::Details;
use torg_store::{StoreError, Tx, inquiries};

use super::delivery::Delivery;
use super::threads::references;

/// So many of the ids a letter mentions are remembered, the newest first.
const MOST_MENTIONED: usize = 20;

impl Delivery<'_> {
    /// The same mail in one of these mailboxes, or in an inquiry behind the same wall.
    pub(super) fn delivered_before(&self, tx: &Tx<'_>) -> Result<Option<Delivered>, StoreError> {
        let Self { prepared, group, .. } = self;
        let before = filing::delivered(tx, &prepared.mail_id, &prepared.letter.body_hash)?;
        for delivered in before {
            let here = group.mailboxes().any(|mailbox| mailbox.id == delivered.mailbox);
            let wall = inquiries::whereabouts(tx, delivered.inquiry)?.map(|(wall, _)| wall);
            if here || wall == Some(group.home.wall) {
                return Ok(Some(delivered));
            }
        }
        Ok(None)
    }

    /// Remembers the delivery for every mailbox, and shows the inquiry to their departments unless
    /// it stands behind a wall.
    pub(super) fn show(
        &self,
        tx: &mut Tx<'_>,
        delivered: Delivered,
        place: Option<(WallId, DepartmentId)>,
    ) -> Result<(), StoreError> {
        let open = place.is_some_and(|(wall, _)| wall == open_wall());
        let home = place.map(|(_, department)| department);
        let (mail_id, body_hash) = (&self.prepared.mail_id, &self.prepared.letter.body_hash);
        for mailbox in self.group.mailboxes() {
            let delivered = Delivered { mailbox: mailbox.id, ..delivered };
            filing::remember_delivery(tx, &delivered, mail_id, body_hash)?;
            let may_know = open && mailbox.wall == open_wall() && home != Some(mailbox.department);
            if may_know && inquiries::show_to(tx, delivered.inquiry, mailbox.department)? {
                let details =
                    Details { department: Some(mailbox.department), ..Details::default() };
                self.filing.pen.write(tx, None, delivered.inquiry, Verb::Shown, details)?;
                let (inquiry, department) = (delivered.inquiry, mailbox.department);
                tx.announce(Fact::Inquiry { inquiry, wall: mailbox.wall, department });
            }
        }
        Ok(())
    }

    /// The letter's own id leads back here from now on, and so, more weakly, do the ids it mentions.
    pub(super) fn remember_references(
        &self,
        tx: &mut Tx<'_>,
        inquiry: InquiryId,
    ) -> Result<(), StoreError> {
        let strong = self.prepared.kind == Kind::Human;
        for mailbox in self.group.mailboxes() {
            let own = SeenReference { inquiry, strong };
            filing::remember_reference(tx, mailbox.id, &self.prepared.mail_id, own)?;
            for mentioned in references(self.prepared).into_iter().take(MOST_MENTIONED) {
                let loose = SeenReference { inquiry, strong: false };
                filing::remember_reference(tx, mailbox.id, mentioned, loose)?;
            }
        }
        Ok(())
    }
}
