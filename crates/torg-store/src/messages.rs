//! Messages and their attachments.

mod attachments;
mod passed;
mod searchable;
mod view;

pub use attachments::{AttachmentPlace, NewAttachment, attachment, content_ids, insert_attachment};
pub use passed::{Passed, passed};
pub use searchable::{Searchable, SearchableFile, searchable, searchable_one};
pub use view::{AttachmentRow, MessageView, attachments_of_message};
pub(crate) use view::{count_of, newest_of};

use torg_core::{
    ContactPointId, Direction, InquiryId, Kind, Language, MessageId, Position, SendState, StaffId,
    Viewer,
};

use crate::blobs::BlobHash;
use crate::{Pending, Read, Row, StoreError, Tx, params, sql};

/// A message as it is to be kept.
#[derive(Debug, Clone)]
pub struct NewMessage {
    pub id: MessageId,
    pub inquiry: InquiryId,
    pub position: Position,
    pub direction: Direction,
    pub kind: Kind,
    pub staff: Option<StaffId>,
    pub contact_point: Option<ContactPointId>,
    /// The name it is shown under.
    pub author: String,
    /// The address it came from, or went to.
    pub address: Option<String>,
    pub subject: String,
    /// What was newly written.
    pub body: String,
    /// What was quoted below, and the signature.
    pub quoted: String,
    pub language: Option<Language>,
    pub has_html: bool,
    /// The raw mail, whose reference this message holds.
    pub raw: Option<BlobHash>,
    /// The Message-ID, without angle brackets.
    pub mail_id: Option<String>,
    /// Made by the page that wrote it, so that a repeated post is one message.
    pub composer_key: Option<String>,
    /// Microseconds UTC.
    pub at: i64,
    pub send_state: SendState,
}

/// The channel of what comes and goes as e-mail; there is no other yet.
pub const MAIL: &str = "mail";

/// Keeps a message at its position.
///
/// # Errors
/// [`StoreError::Conflict`] `one_message_per_position` or `one_message_per_composer`.
pub fn insert(tx: &mut Tx<'_>, new: &NewMessage) -> Result<(), StoreError> {
    let channel = if new.direction == Direction::Note { "" } else { MAIL };
    tx.send(
        sql!("insert into messages (id, inquiry, position, direction, kind, staff, contact_point,
                author, address, subject, body, quoted, language, has_html, raw, mail_id,
                composer_key, at, send_state, channel)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"),
        &params![
            new.id, new.inquiry, new.position, new.direction.code(), new.kind.code(), new.staff,
            new.contact_point, new.author, new.address, new.subject, new.body, new.quoted,
            new.language.map_or("", Language::tag), new.has_html, new.raw, new.mail_id,
            new.composer_key, new.at, new.send_state.code(), channel
        ],
    )?;
    Ok(())
}

/// The message a composer has made already, when its post is repeated.
pub fn by_composer(read: &Read<'_>, key: &str) -> Result<Option<MessageId>, StoreError> {
    read.one(sql!("select id from messages where composer_key = $1"), &params![key], |row| {
        row.get(0)
    })
}

/// Keeps how far an outgoing message has come.
pub fn set_send_state(
    tx: &mut Tx<'_>,
    id: MessageId,
    state: SendState,
    error: Option<&str>,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update messages set send_state = $2, send_error = $3 where id = $1"),
        &params![id, state.code(), error],
    )?;
    Ok(())
}

/// The inquiry a message lies in.
pub fn inquiry_of(read: &Read<'_>, id: MessageId) -> Result<Option<InquiryId>, StoreError> {
    read.one(sql!("select inquiry from messages where id = $1"), &params![id], |row| row.get(0))
}

/// The colleague who wrote a message, if one did.
pub fn author(read: &Read<'_>, id: MessageId) -> Result<Option<StaffId>, StoreError> {
    let found =
        read.one(sql!("select staff from messages where id = $1"), &params![id], |row| {
            row.get::<Option<StaffId>>(0)
        })?;
    Ok(found.flatten())
}

/// Whether the newest message of an inquiry is this text by this colleague.
pub fn is_newest(
    read: &Read<'_>,
    inquiry: &torg_core::Inquiry,
    staff: StaffId,
    body: &str,
) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select id from messages where inquiry = $1 and position = $2 and staff = $3
                and body = $4 and send_state <> 5"
        ),
        &params![inquiry.id, inquiry.messages, staff, body],
        |row| row.get::<MessageId>(0),
    )?;
    Ok(found.is_some())
}

