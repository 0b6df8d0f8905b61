//! Merging: two inquiries turn out to be one matter. Nothing moves: the other one's messages are
//! shown here, it is closed, and who asks for it is sent on.

use torg_core::{Inquiry, InquiryId, JournalId, State, Verb, Viewer, Was};
use torg_store::journal::Details;
use torg_store::{follows, inquiries, merging};

use super::link::pair;
use crate::{Desk, Refused, drafts};

/// Why two inquiries were not merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MergeRefused {
    #[error("one and the same")]
    Itself,
    /// Then some would read what is not for them.
    #[error("behind different walls")]
    DifferentWalls,
    /// Answers would go to one of them only; whoever wants that says so expressly.
    #[error("from two persons")]
    TwoPersons,
}

impl Desk {
    /// Merges `other` into `id`. `anyway` says expressly that they may be of two persons.
    pub async fn merge(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        other: InquiryId,
        anyway: bool,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                if id == other {
                    return Err(MergeRefused::Itself.into());
                }
                let [first, second] = pair(tx, &viewer, id, other)?;
                let (into, merged) = if first.id == id { (first, second) } else { (second, first) };
                allowed(&into, &merged, anyway)?;
                let lines: [JournalId; 2] = [pen.id(), pen.id()];
                let [here, there] = lines;
                let before = vec![
                    Was::MergedInto(None),
                    inquiries::was_state(tx, &merged)?,
                    Was::Place {
                        department: merged.department,
                        wall: merged.wall,
                        put_behind: Some(into.wall),
                        shown_to: None,
                    },
                ];
                inquiries::keep_place(tx, other, into.department, into.wall)?;
                inquiries::set_state(tx, other, State::Closed)?;
                merging::set_merged(tx, other, Some(id))?;
                drafts::move_all(tx, other, id)?;
                follows::move_all(tx, other, id)?;
                let details = Details { inquiry: Some(id), before, ..Details::default() };
                let details = Details { with: vec![(id, here)], ..details };
                pen.did_as(tx, there, &viewer, &merged, Verb::MergedInto, details)?;
                let mut before = vec![Was::Apart(other)];
                // What waited for us there, waits for us here.
                if merged.state == State::Open && into.state != State::Open {
                    before.push(inquiries::was_state(tx, &into)?);
                    inquiries::set_state(tx, id, State::Open)?;
                }
                let with = vec![(other, there)];
                let details = Details { inquiry: Some(other), with, before, ..Details::default() };
                Ok(pen.did_as(tx, here, &viewer, &into, Verb::Merged, details)?)
            })
            .await
    }
}

fn allowed(into: &Inquiry, merged: &Inquiry, anyway: bool) -> Result<(), MergeRefused> {
    if into.wall != merged.wall {
        return Err(MergeRefused::DifferentWalls);
    }
    if into.person != merged.person && !anyway {
        return Err(MergeRefused::TwoPersons);
    }
    Ok(())
}
