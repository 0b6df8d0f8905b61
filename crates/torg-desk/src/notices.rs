//! Telling colleagues something. Which way it reaches them is not decided here.

use torg_core::{Fact, InquiryId, NoticeId, StaffId, Viewer};
use torg_store::notices::{self, Notice};
use torg_store::{StoreError, Tx};

use crate::Desk;
use crate::pen::Pen;

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// Her inquiry is due soon.
    DueSoon,
    /// An inquiry of hers, or of a department she leads, is overdue.
    Overdue,
}

impl NoticeKind {
    /// The word that is kept; it never changes.
    pub fn word(self) -> &'static str {
        match self {
            Self::DueSoon => "due-soon",
            Self::Overdue => "overdue",
        }
    }
}

/// Tells a colleague something, once the transaction is committed.
pub(crate) fn notify(
    tx: &mut Tx<'_>,
    pen: &Pen,
    staff: StaffId,
    kind: NoticeKind,
    inquiry: Option<InquiryId>,
) -> Result<(), StoreError> {
    let (id, kind, at) = (pen.id(), kind.word().to_owned(), pen.at());
    notices::insert(tx, &Notice { id, staff, kind, inquiry, at, read_at: None })?;
    tx.announce(Fact::Notice(staff));
    Ok(())
}

impl Desk {
    /// Tells a colleague something.
    pub async fn notify(
        &self,
        staff: StaffId,
        kind: NoticeKind,
        inquiry: Option<InquiryId>,
    ) -> Result<(), StoreError> {
        let pen = self.pen();
        self.0.store.write(move |tx| notify(tx, &pen, staff, kind, inquiry)).await
    }

    /// The viewer has read her notices up to `upto`.
    pub async fn read_notices(&self, viewer: &Viewer, upto: NoticeId) -> Result<(), StoreError> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| notices::mark_read(tx, &viewer, upto, pen.at()).map(drop))
            .await
    }
}
