//! Putting an answer into what is written: its placeholders are filled from the inquiry, and what
//! was put in is compared with what left.

use torg_core::answers::blanks::{self, Blank};
use torg_core::answers::{Standing, Text, differ};
use torg_core::house_style::HouseStyle;
use torg_core::{AnswerId, Inquiry, InquiryId, Language, MessageId, Viewer};
use torg_store::answers::lessons::{self, NewLesson};
use torg_store::answers::{self, NewUse};
use torg_store::drafts::{self, DraftKind, Written};
use torg_store::{Read, StoreError, Tx, departments, inquiries, messages, staff};

use crate::drafts::new_draft;
use crate::filing::language_of;
use crate::house_style;
use crate::inquiry::fits;
use crate::pen::Pen;
use crate::{Desk, Refused};

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
    /// Fills an answer for an inquiry she sees, and notes that she put it in. `language` is hers to
    /// choose; without it, the letter's.
    pub async fn insert_answer(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        answer: AnswerId,
        language: Option<Language>,
    ) -> Result<Inserted, Refused> {
        self.log_reading(viewer, id).await?;
        let suggested = self.suggested_now(viewer, id).await?;
        let (viewer, pen, home) = (viewer.clone(), self.pen(), self.about().language);
        self.0
            .store
            .write(move |tx| {
                let inquiry = inquiries::seen_for(tx, &viewer, id)?.ok_or(Refused::NotFound)?;
                insert(
                    tx,
                    &pen,
                    &viewer,
                    &inquiry,
                    (answer, suggested.as_slice()),
                    (language, home),
                )
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
        let suggested = self.suggested_now(viewer, id).await?;
        let (viewer, pen, home) = (viewer.clone(), self.pen(), self.about().language);
        self.0
            .store
            .write(move |tx| {
                let inquiry = crate::inquiry::locked(tx, &viewer, id)?;
                let to = (answer, suggested.as_slice());
                let inserted = insert(tx, &pen, &viewer, &inquiry, to, (language, home))?;
                add_to_draft(tx, &pen, &viewer, &inquiry, &inserted.text)?;
                Ok(inserted)
            })
            .await
    }
}

fn insert(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    inquiry: &Inquiry,
    (id, suggested): (AnswerId, &[AnswerId]),
    (chosen, home): (Option<Language>, Language),
) -> Result<Inserted, Refused> {
    let row = answers::one(tx, viewer, id)?.ok_or(Refused::NotFound)?;
    let letter = messages::addressee(tx, inquiry.id)?;
    let begins = letter.as_ref().map(|letter| letter.body.chars().take(READ).collect::<String>());
    let wanted = chosen.or(begins.and_then(|text| language_of(&text))).unwrap_or(home);
    let text = row.answer.text_for(wanted).ok_or(Refused::NotFound)?;
    let values =
        Values::of(tx, Some(viewer), inquiry, letter.map(|letter| letter.name), text.language)?;
    let filled = blanks::fill(&text.body, |word| values.of_word(word));
    let new = NewUse {
        id: pen.id(),
        answer: id,
        version: row.version,
        language: text.language.tag().to_owned(),
        inquiry: inquiry.id,
        staff: viewer.staff,
        body: filled.clone(),
        suggested: suggested.to_vec(),
        at: pen.at(),
    };
    answers::insert_use(tx, &new)?;
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

/// What the placeholders are filled from.
pub(crate) struct Values {
    name: Option<String>,
    number: String,
    subject: String,
    department: Option<String>,
    /// Nobody, where Torg itself writes.
    staff: Option<String>,
    phone: Option<String>,
    style: HouseStyle,
}

impl Values {
    /// `name` is the citizen's as the letter gives it, `language` the answer's.
    pub(crate) fn of(
        read: &Read<'_>,
        viewer: Option<&Viewer>,
        inquiry: &Inquiry,
        name: Option<String>,
        language: Language,
    ) -> Result<Self, StoreError> {
        let own = match viewer {
            Some(viewer) => staff::signature(read, viewer.staff)?,
            None => String::new(),
        };
        let of_department = departments::signature(read, inquiry.department, language.tag())?;
        let phone = blanks::phone_in(&own).or_else(|| blanks::phone_in(&of_department));
        Ok(Self {
            // A stranger's name is often only her address.
            name: name.filter(|name| !name.contains('@')),
            number: inquiry.number.to_string(),
            subject: inquiries::subject(read, inquiry.id)?.unwrap_or_default(),
            department: departments::one(read, inquiry.department)?.map(|one| one.name),
            staff: viewer.map(|viewer| viewer.name.clone()),
            phone,
            style: house_style::of(read, language)?,
        })
    }

    /// What a placeholder stands for.
    pub(crate) fn of_word(&self, word: &str) -> Option<String> {
        match Blank::from_word(word)? {
            Blank::Name => self.name.clone(),
            Blank::FirstName => self.name.as_deref().map(first_name),
            Blank::Number => Some(self.number.clone()),
            Blank::Subject => Some(self.subject.clone()),
            Blank::Department => self.department.clone(),
            Blank::Staff => self.staff.clone(),
            Blank::Phone => self.phone.clone(),
            // No page of the citizen's own is there yet.
            Blank::Link => None,
            Blank::Greeting => self.written(&self.style.greeting),
            Blank::Closing => self.written(&self.style.closing),
        }
    }

    /// A part of the house style, which never holds itself.
    fn written(&self, part: &str) -> Option<String> {
        (!part.is_empty()).then(|| blanks::fill(part, |word| self.of_word(word)))
    }
}

/// An answer filled for the letter of `name` that an inquiry began with, where nobody inserts it.
/// What has no value stays as it is.
pub(crate) fn filled_by_torg(
    read: &Read<'_>,
    inquiry: &Inquiry,
    name: &str,
    text: &Text,
) -> Result<String, StoreError> {
    let values = Values::of(read, None, inquiry, Some(name.to_owned()), text.language)?;
    Ok(blanks::fill(&text.body, |word| values.of_word(word)))
}

/// "Aino" of "Aino Virtanen" and of "Virtanen, Aino".
pub(super) fn first_name(name: &str) -> String {
    let given = name.split_once(',').map_or(name, |(_, given)| given);
    given.split_whitespace().next().unwrap_or(name).to_owned()
}

/// Refuses what still has a placeholder: nobody gets a letter with braces in it.
pub(crate) fn filled_in(text: &str) -> Result<(), Refused> {
    let short = |one: &str| one.chars().take(NAMED).collect::<String>();
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

#[cfg(test)]
mod tests {
    use super::first_name;

    #[test]
    fn the_first_name_is_found_however_the_name_is_written() {
        assert_eq!(first_name("Aino Virtanen"), "Aino");
        assert_eq!(first_name("Virtanen, Aino Maria"), "Aino");
        assert_eq!(first_name("Aino"), "Aino");
    }
}
