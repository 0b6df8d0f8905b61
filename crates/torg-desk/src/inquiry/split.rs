//! Splitting: a letter turns out to be about another matter. Chosen messages become an inquiry of
//! their own; the journal's lines stay where they were written.

use torg_core::inquiry::InquiryNumber;
use torg_core::{
    Direction, Inquiry, InquiryId, JournalId, MessageId, Position, State, Verb, Viewer, Was,
};
use torg_store::inquiries::NewInquiry;
use torg_store::journal::Details;
use torg_store::splitting::{self, Moving, Summary};
use torg_store::{StoreError, Tx, due, follows, inquiries, links, merging};

use super::locked;
use crate::filing::{index_inquiry, snippet};
use crate::pen::{Pen, random};
use crate::{Desk, Refused};
use torg_mail::html::markup_to_text;

/// Why an inquiry was not split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SplitRefused {
    #[error("nothing was chosen")]
    Nothing,
    /// Then nothing would be left.
    #[error("everything was chosen")]
    Everything,
}

/// Messages to be put back where they came from.
pub(crate) struct Together<'a> {
    /// The inquiry they lay in.
    pub(crate) from: InquiryId,
    /// The one they lie in now.
    pub(crate) into: InquiryId,
    pub(crate) moved: &'a [(MessageId, Position)],
}

impl Desk {
    /// Makes `chosen` messages of an inquiry a new one about `subject` (the same one if empty),
    /// linked to it. Gives the new inquiry.
    pub async fn split(
        &self,
        viewer: &Viewer,
        id: InquiryId,
        chosen: Vec<MessageId>,
        subject: &str,
    ) -> Result<InquiryId, Refused> {
        let subject: String = subject.trim().chars().take(500).collect();
        let (viewer, pen, zone) = (viewer.clone(), self.pen(), self.about().time_zone.clone());
        self.0
            .store
            .write(move |tx| {
                let inquiry = locked(tx, &viewer, id)?;
                let all = splitting::of_inquiry(tx, id)?;
                let (moved, left): (Vec<_>, Vec<_>) =
                    all.into_iter().partition(|one| chosen.contains(&one.id));
                if moved.is_empty() {
                    return Err(SplitRefused::Nothing.into());
                }
                if left.is_empty() {
                    return Err(SplitRefused::Everything.into());
                }
                let year = i64::from(pen.now.to_zoned(zone.clone()).year());
                let number = inquiries::next_number(tx, year)?;
                let new = open(tx, &pen, &inquiry, number, &subject, &moved)?;
                part(tx, &inquiry, &new, &moved, &left)?;
                links::link_by_hand(tx, id, new.id, pen.at())?;
                Ok(tell(tx, &pen, &viewer, &inquiry, &new, &moved)?)
            })
            .await
    }
}

/// A new inquiry where the old one is and whose it is.
fn open(
    tx: &mut Tx<'_>,
    pen: &Pen,
    inquiry: &Inquiry,
    number: InquiryNumber,
    subject: &str,
    moved: &[Moving],
) -> Result<Inquiry, StoreError> {
    let written = moved.iter().find(|one| one.direction == Direction::In);
    let person = match written.and_then(|one| one.contact_point) {
        Some(contact_point) => splitting::person_at(tx, contact_point)?,
        None => None,
    };
    let same = inquiries::subject(tx, inquiry.id)?.unwrap_or_default();
    let new = NewInquiry {
        id: pen.id(),
        number,
        public_key: data_encoding::BASE64URL_NOPAD.encode(&random::<16>()?),
        subject: if subject.is_empty() { same } else { subject.to_owned() },
        person: person.or(inquiry.person),
        department: inquiry.department,
        wall: inquiry.wall,
        created: moved.first().map_or(pen.at(), |one| one.at),
    };
    let began = new.created;
    let new = inquiries::insert(tx, &new)?;
    inquiries::set_owner(tx, new.id, inquiry.owner)?;
    due::carry_pauses(tx, inquiry.id, new.id, began)?;
    if let Some(answer) = moved.iter().find(|one| one.direction == Direction::Out) {
        due::answered(tx, new.id, answer.at)?;
    }
    Ok(new)
}

/// Messages to the new inquiry, what is left closes up, and whoever had read something still has.
fn part(
    tx: &mut Tx<'_>,
    inquiry: &Inquiry,
    new: &Inquiry,
    moved: &[Moving],
    left: &[Moving],
) -> Result<(), StoreError> {
    splitting::arrange(tx, new.id, &ids(moved))?;
    splitting::arrange(tx, inquiry.id, &ids(left))?;
    for one in moved {
        splitting::remember(tx, one, inquiry.id, new.id)?;
    }
    for (staff, seen) in splitting::readers(tx, inquiry.id)? {
        let upto = |of: &[Moving]| of.iter().filter(|one| one.position <= seen).count();
        inquiries::set_seen(tx, staff, inquiry.id, position(upto(left)))?;
        inquiries::set_seen(tx, staff, new.id, position(upto(moved)))?;
    }
    summarise(tx, inquiry.id)?;
    summarise(tx, new.id)
}

