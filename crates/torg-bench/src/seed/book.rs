//! One inquiry and what becomes of it, kept as the program's verbs keep it: the same columns, the
//! same lines in its journal, the same sums.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rand::Rng;
use torg_core::due::{Due, Facts, Target, due};
use torg_core::hours::OpeningClock;
use torg_core::journal::{Hash, Line, commitment, follow};
use torg_core::{DepartmentId, Direction, Id, InquiryNumber, State, Verb, Was};
use torg_store::journal::Details;

use super::citizens::Citizen;
use super::hand::Hand;
use super::house::{Colleague, Department};
use super::mail::{Mail, Written};
use super::rows::row;

/// An inquiry while it is written.
pub(super) struct Book<'h> {
    pub(super) id: i64,
    pub(super) state: State,
    pub(super) owner: Option<i64>,
    pub(super) number: InquiryNumber,
    pub(super) messages: i64,
    pub(super) subject: String,
    pub(super) home: &'h Department,
    created: i64,
    person: i64,
    last_at: i64,
    sender: String,
    snippet: String,
    language: &'static str,
    steps: i64,
    head: Hash,
    clock_from: Option<i64>,
    answered_at: Option<i64>,
    pauses: Vec<(i64, Option<i64>)>,
    /// When something was done last.
    settled: i64,
    seen: BTreeMap<i64, i64>,
    shown: Option<i64>,
}

/// What is promised, and by which hours.
pub(super) struct Promises {
    pub(super) targets: Vec<Target>,
    pub(super) clock: OpeningClock,
}

impl<'h> Book<'h> {
    pub(super) fn open(
        id: i64,
        number: InquiryNumber,
        subject: String,
        citizen: &Citizen,
        home: &'h Department,
        at: i64,
    ) -> Self {
        Self {
            id,
            state: State::Open,
            owner: None,
            number,
            messages: 0,
            subject,
            home,
            created: at,
            person: citizen.person,
            last_at: at,
            sender: String::new(),
            snippet: String::new(),
            language: "",
            steps: 0,
            head: Hash::START,
            clock_from: None,
            answered_at: None,
            pauses: Vec::new(),
            settled: at,
            seen: BTreeMap::new(),
            shown: None,
        }
    }

    /// A letter of the citizen came in.
    pub(super) fn received(&mut self, hand: &mut Hand, letter: &Written) {
        self.append(Direction::In, letter);
        self.line(hand, None, Verb::Received, &of(letter), letter.at);
        match self.state {
            State::Open => {}
            State::Closed => {
                self.state = State::Open;
                (self.clock_from, self.answered_at) = (Some(letter.at), None);
                self.pauses.clear();
                self.line(hand, None, Verb::Reopened, &Details::default(), letter.at);
            }
            State::Answered | State::Snoozed | State::Spam => self.state = State::Open,
        }
        self.settle(letter.at);
    }

    pub(super) fn claimed(&mut self, hand: &mut Hand, by: &Colleague, at: i64) {
        let before = vec![Was::Owner(None)];
        self.owner = Some(by.id);
        self.seen.insert(by.id, self.messages);
        let details = Details { before, ..Details::default() };
        self.line(hand, Some(by.id), Verb::Claimed, &details, at);
        self.settle(at);
    }

    pub(super) fn noted(&mut self, hand: &mut Hand, by: &Colleague, note: &Written) {
        self.append(Direction::Note, note);
        self.seen.insert(by.id, self.messages);
        self.line(hand, Some(by.id), Verb::Noted, &of(note), note.at);
    }

    /// A colleague answers, and perhaps closes it with that; a moment later it is sent.
    pub(super) fn replied(
        &mut self,
        hand: &mut Hand,
        by: &Colleague,
        answer: &Written,
        closes: bool,
    ) {
        if self.owner.is_none() {
            self.owner = Some(by.id);
            self.line(hand, Some(by.id), Verb::Claimed, &Details::default(), answer.at);
        }
        self.append(Direction::Out, answer);
        self.seen.insert(by.id, self.messages);
        self.state = State::Answered;
        self.line(hand, Some(by.id), Verb::Replied, &of(answer), answer.at);
        self.settle(answer.at);
        if closes {
            self.state = State::Closed;
            self.line(hand, Some(by.id), Verb::Closed, &Details::default(), answer.at);
        }
        self.line(hand, None, Verb::Sent, &of(answer), answer.at + Mail::SENT_AFTER);
    }

    pub(super) fn closed(&mut self, hand: &mut Hand, by: &Colleague, at: i64) {
        let before = vec![Was::State { state: self.state.code(), wake_at: None }];
        self.state = State::Closed;
        let details = Details { before, ..Details::default() };
        self.line(hand, Some(by.id), Verb::Closed, &details, at);
        self.settle(at);
    }

