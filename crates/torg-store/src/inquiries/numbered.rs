//! Inquiries by a number that somebody has in hand.

use torg_core::{InquiryId, InquiryNumber, Viewer};

use crate::{Read, StoreError, params, sql};

/// An inquiry as it is told by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    pub id: InquiryId,
    pub number: InquiryNumber,
    pub subject: String,
    /// Who wrote first.
    pub sender: String,
}

/// The inquiry of a number somebody says on the phone.
pub fn by_number(
    read: &Read<'_>,
    viewer: &Viewer,
    number: InquiryNumber,
) -> Result<Option<InquiryId>, StoreError> {
    Ok(numbered(read, viewer, number)?.map(|found| found.id))
}

/// The inquiry of a number, with what tells it from others.
pub fn numbered(
    read: &Read<'_>,
    viewer: &Viewer,
    number: InquiryNumber,
) -> Result<Option<Numbered>, StoreError> {
    read.one(
        sql!(
            "select id, subject, sender from inquiries where number = $1
                 and wall in (select wall from wall_members where staff = $2)"
        ),
        &params![number.as_i64(), viewer.staff],
        |row| Ok(Numbered { id: row.get(0)?, number, subject: row.get(1)?, sender: row.get(2)? }),
    )
}

/// The number of an inquiry the viewer may see.
pub fn number_of(
    read: &Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<InquiryNumber>, StoreError> {
    read.one(
        sql!(
            "select number from inquiries where id = $1
                and wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, viewer.staff],
        |row| Ok(InquiryNumber::from_i64(row.get(0)?)),
    )
}
