//! What stands in the files of messages, read for the search after their message was kept.
//!
//! A file that waits to be read has tries left. One is taken before it is read, so that a file that
//! ends the process is given up after a few.

use torg_core::{AttachmentId, InquiryId, MessageId};

use crate::blobs::BlobHash;
use crate::{Read, StoreError, Tx, params, sql};

/// How often reading a file is begun.
pub(crate) const TRIES: i64 = 3;

/// A message with files that wait to be read.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub message: MessageId,
    pub inquiry: InquiryId,
    pub raw: BlobHash,
    pub files: Vec<Unread>,
}

/// A file that waits to be read.
#[derive(Debug, Clone)]
pub struct Unread {
    pub id: AttachmentId,
    /// Its place in the raw mail.
    pub part: i64,
    pub name: String,
}

/// The message whose files have waited longest.
pub fn waiting(read: &Read<'_>) -> Result<Option<Waiting>, StoreError> {
    let found = read.one(
        sql!(
            list "select a.message, m.inquiry, m.raw from attachments a join messages m on m.id = a.message
                   where a.tries > 0 and m.raw is not null order by a.id limit 1"
        ),
        &params![],
        |row| {
            Ok(Waiting {
                message: row.get(0)?,
                inquiry: row.get(1)?,
                raw: row.get(2)?,
                files: Vec::new(),
            })
        },
    )?;
    let Some(waiting) = found else { return Ok(None) };
    let files = read.all(
        sql!(
            "select id, part, name from attachments where message = $1 and tries > 0 order by part"
        ),
        &params![waiting.message],
        |row| Ok(Unread { id: row.get(0)?, part: row.get(1)?, name: row.get(2)? }),
    )?;
    Ok(Some(Waiting { files, ..waiting }))
}

/// Notes that the files of a message are about to be read.
pub fn begin(tx: &mut Tx<'_>, message: MessageId) -> Result<(), StoreError> {
    tx.execute(
        sql!("update attachments set tries = tries - 1 where message = $1 and tries > 0"),
        &params![message],
    )?;
    Ok(())
}

/// Keeps what was read in a file, or that nothing could be; `false` if the file is gone.
pub fn keep(tx: &mut Tx<'_>, id: AttachmentId, text: Option<&str>) -> Result<bool, StoreError> {
    let kept = tx.execute(
        sql!("update attachments set tries = 0, text = $2 where id = $1"),
        &params![id, text],
    )?;
    Ok(kept > 0)
}
