//! One line of a list, and how it is read.

use torg_core::person::readable;
use torg_core::{
    CategoryId, Direction, InquiryId, InquiryNumber, Language, MessageId, StaffId, State, Viewer,
};

use crate::departments::{DepartmentName, name_at};
use crate::due::DueAt;
use crate::inquiries::state_at;
use crate::staff::StaffName;
use crate::tags::{self, Tag};
use crate::{Read, Row, StoreError};

/// One inquiry in a list.
#[derive(Debug, Clone)]
pub struct ListRow {
    pub id: InquiryId,
    pub number: InquiryNumber,
    pub state: State,
    pub owner: Option<StaffName>,
    pub department: DepartmentName,
    pub sender: String,
    pub subject: String,
    pub snippet: String,
    pub urgent: bool,
    pub messages: i64,
    /// Microseconds UTC.
    pub last_at: i64,
    pub unread: bool,
    pub attachments: bool,
    /// An answer failed or came back.
    pub trouble: bool,
    /// What the citizen last wrote in, if that was told.
    pub language: Option<Language>,
    /// It lies here because it was also sent to this department.
    pub shown: bool,
    /// What the list is ordered by; mostly the same as `last_at`.
    pub at: i64,
    /// The message by which a search found it.
    pub hit: Option<Hit>,
    pub tags: Vec<Tag>,
    pub category: Option<CategoryId>,
    /// When it wakes, if it is snoozed; microseconds UTC.
    pub wake_at: Option<i64>,
    /// Whose it was before she went away.
    pub lent_by: Option<StaffName>,
    /// What of it is due next.
    pub due: Option<DueAt>,
    /// Its newest letter is perhaps spam.
    pub suspect: bool,
    /// A computer answered it.
    pub automatic: bool,
}

/// The newest message of an inquiry in which all words of a search stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub message: MessageId,
    /// It holds what is not wanted.
    pub is_left_out: bool,
    pub direction: Direction,
    pub author: String,
    pub address: Option<String>,
    /// Microseconds UTC.
    pub at: i64,
    /// How it came or goes, such as `mail`; nothing for a note, which stays in the house.
    pub channel: String,
}

impl ListRow {
    /// When what stands in the list came: the message that was found, or the newest.
    pub(super) fn moved_at(&self) -> i64 {
        self.hit.as_ref().map_or(self.last_at, |hit| hit.at)
    }

    /// What was found came or went by `channel`.
    pub(super) fn is_by(&self, channel: &str) -> bool {
        self.hit.as_ref().is_some_and(|hit| hit.channel == channel)
    }

    /// Who wrote what was found has `part`, in lower case, in the name or address.
    pub(super) fn is_from(&self, part: &str) -> bool {
        let Some(hit) = &self.hit else { return false };
        let has = |text: &str| text.to_lowercase().contains(part);
        let in_address =
            |address: &str| has(address) || address.contains("xn--") && has(&readable(address));
        has(&hit.author) || hit.address.as_deref().is_some_and(in_address)
    }
}

/// The tags of a row before their names are known: one read names those of the whole page.
fn unnamed(short: &str) -> Vec<Tag> {
    let tag =
        |id| Tag { id, name: String::new(), colour: String::new(), department: None, active: true };
    short.split(',').filter_map(|id| id.parse().ok()).map(tag).collect()
}

/// Gives the tags of rows their names, and leaves out those the viewer may not know of.
pub(super) fn name_tags(
    read: &Read<'_>,
    viewer: &Viewer,
    rows: &mut [ListRow],
) -> Result<(), StoreError> {
    if rows.iter().all(|row| row.tags.is_empty()) {
        return Ok(());
    }
    let known = tags::ever(read, viewer)?;
    for row in rows {
        row.tags = row
            .tags
            .iter()
            .filter_map(|one| known.iter().find(|tag| tag.id == one.id))
            .cloned()
            .collect();
    }
    Ok(())
}

fn lent_by(row: &Row<'_>) -> Result<Option<StaffName>, StoreError> {
    let (id, name): (Option<StaffId>, Option<String>) = (row.get(23)?, row.get(24)?);
    Ok(id.zip(name).map(|(id, name)| StaffName { id, name }))
}

/// A row of the columns every list reads.
pub(super) fn list_row(row: &Row<'_>) -> Result<ListRow, StoreError> {
    let (owner, name): (Option<StaffId>, Option<String>) = (row.get(3)?, row.get(4)?);
    let state = state_at(row, 2)?;
    let (newest_word, seen): (i64, i64) = (row.get(14)?, row.get(15)?);
    Ok(ListRow {
        id: row.get(0)?,
        number: InquiryNumber::from_i64(row.get(1)?),
        state,
        owner: owner.zip(name).map(|(id, name)| StaffName { id, name }),
        department: name_at(row, 5)?,
        sender: row.get(8)?,
        subject: row.get(9)?,
        snippet: row.get(10)?,
        urgent: row.get(11)?,
        messages: row.get(12)?,
        last_at: row.get(13)?,
        unread: state == State::Open && newest_word > seen,
        attachments: row.get(16)?,
        trouble: row.get(17)?,
        language: row.get::<String>(18)?.parse().ok(),
        shown: row.get(19)?,
        at: row.get(20)?,
        hit: None,
        tags: unnamed(&row.get::<String>(21)?),
        wake_at: row.get(22)?,
        lent_by: lent_by(row)?,
        due: DueAt::from_row(row, 25)?,
        suspect: row.get(27)?,
        automatic: row.get(28)?,
        category: row.get(29)?,
    })
}
