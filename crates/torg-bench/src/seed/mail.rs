//! Messages with their raw mails, as intake, filing and sending leave them.

use jiff::Timestamp;
use rand::Rng;
use torg_core::wall::open_wall;
use torg_core::{Direction, Id, Kind, MessageId, SendState, WallId};
use torg_store::{EngineKind, search};
use zstd::bulk::Compressor;

use super::book::Book;
use super::citizens::Citizen;
use super::hand::Hand;
use super::house::{Colleague, Department};
use super::prose::{Piece, Shelf, together};
use super::rows::{Cell, Row, Table, row};

/// What an inquiry takes from a message.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) id: i64,
    pub(super) at: i64,
    pub(super) author: String,
    pub(super) snippet: String,
    pub(super) language: &'static str,
    /// Its Message-ID.
    pub(super) mail_id: String,
    pub(super) body_hash: [u8; 32],
}

/// Writes messages.
pub(super) struct Mail<'h> {
    pub(super) engine: EngineKind,
    pub(super) shelves: Vec<Shelf>,
    pub(super) signer: &'h torg_mail::thread_key::Signer,
    pub(super) compressor: Compressor<'static>,
}

impl Mail<'_> {
    /// So long after she wrote it an answer is sent; microseconds.
    pub(super) const SENT_AFTER: i64 = 12_000_000;

    /// A citizen's letter; `answers` is the Message-ID it answers.
    pub(super) fn received(
        &mut self,
        hand: &mut Hand,
        book: &Book<'_>,
        from: &Citizen,
        (subject, answers): (&Piece, Option<&str>),
        at: i64,
    ) -> anyhow::Result<Written> {
        let shelf = &self.shelves[from.shelf];
        let (letter, id, arrival) =
            (shelf.letter(&mut hand.dice, &from.name), hand.ids.next(at), hand.ids.next(at));
        let mail_id = format!("{:032x}@mail.privat.example", hand.dice.random::<u128>());
        let (own, name) = (shelf.words(&from.address), shelf.words(&from.name));
        let words = together([&subject.words[..], &letter.words, &name, &own]);
        let head = together([&subject.words[..], &name, &own]);
        hand.rows.push(self.search(id, book.home.wall, words, &head));
        let to = &book.home.address;
        let raw = raw(&from.name, &from.address, to, &subject.text, &mail_id, answers, at, &letter);
        let hash = keep(&mut self.compressor, hand, raw.as_bytes(), 1)?;
        let size = i64::try_from(raw.len())?;
        hand.rows.push(
            row!(Arrivals: arrival, format!("[\"{to}\"]"), from.address.as_str(), hash, size,
            at, 0, 1, 1, id),
        );
        let body_hash = *blake3::hash(letter.text.as_bytes()).as_bytes();
        hand.rows
            .push(row!(Deliveries: book.home.mailbox, mail_id.as_str(), body_hash, id, book.id));
        hand.rows.push(row!(References: book.home.mailbox, mail_id.as_str(), book.id, 1));
        hand.rows.push(row!(Messages:
            id, book.id, book.messages + 1, Direction::In.code(), Kind::Human.code(), Cell::Null,
            from.contact_point, from.name.as_str(), from.address.as_str(), subject.text.as_str(),
            letter.text.as_str(), "", shelf.tag(), 0, hash, mail_id.as_str(), Cell::Null, at,
            SendState::None.code()));
        let (author, language) = (from.name.clone(), shelf.tag());
        Ok(Written { id, at, author, snippet: snippet(&letter.text), language, mail_id, body_hash })
    }

    /// A delivery to another department's address too.
    pub(super) fn also_to(hand: &mut Hand, letter: &Written, inquiry: i64, to: &Department) {
        let mail_id = letter.mail_id.as_str();
        hand.rows.push(row!(Deliveries: to.mailbox, mail_id, letter.body_hash, letter.id, inquiry));
        hand.rows.push(row!(References: to.mailbox, mail_id, inquiry, 1));
    }

    /// A colleague's answer, and the mail that was sent.
    pub(super) fn answered(
        &mut self,
        hand: &mut Hand,
        book: &Book<'_>,
        (by, to): (&Colleague, &Citizen),
        (subject, answers): (&Piece, Option<&str>),
        at: i64,
    ) -> anyhow::Result<Written> {
        let shelf = &self.shelves[to.shelf];
        let (letter, id) = (shelf.letter(&mut hand.dice, &by.name), hand.ids.next(at));
        let mail_id = self.signer.message_id(book.id, id, "localhost");
        let subject_text = format!("Re: {} [#{}]", subject.text, book.number);
        let heading = shelf.words(&subject_text);
        let (own, name) = (shelf.words(&to.address), shelf.words(&by.name));
        let words = together([&heading[..], &name, &own, &letter.words]);
        let head = together([&heading[..], &name, &own]);
        hand.rows.push(self.search(id, book.home.wall, words, &head));
        let from = &book.home.address;
        let raw = raw("Fjordby", from, &to.address, &subject_text, &mail_id, answers, at, &letter);
        let hash = keep(&mut self.compressor, hand, raw.as_bytes(), 2)?;
        let sent = at + Self::SENT_AFTER;
        hand.rows.push(
            row!(Outbox: hand.ids.next(at), id, from.as_str(), format!("[\"{}\"]", to.address),
            hash, 1, 1, at, sent + 60_000_000, at, sent),
        );
        let key = format!("{:032x}", hand.dice.random::<u128>());
        hand.rows.push(row!(Messages:
            id, book.id, book.messages + 1, Direction::Out.code(), Kind::Human.code(), by.id,
            Cell::Null, by.name.as_str(), to.address.as_str(), subject_text, letter.text.as_str(),
            "", shelf.tag(), 0, hash, mail_id.as_str(), key, at, SendState::Sent.code()));
        let (author, language, body_hash) = (by.name.clone(), shelf.tag(), [0; 32]);
        Ok(Written { id, at, author, snippet: snippet(&letter.text), language, mail_id, body_hash })
    }

    /// A note among colleagues.
    pub(super) fn noted(
        &mut self,
        hand: &mut Hand,
        book: &Book<'_>,
        (by, shelf): (&Colleague, usize),
        at: i64,
    ) -> Written {
        let shelf = &self.shelves[shelf];
        let (note, id) = (shelf.letter(&mut hand.dice, &by.name), hand.ids.next(at));
        let name = shelf.words(&by.name);
        let words = together([&name[..], &note.words]);
        hand.rows.push(self.search(id, book.home.wall, words, &together([&name[..]])));
        let key = format!("{:032x}", hand.dice.random::<u128>());
        hand.rows.push(row!(Messages:
            id, book.id, book.messages + 1, Direction::Note.code(), Kind::Human.code(), by.id,
            Cell::Null, by.name.as_str(), Cell::Null, "", note.text.as_str(), "", shelf.tag(), 0,
            Cell::Null, Cell::Null, key, at, SendState::None.code()));
        let (author, language) = (by.name.clone(), shelf.tag());
        let mail_id = String::new();
        Written {
            id,
            at,
            author,
            snippet: snippet(&note.text),
            language,
            mail_id,
            body_hash: [0; 32],
        }
    }

    fn search(&self, id: i64, wall: i64, words: Vec<&str>, head: &[&str]) -> Row {
        let (message, wall) = (MessageId::from_i64(id), WallId::from_i64(wall));
        let head = head.iter().map(|word| format!("{}{word}", search::HEAD_MARK));
        let words: Vec<String> = words.into_iter().map(str::to_owned).chain(head).collect();
        let document = search::document(self.engine, message, wall, &words);
        Row { table: Table::Search, cells: vec![Cell::from(id), Cell::Text(document)] }
    }
}

