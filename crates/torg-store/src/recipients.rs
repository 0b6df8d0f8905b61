//! Whom letters were for, where that is more than their sender and we.

use serde::{Deserialize, Serialize};
use torg_core::MessageId;

use crate::{Pending, Read, StoreError, Tx, params, sql};

/// Three fields as they are shown and typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    pub to: String,
    pub cc: String,
    pub bcc: String,
}

/// Keeps the recipients of a message, once.
pub fn keep(tx: &mut Tx<'_>, message: MessageId, fields: &Fields) -> Result<(), StoreError> {
    let written = serde_json::to_string(fields)
        .map_err(|error| StoreError::Bug(format!("recipients as JSON: {error}")))?;
    tx.execute(
        sql!("insert into recipients (message, written) values ($1, $2) on conflict do nothing"),
        &params![message, written],
    )?;
    Ok(())
}

/// The recipients of a message, if there were more than one.
pub fn of<'r>(read: &'r Read<'_>, message: MessageId) -> Pending<'r, Option<Fields>> {
    let text = sql!("select written from recipients where message = $1");
    let written = read.ask_one(text, &params![message], |row| row.get::<String>(0));
    written.then(|written| Ok(written.and_then(|written| serde_json::from_str(&written).ok())))
}

/// Everybody else a letter was for, as one field.
pub fn others<'r>(read: &'r Read<'_>, message: MessageId) -> Pending<'r, String> {
    of(read, message).then(|fields| {
        let fields = fields.unwrap_or_default();
        let both = [fields.to, fields.cc];
        Ok(both.into_iter().filter(|field| !field.is_empty()).collect::<Vec<_>>().join(", "))
    })
}
