//! Deciding whether two inquiries are about the same matter.

use torg_core::{Inquiry, InquiryId, JournalId, Verb, Viewer, Was};
use torg_store::journal::Details;
use torg_store::links::{self, LinkState};
use torg_store::{StoreError, Tx};

use super::{MergeRefused, locked};
use crate::pen::Pen;
use crate::{Desk, Refused};

/// The most characters of a word why.
const MOST_WHY: usize = 300;

impl Desk {
    /// Says that two inquiries belong together.
    pub async fn confirm_link(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        other: InquiryId,
    ) -> Result<(), Refused> {
        self.decide_link(viewer, id, other, LinkState::Confirmed, Verb::Linked).await
    }

    /// Says that a suggested link is none.
    pub async fn dismiss_link(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        other: InquiryId,
    ) -> Result<(), Refused> {
        self.decide_link(viewer, id, other, LinkState::Dismissed, Verb::Dismissed).await
    }

    /// Says that what was linked does not belong together.
    pub async fn unlink(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        other: InquiryId,
    ) -> Result<(), Refused> {
        self.decide_link(viewer, id, other, LinkState::Dismissed, Verb::Unlinked).await
    }

    /// Links two inquiries the viewer sees, whether anybody suggested it or not, with a word why.
    pub async fn link(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        other: InquiryId,
        why: &str,
    ) -> Result<(), Refused> {
        let why: String = why.trim().chars().take(MOST_WHY).collect();
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                if id == other {
                    return Err(MergeRefused::Itself.into());
                }
                let pair = pair(tx, &viewer, id, other)?;
                let was = links::state_of(tx, id, other)?;
                links::link_by_hand(tx, id, other, pen.at())?;
                let why = Some(why.clone()).filter(|why| !why.is_empty());
                Ok(note(tx, &pen, &viewer, &pair, Verb::Linked, &was, why.as_deref())?)
            })
            .await
    }

    async fn decide_link(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        other: InquiryId,
        state: LinkState,
        verb: Verb,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let pair = pair(tx, &viewer, id, other)?;
                let was = links::state_of(tx, id, other)?;
                if !links::decide(tx, id, other, state)? {
                    return Err(Refused::NotFound);
                }
                Ok(note(tx, &pen, &viewer, &pair, verb, &was, None)?)
            })
            .await
    }
}

/// Both inquiries, locked in the order of their ids, so that two decisions never wait for each
/// other.
pub(super) fn pair(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: InquiryId,
    other: InquiryId,
) -> Result<[Inquiry; 2], Refused> {
    Ok([locked(tx, viewer, id.min(other))?, locked(tx, viewer, id.max(other))?])
}

/// A line for each of the two; the second names the first, so that both are undone together.
pub(super) fn note(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    pair: &[Inquiry; 2],
    verb: Verb,
    was: &Option<(i64, String)>,
    why: Option<&str>,
) -> Result<(), StoreError> {
    let [first, second] = pair;
    let ids: [JournalId; 2] = [pen.id(), pen.id()];
    let line = |of: InquiryId, twin: JournalId| Details {
        inquiry: Some(of),
        why: why.map(str::to_owned),
        before: vec![Was::Link { other: of, link: was.clone() }],
        with: vec![(of, twin)],
        ..Details::default()
    };
    let [one, two] = ids;
    pen.did_as(tx, one, viewer, first, verb, line(second.id, two))?;
    pen.did_as(tx, two, viewer, second, verb, line(first.id, one))
}
