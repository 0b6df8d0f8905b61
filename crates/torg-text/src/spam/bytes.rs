//! Seed and delta as files: little-endian, a mark in front, a checksum at the end. What does not fit is refused whole.

use thiserror::Error;

use super::gather::{Place, hash};
use super::table::{Known, Table, Weight};
use super::weigh::View;

const SEED: &[u8; 8] = b"TORGSED1";
const DELTA: &[u8; 8] = b"TORGDLT3";
/// A delta keeps at most so many features: 8 MB.
pub(crate) const MOST_KNOWN: usize = 220_000;

/// Why a file is no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// It begins with something else.
    #[error("this is no model of the spam judge")]
    Foreign,
    /// It is cut off, or its checksum is not that of what it holds.
    #[error("the model is damaged")]
    Damaged,
    /// It was learnt beside another seed than the one this program ships.
    #[error("the model belongs to another version's seed: train it again")]
    OtherSeed,
}

/// What a delta holds beside its features.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Head {
    pub(crate) seed: u64,
    pub(crate) letters: u32,
    pub(crate) spam: u32,
    pub(crate) whole: f32,
    pub(crate) content: f32,
    pub(crate) header: f32,
    pub(crate) mix: f32,
    pub(crate) share: f32,
    pub(crate) perhaps: f32,
    pub(crate) surely: f32,
}

impl Head {
    /// The weight that all mails share.
    pub(crate) fn common(&self, view: View) -> f32 {
        match view {
            View::Whole => self.whole,
            View::Content => self.content,
            View::Header => self.header,
        }
    }
}

pub(crate) fn write_seed(rows: &[(u64, i16)], common: i16, perhaps: i16) -> Vec<u8> {
    let mut out = SEED.to_vec();
    out.extend(common.to_le_bytes());
    out.extend(perhaps.to_le_bytes());
    for (feature, weight) in rows {
        out.extend(feature.to_le_bytes());
        out.extend(weight.to_le_bytes());
    }
    sealed(out)
}

type SeedRows = (Vec<(u64, i16)>, i16, i16, u64);

pub(crate) fn read_seed(bytes: &[u8]) -> Result<SeedRows, Refused> {
    let (mut rest, seal) = unsealed(bytes, SEED)?;
    let (common, perhaps) =
        (i16::from_le_bytes(take(&mut rest)?), i16::from_le_bytes(take(&mut rest)?));
    let mut rows = Vec::with_capacity(rest.len() / 10);
    while !rest.is_empty() {
        rows.push((u64::from_le_bytes(take(&mut rest)?), i16::from_le_bytes(take(&mut rest)?)));
    }
    Ok((rows, common, perhaps, seal))
}

/// A delta, its features in the order of their hashes; the least telling are left out beyond what a file may hold.
pub(crate) fn write_delta(head: &Head, table: &Table) -> Vec<u8> {
    let mut rows: Vec<Known> = table.all().collect();
    if rows.len() > MOST_KNOWN {
        let telling = |known: &Known| {
            let weights = [known.whole, known.content, known.header];
            let weight = weights.iter().fold(0.0, |most: f32, weight| most.max(weight.value.abs()));
            weight * f32::from(known.ham.max(known.spam)).sqrt()
        };
        rows.sort_by(|a, b| telling(b).total_cmp(&telling(a)).then(a.hash.cmp(&b.hash)));
        rows.truncate(MOST_KNOWN);
    }
    rows.sort_unstable_by_key(|known| known.hash);
    let mut out = DELTA.to_vec();
    out.extend(head.seed.to_le_bytes());
    out.extend(head.letters.to_le_bytes());
    out.extend(head.spam.to_le_bytes());
    let commons = [head.whole, head.content, head.header];
    for number in commons.into_iter().chain([head.mix, head.share, head.perhaps, head.surely]) {
        out.extend(number.to_le_bytes());
    }
    for known in rows {
        out.extend(known.hash.to_le_bytes());
        for weight in [known.whole, known.content, known.header] {
            out.extend(weight.value.to_le_bytes());
            out.extend(weight.squares.to_le_bytes());
        }
        out.extend(known.ham.to_le_bytes());
        out.extend(known.spam.to_le_bytes());
    }
    sealed(out)
}

pub(crate) fn read_delta(bytes: &[u8]) -> Result<(Head, Table), Refused> {
    let (mut rest, _) = unsealed(bytes, DELTA)?;
    let rest = &mut rest;
    let head = Head {
        seed: u64::from_le_bytes(take(rest)?),
        letters: u32::from_le_bytes(take(rest)?),
        spam: u32::from_le_bytes(take(rest)?),
        whole: f32::from_le_bytes(take(rest)?),
        content: f32::from_le_bytes(take(rest)?),
        header: f32::from_le_bytes(take(rest)?),
        mix: f32::from_le_bytes(take(rest)?),
        share: f32::from_le_bytes(take(rest)?),
        perhaps: f32::from_le_bytes(take(rest)?),
        surely: f32::from_le_bytes(take(rest)?),
    };
    let mut table = Table::with_room(rest.len() / 36);
    while !rest.is_empty() {
        let known = Known {
            hash: u64::from_le_bytes(take(rest)?),
            whole: read_weight(rest)?,
            content: read_weight(rest)?,
            header: read_weight(rest)?,
            ham: u16::from_le_bytes(take(rest)?),
            spam: u16::from_le_bytes(take(rest)?),
        };
        table.change(known.hash, |there| *there = known);
    }
    Ok((head, table))
}

fn read_weight(rest: &mut &[u8]) -> Result<Weight, Refused> {
    let value = f32::from_le_bytes(take(rest)?);
    Ok(Weight { value, squares: f32::from_le_bytes(take(rest)?) })
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], Refused> {
    let (taken, after) = rest.split_first_chunk::<N>().ok_or(Refused::Damaged)?;
    *rest = after;
    Ok(*taken)
}

fn sealed(mut out: Vec<u8>) -> Vec<u8> {
    let seal = hash(Place::Sign, &out);
    out.extend(seal.to_le_bytes());
    out
}

fn unsealed<'a>(bytes: &'a [u8], mark: &[u8; 8]) -> Result<(&'a [u8], u64), Refused> {
    if !bytes.starts_with(mark) {
        return Err(Refused::Foreign);
    }
    let (inside, seal) = bytes.split_last_chunk::<8>().ok_or(Refused::Damaged)?;
    let seal = u64::from_le_bytes(*seal);
    let rest = inside.get(mark.len()..).ok_or(Refused::Damaged)?;
    if hash(Place::Sign, inside) == seal { Ok((rest, seal)) } else { Err(Refused::Damaged) }
}
