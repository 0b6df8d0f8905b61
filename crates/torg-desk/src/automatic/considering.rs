//! Looking at one new letter: whether it would be answered, and what with. Whatever comes of it is
//! written with taking the letter in one transaction, so that nothing is answered twice.

use jiff::SignedDuration;
use torg_core::answers::{Stage, blanks};
use torg_core::automatic::{Facts, Guard, Mode, guards, is_sampled, is_unread};
use torg_core::wall::open_wall;
use torg_core::{AutomaticId, Inquiry, Language, MessageId, State};
use torg_store::automatic::{self, Letter, NewAutomatic, PermitRow};
use torg_store::{Read, StoreError, Tx, departments, inquiries, merging, spam};
use torg_text::answers::{SURE, Suggestions};

use super::{mode, model, sending, switch};
use crate::Desk;
use crate::answers::filled_by_torg;
use crate::pen::Pen;
use crate::sending::Letterhead;

/// What a letter suggests, and the hash of the sentence model that says so.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    pub suggestions: Suggestions,
    /// `None` without the model.
    pub model: Option<String>,
}

/// What came of looking at a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Considered {
    /// It did not wait to be looked at: it never may be, or somebody else has.
    Gone,
    /// Letters are not looked at any more.
    Off,
    HeldBack(Vec<Guard>),
    /// It was written down what would be sent.
    Noted(AutomaticId),
    /// It was answered by this message.
    Sent(MessageId),
}

/// Fewer letters in a language than this whose outcome is known, and nothing is sent in it.
const LEAST_IN_A_LANGUAGE: i64 = 50;
/// A letter that waited longer is not answered by itself any more.
const OLDEST: SignedDuration = SignedDuration::from_hours(24);

impl Desk {
    /// Looks at a letter that waits, and answers it or writes down what would be sent.
    ///
    /// # Errors
    /// When the database does not answer; the letter goes on waiting.
    pub async fn consider_letter(
        &self,
        letter: MessageId,
        judged: Judged,
    ) -> Result<Considered, StoreError> {
        let (pen, letterhead) = (self.pen(), self.letterhead());
        self.0.store.write_bulk(move |tx| consider(tx, &pen, &letterhead, letter, &judged)).await
    }
}

fn consider(
    tx: &mut Tx<'_>,
    pen: &Pen,
    letterhead: &Letterhead,
    id: MessageId,
    judged: &Judged,
) -> Result<Considered, StoreError> {
    let Some(since) = automatic::take_letter(tx, id)? else { return Ok(Considered::Gone) };
    let Some(letter) = automatic::letter(tx, id)? else { return Ok(Considered::Gone) };
    let Some(inquiry) = inquiries::locked_for_torg(tx, letter.inquiry)? else {
        return Ok(Considered::Gone);
    };
    switch::note_model(tx, pen, judged.model.as_deref())?;
    if mode(tx)? == Mode::Off {
        return Ok(Considered::Off);
    }
    let chosen = chosen(tx, &letter, &inquiry, judged)?;
    let facts = facts(tx, pen, since, &letter, &inquiry, judged, chosen.as_ref())?;
    match chosen.filter(|_| guards(&facts).is_empty()) {
        None => Ok(Considered::HeldBack(guards(&facts))),
        Some(chosen) => {
            let new = written_down(tx, pen, id, letter, judged, &chosen)?;
            answer_or_note(tx, pen, letterhead, &inquiry, &chosen, new)
        }
    }
}

/// The answer a letter would get, in its language and filled, if it may go out by itself.
struct Chosen {
    permitted: PermitRow,
    /// `None` if the answer is foreign to who wrote the letter.
    text: Option<(Language, String)>,
}

fn chosen(
    read: &Read<'_>,
    letter: &Letter,
    inquiry: &Inquiry,
    judged: &Judged,
) -> Result<Option<Chosen>, StoreError> {
    let suggested = &judged.suggestions;
    let first = suggested.answers.first().map(|first| &first.answer);
    let id = suggested.automatic.as_ref().or(first).and_then(|id| id.parse().ok());
    let Some(id) = id else { return Ok(None) };
    let Some(permitted) = automatic::permitted(read, id)? else { return Ok(None) };
    let language: Option<Language> = letter.language.parse().ok();
    let text = language.and_then(|language| {
        permitted.answer.text_for(language).filter(|text| language.reads(text.language))
    });
    let text = match text {
        Some(text) => {
            let answer = (&permitted.answer, text);
            Some((text.language, filled_by_torg(read, inquiry, &letter.name, answer)?))
        }
        None => None,
    };
    Ok(Some(Chosen { permitted, text }))
}

