//! Inquiries: how they are kept, and how they are reached.
//!
//! There is no way to an inquiry without a viewer, save for filing, which is Torg itself.

mod events;
mod locking;
mod numbered;
mod owners;
mod page;
mod seen;
mod standing;
mod states;
mod thread;

pub use crate::messages::{AttachmentRow, MessageView};
pub use events::{EventDetail, EventView};
pub use locking::{locked_for, locked_for_torg, locked_merged_for, seen_for};
pub use numbered::{Numbered, by_number, number_of, numbered, oldest};
pub use owners::{lent, lent_by, owner, release_from_outsider, set_lent_by, set_owner};
pub use page::{InquiryPage, LinkRow, Recipient, page};
pub use seen::{
    Reading, is_logged, log_read, mark_all_seen, mark_seen, reading, seen_by, set_seen,
};
pub use standing::Standing;
pub(crate) use states::state_at;
pub use states::{due_to_wake, keep_state, set_state, snooze, was_state};
pub use thread::{Entry, Extent, NEWEST};

use torg_core::journal::Hash;
use torg_core::{
    DepartmentId, Direction, Inquiry, InquiryId, InquiryNumber, Kind, Language, PersonId, State,
    WallId,
};

use crate::{Read, StoreError, Tx, params, sql};

/// A new inquiry, without messages yet.
#[derive(Debug, Clone)]
pub struct NewInquiry {
    pub id: InquiryId,
    pub number: InquiryNumber,
    /// Unguessable; for the citizen's own page.
    pub public_key: String,
    pub subject: String,
    pub person: Option<PersonId>,
    pub department: DepartmentId,
    pub wall: WallId,
    /// Microseconds UTC.
    pub created: i64,
}

/// What a new message changes on its inquiry's row.
#[derive(Debug, Clone)]
pub struct Appended<'a> {
    pub inquiry: &'a Inquiry,
    pub direction: Direction,
    pub kind: Kind,
    pub at: i64,
    /// Who wrote it, for the list.
    pub sender: &'a str,
    pub snippet: &'a str,
    pub has_files: bool,
    /// What it is written in, if that was told.
    pub language: Option<Language>,
}

/// The next number of a year such as 2026.
pub fn next_number(tx: &mut Tx<'_>, year: i64) -> Result<InquiryNumber, StoreError> {
    let last = tx.returning(
        sql!(
            "insert into inquiry_numbers (year, last) values ($1, 1)
              on conflict (year) do update set last = inquiry_numbers.last + 1 returning last"
        ),
        &params![year],
        |row| row.get(0),
    )?;
    let last = last.ok_or_else(|| StoreError::Bug("a year without a number".into()))?;
    Ok(InquiryNumber::new(year, last))
}

/// Opens an inquiry: owned by nobody, without messages.
pub fn insert(tx: &mut Tx<'_>, new: &NewInquiry) -> Result<Inquiry, StoreError> {
    tx.send(
        sql!("insert into inquiries (id, number, public_key, subject, person, department, wall,
                owner, state, urgent, version, created, last_at, sender, snippet, has_files,
                trouble, messages, newest_word, steps, head)
              values ($1, $2, $3, $4, $5, $6, $7, null, 0, 0, 1, $8, $8, '', '', 0, 0, 0, 0, 0, $9)"),
        &params![
            new.id, new.number.as_i64(), new.public_key, new.subject, new.person, new.department,
            new.wall, new.created, Hash::START.as_bytes()
        ],
    )?;
    Ok(Inquiry {
        id: new.id,
        number: new.number,
        state: State::Open,
        owner: None,
        department: new.department,
        wall: new.wall,
        person: new.person,
        urgent: false,
        messages: 0,
        newest_word: 0,
    })
}

/// Moves an inquiry to another department and behind its wall; nobody owns it there yet.
pub fn refer(
    tx: &mut Tx<'_>,
    id: InquiryId,
    to: DepartmentId,
    wall: WallId,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "update inquiries set department = $2, wall = $3, owner = null, state = 0,
                    wake_at = null, lent_by = null
              where id = $1"
        ),
        &params![id, to, wall],
    )?;
    // What is its own is not shown to it beside.
    tx.execute(sql!("delete from shown where inquiry = $1 and department = $2"), &params![id, to])?;
    tx.execute(sql!("update shown set state = 0 where inquiry = $1 and state <> 0"), &params![id])?;
    Ok(())
}

