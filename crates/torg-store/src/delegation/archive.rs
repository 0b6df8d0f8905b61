//! What the archive tells of letters that nobody taught about: where they lie now that somebody is
//! done with them.

use torg_core::delegation::Guess;
use torg_core::{DepartmentId, InquiryId, MessageId, State};

use crate::{Pending, Read, StoreError, Tx, params, settings, sql};

/// An inquiry somebody is done with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub inquiry: InquiryId,
    pub message: MessageId,
    pub department: DepartmentId,
    /// Whether a colleague wrote to the citizen.
    pub is_answered: bool,
    /// Whether no lesson is about its letter.
    pub is_new: bool,
    /// Whether the judge never said anything about it.
    pub is_unjudged: bool,
    /// Where it came to, if it was noted.
    pub home: Option<DepartmentId>,
    /// When something last happened to it; microseconds UTC.
    pub at: i64,
}

/// The inquiries of an open department that began with a person's letter, among its `newest` in a
/// state; behind no wall, and not put together with another.
pub fn ended_in<'r>(
    read: &'r Read<'_>,
    department: DepartmentId,
    state: State,
    newest: i64,
) -> Pending<'r, Vec<Ended>> {
    read.ask(
        sql!(list
            "select n.id, m.id,
                case when exists (select 1 from messages a where a.inquiry = n.id
                  and a.direction = 2 and a.kind = 1 and a.send_state <> 5) then 1 else 0 end,
                case when exists (select 1 from lessons l where l.message = m.id)
                  then 0 else 1 end,
                case when d.inquiry is null
                  or (d.state = 1 and d.guess is null and d.guesses = '[]') then 1 else 0 end,
                d.home, n.last_at
               from (select id, last_at, merged_into from inquiries
                   where department = $1 and state = $2 and wall = 1
                   order by last_at desc, id desc limit $3) n
               join messages m on m.inquiry = n.id and m.position = 1
               left join delegations d on d.inquiry = n.id
              where m.direction = 1 and m.kind = 1 and n.merged_into is null
              order by n.last_at desc, n.id desc"
        ),
        &params![department, state.code(), newest],
        move |row| {
            Ok(Ended {
                inquiry: row.get(0)?,
                message: row.get(1)?,
                department,
                is_answered: row.get(2)?,
                is_new: row.get(3)?,
                is_unjudged: row.get(4)?,
                home: row.get(5)?,
                at: row.get(6)?,
            })
        },
    )
}

/// Keeps that a letter is the department's where it still lies, unless somebody taught about it. The
/// lesson is as old as the letter, so that it takes the place of no newer one; asked twice, it is kept
/// once.
pub fn learn(tx: &mut Tx<'_>, ended: &Ended) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into lessons (id, message, department, is_its, line)
              select m.id, m.id, i.department, 1, $3 from messages m
                join inquiries i on i.id = m.inquiry
               where m.id = $1 and i.department = $2 and i.wall = 1
                 and not exists (select 1 from lessons l where l.message = m.id)
              on conflict do nothing"
        ),
        &params![ended.message, ended.department, OF_NO_LINE],
    )?;
    Ok(())
}

/// The archive's lessons come of no line of the journal.
const OF_NO_LINE: i64 = 0;

/// Notes what the judge would have said of a letter that came to `home`, and where it ended; unless
/// it was asked when the letter came.
pub fn would_have_guessed(
    tx: &mut Tx<'_>,
    ended: &Ended,
    home: DepartmentId,
    guess: &Guess,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into delegations (inquiry, home, state, guesses, guess, sureness, ended_in)
              values ($1, $2, 1, '[]', $3, $4, $5)
              on conflict (inquiry) do update set guess = excluded.guess,
                  sureness = excluded.sureness, ended_in = excluded.ended_in
               where delegations.state = 1 and delegations.guess is null
                 and delegations.guesses = '[]' and delegations.home = excluded.home"
        ),
        &params![
            ended.inquiry,
            home,
            guess.department,
            i64::from(guess.sureness),
            ended.department
        ],
    )?;
    Ok(())
}

/// What the archive told of an inquiry is forgotten.
pub fn forget_archived(tx: &mut Tx<'_>, inquiry: InquiryId) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "delete from lessons where line = $2
               and message in (select id from messages where inquiry = $1)"
        ),
        &params![inquiry, OF_NO_LINE],
    )?;
    Ok(())
}

const LEARNT: &str = "delegation.archive";

/// When the archive last taught anything, in microseconds UTC; it says that there is more to know.
pub fn archive_learnt(read: &Read<'_>) -> Result<Option<String>, StoreError> {
    settings::get(read, LEARNT)
}

/// The archive taught something at `at`.
pub fn set_archive_learnt(tx: &mut Tx<'_>, at: i64) -> Result<(), StoreError> {
    settings::set(tx, LEARNT, &at.to_string())
}
