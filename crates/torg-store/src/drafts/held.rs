//! Drafts that were sent or thrown away a moment ago and may still be taken back.

use serde::{Deserialize, Serialize};
use torg_core::{DraftId, InquiryId, MessageId, StaffId, Viewer};

use super::{Draft, DraftKind, draft, draft_where};
use crate::blobs;
use crate::{Pending, Read, StoreError, Tx, params, sql};

/// What the inquiry was before the message, to be put back if nothing else happened since.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// [`torg_core::State::code`].
    pub state: i64,
    /// When it wakes by itself, microseconds UTC, if it is snoozed.
    #[serde(default)]
    pub wake_at: Option<i64>,
    /// When the citizen had the first answer, microseconds UTC, if she had one.
    #[serde(default)]
    pub answered_at: Option<i64>,
    pub owner: Option<StaffId>,
    pub trouble: bool,
    /// The journal's step after the message was written.
    pub steps: i64,
    /// When it was written, microseconds UTC.
    #[serde(default)]
    pub at: Option<i64>,
    /// Who follows the inquiry only since the message names them.
    #[serde(default)]
    pub follow: Vec<StaffId>,
}

/// A message that waits before it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldMessage {
    pub message: MessageId,
    /// Microseconds UTC.
    pub until: i64,
}

/// What an inquiry is now, for [`Before`].
pub fn before(read: &Read<'_>, inquiry: InquiryId) -> Result<Option<Before>, StoreError> {
    read.one(
        sql!(
            "select state, owner, trouble, steps, wake_at, answered_at
                from inquiries where id = $1"
        ),
        &params![inquiry],
        |row| {
            Ok(Before {
                state: row.get(0)?,
                owner: row.get(1)?,
                trouble: row.get(2)?,
                steps: row.get(3)?,
                wake_at: row.get(4)?,
                answered_at: row.get(5)?,
                ..Before::default()
            })
        },
    )
}

/// Holds a draft under the message it became.
pub fn hold(
    tx: &mut Tx<'_>,
    draft: DraftId,
    held: HeldMessage,
    before: &Before,
) -> Result<(), StoreError> {
    let before = serde_json::to_string(before)
        .map_err(|error| StoreError::Bug(format!("an inquiry as JSON: {error}")))?;
    tx.execute(
        sql!("update drafts set message = $2, held_until = $3, before = $4 where id = $1"),
        &params![draft, held.message, held.until, before],
    )?;
    tx.execute(sql!("delete from draft_versions where draft = $1"), &params![draft])?;
    // The mail itself leaves no sooner.
    tx.execute(
        sql!("update outbox set due = $2 where message = $1 and state = 0"),
        &params![held.message, held.until],
    )?;
    Ok(())
}

/// The draft that the viewer sent as `message`, and what was before.
pub fn held(
    read: &Read<'_>,
    viewer: &Viewer,
    message: MessageId,
) -> Result<Option<(Draft, Before)>, StoreError> {
    let found = read.one(
        draft_where!("message = $1 and staff = $2"),
        &params![message, viewer.staff],
        draft,
    )?;
    let Some(draft) = found else { return Ok(None) };
    let before: Option<String> =
        read.one(sql!("select before from drafts where id = $1"), &params![draft.id], |row| {
            row.get(0)
        })?;
    let before = before.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    Ok(Some((draft, before)))
}

/// The viewer's messages of an inquiry, and of what was merged into it, that wait before they leave.
pub fn held_of<'r>(
    read: &'r Read<'_>,
    viewer: &Viewer,
    inquiry: InquiryId,
) -> Pending<'r, Vec<HeldMessage>> {
    read.ask(
        sql!(
            "select d.message, d.held_until from messages m
                join drafts d on d.message = m.id
               where m.inquiry in (select cast($1 as bigint)
                     union all select id from inquiries where merged_into = $1)
                 and m.send_state = 1 and d.staff = $2"
        ),
        &params![inquiry, viewer.staff],
        |row| Ok(HeldMessage { message: row.get(0)?, until: row.get(1)? }),
    )
}

