//! What was changed on the pages of administrators: the journal's lines, found by topic.
//!
//! A topic is a word ("municipality"), or a noun with an id ("department:7").

use torg_core::{DepartmentId, JournalId};

use crate::{Read, Row, StoreError, Tx, journal, params, sql};

/// One change, with both values as they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The journal's line.
    pub line: JournalId,
    pub topic: String,
    /// What of the topic.
    pub what: String,
    pub old: String,
    pub new: String,
    /// The department it was about, whatever it is called by now.
    pub department: Option<DepartmentId>,
    /// The change that this one took back.
    pub undoes: Option<JournalId>,
    /// Who; `None` for the command line and for Torg itself.
    pub by: Option<String>,
    /// Microseconds UTC.
    pub at: i64,
}

impl Change {
    /// The id in its topic, if that is a noun with an id.
    pub fn topic_id<T: std::str::FromStr>(&self) -> Option<T> {
        self.topic.split_once(':')?.1.parse().ok()
    }

    /// The value that was not there before, or is not there any more.
    pub fn came_or_went(&self) -> Option<&str> {
        match (self.old.as_str(), self.new.as_str()) {
            ("", value) | (value, "") => Some(value),
            _ => None,
        }
    }
}

/// Notes that a line of the journal changed something of `topic`.
pub fn note(tx: &mut Tx<'_>, topic: &str, line: JournalId) -> Result<(), StoreError> {
    tx.execute(sql!("insert into changes (topic, line) values ($1, $2)"), &params![topic, line])?;
    Ok(())
}

/// The latest `limit` changes of a topic, newest first.
pub fn of(read: &Read<'_>, topic: &str, limit: i64) -> Result<Vec<Change>, StoreError> {
    read.all(
        sql!(list
            "select c.line, c.topic, j.payload, s.name, j.at
                from changes c join journal j on j.id = c.line
                left join staff s on s.id = j.staff
               where c.topic = $1 order by c.line desc limit $2"
        ),
        &params![topic, limit],
        change,
    )
}

/// One change of a topic.
pub fn one(read: &Read<'_>, topic: &str, line: JournalId) -> Result<Option<Change>, StoreError> {
    read.one(
        sql!(
            "select c.line, c.topic, j.payload, s.name, j.at
                from changes c join journal j on j.id = c.line
                left join staff s on s.id = j.staff
               where c.topic = $1 and c.line = $2"
        ),
        &params![topic, line],
        change,
    )
}

fn change(row: &Row<'_>) -> Result<Change, StoreError> {
    let payload: Option<String> = row.get(2)?;
    let details: journal::Details =
        serde_json::from_str(payload.as_deref().unwrap_or("{}")).unwrap_or_default();
    Ok(Change {
        line: row.get(0)?,
        topic: row.get(1)?,
        what: details.what.unwrap_or_default(),
        old: details.old.unwrap_or_default(),
        new: details.new.unwrap_or_default(),
        department: details.department,
        undoes: details.undoes,
        by: row.get(3)?,
        at: row.get(4)?,
    })
}
