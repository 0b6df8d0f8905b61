//! Persons: one for each citizen, with all her contact points, and her whole history in one place.

mod joins;

pub use joins::{Joined, join, joined_with, part};

use torg_core::{ContactKind, ContactPointId, InquiryId, InquiryNumber, PersonId, State, Viewer};

use crate::cursor::Cursor;
use crate::folders::Sort;
use crate::inquiries::state_at;
use crate::{Pending, Read, Row, StoreError, Tx, params, sql};

/// A person as the card beside an inquiry shows her.
#[derive(Debug, Clone)]
pub struct PersonCard {
    pub id: PersonId,
    pub name: String,
    /// Where she wrote from, as far as the viewer may see.
    pub addresses: Vec<String>,
    /// When she first wrote, as far as the viewer may see; microseconds UTC.
    pub since: i64,
    /// The newest inquiries the viewer may see.
    pub inquiries: Vec<PersonInquiry>,
    /// How many the viewer may see, 1000 meaning "more than 999".
    pub total: i64,
}

/// One inquiry in a person's history.
#[derive(Debug, Clone)]
pub struct PersonInquiry {
    pub id: InquiryId,
    pub number: InquiryNumber,
    pub subject: String,
    pub state: State,
    /// Microseconds UTC.
    pub last_at: i64,
    pub owner: Option<String>,
    pub department: String,
}

/// A person's own page.
#[derive(Debug, Clone)]
pub struct PersonPage {
    pub card: PersonCard,
    pub inquiries: Vec<PersonInquiry>,
    pub next: Option<Cursor>,
}

/// Who is behind a contact point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub person: PersonId,
    pub contact_point: ContactPointId,
}

/// The person who writes from `value`.
pub fn by_contact_point(
    read: &Read<'_>,
    kind: ContactKind,
    value: &str,
) -> Result<Option<Known>, StoreError> {
    read.one(
        sql!("select person, id from contact_points where kind = $1 and value = $2"),
        &params![kind.code(), value],
        |row| Ok(Known { person: row.get(0)?, contact_point: row.get(1)? }),
    )
}

/// Adds a person. She has no contact point yet.
pub fn insert(tx: &mut Tx<'_>, id: PersonId, name: &str, created: i64) -> Result<(), StoreError> {
    tx.execute(
        sql!("insert into persons (id, name, created) values ($1, $2, $3)"),
        &params![id, name, created],
    )?;
    Ok(())
}

/// Adds a contact point to a person.
///
/// # Errors
/// [`StoreError::Conflict`] `one_person_per_contact_point`.
pub fn add_contact_point(
    tx: &mut Tx<'_>,
    id: ContactPointId,
    person: PersonId,
    kind: ContactKind,
    value: &str,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("insert into contact_points (id, kind, value, person) values ($1, $2, $3, $4)"),
        &params![id, kind.code(), value, person],
    )?;
    Ok(())
}

/// Whether the viewer may see at least one inquiry of a person.
pub fn is_met_by(read: &Read<'_>, viewer: &Viewer, id: PersonId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select id from inquiries where person = $1
                and wall in (select wall from wall_members where staff = $2) limit 1"
        ),
        &params![id, viewer.staff],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Gives a person whose name is only an address the name she signs with.
pub fn learn_name(tx: &mut Tx<'_>, id: PersonId, name: &str) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "update persons set name = $2 where id = $1 and name like '%@%' and $2 not like '%@%'"
        ),
        &params![id, name],
    )?;
    Ok(())
}

const ON_THE_CARD: i64 = 8;
const ON_A_PAGE: i64 = 50;