/// Where a message stands: its inquiry, and its position there.
pub fn place_of(
    read: &Read<'_>,
    id: MessageId,
) -> Result<Option<(InquiryId, Position)>, StoreError> {
    read.one(sql!("select inquiry, position from messages where id = $1"), &params![id], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The raw mail of a message the viewer may see.
pub fn raw(
    read: &Read<'_>,
    viewer: &Viewer,
    id: MessageId,
) -> Result<Option<BlobHash>, StoreError> {
    let found = read.one(
        sql!(
            "select m.raw from messages m join inquiries i on i.id = m.inquiry
               where m.id = $1 and i.wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, viewer.staff],
        |row| row.get(0),
    )?;
    Ok(found.flatten())
}

/// Whom an answer goes to, and the letter it answers.
#[derive(Debug, Clone)]
pub struct Addressee {
    pub letter: MessageId,
    pub name: String,
    pub address: String,
    pub mail_id: Option<String>,
    /// What was written, without what it quoted.
    pub body: String,
    /// Microseconds UTC.
    pub at: i64,
}

/// Whoever wrote the newest letter that a human sent; without one, whatever came in last that can
/// be answered: a form that writes for a citizen looks like a machine.
pub fn addressee(read: &Read<'_>, inquiry: InquiryId) -> Result<Option<Addressee>, StoreError> {
    ask_addressee(read, inquiry).get()
}

/// As [`addressee`], but waited for later.
pub(crate) fn ask_addressee<'r>(
    read: &'r Read<'_>,
    inquiry: InquiryId,
) -> Pending<'r, Option<Addressee>> {
    read.ask_one(
        sql!(
            "select author, address, mail_id, body, at, id from messages
               where inquiry = $1 and position = coalesce(
                 (select position from messages where inquiry = $1 and direction = 1 and kind = 1
                     and address is not null order by position desc limit 1),
                 (select position from messages where inquiry = $1 and direction = 1 and kind <> 3
                     and address is not null order by position desc limit 1))"
        ),
        &params![inquiry],
        |row| {
            Ok(Addressee {
                name: row.get(0)?,
                address: row.get(1)?,
                mail_id: row.get(2)?,
                body: row.get(3)?,
                at: row.get(4)?,
                letter: row.get(5)?,
            })
        },
    )
}

/// The newest message there is.
pub fn newest(read: &Read<'_>) -> Result<Option<MessageId>, StoreError> {
    read.one(sql!("select id from messages order by id desc limit 1"), &params![], |row| row.get(0))
}

/// Subject and own text of a letter, whoever may see it: for Torg itself, who tells nobody.
pub fn asked(read: &Read<'_>, id: MessageId) -> Result<Option<(String, String)>, StoreError> {
    read.one(
        sql!("select subject, body from messages where id = $1 and direction = 1"),
        &params![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Where a message lies that the viewer may read, which way it went, and what was written.
pub fn written(
    read: &Read<'_>,
    viewer: &Viewer,
    id: MessageId,
) -> Result<Option<(InquiryId, Direction, String)>, StoreError> {
    read.one(
        sql!(
            "select m.inquiry, m.direction, m.body from messages m
                join inquiries i on i.id = m.inquiry
               where m.id = $1 and i.wall in (select wall from wall_members where staff = $2)"
        ),
        &params![id, viewer.staff],
        |row| Ok((row.get(0)?, direction_at(row, 1)?, row.get(2)?)),
    )
}

/// The Message-IDs of an inquiry, oldest first, for the References of an answer.
pub fn mail_ids(read: &Read<'_>, inquiry: InquiryId) -> Result<Vec<String>, StoreError> {
    read.all(
        sql!(
            "select mail_id from messages
               where inquiry = $1 and mail_id is not null and direction < 3 order by position"
        ),
        &params![inquiry],
        |row| row.get(0),
    )
}

pub(crate) fn direction_at(row: &Row<'_>, index: usize) -> Result<Direction, StoreError> {
    let code = row.get(index)?;
    Direction::from_code(code)
        .ok_or_else(|| StoreError::Corrupt(format!("unknown direction {code}")))
}

pub(crate) fn kind_at(row: &Row<'_>, index: usize) -> Result<Kind, StoreError> {
    let code = row.get(index)?;
    Kind::from_code(code).ok_or_else(|| StoreError::Corrupt(format!("unknown kind {code}")))
}