/// Puts an inquiry back where it was, behind the wall it was behind.
pub fn keep_place(
    tx: &mut Tx<'_>,
    id: InquiryId,
    department: DepartmentId,
    wall: WallId,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update inquiries set department = $2, wall = $3 where id = $1"),
        &params![id, department, wall],
    )?;
    Ok(())
}

/// Whether an inquiry is shown to a department beside its own.
pub fn is_shown_to(
    read: &Read<'_>,
    id: InquiryId,
    department: DepartmentId,
) -> Result<bool, StoreError> {
    let found = read.one(
        sql!("select department from shown where inquiry = $1 and department = $2"),
        &params![id, department],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

pub fn set_urgent(tx: &mut Tx<'_>, id: InquiryId, urgent: bool) -> Result<(), StoreError> {
    tx.execute(sql!("update inquiries set urgent = $2 where id = $1"), &params![id, urgent])?;
    Ok(())
}

/// Marks that an answer did not get through, or that it is mended.
pub fn set_trouble(tx: &mut Tx<'_>, id: InquiryId, trouble: bool) -> Result<(), StoreError> {
    tx.execute(sql!("update inquiries set trouble = $2 where id = $1"), &params![id, trouble])?;
    Ok(())
}

/// Counts a new message on the row, whose next position it has, and shows it in the list.
/// Machines' mail neither moves the inquiry up nor is it something a writer must have seen.
pub fn append(tx: &mut Tx<'_>, new: &Appended<'_>) -> Result<(), StoreError> {
    let position = new.inquiry.messages + 1;
    let a_word = new.direction != Direction::In || new.kind.asks_for_work();
    let newest_word = if a_word { position } else { new.inquiry.newest_word };
    let first_or_word = a_word || position == 1;
    tx.send(
        sql!(
            "update inquiries set messages = $2, newest_word = $3,
                last_at = case when $4 = 1 and last_at < $5 then $5 else last_at end,
                sender = case when $6 = 1 then $7 else sender end,
                snippet = case when $4 = 1 then $8 else snippet end,
                has_files = case when $9 = 1 then 1 else has_files end,
                language = case when $6 = 1 then $10 else language end
              where id = $1"
        ),
        &params![
            new.inquiry.id,
            position,
            newest_word,
            first_or_word,
            new.at,
            new.direction == Direction::In && first_or_word,
            new.sender,
            new.snippet,
            new.has_files,
            new.language.map(Language::tag).unwrap_or_default()
        ],
    )?;
    // A new inquiry is shown to nobody yet.
    if first_or_word && position > 1 {
        tx.send(
            sql!("update shown set last_at = $2 where inquiry = $1 and last_at < $2"),
            &params![new.inquiry.id, new.at],
        )?;
        crate::follows::moved(tx, new.inquiry.id, new.at)?;
    }
    Ok(())
}

/// Gives an inquiry its person once one is known.
pub fn set_person(tx: &mut Tx<'_>, id: InquiryId, person: PersonId) -> Result<(), StoreError> {
    tx.execute(
        sql!("update inquiries set person = $2 where id = $1 and person is null"),
        &params![id, person],
    )?;
    Ok(())
}

/// Shows an open inquiry also to a department whose address the letter was sent to.
pub fn show_to(
    tx: &mut Tx<'_>,
    id: InquiryId,
    department: DepartmentId,
) -> Result<bool, StoreError> {
    let shown = tx.execute(
        sql!(
            "insert into shown (inquiry, department, state, last_at)
              select id, $2, state, last_at from inquiries where id = $1 and department <> $2
              on conflict do nothing"
        ),
        &params![id, department],
    )?;
    Ok(shown > 0)
}

/// Where an inquiry is, for the bus and the search index.
pub fn whereabouts(
    read: &Read<'_>,
    id: InquiryId,
) -> Result<Option<(WallId, DepartmentId)>, StoreError> {
    read.one(sql!("select wall, department from inquiries where id = $1"), &params![id], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// What an inquiry is about, for the letters written in it.
pub fn subject(read: &Read<'_>, id: InquiryId) -> Result<Option<String>, StoreError> {
    read.one(sql!("select subject from inquiries where id = $1"), &params![id], |row| row.get(0))
}

/// Puts an inquiry behind another wall.
pub fn set_wall(tx: &mut Tx<'_>, id: InquiryId, wall: WallId) -> Result<(), StoreError> {
    tx.execute(sql!("update inquiries set wall = $2 where id = $1"), &params![id, wall])?;
    Ok(())
}
