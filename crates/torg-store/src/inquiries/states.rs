//! Whose turn it is, and what sleeps until a time.

use torg_core::{Inquiry, InquiryId, State, Was};

use crate::{Read, Row, StoreError, Tx, params, sql};

pub(crate) fn state_at(row: &Row<'_>, index: usize) -> Result<State, StoreError> {
    let code = row.get(index)?;
    State::from_code(code).ok_or_else(|| StoreError::Corrupt(format!("unknown state {code}")))
}

/// Sets whose turn it is.
pub fn set_state(tx: &mut Tx<'_>, id: InquiryId, state: State) -> Result<(), StoreError> {
    keep_state(tx, id, state.code(), None)
}

/// Puts an inquiry aside until `until`, microseconds UTC.
pub fn snooze(tx: &mut Tx<'_>, id: InquiryId, until: i64) -> Result<(), StoreError> {
    keep_state(tx, id, State::Snoozed.code(), Some(until))
}

/// Keeps a state by its code, and when it ends by itself.
pub fn keep_state(
    tx: &mut Tx<'_>,
    id: InquiryId,
    state: i64,
    wake_at: Option<i64>,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update inquiries set state = $2, wake_at = $3 where id = $1"),
        &params![id, state, wake_at],
    )?;
    tx.execute(sql!("update shown set state = $2 where inquiry = $1"), &params![id, state])?;
    Ok(())
}

/// The state as it is, for whoever changes it.
pub fn was_state(read: &Read<'_>, inquiry: &Inquiry) -> Result<Was, StoreError> {
    let wake_at = match inquiry.state {
        State::Snoozed => read
            .one(
                sql!("select wake_at from inquiries where id = $1"),
                &params![inquiry.id],
                |row| row.get(0),
            )?
            .flatten(),
        State::Open | State::Answered | State::Closed | State::Spam => None,
    };
    Ok(Was::State { state: inquiry.state.code(), wake_at })
}

/// The snoozed inquiries whose time has come, longest past first.
pub fn due_to_wake(read: &Read<'_>, now: i64, limit: i64) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!(list "select id from inquiries where state = 3 and wake_at <= $1
               order by wake_at, id limit $2"),
        &params![now, limit],
        |row| row.get(0),
    )
}
