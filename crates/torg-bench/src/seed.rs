//! Fills a fresh municipality with years of letters, answers and acts.
//!
//! The program itself makes tables, departments, addresses and colleagues. What comes then is not
//! said by mail and by verbs, which would take a day, but written as these would have left it:
//! with every sum, chain, root, reference and index. `torg check` finds nothing to say to it. Left
//! out are files, receipts, tags and notices.

mod book;
mod citizens;
mod hand;
mod house;
mod life;
mod mail;
mod order;
mod prose;
mod rows;
mod sink;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Instant;

use anyhow::{Context, ensure};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use torg_core::due::{Aim, Measure, Target};
use torg_core::hours::OpeningHours;
use torg_core::{CalendarId, Id, InquiryNumber};
use torg_store::{EngineKind, Place};

use self::book::Promises;
use self::citizens::Citizens;
use self::hand::{Hand, Ids};
pub(crate) use self::house::{ADMINISTRATOR, colleagues};
use self::house::{House, database_in, read, set_up};
use self::life::Town;
use self::mail::Mail;
use self::order::Order;
use self::prose::Shelf;
use self::rows::{Cell, Row, Table, row};
use self::sink::{Embedded, OnPostgres, Sink};
use crate::server::Server;

/// How many years back it begins. The ids of the program begin with 2020.
const YEARS: i32 = 6;
/// Rows that are handed to the database at once, and how many such heaps may wait.
const HEAP: usize = 5_000;
const HEAPS: usize = 8;

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The program.
    pub torg: PathBuf,
    /// The data folder, which must be empty.
    pub data: PathBuf,
    /// A connection string, in place of the embedded database; that database must be empty too.
    pub postgres: Option<String>,
    pub inquiries: u64,
    /// Nothing was ever answered, and all lies in one department.
    pub all_open: bool,
    /// The end of the years.
    pub now: Timestamp,
}

/// What was made.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    pub messages: u64,
    pub seconds: f64,
}

/// Fills a municipality; says on `progress` how far it is.
///
/// # Errors
/// If there is something already, or the database fails.
pub fn seed(wish: &Wish, progress: &dyn Fn(u64)) -> anyhow::Result<Made> {
    let begun = Instant::now();
    ensure!(wish.inquiries >= 100, "less than 100 inquiries are no municipality");
    let server = Server::at(&wish.torg, &wish.data, wish.postgres.as_deref())?;
    ensure!(server.does(&["user", "list"])?.is_empty(), "somebody works there already");
    set_up(&server)?;
    let (place, engine) = match &wish.postgres {
        Some(connection) => (Place::Postgres(connection.clone()), EngineKind::Postgres),
        None => (Place::Sqlite(database_in(&wish.data)), EngineKind::Sqlite),
    };
    let house = read(&place)?;
    let (heaps, taken) = sync_channel(HEAPS);
    std::thread::scope(|threads| {
        let writing = threads.spawn(|| write(wish, taken));
        let messages = Years { wish, house: &house, engine }.pass(progress, |heap| {
            // If nobody takes it, the writer tells why.
            drop(heaps.send(heap));
        });
        drop(heaps);
        writing.join().ok().context("the writer fell")??;
        Ok(Made { messages: messages?, seconds: begun.elapsed().as_secs_f64() })
    })
}

fn write(wish: &Wish, heaps: Receiver<Vec<Row>>) -> anyhow::Result<()> {
    let mut sink: Box<dyn Sink> = match &wish.postgres {
        Some(connection) => Box::new(OnPostgres::open(connection)?),
        None => Box::new(Embedded::open(&database_in(&wish.data))?),
    };
    for heap in heaps {
        sink.take(heap)?;
    }
    sink.finish()
}

/// All that happened.
struct Years<'w> {
    wish: &'w Wish,
    house: &'w House,
    engine: EngineKind,
}

