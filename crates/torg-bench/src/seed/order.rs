//! Rows in the order of their ids, as time made them, and one root over the journal for each day.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use torg_core::IdMaker;
use torg_core::journal::{Hash, RootMaker};

use super::rows::{Cell, Row, Table, row};

/// Keeps rows back until no older one can come.
pub(super) struct Order {
    waiting: BinaryHeap<Reverse<Waiting>>,
    roots: Roots,
}

/// A row that waits for its turn, the oldest first.
#[derive(Debug)]
struct Waiting {
    id: i64,
    row: Row,
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id.cmp(&other.id)
    }
}

impl Order {
    pub(super) fn new(zone: TimeZone) -> Self {
        Self { waiting: BinaryHeap::new(), roots: Roots { zone, day: None, last: Hash::START } }
    }

    /// Takes new rows, and gives those that come before `until` (microseconds UTC).
    pub(super) fn pass(&mut self, rows: Vec<Row>, until: i64) -> Vec<Row> {
        let mut ready = Vec::with_capacity(rows.len());
        for row in rows {
            let in_order = matches!(
                row.table,
                Table::Messages | Table::Search | Table::Journal | Table::Arrivals | Table::Outbox
            );
            match row.cells.first() {
                Some(Cell::Int(id)) if in_order => {
                    self.waiting.push(Reverse(Waiting { id: *id, row }));
                }
                _ => ready.push(row),
            }
        }
        let lowest = IdMaker::lowest_at(until / 1000);
        while self.waiting.peek().is_some_and(|next| next.0.id < lowest) {
            if let Some(Reverse(Waiting { id, row })) = self.waiting.pop() {
                if let (Table::Journal, Some(Cell::Bytes(hash))) = (row.table, row.cells.last()) {
                    ready.extend(self.roots.line(id, hash));
                }
                ready.push(row);
            }
        }
        ready
    }
}

/// The root over each day's lines, as the daily job makes it.
struct Roots {
    zone: TimeZone,
    day: Option<Day>,
    last: Hash,
}

struct Day {
    /// Its end; microseconds UTC.
    until: i64,
    maker: RootMaker,
    lines: i64,
}

impl Roots {
    /// Adds the next line; the root of the day before, if this is the first of another.
    fn line(&mut self, id: i64, hash: &[u8]) -> Option<Row> {
        let hash = Hash::from_bytes(hash)?;
        let is_over = |day: &mut Day| id >= IdMaker::lowest_at(day.until / 1000);
        let ended = self.day.take_if(|day| is_over(day)).map(|day| {
            self.last = day.maker.root();
            row!(Roots: day.until, day.lines, *self.last.as_bytes())
        });
        if self.day.is_none() {
            let until = self.midnight_after(id)?;
            let maker = RootMaker::after(&self.last, until);
            self.day = Some(Day { until, maker, lines: 0 });
        }
        let day = self.day.as_mut()?;
        day.maker.add(id, &hash);
        day.lines += 1;
        ended
    }

    fn midnight_after(&self, id: i64) -> Option<i64> {
        let begun = Timestamp::from_millisecond(milliseconds_of(id)).ok()?;
        let day = begun.to_zoned(self.zone.clone());
        let next = day.checked_add(1.day()).ok()?.start_of_day().ok()?;
        Some(next.timestamp().as_microsecond())
    }
}

/// When an id was made.
fn milliseconds_of(id: i64) -> i64 {
    const EPOCH: i64 = 1_577_836_800_000;
    (id >> 22) + EPOCH
}
