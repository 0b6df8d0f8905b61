//! What becomes of inquiries, one after the other, over the years.

use rand::Rng;
use torg_core::{InquiryNumber, State};

use super::book::{Book, Promises};
use super::citizens::{Citizen, Citizens};
use super::hand::Hand;
use super::house::{Colleague, Department, House};
use super::mail::{Mail, Written, is_open};
use super::prose::Piece;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// How many messages the longest inquiry has.
const LONGEST: usize = 400;

/// Everything that lives are made of.
pub(super) struct Town<'h> {
    pub(super) house: &'h House,
    pub(super) mail: Mail<'h>,
    pub(super) citizens: Citizens,
    pub(super) promises: Promises,
    pub(super) now: i64,
    /// Nothing is answered, and all lies in one department.
    pub(super) all_open: bool,
}

/// A letter on its way: who wrote, about what, and what was last written about it.
struct Thread<'h> {
    citizen: Citizen,
    subject: Piece,
    home: &'h Department,
    /// The Message-ID of the letter or answer before.
    last: Option<String>,
}

impl<'h> Town<'h> {
    /// An inquiry that begins at `at`; all of it until now.
    pub(super) fn live(
        &mut self,
        hand: &mut Hand,
        number: InquiryNumber,
        at: i64,
        is_longest: bool,
    ) -> anyhow::Result<()> {
        let citizen = self.citizens.next(hand, &self.mail.shelves, at);
        let subject = self.mail.shelves[citizen.shelf].subject(&mut hand.dice).clone();
        let home = self.home(hand);
        let id = hand.ids.next(at);
        let mut book = Book::open(id, number, subject.text.clone(), &citizen, home, at);
        let mut thread = Thread { citizen, subject, home, last: None };
        let first = self.letter(hand, &mut book, &mut thread, at)?;
        if !self.all_open && is_open(home) && hand.dice.random_ratio(1, 50) {
            self.show(hand, &mut book, &first);
        }
        match (self.all_open, is_longest) {
            (true, _) => self.left_lying(hand, &mut book, &mut thread, at)?,
            (false, true) => self.endless(hand, &mut book, &mut thread, at)?,
            (false, false) => self.answered(hand, &mut book, &mut thread, at)?,
        }
        book.end(hand, &self.promises, self.now);
        Ok(())
    }

    fn home(&self, hand: &mut Hand) -> &'h Department {
        let all = &self.house.departments;
        let mut place = if self.all_open { 0 } else { hand.dice.random_range(0..100) };
        for department in all {
            if place < department.weight {
                return department;
            }
            place -= department.weight;
        }
        &all[0]
    }

    /// Claimed, answered, perhaps asked again a few times, and closed.
    fn answered(
        &mut self,
        hand: &mut Hand,
        book: &mut Book<'h>,
        thread: &mut Thread<'h>,
        at: i64,
    ) -> anyhow::Result<()> {
        let by = colleague(hand, thread.home);
        // One in twenty takes weeks.
        let days = if hand.dice.random_ratio(1, 20) { 25 } else { 2 };
        let mut at = at + hand.dice.random_range(10 * MINUTE..days * DAY);
        if at >= self.now {
            return Ok(());
        }
        book.claimed(hand, &by, at);
        if hand.dice.random_ratio(1, 10) {
            at += 5 * MINUTE;
            let shelf = thread.citizen.shelf;
            let note = self.mail.noted(hand, book, (&by, shelf), at);
            book.noted(hand, &by, &note);
        }
        loop {
            at += hand.dice.random_range(5 * MINUTE..8 * HOUR);
            let asks_again = hand.dice.random_ratio(31, 100);
            let closes = !asks_again && hand.dice.random_ratio(1, 3);
            if at + Mail::SENT_AFTER >= self.now {
                return Ok(());
            }
            self.answer(hand, book, thread, &by, closes, at)?;
            at += hand.dice.random_range(HOUR..4 * DAY);
            if at >= self.now {
                return Ok(());
            }
            if !asks_again {
                break;
            }
            self.letter(hand, book, thread, at)?;
        }
        if book.state != State::Closed {
            book.closed(hand, &by, at);
        }
        Ok(())
    }

    /// Nobody answers, and the citizen writes again and again.
    fn left_lying(
        &mut self,
        hand: &mut Hand,
        book: &mut Book<'h>,
        thread: &mut Thread<'h>,
        mut at: i64,
    ) -> anyhow::Result<()> {
        for _ in 0..hand.dice.random_range(0..5) {
            at += hand.dice.random_range(HOUR..10 * DAY);
            if at >= self.now {
                break;
            }
            self.letter(hand, book, thread, at)?;
        }
        Ok(())
    }

    /// Question and answer until now, hundreds of times.
    fn endless(
        &mut self,
        hand: &mut Hand,
        book: &mut Book<'h>,
        thread: &mut Thread<'h>,
        at: i64,
    ) -> anyhow::Result<()> {
        let by = colleague(hand, thread.home);
        book.claimed(hand, &by, at + MINUTE);
        let step = (self.now - at) / i64::try_from(LONGEST)? - 1;
        for (turn, at) in (1..LONGEST).zip((1..).map(|turn| at + turn * step)) {
            if turn % 2 == 1 {
                self.answer(hand, book, thread, &by, false, at)?;
            } else {
                self.letter(hand, book, thread, at)?;
            }
        }
        Ok(())
    }

    fn letter(
        &mut self,
        hand: &mut Hand,
        book: &mut Book<'h>,
        thread: &mut Thread<'h>,
        at: i64,
    ) -> anyhow::Result<Written> {
        let about = (&thread.subject, thread.last.as_deref());
        let letter = self.mail.received(hand, book, &thread.citizen, about, at)?;
        book.received(hand, &letter);
        thread.last = Some(letter.mail_id.clone());
        Ok(letter)
    }

    fn answer(
        &mut self,
        hand: &mut Hand,
        book: &mut Book<'h>,
        thread: &mut Thread<'h>,
        by: &Colleague,
        closes: bool,
        at: i64,
    ) -> anyhow::Result<()> {
        let about = (&thread.subject, thread.last.as_deref());
        let answer = self.mail.answered(hand, book, (by, &thread.citizen), about, at)?;
        book.replied(hand, by, &answer, closes);
        thread.last = Some(answer.mail_id);
        Ok(())
    }

    fn show(&self, hand: &mut Hand, book: &mut Book<'h>, letter: &Written) {
        let others = self.house.departments.iter().filter(|one| is_open(one));
        let other = others.filter(|one| one.id != book.home.id).nth(hand.dice.random_range(0..5));
        if let Some(other) = other {
            Mail::also_to(hand, letter, book.id, other);
            book.shown(hand, other, letter.at);
        }
    }
}

fn colleague(hand: &mut Hand, home: &Department) -> Colleague {
    let place = hand.dice.random_range(0..home.staff.len());
    home.staff[place].clone()
}
