//! Having read an inquiry, or not after all. It is nobody else's business, so nothing is written in
//! the journal and nobody is told.

use torg_core::{InquiryId, Position, Viewer};
use torg_store::{Tx, inquiries};

use crate::pen::Pen;
use crate::{Desk, Refused, notices};

/// How far somebody is to have read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Upto {
    All,
    /// All but the newest word.
    NotTheNewest,
    Exactly(Position),
}

impl Desk {
    /// Makes the newest word of an inquiry new to the viewer again. Gives how far she had read, if
    /// that is another now.
    pub async fn mark_unread(
        &self,
        viewer: &Viewer,
        id: InquiryId,
    ) -> Result<Option<Position>, Refused> {
        self.read(viewer, id, Upto::NotTheNewest).await
    }

    /// Sets how far the viewer has read, as [`Desk::mark_unread`] gave it.
    pub async fn read_again(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        upto: Position,
    ) -> Result<(), Refused> {
        self.read(viewer, id, Upto::Exactly(upto)).await.map(drop)
    }

    async fn read(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        upto: Upto,
    ) -> Result<Option<Position>, Refused> {
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0.store.write(move |tx| set_read(tx, &pen, &viewer, id, upto)).await
    }
}

/// Sets how far the viewer has read an inquiry; what she was told of one that is read is seen. Gives
/// how far she had read, if that is another now.
pub(crate) fn set_read(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    id: InquiryId,
    upto: Upto,
) -> Result<Option<Position>, Refused> {
    let reading = inquiries::reading(tx, viewer, id)?.ok_or(Refused::NotFound)?;
    let before = reading.position;
    let now = match upto {
        Upto::All => before.max(reading.messages),
        Upto::NotTheNewest => before.min((reading.newest_word - 1).max(0)),
        Upto::Exactly(upto) => upto.clamp(0, reading.messages),
    };
    if upto == Upto::All {
        notices::seen(tx, pen, viewer.staff, id)?;
    }
    if now == before {
        return Ok(None);
    }
    inquiries::set_seen(tx, viewer.staff, id, now)?;
    Ok(Some(before))
}
