//! Two persons who turn out to be one, and what it takes to make them two again.

use torg_core::{JoinId, PersonId, StaffId, Viewer};

use super::insert;
use crate::{Read, StoreError, Tx, params, sql};

/// Somebody who was made one with a person.
#[derive(Debug, Clone)]
pub struct Joined {
    pub id: JoinId,
    /// Her name until then.
    pub name: String,
    /// How many of the inquiries she had then the viewer may see.
    pub inquiries: i64,
    /// The colleague who joined them.
    pub by: String,
    /// Microseconds UTC.
    pub at: i64,
}

/// Makes everything of `other` a person's own: contact points and inquiries. `other` is gone then,
/// but it is kept what was hers.
pub fn join(
    tx: &mut Tx<'_>,
    id: JoinId,
    person: PersonId,
    other: PersonId,
    staff: StaffId,
    at: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into person_joins (id, person, other, name, created, at, staff)
              select $1, $2, id, name, created, $4, $5 from persons where id = $3"
        ),
        &params![id, person, other, at, staff],
    )?;
    let hers = params![id, other];
    tx.execute(
        sql!(
            "insert into joined_contact_points (joining, contact_point)
              select $1, id from contact_points where person = $2"
        ),
        &hers,
    )?;
    tx.execute(
        sql!(
            "insert into joined_inquiries (joining, inquiry)
              select $1, id from inquiries where person = $2"
        ),
        &hers,
    )?;
    let both = params![other, person];
    tx.execute(sql!("update contact_points set person = $2 where person = $1"), &both)?;
    tx.execute(sql!("update inquiries set person = $2 where person = $1"), &both)?;
    tx.execute(sql!("delete from persons where id = $1"), &params![other])?;
    Ok(())
}

/// Who was made one with a person, the newest first, as far as the viewer may see inquiries that
/// were theirs.
pub fn joined_with(
    read: &Read<'_>,
    viewer: &Viewer,
    person: PersonId,
) -> Result<Vec<Joined>, StoreError> {
    read.all(
        sql!(list
            "select j.id, j.name, count(*), s.name, j.at
                from person_joins j
                join staff s on s.id = j.staff
                join joined_inquiries x on x.joining = j.id
                join inquiries i on i.id = x.inquiry
               where j.person = $1
                 and i.wall in (select wall from wall_members where staff = $2)
               group by j.id, j.name, s.name, j.at order by j.id desc"
        ),
        &params![person, viewer.staff],
        |row| {
            Ok(Joined {
                id: row.get(0)?,
                name: row.get(1)?,
                inquiries: row.get(2)?,
                by: row.get(3)?,
                at: row.get(4)?,
            })
        },
    )
}

/// Makes two persons of one again: the other one gets back what was hers, and what was begun since
/// from an address of hers. She, or `None` if that was done before.
pub fn part(tx: &mut Tx<'_>, id: JoinId) -> Result<Option<PersonId>, StoreError> {
    let undone = tx.returning(
        sql!("delete from person_joins where id = $1 returning person, other, name, created, at"),
        &params![id],
        |row| {
            let who: (PersonId, PersonId) = (row.get(0)?, row.get(1)?);
            let (name, created, at): (String, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
            Ok((who, name, created, at))
        },
    )?;
    let Some(((person, other), name, created, at)) = undone else { return Ok(None) };
    insert(tx, other, &name, created)?;
    tx.execute(
        sql!(
            "update contact_points set person = $3 where person = $2 and id in (
                select contact_point from joined_contact_points where joining = $1)"
        ),
        &params![id, person, other],
    )?;
    tx.execute(
        sql!(
            "update inquiries set person = $3 where person = $2 and (
                id in (select inquiry from joined_inquiries where joining = $1)
                or (created >= $4 and exists (
                  select 1 from messages m
                    join joined_contact_points c on c.contact_point = m.contact_point
                   where m.inquiry = inquiries.id and m.position = 1 and c.joining = $1)))"
        ),
        &params![id, person, other, at],
    )?;
    tx.execute(sql!("delete from joined_contact_points where joining = $1"), &params![id])?;
    tx.execute(sql!("delete from joined_inquiries where joining = $1"), &params![id])?;
    Ok(Some(other))
}
