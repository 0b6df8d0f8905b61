//! Throwing a draft away, and taking that back.

use torg_core::{Fact, InquiryId, Viewer};
use torg_store::drafts::{self, Draft, DraftKind};
use torg_store::{StoreError, Tx, merging};

use crate::inquiry::locked;
use crate::pen::Pen;
use crate::{Desk, Refused};

impl Desk {
    /// Throws her draft away, with its files; for an hour that can be taken back. Whether there was one.
    pub async fn discard_draft(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        kind: DraftKind,
    ) -> Result<bool, Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                let Some(draft) = drafts::one(tx, viewer.staff, id, kind)? else {
                    return Ok(false);
                };
                drafts::discard(tx, draft.id, pen.at())?;
                tx.announce(Fact::Presence { inquiry: id, wall: inquiry.wall });
                Ok(true)
            })
            .await
    }

    /// Gives back what she threw away last of a kind; what she began since stays beside it.
    ///
    /// # Errors
    /// [`Refused::TooLate`] once it is forgotten, or given back already.
    pub async fn restore_draft(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        kind: DraftKind,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                // It may have been merged since.
                let id = merging::root(tx, id)?;
                let inquiry = locked(tx, &viewer, id)?;
                let Some(draft) = drafts::discarded(tx, &viewer, id, kind)? else {
                    return Err(Refused::TooLate);
                };
                give_back(tx, &pen, &viewer, &draft)?;
                tx.announce(Fact::Presence { inquiry: id, wall: inquiry.wall });
                Ok(())
            })
            .await
    }
}

/// The held draft is to be written in again; what she began meanwhile stays beside it.
pub(crate) fn give_back(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    held: &Draft,
) -> Result<(), StoreError> {
    let begun = drafts::one(tx, viewer.staff, held.inquiry, held.kind)?;
    if let Some(begun) = &begun {
        drafts::move_files(tx, begun.id, held.id)?;
        for version in drafts::versions(tx, begun.id)? {
            drafts::keep_version(tx, held.id, &version.composer, &version.body, version.at)?;
        }
        if !begun.written.body.trim().is_empty() {
            drafts::keep_version(tx, held.id, "begun-since", &begun.written.body, begun.at)?;
        }
        drafts::remove(tx, begun.id)?;
    }
    drafts::give_back(tx, held.id, pen.at())
}
