//! What a row is written with: dice that fall the same in every run, ids of moments long ago.

use rand::rngs::StdRng;
use torg_core::IdMaker;

use super::rows::Row;

/// What everything is written with.
#[derive(Debug)]
pub(super) struct Hand {
    pub(super) dice: StdRng,
    pub(super) ids: Ids,
    pub(super) rows: Vec<Row>,
}

/// Makes ids of any moment, in any order, each once.
#[derive(Debug, Default)]
pub(super) struct Ids(i64);

/// An id has 22 bits below its millisecond.
const BELOW: i64 = (1 << 22) - 1;

impl Ids {
    /// An id made at `at`, microseconds since 1970.
    pub(super) fn next(&mut self, at: i64) -> i64 {
        self.0 += 1;
        IdMaker::lowest_at(at / 1000) | (self.0 & BELOW)
    }
}
