//! Who has an inquiry open, and who writes in it: said by her page every few seconds, and lapsed
//! when it says no more.

use jiff::SignedDuration;
use torg_core::{Fact, InquiryId, Viewer};
use torg_store::drafts::Other;
use torg_store::{StoreError, drafts, inquiries, presence};

use crate::{Desk, Refused};

/// How long a word of a page is believed.
pub const LAPSES: SignedDuration = SignedDuration::from_secs(30);

impl Desk {
    /// Notes that the viewer has the inquiry open, and whether she types. Colleagues' pages hear of
    /// it only when it is news.
    pub async fn be_present(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        writing: bool,
    ) -> Result<(), Refused> {
        let (viewer, now) = (viewer.clone(), self.now());
        let since = (now - LAPSES).as_microsecond();
        self.0
            .store
            .write_lightly(move |tx| {
                let inquiry = inquiries::seen_for(tx, &viewer, id)?.ok_or(Refused::NotFound)?;
                let before = presence::of(tx, id, viewer.staff)?;
                presence::note(tx, id, viewer.staff, now.as_microsecond(), writing)?;
                let was_here = before.is_some_and(|(at, _)| at > since);
                let was_writing = before.is_some_and(|(_, writing_at)| writing_at > since);
                if !was_here || (writing && !was_writing) {
                    tx.announce(Fact::Presence { inquiry: id, wall: inquiry.wall });
                }
                Ok(())
            })
            .await
    }

    /// Colleagues who are there now, or have begun to write. Behind a wall their texts are read like
    /// the rest of the inquiry: it goes into the read log.
    pub async fn others_at(
        &self,
        viewer: &Viewer,
        id: InquiryId,
    ) -> Result<Vec<Other>, StoreError> {
        self.log_reading(viewer, id).await?;
        let (viewer, since) = (viewer.clone(), (self.now() - LAPSES).as_microsecond());
        self.0.reader.read(move |read| drafts::others(read, &viewer, id, since)).await
    }
}
