//! Links that let somebody choose a password: for who was invited, and for who forgot hers. Only
//! the hash of the link's secret is kept, and each is good once.

use torg_core::{Language, StaffId};

use crate::{Read, StoreError, Tx, params, sql};

/// Whom a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    pub staff: StaffId,
    pub name: String,
    pub email: String,
    pub language: Language,
    /// Her first password, and not a new one.
    pub invites: bool,
}

/// Keeps a link for `staff` until `lapses`; her earlier ones no longer open anything.
pub fn insert(
    tx: &mut Tx<'_>,
    token: &[u8; 32],
    staff: StaffId,
    invites: bool,
    lapses: i64,
) -> Result<(), StoreError> {
    forget_of(tx, staff)?;
    tx.execute(
        sql!("insert into passes (token, staff, kind, lapses) values ($1, $2, $3, $4)"),
        &params![token, staff, if invites { "invite" } else { "reset" }, lapses],
    )?;
    Ok(())
}

/// Whom the link is for, if it has not lapsed and she works here.
pub fn one(read: &Read<'_>, token: &[u8; 32], now: i64) -> Result<Option<Pass>, StoreError> {
    read.one(
        sql!(
            "select s.id, s.name, s.email, s.language, p.kind
                from passes p join staff s on s.id = p.staff
               where p.token = $1 and p.lapses > $2 and s.active = 1"
        ),
        &params![token, now],
        |row| {
            let language: String = row.get(3)?;
            Ok(Pass {
                staff: row.get(0)?,
                name: row.get(1)?,
                email: row.get(2)?,
                language: language.parse().unwrap_or(Language::En),
                invites: row.get::<String>(4)? == "invite",
            })
        },
    )
}

/// Uses up a link; `false` if somebody else was faster.
pub fn take(tx: &mut Tx<'_>, token: &[u8; 32]) -> Result<bool, StoreError> {
    let taken = tx.execute(sql!("delete from passes where token = $1"), &params![token])?;
    Ok(taken > 0)
}

/// Takes away all links of a colleague.
pub fn forget_of(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from passes where staff = $1"), &params![staff])?;
    Ok(())
}

/// Forgets links that lapsed before `before`.
pub fn forget_lapsed(tx: &mut Tx<'_>, before: i64) -> Result<u64, StoreError> {
    tx.execute(sql!("delete from passes where lapses < $1"), &params![before])
}
