//! The texts of messages that were found, to show why.

use torg_core::{Language, MessageId, Viewer};

use crate::{Read, StoreError, params, sql};

/// A message that was found.
#[derive(Debug, Clone)]
pub struct FoundText {
    pub message: MessageId,
    pub subject: String,
    pub author: String,
    pub address: String,
    /// Its first 20,000 characters.
    pub body: String,
    pub language: Option<Language>,
}

/// `$2` are their ids, with commas between.
macro_rules! texts {
    ($ids:literal) => {
        concat!(
            "select m.id, m.subject, m.author, coalesce(m.address, ''), substr(m.body, 1, 20000),
                    m.language
               from messages m join inquiries i on i.id = m.inquiry
              where m.id ",
            $ids,
            " and i.wall in (select wall from wall_members where staff = $1)"
        )
    };
}

/// The texts of those of `messages` that the viewer may see, in no order.
pub fn texts(
    read: &Read<'_>,
    viewer: &Viewer,
    messages: &[MessageId],
) -> Result<Vec<FoundText>, StoreError> {
    let ids = messages.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    read.all(
        sql!(
            list lite texts!("in (select value from json_each('[' || $2 || ']'))"),
            pg texts!("= any (cast('{' || cast($2 as text) || '}' as bigint[]))")
        ),
        &params![viewer.staff, ids],
        |row| {
            Ok(FoundText {
                message: row.get(0)?,
                subject: row.get(1)?,
                author: row.get(2)?,
                address: row.get(3)?,
                body: row.get(4)?,
                language: row.get::<String>(5)?.parse().ok(),
            })
        },
    )
}

/// The names of a message's files, and the first 100,000 characters of what was read in each.
pub fn file_texts(
    read: &Read<'_>,
    viewer: &Viewer,
    message: MessageId,
) -> Result<Vec<(String, String)>, StoreError> {
    read.all(
        sql!(
            "select a.name, coalesce(substr(a.text, 1, 100000), '')
               from attachments a join messages m on m.id = a.message
               join inquiries i on i.id = m.inquiry
              where a.message = $2
                and i.wall in (select wall from wall_members where staff = $1)
              order by a.part limit 50"
        ),
        &params![viewer.staff, message],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
