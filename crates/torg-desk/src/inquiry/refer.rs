//! Referring to another department, with a word why.

use torg_core::inquiry::Referred;
use torg_core::{DepartmentId, Inquiry, InquiryId, JournalId, Verb, Viewer, Was};
use torg_store::journal::Details;
use torg_store::{Tx, departments, inquiries, merging};

use super::locked;
use crate::delegation::{give_next, learn_referral};
use crate::filing::index_inquiry;
use crate::pen::{Pen, announce};
use crate::{Desk, Refused};

impl Desk {
    /// Hands an inquiry to another department, behind its wall, where nobody owns it yet. `opens`
    /// says expressly that it may come out from behind the wall it is behind.
    pub async fn refer(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        to: DepartmentId,
        why: String,
        opens: bool,
    ) -> Result<(), Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                // Before the inquiry, as whatever moves a whole department does.
                let department = departments::locked(tx, to)?.ok_or(Refused::NotFound)?;
                let inquiry = locked(tx, &viewer, id)?;
                let referred = inquiry.refer(&department, &why, opens)?;
                let with = follow_along(tx, &pen, &viewer, id, &referred)?;
                let shown = inquiries::is_shown_to(tx, id, referred.to)?;
                let before = vec![
                    Was::Place {
                        department: inquiry.department,
                        wall: inquiry.wall,
                        put_behind: Some(referred.wall),
                        shown_to: shown.then_some(referred.to),
                    },
                    Was::Owner(inquiry.owner),
                    inquiries::was_state(tx, &inquiry)?,
                    Was::LentBy(inquiries::lent_by(tx, id)?),
                ];
                inquiries::refer(tx, id, referred.to, referred.wall)?;
                let owner = give_next(tx, &pen, &department)?;
                if owner.is_some() {
                    inquiries::set_owner(tx, id, owner)?;
                }
                if referred.wall != inquiry.wall {
                    index_inquiry(tx, id, referred.wall)?;
                }
                let details = Details {
                    department: Some(referred.to),
                    from: Some(referred.from),
                    staff: owner,
                    why: Some(referred.why),
                    before,
                    with,
                    ..Details::default()
                };
                let line = pen.did_line(tx, &viewer, &inquiry, Verb::Referred, details)?;
                learn_referral(tx, &pen, &inquiry, &department, line)?;
                announce(tx, &Inquiry { department: referred.to, wall: referred.wall, ..inquiry });
                Ok(())
            })
            .await
    }
}

/// What was merged into an inquiry goes where it goes, and behind the same wall: it is one matter.
fn follow_along(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    id: InquiryId,
    referred: &Referred,
) -> Result<Vec<(InquiryId, JournalId)>, Refused> {
    let mut lines = Vec::new();
    for merged in merging::merged_into(tx, id)? {
        let Some(inquiry) = inquiries::locked_merged_for(tx, viewer, merged)? else {
            continue;
        };
        let (department, wall) = (inquiry.department, inquiry.wall);
        let put_behind = Some(referred.wall);
        let before = vec![Was::Place { department, wall, put_behind, shown_to: None }];
        inquiries::keep_place(tx, merged, referred.to, referred.wall)?;
        if referred.wall != wall {
            index_inquiry(tx, merged, referred.wall)?;
        }
        let (department, from) = (Some(referred.to), Some(referred.from));
        let details = Details { department, from, before, ..Details::default() };
        lines.push((merged, pen.did_line(tx, viewer, &inquiry, Verb::Referred, details)?));
    }
    Ok(lines)
}