/// The card of a person; `None` unless the viewer may see at least one of her inquiries. Also when
/// she first wrote, and from where, is told by those inquiries only.
pub fn card<'r>(
    read: &'r Read<'_>,
    viewer: &Viewer,
    id: PersonId,
) -> Pending<'r, Option<PersonCard>> {
    let text = sql!("select name from persons where id = $1");
    let name = read.ask_one(text, &params![id], |row| row.get::<String>(0));
    let (met, addresses) = (met(read, viewer, id), addresses(read, viewer, id));
    let inquiries = history(read, viewer, id, None, ON_THE_CARD);
    name.then(move |name| {
        let (Some(name), (total, Some(since))) = (name, met.get()?) else { return Ok(None) };
        let (addresses, inquiries) = (addresses.get()?, inquiries.get()?);
        Ok(Some(PersonCard { id, name, addresses, since, inquiries, total }))
    })
}

/// How many inquiries of a person the viewer may see, of the 1000 that rest the longest, and when
/// the first of those was begun.
fn met<'r>(read: &'r Read<'_>, viewer: &Viewer, id: PersonId) -> Pending<'r, (i64, Option<i64>)> {
    let found = read.ask_one(
        sql!(list "select count(*), min(x.created) from (select created from inquiries where person = $1
                and wall in (select wall from wall_members where staff = $2)
               order by last_at, id limit 1000) x"),
        &params![id, viewer.staff],
        |row| Ok((row.get(0)?, row.get(1)?)),
    );
    found.then(|found| Ok(found.unwrap_or((0, None))))
}

/// The addresses a person wrote from in the inquiries the viewer may see.
fn addresses<'r>(read: &'r Read<'_>, viewer: &Viewer, id: PersonId) -> Pending<'r, Vec<String>> {
    read.ask(
        sql!(list "select c.value from contact_points c where c.person = $1 and exists (
                  select 1 from messages m join inquiries i on i.id = m.inquiry
                   where m.contact_point = c.id
                     and i.wall in (select wall from wall_members where staff = $2))
               order by c.id"),
        &params![id, viewer.staff],
        |row| row.get(0),
    )
}

/// A person's page; `None` unless the viewer may see at least one of her inquiries.
pub fn page(
    read: &Read<'_>,
    viewer: &Viewer,
    id: PersonId,
    after: Option<&Cursor>,
) -> Result<Option<PersonPage>, StoreError> {
    let (card, inquiries) =
        (card(read, viewer, id), history(read, viewer, id, after, ON_A_PAGE + 1));
    let Some(card) = card.get()? else { return Ok(None) };
    let mut inquiries = inquiries.get()?;
    let more = inquiries.len() > usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    if more {
        inquiries.pop();
    }
    let last = inquiries.last().filter(|_| more);
    let next = last.map(|last| Cursor::new(last.last_at, last.id));
    Ok(Some(PersonPage { card, inquiries, next }))
}

fn history<'r>(
    read: &'r Read<'_>,
    viewer: &Viewer,
    id: PersonId,
    after: Option<&Cursor>,
    limit: i64,
) -> Pending<'r, Vec<PersonInquiry>> {
    let (last_at, last_id) = Cursor::bounds(after, Sort::Newest);
    read.ask(
        sql!(list "select i.id, i.number, i.subject, i.state, i.last_at, s.name, d.name
                from (select i.id from inquiries i
                       where i.person = $1 and (i.last_at, i.id) < ($3, $4)
                         and i.wall in (select wall from wall_members where staff = $2)
                       order by i.last_at desc, i.id desc limit $5) p
                join inquiries i on i.id = p.id
                join departments d on d.id = i.department
                left join staff s on s.id = i.owner
               order by i.last_at desc, i.id desc"),
        &params![id, viewer.staff, last_at, last_id, limit],
        history_row,
    )
}

fn history_row(row: &Row<'_>) -> Result<PersonInquiry, StoreError> {
    Ok(PersonInquiry {
        id: row.get(0)?,
        number: InquiryNumber::from_i64(row.get(1)?),
        subject: row.get(2)?,
        state: state_at(row, 3)?,
        last_at: row.get(4)?,
        owner: row.get(5)?,
        department: row.get(6)?,
    })
}
