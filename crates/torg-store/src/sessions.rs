//! Signed-in browsers, and how often signing in failed.
//!
//! The token itself is never kept, only its hash: who reads the database cannot sign in with it.

use torg_core::{Language, SessionId, StaffId, Viewer};

use crate::{Read, StoreError, Tx, notices, params, sql, staff};

/// A session as its owner sees it in her list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    pub id: SessionId,
    /// What the browser calls itself.
    pub device: String,
    /// Microseconds UTC.
    pub created: i64,
    pub last_seen: i64,
}

/// Who is behind a token, and how she likes her pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub viewer: Viewer,
    pub language: Language,
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// She has not put the guide away yet.
    pub is_new: bool,
    pub last_seen: i64,
    /// How many notices wait for her, as [`crate::notices::unseen`] counts.
    pub unseen: i64,
}

/// Begins a session.
pub fn insert(
    tx: &mut Tx<'_>,
    id: SessionId,
    token: &[u8; 32],
    staff: StaffId,
    device: &str,
    now: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into sessions (id, token, staff, device, created, last_seen)
              values ($1, $2, $3, $4, $5, $5)"
        ),
        &params![id, token, staff, device, now],
    )?;
    Ok(())
}

/// The session of a hashed token that was seen after `since`, if its owner still works here.
pub fn by_token(
    read: &Read<'_>,
    token: &[u8; 32],
    since: i64,
) -> Result<Option<Session>, StoreError> {
    let found = read.one(
        sql!(
            "select x.id, s.id, s.name, s.role, s.language, s.theme, x.last_seen, s.guided
                from sessions x join staff s on s.id = x.staff
               where x.token = $1 and x.last_seen > $2 and s.active = 1"
        ),
        &params![token, since],
        |row| {
            let language: String = row.get(4)?;
            Ok(Session {
                id: row.get(0)?,
                viewer: staff::viewer_at(row, 1)?,
                language: language.parse().unwrap_or(Language::En),
                theme: row.get(5)?,
                last_seen: row.get(6)?,
                unseen: 0,
                is_new: row.get::<i64>(7)? == 0,
            })
        },
    )?;
    let Some(session) = found else { return Ok(None) };
    let unseen = notices::unseen(read, &session.viewer)?;
    Ok(Some(Session { unseen, ..session }))
}

/// Notes that a session is in use.
pub fn touch(tx: &mut Tx<'_>, id: SessionId, now: i64) -> Result<(), StoreError> {
    tx.execute(sql!("update sessions set last_seen = $2 where id = $1"), &params![id, now])?;
    Ok(())
}

/// The viewer's own sessions, last used first.
pub fn of(read: &Read<'_>, viewer: &Viewer) -> Result<Vec<SessionRow>, StoreError> {
    read.all(
        sql!(
            "select id, device, created, last_seen from sessions
               where staff = $1 order by last_seen desc, id desc limit 100"
        ),
        &params![viewer.staff],
        |row| {
            Ok(SessionRow {
                id: row.get(0)?,
                device: row.get(1)?,
                created: row.get(2)?,
                last_seen: row.get(3)?,
            })
        },
    )
}

/// Ends one of `staff`'s sessions; `false` if she has no such session.
pub fn end(tx: &mut Tx<'_>, staff: StaffId, id: SessionId) -> Result<bool, StoreError> {
    let ended =
        tx.execute(sql!("delete from sessions where id = $1 and staff = $2"), &params![id, staff])?;
    Ok(ended > 0)
}

/// Ends all sessions of a colleague but the one kept.
pub fn end_others(
    tx: &mut Tx<'_>,
    staff: StaffId,
    kept: Option<SessionId>,
) -> Result<(), StoreError> {
    tx.execute(
        sql!("delete from sessions where staff = $1 and id <> coalesce($2, cast(0 as bigint))"),
        &params![staff, kept],
    )?;
    Ok(())
}

/// Ends what was not used since `before`.
pub fn forget_idle(tx: &mut Tx<'_>, before: i64) -> Result<u64, StoreError> {
    tx.execute(sql!("delete from sessions where last_seen < $1"), &params![before])
}

/// Counts one more failure of `what`; the window begins anew if it began at `window_start` or
/// before. Gives how many there are in the window now, and when it began.
pub fn count_failure(
    tx: &mut Tx<'_>,
    what: &str,
    now: i64,
    window_start: i64,
) -> Result<(i64, i64), StoreError> {
    let counted = tx.returning(
        sql!(
            "insert into sign_in_failures (what, failures, since) values ($1, 1, $2)
              on conflict (what) do update set
                failures = case when sign_in_failures.since <= $3 then 1
                                else sign_in_failures.failures + 1 end,
                since = case when sign_in_failures.since <= $3 then $2
                             else sign_in_failures.since end
              returning failures, since"
        ),
        &params![what, now, window_start],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(counted.unwrap_or((1, now)))
}

/// Takes back one failure of `what` that was counted and was none.
pub fn take_back_failure(tx: &mut Tx<'_>, what: &str) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "update sign_in_failures set failures = failures - 1 where what = $1 and failures > 0"
        ),
        &params![what],
    )?;
    Ok(())
}

/// Forgets the failures of `what`, after a sign-in that succeeded.
pub fn forgive(tx: &mut Tx<'_>, what: &str) -> Result<(), StoreError> {
    tx.execute(sql!("delete from sign_in_failures where what = $1"), &params![what])?;
    Ok(())
}

/// Forgets failures of windows that began before `before`.
pub fn forget_failures(tx: &mut Tx<'_>, before: i64) -> Result<u64, StoreError> {
    tx.execute(sql!("delete from sign_in_failures where since < $1"), &params![before])
}
