//! Messages as the search index reads them.

use torg_core::{InquiryId, Language, MessageId};

use crate::{Read, Row, StoreError, params, sql};

/// The text of a message for the search index: subject, what was written, author, language.
#[derive(Debug, Clone)]
pub struct Searchable {
    pub id: MessageId,
    pub subject: String,
    pub body: String,
    pub author: String,
    pub address: Option<String>,
    pub language: Option<Language>,
    pub files: Vec<SearchableFile>,
}

/// A file of a message, and what was read in it.
#[derive(Debug, Clone)]
pub struct SearchableFile {
    pub name: String,
    pub text: Option<String>,
}

/// Every message of an inquiry as the search index reads it.
pub fn searchable(read: &Read<'_>, inquiry: InquiryId) -> Result<Vec<Searchable>, StoreError> {
    let mut files = read.all(
        sql!(
            "select a.message, a.name, a.text from messages m join attachments a on a.message = m.id
               where m.inquiry = $1 order by a.message, a.part"
        ),
        &params![inquiry],
        |row| Ok((row.get::<MessageId>(0)?, searchable_file(row, 1)?)),
    )?;
    let mut found = read.all(
        sql!(
            "select id, subject, body, author, address, language
                from messages where inquiry = $1 order by position"
        ),
        &params![inquiry],
        searchable_message,
    )?;
    for message in &mut found {
        let own = files.extract_if(.., |(of, _)| *of == message.id);
        message.files = own.map(|(_, file)| file).collect();
    }
    Ok(found)
}

/// One message as the search index reads it.
pub fn searchable_one(read: &Read<'_>, id: MessageId) -> Result<Option<Searchable>, StoreError> {
    let files = read.all(
        sql!("select name, text from attachments where message = $1 order by part"),
        &params![id],
        |row| searchable_file(row, 0),
    )?;
    let found = read.one(
        sql!("select id, subject, body, author, address, language from messages where id = $1"),
        &params![id],
        searchable_message,
    )?;
    Ok(found.map(|message| Searchable { files, ..message }))
}

fn searchable_message(row: &Row<'_>) -> Result<Searchable, StoreError> {
    Ok(Searchable {
        id: row.get(0)?,
        subject: row.get(1)?,
        body: row.get(2)?,
        author: row.get(3)?,
        address: row.get(4)?,
        language: row.get::<String>(5)?.parse().ok(),
        files: Vec::new(),
    })
}

fn searchable_file(row: &Row<'_>, at: usize) -> Result<SearchableFile, StoreError> {
    Ok(SearchableFile { name: row.get(at)?, text: row.get(at + 1)? })
}
