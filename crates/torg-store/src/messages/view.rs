//! Messages as an inquiry's page shows them.

use std::collections::HashMap;

use torg_core::spam::Judged;
use torg_core::{
    AttachmentId, Direction, InquiryId, Kind, MessageId, Position, SendState, StaffId,
};

use super::{direction_at, kind_at};
use crate::{Pending, Read, Row, StoreError, params, sql};

/// A message as its inquiry's page shows it.
#[derive(Debug, Clone)]
pub struct MessageView {
    pub id: MessageId,
    /// Where it lies: the inquiry itself, or one that was merged into it.
    pub inquiry: InquiryId,
    pub position: Position,
    pub direction: Direction,
    pub kind: Kind,
    pub author: String,
    pub address: Option<String>,
    pub staff: Option<StaffId>,
    /// Microseconds UTC.
    pub at: i64,
    pub text: String,
    pub quoted: String,
    pub has_html: bool,
    pub attachments: Vec<AttachmentRow>,
    pub send_state: SendState,
    pub send_error: Option<String>,
    pub unread: bool,
    /// What the judge of spam said of it when it came.
    pub judged: Option<Judged>,
}

/// An attachment as a card shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    pub id: AttachmentId,
    pub name: String,
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    pub inline: bool,
}

/// The newest messages of an inquiry in order, at most `most`; those after `seen` are unread.
pub(crate) fn newest_of<'r>(
    read: &'r Read<'_>,
    inquiry: InquiryId,
    seen: Position,
    most: usize,
) -> Pending<'r, Vec<MessageView>> {
    let newest = read.ask(
        sql!(
            "select id, position, direction, kind, author, address, staff, at, body, quoted,
                     has_html, send_state, send_error
                from messages where inquiry = $1 and send_state <> 5
               order by position desc limit $2"
        ),
        &params![inquiry, i64::try_from(most).unwrap_or(i64::MAX)],
        move |row| view(row, inquiry, seen),
    );
    newest.then(move |mut messages| {
        messages.reverse();
        let Some(first) = messages.first().map(|first| first.position) else {
            return Ok(messages);
        };
        let files = attachments_from(read, inquiry, first);
        let judged = crate::spam::of_inquiry_from(read, inquiry, first);
        let (mut files, mut judged) = (files.get()?, judged.get()?);
        for message in &mut messages {
            message.judged = judged.remove(&message.id);
            message.attachments = files.remove(&message.id).unwrap_or_default();
        }
        Ok(messages)
    })
}

/// How many messages an inquiry has that were not taken back; both counts stand in an index.
pub(crate) fn count_of<'r>(read: &'r Read<'_>, inquiry: InquiryId) -> Pending<'r, usize> {
    let count = read.ask_one(
        sql!(
            "select (select count(*) from messages where inquiry = $1)
                  - (select count(*) from messages where inquiry = $1 and send_state = 5)"
        ),
        &params![inquiry],
        |row| row.get::<i64>(0),
    );
    count.then(|count| Ok(usize::try_from(count.unwrap_or(0)).unwrap_or(0)))
}

/// The files of one message, in order; whoever looks was asked for the message.
pub fn attachments_of_message<'r>(
    read: &'r Read<'_>,
    message: MessageId,
) -> Pending<'r, Vec<AttachmentRow>> {
    read.ask(
        sql!(
            "select id, name, content_type, size, is_inline from attachments
               where message = $1 order by part"
        ),
        &params![message],
        |row| {
            Ok(AttachmentRow {
                id: row.get(0)?,
                name: row.get(1)?,
                content_type: row.get(2)?,
                size: row.get(3)?,
                inline: row.get(4)?,
            })
        },
    )
}

/// The files of an inquiry's messages from `first` on.
fn attachments_from<'r>(
    read: &'r Read<'_>,
    inquiry: InquiryId,
    first: Position,
) -> Pending<'r, HashMap<MessageId, Vec<AttachmentRow>>> {
    let rows = read.ask(
        sql!(
            "select a.message, a.id, a.name, a.content_type, a.size, a.is_inline
                from messages m join attachments a on a.message = m.id
               where m.inquiry = $1 and m.position >= $2 order by a.message, a.part"
        ),
        &params![inquiry, first],
        |row| {
            let message: MessageId = row.get(0)?;
            Ok((
                message,
                AttachmentRow {
                    id: row.get(1)?,
                    name: row.get(2)?,
                    content_type: row.get(3)?,
                    size: row.get(4)?,
                    inline: row.get(5)?,
                },
            ))
        },
    );
    rows.then(|rows| {
        let mut files: HashMap<MessageId, Vec<AttachmentRow>> = HashMap::new();
        for (message, file) in rows {
            files.entry(message).or_default().push(file);
        }
        Ok(files)
    })
}

fn view(row: &Row<'_>, inquiry: InquiryId, seen: Position) -> Result<MessageView, StoreError> {
    let position = row.get(1)?;
    let (direction, kind) = (direction_at(row, 2)?, kind_at(row, 3)?);
    Ok(MessageView {
        id: row.get(0)?,
        inquiry,
        position,
        direction,
        kind,
        author: row.get(4)?,
        address: row.get(5)?,
        staff: row.get(6)?,
        at: row.get(7)?,
        text: row.get(8)?,
        quoted: row.get(9)?,
        has_html: row.get(10)?,
        attachments: Vec::new(),
        send_state: SendState::from_code(row.get(11)?).unwrap_or(SendState::None),
        send_error: row.get(12)?,
        unread: position > seen,
        judged: None,
    })
}
