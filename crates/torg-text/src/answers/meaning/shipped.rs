//! The vectors of the library's own texts, as the program carries them: `library/vectors.bin`.
//!
//! For each text 8 bytes of key (FNV-1a of the text, little-endian) and 384 signed bytes, sorted by
//! key. A text that was changed since is not there and is left to the model; `torg-bench vectors`
//! writes the file anew.

use std::sync::LazyLock;

use super::{Embed, passage, query};
use crate::answers::library::{self, Library};
use crate::answers::terms::text_key;
use crate::e5::{DIMENSIONS, Vector};

const KEY: usize = 8;
const ROW: usize = KEY + DIMENSIONS;

/// The vector of one of the library's texts.
pub(super) fn vector(text: &str) -> Option<Vector> {
    static ROWS: LazyLock<Vec<u8>> =
        LazyLock::new(|| library::file("vectors.bin").unwrap_or_default());
    let rows = &*ROWS;
    let wanted = text_key(text);
    let (mut from, mut to) = (0, rows.len() / ROW);
    while from < to {
        let middle = from.midpoint(to);
        let row = rows.get(middle * ROW..(middle + 1) * ROW)?;
        let (key, numbers) = row.split_at(KEY);
        match u64::from_le_bytes(key.try_into().ok()?).cmp(&wanted) {
            std::cmp::Ordering::Less => from = middle + 1,
            std::cmp::Ordering::Greater => to = middle,
            std::cmp::Ordering::Equal => return Some(unpacked(numbers)),
        }
    }
    None
}

fn unpacked(numbers: &[u8]) -> Vector {
    let mut vector = [0.0; DIMENSIONS];
    for (value, number) in vector.iter_mut().zip(numbers) {
        *value = f32::from(i8::from_le_bytes([*number]));
    }
    let length = super::product(&vector, &vector).sqrt().max(f32::MIN_POSITIVE);
    vector.map(|value| value / length)
}

/// The texts of a library whose vectors the program carries, as they are shown to the model.
pub fn shipped_texts(library: &Library) -> Vec<String> {
    let mut texts = Vec::new();
    for text in library.topics.iter().flat_map(|topic| &topic.texts) {
        if !text.body.is_empty() {
            texts.push(passage(text));
        }
        let seeds = std::iter::once(&text.title).chain(&text.questions);
        texts.extend(seeds.filter(|seed| !seed.is_empty()).map(|seed| query(seed)));
    }
    texts.extend(library.unanswerable().map(|(_, letter)| query(letter)));
    texts
}

/// The file of these texts' vectors. `None` if the model fails at one.
pub fn written_vectors(texts: &[String], embed: &dyn Embed) -> Option<Vec<u8>> {
    let mut rows = Vec::with_capacity(texts.len());
    for text in texts {
        rows.push((text_key(text), embed.embed(text)?));
    }
    rows.sort_by_key(|row| row.0);
    rows.dedup_by_key(|row| row.0);
    let mut bytes = Vec::with_capacity(rows.len() * ROW);
    for (key, vector) in rows {
        let most = vector.iter().fold(f32::MIN_POSITIVE, |most, value| most.max(value.abs()));
        bytes.extend(key.to_le_bytes());
        bytes.extend(vector.iter().flat_map(|value| packed(value / most).to_le_bytes()));
    }
    Some(bytes)
}

/// A number between -1 and 1 as one between -127 and 127.
#[expect(clippy::cast_possible_truncation, reason = "a number between -127 and 127 is meant")]
fn packed(value: f32) -> i8 {
    (value * 127.0).round() as i8
}
