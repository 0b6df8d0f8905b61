//! Merged inquiries: the messages stay where they are, and are shown where they belong.

use torg_core::InquiryId;

use crate::{Read, StoreError, Tx, params, sql};

/// How many times an inquiry that was merged can have been merged further.
const MOST_STEPS: usize = 32;

/// Sends everybody who asks for `id` on to `into`, or no longer.
///
/// # Errors
/// [`StoreError::Bug`] if `into` leads back to `id`: nobody would ever arrive.
pub fn set_merged(
    tx: &mut Tx<'_>,
    id: InquiryId,
    into: Option<InquiryId>,
) -> Result<(), StoreError> {
    if let Some(into) = into
        && root(tx, into)? == id
    {
        return Err(StoreError::Bug(format!("{id} was merged into itself by way of {into}")));
    }
    tx.execute(sql!("update inquiries set merged_into = $2 where id = $1"), &params![id, into])?;
    Ok(())
}

/// Where an inquiry is to be found now: itself, or what it was merged into.
pub fn root(read: &Read<'_>, id: InquiryId) -> Result<InquiryId, StoreError> {
    let mut at = id;
    for _ in 0..MOST_STEPS {
        let text = sql!("select merged_into from inquiries where id = $1");
        match read.one(text, &params![at], |row| row.get::<Option<InquiryId>>(0))?.flatten() {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(at)
}

/// All that was merged into an inquiry, also by way of others; oldest first.
pub fn merged_into(read: &Read<'_>, id: InquiryId) -> Result<Vec<InquiryId>, StoreError> {
    let mut found: Vec<InquiryId> = direct(read, id)?;
    let mut next = 0;
    while let Some(one) = found.get(next).copied() {
        for further in direct(read, one)? {
            // Whatever the rows say, each is looked at once.
            if further != id && !found.contains(&further) {
                found.push(further);
            }
        }
        next += 1;
    }
    found.sort_unstable();
    Ok(found)
}

fn direct(read: &Read<'_>, id: InquiryId) -> Result<Vec<InquiryId>, StoreError> {
    let text = sql!(list "select id from inquiries where merged_into = $1 order by id limit 500");
    read.all(text, &params![id], |row| row.get(0))
}
