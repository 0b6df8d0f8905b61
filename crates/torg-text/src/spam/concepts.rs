//! What a letter speaks of, so that a word of one language tells something about its sisters in four others.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::gather::{Gathered, Place, hash, mix};

/// How many letters of a word count.
const LETTERS: usize = 5;

/// The words as they are written down, for people to read and mend.
const WRITTEN: &str = include_str!("concepts.txt");

/// Which concepts a beginning of a word, or two of them together, stand for.
static KNOWN: LazyLock<Known> = LazyLock::new(read);

type Known = HashMap<u64, Vec<&'static str>, BuildHasherDefault<AsItIs>>;

/// Goes along a text word by word.
#[derive(Debug, Default)]
pub(crate) struct Listener {
    before: u64,
}

impl Listener {
    /// Adds the concepts that `word` stands for, by itself if it is new to this mail, and with the word before it.
    pub(crate) fn hear(&mut self, gathered: &mut Gathered, word: &str, is_new: bool) {
        let heard = beginning(word);
        let alone = is_new.then_some(heard);
        let together = (self.before != 0).then(|| mix(self.before, heard) | 1);
        for key in alone.into_iter().chain(together) {
            for concept in KNOWN.get(&key).into_iter().flatten() {
                gathered.add_on(Place::Concept, concept, word);
            }
        }
        self.before = heard;
    }
}

/// By the first letters, in lower case.
fn beginning(word: &str) -> u64 {
    let end = if word.is_ascii() {
        word.len().min(LETTERS)
    } else {
        word.char_indices().nth(LETTERS).map_or(word.len(), |(at, _)| at)
    };
    let mut letters = [0; 4 * LETTERS];
    let begin = word.as_bytes().get(..end).unwrap_or_default();
    letters[..begin.len()].copy_from_slice(begin);
    letters.make_ascii_lowercase();
    hash(Place::Concept, &letters[..begin.len()])
}

fn read() -> Known {
    let mut known = Known::default();
    for line in WRITTEN.lines().filter(|line| !line.starts_with('#')) {
        let Some((concept, words)) = line.split_once(':') else { continue };
        for phrase in words.split(',') {
            let mut words = phrase.split_whitespace().map(beginning);
            let key = match (words.next(), words.next()) {
                (Some(one), None) => one,
                (Some(one), Some(two)) => mix(one, two) | 1,
                _ => continue,
            };
            let concepts = known.entry(key).or_default();
            if !concepts.contains(&concept) {
                concepts.push(concept);
            }
        }
    }
    known
}

/// The keys are hashes already.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(Place::Concept, bytes);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
