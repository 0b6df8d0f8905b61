//! Small real mail, in our own words: what a municipal mailbox is sent on a Monday.
//!
//! Of a mail of 8 KB, the letter is the smaller part. A third or more is what servers wrote above
//! it on its way (`Received:`, DKIM, ARC, a filter's notes), and the letter stands in it twice, as
//! text and as HTML with its styles. Ours are made so:
//! - sent by web mail, by an office program or from a telephone, each with the headers, the HTML
//!   and the transfer encoding of its kind;
//! - of some seven sentences (log-normal: one in six has more than fifteen), in Danish, bokmål,
//!   Swedish or English, with greeting and closing;
//! - one in four answers an earlier one of the same citizen, with its headers, and most of these
//!   quote it;
//! - one in eight carries a file of up to 40 KB.
//!
//! The median comes to 8 KB, which the bench prints with the mean. Two runs give the same bytes.

mod headers;
mod parts;
pub(crate) mod prose;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use headers::headers;
use parts::body;
use prose::{PROSES, Prose};

/// A reply is never sent before what it answers has surely been received.
const APART: usize = 100;

/// A mail before it is put into bytes.
#[derive(Debug)]
struct Letter {
    number: usize,
    program: Program,
    prose: &'static Prose,
    name: String,
    address: String,
    subject: String,
    text: String,
    /// The earlier letter it answers.
    answers: Option<Answered>,
    /// The bytes of an attached file.
    file: Option<Vec<u8>>,
}

#[derive(Debug)]
struct Answered {
    message_id: String,
    text: String,
}

/// What it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    Web,
    Office,
    Telephone,
}

/// `count` mails that differ in everything, the same in every run.
pub(crate) fn small(count: usize) -> Vec<Vec<u8>> {
    let mut dice = StdRng::seed_from_u64(8_000);
    let mut letters: Vec<Letter> = Vec::with_capacity(count);
    let mut mails = Vec::with_capacity(count);
    for number in 0..count {
        let earlier = letters.get(..number.saturating_sub(APART)).unwrap_or_default();
        let letter = match earlier.choose(&mut dice).filter(|_| dice.random_bool(0.25)) {
            Some(earlier) => answer(&mut dice, number, earlier),
            None => new(&mut dice, number),
        };
        mails.push(in_bytes(&mut dice, &letter));
        letters.push(letter);
    }
    mails
}

/// The median and the mean size of the mails, in bytes.
pub(crate) fn sizes(mails: &[Vec<u8>]) -> (usize, usize) {
    let mut sizes: Vec<usize> = mails.iter().map(Vec::len).collect();
    sizes.sort_unstable();
    let median = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    (median, sizes.iter().sum::<usize>() / sizes.len().max(1))
}

fn new(dice: &mut StdRng, number: usize) -> Letter {
    let prose = PROSES.choose(dice).unwrap_or(&PROSES[0]);
    // Most write more than once in a year.
    let citizen = dice.random_range(0..number / 3 + 1);
    let name = prose.name(dice);
    let address = format!("{}{citizen}@privat.example", prose.mailbox_of(&name));
    let program =
        [Program::Web, Program::Web, Program::Office, Program::Office, Program::Telephone]
            .choose(dice)
            .copied()
            .unwrap_or(Program::Web);
    let text = prose.letter(dice, &name);
    let subject = prose.subject(dice);
    let file = file(dice);
    Letter { number, program, prose, name, address, subject, text, answers: None, file }
}

fn answer(dice: &mut StdRng, number: usize, earlier: &Letter) -> Letter {
    let text = earlier.prose.letter(dice, &earlier.name);
    let answered = Answered { message_id: earlier.message_id(), text: earlier.text.clone() };
    let opening = format!("{}: ", earlier.prose.re);
    let bare = earlier.subject.strip_prefix(&opening).unwrap_or(&earlier.subject);
    Letter {
        number,
        program: earlier.program,
        prose: earlier.prose,
        name: earlier.name.clone(),
        address: earlier.address.clone(),
        subject: format!("{opening}{bare}"),
        text,
        answers: Some(answered),
        file: file(dice),
    }
}

/// A photograph or a scan, made small by the program that sends it.
fn file(dice: &mut StdRng) -> Option<Vec<u8>> {
    if !dice.random_bool(0.125) {
        return None;
    }
    let mut bytes = vec![0; dice.random_range(2_000..30_000)];
    dice.fill(bytes.as_mut_slice());
    Some(bytes)
}

impl Letter {
    fn message_id(&self) -> String {
        format!("<{:08x}@mail.privat.example>", self.number)
    }
}

fn in_bytes(dice: &mut StdRng, letter: &Letter) -> Vec<u8> {
    let mut mail = headers(dice, letter);
    mail += &body(dice, letter);
    mail.into_bytes()
}
