//! Drafts: what a colleague is writing, kept on the server so that another window, another device
//! and a crash find it again.
//!
//! A draft belongs to its writer; her colleagues inside the wall may read it. Once sent it is held
//! under its message until it cannot be taken back any more.

mod files;
mod held;
pub mod uploads;
mod view;

pub use files::{
    DraftFile, NewDraftFile, add_file, drop_file, file_of, files_of, move_file, share_file, total,
};
pub use held::{
    Before, HeldMessage, before, discard, discarded, forget_held, give_back, held, held_of, hold,
    move_discarded, move_files, put_back, take_back, withdraw,
};
pub use view::{
    DraftView, Other, Version, WritingDesk, letter_here, newest_letter, others, writing_desk,
};

use serde::{Deserialize, Serialize};
use torg_core::{AttachmentId, DraftId, InquiryId, MessageId, StaffId, Viewer};

use crate::{Pending, Read, Row, StoreError, Tx, params, sql};

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DraftKind {
    #[default]
    Reply,
    Note,
    Forward,
}

impl DraftKind {
    pub const ALL: [Self; 3] = [Self::Reply, Self::Note, Self::Forward];

    /// The number kept in the store.
    pub fn code(self) -> i64 {
        match self {
            Self::Reply => 1,
            Self::Note => 2,
            Self::Forward => 3,
        }
    }

    fn from_code(code: i64) -> Self {
        match code {
            2 => Self::Note,
            3 => Self::Forward,
            _ => Self::Reply,
        }
    }
}

/// What a composer holds, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    pub body: String,
    /// The three fields as they were typed, right or wrong.
    pub to: String,
    pub cc: String,
    pub bcc: String,
    /// `department`, `own`, `both` or `none`; empty for her usual one.
    pub signature: String,
    /// The letter that is sent on.
    pub letter: Option<MessageId>,
    /// Which of that letter's files do not go along.
    pub left_out: Vec<AttachmentId>,
}

/// A draft as it is kept.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: DraftId,
    pub inquiry: InquiryId,
    pub kind: DraftKind,
    /// Counts every time it is saved.
    pub version: i64,
    /// The key of the composer that saved it last; empty if none did.
    pub composer: String,
    pub written: Written,
    /// When it was saved last, microseconds UTC.
    pub at: i64,
}

#[derive(Serialize, Deserialize)]
struct Carried(Vec<AttachmentId>);

/// The columns of a draft, in the order [`draft`] reads them.
macro_rules! draft_where {
    ($where:literal) => {
        sql!(concat!(
            "select id, inquiry, kind, version, body, send_to, send_cc, send_bcc, signature, letter,
                    carried, at, composer from drafts where ",
            $where
        ))
    };
}
use draft_where;

fn draft(row: &Row<'_>) -> Result<Draft, StoreError> {
    let carried: String = row.get(10)?;
    Ok(Draft {
        id: row.get(0)?,
        inquiry: row.get(1)?,
        kind: DraftKind::from_code(row.get(2)?),
        version: row.get(3)?,
        composer: row.get(12)?,
        written: Written {
            body: row.get(4)?,
            to: row.get(5)?,
            cc: row.get(6)?,
            bcc: row.get(7)?,
            signature: row.get(8)?,
            letter: row.get(9)?,
            left_out: serde_json::from_str(&carried).map(|Carried(ids)| ids).unwrap_or_default(),
        },
        at: row.get(11)?,
    })
}

/// The writer's own draft of a kind. The caller has seen to the wall.
pub fn one(
    read: &Read<'_>,
    staff: StaffId,
    inquiry: InquiryId,
    kind: DraftKind,
) -> Result<Option<Draft>, StoreError> {
    read.one(
        draft_where!("inquiry = $1 and staff = $2 and kind = $3 and message is null"),
        &params![inquiry, staff, kind.code()],
        draft,
    )
}

/// All the writer's own drafts in an inquiry, last saved first.
pub fn of_writer<'r>(
    read: &'r Read<'_>,
    staff: StaffId,
    inquiry: InquiryId,
) -> Pending<'r, Vec<Draft>> {
    read.ask(
        draft_where!("inquiry = $1 and staff = $2 and message is null order by at desc, id desc"),
        &params![inquiry, staff],
        draft,
    )
}

/// All that is begun in an inquiry, and by whom. For callers who have locked it.
pub fn begun_in(read: &Read<'_>, inquiry: InquiryId) -> Result<Vec<(StaffId, Draft)>, StoreError> {
    let text = sql!("select distinct staff from drafts where inquiry = $1 and message is null");
    let mut begun = Vec::new();
    for staff in read.all(text, &params![inquiry], |row| row.get::<StaffId>(0))? {
        let drafts = of_writer(read, staff, inquiry).get()?;
        begun.extend(drafts.into_iter().map(|draft| (staff, draft)));
    }
    Ok(begun)
}

