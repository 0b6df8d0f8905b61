//! What a letter speaks of, so that a word of one language tells something about its sisters in four others.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::gather::{Gathered, Place, hash, hash_of_small, mix};

/// By so many first letters a word is looked up.
const LETTERS: usize = 5;

/// The words as they are written down, for people to read and mend.
const WRITTEN: &str = include_str!("concepts.txt");

/// Which concepts a beginning of a word, or two of them together, stand for.
static KNOWN: LazyLock<Known> = LazyLock::new(read);

type Known = HashMap<u64, Vec<Meant>, BuildHasherDefault<AsItIs>>;

/// One concept, and how the word that was looked up must begin to stand for it.
#[derive(Debug, PartialEq)]
struct Meant {
    concept: &'static str,
    stem: &'static str,
}

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
            for meant in KNOWN.get(&key).into_iter().flatten() {
                if begins(word, meant.stem) {
                    gathered.add_on(Place::Concept, meant.concept, word);
                }
            }
        }
        self.before = heard;
    }
}

fn begins(word: &str, stem: &str) -> bool {
    word.get(..stem.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(stem))
}

/// A word as it is written down, without the end that is bent: one letter of middling words, two of long ones.
fn stem(word: &str) -> &str {
    let letters = word.chars().count();
    let kept = match letters {
        0..=6 => letters,
        7..=8 => letters - 1,
        _ => letters - 2,
    };
    word.char_indices().nth(kept).and_then(|(at, _)| word.get(..at)).unwrap_or(word)
}

/// By the first letters, in lower case.
fn beginning(word: &str) -> u64 {
    let end = if word.is_ascii() {
        word.len().min(LETTERS)
    } else {
        word.char_indices().nth(LETTERS).map_or(word.len(), |(at, _)| at)
    };
    hash_of_small(Place::Concept, word.as_bytes().get(..end).unwrap_or_default())
}

fn read() -> Known {
    let mut known = Known::default();
    for line in WRITTEN.lines().filter(|line| !line.starts_with('#')) {
        let Some((concept, words)) = line.split_once(':') else { continue };
        for phrase in words.split(',') {
            let mut words = phrase.split_whitespace();
            let (key, last) = match (words.next(), words.next()) {
                (Some(one), None) => (beginning(one), one),
                (Some(one), Some(two)) => (mix(beginning(one), beginning(two)) | 1, two),
                _ => continue,
            };
            let meant = Meant { concept, stem: stem(last) };
            let all = known.entry(key).or_default();
            if !all.contains(&meant) {
                all.push(meant);
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
