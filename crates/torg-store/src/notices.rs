//! What colleagues are told, whichever way it reaches them.
//!
//! A notice is written only for somebody who works here and stands inside the inquiry's wall, and
//! shown only while she does.

mod digests;
mod wishes;

pub use digests::{due_digests, next_digest, set_mailed, unmailed};
pub use wishes::{Wishes, keep_wishes, wishes};

use torg_core::notice::Ways;
use torg_core::wall::open_wall;
use torg_core::{
    InquiryId, InquiryNumber, MessageId, NoticeId, NoticeKind, StaffId, Verb, Viewer, WallId,
};

use crate::staff::StaffName;
use crate::{Read, Row, StoreError, Tx, params, sql};

/// No bell counts further than this.
pub const MOST_COUNTED: i64 = 100;

/// A notice that is to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewNotice {
    pub id: NoticeId,
    pub staff: StaffId,
    pub kind: NoticeKind,
    pub inquiry: InquiryId,
    /// Microseconds UTC.
    pub at: i64,
    /// What was done.
    pub verb: Verb,
    /// Who did it; `None` for a citizen, or Torg.
    pub by: Option<StaffId>,
    pub message: Option<MessageId>,
    /// What she is told of. She is told of it once, and as the first kind it was told as.
    pub cause: i64,
}

/// A notice as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    pub id: NoticeId,
    pub kind: NoticeKind,
    pub at: i64,
    pub seen: bool,
    /// How often it happened since she last saw one of these.
    pub times: i64,
    pub sound: bool,
    pub inquiry: InquiryId,
    pub number: InquiryNumber,
    pub subject: String,
    /// Behind a wall: what leaves the page says its number only.
    pub restricted: bool,
    /// What was done, if this version knows it.
    pub verb: Option<Verb>,
    pub by: Option<StaffName>,
    pub message: Option<MessageId>,
    /// Who wrote the message it is about, and how it begins.
    pub author: Option<String>,
    pub words: String,
}

/// A page of notices, newest first.
#[derive(Debug, Clone, Default)]
pub struct NoticePage {
    pub rows: Vec<NoticeRow>,
    pub next: Option<NoticeId>,
}

/// Writes a notice by the ways its receiver has chosen; `false` if there is nobody to be told: she
/// has left, stands outside the wall, wants none of this kind, or was told of this cause before.
pub fn tell(tx: &mut Tx<'_>, new: &NewNotice) -> Result<bool, StoreError> {
    let Ways { page, sound, mail } = new.kind.usual();
    let changed = tx.execute(
        sql!(
            "insert into notices (id, staff, kind, inquiry, at, verb, by_staff, message, cause,
                    in_page, sound, by_mail)
              select $1, s.id, $3, i.id, $5, $12, $6, $7, $8,
                     coalesce(k.in_page, $9), coalesce(k.sound, $10), coalesce(k.by_mail, $11)
                from staff s
                join inquiries i on i.id = $4
                join wall_members w on w.wall = i.wall and w.staff = s.id
                left join notice_ways k on k.staff = s.id and k.kind = $3
               where s.id = $2 and s.active = 1
                 and (coalesce(k.in_page, $9) = 1 or coalesce(k.by_mail, $11) = 1)
                 and not exists (select 1 from notices o
                        where o.inquiry = i.id and o.cause = $8 and o.staff = s.id)
              on conflict (inquiry, staff, kind) where read_at is null do update set
                id = excluded.id, at = excluded.at, verb = excluded.verb,
                by_staff = excluded.by_staff,
                message = excluded.message, cause = excluded.cause, in_page = excluded.in_page,
                sound = excluded.sound, by_mail = excluded.by_mail, told_at = null,
                mailed_at = null, times = notices.times + 1"
        ),
        &params![
            new.id,
            new.staff,
            new.kind.word(),
            new.inquiry,
            new.at,
            new.by,
            new.message,
            new.cause,
            i64::from(page),
            i64::from(sound),
            i64::from(mail),
            new.verb.word()
        ],
    )?;
    Ok(changed > 0)
}

/// Counts one more time in a notice of the same cause that its receiver has not seen, of whichever
/// inquiry; `false` if there is none, or nothing to tell her.
pub fn tell_again(tx: &mut Tx<'_>, new: &NewNotice) -> Result<bool, StoreError> {
    let counted = tx.execute(
        sql!(
            "update notices set times = times + 1, at = $5
              where kind = $2 and cause = $3
                and id in (select id from notices
                            where staff = $1 and read_at is null and in_page = 1
                     union select id from notices
                            where staff = $1 and read_at is null and mailed_at is null and by_mail = 1)
                and exists (select 1 from inquiries i join wall_members w on w.wall = i.wall
                             where i.id = $4 and w.staff = $1)"
        ),
        &params![new.staff, new.kind.word(), new.cause, new.inquiry, new.at],
    )?;
    Ok(counted > 0)
}

/// What was not seen and caused by a line that was undone was never said.
pub fn take_back(tx: &mut Tx<'_>, inquiry: InquiryId, cause: i64) -> Result<(), StoreError> {
    tx.execute(
        sql!("delete from notices where inquiry = $1 and cause = $2 and read_at is null"),
        &params![inquiry, cause],
    )?;
    Ok(())
}

/// She has seen what there is of an inquiry; how many notices that were.
pub fn see_inquiry(
    tx: &mut Tx<'_>,
    staff: StaffId,
    inquiry: InquiryId,
    at: i64,
) -> Result<u64, StoreError> {
    tx.execute(
        sql!(
            "update notices set read_at = $3
              where inquiry = $1 and staff = $2 and read_at is null"
        ),
        &params![inquiry, staff, at],
    )
}