impl Years<'_> {
    /// Hands out the rows in heaps; the number of messages.
    fn pass(&self, progress: &dyn Fn(u64), give: impl Fn(Vec<Row>)) -> anyhow::Result<u64> {
        let zone = TimeZone::get("Europe/Copenhagen")?;
        let (mut town, mut hand) = self.town(&zone)?;
        let mut order = Order::new(zone.clone());
        let (mut numbers, mut heap, mut messages) = (BTreeMap::new(), Vec::new(), 0);
        let mut service = BTreeMap::new();
        let (begin, now) = (self.begin(&zone)?, self.wish.now.as_microsecond());
        let pace = (now - begin) / i64::try_from(self.wish.inquiries)?;
        for number in 0..self.wish.inquiries {
            let at = begin + i64::try_from(number)? * pace;
            heap.extend(order.pass(std::mem::take(&mut hand.rows), at));
            let name = next_number(&mut numbers, at + pace / 2, &zone)?;
            let at = at + hand.dice.random_range(0..pace.max(1));
            town.live(&mut hand, name, at, number == self.wish.inquiries / 2)?;
            messages += count(&hand.rows, &mut service);
            if heap.len() >= HEAP {
                give(std::mem::take(&mut heap));
            }
            if number % 10_000 == 0 {
                progress(number);
            }
        }
        heap.extend(order.pass(std::mem::take(&mut hand.rows), i64::MAX / 2));
        for (year, last) in numbers {
            heap.push(row!(Numbers: year, last));
        }
        for ((day, what, bucket), letters) in service {
            heap.push(row!(ServiceDays: day, what, bucket, letters));
        }
        give(heap);
        Ok(messages)
    }

    fn begin(&self, zone: &TimeZone) -> anyhow::Result<i64> {
        let now = self.wish.now.to_zoned(zone.clone());
        Ok(now.checked_sub(YEARS.years())?.timestamp().as_microsecond())
    }

    fn town(&self, zone: &TimeZone) -> anyhow::Result<(Town<'_>, Hand)> {
        let mut dice = StdRng::seed_from_u64(1_000_000);
        let shelves = Shelf::all(&mut dice);
        let mut hand = Hand { dice, ids: Ids::default(), rows: Vec::new() };
        let promises = promises(&mut hand, self.begin(zone)?, zone)?;
        let compressor = zstd::bulk::Compressor::new(1)?;
        let town = Town {
            house: self.house,
            mail: Mail { engine: self.engine, shelves, signer: &self.house.signer, compressor },
            citizens: Citizens::of(self.wish.inquiries),
            promises,
            now: self.wish.now.as_microsecond(),
            all_open: self.wish.all_open,
        };
        Ok((town, hand))
    }
}

/// An answer in two days of work, and an end in ten.
fn promises(hand: &mut Hand, at: i64, zone: &TimeZone) -> anyhow::Result<Promises> {
    let hours = OpeningHours::weekdays(&"8-15.30".parse()?);
    let calendar = hand.ids.next(at);
    let kept = serde_json::to_string(&hours)?;
    hand.rows.push(row!(Calendars: calendar, "Town hall", "town hall", kept));
    let mut targets = Vec::new();
    for (aim, minutes) in [(Aim::FirstAnswer, 15 * 60), (Aim::Done, 75 * 60)] {
        let measure = Measure::Working(minutes);
        let kept = serde_json::to_string(&measure)?;
        hand.rows.push(row!(Targets: hand.ids.next(at), aim.code(), kept, 0, 0, calendar, 120));
        let calendar = CalendarId::from_i64(calendar);
        targets.push(Target {
            aim,
            measure,
            department: None,
            category: None,
            calendar,
            remind: 120,
        });
    }
    Ok(Promises { targets, clock: hours.in_zone(zone.clone()) })
}

fn next_number(
    numbers: &mut BTreeMap<i64, i64>,
    at: i64,
    zone: &TimeZone,
) -> anyhow::Result<InquiryNumber> {
    let year = Timestamp::from_microsecond(at)?.to_zoned(zone.clone()).year();
    let last = numbers.entry(i64::from(year)).or_insert(0);
    *last += 1;
    Ok(InquiryNumber::new(i64::from(year), *last))
}

/// How many messages are among the rows; counts what the service lines count, each in good time.
fn count(rows: &[Row], service: &mut BTreeMap<(i64, &'static str, i64), i64>) -> u64 {
    const DAY: i64 = 86_400_000_000;
    for row in rows {
        let (place, what, bucket) = match row.table {
            Table::Arrivals => (5, "visible", 1),
            Table::Outbox => (10, "sent", 15),
            _ => continue,
        };
        if let Some(Cell::Int(at)) = row.cells.get(place) {
            *service.entry((at / DAY, what, bucket)).or_insert(0) += 1;
        }
    }
    rows.iter().filter(|row| row.table == Table::Messages).count() as u64
}
