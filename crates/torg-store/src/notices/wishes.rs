//! What a colleague wants to be told, by which ways and when.

use torg_core::notice::{Digest, Quiet, Ways};
use torg_core::{NoticeKind, StaffId};

use crate::{Read, StoreError, Tx, params, sql};

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wishes {
    /// Every kind with its ways, in the order of [`NoticeKind::ALL`].
    pub ways: Vec<(NoticeKind, Ways)>,
    pub quiet: Option<Quiet>,
    pub digest: Digest,
}

/// What she chose, and for what she did not choose what is usual.
pub fn wishes(read: &Read<'_>, staff: StaffId) -> Result<Wishes, StoreError> {
    let chosen: Vec<(String, Ways)> = read.all(
        sql!("select kind, in_page, sound, by_mail from notice_ways where staff = $1"),
        &params![staff],
        |row| Ok((row.get(0)?, Ways { page: row.get(1)?, sound: row.get(2)?, mail: row.get(3)? })),
    )?;
    let of = |kind: NoticeKind| {
        let own = chosen.iter().find(|(word, _)| word == kind.word());
        own.map_or(kind.usual(), |(_, ways)| *ways)
    };
    let ways = NoticeKind::ALL.iter().map(|kind| (*kind, of(*kind))).collect();
    let times = read.one(
        sql!("select quiet, digest from notice_times where staff = $1"),
        &params![staff],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    let (quiet, digest) = times.unwrap_or_default();
    Ok(Wishes { ways, quiet: quiet.parse().ok(), digest: digest.parse().unwrap_or_default() })
}

/// Keeps what she chose, and when her next digest is due.
pub fn keep_wishes(
    tx: &mut Tx<'_>,
    staff: StaffId,
    wishes: &Wishes,
    next_digest: Option<i64>,
) -> Result<(), StoreError> {
    for (kind, ways) in &wishes.ways {
        tx.execute(
            sql!(
                "insert into notice_ways (staff, kind, in_page, sound, by_mail)
                  values ($1, $2, $3, $4, $5)
                  on conflict (staff, kind) do update set in_page = excluded.in_page,
                    sound = excluded.sound, by_mail = excluded.by_mail"
            ),
            &params![staff, kind.word(), ways.page, ways.sound, ways.mail],
        )?;
    }
    let quiet = wishes.quiet.map(|quiet| quiet.to_string()).unwrap_or_default();
    tx.execute(
        sql!(
            "insert into notice_times (staff, quiet, digest, next_digest) values ($1, $2, $3, $4)
              on conflict (staff) do update set quiet = excluded.quiet,
                digest = excluded.digest, next_digest = excluded.next_digest"
        ),
        &params![staff, quiet, wishes.digest.to_string(), next_digest],
    )?;
    Ok(())
}
