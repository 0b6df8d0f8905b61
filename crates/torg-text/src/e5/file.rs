//! The model file: sizes, then the tokens, then a directory of tables, then the tables.
//!
//! All little-endian. `E5S1`, version, seven sizes, the norm's epsilon, the size of a block of
//! weights; five numbers about tokens and the length of their bytes; where each token begins, its
//! score, the bytes; how many characters are rewritten, and the list; then for each table name,
//! kind (0 = 32-bit floats, 1 = blocks of 4-bit weights), count, offset and length.

use std::collections::HashMap;

use super::packed::BLOCK;
use super::source::{Broken, Cursor, Source, words};
use super::vocabulary::Vocabulary;
use super::{DIMENSIONS, MAX_TOKENS};

/// A model file taken apart; its tables are still in it.
#[derive(Debug)]
pub(super) struct ModelFile {
    pub(super) shape: Shape,
    pub(super) vocabulary: Vocabulary,
    pub(super) tensors: Tensors,
}

/// The network's sizes that are not the same for every file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) layers: usize,
    /// Width between the two matrices of a layer's second half.
    pub(super) inner: usize,
    /// How many tokens have a row.
    pub(super) rows: usize,
    pub(super) epsilon: f32,
}

/// The tables by name.
#[derive(Debug)]
pub(super) struct Tensors {
    source: Source,
    entries: HashMap<String, Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    kind: u8,
    count: u64,
    offset: u64,
    length: u64,
}

const MAGIC: &[u8] = b"E5S1";
const FLOATS: u8 = 0;
const BLOCKS: u8 = 1;
const MOST_LAYERS: u32 = 48;
const MOST_TABLES: u32 = 4096;
const WIDEST: u32 = 8192;

impl ModelFile {
    pub(super) fn read(source: Source) -> Result<Self, Broken> {
        let mut cursor = Cursor::at_start(&source);
        let (shape, pieces) = shape(&mut cursor)?;
        let vocabulary = Vocabulary::read(&mut cursor, pieces, shape.rows)?;
        let entries = directory(&mut cursor)?;
        Ok(Self { shape, vocabulary, tensors: Tensors { source, entries } })
    }
}

/// The sizes, and how many tokens there are to be read next.
fn shape(cursor: &mut Cursor<'_>) -> Result<(Shape, u32), Broken> {
    if cursor.bytes(4)? != MAGIC || cursor.u32()? != 1 {
        return Err(Broken::Foreign);
    }
    expect(cursor.u32()? as usize == DIMENSIONS, "the width")?;
    let (layers, heads, inner) = (cursor.u32()?, cursor.u32()?, cursor.u32()?);
    let (rows, positions, _kinds) = (cursor.u32()?, cursor.u32()?, cursor.u32()?);
    let (epsilon, block) = (cursor.f32()?, cursor.u32()?);
    expect((1..=MOST_LAYERS).contains(&layers), "the number of layers")?;
    expect(heads as usize * super::attention::HEAD == DIMENSIONS, "the number of heads")?;
    expect(
        (1..=WIDEST).contains(&inner) && (inner as usize).is_multiple_of(BLOCK),
        "the inner width",
    )?;
    expect(positions as usize >= MAX_TOKENS, "the longest text")?;
    expect(block as usize == BLOCK, "the size of a block")?;
    expect(epsilon > 0.0 && epsilon < 1.0, "the smallest variance")?;
    let pieces = cursor.u32()?;
    expect(pieces > 3 && pieces <= rows, "the number of tokens")?;
    let (layers, inner, rows) = (layers as usize, inner as usize, rows as usize);
    Ok((Shape { layers, inner, rows, epsilon }, pieces))
}

fn directory(cursor: &mut Cursor<'_>) -> Result<HashMap<String, Entry>, Broken> {
    let count = cursor.u32()?;
    expect(count <= MOST_TABLES, "the number of tables")?;
    let mut entries = HashMap::new();
    for _ in 0..count {
        let length = u64::from(cursor.u16()?);
        let name = String::from_utf8(cursor.bytes(length)?).map_err(|_| Broken::Foreign)?;
        let (kind, count) = (cursor.u8()?, u64::from(cursor.u32()?));
        let (offset, length) = (cursor.u64()?, cursor.u64()?);
        entries.insert(name, Entry { kind, count, offset, length });
    }
    Ok(entries)
}

impl Tensors {
    /// A table of `count` floats, or its first `count`.
    pub(super) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, Broken> {
        let entry = self.entry(name, FLOATS, count, 4)?;
        let bytes = self.source.bytes(entry.offset, count as u64 * 4)?;
        let floats: Vec<f32> = words(&bytes).map(f32::from_bits).collect();
        expect(floats.iter().all(|number| number.is_finite()), "a number")?;
        Ok(floats)
    }

    /// A table of `count` weights in 4 bits, as the file holds it.
    pub(super) fn blocks(&self, name: &str, count: usize) -> Result<Vec<u8>, Broken> {
        let entry = self.entry(name, BLOCKS, count, 0)?;
        self.source.bytes(entry.offset, entry.length)
    }

    /// Where a table of `count` weights in 4 bits lies, for reading single rows with [`Self::row`].
    pub(super) fn place(&self, name: &str, count: usize) -> Result<u64, Broken> {
        let entry = self.entry(name, BLOCKS, count, 0)?;
        // Its end is looked at now, so that a row missing later means that the file was changed.
        let last = entry.offset.checked_add(entry.length).and_then(|end| end.checked_sub(1));
        self.source.bytes(last.ok_or(Broken::TooShort)?, 1)?;
        Ok(entry.offset)
    }

    pub(super) fn row(&self, offset: u64, into: &mut [u8]) -> Result<(), Broken> {
        self.source.fill(offset, into)
    }

    /// A table with at least `count` numbers; `wide` is the bytes of one, 0 for blocks, whose
    /// count must be exact.
    fn entry(&self, name: &str, kind: u8, count: usize, wide: u64) -> Result<Entry, Broken> {
        let missing = || Broken::Missing(name.to_owned());
        let entry = *self.entries.get(name).ok_or_else(missing)?;
        let (count, blocks) = (count as u64, super::packed::bytes_of(count) as u64);
        let fits = match kind {
            FLOATS => entry.count >= count && entry.length >= count * wide,
            _ => entry.count == count && entry.length == blocks,
        };
        expect(entry.kind == kind && fits, "the size of a table")?;
        Ok(entry)
    }
}

pub(super) fn expect(true_of_it: bool, what: &'static str) -> Result<(), Broken> {
    if true_of_it { Ok(()) } else { Err(Broken::Misfit(what)) }
}
