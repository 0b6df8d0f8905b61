//! The vectors of the library's own texts, as the program carries them: `library/vectors.bin`.
//!
//! For each text 8 bytes of key (FNV-1a of the text, little-endian) and 384 signed bytes, sorted by
//! key. A text that was changed since is not there and is left to the model; `torg-bench vectors`
//! writes the file anew.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{Embed, passage, query};
use crate::answers::library::{self, Library};
use crate::answers::terms::text_key;
use crate::e5::{self, DIMENSIONS, Vector};

const KEY: usize = 8;
const ROW: usize = KEY + DIMENSIONS;

/// The vector of one of the library's texts.
pub(super) fn vector(text: &str) -> Option<Vector> {
    static ROWS: LazyLock<Cow<'static, [u8]>> =
        LazyLock::new(|| library::file(library::VECTORS).unwrap_or_default());
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
            std::cmp::Ordering::Equal => return e5::read_vector(numbers),
        }
    }
    None
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
    texts.extend(library.unanswerable().map(|(_, letter, _)| query(letter)));
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
        bytes.extend(key.to_le_bytes());
        bytes.extend(e5::written_vector(&vector));
    }
    Some(bytes)
}