/// Makes a draft one of another inquiry, where its writer has none of that kind.
pub fn move_to(tx: &mut Tx<'_>, id: DraftId, inquiry: InquiryId) -> Result<(), StoreError> {
    tx.execute(sql!("update drafts set inquiry = $2 where id = $1"), &params![id, inquiry])?;
    Ok(())
}

/// Keeps a new draft, at once under the message it became if there is one.
///
/// # Errors
/// [`StoreError::Conflict`] `one_draft_per_writer`; the inquiry's row is locked against that.
pub fn insert(
    tx: &mut Tx<'_>,
    staff: StaffId,
    new: &Draft,
    message: Option<MessageId>,
) -> Result<(), StoreError> {
    let written = &new.written;
    tx.execute(
        sql!(
            "insert into drafts (id, inquiry, staff, kind, version, body, send_to, send_cc, send_bcc,
                signature, letter, carried, at, message, held_until, before, composer)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, '', $15)"
        ),
        &params![
            new.id, new.inquiry, staff, new.kind.code(), new.version, written.body, written.to,
            written.cc, written.bcc, written.signature, written.letter, carried(written)?, new.at,
            message, new.composer
        ],
    )?;
    Ok(())
}

fn carried(written: &Written) -> Result<String, StoreError> {
    serde_json::to_string(&Carried(written.left_out.clone()))
        .map_err(|error| StoreError::Bug(format!("ids as JSON: {error}")))
}

/// Saves what is written now, and counts the version; the new version.
pub fn save(
    tx: &mut Tx<'_>,
    id: DraftId,
    kind: DraftKind,
    written: &Written,
    composer: &str,
    at: i64,
) -> Result<i64, StoreError> {
    let version = tx.returning(
        sql!(
            "update drafts set kind = $2, body = $3, send_to = $4, send_cc = $5, send_bcc = $6,
                signature = $7, letter = $8, carried = $9, at = $10, composer = $11, version = version + 1
               where id = $1 returning version"
        ),
        &params![
            id, kind.code(), written.body, written.to, written.cc, written.bcc, written.signature,
            written.letter, carried(written)?, at, composer
        ],
        |row| row.get(0),
    )?;
    version.ok_or_else(|| StoreError::Bug("a draft that is not there".into()))
}

/// Keeps what another window saved beside the draft, in place of what that window saved before.
pub fn keep_version(
    tx: &mut Tx<'_>,
    id: DraftId,
    composer: &str,
    body: &str,
    at: i64,
) -> Result<(), StoreError> {
    tx.execute(
        sql!(
            "insert into draft_versions (draft, composer, body, at) values ($1, $2, $3, $4)
              on conflict (draft, composer) do update set body = excluded.body, at = excluded.at"
        ),
        &params![id, composer, body, at],
    )?;
    Ok(())
}

/// Takes a version away; its text.
pub fn drop_version(
    tx: &mut Tx<'_>,
    id: DraftId,
    composer: &str,
) -> Result<Option<String>, StoreError> {
    tx.returning(
        sql!("delete from draft_versions where draft = $1 and composer = $2 returning body"),
        &params![id, composer],
        |row| row.get(0),
    )
}

/// The versions beside a draft, newest first.
pub fn versions(read: &Read<'_>, id: DraftId) -> Result<Vec<Version>, StoreError> {
    read.all(
        sql!(
            "select composer, body, at from draft_versions
               where draft = $1 order by at desc, composer limit 20"
        ),
        &params![id],
        |row| Ok(Version { composer: row.get(0)?, body: row.get(1)?, at: row.get(2)? }),
    )
}

/// Takes a draft away, with its files and versions.
pub fn remove(tx: &mut Tx<'_>, id: DraftId) -> Result<(), StoreError> {
    files::drop_all(tx, id)?;
    tx.execute(sql!("delete from draft_versions where draft = $1"), &params![id])?;
    tx.execute(sql!("delete from drafts where id = $1"), &params![id])?;
    Ok(())
}

/// How many inquiries inside her walls the viewer has begun to write in; at most 1000.
pub fn count<'r>(read: &'r Read<'_>, viewer: &Viewer) -> Pending<'r, i64> {
    let count = read.ask_one(
        sql!(list "select count(*) from (select distinct d.inquiry from drafts d
                join inquiries i on i.id = d.inquiry
               where d.staff = $1 and d.message is null
                 and i.wall in (select wall from wall_members where staff = $1) limit 1000) x"),
        &params![viewer.staff],
        |row| row.get::<i64>(0),
    );
    count.then(|count| Ok(count.unwrap_or(0)))
}
