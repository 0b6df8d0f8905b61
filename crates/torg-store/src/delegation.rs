//! Delegation: what was judged of new inquiries, what colleagues taught, the rules, and how the
//! judge knows the departments.

mod archive;
mod departments;
mod lessons;
mod proposals;
mod rules;

pub use archive::{
    Ended, archive_learnt, ended_in, forget_archived, learn, set_archive_learnt, would_have_guessed,
};
pub use departments::{Known, Told, known, present_members, reception, set_given, set_told, told};
pub use lessons::{LESSONS, Lesson, denied, forget, lessons, newest_lesson, teach};
pub use proposals::{Proposal, Proposed, proposal};
pub use rules::{RuleRow, all as rules, one as rule, remove as remove_rule, save as save_rule};

use torg_core::delegation::Guess;
use torg_core::person::alike;
use torg_core::{DepartmentId, InquiryId, InquiryNumber, MailboxId, MessageId, Viewer};

use crate::{Pending, Read, Row, StoreError, Tx, params, sql};

/// A new inquiry that waits to be delegated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub inquiry: InquiryId,
    /// The department it came to.
    pub home: DepartmentId,
}

/// The letter that began an inquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstLetter {
    pub message: MessageId,
    pub subject: String,
    /// At most 20,000 characters.
    pub body: String,
    /// Where it came from, in lower case; may be empty.
    pub address: String,
}

/// A new inquiry came to `home`; it is delegated after it is filed.
pub fn wait(tx: &mut Tx<'_>, inquiry: InquiryId, home: DepartmentId) -> Result<(), StoreError> {
    tx.send(
        sql!(
            "insert into delegations (inquiry, home, state, guesses, sureness)
              values ($1, $2, 0, '[]', 0) on conflict do nothing"
        ),
        &params![inquiry, home],
    )
}

/// What waits to be delegated, oldest first.
pub fn waiting(read: &Read<'_>, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    read.all(
        sql!(list "select inquiry, home from delegations where state = 0 order by inquiry limit $1"),
        &params![limit],
        |row| Ok(Waiting { inquiry: row.get(0)?, home: row.get(1)? }),
    )
}

/// Whether nobody has taken a new inquiry in hand since it came.
pub fn is_untouched(read: &Read<'_>, waiting: &Waiting) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select id from inquiries where id = $1 and department = $2 and state = 0
                and owner is null and merged_into is null
                and not exists (select 1 from inquiries m where m.merged_into = $1)"
        ),
        &params![waiting.inquiry, waiting.home],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// The letter that began an inquiry, for the judge and the rules, whoever may see it.
pub fn first_letter(
    read: &Read<'_>,
    inquiry: InquiryId,
) -> Result<Option<FirstLetter>, StoreError> {
    read.one(
        sql!(
            "select id, subject, substr(body, 1, 20000), coalesce(address, '') from messages
               where inquiry = $1 and direction = 1 order by position limit 1"
        ),
        &params![inquiry],
        first,
    )
}

fn first(row: &Row<'_>) -> Result<FirstLetter, StoreError> {
    let address: String = row.get(3)?;
    let address = alike(&address);
    Ok(FirstLetter { message: row.get(0)?, subject: row.get(1)?, body: row.get(2)?, address })
}

/// The addresses of ours that a letter came to.
pub fn came_to(read: &Read<'_>, message: MessageId) -> Result<Vec<MailboxId>, StoreError> {
    read.all(
        sql!(
            "select d.mailbox from messages m
                join deliveries d on d.mail_id = m.mail_id and d.message = m.id
               where m.id = $1 order by d.mailbox"
        ),
        &params![message],
        |row| row.get(0),
    )
}

/// Notes what was judged; `false` if somebody else did before. `guess` is the department the judge
/// would move it to.
pub fn judged(
    tx: &mut Tx<'_>,
    inquiry: InquiryId,
    guesses: &[Guess],
    guess: Option<&Guess>,
) -> Result<bool, StoreError> {
    let text = serde_json::to_string(guesses)
        .map_err(|error| StoreError::Bug(format!("guesses as JSON: {error}")))?;
    let sureness = guess.map_or(0, |guess| i64::from(guess.sureness));
    let found = tx.execute(
        sql!(
            "update delegations set state = 1, guesses = $2, guess = $3, sureness = $4
               where inquiry = $1 and state = 0"
        ),
        &params![inquiry, text, guess.map(|guess| guess.department), sureness],
    )?;
    Ok(found > 0)
}

/// What the judge said of an inquiry, and the department it came to.
pub fn guesses<'r>(
    read: &'r Read<'_>,
    inquiry: InquiryId,
) -> Pending<'r, Option<(DepartmentId, Vec<Guess>)>> {
    read.ask_one(
        sql!("select home, guesses from delegations where inquiry = $1"),
        &params![inquiry],
        |row| {
            let guesses = serde_json::from_str(&row.get::<String>(1)?);
            let broken = |error| StoreError::Corrupt(format!("guesses: {error}"));
            Ok((row.get(0)?, guesses.map_err(broken)?))
        },
    )
}

/// It was answered in `department`: that is where it belonged. `true` the first time.
pub fn ended(
    tx: &mut Tx<'_>,
    inquiry: InquiryId,
    department: DepartmentId,
) -> Result<bool, StoreError> {
    let found = tx.execute(
        sql!("update delegations set ended_in = $2 where inquiry = $1 and ended_in is null"),
        &params![inquiry, department],
    )?;
    Ok(found > 0)
}

/// How sure the judge was of the newest letters that ended and that it would have moved away from
/// `home`, and whether that was where they ended.
pub fn history(
    read: &Read<'_>,
    home: DepartmentId,
    limit: i64,
) -> Result<Vec<(u16, bool)>, StoreError> {
    read.all(
        sql!(list
            "select sureness, guess, ended_in from delegations
               where ended_in is not null and guess is not null and home = $1
               order by inquiry desc limit $2"
        ),
        &params![home, limit],
        |row| {
            let (guess, ended_in): (DepartmentId, DepartmentId) = (row.get(1)?, row.get(2)?);
            Ok((u16::try_from(row.get::<i64>(0)?).unwrap_or(0), guess == ended_in))
        },
    )
}

/// A letter that began an inquiry, and where it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldLetter {
    pub inquiry: InquiryId,
    pub number: InquiryNumber,
    pub department: String,
    /// Microseconds UTC.
    pub at: i64,
    pub letter: FirstLetter,
}

/// The newest letters that began inquiries before `before`, of those that lie behind no wall and
/// that the viewer may see.
pub fn old_letters(
    read: &Read<'_>,
    viewer: &Viewer,
    before: Option<InquiryId>,
    limit: i64,
) -> Result<Vec<OldLetter>, StoreError> {
    let before = before.map_or(i64::MAX, torg_core::Id::as_i64);
    read.all(
        sql!(list
            "select m.id, m.subject, substr(m.body, 1, 20000), coalesce(m.address, ''), i.id,
                i.number, d.name, i.created
               from inquiries i join messages m on m.inquiry = i.id and m.position = 1
               join departments d on d.id = i.department
              where i.id < $1 and i.wall = 1 and m.direction = 1 and m.kind = 1
                and i.wall in (select wall from wall_members where staff = $2)
              order by i.id desc limit $3"
        ),
        &params![before, viewer.staff, limit],
        |row| {
            Ok(OldLetter {
                letter: first(row)?,
                inquiry: row.get(4)?,
                number: InquiryNumber::from_i64(row.get(5)?),
                department: row.get(6)?,
                at: row.get(7)?,
            })
        },
    )
}
