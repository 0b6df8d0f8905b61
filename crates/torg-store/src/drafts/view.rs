//! What an inquiry's page shows of writing: the viewer's own drafts, and her colleagues'.

use torg_core::{InquiryId, MessageId, StaffId, Viewer};

use super::{Draft, DraftFile, DraftKind, HeldMessage, files_of, held_of, of_writer, versions};
use crate::messages::{AttachmentRow, attachments_of_message};
use crate::{Pending, Read, StoreError, merging, params, recipients, sql};

/// A text that another window of hers saved meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The key of that window's composer.
    pub composer: String,
    pub body: String,
    /// Microseconds UTC.
    pub at: i64,
}

/// One of the viewer's own drafts, whole.
#[derive(Debug, Clone)]
pub struct DraftView {
    pub draft: Draft,
    pub files: Vec<DraftFile>,
    pub versions: Vec<Version>,
}

/// All that a composer needs to know of an inquiry.
#[derive(Debug, Clone, Default)]
pub struct WritingDesk {
    /// The viewer's drafts, last saved first.
    pub drafts: Vec<DraftView>,
    /// Her own signature.
    pub signature: String,
    /// The department's.
    pub department_signature: String,
    /// Everybody else the newest letter was for, as a field.
    pub others: String,
    /// The newest letter, which is sent on unless another is chosen, and its files.
    pub letter: Option<MessageId>,
    pub letter_files: Vec<AttachmentRow>,
    /// Her messages that can still be taken back.
    pub held: Vec<HeldMessage>,
}

/// A colleague who is there, or has begun to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub staff: StaffId,
    pub name: String,
    /// When her page said last that it is open, microseconds UTC; 0 for never.
    pub at: i64,
    /// When she typed last.
    pub writing_at: i64,
    /// What she has begun: kind, text and when it was saved.
    pub drafts: Vec<(DraftKind, String, i64)>,
}

/// The viewer's writing desk in an inquiry she sees.
pub fn writing_desk<'r>(
    read: &'r Read<'_>,
    viewer: &'r Viewer,
    inquiry: InquiryId,
) -> Pending<'r, WritingDesk> {
    let (held, drafts) = (held_of(read, viewer, inquiry), of_writer(read, viewer.staff, inquiry));
    let signatures = read.ask_one(
        sql!(
            "select s.signature, d.signature from staff s
                join inquiries i on i.id = $2 join departments d on d.id = i.department
               where s.id = $1"
        ),
        &params![viewer.staff, inquiry],
        |row| Ok((row.get(0)?, row.get(1)?)),
    );
    let newest = ask_newest_letter(read, inquiry);
    held.then(move |held| {
        let mut desk = WritingDesk { held, ..WritingDesk::default() };
        for draft in drafts.get()? {
            let (files, versions) = (files_of(read, draft.id)?, versions(read, draft.id)?);
            desk.drafts.push(DraftView { draft, files, versions });
        }
        (desk.signature, desk.department_signature) = signatures.get()?.unwrap_or_default();
        let chosen = desk.drafts.iter().find_map(|view| view.draft.written.letter);
        desk.letter = match letter_here(read, viewer, inquiry, chosen)? {
            Some(letter) => Some(letter),
            None => newest.get()?,
        };
        if let Some(letter) = desk.letter {
            let (others, files) =
                (recipients::others(read, letter), attachments_of_message(read, letter));
            (desk.others, desk.letter_files) = (others.get()?, files.get()?);
        }
        Ok(desk)
    })
}

/// A letter that a form named, if it lies in the inquiry or in one that was merged into it, inside
/// the viewer's walls; else `None`, as if none were named.
pub fn letter_here(
    read: &Read<'_>,
    viewer: &Viewer,
    inquiry: InquiryId,
    letter: Option<MessageId>,
) -> Result<Option<MessageId>, StoreError> {
    let Some(letter) = letter else { return Ok(None) };
    let place: Option<InquiryId> = read.one(
        sql!(
            "select m.inquiry from messages m join inquiries i on i.id = m.inquiry
               where m.id = $1 and i.wall in (select wall from wall_members where staff = $2)"
        ),
        &params![letter, viewer.staff],
        |row| row.get(0),
    )?;
    let Some(place) = place else { return Ok(None) };
    let is_here = place == inquiry || merging::merged_into(read, inquiry)?.contains(&place);
    Ok(is_here.then_some(letter))
}

/// The newest letter that a human wrote; else the newest that came in.
pub fn newest_letter(read: &Read<'_>, inquiry: InquiryId) -> Result<Option<MessageId>, StoreError> {
    ask_newest_letter(read, inquiry).get()
}

fn ask_newest_letter<'r>(read: &'r Read<'_>, inquiry: InquiryId) -> Pending<'r, Option<MessageId>> {
    read.ask_one(
        sql!(
            "select id from messages where inquiry = $1 and position = coalesce(
                (select position from messages where inquiry = $1 and direction = 1 and kind = 1
                  order by position desc limit 1),
                (select position from messages where inquiry = $1 and direction = 1
                  order by position desc limit 1))"
        ),
        &params![inquiry],
        |row| row.get(0),
    )
}

/// Colleagues who have the inquiry open since `since`, or have begun to write in it. Nobody, if the
/// viewer stands outside its wall.
pub fn others(
    read: &Read<'_>,
    viewer: &Viewer,
    inquiry: InquiryId,
    since: i64,
) -> Result<Vec<Other>, StoreError> {
    let mut found = read.all(
        sql!(
            "select p.staff, s.name, p.at, p.writing_at from presence p
                join inquiries i on i.id = p.inquiry join staff s on s.id = p.staff
               where p.inquiry = $1 and p.staff <> $2 and p.at > $3
                 and i.wall in (select wall from wall_members where staff = $2)
                 and i.wall in (select wall from wall_members where staff = p.staff)
               order by s.sort_key, s.id limit 50"
        ),
        &params![inquiry, viewer.staff, since],
        |row| {
            Ok(Other {
                staff: row.get(0)?,
                name: row.get(1)?,
                at: row.get(2)?,
                writing_at: row.get(3)?,
                drafts: Vec::new(),
            })
        },
    )?;
    let drafts = read.all(
        sql!(
            "select d.staff, s.name, d.kind, d.body, d.at from drafts d
                join inquiries i on i.id = d.inquiry join staff s on s.id = d.staff
               where d.inquiry = $1 and d.staff <> $2 and d.message is null and d.body <> ''
                 and i.wall in (select wall from wall_members where staff = $2)
               order by s.sort_key, s.id, d.kind limit 50"
        ),
        &params![inquiry, viewer.staff],
        |row| {
            let draft = (DraftKind::from_code(row.get(2)?), row.get(3)?, row.get(4)?);
            Ok((row.get::<StaffId>(0)?, row.get::<String>(1)?, draft))
        },
    )?;
    for (staff, name, draft) in drafts {
        match found.iter_mut().find(|other| other.staff == staff) {
            Some(other) => other.drafts.push(draft),
            None => found.push(Other { staff, name, at: 0, writing_at: 0, drafts: vec![draft] }),
        }
    }
    Ok(found)
}