fn tell(
    tx: &mut Tx<'_>,
    pen: &Pen,
    viewer: &Viewer,
    inquiry: &Inquiry,
    new: &Inquiry,
    moved: &[Moving],
) -> Result<InquiryId, StoreError> {
    let lines: [JournalId; 2] = [pen.id(), pen.id()];
    let [here, there] = lines;
    let before = vec![Was::Apart(new.id)];
    let details = Details { inquiry: Some(new.id), before, ..Details::default() };
    let details = Details { with: vec![(new.id, there)], ..details };
    pen.did_as(tx, here, viewer, inquiry, Verb::Split, details)?;
    let moved = moved.iter().map(|one| (one.id, one.position)).collect();
    let before = vec![
        Was::Messages { inquiry: inquiry.id, moved },
        Was::State { state: State::Open.code(), wake_at: None },
        Was::Owner(inquiry.owner),
    ];
    let details = Details { inquiry: Some(inquiry.id), before, ..Details::default() };
    let details = Details { with: vec![(inquiry.id, here)], ..details };
    pen.did_as(tx, there, viewer, new, Verb::SplitOff, details)?;
    Ok(new.id)
}

/// Takes a split back: each message at its old position, what came meanwhile after them. The
/// emptied inquiry keeps its number and its journal, and leads back.
pub(crate) fn put_together(tx: &mut Tx<'_>, together: &Together<'_>) -> Result<(), Refused> {
    let Together { from, into, moved } = *together;
    let back = splitting::of_inquiry(tx, into)?;
    let stayed = splitting::of_inquiry(tx, from)?;
    let readers = (splitting::readers(tx, from)?, splitting::readers(tx, into)?);
    let order = merged_order(&back, &stayed, moved);
    splitting::arrange(tx, from, &order)?;
    for one in &back {
        splitting::remember(tx, one, into, from)?;
    }
    for (staff, seen) in &readers.0 {
        let there = readers.1.iter().find(|(other, _)| other == staff).map_or(0, |(_, seen)| *seen);
        let read = |id: &MessageId| {
            stayed.iter().any(|one| one.id == *id && one.position <= *seen)
                || back.iter().any(|one| one.id == *id && one.position <= there)
        };
        // Up to the first that she has not read.
        let upto = order.iter().take_while(|id| read(id)).count();
        inquiries::set_seen(tx, *staff, from, position(upto))?;
        inquiries::set_seen(tx, *staff, into, 0)?;
    }
    summarise(tx, from)?;
    summarise(tx, into)?;
    links::keep(tx, from, into, None, 0)?;
    inquiries::set_owner(tx, into, None)?;
    inquiries::set_state(tx, into, State::Closed)?;
    if let Some((wall, _)) = inquiries::whereabouts(tx, from)? {
        index_inquiry(tx, from, wall)?;
    }
    crate::drafts::move_all(tx, into, from)?;
    follows::move_all(tx, into, from)?;
    Ok(merging::set_merged(tx, into, Some(from))?)
}

/// Those that come back at their old positions, the others in the places between and after.
fn merged_order(
    back: &[Moving],
    stayed: &[Moving],
    moved: &[(MessageId, Position)],
) -> Vec<MessageId> {
    let mut stayed = stayed.iter().map(|one| one.id);
    let mut back: Vec<(MessageId, Position)> = back
        .iter()
        .map(|one| {
            let old = moved.iter().find(|(id, _)| *id == one.id).map(|(_, position)| *position);
            (one.id, old.unwrap_or(Position::MAX))
        })
        .collect();
    back.sort_by_key(|(_, position)| *position);
    let mut back = back.into_iter().peekable();
    let mut order = Vec::new();
    loop {
        let next = position(order.len()) + 1;
        let came = back.next_if(|(_, position)| *position <= next).map(|(id, _)| id);
        let Some(id) = came.or_else(|| stayed.next()).or_else(|| back.next().map(|(id, _)| id))
        else {
            return order;
        };
        order.push(id);
    }
}

fn ids(of: &[Moving]) -> Vec<MessageId> {
    of.iter().map(|one| one.id).collect()
}

fn position(count: usize) -> Position {
    Position::try_from(count).unwrap_or(Position::MAX)
}

/// What the list shows of a message; what we wrote without its marks.
fn first_words(one: &Moving) -> String {
    match one.direction {
        Direction::In => snippet(&one.body),
        Direction::Out | Direction::Note => snippet(&markup_to_text(&one.body)),
    }
}

/// Keeps what the row says of its messages, as if they had come one by one.
pub(super) fn summarise(tx: &mut Tx<'_>, id: InquiryId) -> Result<(), StoreError> {
    let all = splitting::of_inquiry(tx, id)?;
    let is_word = |one: &&Moving| {
        !one.withdrawn && (one.direction != Direction::In || one.kind.asks_for_work())
    };
    let shown = all.iter().rev().find(is_word).or(all.first());
    let incoming = |one: &&Moving| one.direction == Direction::In;
    let sender = all.iter().rev().filter(is_word).find(incoming).or(all.first());
    let summary = Summary {
        messages: position(all.len()),
        newest_word: all.iter().rev().find(is_word).map_or(0, |one| one.position),
        last_at: shown.map_or(0, |one| one.at),
        sender: sender.map(|one| one.author.clone()).unwrap_or_default(),
        snippet: shown.map(first_words).unwrap_or_default(),
        has_files: all.iter().any(|one| one.has_files),
    };
    splitting::summarise(tx, id, &summary)
}
