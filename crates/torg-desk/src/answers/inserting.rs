//! Putting an answer into what is written: its placeholders are filled from the inquiry, and what
//! was put in is compared with what left.

use torg_core::answers::blanks::{self, Raw};
use torg_core::answers::{Standing, differ};
use torg_core::{AnswerId, Inquiry, InquiryId, Language, MessageId, Viewer};
use torg_store::answers::lessons::{self, NewLesson};
use torg_store::answers::{self, NewUse};
use torg_store::drafts::{self, DraftKind, Written};
use torg_store::{StoreError, Tx, messages};

use super::attaching::give_files;
use super::values::Values;
use crate::drafts::new_draft;
use crate::filing::language_of;
use crate::inquiry::fits;
use crate::pen::Pen;
use crate::{Desk, FileLimits, Refused};

/// An answer as it was put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inserted {
    pub answer: AnswerId,
    pub title: String,
    /// With every placeholder filled that has a value.
    pub text: String,
    pub language: Language,
    /// The language of the letter, if the answer is foreign to who writes it.
    pub wanted: Option<Language>,
    pub standing: Standing,
    /// The placeholders that have no value yet.
    pub open: Vec<String>,
    /// How many files it brings along, and whether a mail had no room for some.
    pub files: usize,
    pub left_out: bool,
}

/// An answer that is to be put in.
struct Wanted {
    answer: AnswerId,
    /// Hers to choose; without it, the letter's.
    language: Option<Language>,
    /// The municipality's.
    home: Language,
    kind: DraftKind,
    limits: FileLimits,
    /// What was suggested at that moment.
    suggested: Vec<AnswerId>,
}

/// More of it changed than this, in percent, and the letter is not an answer's any more.
const MOST_CHANGED: i64 = 50;
/// Less of it changed than this, and it was the right answer.
const TEACHES: i64 = 20;
/// How much is told of what stands between braces, in characters.
const NAMED: usize = 60;
/// How much of a letter is read to tell its language, in characters.
const READ: usize = 4_000;

impl Desk {
    /// Fills an answer for an inquiry she sees, notes that she put it in, and gives its files to her
    /// draft of this kind. `language` is hers to choose; without it, the letter's.
    pub async fn insert_answer(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        answer: AnswerId,
        language: Option<Language>,
        kind: DraftKind,
    ) -> Result<Inserted, Refused> {
        self.log_reading(viewer, id).await?;
        let wanted = self.wanted(viewer, id, answer, language, kind).await?;
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = crate::inquiry::locked(tx, &viewer, id)?;
                insert(tx, &pen, &viewer, &inquiry, &wanted)
            })
            .await
    }

    /// As [`Desk::insert_answer`], and adds it to her draft of an answer.
    pub async fn insert_answer_in_draft(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        answer: AnswerId,
        language: Option<Language>,
    ) -> Result<Inserted, Refused> {
        let wanted = self.wanted(viewer, id, answer, language, DraftKind::Reply).await?;
        let (viewer, pen) = (viewer.clone(), self.pen());
        self.0
            .store
            .write(move |tx| {
                let inquiry = crate::inquiry::locked(tx, &viewer, id)?;
                let inserted = insert(tx, &pen, &viewer, &inquiry, &wanted)?;
                add_to_draft(tx, &pen, &viewer, &inquiry, &inserted.text)?;
                Ok(inserted)
            })
            .await
    }

    async fn wanted(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        answer: AnswerId,
        language: Option<Language>,
        kind: DraftKind,
    ) -> Result<Wanted, Refused> {
        let suggested = self.suggested_now(viewer, id).await?;
        let (home, limits) = (self.about().language, self.file_limits());
        Ok(Wanted { answer, language, home, kind, limits, suggested })
    }
}

