//! Inquiries as the rules see them, their rows locked for whoever changes them.

use torg_core::{Inquiry, InquiryId, InquiryNumber, Viewer};

use super::state_at;
use crate::{Read, Row, StoreError, Tx, params, sql};

/// The inquiry as `viewer` may change it, its row locked until the transaction ends: two
/// colleagues may press the button in the same second, and the second one reads what the first did.
pub fn locked_for(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<Inquiry>, StoreError> {
    tx.returning(
        sql!("update inquiries set version = version + 1
               where id = $1 and merged_into is null
                 and wall in (select wall from wall_members where staff = $2)
              returning id, number, state, owner, department, wall, person, urgent, messages, newest_word"),
        &params![id, viewer.staff],
        inquiry,
    )
}

/// As [`locked_for`], also what was merged into another inquiry: for undoing that.
pub fn locked_merged_for(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<Inquiry>, StoreError> {
    tx.returning(
        sql!("update inquiries set version = version + 1
               where id = $1 and wall in (select wall from wall_members where staff = $2)
              returning id, number, state, owner, department, wall, person, urgent, messages, newest_word"),
        &params![id, viewer.staff],
        inquiry,
    )
}

/// The inquiry as `viewer` sees it, without locking anything.
pub fn seen_for(
    read: &Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<Inquiry>, StoreError> {
    read.one(
        sql!("select id, number, state, owner, department, wall, person, urgent, messages, newest_word
                from inquiries
               where id = $1 and wall in (select wall from wall_members where staff = $2)"),
        &params![id, viewer.staff],
        inquiry,
    )
}

/// The inquiry as Torg itself changes it: filing and sending, where nobody looks.
pub fn locked_for_torg(tx: &mut Tx<'_>, id: InquiryId) -> Result<Option<Inquiry>, StoreError> {
    tx.returning(
        sql!("update inquiries set version = version + 1 where id = $1
              returning id, number, state, owner, department, wall, person, urgent, messages, newest_word"),
        &params![id],
        inquiry,
    )
}

/// Reads the ten columns of the rules' view.
pub(super) fn inquiry(row: &Row<'_>) -> Result<Inquiry, StoreError> {
    Ok(Inquiry {
        id: row.get(0)?,
        number: InquiryNumber::from_i64(row.get(1)?),
        state: state_at(row, 2)?,
        owner: row.get(3)?,
        department: row.get(4)?,
        wall: row.get(5)?,
        person: row.get(6)?,
        urgent: row.get(7)?,
        messages: row.get(8)?,
        newest_word: row.get(9)?,
    })
}