/// The viewer has seen one of her notices.
pub fn see(tx: &mut Tx<'_>, viewer: &Viewer, id: NoticeId, at: i64) -> Result<u64, StoreError> {
    tx.execute(
        sql!("update notices set read_at = $3 where id = $1 and staff = $2 and read_at is null"),
        &params![id, viewer.staff, at],
    )
}

/// The viewer has seen all her notices up to `upto`.
pub fn see_all(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    upto: NoticeId,
    at: i64,
) -> Result<u64, StoreError> {
    tx.execute(
        sql!(
            "update notices set read_at = $3
              where staff = $1 and read_at is null and in_page = 1 and id <= $2"
        ),
        &params![viewer.staff, upto, at],
    )
}

/// Whether she has something of an inquiry to see.
pub fn waits(read: &Read<'_>, staff: StaffId, inquiry: InquiryId) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select id from notices
              where inquiry = $1 and staff = $2 and read_at is null limit 1"
        ),
        &params![inquiry, staff],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// How many notices of inquiries she still sees the viewer has not seen, at most
/// [`MOST_COUNTED`].
pub fn unseen(read: &Read<'_>, viewer: &Viewer) -> Result<i64, StoreError> {
    let found = read.one(
        sql!(list
            "select count(*) from (
               select n.id from notices n join inquiries i on i.id = n.inquiry
                where n.staff = $1 and n.read_at is null and n.in_page = 1
                  and i.wall in (select wall from wall_members where staff = $1) limit $2) x"
        ),
        &params![viewer.staff, MOST_COUNTED],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// The columns of [`NoticeRow`], of what the viewer ($1) still sees.
macro_rules! rows {
    ($where:literal) => {
        sql!(list concat!(
            "select n.id, n.kind, n.at, n.read_at, n.times, n.sound, i.id, i.number, i.subject,
                    i.wall, s.id, s.name, n.message, m.author, substr(m.body, 1, 400),
                    n.verb
               from notices n
               join inquiries i on i.id = n.inquiry
               left join staff s on s.id = n.by_staff
               left join messages m on m.id = n.message and m.inquiry = i.id
              where n.staff = $1 and i.wall in (select wall from wall_members where staff = $1)
                and ",
            $where
        ))
    };
}
use rows;

/// The viewer's newest notices before `before`, all or only what she has not seen.
pub fn page(
    read: &Read<'_>,
    viewer: &Viewer,
    only_unseen: bool,
    before: Option<NoticeId>,
    limit: usize,
) -> Result<NoticePage, StoreError> {
    let before = before.map_or(i64::MAX, torg_core::Id::as_i64);
    let most = i64::try_from(limit + 1).unwrap_or(1000);
    let statement = if only_unseen {
        rows!("n.read_at is null and n.in_page = 1 and n.id < $2 order by n.id desc limit $3")
    } else {
        rows!("n.in_page = 1 and n.id < $2 order by n.id desc limit $3")
    };
    let mut rows = read.all(statement, &params![viewer.staff, before, most], row)?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|(id, _)| *id);
    Ok(NoticePage { rows: known(rows), next })
}

/// Takes what no page has told the viewer of yet, newest first; nobody else gets it again.
pub fn take_untold(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    at: i64,
    limit: i64,
) -> Result<Vec<NoticeRow>, StoreError> {
    let rows = tx.all(
        rows!(
            "n.told_at is null and n.read_at is null and n.in_page = 1
               order by n.id desc limit $2"
        ),
        &params![viewer.staff, limit],
        row,
    )?;
    let taken: Vec<NoticeId> = tx.returning_all(
        sql!(
            "update notices set told_at = $2
              where staff = $1 and told_at is null and read_at is null and in_page = 1
              returning id"
        ),
        &params![viewer.staff, at],
        |row| row.get(0),
    )?;
    // Another tab may have been quicker between the two.
    Ok(known(rows).into_iter().filter(|row| taken.contains(&row.id)).collect())
}

/// Whether a page has something to tell the viewer.
pub fn is_untold(read: &Read<'_>, viewer: &Viewer) -> Result<bool, StoreError> {
    let found = read.one(
        sql!(
            "select id from notices
              where staff = $1 and told_at is null and read_at is null and in_page = 1 limit 1"
        ),
        &params![viewer.staff],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Forgets what is older than `before`.
pub fn forget(tx: &mut Tx<'_>, before: i64) -> Result<u64, StoreError> {
    tx.execute(sql!("delete from notices where at < $1"), &params![before])
}

/// What a newer version wrote has no row here, but its place in the list.
fn known(rows: Vec<(NoticeId, Option<NoticeRow>)>) -> Vec<NoticeRow> {
    rows.into_iter().filter_map(|(_, row)| row).collect()
}

fn row(row: &Row<'_>) -> Result<(NoticeId, Option<NoticeRow>), StoreError> {
    let (id, kind): (NoticeId, String) = (row.get(0)?, row.get(1)?);
    let Some(kind) = NoticeKind::from_word(&kind) else { return Ok((id, None)) };
    let (by, name): (Option<StaffId>, Option<String>) = (row.get(10)?, row.get(11)?);
    let row = NoticeRow {
        id,
        kind,
        at: row.get(2)?,
        seen: row.get::<Option<i64>>(3)?.is_some(),
        times: row.get(4)?,
        sound: row.get(5)?,
        inquiry: row.get(6)?,
        number: InquiryNumber::from_i64(row.get(7)?),
        subject: row.get(8)?,
        restricted: row.get::<WallId>(9)? != open_wall(),
        verb: Verb::from_word(&row.get::<String>(15)?),
        by: by.zip(name).map(|(id, name)| StaffName { id, name }),
        message: row.get(12)?,
        author: row.get(13)?,
        words: row.get::<Option<String>>(14)?.unwrap_or_default(),
    };
    Ok((id, Some(row)))
}
