//! Letters that are sent on.

use torg_core::{AttachmentId, InquiryId, MessageId};

use crate::blobs::BlobHash;
use crate::{Read, StoreError, params, sql};

/// A letter that is sent on.
#[derive(Debug, Clone)]
pub struct Passed {
    pub author: String,
    pub address: Option<String>,
    pub subject: String,
    pub body: String,
    pub quoted: String,
    /// Microseconds UTC.
    pub at: i64,
    pub raw: Option<BlobHash>,
    /// Its files: id, part, name, content type.
    pub files: Vec<(AttachmentId, i64, String, String)>,
}

/// A letter of this inquiry, in or out, to be sent on; never a note.
pub fn passed(
    read: &Read<'_>,
    inquiry: InquiryId,
    id: MessageId,
) -> Result<Option<Passed>, StoreError> {
    let found = read.one(
        sql!(
            "select author, address, subject, body, quoted, at, raw from messages
               where id = $1 and inquiry = $2 and direction < 3 and send_state <> 5"
        ),
        &params![id, inquiry],
        |row| {
            Ok(Passed {
                author: row.get(0)?,
                address: row.get(1)?,
                subject: row.get(2)?,
                body: row.get(3)?,
                quoted: row.get(4)?,
                at: row.get(5)?,
                raw: row.get(6)?,
                files: Vec::new(),
            })
        },
    )?;
    let Some(letter) = found else { return Ok(None) };
    let files = read.all(
        sql!(
            "select id, part, name, content_type from attachments where message = $1 order by part"
        ),
        &params![id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    Ok(Some(Passed { files, ..letter }))
}
