//! The files of messages: parts of their raw mails.

use std::collections::HashMap;

use torg_core::{AttachmentId, InquiryId, MessageId, Viewer};

use crate::blobs::BlobHash;
use crate::{Read, StoreError, Tx, params, sql};

/// A file of a message: a part of its raw mail.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    pub id: AttachmentId,
    pub part: i64,
    pub name: String,
    pub content_type: String,
    /// Bytes, decoded.
    pub size: i64,
    pub is_inline: bool,
    pub content_id: Option<String>,
    pub sha256: [u8; 32],
    /// What stands in it is to be read for the search, by [`crate::files`].
    pub to_read: bool,
}

/// Where an attachment's bytes lie.
#[derive(Debug, Clone)]
pub struct AttachmentPlace {
    pub inquiry: InquiryId,
    pub name: String,
    pub content_type: String,
    pub raw: BlobHash,
    pub part: i64,
}

pub fn insert_attachment(
    tx: &mut Tx<'_>,
    message: MessageId,
    new: &NewAttachment,
) -> Result<(), StoreError> {
    tx.send(
        sql!("insert into attachments (id, message, part, name, content_type, size, is_inline, content_id, sha256, tries)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
        &params![
            new.id, message, new.part, new.name, new.content_type, new.size, new.is_inline,
            new.content_id, new.sha256, if new.to_read { crate::files::TRIES } else { 0 }
        ],
    )?;
    Ok(())
}

/// Where the bytes of an attachment lie that the viewer may see.
pub fn attachment(
    read: &Read<'_>,
    viewer: &Viewer,
    id: AttachmentId,
) -> Result<Option<AttachmentPlace>, StoreError> {
    read.one(
        sql!(
            "select a.name, a.content_type, m.raw, a.part, m.inquiry
                from attachments a
                join messages m on m.id = a.message
                join inquiries i on i.id = m.inquiry
               where a.id = $1 and m.raw is not null
                 and i.wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, viewer.staff],
        |row| {
            Ok(AttachmentPlace {
                name: row.get(0)?,
                content_type: row.get(1)?,
                raw: row.get(2)?,
                part: row.get(3)?,
                inquiry: row.get(4)?,
            })
        },
    )
}

/// The attachments of a message by their Content-ID, for images inside of letters.
pub fn content_ids(
    read: &Read<'_>,
    id: MessageId,
) -> Result<HashMap<String, AttachmentId>, StoreError> {
    let found = read.all(
        sql!(
            "select content_id, id from attachments where message = $1 and content_id is not null"
        ),
        &params![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(found.into_iter().collect())
}
