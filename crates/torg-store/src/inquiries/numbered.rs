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

/// The one of `ids` that was opened first, of those the viewer sees and that were not merged.
pub fn oldest(
    read: &Read<'_>,
    viewer: &Viewer,
    ids: &[InquiryId],
) -> Result<Option<Numbered>, StoreError> {
    let mut oldest: Option<(i64, Numbered)> = None;
    for id in ids {
        let found = read.one(
            sql!(
                "select created, number, subject, sender from inquiries
                   where id = $1 and merged_into is null
                     and wall in (select wall from wall_members where staff = $2)"
            ),
            &params![id, viewer.staff],
            |row| {
                let number = InquiryNumber::from_i64(row.get(1)?);
                let (subject, sender) = (row.get(2)?, row.get(3)?);
                Ok((row.get::<i64>(0)?, Numbered { id: *id, number, subject, sender }))
            },
        )?;
        let key = |one: &(i64, Numbered)| (one.0, one.1.id);
        oldest = oldest.into_iter().chain(found).min_by_key(key);
    }
    Ok(oldest.map(|(_, oldest)| oldest))
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
