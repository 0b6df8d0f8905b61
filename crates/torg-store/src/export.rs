//! Reading everything out, page by page, for `torg export`. For an administrator at the machine,
//! who has the database anyway; no page of the web reaches it.

use std::collections::HashMap;

use torg_core::{Direction, Id, InquiryNumber, Kind, State};

use crate::inquiries::state_at;
use crate::messages::{direction_at, kind_at};
use crate::{Read, Row, StoreError, params, sql};

/// A message with its inquiry, as one line of an export.
#[derive(Debug, Clone)]
pub struct ExportedMessage {
    pub id: i64,
    pub inquiry: String,
    pub number: InquiryNumber,
    pub department: String,
    pub owner: Option<String>,
    pub state: State,
    pub mail_id: Option<String>,
    pub direction: Direction,
    pub kind: Kind,
    pub subject: String,
    pub from: Option<String>,
    pub author: String,
    /// Microseconds UTC.
    pub at: i64,
    pub text: String,
    pub attachments: Vec<ExportedAttachment>,
    /// Inquiries it is offered as a link to, or linked with.
    pub links: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct ExportedAttachment {
    pub name: String,
    pub content_type: String,
    pub size: i64,
    pub sha256: [u8; 32],
}

/// An arrival that is no message: in quarantine, or still waiting to be filed.
#[derive(Debug, Clone)]
pub struct ExportedArrival {
    pub id: i64,
    pub from: Option<String>,
    /// Our addresses it came for.
    pub to: Vec<String>,
    pub received_at: i64,
    pub size: i64,
    pub quarantined: bool,
    pub error: Option<String>,
}

/// The messages after `after` by id, at most `limit`.
pub fn messages(
    read: &Read<'_>,
    after: i64,
    limit: i64,
) -> Result<Vec<ExportedMessage>, StoreError> {
    let mut page = read.all(
        sql!(list "select m.id, i.id, i.number, d.name, s.name, i.state, m.mail_id, m.direction, m.kind,
                     m.subject, m.address, m.author, m.at, m.body
                from messages m
                join inquiries i on i.id = m.inquiry
                join departments d on d.id = i.department
                left join staff s on s.id = i.owner
               where m.id > $1 order by m.id limit $2"),
        &params![after, limit],
        message,
    )?;
    let Some(last) = page.last().map(|message| message.id) else {
        return Ok(page);
    };
    let mut files = attachments(read, after, last)?;
    for message in &mut page {
        message.attachments = files.remove(&message.id).unwrap_or_default();
        message.links = links(read, &message.inquiry)?;
    }
    Ok(page)
}

fn message(row: &Row<'_>) -> Result<ExportedMessage, StoreError> {
    Ok(ExportedMessage {
        id: row.get(0)?,
        inquiry: row.get::<torg_core::InquiryId>(1)?.to_string(),
        number: InquiryNumber::from_i64(row.get(2)?),
        department: row.get(3)?,
        owner: row.get(4)?,
        state: state_at(row, 5)?,
        mail_id: row.get(6)?,
        direction: direction_at(row, 7)?,
        kind: kind_at(row, 8)?,
        subject: row.get(9)?,
        from: row.get(10)?,
        author: row.get(11)?,
        at: row.get(12)?,
        text: row.get(13)?,
        attachments: Vec::new(),
        links: Vec::new(),
    })
}

fn attachments(
    read: &Read<'_>,
    after: i64,
    upto: i64,
) -> Result<HashMap<i64, Vec<ExportedAttachment>>, StoreError> {
    let rows = read.all(
        sql!(
            "select message, name, content_type, size, sha256 from attachments
               where message > $1 and message <= $2 order by message, part"
        ),
        &params![after, upto],
        |row| {
            let file = ExportedAttachment {
                name: row.get(1)?,
                content_type: row.get(2)?,
                size: row.get(3)?,
                sha256: row.get(4)?,
            };
            Ok((row.get(0)?, file))
        },
    )?;
    let mut files: HashMap<i64, Vec<ExportedAttachment>> = HashMap::new();
    for (message, file) in rows {
        files.entry(message).or_default().push(file);
    }
    Ok(files)
}

fn links(read: &Read<'_>, inquiry: &str) -> Result<Vec<String>, StoreError> {
    let Ok(inquiry) = inquiry.parse::<torg_core::InquiryId>() else {
        return Ok(Vec::new());
    };
    read.all(
        sql!("select other from links where inquiry = $1 and state < 2 order by other"),
        &params![inquiry.as_i64()],
        |row| Ok(row.get::<i64>(0)?.to_string()),
    )
}

/// The arrivals after `after` that are no message, at most `limit`.
pub fn arrivals(
    read: &Read<'_>,
    after: i64,
    limit: i64,
) -> Result<Vec<ExportedArrival>, StoreError> {
    read.all(
        sql!(
            "select id, envelope_from, recipients, received_at, size, state, error from arrivals
               where id > $1 and (state = 0 or state = 2) order by id limit $2"
        ),
        &params![after, limit],
        |row| {
            Ok(ExportedArrival {
                id: row.get(0)?,
                from: row.get(1)?,
                to: crate::arrivals::recipients_at(row, 2)?,
                received_at: row.get(3)?,
                size: row.get(4)?,
                quarantined: row.get::<i64>(5)? == 2,
                error: row.get(6)?,
            })
        },
    )
}