fn facts(
    read: &Read<'_>,
    pen: &Pen,
    since: i64,
    letter: &Letter,
    inquiry: &Inquiry,
    judged: &Judged,
    chosen: Option<&Chosen>,
) -> Result<Facts, StoreError> {
    let ago = |time: SignedDuration| (pen.now - time).as_microsecond();
    let address = letter.address.as_deref().unwrap_or_default();
    let suggested = &judged.suggestions;
    let text = chosen.and_then(|chosen| chosen.text.as_ref());
    Ok(Facts {
        from_machine: !letter.is_human || address.is_empty() || is_unread(address),
        not_first: letter.position != 1 || inquiry.messages != 1,
        in_hand: inquiry.state != State::Open
            || merging::root(read, inquiry.id)? != inquiry.id
            || automatic::is_in_hand(read, inquiry.id)?,
        has_files: letter.has_files,
        restricted: is_restricted(read, inquiry)? || is_meant_for_restricted(read, judged)?,
        perhaps_spam: spam::is_suspect(read, inquiry.id)?,
        open_elsewhere: automatic::is_open_elsewhere(read, inquiry.id)?,
        answered_today: automatic::had_one(read, address, ago(SignedDuration::from_hours(24)))?,
        too_old: since < ago(OLDEST),
        vetoed: !suggested.vetoes.is_empty(),
        unsure: judged.model.is_none()
            || suggested.automatic.is_none()
            || suggested.sureness < SURE,
        not_allowed: !chosen.is_some_and(|chosen| is_allowed(pen, &chosen.permitted)),
        foreign: text.is_none(),
        blank: text.is_some_and(|(_, body)| !blanks::raw(body).is_empty()),
    })
}

pub(super) fn is_restricted(read: &Read<'_>, inquiry: &Inquiry) -> Result<bool, StoreError> {
    let department = departments::one(read, inquiry.department)?;
    Ok(inquiry.wall != open_wall() || department.is_none_or(|one| one.is_restricted()))
}

/// Whether the ranking would send the letter to a restricted department.
fn is_meant_for_restricted(read: &Read<'_>, judged: &Judged) -> Result<bool, StoreError> {
    let first = judged.suggestions.departments.first();
    let Some(id) = first.and_then(|first| first.department.parse().ok()) else {
        return Ok(false);
    };
    Ok(departments::one(read, id)?.is_some_and(|one| one.is_restricted()))
}

fn is_allowed(pen: &Pen, permitted: &PermitRow) -> bool {
    permitted.answer.stage == Stage::InUse && permitted.permit.until >= switch::today(pen)
}

fn written_down(
    read: &Read<'_>,
    pen: &Pen,
    id: MessageId,
    letter: Letter,
    judged: &Judged,
    chosen: &Chosen,
) -> Result<NewAutomatic, StoreError> {
    let (language, body) = match &chosen.text {
        Some((language, body)) => (language.tag().to_owned(), body.clone()),
        None => (String::new(), String::new()),
    };
    Ok(NewAutomatic {
        id: pen.id(),
        letter: id,
        sent: None,
        answer: chosen.permitted.id,
        version: chosen.permitted.version,
        language,
        body,
        address: letter.address.unwrap_or_default(),
        sureness: thousandths(judged.suggestions.sureness),
        threshold: thousandths(SURE),
        model: model(read)?,
        sampled: is_sampled(id),
        at: pen.at(),
    })
}

/// A share in whole thousandths, rounded down.
fn thousandths(share: f32) -> i64 {
    (0..=1000u16).rev().find(|part| f32::from(*part) <= share * 1000.0 + 0.001).map_or(0, i64::from)
}

/// Answers the letter if letters are answered, and writes down what it was; else only that.
fn answer_or_note(
    tx: &mut Tx<'_>,
    pen: &Pen,
    letterhead: &Letterhead,
    inquiry: &Inquiry,
    chosen: &Chosen,
    new: NewAutomatic,
) -> Result<Considered, StoreError> {
    let message = match is_live(tx, pen, chosen, &new.language)? {
        true => sending::send(tx, pen, letterhead, inquiry, &chosen.permitted, &new)?,
        false => None,
    };
    let new = NewAutomatic { sent: message, ..new };
    if !automatic::insert(tx, &new)? {
        return Err(StoreError::Bug("a letter that was answered before".into()));
    }
    Ok(message.map_or(Considered::Noted(new.id), Considered::Sent))
}

/// Whether this answer may go out: letters are answered, the answer is not paused, and enough is
/// known of all answers together and of this language.
fn is_live(
    tx: &mut Tx<'_>,
    pen: &Pen,
    chosen: &Chosen,
    language: &str,
) -> Result<bool, StoreError> {
    switch::look_again(tx, pen)?;
    if mode(tx)? != Mode::Live || chosen.permitted.permit.paused.is_some() {
        return Ok(false);
    }
    let known = automatic::known_in(tx, &model(tx)?, switch::today(pen), language)?;
    Ok(known >= LEAST_IN_A_LANGUAGE)
}

#[cfg(test)]
mod tests {
    use super::thousandths;

    #[test]
    fn shares_are_kept_in_thousandths() {
        assert_eq!(thousandths(0.91), 910);
        assert_eq!(thousandths(0.9999), 999);
        assert_eq!(thousandths(1.0), 1000);
        assert_eq!(thousandths(0.0), 0);
    }
}