fn insert(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    inquiry: &Inquiry,
    asked: &Wanted,
) -> Result<Inserted, Refused> {
    let id = asked.answer;
    let row = answers::one(tx, viewer, id)?.ok_or(Refused::NotFound)?;
    let letter = messages::addressee(tx, inquiry.id)?;
    let begins = letter.as_ref().map(|letter| letter.body.chars().take(READ).collect::<String>());
    let of_letter = begins.and_then(|text| language_of(&text));
    let wanted = asked.language.or(of_letter).unwrap_or(asked.home);
    let text = row.answer.text_for(wanted).ok_or(Refused::NotFound)?;
    let values =
        Values::of(tx, Some(viewer), inquiry, letter.map(|letter| letter.name), text.language)?;
    let values = values.with_links(&row.answer.links);
    let filled = blanks::fill(&text.body, |word| values.of_word(word));
    let new = NewUse {
        id: pen.id(),
        answer: id,
        version: row.version,
        language: text.language.tag().to_owned(),
        inquiry: inquiry.id,
        staff: viewer.staff,
        body: filled.clone(),
        suggested: asked.suggested.clone(),
        at: pen.at(),
    };
    answers::insert_use(tx, &new)?;
    let left_out = give_files(tx, pen, (viewer, inquiry), asked.kind, &row, asked.limits)?;
    let open = blanks::open(&filled).into_iter().map(str::to_owned).collect();
    let today = pen.now.to_zoned(pen.zone.clone()).date();
    Ok(Inserted {
        answer: id,
        title: text.title.clone(),
        language: text.language,
        wanted: (!wanted.reads(text.language)).then_some(wanted),
        standing: row.answer.standing(today),
        text: filled,
        open,
        files: row.answer.files.len(),
        left_out,
    })
}

fn add_to_draft(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    inquiry: &Inquiry,
    text: &str,
) -> Result<(), Refused> {
    let kind = DraftKind::Reply;
    let Some(draft) = drafts::one(tx, viewer.staff, inquiry.id, kind)? else {
        let written = Written { body: text.to_owned(), ..Written::default() };
        let draft = new_draft(pen, inquiry.id, kind, written);
        return Ok(drafts::insert(tx, viewer.staff, &draft, None)?);
    };
    let before = draft.written.body.trim_end();
    let gap = if before.is_empty() { "" } else { "\n\n" };
    let body = format!("{before}{gap}{text}");
    fits(&body)?;
    let written = Written { body, ..draft.written };
    drafts::save(tx, draft.id, kind, &written, "", pen.at())?;
    Ok(())
}

/// Refuses what still has a placeholder, closed or not: nobody gets a letter with braces in it.
pub(crate) fn filled_in(text: &str) -> Result<(), Refused> {
    let short = |one: Raw<'_>| match one {
        Raw::Closed(inner) if inner.chars().count() > NAMED => {
            format!("{{{{{}…}}}}", inner.chars().take(NAMED).collect::<String>())
        }
        other => other.to_string(),
    };
    match blanks::raw(text) {
        raw if raw.is_empty() => Ok(()),
        raw => Err(Refused::Blanks(raw.into_iter().map(short).collect())),
    }
}

/// Notes which of the answers she put in have left in a letter, and how much they were changed.
/// What left nearly as it was is a lesson; so is what was suggested then and did not leave.
pub(crate) fn note_sent(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    inquiry: InquiryId,
    (message, text): (MessageId, &str),
) -> Result<(), StoreError> {
    let (mut noted, mut taught, mut suggested) = (Vec::new(), Vec::new(), Vec::new());
    for open in answers::open_uses(tx, viewer.staff, inquiry)? {
        suggested.extend(open.suggested);
        if noted.contains(&open.answer) {
            continue;
        }
        let edited = differ::edited(&open.body, text);
        if edited <= MOST_CHANGED {
            answers::keep_sent(tx, open.id, message, edited)?;
            noted.push(open.answer);
            taught.extend((edited < TEACHES).then_some(open.answer));
        }
    }
    answers::forget_unsent(tx, viewer.staff, inquiry)?;
    suggested.retain(|answer| !noted.contains(answer));
    suggested.sort_unstable();
    suggested.dedup();
    let Some(letter) = messages::addressee(tx, inquiry)? else { return Ok(()) };
    for answer in taught {
        let (passed, sent) = (suggested.clone(), Some(message));
        let (id, staff, at, letter) = (pen.id(), viewer.staff, pen.at(), letter.letter);
        let answer = Some(answer);
        lessons::insert(tx, &NewLesson { id, letter, answer, passed, sent, staff, at })?;
    }
    Ok(())
}
