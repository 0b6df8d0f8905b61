//! The tokens a text is made of, found by their bytes, and the characters that are rewritten first.

use std::collections::HashMap;

use super::file::expect;
use super::source::{Broken, Cursor};

/// Stands for a space in tokens (U+2581).
pub(super) const SPACE: char = '\u{2581}';

/// Tokens with their scores (logarithms of how likely they are), and the rewriting of characters.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Where each token begins in `bytes`, and where the last one ends.
    begins: Vec<u32>,
    scores: Vec<f32>,
    bytes: Vec<u8>,
    /// Open addressing: the token's number + 1, or 0.
    table: Vec<u32>,
    rewritten: HashMap<char, Box<[char]>>,
    pub(super) begin: u32,
    pub(super) end: u32,
    pub(super) unknown: u32,
    /// What a character costs that no token has.
    pub(super) unknown_score: f32,
    /// The most characters of a token.
    pub(super) longest: usize,
}

const MOST_BYTES: u64 = 64 << 20;
const LONGEST: usize = 1024;

impl Vocabulary {
    pub(super) fn read(cursor: &mut Cursor<'_>, pieces: u32, rows: usize) -> Result<Self, Broken> {
        let (begin, end) = (cursor.u32()?, cursor.u32()?);
        let (_padding, unknown) = (cursor.u32()?, cursor.u32()?);
        let last = begin.max(end).max(unknown);
        expect(last < pieces && last as usize <= rows, "the number of a token")?;
        let length = cursor.u64()?;
        expect(length <= MOST_BYTES, "the length of all tokens")?;
        let begins = cursor.u32s(u64::from(pieces) + 1)?;
        let scores: Vec<f32> =
            cursor.u32s(u64::from(pieces))?.into_iter().map(f32::from_bits).collect();
        let bytes = cursor.bytes(length)?;
        expect(begins.is_sorted(), "the order of tokens")?;
        expect(begins.last().is_some_and(|&end| u64::from(end) <= length), "the last token")?;
        expect(scores.iter().all(|score| score.is_finite()), "a score")?;
        let rewritten = rewritten(cursor)?;
        let unknown_score = scores.iter().fold(f32::MAX, |least, &score| least.min(score)) - 10.0;
        let mut vocabulary = Self {
            begins,
            scores,
            bytes,
            table: Vec::new(),
            rewritten,
            begin,
            end,
            unknown,
            unknown_score,
            longest: 1,
        };
        vocabulary.index()?;
        Ok(vocabulary)
    }

    /// The token of exactly these bytes, whose hash is `hash`, and its score.
    pub(super) fn find(&self, hash: Hash, bytes: &[u8]) -> Option<(u32, f32)> {
        let mut slot = hash.slot(self.table.len());
        loop {
            let piece = self.table.get(slot)?.checked_sub(1)?;
            if self.piece(piece) == bytes {
                return Some((piece, self.scores[piece as usize]));
            }
            slot = (slot + 1) % self.table.len();
        }
    }

    /// What stands for a character: mostly itself, for some nothing or several.
    pub(super) fn rewrite<'a>(&'a self, one: &'a char) -> &'a [char] {
        self.rewritten.get(one).map_or(std::slice::from_ref(one), Box::as_ref)
    }

    /// Makes every token findable but the unknown one, which is nobody's text.
    fn index(&mut self) -> Result<(), Broken> {
        self.table = vec![0; (self.scores.len() * 2).next_power_of_two()];
        for piece in (0..).take(self.scores.len()).filter(|&piece| piece != self.unknown) {
            let bytes = self.piece(piece);
            let hash = bytes.iter().fold(Hash::default(), |hash, &byte| hash.with(byte));
            if bytes.is_empty() || self.find(hash, bytes).is_some() {
                continue;
            }
            let characters = bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
            self.longest = self.longest.max(characters);
            let mut slot = hash.slot(self.table.len());
            while self.table[slot] != 0 {
                slot = (slot + 1) % self.table.len();
            }
            self.table[slot] = piece + 1;
        }
        expect(self.longest <= LONGEST, "the longest token")
    }

    fn piece(&self, piece: u32) -> &[u8] {
        let (from, to) = (self.begins[piece as usize], self.begins[piece as usize + 1]);
        &self.bytes[from as usize..to as usize]
    }
}

/// A character, how many stand for it, and those.
fn rewritten(cursor: &mut Cursor<'_>) -> Result<HashMap<char, Box<[char]>>, Broken> {
    let (count, length) = (cursor.u32()?, cursor.u32()?);
    let bytes = cursor.bytes(u64::from(length))?;
    let mut left = bytes.as_slice();
    let mut number = || {
        let (four, rest) = left.split_first_chunk::<4>()?;
        let (&count, rest) = rest.split_first()?;
        let (characters, rest) = rest.split_at_checked(usize::from(count) * 4)?;
        left = rest;
        Some((u32::from_le_bytes(*four), super::source::words(characters).collect::<Vec<_>>()))
    };
    let mut rewritten = HashMap::new();
    for _ in 0..count {
        let (one, several) = number().ok_or(Broken::TooShort)?;
        let character = |number| char::from_u32(number).ok_or(Broken::Misfit("a character"));
        let several: Result<Box<[char]>, Broken> = several.into_iter().map(character).collect();
        rewritten.insert(character(one)?, several?);
    }
    Ok(rewritten)
}

/// FNV-1a (<https://www.rfc-editor.org/rfc/rfc9923>), grown byte by byte.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    pub(super) fn with(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    /// Where to look first in a table of `length` slots, a power of two.
    fn slot(self, length: usize) -> usize {
        usize::try_from(self.0 & (length as u64 - 1)).unwrap_or_default()
    }
}
