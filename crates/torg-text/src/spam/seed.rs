//! What is shipped: a small model learnt from letters and spam of our own writing, `seed/letters`.

use std::sync::LazyLock;

use super::bytes::{self, Refused};
use super::fit::{Lesson, fit};
use super::table::Table;
use super::train::{self, Example};
use super::weigh::{self, Feature, View};

/// Made by `script/train-spam-seed`.
static BYTES: &[u8] = include_bytes!("../../seed/seed.model");

static SEED: LazyLock<Seed> = LazyLock::new(|| Seed::from_bytes(BYTES).unwrap_or_default());

/// Weights are kept in steps of this size, so that machines that round differently make the same seed.
const GRAIN: f32 = 1.0 / 512.0;

/// What every municipality begins with. It never changes; what is learnt lies beside it.
#[derive(Debug, Clone, Default)]
pub struct Seed {
    pub(crate) table: Table,
    pub(crate) common: f32,
    /// Letters above this are perhaps spam.
    pub(crate) perhaps: f32,
    /// Of its bytes: a delta belongs to one seed.
    pub(crate) hash: u64,
}

impl Seed {
    /// The one that is shipped.
    pub fn shipped() -> &'static Seed {
        &SEED
    }

    /// What it makes of a mail.
    pub(crate) fn evidence(&self, features: &[Feature]) -> f32 {
        self.common + weigh::sum(&self.table, features, View::Content)
    }

    /// Learns a seed from letters and spam, and writes it as bytes.
    pub fn train(examples: &[Example]) -> Vec<u8> {
        let lessons: Vec<Lesson<'_>> = examples.iter().map(|one| one.lesson(0.0)).collect();
        let fitted = fit(&lessons, View::Content);
        let table = fitted.table();
        let border = train::seed_border(&lessons);
        let mut rows: Vec<(u64, i16)> = table
            .all()
            .map(|known| (known.hash, grains(known.content.value)))
            .filter(|(_, grains)| *grains != 0)
            .collect();
        rows.sort_unstable();
        bytes::write_seed(&rows, grains(fitted.common), grains(border))
    }

    /// Reads what [`Seed::train`] wrote.
    ///
    /// # Errors
    /// [`Refused`] if the bytes are no seed or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Seed, Refused> {
        let (rows, common, perhaps, hash) = bytes::read_seed(bytes)?;
        let mut table = Table::with_room(rows.len());
        for (feature, weight) in rows {
            table.change(feature, |known| known.content.value = f32::from(weight) * GRAIN);
        }
        let [common, perhaps] = [common, perhaps].map(|grains| f32::from(grains) * GRAIN);
        Ok(Seed { table, common, perhaps, hash })
    }
}

fn grains(weight: f32) -> i16 {
    #[expect(clippy::cast_possible_truncation, reason = "it was clamped to what fits")]
    let grains = (weight / GRAIN).round().clamp(-32_000.0, 32_000.0) as i16;
    grains
}
