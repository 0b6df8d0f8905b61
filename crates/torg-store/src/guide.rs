//! Who has put the guide away.

use torg_core::StaffId;

use crate::{StoreError, Tx, params, sql};

/// Notes when a colleague put the guide away; at 0 it is shown to her again.
pub fn put_away(tx: &mut Tx<'_>, staff: StaffId, at: i64) -> Result<(), StoreError> {
    tx.execute(sql!("update staff set guided = $2 where id = $1"), &params![staff, at])?;
    Ok(())
}
