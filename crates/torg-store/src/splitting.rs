//! Moving messages between inquiries, for splitting one and for taking that back.

use torg_core::{
    ContactPointId, Direction, InquiryId, Kind, MessageId, PersonId, Position, SendState, StaffId,
};

use crate::messages::{direction_at, kind_at};
use crate::{Read, StoreError, Tx, params, sql};

/// A message as far as its inquiry's row tells of it.
#[derive(Debug, Clone)]
pub struct Moving {
    pub id: MessageId,
    pub position: Position,
    pub direction: Direction,
    pub kind: Kind,
    pub at: i64,
    pub author: String,
    pub body: String,
    pub mail_id: Option<String>,
    pub contact_point: Option<ContactPointId>,
    pub has_files: bool,
    /// It was taken back before it left: its place is kept, and it is no word of anybody's.
    pub withdrawn: bool,
}

/// What an inquiry's row says of its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub messages: Position,
    pub newest_word: Position,
    pub last_at: i64,
    pub sender: String,
    pub snippet: String,
    pub has_files: bool,
}

/// The messages of an inquiry in order. For callers who have locked it as a viewer.
pub fn of_inquiry(read: &Read<'_>, inquiry: InquiryId) -> Result<Vec<Moving>, StoreError> {
    read.all(
        sql!(
            "select m.id, m.position, m.direction, m.kind, m.at, m.author, m.body, m.mail_id,
                    m.contact_point,
                    (select count(*) from attachments a where a.message = m.id and a.is_inline = 0),
                    m.send_state
               from messages m where m.inquiry = $1 order by m.position"
        ),
        &params![inquiry],
        |row| {
            Ok(Moving {
                id: row.get(0)?,
                position: row.get(1)?,
                direction: direction_at(row, 2)?,
                kind: kind_at(row, 3)?,
                at: row.get(4)?,
                author: row.get(5)?,
                body: row.get(6)?,
                mail_id: row.get(7)?,
                contact_point: row.get(8)?,
                has_files: row.get::<i64>(9)? > 0,
                withdrawn: row.get::<i64>(10)? == SendState::Withdrawn.code(),
            })
        },
    )
}

/// Puts messages into an inquiry as its first to its last, whichever inquiry they lay in.
pub fn arrange(tx: &mut Tx<'_>, inquiry: InquiryId, order: &[MessageId]) -> Result<(), StoreError> {
    // First out of each other's way: no two messages may have one place even for a moment.
    for (place, id) in (1_i64..).zip(order) {
        tx.execute(
            sql!("update messages set inquiry = $2, position = 0 - $3 where id = $1"),
            &params![id, inquiry, place],
        )?;
    }
    for (place, id) in (1_i64..).zip(order) {
        let text = sql!("update messages set position = $2 where id = $1");
        tx.execute(text, &params![id, place])?;
    }
    Ok(())
}

/// What answers a moved message, or is it once more, finds it where it lies now.
pub fn remember(
    tx: &mut Tx<'_>,
    moved: &Moving,
    from: InquiryId,
    to: InquiryId,
) -> Result<(), StoreError> {
    let Some(mail_id) = moved.mail_id.as_deref() else {
        return Ok(());
    };
    tx.execute(
        sql!("update deliveries set inquiry = $3 where mail_id = $1 and message = $2"),
        &params![mail_id, moved.id, to],
    )?;
    for mailbox in crate::departments::mailboxes(tx)? {
        tx.execute(
            sql!(
                "update mail_references set inquiry = $4
                  where mailbox = $1 and mail_id = $2 and inquiry = $3"
            ),
            &params![mailbox.id, mail_id, from, to],
        )?;
    }
    Ok(())
}

/// Keeps what an inquiry's row says of its messages.
pub fn summarise(tx: &mut Tx<'_>, inquiry: InquiryId, summary: &Summary) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "update inquiries set messages = $2, newest_word = $3, last_at = $4, sender = $5,
                snippet = $6, has_files = $7 where id = $1"
        ),
        &params![
            inquiry,
            summary.messages,
            summary.newest_word,
            summary.last_at,
            summary.sender,
            summary.snippet,
            summary.has_files
        ],
    )?;
    let moved = params![inquiry, summary.last_at];
    tx.execute(sql!("update shown set last_at = $2 where inquiry = $1"), &moved)?;
    tx.execute(sql!("update follows set last_at = $2 where inquiry = $1"), &moved)?;
    Ok(())
}

/// Who has read how far in an inquiry.
pub fn readers(
    read: &Read<'_>,
    inquiry: InquiryId,
) -> Result<Vec<(StaffId, Position)>, StoreError> {
    read.all(
        sql!(
            "select s.id, n.position from staff s
                join seen n on n.staff = s.id and n.inquiry = $1"
        ),
        &params![inquiry],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Whose a contact point is.
pub fn person_at(
    read: &Read<'_>,
    contact_point: ContactPointId,
) -> Result<Option<PersonId>, StoreError> {
    let text = sql!("select person from contact_points where id = $1");
    read.one(text, &params![contact_point], |row| row.get(0))
}