/// Whether a letter to this department may be shown to another.
pub(super) fn is_open(department: &Department) -> bool {
    department.wall == open_wall().as_i64()
}

#[expect(clippy::too_many_arguments, reason = "the fields of a mail")]
fn raw(
    name: &str,
    from: &str,
    to: &str,
    subject: &str,
    mail_id: &str,
    answers: Option<&str>,
    at: i64,
    letter: &Piece,
) -> String {
    let moment = Timestamp::from_microsecond(at).unwrap_or_default();
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_string(&moment);
    let reply = answers
        .map_or_else(String::new, |id| format!("In-Reply-To: <{id}>\r\nReferences: <{id}>\r\n"));
    format!(
        "From: {name} <{from}>\r\nTo: <{to}>\r\nSubject: {subject}\r\nDate: {}\r\n\
         Message-ID: <{mail_id}>\r\n{reply}MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
        date.unwrap_or_default(),
        letter.text.replace('\n', "\r\n"),
    )
}

/// The beginning of a text on one line, for a list.
fn snippet(text: &str) -> String {
    const MOST: usize = 160;
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.len() + word.len() > MOST {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Keeps a raw mail that so many refer to.
fn keep(
    compressor: &mut Compressor<'static>,
    hand: &mut Hand,
    raw: &[u8],
    refs: i64,
) -> anyhow::Result<[u8; 32]> {
    let hash = *blake3::hash(raw).as_bytes();
    hand.rows.push(row!(Blobs: hash, i64::try_from(raw.len())?, refs));
    hand.rows.push(row!(Chunks: hash, 0, compressor.compress(raw)?));
    Ok(hash)
}
