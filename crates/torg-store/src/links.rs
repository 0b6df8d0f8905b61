//! Links between inquiries that may be about the same matter.

use torg_core::InquiryId;

use crate::{Read, StoreError, Tx, params, sql};

/// What somebody, or Torg, thinks of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    Suggested,
    Confirmed,
    Dismissed,
}

impl LinkState {
    fn code(self) -> i64 {
        match self {
            Self::Suggested => 0,
            Self::Confirmed => 1,
            Self::Dismissed => 2,
        }
    }
}

/// Suggests that `inquiry` belongs with `other`; what was decided about them before stays.
pub fn suggest(
    tx: &mut Tx<'_>,
    inquiry: InquiryId,
    other: InquiryId,
    why: &str,
    at: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into links (inquiry, other, state, why, at) values ($1, $2, 0, $3, $4)
              on conflict do nothing"
        ),
        &params![inquiry, other, why, at],
    )?;
    Ok(())
}

/// Says by hand that two inquiries belong together, with a word why.
pub fn link_by_hand(
    tx: &mut Tx<'_>,
    inquiry: InquiryId,
    other: InquiryId,
    at: i64,
) -> Result<(), StoreError> {
    keep(tx, inquiry, other, Some((LinkState::Confirmed.code(), "by-hand".to_owned())), at)
}

/// The state of a link between two inquiries, whichever was first, and why it was suggested.
pub fn state_of(
    read: &Read<'_>,
    inquiry: InquiryId,
    other: InquiryId,
) -> Result<Option<(i64, String)>, StoreError> {
    read.one(
        sql!(
            "select state, why from links where (inquiry = $1 and other = $2)
                                             or (inquiry = $2 and other = $1) limit 1"
        ),
        &params![inquiry, other],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Keeps a link as it is given here, or none.
pub fn keep(
    tx: &mut Tx<'_>,
    inquiry: InquiryId,
    other: InquiryId,
    link: Option<(i64, String)>,
    at: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "delete from links where (inquiry = $1 and other = $2)
                                  or (inquiry = $2 and other = $1)"
        ),
        &params![inquiry, other],
    )?;
    if let Some((state, why)) = link {
        tx.execute(
            sql!("insert into links (inquiry, other, state, why, at) values ($1, $2, $3, $4, $5)"),
            &params![inquiry, other, state, why, at],
        )?;
    }
    Ok(())
}

/// Decides about a link, in whichever direction it was suggested; `false` if there is none.
pub fn decide(
    tx: &mut Tx<'_>,
    inquiry: InquiryId,
    other: InquiryId,
    state: LinkState,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        sql!(
            "update links set state = $3 where (inquiry = $1 and other = $2)
                                           or (inquiry = $2 and other = $1)"
        ),
        &params![inquiry, other, state.code()],
    )?;
    Ok(changed > 0)
}