/// Takes a mail out of the outbox that nobody has begun to send; `false` if it is too late.
pub fn take_back(tx: &mut Tx<'_>, message: MessageId, now: i64) -> Result<bool, StoreError> {
    let raws = tx.returning_all(
        sql!(
            "delete from outbox where message = $1 and state = 0 and attempts = 0 and due > $2
              returning raw"
        ),
        &params![message, now],
        |row| row.get::<blobs::BlobHash>(0),
    )?;
    raws.iter().try_for_each(|raw| blobs::release(tx, raw))?;
    Ok(!raws.is_empty())
}

/// Empties a message that was taken back; its place in the thread stays.
pub fn withdraw(tx: &mut Tx<'_>, message: MessageId) -> Result<(), StoreError> {
    let raw = tx.one(sql!("select raw from messages where id = $1"), &params![message], |row| {
        row.get::<Option<blobs::BlobHash>>(0)
    })?;
    if let Some(raw) = raw.flatten() {
        blobs::release(tx, &raw)?;
    }
    tx.execute(
        sql!(
            "update messages set send_state = 5, send_error = null, raw = null, mail_id = null,
                composer_key = null, body = '', quoted = '', subject = '', address = null
               where id = $1"
        ),
        &params![message],
    )?;
    tx.execute(sql!("delete from attachments where message = $1"), &params![message])?;
    tx.execute(sql!("delete from recipients where message = $1"), &params![message])?;
    crate::search::remove(tx, message)
}

/// Puts state, owner, trouble and what is known of time back.
pub fn put_back(tx: &mut Tx<'_>, inquiry: InquiryId, before: &Before) -> Result<(), StoreError> {
    tx.execute(
        sql!("update inquiries set owner = $2, trouble = $3, answered_at = $4 where id = $1"),
        &params![inquiry, before.owner, before.trouble, before.answered_at],
    )?;
    if let Some(at) = before.at {
        crate::due::forget_since(tx, inquiry, at)?;
    }
    crate::inquiries::keep_state(tx, inquiry, before.state, before.wake_at)
}

/// Throws a draft away, whole: until it is forgotten with those that were sent, it waits under the
/// negative of its own number, where no message is. `at` in microseconds UTC.
pub fn discard(tx: &mut Tx<'_>, draft: DraftId, at: i64) -> Result<(), StoreError> {
    tx.execute(
        sql!("update drafts set message = -id, held_until = $2 where id = $1 and message is null"),
        &params![draft, at],
    )?;
    Ok(())
}

/// What the viewer threw away last of a kind in an inquiry, if it still waits.
pub fn discarded(
    read: &Read<'_>,
    viewer: &Viewer,
    inquiry: InquiryId,
    kind: DraftKind,
) -> Result<Option<Draft>, StoreError> {
    read.one(
        draft_where!(
            "inquiry = $1 and staff = $2 and kind = $3 and message = -id
               order by held_until desc, id desc limit 1"
        ),
        &params![inquiry, viewer.staff, kind.code()],
        draft,
    )
}

/// What was thrown away in `from` can be had back in `to`.
pub fn move_discarded(tx: &mut Tx<'_>, from: InquiryId, to: InquiryId) -> Result<(), StoreError> {
    tx.execute(
        sql!("update drafts set inquiry = $2 where inquiry = $1 and message = -id"),
        &params![from, to],
    )?;
    Ok(())
}

/// Makes a held draft one to be written in again, in place of nothing.
pub fn give_back(tx: &mut Tx<'_>, draft: DraftId, at: i64) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "update drafts set message = null, held_until = 0, before = '', at = $2,
                version = version + 1 where id = $1"
        ),
        &params![draft, at],
    )?;
    Ok(())
}

/// Gives the files of one draft to another.
pub fn move_files(tx: &mut Tx<'_>, from: DraftId, to: DraftId) -> Result<(), StoreError> {
    tx.execute(sql!("update draft_files set draft = $2 where draft = $1"), &params![from, to])?;
    Ok(())
}

/// Forgets up to 500 drafts that can no longer be taken back, with their files.
pub fn forget_held(tx: &mut Tx<'_>, until: i64) -> Result<(), StoreError> {
    let gone = tx.all(
        sql!(
            "select id from drafts where message is not null and held_until < $1
               order by message limit 500"
        ),
        &params![until],
        |row| row.get::<DraftId>(0),
    )?;
    gone.into_iter().try_for_each(|draft| super::remove(tx, draft))
}