    /// The letter was sent to another department too.
    pub(super) fn shown(&mut self, hand: &mut Hand, to: &Department, at: i64) {
        self.shown = Some(to.id);
        let department = Some(DepartmentId::from_i64(to.id));
        let details = Details { department, ..Details::default() };
        self.line(hand, None, Verb::Shown, &details, at);
    }

    fn append(&mut self, direction: Direction, new: &Written) {
        self.messages += 1;
        self.last_at = self.last_at.max(new.at);
        self.snippet.clone_from(&new.snippet);
        if direction == Direction::In {
            self.sender.clone_from(&new.author);
            self.language = new.language;
        }
    }

    /// Whose turn it is, as far as time is concerned.
    fn settle(&mut self, at: i64) {
        self.settled = at;
        if self.state == State::Answered && self.answered_at.is_none() {
            self.answered_at = Some(at);
        }
        let is_paused = self.pauses.last().is_some_and(|(_, ended)| ended.is_none());
        match (self.state != State::Open, is_paused) {
            (true, false) => self.pauses.push((at, None)),
            (false, true) => {
                if let Some((_, ended)) = self.pauses.last_mut() {
                    *ended = Some(at);
                }
            }
            _ => {}
        }
    }

    fn line(
        &mut self,
        hand: &mut Hand,
        staff: Option<i64>,
        verb: Verb,
        details: &Details,
        at: i64,
    ) {
        let id = hand.ids.next(at);
        let payload = serde_json::to_string(details).unwrap_or_default();
        let salt: [u8; 16] = (i128::from(id) * 0x9e37_79b9_7f4a_7c15).to_le_bytes();
        let line = Line { id, inquiry: self.id, staff: staff.unwrap_or(0), verb: verb.word(), at };
        self.head = follow(&self.head, &line, &commitment(&salt, &payload));
        self.steps += 1;
        hand.rows
            .push(row!(Journal: id, self.id, self.steps, self.id, staff, verb.word(), at, salt,
            payload, *self.head.as_bytes()));
    }

    /// The rows that are written once it is known what became of it by `now`.
    pub(super) fn end(mut self, hand: &mut Hand, promises: &Promises, now: i64) {
        let key: [u8; 16] = hand.dice.random();
        let key = data_encoding::BASE64URL_NOPAD.encode(&key);
        let due = promises.due(&self);
        let at = |moment: Timestamp| moment.as_microsecond();
        let (tell_at, told) = match &due {
            None => (None, 0),
            Some(due) if at(due.at) <= self.settled => (None, 2),
            Some(due) if at(due.at) <= now => {
                self.line(hand, None, Verb::Overdue, &Details::default(), at(due.at));
                (None, 2)
            }
            Some(Due { remind: Some(remind), .. }) if at(*remind) > now => (Some(at(*remind)), 0),
            Some(due) => (Some(at(due.at)), 1),
        };
        for (staff, position) in &self.seen {
            hand.rows.push(row!(Seen: *staff, self.id, *position));
        }
        for (began, ended) in &self.pauses {
            hand.rows.push(row!(Pauses: self.id, *began, *ended));
        }
        if let Some(department) = self.shown {
            hand.rows.push(row!(Shown: self.id, department, self.state.code(), self.last_at));
        }
        hand.rows.push(row!(Inquiries:
            self.id, self.number.as_i64(), key, self.subject, self.person, self.home.id,
            self.home.wall, self.owner, self.state.code(), 0, 1 + self.steps, self.created,
            self.last_at, self.sender, self.snippet, 0, 0, self.messages, self.messages,
            self.steps, *self.head.as_bytes(), self.clock_from, self.answered_at,
            due.map(|due| at(due.at)), due.map_or(0, |due| due.aim.code()), tell_at, told,
            self.language));
    }
}

fn of(message: &Written) -> Details {
    let message = Some(torg_core::MessageId::from_i64(message.id));
    Details { message, ..Details::default() }
}

impl Promises {
    fn due(&self, book: &Book<'_>) -> Option<Due> {
        let moment = |at| Timestamp::from_microsecond(at).unwrap_or_default();
        let pauses = book.pauses.iter();
        let facts = Facts {
            began: moment(book.clock_from.unwrap_or(book.created)),
            answered: book.answered_at.is_some(),
            state: book.state,
            department: DepartmentId::from_i64(book.home.id),
            category: None,
            pauses: pauses.map(|(from, to)| (moment(*from), to.map(moment))).collect(),
        };
        due(&facts, &self.targets, |_| Some(&self.clock))
    }
}
