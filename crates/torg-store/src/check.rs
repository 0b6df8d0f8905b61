//! What `torg check` asks of the tables: that everything referred to is there.

use crate::{Read, StoreError, params, sql};

/// How many rows refer to something that is not there, by what they are.
pub fn dangling(read: &Read<'_>) -> Result<Vec<(&'static str, i64)>, StoreError> {
    let count = |found: Option<i64>| found.unwrap_or(0);
    let one = |statement| read.one(statement, &params![], |row| row.get(0)).map(count);
    Ok(vec![
        (
            "messages without their raw mail",
            one(sql!(
                "select count(*) from messages m left join blobs b on b.hash = m.raw
                       where m.raw is not null and b.hash is null"
            ))?,
        ),
        (
            "arrivals without their raw mail",
            one(sql!(
                "select count(*) from arrivals a left join blobs b on b.hash = a.raw
                       where a.state <> 1 and b.hash is null"
            ))?,
        ),
        (
            "mails to be sent without their text",
            one(sql!(
                "select count(*) from outbox o left join blobs b on b.hash = o.raw
                       where o.state = 0 and b.hash is null"
            ))?,
        ),
        (
            "inquiries whose messages are not numbered without a gap",
            one(sql!(
                "select count(*) from inquiries i where i.messages <>
                       (select coalesce(max(m.position), 0) from messages m where m.inquiry = i.id)
                    or i.messages <> (select count(*) from messages m where m.inquiry = i.id)"
            ))?,
        ),
        (
            "arrivals filed as a message that is not there",
            one(sql!(
                "select count(*) from arrivals a left join messages m on m.id = a.message
                       where a.state = 1 and m.id is null"
            ))?,
        ),
        (
            "files of standard answers without their bytes",
            one(sql!(
                "select count(*) from answer_files f left join blobs b on b.hash = f.hash
                       where b.hash is null"
            ))?,
        ),
        (
            "attachments without their message",
            one(sql!(
                "select count(*) from attachments a left join messages m on m.id = a.message
                       where m.id is null"
            ))?,
        ),
    ])
}
