//! Looking at an inquiry: what is read is noted, and behind a wall also who read it.

use torg_core::wall::open_wall;
use torg_core::{InquiryId, Position, StaffId, Viewer};
use torg_store::{Read, StoreError, Tx, inquiries, merging, notices as kept};

use crate::{Desk, notices};

impl Desk {
    /// Notes that the viewer has read an inquiry up to a position; in a restricted one also in the
    /// read log, once an hour, before the page is sent. `false` if there is none for her.
    pub async fn look(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        upto: Position,
    ) -> Result<bool, StoreError> {
        let who = viewer.clone();
        let before = self.0.reader.read(move |read| {
            let seen = inquiries::seen_by(read, &who, id)?;
            Ok((seen, seen.is_some() && is_told_of(read, who.staff, id)?))
        });
        let (Some((wall, seen)), waits) = before.await? else {
            return Ok(false);
        };
        let restricted = wall != open_wall();
        if seen >= upto && !restricted && !waits {
            return Ok(true);
        }
        let (staff, hour, pen) = (viewer.staff, self.now().as_second() / 3600, self.pen());
        let note = move |tx: &mut Tx<'_>| {
            inquiries::mark_seen(tx, staff, id, upto)?;
            notices::seen(tx, &pen, staff, id)?;
            for merged in merging::merged_into(tx, id)? {
                inquiries::mark_all_seen(tx, staff, merged)?;
                notices::seen(tx, &pen, staff, merged)?;
            }
            if restricted {
                inquiries::log_read(tx, staff, id, hour)?;
            }
            Ok::<_, StoreError>(true)
        };
        // Who read what stands behind a wall is on the disk before the page is sent; nobody needs
        // to wait for that to see an open one.
        if restricted {
            self.0.store.write(note).await
        } else {
            self.0.store.write_lightly(note).await
        }
    }

    /// Notes that the viewer looks into a part of an inquiry by its own address, if that
    /// is a restricted one; once an hour, before anything of it is sent.
    pub async fn log_reading(&self, viewer: &Viewer, id: InquiryId) -> Result<(), StoreError> {
        let (who, hour) = (viewer.clone(), self.now().as_second() / 3600);
        let is_due = self.0.reader.read(move |read| {
            let seen = inquiries::seen_by(read, &who, id)?;
            let restricted = seen.is_some_and(|(wall, _)| wall != open_wall());
            Ok::<_, StoreError>(restricted && !inquiries::is_logged(read, who.staff, id, hour)?)
        });
        if !is_due.await? {
            return Ok(());
        }
        let staff = viewer.staff;
        self.0.store.write(move |tx| inquiries::log_read(tx, staff, id, hour)).await
    }
}

/// Whether a notice of an inquiry, or of what was merged into it, waits for her.
fn is_told_of(read: &Read<'_>, staff: StaffId, id: InquiryId) -> Result<bool, StoreError> {
    let mut all = merging::merged_into(read, id)?;
    all.push(id);
    for one in all {
        if kept::waits(read, staff, one)? {
            return Ok(true);
        }
    }
    Ok(false)
}
