//! Inquiries: how they are kept, and how they are reached.
//!
//! There is no way to an inquiry without a [`Viewer`], save for filing, which is Torg itself.

mod page;
mod seen;
mod standing;

pub use crate::messages::{AttachmentRow, MessageView};
pub use page::{
    Entry, EventDetail, EventView, InquiryPage, LinkRow, Recipient, by_number, number_of, page,
};
pub use seen::{is_logged, length, log_read, mark_all_seen, mark_seen, mark_unseen, seen_by};
pub use standing::Standing;

use torg_core::journal::Hash;
use torg_core::{
    DepartmentId, Direction, Inquiry, InquiryId, InquiryNumber, Kind, Language, PersonId, StaffId,
    State, Viewer, WallId, Was,
};

use crate::{Read, Row, StoreError, Tx, params, sql};

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

/// The inquiry as `viewer` may change it, its row locked until the transaction ends: two
/// colleagues may press the button in the same second, and the second one reads what the first did.
pub fn locked_for(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<Inquiry>, StoreError> {
    tx.returning(
        sql!("update inquiries set version = version + 1
               where id = $1 and merged_into is null
                 and wall in (select wall from wall_members where staff = $2)
              returning id, number, state, owner, department, wall, person, urgent, messages, newest_word"),
        &params![id, viewer.staff],
        inquiry,
    )
}

/// As [`locked_for`], also what was merged into another inquiry: for undoing that.
pub fn locked_merged_for(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<Inquiry>, StoreError> {
    tx.returning(
        sql!("update inquiries set version = version + 1
               where id = $1 and wall in (select wall from wall_members where staff = $2)
              returning id, number, state, owner, department, wall, person, urgent, messages, newest_word"),
        &params![id, viewer.staff],
        inquiry,
    )
}

/// The inquiry as `viewer` sees it, without locking anything.
pub fn seen_for(
    read: &Read<'_>,
    viewer: &Viewer,
    id: InquiryId,
) -> Result<Option<Inquiry>, StoreError> {
    read.one(
        sql!("select id, number, state, owner, department, wall, person, urgent, messages, newest_word
                from inquiries
               where id = $1 and wall in (select wall from wall_members where staff = $2)"),
        &params![id, viewer.staff],
        inquiry,
    )
}

/// The inquiry as Torg itself changes it: filing and sending, where nobody looks.
pub fn locked_for_torg(tx: &mut Tx<'_>, id: InquiryId) -> Result<Option<Inquiry>, StoreError> {
    tx.returning(
        sql!("update inquiries set version = version + 1 where id = $1
              returning id, number, state, owner, department, wall, person, urgent, messages, newest_word"),
        &params![id],
        inquiry,
    )
}

/// Reads the ten columns of the rules' view.
fn inquiry(row: &Row<'_>) -> Result<Inquiry, StoreError> {
    Ok(Inquiry {
        id: row.get(0)?,
        number: InquiryNumber::from_i64(row.get(1)?),
        state: state_at(row, 2)?,
        owner: row.get(3)?,
        department: row.get(4)?,
        wall: row.get(5)?,
        person: row.get(6)?,
        urgent: row.get(7)?,
        messages: row.get(8)?,
        newest_word: row.get(9)?,
    })
}

pub(crate) fn state_at(row: &Row<'_>, index: usize) -> Result<State, StoreError> {
    let code = row.get(index)?;
    State::from_code(code).ok_or_else(|| StoreError::Corrupt(format!("unknown state {code}")))
}

/// Whose an inquiry is.
pub fn owner(read: &Read<'_>, id: InquiryId) -> Result<Option<StaffId>, StoreError> {
    let found =
        read.one(sql!("select owner from inquiries where id = $1"), &params![id], |row| {
            row.get::<Option<StaffId>>(0)
        })?;
    Ok(found.flatten())
}

/// Makes `owner` the owner, or nobody.
pub fn set_owner(tx: &mut Tx<'_>, id: InquiryId, owner: Option<StaffId>) -> Result<(), StoreError> {
    tx.execute(sql!("update inquiries set owner = $2 where id = $1"), &params![id, owner])?;
    Ok(())
}

/// Makes an inquiry everybody's if its owner is outside its wall or works here no more.
pub fn release_from_outsider(tx: &mut Tx<'_>, id: InquiryId) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "update inquiries set owner = null where id = $1 and owner is not null
                and not exists (select 1 from wall_members w join staff s on s.id = w.staff
                   where w.staff = inquiries.owner and w.wall = inquiries.wall and s.active = 1)"
        ),
        &params![id],
    )?;
    Ok(())
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

/// Sets whose turn it is.
pub fn set_state(tx: &mut Tx<'_>, id: InquiryId, state: State) -> Result<(), StoreError> {
    keep_state(tx, id, state.code(), None)
}

/// Puts an inquiry aside until `until`, microseconds UTC.
pub fn snooze(tx: &mut Tx<'_>, id: InquiryId, until: i64) -> Result<(), StoreError> {
    keep_state(tx, id, State::Snoozed.code(), Some(until))
}

/// Keeps a state by its code, and when it ends by itself.
pub fn keep_state(
    tx: &mut Tx<'_>,
    id: InquiryId,
    state: i64,
    wake_at: Option<i64>,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("update inquiries set state = $2, wake_at = $3 where id = $1"),
        &params![id, state, wake_at],
    )?;
    tx.execute(sql!("update shown set state = $2 where inquiry = $1"), &params![id, state])?;
    Ok(())
}

/// The state as it is, for whoever changes it.
pub fn was_state(read: &Read<'_>, inquiry: &Inquiry) -> Result<Was, StoreError> {
    let wake_at = match inquiry.state {
        State::Snoozed => read
            .one(
                sql!("select wake_at from inquiries where id = $1"),
                &params![inquiry.id],
                |row| row.get(0),
            )?
            .flatten(),
        State::Open | State::Answered | State::Closed | State::Spam => None,
    };
    Ok(Was::State { state: inquiry.state.code(), wake_at })
}

/// The snoozed inquiries whose time has come, longest past first.
pub fn due_to_wake(read: &Read<'_>, now: i64, limit: i64) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!(list "select id from inquiries where state = 3 and wake_at <= $1
               order by wake_at, id limit $2"),
        &params![now, limit],
        |row| row.get(0),
    )
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

/// Whose an inquiry was before she went away, if it was lent since.
pub fn lent_by(read: &Read<'_>, id: InquiryId) -> Result<Option<StaffId>, StoreError> {
    let found =
        read.one(sql!("select lent_by from inquiries where id = $1"), &params![id], |row| {
            row.get(0)
        })?;
    Ok(found.flatten())
}

/// What was a colleague's before she went away and is not closed, oldest first.
pub fn lent(read: &Read<'_>, viewer: &Viewer, limit: i64) -> Result<Vec<InquiryId>, StoreError> {
    read.all(
        sql!(list "select id from inquiries where lent_by = $1 and state <> 2
                and wall in (select wall from wall_members where staff = $1)
               order by id limit $2"),
        &params![viewer.staff, limit],
        |row| row.get(0),
    )
}

/// Keeps whose it was before she went away.
pub fn set_lent_by(
    tx: &mut Tx<'_>,
    id: InquiryId,
    staff: Option<StaffId>,
) -> Result<(), StoreError> {
    tx.execute(sql!("update inquiries set lent_by = $2 where id = $1"), &params![id, staff])?;
    Ok(())
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
